// Package collect visits the feeds: it fetches politely (folder fetch), reads
// what comes whatever state it is in (folder parse), and makes articles of it,
// each under one canonical address.
//
// One dead, slow or hostile feed never harms the others and never ends a
// round: what went wrong is said in the [digest.Visit]. Whether an article is
// about the topic, and what is kept, is for others.
//
// To add one kind of feed: teach folder parse to make a parse.Feed of it, put
// a pair of files (document, expected reading) into parse/testdata, and name
// the kind in its package comment.
package collect

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"reedaily/digest"
	"reedaily/digest/collect/fetch"
	"reedaily/digest/collect/page"
	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

// Settings of a [Collector].
type Settings struct {
	// UserAgent says who asks and how to reach them.
	UserAgent string
	// Workers is how many feeds are fetched at once.
	Workers int
	// Connections is how many requests one host (name and port) sees at once.
	Connections int
	// Gap is the least time between the starts of two requests to one host.
	Gap time.Duration
	// Timeout is for one visit, from when its turn at the host has come.
	Timeout time.Duration
	// Stalled is after how long without a byte a fetch gives its worker away.
	Stalled time.Duration
	// Deadline is for a whole round of [Collector.All] and the reading of pages
	// after it.
	Deadline time.Duration
	// MaxBytes bounds one feed after decompression.
	MaxBytes int64
	// MaxItems bounds the articles of one visit: the first of the feed.
	MaxItems int
	// Pages are feeds that are web pages: where their headlines are, by the
	// configured address of the feed.
	Pages map[string]Selectors
	// AllowPrivate are networks that feeds may be on although they are not
	// public, on any port.
	AllowPrivate []netip.Prefix
}

// Selectors say where the headlines are on a page that has no feed.
type Selectors = page.Selectors

// Defaults are the settings of a polite collector for a few hundred feeds.
func Defaults() Settings {
	return Settings{
		UserAgent:   "reedaily/1 (daily news digest)",
		Workers:     16,
		Connections: 1,
		Gap:         time.Second,
		Timeout:     30 * time.Second,
		Stalled:     5 * time.Second,
		Deadline:    60 * time.Second,
		MaxBytes:    5 << 20,
		MaxItems:    500,
	}
}

// Collector visits feeds. It is safe for concurrent use once its fields are set.
type Collector struct {
	// Now stamps visits and clamps dates; Sleep waits between two requests to
	// one host. Set them before the first visit.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error

	set Settings
	web *fetch.Client
	// reading bounds how many documents are parsed at once, and so the memory
	// that hostile ones can take together.
	reading chan struct{}
	robots  robots
	// began is when the newest round did, for real, in nanoseconds since 1970.
	began atomic.Int64
}

// New makes a collector; zero settings mean those of [Defaults], but Gap may be 0.
func New(s Settings) *Collector {
	d := Defaults()
	if s.UserAgent == "" {
		s.UserAgent = d.UserAgent
	}
	orElse(&s.Workers, d.Workers)
	orElse(&s.Connections, d.Connections)
	orElse(&s.Timeout, d.Timeout)
	orElse(&s.Stalled, d.Stalled)
	orElse(&s.Deadline, d.Deadline)
	orElse(&s.MaxBytes, d.MaxBytes)
	orElse(&s.MaxItems, d.MaxItems)
	c := &Collector{set: s, Now: time.Now, reading: make(chan struct{}, 2)}
	c.web = fetch.New(fetch.Settings{
		UserAgent: s.UserAgent, Connections: s.Connections, Gap: s.Gap,
		Timeout: s.Timeout, Stalled: s.Stalled, MaxBytes: s.MaxBytes, AllowPrivate: s.AllowPrivate,
	})
	c.Sleep = c.web.Sleep
	c.web.Now = func() time.Time { return c.Now() }
	c.web.Sleep = func(ctx context.Context, d time.Duration) error { return c.Sleep(ctx, d) }
	return c
}

func orElse[T int | int64 | time.Duration](v *T, d T) {
	if *v <= 0 {
		*v = d
	}
}

// Close ends idle connections.
func (c *Collector) Close() { c.web.Close() }

// accept says what we read best.
const accept = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"

// Visit asks one feed once, due or not. It never panics and ends within the
// timeout after its turn at the host.
func (c *Collector) Visit(ctx context.Context, s digest.FeedState) digest.Visit {
	return c.visit(ctx, s, nil, nil)
}

// visit is [Collector.Visit] with the hooks of a round.
func (c *Collector) visit(ctx context.Context, s digest.FeedState, before func(context.Context) error, stalled func()) (v digest.Visit) {
	start := c.Now()
	v = digest.Visit{FeedID: s.ID, At: start.UTC()}
	address, moved := whereTo(s)
	defer func() {
		if r := recover(); r != nil {
			v.Err = fmt.Errorf("collect %s: %v", s.Name, r)
		}
		v.Took = max(c.Now().Sub(start), 0)
		if v.Err != nil {
			v.Articles, v.Unasked = nil, !pausedUntil(v.Err).IsZero()
			v.MovedTo, v.Gone = whereNow(s, address, v.Status)
		}
		v.NextAt = c.next(s, v, v.NextAt)
	}()
	resp, err := c.web.Get(ctx, fetch.Request{
		URL: address, ETag: s.ETag, LastModified: s.LastModified, ValidFor: c.validFor(s), Accept: accept,
		Before: before, OnStall: stalled,
	})
	if err != nil {
		v.Err = err
		return v
	}
	defer resp.Release()
	v.Status, v.Bytes = resp.Status, len(resp.Body)
	v.MovedTo = moved
	if resp.MovedTo != "" {
		v.MovedTo = resp.MovedTo
	}
	if v.NotModified, v.Err = c.judge(s, resp); v.NotModified || v.Err != nil {
		v.ETag, v.LastModified, v.ValidFor = s.ETag, s.LastModified, s.ValidFor
		wish := wishOf(resp.Header, parse.Feed{})
		if v.NotModified {
			wish = confirmed(s, resp.Header)
			v.Wish = wish
		}
		v.NextAt = earliest(wish, resp.Header, start)
		return v
	}
	body := resp.Body
	resp.Body = nil // so that it can go while its text is read
	c.read(ctx, s, &resp, body, &v)
	return v
}

// homeAfter is after how many failures in a row at the place that a feed moved
// to its configured address is tried again, every other time.
const homeAfter = 3

// whereTo is the address to ask, and the move that it stands for.
func whereTo(s digest.FeedState) (address, moved string) {
	if s.MovedTo != "" && s.Failures >= homeAfter && s.Failures%2 == 1 {
		return s.URL, ""
	}
	return s.Address(), s.MovedTo
}

// whereNow is where a feed is after a visit that failed, and whether it is
// gone: a place that it moved to can close for good without the feed's own
// address being closed, which is asked then.
func whereNow(s digest.FeedState, asked string, status int) (moved string, gone bool) {
	switch {
	case status != http.StatusGone:
		return s.MovedTo, false
	case asked == s.URL:
		return s.MovedTo, true
	}
	return "", false
}

// parse reads a feed, or the headlines of a page that stands for one.
func (c *Collector) parse(configured string, resp *fetch.Response, body []byte) (parse.Feed, error) {
	if sel, ok := c.set.Pages[configured]; ok {
		return page.Select(body, resp.ContentType, resp.URL, sel, c.set.MaxItems)
	}
	return parse.Parse(body, parse.Source{URL: resp.URL, ContentType: resp.ContentType, MaxItems: c.set.MaxItems})
}

// readAs names an answer's address, and for a page what is selected there:
// validators hold while both are the same.
func (c *Collector) readAs(s digest.FeedState, address string) string {
	sel, ok := c.set.Pages[s.URL]
	if !ok {
		return address
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%q", sel)
	return fmt.Sprintf("%s %x", address, h.Sum64())
}

// validFor is the address that may be shown the feed's validators; empty for none.
func (c *Collector) validFor(s digest.FeedState) string {
	address, _, _ := strings.Cut(s.ValidFor, " ")
	if c.readAs(s, address) != s.ValidFor {
		return ""
	}
	return address
}

// read parses a full answer into v.
func (c *Collector) read(ctx context.Context, s digest.FeedState, resp *fetch.Response, body []byte, v *digest.Visit) {
	select {
	case c.reading <- struct{}{}:
		defer func() { <-c.reading }()
	case <-ctx.Done():
		v.Err = errors.New("the round of collecting ended before the answer was read")
		return
	}
	feed, err := c.parse(s.URL, resp, body)
	wish := wishOf(resp.Header, feed)
	v.NextAt = earliest(wish, resp.Header, v.At)
	if resp.Broken != "" {
		v.Notes = append(v.Notes, resp.Broken)
	}
	if err != nil {
		v.Err = digest.Hint(err, hintFor(err))
		return
	}
	if resp.Broken == "" {
		// Half an answer is not confirmed: the next visit asks for all of it.
		v.ETag, v.LastModified, v.ValidFor = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified"), c.readAs(s, resp.URL)
	}
	v.Title = plain.Cut(plain.Line(feed.Title), maxTitle)
	v.Notes = append(v.Notes, feed.Notes...)
	articles, notes := Articles(feed, s.Feed, v.At)
	if v.Err = Usable(feed, articles, notes); v.Err != nil {
		return
	}
	v.Articles, v.Notes, v.Wish = articles, append(v.Notes, notes...), wish
}
