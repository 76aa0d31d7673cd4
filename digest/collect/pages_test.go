package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

const articlePage = `<html lang="en"><head><title>Quarry ships</title><meta name="author" content="Ada Stone"><meta property="article:published_time" content="2026-02-13T09:00:00Z"></head><body><main><article><h1>Quarry ships</h1>
<h2>Highlights</h2><ul><li>The quarry ships after two years.</li><li>The price of terbium is fixed.</li></ul>
<p>The quarry at Stonefield began to ship mixed carbonate on Monday, its owner said, two years after the first permit was asked for.</p>
<p>Buyers in three countries have signed for the first year of terbium and dysprosium, according to people who have seen the contracts.</p>
<p>The plant, which separates the elements by solvent extraction, will run at half of its capacity until autumn, when a second line is added.</p></article></main></body></html>`

func TestReadPage(t *testing.T) {
	web := digesttest.NewWeb(t)
	url := web.Document("/a", "text/html; charset=utf-8", []byte(articlePage))
	got := collector(t, nil).ReadPage(t.Context(), digest.Article{ID: "a", URL: url, Title: "Quarry ships", Version: 3})
	if got.Err != "" || len(got.Highlights) != 2 || got.Author != "Ada Stone" || got.Lang != "en" || got.Published.IsZero() ||
		!strings.HasPrefix(got.Text, "The quarry at Stonefield") || got.ArticleID != "a" || got.Version != 3 || got.Status != 200 || got.URL != url {
		t.Errorf("got %+v", got)
	}
}

func TestReadPagesOfMany(t *testing.T) {
	web := digesttest.NewWeb(t)
	var articles []digest.Article
	for i := range 20 {
		articles = append(articles, digest.Article{ID: fmt.Sprint(i), URL: web.Document(fmt.Sprintf("/%d", i), "text/html", []byte(articlePage))})
	}
	articles = append(articles, digest.Article{ID: "hangs", URL: web.Hang("/hangs")})
	c := collector(t, func(s *Settings) { s.Connections, s.Deadline = 2, 3*time.Second })
	read := map[string]bool{}
	if err := c.ReadPages(t.Context(), articles, func(_ context.Context, p digest.Page) error {
		read[p.ArticleID] = p.Err == ""
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(read) != 20 || read["hangs"] {
		t.Errorf("read %v", read)
	}
	full := errors.New("the disk is full")
	if err := c.ReadPages(t.Context(), articles[:5], func(context.Context, digest.Page) error { return full }); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

func TestPagesThatAreNotRead(t *testing.T) {
	robots := "User-agent: reedaily\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"
	web := digesttest.NewWeb(t)
	web.Document("/robots.txt", "text/plain", []byte(robots))
	web.Document("/open", "text/html", []byte(articlePage))
	web.Document("/private/a", "text/html", []byte(articlePage))
	web.Document("/pdf", "application/pdf", []byte("%PDF"))
	web.Document("/wall", "text/html", []byte("<html><title>Before you continue</title><body><p>Accept all cookies to go on.</p></body></html>"))
	web.Handle("/403", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	down := digesttest.NewWeb(t)
	down.Handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	down.Document("/a", "text/html", []byte(articlePage))
	c := collector(t, nil)
	for _, tc := range []struct{ url, words string }{
		{web.URL + "/open", ""},
		{web.URL + "/private/a", "robots.txt"},
		{web.URL + "/pdf", "application/pdf"},
		{web.URL + "/wall", "wall"},
		{web.URL + "/403", "403 Forbidden"},
		{web.URL + "/404", "404 Not Found"},
		{down.URL + "/a", "robots.txt"},
		{"http://nobody.invalid/", "nobody.invalid"},
		{"javascript:alert(1)", "address"},
		{"https://news.google.com/rss/articles/abc?oc=5", "hides the page"},
	} {
		got := c.ReadPage(t.Context(), digest.Article{ID: tc.url, URL: tc.url, Title: "T"})
		switch {
		case tc.words == "" && got.Err != "", tc.words != "" && !strings.Contains(got.Err, tc.words):
			t.Errorf("%s: %q, want %q", tc.url, got.Err, tc.words)
		case got.Err != "" && got.Text != "":
			t.Errorf("%s: a text and an error: %+v", tc.url, got)
		}
	}
	asked := 0
	for _, r := range web.Log() {
		if r.Path == "/robots.txt" {
			asked++
		}
		if strings.HasPrefix(r.Path, "/private") {
			t.Error("a forbidden page was fetched")
		}
	}
	if asked != 1 {
		t.Errorf("robots.txt was asked for %d times", asked)
	}
}

func TestDiscover(t *testing.T) {
	web := digesttest.NewWeb(t)
	web.Document("/named", "text/html", []byte(`<html><head><link rel="alternate" type="application/rss+xml" href="/deep/feed"><link rel="alternate" type="application/rss+xml" href="/dead"></head></html>`))
	web.Document("/deep/feed", "", []byte(sample))
	web.Document("/silent", "text/html", []byte(`<html><body>nothing here</body></html>`))
	c := collector(t, nil)
	for path, want := range map[string]string{"/deep/feed": "/deep/feed", "/named": "/deep/feed", "/silent": ""} {
		got, err := c.Discover(t.Context(), web.URL+path)
		if want == "" {
			if err == nil {
				t.Errorf("%s: found %v", path, got)
			}
			continue
		}
		if err != nil || len(got) != 1 || got[0].URL != web.URL+want || got[0].Title != "Ore Weekly" || got[0].Items != 2 || got[0].Newest.IsZero() {
			t.Errorf("%s: %+v, %v", path, got, err)
		}
	}
	web.Document("/rss.xml", "", []byte(sample))
	if got, err := c.Discover(t.Context(), web.URL+"/silent"); err != nil || len(got) != 1 || got[0].URL != web.URL+"/rss.xml" {
		t.Errorf("by the usual place: %+v, %v", got, err)
	}
	shy := digesttest.NewWeb(t)
	shy.Document("/robots.txt", "text/plain", []byte("User-agent: *\nDisallow: /feed\nDisallow: /rss.xml\n"))
	shy.Document("/silent", "text/html", []byte(`<html><body>nothing here</body></html>`))
	shy.Document("/feed", "", []byte(sample))
	shy.Document("/index.xml", "", []byte(sample))
	if got, err := c.Discover(t.Context(), shy.URL+"/silent"); err != nil || len(got) != 1 || got[0].URL != shy.URL+"/index.xml" {
		t.Errorf("where robots.txt forbids the first places: %+v, %v", got, err)
	}
	for _, r := range shy.Log() {
		if r.Path == "/feed" || r.Path == "/rss.xml" {
			t.Errorf("%s was guessed although the site forbids it", r.Path)
		}
	}
}

func TestAPageThatStandsForAFeed(t *testing.T) {
	web := digesttest.NewWeb(t)
	url := web.Handle("/news", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<div class="card"><a href="/1">First of all</a></div><div class="card"><a href="/2">Second of all</a></div>`)
	})
	c := collector(t, func(s *Settings) { s.Pages = map[string]Selectors{url: {Item: ".card"}} })
	v := c.Visit(t.Context(), state(url))
	if v.Err != nil || len(v.Articles) != 2 || v.Articles[1].Title != "Second of all" || v.Articles[0].URL != web.URL+"/1" {
		t.Errorf("got %+v", v)
	}
}

// TestAPageOfSomethingElse: what answers in the article's place gives nothing,
// neither text nor author.
func TestAPageOfSomethingElse(t *testing.T) {
	web := digesttest.NewWeb(t)
	url := web.Document("/a", "text/html", []byte(articlePage))
	a := digest.Article{ID: "a", URL: url, Title: "Lithium miner in Chile asks lenders for more time", Summary: "Brine prices have fallen by half since January."}
	if got := collector(t, nil).ReadPage(t.Context(), a); got.Err != errUnrelated.Error() || got.Text+got.Author != "" || got.Highlights != nil {
		t.Errorf("got %+v", got)
	}
	web.Document("/", "text/html", []byte(articlePage))
	gone := web.Handle("/gone", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) })
	if got := collector(t, nil).ReadPage(t.Context(), digest.Article{ID: "a", URL: gone, Title: "Quarry ships"}); got.Err != errFront.Error() {
		t.Errorf("sent to the front page: %+v", got)
	}
}

// TestPagesHaveWhatTheFeedsLeft: silent feeds and then silent pages together
// take no longer than the deadline and a little.
func TestPagesHaveWhatTheFeedsLeft(t *testing.T) {
	web := digesttest.NewWeb(t)
	c := collector(t, func(s *Settings) { s.Deadline = 2 * time.Second })
	start := time.Now()
	round(t, c, states(web.Hang("/feed")))
	feeds := time.Since(start)
	if err := c.ReadPages(t.Context(), []digest.Article{{URL: web.Hang("/page")}}, func(_ context.Context, p digest.Page) error {
		t.Errorf("a page: %+v", p)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); feeds < 1900*time.Millisecond || took > 3*time.Second {
		t.Errorf("the feeds took %v, the pages too %v", feeds, took)
	}
}

// TestRobotsOnce: the pages of one site ask for its robots.txt once, also all
// at the same time, and a redirect is followed only where the next site allows.
func TestRobotsOnce(t *testing.T) {
	web, other := digesttest.NewWeb(t), digesttest.NewWeb(t)
	other.Document("/robots.txt", "text/plain", []byte("User-agent: *\nDisallow: /"))
	other.Document("/page", "text/html", []byte(articlePage))
	web.Handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(50 * time.Millisecond)
		w.WriteHeader(http.StatusNotFound)
	})
	var articles []digest.Article
	for i := range 10 {
		path := fmt.Sprintf("/%d", i)
		articles = append(articles, digest.Article{ID: path, URL: web.Document(path, "text/html", []byte(articlePage))})
	}
	away := web.Handle("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/page", http.StatusFound)
	})
	articles = append(articles, digest.Article{ID: "away", URL: away})
	got := map[string]string{}
	c := collector(t, func(s *Settings) { s.Connections = 16 })
	if err := c.ReadPages(t.Context(), articles, func(_ context.Context, p digest.Page) error {
		got[p.ArticleID] = p.Err
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != 11 || got["/3"] != "" || !strings.Contains(got["away"], "robots.txt") {
		t.Errorf("pages: %q", got)
	}
	asked := 0
	for _, r := range append(web.Log(), other.Log()...) {
		if r.Path == "/robots.txt" {
			asked++
		}
		if r.Path == "/page" {
			t.Error("a page was asked for that its site forbids")
		}
	}
	if asked != 2 {
		t.Errorf("robots.txt was asked for %d times at two sites", asked)
	}
}
