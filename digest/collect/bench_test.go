package collect

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

// bigFeed is a feed of about 50 KB: 40 items with a page of text each.
func bigFeed(n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ore %d</title><link>https://ore%d.example/</link>`, n, n)
	for i := range 40 {
		fmt.Fprintf(&b, `<item><title>Quarry %d ships its load number %d &amp; more</title><link>https://ore%d.example/%d?utm_source=rss</link><guid isPermaLink="false">%d-%d</guid><dc:creator>Ada Stone</dc:creator><pubDate>Fri, 13 Feb 2026 10:%02d:00 GMT</pubDate><description>&lt;p&gt;The quarry began to ship.&lt;/p&gt;</description><content:encoded><![CDATA[%s]]></content:encoded></item>`,
			n, i, n, i, n, i, i, strings.Repeat(`<p>The quarry began to <a href="https://x.example/">ship</a> its mixed carbonate, its owner said, &amp; buyers were glad.</p>`, 7))
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

// polls are 500 feeds on loopback, at 100 host names.
func polls(b *testing.B) []digest.FeedState {
	web := digesttest.NewWeb(b)
	var feeds []digest.FeedState
	for n := range 500 {
		body := bigFeed(n)
		etag := fmt.Sprintf(`"%d"`, n)
		feeds = append(feeds, state(web.Handle(fmt.Sprintf("/%d", n), func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", etag)
			if r.Header.Get("If-None-Match") == etag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			_, _ = w.Write(body)
		})))
	}
	return feeds
}

func roundOf(b *testing.B, feeds []digest.FeedState, keep func(digest.Visit)) {
	b.Helper()
	s := Defaults()
	s.Connections, s.Gap = 16, 0
	s.AllowPrivate = loopback
	c := New(s)
	defer c.Close()
	if err := c.All(context.Background(), feeds, func(_ context.Context, v digest.Visit) error {
		if v.Err != nil {
			return v.Err
		}
		keep(v)
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkColdRound: 500 feeds that are all new.
func BenchmarkColdRound(b *testing.B) {
	feeds := polls(b)
	for b.Loop() {
		n := 0
		roundOf(b, feeds, func(v digest.Visit) { n += len(v.Articles) })
		if n != 500*40 {
			b.Fatalf("%d articles", n)
		}
	}
}

// BenchmarkWarmRound: 500 feeds that are all unchanged.
func BenchmarkWarmRound(b *testing.B) {
	feeds := polls(b)
	for i := range feeds {
		feeds[i].ETag, feeds[i].ValidFor = fmt.Sprintf(`"%d"`, i), feeds[i].URL
	}
	for b.Loop() {
		roundOf(b, feeds, func(v digest.Visit) {
			if !v.NotModified {
				b.Fatal("not a 304")
			}
		})
	}
}

// BenchmarkBareGofeed: what a program does without us, by 16 workers.
func BenchmarkBareGofeed(b *testing.B) {
	feeds := polls(b)
	for b.Loop() {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
		work := make(chan string)
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				for url := range work {
					resp, err := client.Get(url) //nolint:noctx // what a program does without us
					if err != nil {
						b.Error(err)
						continue
					}
					if _, err := gofeed.NewParser().Parse(resp.Body); err != nil {
						b.Error(err)
					}
					_, _ = io.Copy(io.Discard, resp.Body)
					_ = resp.Body.Close()
				}
			})
		}
		for _, f := range feeds {
			work <- f.URL
		}
		close(work)
		wg.Wait()
		client.CloseIdleConnections()
	}
}

func BenchmarkParse(b *testing.B) {
	body := bigFeed(1)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := Parse(body, Source{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkArticles(b *testing.B) {
	f, err := Parse(bigFeed(1), Source{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Articles(f, digest.Feed{Name: "Ore"}, now)
	}
}

// BenchmarkGofeedAlone is the same document without guard and repair.
func BenchmarkGofeedAlone(b *testing.B) {
	body := string(bigFeed(1))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := gofeed.NewParser().ParseString(body); err != nil {
			b.Fatal(err)
		}
	}
}

// TestFiveHundredFeedsOfWhichAFifthHangs: every healthy feed is in within the
// round's deadline, however long the others are silent.
func TestFiveHundredFeedsOfWhichAFifthHangs(t *testing.T) {
	all := 500
	if raceEnabled {
		all = 100 // the detector sees the same with fewer
	}
	web := digesttest.NewWeb(t)
	var feeds []digest.FeedState
	for n := range all {
		if n%5 == 0 {
			feeds = append(feeds, state(web.Hang(fmt.Sprintf("/%d", n))))
			continue
		}
		feeds = append(feeds, state(web.Document(fmt.Sprintf("/%d", n), "", bigFeed(n))))
	}
	c := collector(t, func(s *Settings) { s.Connections = 500 })
	start := time.Now()
	healthy, last := 0, time.Duration(0)
	if err := c.All(t.Context(), feeds, func(_ context.Context, v digest.Visit) error {
		if v.Err == nil {
			healthy++
			last = time.Since(start)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("the last healthy feed after %v, the round took %v", last, time.Since(start))
	if healthy != all/5*4 || last > 60*time.Second {
		t.Errorf("%d healthy feeds, the last after %v", healthy, last)
	}
}
