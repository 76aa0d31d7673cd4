package collect

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"

	"reedaily/digest"
)

// errHidden is said of links that lead through a distributor's script.
var errHidden = errors.New("a distributor's link hides the page; the feed's own text is used")

// ReadPages reads the pages of articles, as many at once as there are workers
// and each host in its turns, and hands what came of each to keep, one at a
// time. It ends at the round's deadline at the latest; pages that it had no
// time for are not handed over, so that the next round can try them. The error
// is keep's own or the context's.
func (c *Collector) ReadPages(ctx context.Context, articles []digest.Article, keep func(context.Context, digest.Page) error) error {
	round, cancel := context.WithTimeout(ctx, c.set.Deadline)
	defer cancel()
	pages := make(chan digest.Page)
	slots := make(chan struct{}, c.set.Workers)
	var wg sync.WaitGroup
	for _, a := range articles {
		wg.Go(func() {
			select {
			case slots <- struct{}{}:
				defer func() { <-slots }()
			case <-round.Done():
				return
			}
			if p, ok := c.readOne(round, a); ok {
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

// readOne is false where the round ended before the page was read.
func (c *Collector) readOne(ctx context.Context, a digest.Article) (digest.Page, bool) {
	p := digest.Page{ArticleID: a.ID, Version: a.Version, At: c.Now().UTC(), URL: a.URL}
	if hidden(a.URL) {
		p.Err = errHidden.Error()
		return p, true
	}
	read, err := c.ReadPage(ctx, a)
	switch {
	case ctx.Err() != nil:
		return p, false
	case err != nil:
		p.Err = err.Error()
		return p, true
	}
	p.Text, p.Author, p.Lang, p.Published, p.Highlights = read.Text, read.Author, read.Lang, read.Published, read.Highlights
	return p, true
}

// hidden says whether a link leads to a page that only a script can leave.
func hidden(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Hostname() == "news.google.com" && strings.Contains(u.Path, "/articles/")
}
