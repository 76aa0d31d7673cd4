package reedit

import (
	"context"
	"time"

	"reedaily/digest"
	"reedaily/digest/daily"
)

// recall copies into the scratch store what was known when the edition before
// first was closed, as far as a morning looks back.
func (s *scratch) recall(ctx context.Context, calendar []digest.EditionRow, first digest.EditionRow) error {
	if err := s.recallFeeds(ctx, first.Cutoff); err != nil {
		return err
	}
	s.held = map[string]digest.Judgement{}
	before := digest.MorningOf(calendar, first.Cutoff).Closed
	if before.Cutoff.IsZero() {
		return nil // the first edition of all
	}
	s.known = before.Cutoff
	articles, err := s.Archive.Remembered(ctx, first.Cutoff.Add(-s.Desk.Window), before.Cutoff)
	if err != nil {
		return err
	}
	if err := s.restore(ctx, articles); err != nil {
		return err
	}
	for _, v := range visits(articles) {
		if _, err := s.db.KeepVisit(ctx, v); err != nil {
			return err
		}
	}
	if err := s.recallFindings(ctx, articles, before.Cutoff); err != nil {
		return err
	}
	oldest := before.Cutoff
	if len(articles) > 0 && articles[0].FirstSeen.Before(oldest) {
		oldest = articles[0].FirstSeen
	}
	for _, row := range calendar {
		made := row.State != digest.EditionBuilding && !row.Cutoff.IsZero()
		if made && !row.Cutoff.Before(oldest) && !row.Cutoff.After(before.Cutoff) {
			if err := s.recallEdition(ctx, row.Key); err != nil {
				return err
			}
		}
	}
	return nil
}

// recallFeeds takes the feeds of the configuration, and of the archive those
// that are not in it any more: what they once brought stands.
func (s *scratch) recallFeeds(ctx context.Context, now time.Time) error {
	stored, err := s.Archive.Feeds(ctx)
	if err != nil {
		return err
	}
	s.feeds = append(s.feeds, s.Desk.Feeds...)
	named := map[string]bool{}
	for _, f := range s.feeds {
		named[f.ID] = true
	}
	for _, f := range stored {
		if !named[f.ID] {
			s.feeds = append(s.feeds, f.Feed)
		}
	}
	return s.db.SyncFeeds(ctx, s.feeds, now)
}

// recallFindings copies judgements and places as they were then. The scratch
// store knows every article in its first version.
func (s *scratch) recallFindings(ctx context.Context, articles []digest.Article, then time.Time) error {
	ids := idsOf(articles)
	judged, err := s.Archive.Judgements(ctx, ids...)
	if err != nil {
		return err
	}
	placed, err := s.Archive.Places(ctx, ids...)
	if err != nil {
		return err
	}
	var judgements []digest.Judgement
	var places []digest.Place
	for _, a := range articles {
		if j, ok := heldAt(judged[a.ID], then); ok {
			j.Version = 1
			judgements = append(judgements, j)
		}
		if p, ok := placed[a.ID]; ok && !p.At.After(then) {
			places = append(places, p)
		}
	}
	if err := s.db.KeepJudgements(ctx, judgements); err != nil {
		return err
	}
	return s.db.KeepPlaces(ctx, places)
}

// heldAt is the newest judgement that was made until then.
func heldAt(all []digest.Judgement, then time.Time) (held digest.Judgement, ok bool) {
	for _, j := range all {
		if !j.At.After(then) && (!ok || !j.At.Before(held.At)) {
			held, ok = j, true
		}
	}
	return held, ok
}

// recallEdition copies an edition, so that what it told stays told.
func (s *scratch) recallEdition(ctx context.Context, key digest.EditionKey) error {
	row, err := s.Archive.Edition(ctx, key)
	if err != nil {
		return err
	}
	if _, _, err := s.db.BeginEdition(ctx, row, s.Desk.Builder, time.Minute, row.Cutoff); err != nil {
		return err
	}
	if row.State == digest.EditionSkipped {
		return s.db.SkipEdition(ctx, key, row.Reason, row.Cutoff, row.Cutoff)
	}
	return s.db.Freeze(ctx, row, nil)
}

// restore gives articles that their outlets changed since back what is kept of
// their first words: the title that an edition told, and the judgement.
func (s *scratch) restore(ctx context.Context, articles []digest.Article) error {
	at := map[string]int{}
	var changed []string
	for i, a := range articles {
		if a.Version > 1 {
			at[a.ID] = i
			changed = append(changed, a.ID)
		}
	}
	lives, err := s.Archive.Lives(ctx, digest.CadenceDaily, changed...)
	for _, l := range lives {
		a := &articles[at[l.Article.ID]]
		if n := l.Told.Nth; n > 0 {
			a.Title = l.Told.Story.Articles[n-1].Title
		}
		for _, j := range l.Judgements {
			held, ok := s.held[a.ID]
			if j.Ruler == s.Desk.Judge.Ruler() && (!ok || j.Version < held.Version) {
				s.held[a.ID] = j
			}
		}
	}
	return err
}

// heldJudge judges anew, but for what can only be remembered.
type heldJudge struct {
	judge
	held map[string]digest.Judgement
}

// judge is embedded under a name of its own: its method has the other one.
type judge interface{ daily.Judge }

func (h heldJudge) Judge(a digest.Article, f digest.Feed) digest.Judgement {
	if j, ok := h.held[a.ID]; ok {
		j.Version = a.Version
		return j
	}
	return h.judge.Judge(a, f)
}

func idsOf(articles []digest.Article) []string {
	ids := make([]string, len(articles))
	for i, a := range articles {
		ids[i] = a.ID
	}
	return ids
}
