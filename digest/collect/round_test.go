package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

// round visits the feeds and returns the visits by feed.
func round(t *testing.T, c *Collector, feeds []digest.FeedState) map[string]digest.Visit {
	t.Helper()
	got := map[string]digest.Visit{}
	if err := c.All(t.Context(), feeds, func(_ context.Context, v digest.Visit) error {
		got[v.FeedID] = v
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRoundOverTheDays(t *testing.T) {
	days := digesttest.Days(t, "")
	c := collector(t, nil)
	clock := now
	c.Now = func() time.Time { return clock }
	var feeds []digest.FeedState
	for _, name := range days.Names() {
		s := state(days.Feed(name))
		s.Name, s.Aggregator = name, strings.HasPrefix(name, "google-news")
		feeds = append(feeds, s)
	}
	db := memory(t, feeds...)
	seen, notModified, asked := map[string]bool{}, 0, 0
	for i, day := range days.AllDays() {
		days.SetDay(day)
		clock = now.AddDate(0, 0, i)
		feeds = remembered(t, db)
		got := round(t, c, feeds)
		asked += len(got)
		for _, s := range feeds {
			v, ok := got[s.ID]
			if !ok {
				continue
			}
			keep(t, db, v)
			if v.NotModified {
				notModified++
			}
			for _, a := range v.Articles {
				seen[a.ID] = true
				if a.Published.After(clock) || a.Title == "" || a.Source == "" || a.Lang == "" && s.Name == "google-news-ko" {
					t.Errorf("%s %s: %+v", day, s.Name, a)
				}
			}
		}
	}
	t.Logf("%d articles, %d of %d visits a 304", len(seen), notModified, asked)
	// 1,134 distinct items, some of them one link under two outlets' names.
	if len(seen) < 1000 || len(seen) > 1134 {
		t.Errorf("%d articles", len(seen))
	}
	if notModified*8 < asked {
		t.Errorf("%d of %d visits a 304", notModified, asked)
	}
	if days.Peak() > 1 {
		t.Errorf("%d requests at once at one host", days.Peak())
	}
}

// TestADayOfPolls: over a simulated day of hourly rounds, in which all feeds of
// three hosts want to be asked at once, the hosts' own logs show no more
// requests than their limit, no faster than the gap, and nearly all of them
// answered with 304. The hours are jumps of the clock; within a round it runs.
func TestADayOfPolls(t *testing.T) {
	const limit, gap, perHost = 2, 40 * time.Millisecond, 6
	c := collector(t, func(s *Settings) { s.Connections, s.Gap = limit, gap })
	var ahead time.Duration
	c.Now = func() time.Time { return time.Now().Add(ahead) }
	var hosts []*digesttest.Web
	var feeds []digest.FeedState
	for range 3 {
		web := digesttest.NewWeb(t)
		hosts = append(hosts, web)
		for i := range perHost {
			feeds = append(feeds, state(web.Handle(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, r *http.Request) {
				time.Sleep(gap + gap/2) // so that the limit is reached
				w.Header().Set("ETag", `"1"`)
				if r.Header.Get("If-None-Match") != "" {
					w.WriteHeader(http.StatusNotModified)
					return
				}
				_, _ = io.WriteString(w, sample)
			})))
		}
	}
	db := memory(t, feeds...)
	for range 24 {
		got := round(t, c, remembered(t, db))
		for _, s := range feeds {
			v, ok := got[s.ID]
			if !ok {
				t.Fatal("a feed was not asked")
			}
			keep(t, db, v)
		}
		ahead += time.Hour
	}
	for _, web := range hosts {
		checkPolls(t, web, limit, gap, 24*perHost)
	}
}

// checkPolls reads a host's log: how many it saw at once, how close together,
// and how many it could answer with 304.
func checkPolls(t *testing.T, web *digesttest.Web, limit int, gap time.Duration, polls int) {
	t.Helper()
	log := web.Log()
	slices.SortFunc(log, func(a, b digesttest.Request) int { return a.Start.Compare(b.Start) })
	unchanged, most := 0, 0
	for i, r := range log {
		if r.Status == http.StatusNotModified {
			unchanged++
		}
		inside := 0
		for _, o := range log[:i+1] {
			if o.End.After(r.Start) {
				inside++
			}
		}
		most = max(most, inside)
		// Six requests span five gaps; their way here takes some time, not always the same.
		if i >= 5 && r.Start.Sub(log[i-5].Start) < 4*gap {
			t.Errorf("six requests within %v, the gap is %v", r.Start.Sub(log[i-5].Start), gap)
		}
	}
	if len(log) != polls || unchanged*100 < polls*95 {
		t.Errorf("%d polls, %d of them a 304; want %d and 95 %%", len(log), unchanged, polls)
	}
	if most != limit || web.Peak() != limit {
		t.Errorf("%d requests at once, want %d", most, limit)
	}
}

func TestDeadHostsDoNotHoldUpTheLiving(t *testing.T) {
	web := digesttest.NewWeb(t)
	var feeds []digest.FeedState
	for i := range 60 {
		if i%5 == 0 {
			feeds = append(feeds, state(web.Hang(fmt.Sprintf("/hang/%d", i))))
			continue
		}
		feeds = append(feeds, state(web.Document(fmt.Sprintf("/%d", i), "", []byte(sample))))
	}
	c := collector(t, func(s *Settings) {
		s.Connections, s.Workers, s.Stalled, s.Deadline = 60, 4, 100*time.Millisecond, 3*time.Second
	})
	start := time.Now()
	healthy := map[string]time.Duration{}
	if err := c.All(t.Context(), feeds, func(_ context.Context, v digest.Visit) error {
		if v.Err == nil {
			healthy[v.FeedID] = time.Since(start)
		} else if v.Status != 0 || len(v.Articles) > 0 {
			t.Errorf("a dead feed: %+v", v)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(healthy) != 48 {
		t.Errorf("%d healthy feeds came in", len(healthy))
	}
	for _, took := range healthy {
		if took > 2*time.Second {
			t.Errorf("a healthy feed came after %v", took)
		}
	}
	if took := time.Since(start); took > 4*time.Second {
		t.Errorf("the round took %v, its deadline is 3 s", took)
	}
}

func TestARoundEndsAtItsDeadline(t *testing.T) {
	web := digesttest.NewWeb(t)
	feeds := states(web.Hang("/a"), web.Hang("/b"), web.Hang("/c")) // one host, one at a time
	c := collector(t, func(s *Settings) { s.Deadline = 300 * time.Millisecond })
	got := round(t, c, feeds)
	if len(got) != 3 {
		t.Fatalf("%d visits", len(got))
	}
	never := 0
	for _, v := range got {
		if v.Err == nil {
			t.Errorf("no error: %+v", v)
		}
		if errors.Is(v.Err, errRoundOver) {
			never++
			if !v.Unasked {
				t.Error("a feed whose turn never came is said to have failed")
			}
			if v.NextAt.After(v.At) {
				t.Errorf("a feed whose turn never came waits until %v", v.NextAt)
			}
		}
	}
	if never != 2 {
		t.Errorf("the turn of %d never came, want 2", never)
	}
}

func TestKeepStopsTheRound(t *testing.T) {
	web := digesttest.NewWeb(t)
	before := goleak.IgnoreCurrent()
	var feeds []digest.FeedState
	for i := range 10 {
		feeds = append(feeds, state(web.Document(fmt.Sprintf("/%d", i), "", []byte(sample))))
	}
	feeds = append(feeds, state(web.Hang("/hang")))
	c := collector(t, func(s *Settings) { s.Connections = 4 })
	full := errors.New("the disk is full")
	kept, inside := 0, 0
	err := c.All(t.Context(), feeds, func(context.Context, digest.Visit) error {
		if inside++; inside > 1 {
			t.Error("keep is called by two at once")
		}
		defer func() { inside-- }()
		kept++
		return full
	})
	if !errors.Is(err, full) || kept != 1 {
		t.Errorf("error %v after %d calls", err, kept)
	}
	c.Close()
	goleak.VerifyNone(t, before)
}

func TestWhoIsAsked(t *testing.T) {
	web := digesttest.NewWeb(t)
	due := state(web.Document("/due", "", []byte(sample)))
	waits := state(web.Document("/waits", "", []byte(sample)))
	waits.NextAt = now.Add(time.Second)
	gone := state(web.Document("/gone", "", []byte(sample)))
	gone.Gone = true
	retired := state(web.Document("/retired", "", []byte(sample)))
	retired.Retired = true
	got := round(t, collector(t, nil), []digest.FeedState{due, waits, gone, retired})
	if _, ok := got[due.ID]; !ok || len(got) != 1 {
		t.Errorf("asked %d", len(got))
	}
}

func TestVisitOutcomes(t *testing.T) {
	web := digesttest.NewWeb(t)
	status := func(path string, code int, header ...string) string {
		return web.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
		})
	}
	moved := web.Handle("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/ok", http.StatusMovedPermanently) })
	movedAway := web.Handle("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/404", http.StatusMovedPermanently) })
	cached := web.Handle("/cached", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=7200")
		_, _ = io.WriteString(w, sample)
	})
	web.Document("/ok", "", []byte(sample))
	status("/404", 404)
	cases := []struct {
		name, url string
		words     string // of the error; empty for none
		gone      bool
		movedTo   string
		wait      time.Duration // at least
		most      time.Duration
	}{
		{"fine", web.URL + "/ok", "", false, "", minWait, maxRhythm},
		{"no feed there", web.URL + "/404", "404 Not Found", false, "", 4 * time.Minute, 6 * time.Minute},
		{"gone", status("/410", 410), "410 Gone", true, "", 4 * time.Minute, 6 * time.Minute},
		{"busy", status("/503", 503, "Retry-After", "7200"), "503", false, "", 2 * time.Hour, 2 * time.Hour},
		{"busy for ever", status("/429", 429, "Retry-After", "99999999"), "429", false, "", 24 * time.Hour, 24 * time.Hour},
		{"busy until", status("/503b", 503, "Retry-After", now.Add(3*time.Hour).Format(http.TimeFormat)), "503", false, "", 3 * time.Hour, 3 * time.Hour},
		{"304 to nothing", status("/304", 304), "never had anything", false, "", 4 * time.Minute, 6 * time.Minute},
		{"no content", status("/204", 204), "204", false, "", 4 * time.Minute, 6 * time.Minute},
		{"empty", status("/200", 200), "empty", false, "", 4 * time.Minute, 6 * time.Minute},
		{"moved", moved, "", false, web.URL + "/ok", minWait, maxRhythm},
		{"moved away", movedAway, "404", false, "", 4 * time.Minute, 6 * time.Minute},
		{"web page", web.Document("/page", "text/html", []byte("<!DOCTYPE html><html><head><title>Hi</title></head><body>Hi</body></html>")), "web page", false, "", 4 * time.Minute, 6 * time.Minute},
		{"cached", cached, "", false, "", 2 * time.Hour, 2 * time.Hour},
		{"bad address", "feed://nowhere", "not an http", false, "", 4 * time.Minute, 6 * time.Minute},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			v := collector(t, nil).Visit(t.Context(), state(tc.url))
			switch {
			case tc.words == "" && v.Err != nil, tc.words != "" && (v.Err == nil || !strings.Contains(v.Err.Error(), tc.words)):
				t.Errorf("error %v, want %q", v.Err, tc.words)
			case v.Gone != tc.gone || v.MovedTo != tc.movedTo:
				t.Errorf("gone %v, moved to %q", v.Gone, v.MovedTo)
			}
			if wait := v.NextAt.Sub(v.At); wait < tc.wait || wait > tc.most {
				t.Errorf("asked again after %v, want %v to %v", wait, tc.wait, tc.most)
			}
		})
	}
}

func TestRhythm(t *testing.T) {
	for _, c := range []struct{ silent, want time.Duration }{
		{0, minWait}, {4 * time.Hour, minWait}, {24 * time.Hour, 30 * time.Minute}, {90 * 24 * time.Hour, time.Hour},
	} {
		s := digest.FeedState{LastNew: now.Add(-c.silent)}
		if got := rhythm(s, digest.Visit{At: now}); got != c.want {
			t.Errorf("silent for %v: asked again after %v, want %v", c.silent, got, c.want)
		}
	}
	fresh := digest.Visit{At: now, Articles: []digest.Article{{Published: now.Add(-time.Minute)}}}
	if got := rhythm(digest.FeedState{LastNew: now.AddDate(-1, 0, 0)}, fresh); got != minWait {
		t.Errorf("it woke up: %v", got)
	}
	if got := rhythm(digest.FeedState{}, digest.Visit{At: now}); got != minWait {
		t.Errorf("nothing is known: %v", got)
	}
}

func TestBackoffGrowsAndBecomesDaily(t *testing.T) {
	last := time.Duration(0)
	for n := 1; n <= 4; n++ {
		w := backoff("feed", n)
		if w <= last {
			t.Errorf("failure %d: %v after %v", n, w, last)
		}
		last = w
	}
	for n := 5; n < 50; n++ {
		if w := backoff("feed", n); w < 19*time.Hour || w > 22*time.Hour {
			t.Errorf("failure %d: %v", n, w)
		}
	}
	if backoff("a", 2) == backoff("b", 2) {
		t.Error("two feeds come back together")
	}
}

func TestAllIsSafeForManyRounds(t *testing.T) {
	web := digesttest.NewWeb(t)
	feeds := states(web.Document("/1", "", []byte(sample)), web.Document("/2", "", []byte(sample)))
	c := collector(t, func(s *Settings) { s.Connections = 2 })
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := c.All(t.Context(), feeds, func(context.Context, digest.Visit) error { return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
