package collect

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

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
	c := collector(t, nil)
	a := digest.Article{ID: "a", URL: url, Title: "Quarry ships", Summary: "Short.", FirstSeen: now, Version: 1}
	got, err := c.ReadPage(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Highlights) != 2 || got.Author != "Ada Stone" || got.Lang != "en" || got.Published.IsZero() ||
		!strings.HasPrefix(got.Text, "The quarry at Stonefield") || got.ID != "a" || got.Summary != "Short." || got.Version != 1 {
		t.Errorf("got %+v", got)
	}
	// The same version is never fetched again, the next one is.
	if _, err := c.ReadPage(t.Context(), a); err != nil {
		t.Error(err)
	}
	a.Title = "Quarry ships, at last"
	if _, err := c.ReadPage(t.Context(), a); err != nil {
		t.Error(err)
	}
	fetched := 0
	for _, r := range web.Log() {
		if r.Path == "/a" {
			fetched++
		}
	}
	if fetched != 2 {
		t.Errorf("the page was fetched %d times, want 2", fetched)
	}
	// What the feed said stays where it says more.
	a = digest.Article{ID: "b", URL: url, Title: "B", Text: strings.Repeat("long ", 500), Author: "Luc", Lang: "fr", Published: now, FirstSeen: now}
	got, err = c.ReadPage(t.Context(), a)
	if err != nil || got.Text != a.Text || got.Author != "Luc" || got.Lang != "fr" || !got.Published.Equal(now) {
		t.Errorf("got %+v, %v", got, err)
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
	} {
		a := digest.Article{ID: tc.url, URL: tc.url, Title: "T", Text: "From the feed.", FirstSeen: now}
		got, err := c.ReadPage(t.Context(), a)
		switch {
		case tc.words == "" && err != nil, tc.words != "" && (err == nil || !strings.Contains(err.Error(), tc.words)):
			t.Errorf("%s: %v, want %q", tc.url, err, tc.words)
		case err != nil && got.Text != a.Text:
			t.Errorf("%s: the article was changed: %+v", tc.url, got)
		}
	}
	if _, err := c.ReadPage(t.Context(), digest.Article{ID: "x", URL: web.URL + "/private/b"}); !errors.Is(err, ErrRobots) {
		t.Errorf("not ErrRobots: %v", err)
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
