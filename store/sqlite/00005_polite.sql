-- +goose Up
-- How long a feed asks to be left alone after each answer, also after a 304,
-- which says it not again: milliseconds, and a list of hours (null: none).
ALTER TABLE feed ADD COLUMN max_age INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN skip_hours TEXT NOT NULL DEFAULT 'null';
-- The address that gave etag and last_modified, after redirects, and for a page
-- how it was read. Of those kept before it is not known, and the next visit asks
-- for a whole answer.
ALTER TABLE feed ADD COLUMN valid_for TEXT NOT NULL DEFAULT '';
-- A feed is alive also where other feeds always have its items first.
CREATE INDEX sighting_feed ON sighting(feed_id, at);
UPDATE feed SET last_new = (SELECT max(s.at) FROM sighting s WHERE s.feed_id = feed.id)
  WHERE EXISTS (SELECT 1 FROM sighting s WHERE s.feed_id = feed.id AND s.at > coalesce(feed.last_new, 0));
