-- +goose Up
-- Further feeds that showed an article; article.feed_id showed it first.
CREATE TABLE sighting (
  article_id TEXT NOT NULL REFERENCES article(id),
  feed_id    TEXT NOT NULL REFERENCES feed(id),
  at         INTEGER NOT NULL,               -- when it did so first
  PRIMARY KEY (article_id, feed_id)
) STRICT;
