// Package reedit makes stored days again with other settings, to show what
// they would change. It lets the day's own desk do its steps on a scratch copy
// of what was known, in a store of its own that is thrown away: no logic of
// the day is written here a second time. It asks no feed, reads no page, mails
// nothing, and changes nothing of what it is shown.
//
// What was fetched stands; articles come as they are known today, but for the
// titles that were told. Days before the first one stand, too, with their
// stories; from there on each day builds on those that were made anew. How
// changes are told is left to cmd.
package reedit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"reedaily/digest"
	"reedaily/digest/daily"
	"reedaily/store"
)

// Archive is what happened.
type Archive interface {
	Feeds(ctx context.Context) ([]digest.FeedState, error)
	Calendar(ctx context.Context, cadence string) ([]digest.EditionRow, error)
	Edition(ctx context.Context, key digest.EditionKey) (digest.EditionRow, error)
	Seen(ctx context.Context, after, upTo time.Time) ([]digest.Article, error)
	Remembered(ctx context.Context, since, upTo time.Time) ([]digest.Article, error)
	Judgements(ctx context.Context, ids ...string) (map[string][]digest.Judgement, error)
	Places(ctx context.Context, ids ...string) (map[string]digest.Place, error)
	Lives(ctx context.Context, cadence string, ids ...string) ([]digest.Life, error)
}

// Day is a day as it was and as it would be.
type Day struct {
	Was, Is digest.EditionRow
	Changes []Change
	// Then and Now are the lives of the articles that come in or go out, by id:
	// as they were, and as they would be.
	Then, Now map[string]digest.Life
}

// Player makes days again.
type Player struct {
	Archive Archive
	// Desk has the settings, feeds, judge and grouper to be tried; its other
	// parts are not touched.
	Desk  daily.Desk
	Watch func(done, total int)
}

// Play makes the stored days from one to another again, both included.
func (p Player) Play(ctx context.Context, from, to digest.Day) (_ []Day, err error) {
	calendar, err := p.Archive.Calendar(ctx, digest.CadenceDaily)
	if err != nil {
		return nil, err
	}
	var days []Day
	for _, row := range calendar {
		if row.Key.Day >= from && row.Key.Day <= to && row.State != digest.EditionBuilding {
			days = append(days, Day{Was: row, Is: row})
		}
	}
	first := slices.IndexFunc(days, func(d Day) bool { return !d.Was.Cutoff.IsZero() })
	if first < 0 {
		return days, nil
	}
	dir, err := os.MkdirTemp("", "reedaily-replay-")
	if err != nil {
		return nil, fmt.Errorf("make room for a replay: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	db, err := store.Open(ctx, store.Options{URL: filepath.Join(dir, "replay.db")})
	if err != nil {
		return nil, fmt.Errorf("make room for a replay: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s := &scratch{Player: p, db: db}
	if err := s.recall(ctx, calendar, days[first].Was); err != nil {
		return nil, fmt.Errorf("recall what was known before %s: %w", days[first].Was.Key.Day, err)
	}
	for i := range days {
		if err := s.again(ctx, &days[i]); err != nil {
			return nil, fmt.Errorf("make the edition of %s again: %w", days[i].Was.Key.Day, err)
		}
		p.Watch(i+1, len(days))
	}
	for i := range days {
		if err := s.lives(ctx, &days[i]); err != nil {
			return nil, err
		}
	}
	return days, nil
}

// scratch is the copy that the days are made in.
type scratch struct {
	Player
	db    *store.DB
	feeds []digest.Feed
	known time.Time                   // up to when articles have been fetched
	held  map[string]digest.Judgement // of words that are gone
}

// again makes one day.
func (s *scratch) again(ctx context.Context, day *Day) error {
	row, err := s.Archive.Edition(ctx, day.Was.Key)
	if err != nil {
		return err
	}
	day.Was, day.Is = row, row
	if row.Cutoff.IsZero() {
		return nil // nobody made it, and what it did not tell falls to the next
	}
	d := s.Desk
	d.Store, d.Feeds, d.Collector = s.db, s.feeds, shelf{s, row.Cutoff}
	d.Judge = heldJudge{s.Desk.Judge, s.held}
	d.Pages, d.Reword, d.After, d.Watch = nil, nil, nil, nil
	if read := d.Reading; read != nil {
		d.Reading = func(lately []digest.Article) daily.Reading {
			r := read(lately)
			r.Highlights = nil
			return r
		}
	}
	d.View = func(digest.Edition) ([]digest.View, error) { return nil, nil }
	d.Now = func() time.Time { return row.Cutoff }
	d.Log = slog.New(slog.DiscardHandler)
	r, err := d.Make(ctx, daily.Fire{Day: row.Key.Day, At: row.ScheduledAt})
	if err != nil {
		return err
	}
	day.Is = r.Row
	day.Changes = Compare(day.Was.Edition, day.Is.Edition)
	return nil
}

// shelf is a collector that hands over what was fetched between two mornings;
// feeds that brought nothing answer, too.
type shelf struct {
	s    *scratch
	upTo time.Time
}

func (c shelf) All(ctx context.Context, feeds []digest.FeedState, keep func(context.Context, digest.Visit) error) error {
	articles, err := c.s.Archive.Seen(ctx, c.s.known, c.upTo)
	if err != nil {
		return err
	}
	if c.upTo.After(c.s.known) {
		c.s.known = c.upTo
	}
	if err := c.s.restore(ctx, articles); err != nil {
		return err
	}
	answers := visits(articles)
	for _, f := range feeds {
		if !slices.ContainsFunc(answers, func(v digest.Visit) bool { return v.FeedID == f.ID }) {
			answers = append(answers, digest.Visit{FeedID: f.ID, At: c.upTo, NotModified: true})
		}
	}
	for _, v := range answers {
		if err := keep(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// visits are one for each feed; the articles keep the times when they were seen.
func visits(articles []digest.Article) []digest.Visit {
	at := map[string]int{}
	var all []digest.Visit
	for _, a := range articles {
		i, ok := at[a.FeedID]
		if !ok {
			i = len(all)
			at[a.FeedID] = i
			all = append(all, digest.Visit{FeedID: a.FeedID, At: a.FirstSeen})
		}
		all[i].Articles = append(all[i].Articles, a)
	}
	return all
}

// lives looks up the articles that a day's changes are about.
func (s *scratch) lives(ctx context.Context, day *Day) error {
	var ids []string
	for _, c := range day.Changes {
		if c.Kind == In || c.Kind == Out {
			for _, a := range c.Articles {
				ids = append(ids, a.ID)
			}
		}
	}
	then, err := s.Archive.Lives(ctx, digest.CadenceDaily, ids...)
	if err != nil {
		return err
	}
	now, err := s.db.Lives(ctx, digest.CadenceDaily, ids...)
	day.Then, day.Now = byID(then), byID(now)
	return err
}

func byID(lives []digest.Life) map[string]digest.Life {
	all := map[string]digest.Life{}
	for _, l := range lives {
		all[l.Article.ID] = l
	}
	return all
}
