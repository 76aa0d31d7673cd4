package collect

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

// askedFor is how often a host was asked for what is not its robots.txt.
func askedFor(web *digesttest.Web) (n int) {
	for _, r := range web.Log() {
		if r.Path != "/robots.txt" {
			n++
		}
	}
	return n
}

// TestPagesOfABusyHost: the first refusal is the last request of the round, and
// none of the pages is done with, so that the next morning has them.
func TestPagesOfABusyHost(t *testing.T) {
	busy := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(status)
		}
	}
	absent := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close") // a dead connection that was used before is tried twice
		w.WriteHeader(http.StatusNotFound)
	}
	dead := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for name, tc := range map[string]struct {
		robots, page http.HandlerFunc
		asked        int
	}{
		"429":                   {nil, busy(429), 1},
		"503":                   {nil, busy(503), 1},
		"no answer":             {absent, dead, 1},
		"500":                   {nil, busy(500), 8},
		"robots.txt":            {busy(503), busy(200), 0},
		"robots.txt 429":        {busy(429), busy(200), 0},
		"robots.txt, no answer": {dead, busy(200), 0},
	} {
		t.Run(name, func(t *testing.T) {
			web := digesttest.NewWeb(t)
			if tc.robots != nil {
				web.Handle("/robots.txt", tc.robots)
			}
			var articles []digest.Article
			for i := range 8 {
				articles = append(articles, digest.Article{ID: fmt.Sprint(i), URL: web.Handle(fmt.Sprintf("/%d", i), tc.page)})
			}
			again := 0
			err := collector(t, nil).ReadPages(t.Context(), articles, func(_ context.Context, p digest.Page) error {
				if p.Again && p.Err != "" {
					again++
				}
				return nil
			})
			if asked := askedFor(web); err != nil || again != 8 || asked != tc.asked {
				t.Errorf("%d to try again, %d requests, %v", again, asked, err)
			}
		})
	}
	// What will be the same tomorrow is not tried again.
	web := digesttest.NewWeb(t)
	for _, status := range []int{401, 403, 404, 410, 451} {
		url := web.Handle(fmt.Sprint("/", status), busy(status))
		if p := collector(t, nil).ReadPage(t.Context(), digest.Article{URL: url}); p.Err == "" || p.Again {
			t.Errorf("%d: %+v", status, p)
		}
	}
}

// TestFeedsOfABusyHost: the first 429 of a host holds for its other feeds, in
// this round and until its time has come; other hosts are not concerned.
func TestFeedsOfABusyHost(t *testing.T) {
	web, other := digesttest.NewWeb(t), digesttest.NewWeb(t)
	busy := true
	answer := func(w http.ResponseWriter, _ *http.Request) {
		if busy {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = io.WriteString(w, sample)
	}
	feeds := states(web.Handle("/1", answer), web.Handle("/2", answer), web.Handle("/3", answer), other.Document("/", "", []byte(sample)))
	c := collector(t, nil)
	clock := now
	c.Now = func() time.Time { return clock }
	db := memory(t, feeds...)
	got := round(t, c, feeds)
	if n := askedFor(web); n != 1 || got[feeds[3].ID].Err != nil {
		t.Errorf("%d requests at the busy host, %v at the other", n, got[feeds[3].ID].Err)
	}
	var errs []string
	for _, s := range feeds[:3] {
		v := got[s.ID]
		if v.Err == nil || !v.NextAt.Equal(now.Add(2*time.Hour)) {
			t.Fatalf("%v, next at %v", v.Err, v.NextAt)
		}
		errs = append(errs, v.Err.Error())
		keep(t, db, v)
	}
	slices.Sort(errs)
	if !strings.Contains(errs[0], "is left alone until 2026-02-14 08:00 UTC") || errs[1] != errs[0] || !strings.Contains(errs[2], "429") {
		t.Errorf("errors %q", errs)
	}
	failures := 0
	for _, s := range remembered(t, db) {
		failures += s.Failures
	}
	if failures != 1 {
		t.Errorf("%d failures, of one request", failures)
	}
	busy, clock = false, now.Add(2*time.Hour)
	for _, v := range round(t, c, remembered(t, db)[:3]) {
		if v.Err != nil {
			t.Error(v.Err)
		}
	}
}

// TestCrawlDelay: a site's robots.txt may want more time between two pages, up
// to a bound.
func TestCrawlDelay(t *testing.T) {
	for said, want := range map[string]time.Duration{"3": 3 * time.Second, "86400": maxDelay, "x": 0} {
		web := digesttest.NewWeb(t)
		web.Document("/robots.txt", "text/plain", []byte("User-agent: *\nCrawl-delay: "+said+"\nDisallow: /private\n"))
		c := collector(t, nil)
		clock := now
		var waits []time.Duration
		c.Now = func() time.Time { return clock }
		c.Sleep = func(_ context.Context, d time.Duration) error {
			waits, clock = append(waits, d), clock.Add(d)
			return nil
		}
		for i := range 3 {
			c.ReadPage(t.Context(), digest.Article{URL: web.Document(fmt.Sprint("/", i), "text/html", []byte(articlePage))})
		}
		if got := slices.Repeat([]time.Duration{want}, 3); want > 0 && !slices.Equal(waits, got) || want == 0 && waits != nil {
			t.Errorf("Crawl-delay %s: waited %v", said, waits)
		}
	}
}
