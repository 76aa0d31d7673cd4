-- +goose Up
-- The feed's own id of an article, by which it is known again under another address.
ALTER TABLE article ADD COLUMN guid TEXT NOT NULL DEFAULT '';
CREATE INDEX article_guid ON article(feed_id, guid) WHERE guid <> '';
