package collect

import (
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/digesttest"
	"reedaily/store"
	"reedaily/store/storetest"
)

// memory is a store that knows these feeds.
func memory(t *testing.T, feeds ...digest.FeedState) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: storetest.SQLite(t), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	words := make([]digest.Feed, len(feeds))
	for i, s := range feeds {
		words[i] = s.Feed
	}
	if err := db.SyncFeeds(t.Context(), words, now); err != nil {
		t.Fatal(err)
	}
	return db
}

// remembered is what the store knows of its feeds, in their order.
func remembered(t *testing.T, db *store.DB) []digest.FeedState {
	t.Helper()
	feeds, err := db.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return feeds
}

// poll visits the store's one feed, due or not, and keeps what comes of it.
func poll(t *testing.T, c *Collector, db *store.DB) (digest.Visit, digest.FeedState) {
	t.Helper()
	v := c.Visit(t.Context(), remembered(t, db)[0])
	keep(t, db, v)
	return v, remembered(t, db)[0]
}

func keep(t *testing.T, db *store.DB, v digest.Visit) {
	t.Helper()
	if _, err := db.KeepVisit(t.Context(), v); err != nil {
		t.Fatal(err)
	}
}

// TestAMoveUndone: a feed that moved and answers at home again is there from
// then on, and one whose new place closed is asked at home before it is gone.
func TestAMoveUndone(t *testing.T) {
	for name, there := range map[string]int{"the new place is empty": http.StatusNotFound, "the new place is closed": http.StatusGone} {
		t.Run(name, func(t *testing.T) {
			web := digesttest.NewWeb(t)
			var home atomic.Int32 // the status of the configured address
			home.Store(http.StatusMovedPermanently)
			url := web.Handle("/old", func(w http.ResponseWriter, r *http.Request) {
				switch code := int(home.Load()); code {
				case http.StatusOK:
					_, _ = io.WriteString(w, sample)
				case http.StatusMovedPermanently:
					http.Redirect(w, r, "/new", code)
				default:
					w.WriteHeader(code)
				}
			})
			web.Handle("/new", func(w http.ResponseWriter, _ *http.Request) {
				if home.Load() != http.StatusMovedPermanently {
					w.WriteHeader(there)
					return
				}
				_, _ = io.WriteString(w, sample)
			})
			db, c := memory(t, state(url)), collector(t, nil)
			if _, s := poll(t, c, db); s.MovedTo != web.URL+"/new" {
				t.Fatalf("it moved: %+v", s)
			}
			home.Store(http.StatusOK)
			failed := 0
			for range 12 {
				v, s := poll(t, c, db)
				if s.Gone {
					t.Fatal("gone, though its own address answers")
				}
				if v.Err != nil {
					failed++
				}
			}
			if s := remembered(t, db)[0]; failed > homeAfter || s.Failures != 0 || s.MovedTo != "" {
				t.Errorf("%d of 12 visits failed, now it is %+v", failed, s)
			}
			home.Store(http.StatusGone)
			if _, s := poll(t, c, db); !s.Gone {
				t.Error("its own address is closed for good, and it is not gone")
			}
		})
	}
}
