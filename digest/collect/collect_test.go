package collect

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

const sample = `<?xml version="1.0"?><rss version="2.0"><channel><title>Ore Weekly</title><link>https://ore.example/</link>
<item><title>Quarry opens</title><link>https://ore.example/a?utm_source=rss</link><pubDate>Fri, 13 Feb 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;A quarry opened.&lt;/p&gt;</description></item>
<item><title>No link</title></item></channel></rss>`

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

var now = time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC)

func collector(t *testing.T, change func(*Settings)) *Collector {
	t.Helper()
	s := Defaults()
	s.Gap = 0
	s.AllowPrivate = loopback
	if change != nil {
		change(&s)
	}
	c := New(s)
	c.Now = func() time.Time { return now }
	t.Cleanup(c.Close)
	return c
}

func state(url string) digest.FeedState {
	return digest.FeedState{Feed: digest.Feed{ID: digest.FeedID(url), Name: "Ore Weekly", URL: url}}
}

func TestVisitMakesArticles(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(sample))
	}))
	defer srv.Close()
	c := collector(t, nil)
	s := state(srv.URL + "/feed")
	v := c.Visit(context.Background(), s)
	if v.Err != nil || len(v.Articles) != 1 || len(v.Notes) != 1 {
		t.Fatalf("got %+v", v)
	}
	a := v.Articles[0]
	if a.Canonical != "https://ore.example/a" || a.Summary != "A quarry opened." || a.ID != digest.ArticleID(a.Canonical) {
		t.Errorf("got %+v", a)
	}
	s.ETag, s.ValidFor = v.ETag, v.ValidFor
	if v := c.Visit(context.Background(), s); !v.NotModified || v.Err != nil || v.ETag != `"1"` {
		t.Errorf("second visit: %+v", v)
	}
}

type visit = digest.Visit

func states(urls ...string) []digest.FeedState {
	var out []digest.FeedState
	for _, u := range urls {
		out = append(out, state(u))
	}
	return out
}

// TestAFeedThatCannotBeReadIsAFailure: nothing was read of it, so that it is
// none of the sources that answered.
func TestAFeedThatCannotBeReadIsAFailure(t *testing.T) {
	web := digesttest.NewWeb(t)
	feed := state(web.Document("/deep", "text/xml", []byte("<rss><channel>"+strings.Repeat("<a>", 200_000))))
	v := collector(t, nil).Visit(t.Context(), feed)
	if v.Err == nil || !strings.HasPrefix(v.Err.Error(), "no item can be read: the feed is nested deeper than any that makes sense") {
		t.Errorf("%v, notes %q", v.Err, v.Notes)
	}
}

// TestAFeedOfUnusableItemsIsAFailure: it is not "ok" and empty.
func TestAFeedOfUnusableItemsIsAFailure(t *testing.T) {
	web := digesttest.NewWeb(t)
	feed := state(web.Document("/feed", "text/xml", []byte(`<rss><channel><item><title>A</title><link>javascript:a()</link></item><item><title>B</title></item></channel></rss>`)))
	v := collector(t, nil).Visit(t.Context(), feed)
	if v.Err == nil || !strings.HasPrefix(v.Err.Error(), "none of its 2 items can be used: 2 items without an address") {
		t.Errorf("%v, notes %q", v.Err, v.Notes)
	}
	empty := state(web.Document("/empty", "text/xml", []byte(`<rss><channel><title>A</title></channel></rss>`)))
	if v := collector(t, nil).Visit(t.Context(), empty); v.Err != nil {
		t.Errorf("an empty feed: %v", v.Err)
	}
}
