package store

import (
	"context"
	"maps"
	"slices"

	"reedaily/digest"
)

// mostTold bounds the articles of a thread: of a story that goes on for weeks
// the newest.
const mostTold = 100

// threadReader joins what was told of stories with how it was told, and reads
// each edition once.
type threadReader struct {
	db       *DB
	cadence  string
	editions map[digest.Day]digest.Edition
}

// read is the thread of the articles of one story and the days that told them.
func (r threadReader) read(ctx context.Context, days map[string]digest.Day) (t digest.Thread, err error) {
	if len(days) == 0 {
		return t, nil
	}
	in := map[digest.Day]bool{}
	for _, day := range days {
		in[day] = true
	}
	sorted := slices.Sorted(maps.Keys(in))
	t.First, t.Last = sorted[0], sorted[len(sorted)-1]
	for _, day := range sorted {
		ed, err := r.edition(ctx, day)
		if err != nil {
			return t, err
		}
		for _, s := range ed.Stories {
			mine := len(t.Articles)
			for _, a := range s.Articles {
				if days[a.ID] == day {
					t.Articles = append(t.Articles, digest.Article{ID: a.ID, Title: a.Title, Source: a.Source, URL: a.URL, Published: a.Published})
				}
			}
			if len(t.Articles) == mine {
				continue
			}
			for _, h := range s.Highlights {
				t.Quoted = append(t.Quoted, h.Text)
				if h.Original != "" {
					t.Quoted = append(t.Quoted, h.Original)
				}
			}
		}
	}
	t.Articles = t.Articles[max(0, len(t.Articles)-mostTold):]
	return t, r.texts(ctx, t.Articles)
}

func (r threadReader) edition(ctx context.Context, day digest.Day) (digest.Edition, error) {
	ed, ok := r.editions[day]
	if !ok {
		row, err := edition(ctx, r.db.read, digest.EditionKey{Cadence: r.cadence, Day: day})
		if err != nil {
			return ed, err
		}
		ed = row.Edition
		r.editions[day] = ed
	}
	return ed, nil
}

// texts gives the told articles what is kept of them, but for their titles.
func (r threadReader) texts(ctx context.Context, told []digest.Article) error {
	ids := make([]string, len(told))
	for i, a := range told {
		ids[i] = a.ID
	}
	kept, err := r.db.Articles(ctx, ids...)
	if err != nil {
		return err
	}
	byID := map[string]digest.Article{}
	for _, a := range kept {
		byID[a.ID] = a
	}
	for i, a := range told {
		if full, ok := byID[a.ID]; ok {
			full.Title = a.Title
			told[i] = full
		}
	}
	return nil
}
