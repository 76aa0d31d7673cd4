// Package storetest says what a store must do, whatever database is below it.
// [Run] holds any of them to it; [SQLite] and [Postgres] make empty ones for
// tests, also for those of other packages.
//
// To add a rule: a function in the file of its noun, and a line in Run.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // for the schema that a test works in

	"reedaily/digest"
	"reedaily/store"
)

// Run tests a store. empty gives the address of a database without tables,
// another one at every call.
func Run(t *testing.T, empty func(t *testing.T) string) {
	rules := []struct {
		name string
		test func(t *testing.T, url string)
	}{
		{"open: again and at once", openAgain},
		{"lock: one sender", oneSender},
		{"lock: one builder", oneBuilderAtATime},
		{"feeds: follow the configuration", feedsFollow},
		{"feeds: a visit's outcome", visitOutcomes},
		{"articles: first seen, changed, worded otherwise", articleVersions},
		{"articles: known by their feed's own ids", articlesByGUID},
		{"articles: text from outside", articleText},
		{"feeds: a wait that a wrong clock set", farWaits},
		{"feeds: health", feedHealth},
		{"feeds: always second", alwaysSecond},
		{"articles: judged anew", judgedAnew},
		{"articles: pages read once", pagesRead},
		{"articles: pages of no use", pagesOfNoUse},
		{"articles: placed once", placedOnce},
		{"lives: the whole of one", wholeLife},
		{"lives: the notes of the first visit", notesOfTheFirst},
		{"lives: many", manyLives},
		{"lives: looked for", articlesLookedFor},
		{"lives: what a morning remembers", whatAMorningRemembers},
		{"editions: one builder", oneBuilder},
		{"editions: what is kept after a cutoff is the next one's", keptAfterACutoff},
		{"editions: frozen for ever", frozenForEver},
		{"editions: told once", toldOnce},
		{"editions: skipped", skippedEditions},
		{"editions: from queue to done", editionLife},
		{"candidates: which articles", candidateWindow},
		{"candidates: what was told of them", candidateTold},
		{"candidates: the thread of their story", candidateThread},
		{"readers: ask, confirm, leave", readerLife},
		{"readers: every move", everyMove},
		{"readers: one per address", oneReaderPerAddress},
		{"readers: many at once", readersAtOnce},
		{"readers: moves at once", movesAtOnce},
		{"signups: budgets", askBudgets},
		{"signups: nothing twice", askTwice},
		{"outbox: who gets a letter", whoGetsLetters},
		{"outbox: claim", claimOrder},
		{"outbox: two claimers", twoClaimers},
		{"outbox: mark looks again", markLooksAgain},
		{"outbox: outcomes", outcomes},
		{"outbox: fencing", fencing},
		{"outbox: uncertain", uncertainPolicy},
		{"outbox: a late answer", lateAnswer},
		{"outbox: sweep after a crash", crashSweep},
		{"outbox: deadline", deadline},
		{"outbox: against a model", deliveryMachine},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) { r.test(t, empty(t)) })
	}
}

// SQLite is an address of a file that is not there yet.
func SQLite(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "reedaily.db")
}

// Postgres is an address of an empty schema on the server that the environment
// names in REEDAILY_POSTGRES. Without one the test is skipped, but in CI, where
// it fails.
func Postgres(t *testing.T) string {
	t.Helper()
	server := os.Getenv("REEDAILY_POSTGRES")
	switch {
	case server == "" && os.Getenv("CI") == "true":
		t.Fatal("PostgreSQL is absent: set REEDAILY_POSTGRES to a server's address")
	case server == "":
		t.Skip("PostgreSQL is absent: set REEDAILY_POSTGRES to a server's address")
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal("REEDAILY_POSTGRES is not an address such as postgres://user@host:5432/name")
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "storetest_" + hex.EncodeToString(randomBytes())
	if _, err := admin.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(errors.Join(err, admin.Close()))
	}
	t.Cleanup(func() {
		_, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE")
		if err := errors.Join(err, admin.Close()); err != nil {
			t.Error(err)
		}
	})
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}

func randomBytes() []byte {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the process instead
	return b
}

// six is the morning on which the tests begin.
func six() time.Time { return time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC) }

// world is one open store and what the tests say about it most.
type world struct {
	*testing.T
	db  *store.DB
	ctx context.Context
}

func open(t *testing.T, url string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: url, Now: six})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{T: t, db: db, ctx: t.Context()}
}

// ok ends the test on an error.
func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// want ends the test unless err is target.
func (w *world) want(err, target error) {
	w.Helper()
	if !errors.Is(err, target) {
		w.Fatalf("error is %v, want %v", err, target)
	}
}

// reader adds a confirmed reader who was so an hour before six.
func (w *world) reader(email string) digest.Subscriber {
	w.Helper()
	s, err := w.db.AddSubscriber(w.ctx, email, digest.Consent{At: six().Add(-time.Hour), How: "operator: a list on paper"})
	w.ok(err)
	return s
}

func (w *world) leave(s digest.Subscriber, at time.Time) {
	w.Helper()
	w.ok(w.db.Leave(w.ctx, handle(w, s.ID), digest.Consent{At: at, How: "one-click"}))
}

func handle(w *world, s string) digest.Handle {
	w.Helper()
	h, err := digest.ParseHandle(s)
	w.ok(err)
	return h
}

// letter is the one row of the outbox for this reader and reference.
func (w *world) letter(ref, reader string) digest.Delivery {
	w.Helper()
	all, err := w.db.Deliveries(w.ctx, "", 0)
	w.ok(err)
	for _, d := range all {
		if d.Ref == ref && d.Reader == reader {
			return d
		}
	}
	w.Fatalf("there is no letter %s for reader %s", ref, reader)
	return digest.Delivery{}
}
