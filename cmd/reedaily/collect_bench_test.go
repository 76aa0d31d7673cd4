package main

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"reedaily/digest"
	"reedaily/digest/collect"
	"reedaily/digest/digesttest"
	"reedaily/store"
)

// BenchmarkColdCollect polls 500 feeds of about 50 KB for the first time and
// stores what they say: by our collector, and by bare gofeed with as many
// workers, which neither guards nor repairs nor makes anything plain. Run both
// in turn: go test ./cmd/reedaily -run NONE -bench ColdCollect -count 5
func BenchmarkColdCollect(b *testing.B) {
	feeds := bigFeeds(b)
	for _, by := range []struct {
		name string
		poll func(context.Context, []digest.FeedState, func(context.Context, digest.Visit) error) error
	}{
		{"reedaily", ours},
		{"gofeed", bareGofeed},
	} {
		b.Run(by.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				db, err := store.Open(b.Context(), store.Options{URL: b.TempDir() + "/bench.db"})
				if err != nil {
					b.Fatal(err)
				}
				words := make([]digest.Feed, len(feeds))
				for i, f := range feeds {
					words[i] = f.Feed
				}
				if err := db.SyncFeeds(b.Context(), words, time.Now()); err != nil {
					b.Fatal(err)
				}
				kept := 0
				b.StartTimer()
				err = by.poll(b.Context(), feeds, func(ctx context.Context, v digest.Visit) error {
					if v.Err != nil {
						return v.Err
					}
					fresh, err := db.KeepVisit(ctx, v)
					kept += len(fresh)
					return err
				})
				b.StopTimer()
				if err != nil || kept != 500*40 {
					b.Fatalf("kept %d: %v", kept, err)
				}
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

func ours(ctx context.Context, feeds []digest.FeedState, keep func(context.Context, digest.Visit) error) error {
	s := collect.Defaults()
	s.Connections, s.Gap = 16, 0
	s.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	c := collect.New(s)
	defer c.Close()
	return c.All(ctx, feeds, keep)
}

func bareGofeed(ctx context.Context, feeds []digest.FeedState, keep func(context.Context, digest.Visit) error) error {
	visits := make(chan digest.Visit)
	work := make(chan digest.FeedState)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for f := range work {
				visits <- bareVisit(ctx, client, f)
			}
		})
	}
	go func() {
		for _, f := range feeds {
			work <- f
		}
		close(work)
		wg.Wait()
		close(visits)
	}()
	var failed error
	for v := range visits {
		if failed == nil {
			failed = keep(ctx, v)
		}
	}
	return failed
}

func bareVisit(ctx context.Context, client *http.Client, f digest.FeedState) digest.Visit {
	v := digest.Visit{FeedID: f.ID, At: time.Now(), Status: http.StatusOK}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL, nil)
	if err != nil {
		v.Err = err
		return v
	}
	resp, err := client.Do(req)
	if err != nil {
		v.Err = err
		return v
	}
	defer resp.Body.Close()
	feed, err := gofeed.NewParser().Parse(resp.Body)
	if err != nil {
		v.Err = err
		return v
	}
	for _, it := range feed.Items {
		v.Articles = append(v.Articles, digest.Article{
			ID: digest.ArticleID(it.Link), URL: it.Link, Canonical: it.Link, FeedID: f.ID, Source: f.Name,
			Title: it.Title, Summary: it.Description, Text: it.Content, Published: *it.PublishedParsed, FirstSeen: v.At, Version: 1,
		})
	}
	return v
}

// bigFeeds are 500 feeds of 40 items with a page of text each.
func bigFeeds(b *testing.B) []digest.FeedState {
	b.Helper()
	web := digesttest.NewWeb(b)
	var feeds []digest.FeedState
	for n := range 500 {
		var s strings.Builder
		fmt.Fprintf(&s, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ore %d</title>`, n)
		for i := range 40 {
			fmt.Fprintf(&s, `<item><title>Quarry %d ships its load number %d &amp; more</title><link>https://ore%d.example/%d</link><pubDate>Fri, 13 Feb 2026 10:%02d:00 GMT</pubDate><description>&lt;p&gt;The quarry began to ship.&lt;/p&gt;</description><content:encoded><![CDATA[%s]]></content:encoded></item>`,
				n, i, n, i, i, strings.Repeat(`<p>The quarry began to <a href="https://x.example/">ship</a> its mixed carbonate, its owner said, &amp; buyers were glad.</p>`, 7))
		}
		s.WriteString("</channel></rss>")
		url := web.Document(fmt.Sprintf("/%d", n), "application/rss+xml", []byte(s.String()))
		feeds = append(feeds, digest.FeedState{Feed: digest.Feed{ID: digest.FeedID(url), Name: "Ore", URL: url, Weight: 1}})
	}
	return feeds
}
