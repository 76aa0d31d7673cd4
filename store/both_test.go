package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/store"
	"reedaily/store/storetest"
)

// both runs a test on an empty store of each kind.
func both(t *testing.T, test func(t *testing.T, db *store.DB)) {
	for name, empty := range map[string]func(*testing.T) string{"SQLite": storetest.SQLite, "Postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			test(t, open(t, empty(t)))
		})
	}
}

func open(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var morning = time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC)

func frozen(t *testing.T, db *store.DB) digest.EditionRow {
	t.Helper()
	key := digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}
	row, _, err := db.BeginEdition(t.Context(), digest.EditionRow{Key: key, ScheduledAt: morning, Deadline: morning.Add(time.Hour)}, "test", time.Hour, morning)
	ok(t, err)
	row.Cutoff, row.FrozenAt = morning, morning
	row.Edition = digest.Edition{Key: key, Subject: "Subject", Stories: []digest.EditionStory{{ID: "s", Articles: []digest.EditionArticle{{ID: "a"}}}}}
	ok(t, db.Freeze(t.Context(), row, []digest.View{{Name: "mail", HTML: "<p>", Text: "text"}}))
	return row
}

// TestTriggers: what no method does, the tables themselves refuse.
func TestTriggers(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		frozen(t, db)
		_, err := db.AddSubscriber(t.Context(), "a@example.com", digest.Consent{At: morning})
		ok(t, err)
		_, err = db.QueueEdition(t.Context(), digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}, morning)
		ok(t, err)
		for _, s := range []string{
			`UPDATE edition SET subject = 'other'`,
			`UPDATE edition SET body = NULL`,
			`UPDATE edition SET body = '{}'`,
			`UPDATE edition SET sha256 = 'other'`,
			`UPDATE edition SET cutoff = 1`,
			`UPDATE edition SET frozen_at = NULL`,
			`UPDATE edition SET state = 'building'`,
			`UPDATE edition SET day = '2026-02-15'`,
			`DELETE FROM edition`,
			`UPDATE edition_view SET html = 'other'`,
			`DELETE FROM edition_view`,
			`INSERT INTO edition_view (cadence, day, name, html, text) VALUES ('daily', '2026-02-14', 'web', '', '')`,
			`UPDATE edition_item SET position = 7`,
			`DELETE FROM edition_item`,
			`INSERT INTO edition_item (cadence, article_id, day, story_id, position) VALUES ('daily', 'b', '2026-02-14', 's', 1)`,
		} {
			if err := db.Exec(t.Context(), s); !errors.Is(err, digest.ErrFrozen) {
				t.Errorf("%s: %v", s, err)
			}
		}
		for _, s := range []string{
			`UPDATE consent SET at = 1`,
			`DELETE FROM consent`,
		} {
			if err := db.Exec(t.Context(), s); err == nil || !strings.Contains(err.Error(), "ledger only grows") {
				t.Errorf("%s: %v", s, err)
			}
		}
		ok(t, db.Exec(t.Context(), `UPDATE consent SET client = ''`)) // an address may be forgotten
		ok(t, db.Exec(t.Context(), `INSERT INTO attempt (delivery_id, n, at, state, code, enhanced, reply, reason, sha256)
			SELECT id, 1, 1, 'submitted', 250, '', '', '', '' FROM delivery`))
		if err := db.Exec(t.Context(), `UPDATE attempt SET code = 251`); err == nil {
			t.Error("an attempt was rewritten")
		}
	})
}

// TestReadersWhoGetNothing: the states that only returned mail and erasing
// lead to, which come later.
func TestReadersWhoGetNothing(t *testing.T) {
	reasons := map[digest.SubscriberState]string{
		digest.ReaderPaused: digest.SkipPaused, digest.ReaderSuppressed: digest.SkipSuppressed, digest.ReaderErased: digest.SkipSuppressed,
	}
	both(t, func(t *testing.T, db *store.DB) {
		row := frozen(t, db)
		add := func(email string) digest.Subscriber {
			s, err := db.AddSubscriber(t.Context(), email, digest.Consent{At: morning})
			ok(t, err)
			return s
		}
		become := func(s digest.Subscriber, state digest.SubscriberState) {
			ok(t, db.Exec(t.Context(), `UPDATE subscriber SET state = '`+string(state)+`' WHERE id = '`+s.ID+`'`))
		}
		later := map[digest.SubscriberState]digest.Subscriber{}
		for state := range reasons {
			become(add(string(state)+"-before@example.com"), state)
			later[state] = add(string(state) + "-after@example.com")
		}
		n, err := db.QueueEdition(t.Context(), row.Key, morning)
		ok(t, err)
		if n != len(reasons) {
			t.Errorf("%d letters queued, want %d", n, len(reasons))
		}
		for state, s := range later {
			become(s, state)
		}
		claimed, err := db.Claim(t.Context(), digest.Claim{Now: morning, Max: 1, Lease: time.Hour})
		ok(t, err)
		if len(claimed) != 0 {
			t.Errorf("claimed %+v", claimed)
		}
		all, err := db.Deliveries(t.Context(), digest.DeliverySkipped, 0)
		ok(t, err)
		for _, d := range all {
			for state, s := range later {
				if d.Reader == s.ID && d.Reason != reasons[state] {
					t.Errorf("the letter of a %s reader is skipped as %s", state, d.Reason)
				}
			}
		}
		if len(all) != len(reasons) {
			t.Errorf("%d letters skipped, want %d", len(all), len(reasons))
		}
		// An import lifts nothing.
		for state, s := range later {
			if _, err := db.AddSubscriber(t.Context(), s.Email, digest.Consent{At: morning}); !errors.Is(err, digest.ErrMove) {
				t.Errorf("importing a %s reader: %v", state, err)
			}
		}
	})
}

// TestQueueInChunks: readers that do not fit into one transaction, and an
// interruption between two.
func TestQueueInChunks(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		const readers, chunk = 25, 5
		for i := range readers {
			_, err := db.AddSubscriber(t.Context(), strings.Repeat("x", i+1)+"@example.com", digest.Consent{At: morning})
			ok(t, err)
		}
		row := frozen(t, db)
		db.QueueBy(chunk)
		n, err := db.QueueEdition(t.Context(), row.Key, morning)
		ok(t, err)
		if n != readers {
			t.Errorf("%d letters queued, want %d", n, readers)
		}
		// As if the process had ended after the second chunk.
		ok(t, db.Exec(t.Context(),
			`UPDATE edition SET queued_at = NULL, queue_cursor = (SELECT max(reader) FROM (SELECT reader FROM delivery ORDER BY reader LIMIT 10) AS x)`,
			`DELETE FROM delivery WHERE reader > (SELECT queue_cursor FROM edition)`))
		ok(t, db.CloseEditions(t.Context(), morning))
		if n, err = db.QueueEdition(t.Context(), row.Key, morning); n != readers-10 || err != nil {
			t.Errorf("then %d letters, %v; want %d", n, err, readers-10)
		}
		got, err := db.Edition(t.Context(), row.Key)
		ok(t, err)
		if got.Letters[digest.DeliveryQueued] != readers || got.State != digest.EditionSending {
			t.Errorf("the edition is %s with %v", got.State, got.Letters)
		}
	})
}

// TestAttempts: each attempt is a row; giving a letter back untried is none.
func TestAttempts(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		_, err := db.AddSubscriber(t.Context(), "a@example.com", digest.Consent{At: morning})
		ok(t, err)
		_, err = db.QueueEdition(t.Context(), frozen(t, db).Key, morning)
		ok(t, err)
		claim := func() digest.Delivery {
			claimed, err := db.Claim(t.Context(), digest.Claim{Now: morning, Max: 1, Lease: time.Hour})
			ok(t, err)
			if len(claimed) != 1 {
				t.Fatalf("claimed %d letters", len(claimed))
			}
			return claimed[0]
		}
		finish := func(o digest.Outcome, want int) {
			t.Helper()
			d := claim()
			if o.State != digest.DeliveryQueued {
				ok(t, db.Mark(t.Context(), d, "sha", time.Hour, morning))
			} else if o.Code == 0 {
				o.Code, o.Reply = d.Code, d.Reply
			}
			ok(t, db.Finish(t.Context(), d, o, morning))
			var n int
			ok(t, db.Raw().QueryRowContext(t.Context(), `SELECT count(*) FROM attempt`).Scan(&n))
			if n != want {
				t.Errorf("after %+v there are %d attempts, want %d", o, n, want)
			}
		}
		finish(digest.Outcome{State: digest.DeliveryQueued}, 0)
		finish(digest.Outcome{State: digest.DeliveryQueued, Code: 451, Reply: "later"}, 1)
		finish(digest.Outcome{State: digest.DeliveryQueued}, 1)
		finish(digest.Outcome{State: digest.DeliverySubmitted, Code: 250}, 2)
	})
}

// TestHotQueries: with many letters, queries go by the narrow indexes.
func TestHotQueries(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		const many = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) `
		ok(t, db.Exec(t.Context(),
			`INSERT INTO subscriber (id, email, email_key, state, created_at, changed_at) `+many+
				`SELECT 'r' || i, i || '@example.com', i || '@example.com', 'confirmed', 0, 0 FROM n`,
			`INSERT INTO delivery (kind, ref, reader, urgency, state, next_at, deadline, lease, done_at) `+many+
				`SELECT 'digest', 'daily/2026-02-14', 'r' || i, 1, CASE WHEN i <= 10000 THEN 'submitted' WHEN i < 10100 THEN 'leased' ELSE 'queued' END,
				i, 100000, CASE WHEN i < 10100 THEN 'x' END, CASE WHEN i <= 10000 THEN 1 END FROM n`))
		explain := "EXPLAIN QUERY PLAN "
		if _, err := db.Raw().ExecContext(t.Context(), "ANALYZE"); err != nil {
			t.Fatal(err)
		}
		if t.Name() == "TestHotQueries/Postgres" {
			explain = "EXPLAIN "
		} else {
			// Statistics are not kept up to date by themselves: it must do without.
			ok(t, db.Exec(t.Context(), "DELETE FROM sqlite_stat1"))
		}
		for _, q := range db.HotQueries() {
			plan := planOf(t, db, explain+q.SQL, q.Args)
			if !strings.Contains(plan, q.Index) || strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Seq Scan on delivery") || strings.Contains(plan, "Sort") {
				t.Errorf("%s does not go by %s alone:\n%s", q.Name, q.Index, plan)
			}
		}
	})
}

func planOf(t *testing.T, db *store.DB, query string, args []any) string {
	t.Helper()
	rows, err := db.Raw().QueryContext(t.Context(), query, args...)
	ok(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	ok(t, err)
	var plan strings.Builder
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		ok(t, rows.Scan(cells...))
		line, _ := (*cells[len(cells)-1].(*any)).(string)
		plan.WriteString(line + "\n")
	}
	ok(t, rows.Err())
	return plan.String()
}

// TestUnknownCommit: a COMMIT that fails says that nothing is known, is not
// tried again, and leaves a store that works.
func TestUnknownCommit(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		ok(t, db.Exec(t.Context(), `CREATE TABLE late (reader TEXT REFERENCES subscriber(id) DEFERRABLE INITIALLY DEFERRED)`))
		err := db.Exec(t.Context(), `INSERT INTO late (reader) VALUES ('nobody')`)
		if !errors.Is(err, store.ErrUnknownCommit) {
			t.Errorf("a failed COMMIT is %v", err)
		}
		if err := db.Exec(t.Context(), `INSERT INTO nowhere (x) VALUES (1)`); err == nil || errors.Is(err, store.ErrUnknownCommit) {
			t.Errorf("a failed statement is %v", err)
		}
		_, err = db.AddSubscriber(t.Context(), "a@example.com", digest.Consent{At: morning})
		ok(t, err)
	})
}

// TestNewerSchema: tables of a newer program are left alone.
func TestNewerSchema(t *testing.T) {
	for name, empty := range map[string]func(*testing.T) string{"SQLite": storetest.SQLite, "Postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			url := empty(t)
			db := open(t, url)
			insert := `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)`
			ok(t, db.Exec(t.Context(), insert))
			_, err := store.Open(t.Context(), store.Options{URL: url})
			var hint *digest.HintError
			if err == nil || !strings.Contains(err.Error(), "newer reedaily") || !errors.As(err, &hint) {
				t.Errorf("opening a newer schema: %v", err)
			}
		})
	}
}

// TestUpgradeOfFeeds: feeds of schema 4 are asked for a whole answer once, and
// those whose items others had first are known to be alive.
func TestUpgradeOfFeeds(t *testing.T) {
	for name, empty := range map[string]func(*testing.T) string{"SQLite": storetest.SQLite, "Postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			url := empty(t)
			db, err := store.Open(t.Context(), store.Options{URL: url})
			ok(t, err)
			first, second := digest.Feed{ID: "1", Name: "First", URL: "https://a.example/"}, digest.Feed{ID: "2", Name: "Second", URL: "https://b.example/"}
			ok(t, db.SyncFeeds(t.Context(), []digest.Feed{first, second}, morning))
			for i, f := range []digest.Feed{first, second} {
				_, err := db.KeepVisit(t.Context(), digest.Visit{
					FeedID: f.ID, At: morning.Add(time.Duration(i) * time.Hour), Status: 200, ETag: `"1"`, ValidFor: f.URL,
					Articles: []digest.Article{{ID: "x", URL: "https://x.example/", Canonical: "https://x.example/", Title: "X"}},
				})
				ok(t, err)
			}
			ok(t, db.Exec(t.Context(),
				`UPDATE feed SET last_new = NULL WHERE id = '2'`,
				`ALTER TABLE feed DROP COLUMN max_age`, `ALTER TABLE feed DROP COLUMN ttl`,
				`ALTER TABLE feed DROP COLUMN skip_hours`, `ALTER TABLE feed DROP COLUMN valid_for`, `DROP INDEX sighting_feed`,
				`DELETE FROM goose_db_version WHERE version_id = 5`))
			ok(t, db.Close())
			feeds, err := open(t, url).Feeds(t.Context())
			ok(t, err)
			for i, f := range feeds {
				if want := morning.Add(time.Duration(i) * time.Hour); !f.LastNew.Equal(want) || f.ValidFor != "" || f.Wish.SkipHours != nil {
					t.Errorf("%+v, last new want %v", f, want)
				}
			}
		})
	}
}
