package web_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/web"
)

func TestTagsCanBeFollowed(t *testing.T) {
	h, _ := stocked(t)
	h.publish("2026-02-16", "full-day")
	page := h.get("/tags/dysprosium")
	for _, want := range []string{
		">Element</p>", ">dysprosium</h1>", "2 stories since 13 February 2026", `href="/tags/dysprosium/feed.xml"`,
		`<link rel="alternate" type="application/atom+xml" title="dysprosium · Rare Earth Daily" href="/tags/dysprosium/feed.xml">`,
	} {
		if page.status != 200 || !strings.Contains(page.body, want) {
			t.Errorf("%d: the page lacks %s", page.status, want)
		}
	}
	newer, older := strings.Index(page.body, `href="/editions/2026-02-16#story-4"`), strings.Index(page.body, `href="/editions/2026-02-13#story-4"`)
	if newer < 0 || older < newer {
		t.Errorf("the stories stand at %d and %d", newer, older)
	}
	if !strings.Contains(h.get("/editions/2026-02-16").body, `id="story-4"`) {
		t.Error("the edition has no such place")
	}
	if near := h.get("/tags/samarium").body; !strings.Contains(near, `href="/tags/export-licence"`) || strings.Contains(near, `href="/tags/samarium"`) {
		t.Error("what is told with a tag is not told")
	}
	if got := h.get("/tags/%E7%A8%80%E5%9C%9F"); got.status != 200 || !strings.Contains(got.body, ">稀土</h1>") {
		t.Errorf("a tag in Chinese: %d", got.status)
	}
	missing := h.get("/nothing")
	for _, path := range []string{
		"/tags/nothing", "/tags/Dysprosium", "/tags/dysprosium%20", "/tags/-dysprosium", "/tags/", "/tags", "/tags/%ff", "/tags/..%2f..",
		"/tags/nothing/feed.xml", "/tags/DYSPROSIUM/feed.xml", "/tags/dysprosium/feed.json", "/tags/" + strings.Repeat("x", 4000),
	} {
		if got := h.get(path); got.status != 404 || got.body != missing.body || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%.40s: %d %s, want the page that says that there is nothing", path, got.status, got.header.Get("Cache-Control"))
		}
	}
}

// atom is what a feed reader needs of a feed.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Updated string   `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
	} `xml:"entry"`
}

func TestFeedsOfEditions(t *testing.T) {
	h, _ := stocked(t)
	for path, entries := range map[string]int{"/feed.xml": 2, "/tags/dysprosium/feed.xml": 1} {
		got := h.get(path)
		var f atom
		if err := xml.Unmarshal([]byte(got.body), &f); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if len(f.Entries) != entries || len(f.Links) == 0 || f.Links[0].Rel != "self" || f.Links[0].Href != h.url+path {
			t.Errorf("%s: %+v", path, f)
		}
		for _, e := range f.Entries {
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Title == "" || !strings.HasPrefix(e.ID, h.url+"/editions/2026-02-1") {
				t.Errorf("%s: entry %+v", path, e)
			}
			if e.Updated > f.Updated {
				t.Errorf("%s is from %s, and its entry from %s", path, f.Updated, e.Updated)
			}
		}
		again := h.do("GET", path, nil, "If-None-Match", `W/"x", `+got.header.Get("ETag"))
		if again.status != 304 || again.body != "" || again.header.Get("Cache-Control") != "public, max-age=300" {
			t.Errorf("%s asked again: %d, %d bytes", path, again.status, len(again.body))
		}
		if other := h.do("GET", path, nil, "If-None-Match", `"x"`); other.status != 200 {
			t.Errorf("%s by who has another: %d", path, other.status)
		}
	}
	empty := newHouse(t, nil).get("/feed.xml")
	var f atom
	if err := xml.Unmarshal([]byte(empty.body), &f); err != nil || empty.status != 200 || f.Updated == "" {
		t.Errorf("before the first edition: %d, %v", empty.status, err)
	}
}

// counted counts how many editions are read.
type counted struct {
	shelf
	rows *atomic.Int64
}

// shelf is under another name, for its method is called like the interface.
type shelf = interface{ web.Editions }

func (c counted) Editions(ctx context.Context, cadence string, limit int) ([]digest.EditionRow, error) {
	rows, err := c.shelf.Editions(ctx, cadence, limit)
	c.rows.Add(int64(len(rows)))
	return rows, err
}

// TestTagsAreCheap: many visits read the editions once, and a new edition is
// found at once.
func TestTagsAreCheap(t *testing.T) {
	var rows atomic.Int64
	h := newHouse(t, func(o *web.Options) { o.Editions = counted{o.Editions, &rows} })
	for i := range 12 {
		h.publish(digest.Day(fmt.Sprintf("2026-02-%02d", i+1)), "full-day")
	}
	for range 50 {
		if got := h.get("/tags/dysprosium"); got.status != 200 {
			t.Fatal(got.status)
		}
	}
	if n := rows.Load(); n > 12+50 {
		t.Errorf("50 visits read %d editions", n)
	}
	h.publish("2026-02-13", "full-day")
	if got := h.get("/tags/dysprosium"); !strings.Contains(got.body, "13 stories since 1 February") {
		t.Error("the newest edition is not there yet")
	}
}
