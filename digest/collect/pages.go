package collect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"reedaily/digest"
	"reedaily/digest/collect/fetch"
	"reedaily/digest/collect/page"
	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

const acceptPage = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"

// maxHighlight bounds one of the publisher's bullets, in runes.
const maxHighlight = 500

// ErrRobots says that a site keeps programs off a page by its robots.txt (RFC 9309).
var ErrRobots = errors.New("the site's robots.txt keeps programs off this page")

// ReadPage fetches an article's page and returns the article with what the
// page adds: the text where it is longer than the feed's, author, date and
// language where the feed had none, and the publisher's own highlights. With
// an error (robots.txt, a paywall, a refusal) the article comes back as it was,
// and the feed's text has to do.
//
// One version of an article is fetched once; asking again gives the same answer.
func (c *Collector) ReadPage(ctx context.Context, a digest.Article) (digest.Article, error) {
	key := a.ID + "/" + a.Fingerprint()
	if r, ok := c.pages.get(key); ok {
		return r.article, r.err
	}
	read, err := c.readPage(ctx, a)
	if ctx.Err() == nil {
		c.pages.put(key, pageRead{read, err})
	}
	return read, err
}

func (c *Collector) readPage(ctx context.Context, a digest.Article) (digest.Article, error) {
	if ok, err := c.robots.allow(ctx, c.web, a.URL, c.Now()); err != nil {
		return a, fmt.Errorf("read the page of %q: %w", a.Title, err)
	} else if !ok {
		return a, ErrRobots
	}
	resp, err := c.web.Get(ctx, fetch.Request{URL: a.URL, Accept: acceptPage})
	if err != nil {
		return a, fmt.Errorf("read the page of %q: %w", a.Title, err)
	}
	defer resp.Release()
	if resp.Status != http.StatusOK {
		return a, digest.Hint(fmt.Errorf("the page answers %s", statusText(resp.Status)), "the feed's own text is used")
	}
	if t := resp.ContentType; t != "" && !strings.Contains(t, "html") {
		return a, fmt.Errorf("the page is %s and no web page", plain.Cut(plain.Clean(t), 60))
	}
	select {
	case c.reading <- struct{}{}:
		defer func() { <-c.reading }()
	case <-ctx.Done():
		return a, ctx.Err()
	}
	got, err := page.Read(resp.Body, resp.ContentType, resp.URL)
	if err != nil {
		return a, err
	}
	return enrich(a, got), nil
}

// enrich adds what the page says to what the feed said.
func enrich(a digest.Article, p page.Article) digest.Article {
	if utf8.RuneCountInString(p.Text) > utf8.RuneCountInString(a.Text) {
		a.Text = plain.Cut(p.Text, maxText)
	}
	if a.Author == "" {
		a.Author = plain.Cut(authorName(p.Author), maxName)
	}
	if a.Published.IsZero() && !p.Published.IsZero() && !p.Published.After(a.FirstSeen) && p.Published.Year() >= 1990 {
		a.Published = p.Published
	}
	if a.Lang == "" {
		a.Lang = tagOf(p.Lang)
	}
	if len(p.Highlights) > 0 {
		a.Highlights = make([]string, len(p.Highlights))
		for i, h := range p.Highlights {
			a.Highlights[i] = plain.Cut(h, maxHighlight)
		}
	}
	return a
}

// Found is a feed at some address.
type Found struct {
	URL    string
	Title  string
	Kind   string // rss, atom, json
	Items  int
	Newest time.Time // zero where no item is dated
}

// commonPaths are where feeds are when a page does not name them.
var commonPaths = []string{"/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json", "/feeds/posts/default", "/news-sitemap.xml"}

// maxTried is how many addresses one discovery asks.
const maxTried = 12

// Discover finds the feeds of a site by any address of it: the address itself,
// those that its page names, the usual places. Each was read and is one.
func (c *Collector) Discover(ctx context.Context, address string) ([]Found, error) {
	resp, err := c.web.Get(ctx, fetch.Request{URL: address, Accept: accept})
	if err != nil {
		return nil, fmt.Errorf("look for feeds at %s: %w", address, err)
	}
	defer resp.Release()
	if f, ok := found(resp); ok {
		return []Found{f}, nil
	}
	var candidates []string
	if resp.Status == http.StatusOK {
		if candidates, err = page.Feeds(resp.Body, resp.ContentType, resp.URL); err != nil {
			return nil, fmt.Errorf("look for feeds at %s: %w", address, err)
		}
	}
	out := c.try(ctx, candidates)
	if len(out) > 0 {
		return out, nil
	}
	base, err := url.Parse(resp.URL)
	if err != nil {
		return nil, fmt.Errorf("look for feeds at %s: %w", address, err)
	}
	var usual []string
	for _, p := range commonPaths {
		usual = append(usual, base.ResolveReference(&url.URL{Path: p}).String())
	}
	if out = c.try(ctx, usual); len(out) == 0 {
		return nil, digest.Hint(fmt.Errorf("there is no feed at %s", address), "look for a news sitemap in its robots.txt, or name the headlines by selectors")
	}
	return out, nil
}

// try reads the candidates and returns those that are feeds, each once.
func (c *Collector) try(ctx context.Context, candidates []string) []Found {
	var out []Found
	seen := map[string]bool{}
	for _, u := range candidates[:min(len(candidates), maxTried)] {
		resp, err := c.web.Get(ctx, fetch.Request{URL: u, Accept: accept})
		if err != nil {
			continue
		}
		if f, ok := found(resp); ok && !seen[f.URL] {
			seen[f.URL] = true
			out = append(out, f)
		}
		resp.Release()
	}
	return out
}

func found(resp fetch.Response) (Found, bool) {
	if resp.Status != http.StatusOK {
		return Found{}, false
	}
	feed, err := parse.Parse(resp.Body, parse.Source{URL: resp.URL, ContentType: resp.ContentType})
	if err != nil {
		return Found{}, false
	}
	f := Found{URL: resp.URL, Title: plain.Line(feed.Title), Kind: feed.Kind, Items: len(feed.Items)}
	for _, it := range feed.Items {
		f.Newest = later(f.Newest, later(it.Published, it.Updated))
	}
	return f, true
}
