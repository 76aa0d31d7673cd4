-- +goose Up
-- How long a feed asks to be left alone after each answer, also after a 304,
-- which says it not again: milliseconds, and a list of hours (null: none).
ALTER TABLE feed ADD COLUMN max_age INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN skip_hours TEXT NOT NULL DEFAULT 'null';
-- The address that gave etag and last_modified, after redirects. Of those kept
-- before it is not known, and the next visit asks for a whole answer.
ALTER TABLE feed ADD COLUMN valid_for TEXT NOT NULL DEFAULT '';
