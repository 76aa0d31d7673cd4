-- +goose Up
-- Pages that were read: one a version of an article, also where nothing came
-- of it, so that none is asked for twice. What came stands in the article.
CREATE TABLE page (
  article_id TEXT NOT NULL REFERENCES article(id),
  version    BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  status     BIGINT NOT NULL,
  url        TEXT NOT NULL,
  image      TEXT NOT NULL,
  length     BIGINT NOT NULL,               -- of the text, in bytes
  error      TEXT NOT NULL,
  PRIMARY KEY (article_id, version)
);
CREATE INDEX article_feed ON article(feed_id, first_seen);
