package press

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"reedaily/digest"
)

var now = time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC)

func serve(t *testing.T) (*Press, *httptest.Server) {
	t.Helper()
	p := New(now)
	s := httptest.NewServer(p.Handler())
	t.Cleanup(s.Close)
	return p, s
}

func get(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// TestFeeds reads every feed with an independent parser and follows every link.
func TestFeeds(t *testing.T) {
	p, s := serve(t)
	kinds := map[string]int{}
	articles := map[string]bool{}
	for _, f := range p.Feeds(s.URL) {
		if f.ID != digest.FeedID(f.URL) || f.Name == "" || f.Lang == "" || f.Weight <= 0 {
			t.Errorf("%s: feed is not whole: %+v", f.URL, f)
		}
		res, body := get(t, f.URL)
		if res.StatusCode != http.StatusOK || res.Header.Get("ETag") == "" || res.Header.Get("Last-Modified") == "" {
			t.Errorf("%s: %s, ETag %q, Last-Modified %q", f.URL, res.Status, res.Header.Get("ETag"), res.Header.Get("Last-Modified"))
		}
		feed, err := gofeed.NewParser().ParseString(body)
		if err != nil {
			t.Fatalf("%s: %v", f.URL, err)
		}
		kinds[feed.FeedType+feed.FeedVersion]++
		if len(feed.Items) == 0 {
			t.Errorf("%s has no items", f.URL)
		}
		for _, it := range feed.Items {
			if it.PublishedParsed == nil || it.PublishedParsed.After(now) {
				t.Errorf("%s: %q is dated %v", f.URL, it.Title, it.Published)
			}
			if it.Title == "" || it.Description == "" && it.Content == "" {
				t.Errorf("%s: item %q is empty", f.URL, it.Link)
			}
			articles[strings.SplitN(it.Link, "?", 2)[0]] = true
			if res, _ := get(t, it.Link); res.StatusCode != http.StatusOK {
				t.Errorf("%s: link %s gives %s", f.URL, it.Link, res.Status)
			}
		}
		if res, _ := get(t, f.Home); res.StatusCode != http.StatusOK {
			t.Errorf("%s gives %s", f.Home, res.Status)
		}
	}
	if len(kinds) < 4 {
		t.Errorf("want RSS 1.0, RSS 2.0, Atom and JSON Feed, have %v", kinds)
	}
	if n := len(p.outlets); n < 12 {
		t.Errorf("%d sources, want 12 at least", n)
	}
	if len(articles) != len(p.articles) {
		t.Errorf("the feeds name %d articles, the press has %d", len(articles), len(p.articles))
	}
}

func TestNotModified(t *testing.T) {
	p, s := serve(t)
	url := p.Feeds(s.URL)[0].URL
	res, _ := get(t, url)
	for _, header := range [][]string{
		{"If-None-Match", res.Header.Get("ETag")},
		{"If-Modified-Since", res.Header.Get("Last-Modified")},
	} {
		if res, body := get(t, url, header...); res.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("%v: %s with %d bytes, want an empty 304", header, res.Status, len(body))
		}
	}
	if res, _ := get(t, url, "If-None-Match", `"other"`); res.StatusCode != http.StatusOK {
		t.Errorf("another ETag: %s", res.Status)
	}
}

// TestPages sees that the hostile outlet's markup is text on our pages, and
// that copies are copies.
func TestPages(t *testing.T) {
	p, s := serve(t)
	for path := range p.articles {
		_, body := get(t, s.URL+path)
		if strings.Contains(body, "<script") || strings.Contains(body, "<img") {
			t.Errorf("%s has live markup", path)
		}
	}
	a, b := p.articles["/harbour-wire/tessaly-begins"], p.articles["/coast-dispatch/tessaly-begins"]
	if a.title != b.title || strings.Join(a.text, "\n") != strings.Join(b.text, "\n") {
		t.Error("the exact copy is none")
	}
	for path, a := range p.articles {
		if len(a.text) == 0 {
			t.Errorf("%s has no text", path)
		}
	}
	if _, body := get(t, s.URL+"/mineral-courier/port-merrow-ndpr"); !strings.Contains(body, "<h2>Highlights</h2>") {
		t.Error("the page with the outlet's own highlights has none")
	}
}
