-- +goose Up
-- Pages that were read: one a version of an article, also where nothing came
-- of it, so that none is asked for twice. What came stands in the article.
CREATE TABLE page (
  article_id TEXT NOT NULL REFERENCES article(id),
  version    INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  url        TEXT NOT NULL,
  image      TEXT NOT NULL,
  length     INTEGER NOT NULL,               -- of the text, in bytes
  error      TEXT NOT NULL,
  PRIMARY KEY (article_id, version)
) STRICT;
CREATE INDEX article_feed ON article(feed_id, first_seen);
