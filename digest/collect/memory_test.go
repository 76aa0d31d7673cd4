package collect

import (
	"io"
	"net/http"
	"strings"
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

// TestWishesOutlast304: what a feed or its server asks for is obeyed after
// each 304, which does not say it again, until an answer says otherwise.
func TestWishesOutlast304(t *testing.T) {
	const skip = `<skipHours><hour>6</hour><hour>7</hour></skipHours>` // now it is 06:00
	header := func(pairs ...string) map[string]string {
		h := map[string]string{"ETag": `"1"`}
		for i := 0; i < len(pairs); i += 2 {
			h[pairs[i]] = pairs[i+1]
		}
		return h
	}
	for name, tc := range map[string]struct {
		channel     string
		full, again map[string]string // headers of the full answer, and of the 304
		first, then time.Duration     // the waits after the two
	}{
		"nothing asked":        {"", header(), header(), minWait, minWait},
		"ttl":                  {"<ttl>150</ttl>", header(), header(), 150 * time.Minute, 150 * time.Minute},
		"updatePeriod":         {"<sy:updatePeriod>hourly</sy:updatePeriod>", header(), header(), time.Hour, time.Hour},
		"skipHours":            {skip, header(), header(), 2 * time.Hour, 2 * time.Hour},
		"skipped and ttl":      {skip + "<ttl>150</ttl>", header(), header(), 150 * time.Minute, 150 * time.Minute},
		"max-age":              {"", header("Cache-Control", "max-age=7200"), header(), 2 * time.Hour, 2 * time.Hour},
		"max-age said anew":    {"", header("Cache-Control", "max-age=7200"), header("Cache-Control", "max-age=3600"), 2 * time.Hour, time.Hour},
		"max-age taken back":   {"", header("Cache-Control", "max-age=7200"), header("Cache-Control", "no-cache"), 2 * time.Hour, minWait},
		"max-age dropped":      {"", header("Cache-Control", "max-age=7200"), header("Cache-Control", "public"), 2 * time.Hour, minWait},
		"max-age said late":    {"", header(), header("Cache-Control", "max-age=7200"), minWait, 2 * time.Hour},
		"of another answer":    {"", header("Cache-Control", "max-age=7200"), header("Cache-Control", "max-age=3600", "ETag", `"2"`), 2 * time.Hour, 2 * time.Hour},
		"of the same, weakly":  {"", header("Cache-Control", "max-age=7200"), header("Cache-Control", "max-age=3600", "ETag", `W/"1"`), 2 * time.Hour, time.Hour},
		"age":                  {"", header("Cache-Control", "max-age=7200", "Age", "3600"), header(), time.Hour, 2 * time.Hour},
		"Retry-After but once": {"", header("Retry-After", "7200"), header(), 2 * time.Hour, minWait},
	} {
		t.Run(name, func(t *testing.T) {
			web := digesttest.NewWeb(t)
			url := web.Handle("/", func(w http.ResponseWriter, r *http.Request) {
				known := r.Header.Get("If-None-Match") == `"1"`
				headers := tc.full
				if known {
					headers = tc.again
				}
				for k, v := range headers {
					w.Header().Set(k, v)
				}
				if known {
					w.WriteHeader(http.StatusNotModified)
					return
				}
				_, _ = io.WriteString(w, `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Ore</title>`+tc.channel+
					`<item><title>A</title><link>https://ore.example/a</link></item></channel></rss>`)
			})
			db, c := memory(t, state(url)), collector(t, nil)
			for i, want := range []time.Duration{tc.first, tc.then, tc.then} {
				v, s := poll(t, c, db)
				if v.Err != nil || v.NotModified != (i > 0) || !s.NextAt.Equal(now.Add(want)) || s.ETag != `"1"` {
					t.Errorf("answer %d: %v, 304 %v, ETag %s, asked again after %v, want %v", i, v.Err, v.NotModified, s.ETag, s.NextAt.Sub(now), want)
				}
			}
		})
	}
}

// TestSkippedHours: no other wait ends in an hour that the feed wants to be spared.
func TestSkippedHours(t *testing.T) {
	c := collector(t, nil)
	for at, want := range map[string]string{"05:55": "08:00", "05:45": "05:55", "08:00": "08:10", "06:30": "08:00"} {
		start, err := time.Parse(time.DateTime, now.Format(time.DateOnly)+" "+at+":00")
		if err != nil {
			t.Fatal(err)
		}
		v := digest.Visit{At: start, Wish: digest.Wish{SkipHours: []int{6, 7}}}
		if got := c.next(digest.FeedState{}, v, time.Time{}).Format("15:04"); got != want {
			t.Errorf("at %s: asked again at %s, want %s", at, got, want)
		}
	}
	for wish, want := range map[time.Duration]string{30 * time.Minute: "08:00", 3 * time.Hour: "07:23", 4 * time.Hour: "08:23"} {
		at := now.Truncate(24 * time.Hour).Add(4*time.Hour + 23*time.Minute)
		if got := skipped(at.Add(wish), []int{4, 5, 6, 7, 8, 9}, at).Format("15:04"); got != want {
			t.Errorf("a long night, in %v: asked again at %s, want %s", wish, got, want)
		}
	}
	all := make([]int, 24)
	for i := range all {
		all[i] = i
	}
	if got := skipped(now, all, now); !got.Equal(now) {
		t.Errorf("a feed that never wants to be asked: %v", got)
	}
}

// TestValidatorsOfAnotherAddress: where a redirect leads elsewhere than before,
// or ends, the validators of the old place are not shown to the new one, which
// would take their date for its own and hold back what we never had.
func TestValidatorsOfAnotherAddress(t *testing.T) {
	for name, status := range map[string]int{"a redirect": http.StatusFound, "a move": http.StatusMovedPermanently} {
		t.Run(name, func(t *testing.T) {
			web := digesttest.NewWeb(t)
			dated := func(title string, day int) http.HandlerFunc {
				return func(w http.ResponseWriter, r *http.Request) {
					at := time.Date(2026, 2, day, 0, 0, 0, 0, time.UTC)
					http.ServeContent(w, r, "feed.xml", at, strings.NewReader(strings.ReplaceAll(sample, "Quarry", title)))
				}
			}
			var to atomic.Value // where the feed's address leads; empty: nowhere, it answers
			to.Store("/a")
			home := dated("Mine", 10)
			url := web.Handle("/feed", func(w http.ResponseWriter, r *http.Request) {
				if place, _ := to.Load().(string); place != "" {
					http.Redirect(w, r, place, status)
					return
				}
				home(w, r)
			})
			web.Handle("/a", func(w http.ResponseWriter, r *http.Request) {
				if to.Load() != "/a" {
					w.WriteHeader(http.StatusGone)
					return
				}
				dated("Quarry", 13)(w, r)
			})
			web.Handle("/b", dated("Pit", 11))
			db, c := memory(t, state(url)), collector(t, nil)
			poll(t, c, db)
			if v, _ := poll(t, c, db); !v.NotModified {
				t.Fatalf("the same again is %+v", v)
			}
			for _, next := range []struct{ place, title string }{{"/b", "Pit opens"}, {"", "Mine opens"}} {
				to.Store(next.place)
				v, _ := poll(t, c, db)
				if v.Err != nil { // asked at the place that it had moved to, which is closed
					v, _ = poll(t, c, db)
				}
				if next.place == "" && status == http.StatusMovedPermanently {
					continue // it stays at /b, which answers
				}
				if v.NotModified || len(v.Articles) != 1 || v.Articles[0].Title != next.title {
					t.Errorf("led to %q: %+v", next.place, v)
				}
			}
		})
	}
}

// TestOtherSelectors: a page that did not change is read once more where the
// operator corrected its selectors, and only then.
func TestOtherSelectors(t *testing.T) {
	web := digesttest.NewWeb(t)
	url := web.Handle("/news", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "news.html", now, strings.NewReader(`<ul><li><a href="/menu">All our topics</a></ul><div><a href="/a">Quarry opens</a></div>`))
	})
	db := memory(t, state(url))
	for i, step := range []struct{ item, title string }{{"li", "All our topics"}, {"li", ""}, {"div", "Quarry opens"}, {"div", ""}} {
		c := collector(t, func(s *Settings) { s.Pages = map[string]Selectors{url: {Item: step.item}} })
		v, _ := poll(t, c, db)
		if v.Err != nil || v.NotModified != (step.title == "") || !v.NotModified && v.Articles[0].Title != step.title {
			t.Errorf("visit %d by %q: %+v", i, step.item, v)
		}
	}
	if v, _ := poll(t, collector(t, nil), db); v.NotModified {
		t.Error("a page that is to be read as a feed: 304")
	}
}
