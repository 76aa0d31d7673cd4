package daily

import (
	"context"
	"fmt"
	"slices"
	"time"

	"reedaily/digest"
)

// PageReader reads articles' own pages, politely, and hands over what came of
// each, one at a time. A page that gives nothing is a page with an error, never
// an error. It bounds its own time.
type PageReader interface {
	ReadPages(ctx context.Context, articles []digest.Article, keep func(context.Context, digest.Page) error) error
}

// mostPages bounds a morning's reading: far more than any day's news.
const mostPages = 200

// read reads the pages of articles that are about the topic, or perhaps, and
// judges those anew of which more is known now. It is done before articles are
// placed, so that grouping and quoting see the whole text.
func (d *Desk) read(ctx context.Context, now, datedSince time.Time) error {
	if d.Pages == nil {
		return nil
	}
	articles, err := d.Store.PagesToRead(ctx, now.Add(-d.Window), datedSince, mostPages)
	if err != nil {
		return fmt.Errorf("read which pages are to be read: %w", err)
	}
	d.watch("read", 0, len(articles))
	done, again := 0, 0
	var read []string
	err = d.Pages.ReadPages(ctx, articles, func(ctx context.Context, p digest.Page) error {
		if err := d.Store.KeepPage(ctx, p); err != nil {
			return fmt.Errorf("keep a page: %w", err)
		}
		if p.Again {
			again++
		}
		if p.Err == "" {
			read = append(read, p.ArticleID)
		}
		done++
		d.watch("read", done, len(articles))
		return nil
	})
	if err != nil {
		return fmt.Errorf("read pages: %w", err)
	}
	if len(articles) > 0 {
		d.Log.Info("pages read", "asked", len(articles), "text", len(read), "again", again)
	}
	fuller, err := d.Store.Articles(ctx, read...)
	if err != nil {
		return fmt.Errorf("read articles to judge: %w", err)
	}
	return d.judgeAll(ctx, fuller, now)
}

// mostLately bounds what is read of one outlet to learn its habits.
const mostLately = 60

// reading is made from what the candidates' outlets wrote lately.
func (d *Desk) reading(ctx context.Context, now time.Time, candidates []digest.Candidate) (Reading, error) {
	if d.Reading == nil || len(candidates) == 0 {
		return Reading{}, nil
	}
	var outlets []string
	for _, c := range candidates {
		outlets = append(outlets, c.Article.Source)
	}
	slices.Sort(outlets)
	lately, err := d.Store.Lately(ctx, now.Add(-d.Window), mostLately, slices.Compact(outlets)...)
	if err != nil {
		return Reading{}, fmt.Errorf("read what the outlets wrote lately: %w", err)
	}
	return d.Reading(lately), nil
}
