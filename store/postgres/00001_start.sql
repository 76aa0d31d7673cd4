-- All times are UTC in integer milliseconds; flags are 0 or 1; lists are JSON.

-- +goose Up
CREATE TABLE feed (
  id            TEXT PRIMARY KEY,
  position      BIGINT NOT NULL,            -- in the configuration
  name          TEXT NOT NULL,
  url           TEXT NOT NULL,
  home          TEXT NOT NULL DEFAULT '',
  lang          TEXT NOT NULL DEFAULT '',
  weight        DOUBLE PRECISION NOT NULL DEFAULT 1,
  aggregator    BIGINT NOT NULL DEFAULT 0,
  on_topic      BIGINT NOT NULL DEFAULT 0,
  retired       BIGINT NOT NULL DEFAULT 0,
  etag          TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  moved_to      TEXT NOT NULL DEFAULT '',
  gone          BIGINT NOT NULL DEFAULT 0,
  next_at       BIGINT,
  last_visit    BIGINT,
  last_ok       BIGINT,
  last_new      BIGINT,
  failures      BIGINT NOT NULL DEFAULT 0,
  last_error    TEXT NOT NULL DEFAULT '',
  items         BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE visit (
  id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  feed_id      TEXT NOT NULL REFERENCES feed(id),
  at           BIGINT NOT NULL,
  took         BIGINT NOT NULL,             -- milliseconds
  status       BIGINT NOT NULL,
  bytes        BIGINT NOT NULL,
  not_modified BIGINT NOT NULL,
  title        TEXT NOT NULL,
  items        BIGINT NOT NULL,
  fresh        BIGINT NOT NULL,             -- new or changed
  notes        TEXT NOT NULL,
  error        TEXT NOT NULL
);
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
  published   BIGINT,                       -- NULL: the outlet does not say
  first_seen  BIGINT NOT NULL,
  dated       BIGINT NOT NULL,              -- published, or else first_seen
  version     BIGINT NOT NULL,
  fingerprint TEXT NOT NULL
);
CREATE INDEX article_first_seen ON article(first_seen);
CREATE INDEX article_dated ON article(dated);

CREATE TABLE judgement (
  article_id TEXT NOT NULL REFERENCES article(id),
  version    BIGINT NOT NULL,
  ruler      TEXT NOT NULL,
  relevant   BIGINT NOT NULL,
  grade      TEXT NOT NULL,
  score      DOUBLE PRECISION NOT NULL,
  reasons    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  newest     BIGINT NOT NULL,               -- 1 for the one that counts
  PRIMARY KEY (article_id, version, ruler)
);
CREATE UNIQUE INDEX judgement_newest ON judgement(article_id) WHERE newest = 1;

CREATE TABLE place (
  article_id TEXT PRIMARY KEY REFERENCES article(id),
  story_id   TEXT NOT NULL,
  relation   TEXT NOT NULL,
  nearest    TEXT NOT NULL,
  score      DOUBLE PRECISION NOT NULL,
  reasons    TEXT NOT NULL,
  at         BIGINT NOT NULL
);
CREATE INDEX place_story ON place(story_id);

CREATE TABLE edition (
  cadence      TEXT NOT NULL,
  day          TEXT NOT NULL,                -- 2006-01-02 in the newsletter's zone
  state        TEXT NOT NULL CHECK (state IN ('building','frozen','sending','done','skipped')),
  reason       TEXT NOT NULL DEFAULT '',
  scheduled_at BIGINT NOT NULL,
  deadline     BIGINT,
  begun_at     BIGINT NOT NULL,
  builder      TEXT NOT NULL,
  build_until  BIGINT NOT NULL,             -- by the database's clock
  cutoff       BIGINT,
  frozen_at    BIGINT,
  sha256       TEXT NOT NULL DEFAULT '',
  subject      TEXT NOT NULL DEFAULT '',
  body         TEXT,
  queue_cursor TEXT NOT NULL DEFAULT '',     -- the last reader whose letter is queued
  queued_at    BIGINT,                      -- all letters are rows
  done_at      BIGINT,
  letters      TEXT,                         -- their tally, once none is open
  PRIMARY KEY (cadence, day)
);

CREATE TABLE edition_view (
  cadence TEXT NOT NULL,
  day     TEXT NOT NULL,
  name    TEXT NOT NULL,
  html    TEXT NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (cadence, day, name),
  FOREIGN KEY (cadence, day) REFERENCES edition(cadence, day)
);

-- Its primary key is the promise that an article is told once. It names
-- articles without a foreign key: what was told stays known when an old
-- article is cleared away.
CREATE TABLE edition_item (
  cadence    TEXT NOT NULL,
  article_id TEXT NOT NULL,
  day        TEXT NOT NULL,
  story_id   TEXT NOT NULL,
  position   BIGINT NOT NULL,
  PRIMARY KEY (cadence, article_id),
  FOREIGN KEY (cadence, day) REFERENCES edition(cadence, day)
);

CREATE TABLE subscriber (
  id           TEXT PRIMARY KEY,
  email        TEXT NOT NULL,                -- as typed
  email_key    TEXT UNIQUE,                  -- in lower case: one reader per address
  state        TEXT NOT NULL CHECK (state IN ('pending','confirmed','paused','unsubscribed','suppressed','erased')),
  nonce        TEXT UNIQUE,
  created_at   BIGINT NOT NULL,
  confirmed_at BIGINT,
  changed_at   BIGINT NOT NULL,
  lang         TEXT NOT NULL DEFAULT ''
);

CREATE TABLE signup (
  id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email     TEXT NOT NULL,
  at        BIGINT NOT NULL,
  client    TEXT NOT NULL,
  form_text TEXT NOT NULL
);

CREATE TABLE consent (
  id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reader    TEXT NOT NULL REFERENCES subscriber(id),
  event     TEXT NOT NULL,
  at        BIGINT NOT NULL,
  client    TEXT NOT NULL,
  how       TEXT NOT NULL,
  form_text TEXT NOT NULL
);
CREATE INDEX consent_reader ON consent(reader, at);
CREATE INDEX consent_asks ON consent(at) WHERE event = 'ask';

CREATE TABLE delivery (
  id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('digest','confirmation')),
  ref          TEXT NOT NULL,
  reader       TEXT NOT NULL REFERENCES subscriber(id),
  urgency      BIGINT NOT NULL,             -- 0 goes before 1
  state        TEXT NOT NULL CHECK (state IN ('queued','leased','inflight','submitted','refused','skipped','uncertain')),
  attempts     BIGINT NOT NULL DEFAULT 0,
  ambiguous    BIGINT NOT NULL DEFAULT 0,
  next_at      BIGINT NOT NULL,
  deadline     BIGINT,
  lease        TEXT,
  lease_until  BIGINT,                      -- by the database's clock
  boot         TEXT NOT NULL DEFAULT '',
  key_id       BIGINT,
  dated_at     BIGINT,
  sha256       TEXT NOT NULL DEFAULT '',
  code         BIGINT NOT NULL DEFAULT 0,
  enhanced     TEXT NOT NULL DEFAULT '',
  reply        TEXT NOT NULL DEFAULT '',
  reason       TEXT NOT NULL DEFAULT '',
  done_at      BIGINT,                      -- NULL: its outcome is still to come
  UNIQUE (kind, ref, reader)
);
-- Of open rows only, and without state and lease: claiming and marking touch no index.
CREATE INDEX delivery_open ON delivery(urgency, next_at, id) WHERE done_at IS NULL;
CREATE INDEX delivery_held ON delivery(id) WHERE done_at IS NULL AND lease IS NOT NULL;

CREATE TABLE attempt (
  id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  delivery_id BIGINT NOT NULL REFERENCES delivery(id),
  n           BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  state       TEXT NOT NULL,
  code        BIGINT NOT NULL,
  enhanced    TEXT NOT NULL,
  reply       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  sha256      TEXT NOT NULL
);
CREATE INDEX attempt_delivery ON attempt(delivery_id);

-- +goose StatementBegin
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION refuse_unless_building() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM edition WHERE cadence = NEW.cadence AND day = NEW.day) <> 'building' THEN
    RAISE EXCEPTION 'a frozen edition never changes';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER edition_frozen BEFORE UPDATE ON edition FOR EACH ROW
WHEN (OLD.state <> 'building'
 AND (NEW.state = 'building' OR NEW.cadence <> OLD.cadence OR NEW.day <> OLD.day
   OR NEW.subject <> OLD.subject OR NEW.body IS DISTINCT FROM OLD.body OR NEW.sha256 <> OLD.sha256
   OR NEW.cutoff IS DISTINCT FROM OLD.cutoff OR NEW.frozen_at IS DISTINCT FROM OLD.frozen_at))
EXECUTE FUNCTION refuse('a frozen edition never changes');
CREATE TRIGGER edition_stays BEFORE DELETE ON edition FOR EACH ROW
WHEN (OLD.state <> 'building') EXECUTE FUNCTION refuse('a frozen edition never changes');
CREATE TRIGGER edition_view_new BEFORE INSERT ON edition_view FOR EACH ROW
EXECUTE FUNCTION refuse_unless_building();
CREATE TRIGGER edition_view_changed BEFORE UPDATE OR DELETE ON edition_view FOR EACH ROW
EXECUTE FUNCTION refuse('a frozen edition never changes');
CREATE TRIGGER edition_item_new BEFORE INSERT ON edition_item FOR EACH ROW
EXECUTE FUNCTION refuse_unless_building();
CREATE TRIGGER edition_item_changed BEFORE UPDATE OR DELETE ON edition_item FOR EACH ROW
EXECUTE FUNCTION refuse('a frozen edition never changes');
CREATE TRIGGER consent_changed BEFORE UPDATE OF reader, event, at, how, form_text ON consent FOR EACH ROW
EXECUTE FUNCTION refuse('the consent ledger only grows');
CREATE TRIGGER consent_gone BEFORE DELETE ON consent FOR EACH ROW
EXECUTE FUNCTION refuse('the consent ledger only grows');
CREATE TRIGGER attempt_changed BEFORE UPDATE ON attempt FOR EACH ROW
EXECUTE FUNCTION refuse('attempts are never rewritten');
