-- All times are UTC in integer milliseconds; flags are 0 or 1; lists are JSON.

-- +goose Up
CREATE TABLE feed (
  id            TEXT PRIMARY KEY,
  position      INTEGER NOT NULL,            -- in the configuration
  name          TEXT NOT NULL,
  url           TEXT NOT NULL,
  home          TEXT NOT NULL DEFAULT '',
  lang          TEXT NOT NULL DEFAULT '',
  weight        REAL NOT NULL DEFAULT 1,
  aggregator    INTEGER NOT NULL DEFAULT 0,
  on_topic      INTEGER NOT NULL DEFAULT 0,
  retired       INTEGER NOT NULL DEFAULT 0,
  etag          TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  moved_to      TEXT NOT NULL DEFAULT '',
  gone          INTEGER NOT NULL DEFAULT 0,
  next_at       INTEGER,
  last_visit    INTEGER,
  last_ok       INTEGER,
  last_new      INTEGER,
  failures      INTEGER NOT NULL DEFAULT 0,
  last_error    TEXT NOT NULL DEFAULT '',
  items         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE visit (
  id           INTEGER PRIMARY KEY,
  feed_id      TEXT NOT NULL REFERENCES feed(id),
  at           INTEGER NOT NULL,
  took         INTEGER NOT NULL,             -- milliseconds
  status       INTEGER NOT NULL,
  bytes        INTEGER NOT NULL,
  not_modified INTEGER NOT NULL,
  title        TEXT NOT NULL,
  items        INTEGER NOT NULL,
  fresh        INTEGER NOT NULL,             -- new or changed
  notes        TEXT NOT NULL,
  error        TEXT NOT NULL
) STRICT;
CREATE INDEX visit_feed ON visit(feed_id, at);

CREATE TABLE article (
  id          TEXT PRIMARY KEY,
  url         TEXT NOT NULL,
  canonical   TEXT NOT NULL,
  feed_id     TEXT NOT NULL REFERENCES feed(id),
  source      TEXT NOT NULL,
  title       TEXT NOT NULL,
  summary     TEXT NOT NULL,
  text        TEXT NOT NULL,
  author      TEXT NOT NULL,
  lang        TEXT NOT NULL,
  highlights  TEXT NOT NULL,
  published   INTEGER,                       -- NULL: the outlet does not say
  first_seen  INTEGER NOT NULL,
  dated       INTEGER NOT NULL,              -- published, or else first_seen
  version     INTEGER NOT NULL,
  fingerprint TEXT NOT NULL
) STRICT;
CREATE INDEX article_first_seen ON article(first_seen);
CREATE INDEX article_dated ON article(dated);

CREATE TABLE judgement (
  article_id TEXT NOT NULL REFERENCES article(id),
  version    INTEGER NOT NULL,
  ruler      TEXT NOT NULL,
  relevant   INTEGER NOT NULL,
  grade      TEXT NOT NULL,
  score      REAL NOT NULL,
  reasons    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  newest     INTEGER NOT NULL,               -- 1 for the one that counts
  PRIMARY KEY (article_id, version, ruler)
) STRICT;
CREATE UNIQUE INDEX judgement_newest ON judgement(article_id) WHERE newest = 1;

CREATE TABLE place (
  article_id TEXT PRIMARY KEY REFERENCES article(id),
  story_id   TEXT NOT NULL,
  relation   TEXT NOT NULL,
  nearest    TEXT NOT NULL,
  score      REAL NOT NULL,
  reasons    TEXT NOT NULL,
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX place_story ON place(story_id);

CREATE TABLE edition (
  cadence      TEXT NOT NULL,
  day          TEXT NOT NULL,                -- 2006-01-02 in the newsletter's zone
  state        TEXT NOT NULL CHECK (state IN ('building','frozen','sending','done','skipped')),
  reason       TEXT NOT NULL DEFAULT '',
  scheduled_at INTEGER NOT NULL,
  deadline     INTEGER,
  begun_at     INTEGER NOT NULL,
  builder      TEXT NOT NULL,
  build_until  INTEGER NOT NULL,             -- by the database's clock
  cutoff       INTEGER,
  frozen_at    INTEGER,
  sha256       TEXT NOT NULL DEFAULT '',
  subject      TEXT NOT NULL DEFAULT '',
  body         TEXT,
  queue_cursor TEXT NOT NULL DEFAULT '',     -- the last reader whose letter is queued
  queued_at    INTEGER,                      -- all letters are rows
  done_at      INTEGER,
  letters      TEXT,                         -- their tally, once none is open
  PRIMARY KEY (cadence, day)
) STRICT;

CREATE TABLE edition_view (
  cadence TEXT NOT NULL,
  day     TEXT NOT NULL,
  name    TEXT NOT NULL,
  html    TEXT NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (cadence, day, name),
  FOREIGN KEY (cadence, day) REFERENCES edition(cadence, day)
) STRICT;

-- Its primary key is the promise that an article is told once. It names
-- articles without a foreign key: what was told stays known when an old
-- article is cleared away.
CREATE TABLE edition_item (
  cadence    TEXT NOT NULL,
  article_id TEXT NOT NULL,
  day        TEXT NOT NULL,
  story_id   TEXT NOT NULL,
  position   INTEGER NOT NULL,
  PRIMARY KEY (cadence, article_id),
  FOREIGN KEY (cadence, day) REFERENCES edition(cadence, day)
) STRICT;

CREATE TABLE subscriber (
  id           TEXT PRIMARY KEY,
  email        TEXT NOT NULL,                -- as typed
  email_key    TEXT UNIQUE,                  -- in lower case: one reader per address
  state        TEXT NOT NULL CHECK (state IN ('pending','confirmed','paused','unsubscribed','suppressed','erased')),
  nonce        TEXT UNIQUE,
  created_at   INTEGER NOT NULL,
  confirmed_at INTEGER,
  changed_at   INTEGER NOT NULL,
  lang         TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE signup (
  id        INTEGER PRIMARY KEY,
  email     TEXT NOT NULL,
  at        INTEGER NOT NULL,
  client    TEXT NOT NULL,
  form_text TEXT NOT NULL
) STRICT;

CREATE TABLE consent (
  id        INTEGER PRIMARY KEY,
  reader    TEXT NOT NULL REFERENCES subscriber(id),
  event     TEXT NOT NULL,
  at        INTEGER NOT NULL,
  client    TEXT NOT NULL,
  how       TEXT NOT NULL,
  form_text TEXT NOT NULL
) STRICT;
CREATE INDEX consent_reader ON consent(reader, at);
CREATE INDEX consent_asks ON consent(at) WHERE event = 'ask';

CREATE TABLE delivery (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('digest','confirmation')),
  ref          TEXT NOT NULL,
  reader       TEXT NOT NULL REFERENCES subscriber(id),
  urgency      INTEGER NOT NULL,             -- 0 goes before 1
  state        TEXT NOT NULL CHECK (state IN ('queued','leased','inflight','submitted','refused','skipped','uncertain')),
  attempts     INTEGER NOT NULL DEFAULT 0,
  ambiguous    INTEGER NOT NULL DEFAULT 0,
  next_at      INTEGER NOT NULL,
  deadline     INTEGER,
  lease        TEXT,
  lease_until  INTEGER,                      -- by the database's clock
  boot         TEXT NOT NULL DEFAULT '',
  key_id       INTEGER,
  dated_at     INTEGER,
  sha256       TEXT NOT NULL DEFAULT '',
  code         INTEGER NOT NULL DEFAULT 0,
  enhanced     TEXT NOT NULL DEFAULT '',
  reply        TEXT NOT NULL DEFAULT '',
  reason       TEXT NOT NULL DEFAULT '',
  done_at      INTEGER,                      -- NULL: its outcome is still to come
  UNIQUE (kind, ref, reader)
) STRICT;
-- Of open rows only, and without state and lease: claiming and marking touch no index.
CREATE INDEX delivery_open ON delivery(urgency, next_at, id) WHERE done_at IS NULL;
CREATE INDEX delivery_held ON delivery(id) WHERE done_at IS NULL AND lease IS NOT NULL;

CREATE TABLE attempt (
  id          INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL REFERENCES delivery(id),
  n           INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  state       TEXT NOT NULL,
  code        INTEGER NOT NULL,
  enhanced    TEXT NOT NULL,
  reply       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  sha256      TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_delivery ON attempt(delivery_id);

-- +goose StatementBegin
CREATE TRIGGER edition_frozen BEFORE UPDATE ON edition
WHEN OLD.state <> 'building'
 AND (NEW.state = 'building' OR NEW.cadence <> OLD.cadence OR NEW.day <> OLD.day
   OR NEW.subject <> OLD.subject OR NEW.body IS NOT OLD.body OR NEW.sha256 <> OLD.sha256
   OR NEW.cutoff IS NOT OLD.cutoff OR NEW.frozen_at IS NOT OLD.frozen_at)
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_stays BEFORE DELETE ON edition
WHEN OLD.state <> 'building'
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_view_new BEFORE INSERT ON edition_view
WHEN (SELECT state FROM edition WHERE cadence = NEW.cadence AND day = NEW.day) <> 'building'
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_view_changed BEFORE UPDATE ON edition_view
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_view_gone BEFORE DELETE ON edition_view
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_item_new BEFORE INSERT ON edition_item
WHEN (SELECT state FROM edition WHERE cadence = NEW.cadence AND day = NEW.day) <> 'building'
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_item_changed BEFORE UPDATE ON edition_item
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_item_gone BEFORE DELETE ON edition_item
BEGIN SELECT RAISE(ABORT, 'a frozen edition never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consent_changed BEFORE UPDATE OF reader, event, at, how, form_text ON consent
BEGIN SELECT RAISE(ABORT, 'the consent ledger only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consent_gone BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'the consent ledger only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attempt_changed BEFORE UPDATE ON attempt
BEGIN SELECT RAISE(ABORT, 'attempts are never rewritten'); END;
-- +goose StatementEnd
