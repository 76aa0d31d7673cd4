package collect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"reedaily/digest"
	"reedaily/digest/collect/fetch"
	"reedaily/digest/collect/page"
	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

const acceptPage = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"

// maxHighlight bounds one of the publisher's bullets, in runes.
const maxHighlight = 500

// Reasons why a page is not asked for.
var (
	// ErrRobots: the site keeps programs off a page by its robots.txt (RFC 9309).
	ErrRobots = errors.New("the site's robots.txt keeps programs off this page")
	// errHidden: a link leads through a distributor's script.
	errHidden = errors.New("a distributor's link hides the page; the feed's own text is used")
	// errFront: what is gone is often sent to the front page, which has its headline still.
	errFront = errors.New("the page leads to the site's front page; the feed's own text is used")
)

// ReadPages reads the pages of articles, as many at once as there are workers
// and each host in its turns, and hands what came of each to keep, one at a
// time. Pages that it had no time for are not handed over, so that the next
// round can try them; it has what the feeds' round left of the deadline. The
// error is keep's own or the context's.
func (c *Collector) ReadPages(ctx context.Context, articles []digest.Article, keep func(context.Context, digest.Page) error) error {
	round, cancel := context.WithTimeout(ctx, c.timeForPages())
	defer cancel()
	pages := make(chan digest.Page)
	slots := make(chan struct{}, c.set.Workers)
	var wg sync.WaitGroup
	for _, a := range articles {
		wg.Go(func() {
			w := &worker{slots: slots}
			defer w.release()
			if p := c.page(round, a, w.take, w.release); round.Err() == nil {
				pages <- p
			}
		})
	}
	go func() { wg.Wait(); close(pages) }()

	var failed error
	for p := range pages {
		if failed != nil {
			continue
		}
		if failed = keep(ctx, p); failed != nil {
			cancel()
		}
	}
	return errors.Join(failed, ctx.Err())
}

// timeForPages is what the newest round of feeds left of the deadline, without
// a tenth in which the edition is made of it all; at least a tenth, so that
// slow feeds do not keep all pages from being read.
func (c *Collector) timeForPages() time.Duration {
	tenth := c.set.Deadline / 10
	began := c.began.Load()
	if began == 0 {
		return c.set.Deadline
	}
	return max(c.set.Deadline-tenth-time.Since(time.Unix(0, began)), tenth)
}

// ReadPage reads one article's page. With an Err (robots.txt, a paywall, a
// refusal) there is no text, and the feed's has to do.
func (c *Collector) ReadPage(ctx context.Context, a digest.Article) digest.Page {
	return c.page(ctx, a, nil, nil)
}

func (c *Collector) page(ctx context.Context, a digest.Article, before func(context.Context) error, stalled func()) digest.Page {
	p := digest.Page{ArticleID: a.ID, Version: a.Version, At: c.Now().UTC(), URL: a.URL}
	if err := c.fillPage(ctx, a, &p, before, stalled); err != nil {
		p.Err, p.Again = err.Error(), fetch.Passing(err) || passing(p.Status)
	}
	return p
}

func (c *Collector) fillPage(ctx context.Context, a digest.Article, p *digest.Page, before func(context.Context) error, stalled func()) error {
	if a.SharesPage() {
		return errShared
	}
	if hidden(a.URL) {
		return errHidden
	}
	delay, err := c.allowed(ctx, a.URL)
	if err != nil {
		return err
	}
	resp, err := c.web.Get(ctx, fetch.Request{
		URL: a.URL, Accept: acceptPage, Before: before, OnStall: stalled, Gap: delay, PauseAfterFailure: true,
		OnHop: func(ctx context.Context, address string) error { _, err := c.allowed(ctx, address); return err },
	})
	if err != nil {
		return err
	}
	defer resp.Release()
	p.Status, p.URL = resp.Status, resp.URL
	if resp.Status != http.StatusOK {
		return fmt.Errorf("the page answers %s", statusText(resp.Status))
	}
	if isFront(resp.URL) && !isFront(a.URL) {
		return errFront
	}
	if t := resp.ContentType; t != "" && !strings.Contains(t, "html") {
		return fmt.Errorf("the page is %s and no web page", plain.Cut(plain.Clean(t), 60))
	}
	select {
	case c.reading <- struct{}{}:
		defer func() { <-c.reading }()
	case <-ctx.Done():
		return ctx.Err()
	}
	got, err := page.Read(resp.Body, resp.ContentType, resp.URL)
	if err != nil {
		return err
	}
	if !related(a, got.Text+"\n"+strings.Join(got.Highlights, "\n")) {
		return errUnrelated
	}
	p.Text = plain.Cut(got.Text, maxText)
	p.Author = plain.Cut(authorName(got.Author), maxName)
	p.Lang, p.Image = tagOf(got.Lang), got.Image
	if at := got.Published; dated(at) && !at.After(p.At) {
		p.Published = at
	}
	for _, h := range got.Highlights {
		p.Highlights = append(p.Highlights, plain.Cut(h, maxHighlight))
	}
	return nil
}

// passing says whether a page of this status may be there another time.
func passing(status int) bool {
	return status >= http.StatusInternalServerError || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout
}

// allowed asks the robots.txt of a page's site, which may want a time between
// two requests.
func (c *Collector) allowed(ctx context.Context, address string) (delay time.Duration, err error) {
	ok, delay, err := c.robots.allow(ctx, c.web, address, c.Now())
	switch {
	case err != nil:
		return 0, fmt.Errorf("read robots.txt: %w", err)
	case !ok:
		return 0, ErrRobots
	}
	return delay, nil
}

// hidden says whether a link leads to a page that only a script can leave.
func hidden(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Hostname() == "news.google.com" && strings.Contains(u.Path, "/articles/")
}

// isFront says whether an address is that of a site's front page.
func isFront(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
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
		// Nobody named these: the site's robots.txt has a say.
		if u := base.ResolveReference(&url.URL{Path: p}).String(); c.mayGuess(ctx, u) {
			usual = append(usual, u)
		}
	}
	if out = c.try(ctx, usual); len(out) == 0 {
		return nil, digest.Hint(fmt.Errorf("there is no feed at %s", address), "look for a news sitemap in its robots.txt, or say where the page's headlines are (page: in config.yaml)")
	}
	return out, nil
}

// mayGuess says whether a site lets programs ask for an address that nobody named.
func (c *Collector) mayGuess(ctx context.Context, address string) bool {
	_, err := c.allowed(ctx, address)
	return err == nil
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
