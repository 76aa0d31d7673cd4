package store

import (
	"context"
	"time"

	"reedaily/digest"
)

// Candidates are the articles that the edition may tell: relevant, placed,
// first seen after seenAfter and until seenUpTo, dated at or after datedSince,
// and not told by another edition of the cadence. They come in the order of
// their dates.
func (db *DB) Candidates(ctx context.Context, key digest.EditionKey, seenAfter, seenUpTo, datedSince time.Time) ([]digest.Candidate, error) {
	what := "read candidates for edition " + key.Ref()
	all, err := list(ctx, db.read, scanCandidate, `SELECT `+articleColumns+`, `+judgementColumns+`, `+placeColumns+`, f.weight, n.day
		FROM article a `+relevantNow+`
		JOIN place p ON p.article_id = a.id
		JOIN feed f ON f.id = a.feed_id
		LEFT JOIN edition_item n ON n.cadence = $1 AND n.article_id = p.nearest AND n.day <> $2 AND p.relation = 'copy'
		WHERE a.first_seen > $3 AND a.first_seen <= $4 AND a.dated >= $5
		  AND NOT EXISTS (SELECT 1 FROM edition_item i WHERE i.cadence = $1 AND i.article_id = a.id AND i.day <> $2)
		ORDER BY a.dated, a.id`,
		key.Cadence, string(key.Day), seenAfter.UnixMilli(), seenUpTo.UnixMilli(), datedSince.UnixMilli())
	if err != nil {
		return nil, db.say(what, err)
	}
	stories := map[string]*toldStory{}
	threads := threadReader{db: db, cadence: key.Cadence, editions: map[digest.Day]digest.Edition{}}
	for i := range all {
		c := &all[i]
		s := stories[c.Place.StoryID]
		if s == nil {
			if s, err = readTold(ctx, db.read, key, c.Place.StoryID); err != nil {
				return nil, db.say(what, err)
			}
			if s.thread, err = threads.read(ctx, s.days); err != nil {
				return nil, db.say(what, err)
			}
			stories[c.Place.StoryID] = s
		}
		c.Thread = s.thread
		c.ToldCopy = max(c.ToldCopy, s.copyDay[s.root(c.Article.ID)])
	}
	return all, nil
}

func scanCandidate(row scanner) (c digest.Candidate, err error) {
	targets := append(articleTargets(&c.Article), judgementTargets(&c.Judgement)...)
	targets = append(targets, placeTargets(&c.Place)...)
	err = row.Scan(append(targets, &c.Weight, str{(*string)(&c.ToldCopy)})...)
	return c, err
}

// toldStory is what earlier editions told of one story.
type toldStory struct {
	days   map[string]digest.Day // of the articles that were told
	thread digest.Thread
	// parent leads from an article to one that it is a copy of, and on to one
	// that stands for all the copies.
	parent  map[string]string
	copyDay map[string]digest.Day // the newest day, by the one that stands for the copies
}

func readTold(ctx context.Context, q querier, key digest.EditionKey, storyID string) (*toldStory, error) {
	type told struct {
		place digest.Place
		day   digest.Day
	}
	all, err := list(ctx, q, func(row scanner) (t told, err error) {
		err = row.Scan(&t.place.ArticleID, &t.place.Relation, &t.place.Nearest, str{(*string)(&t.day)})
		return t, err
	}, `SELECT p.article_id, p.relation, p.nearest, i.day FROM place p
		LEFT JOIN edition_item i ON i.cadence = $1 AND i.article_id = p.article_id AND i.day <> $2
		WHERE p.story_id = $3`, key.Cadence, string(key.Day), storyID)
	if err != nil {
		return nil, err
	}
	s := &toldStory{days: map[string]digest.Day{}, parent: map[string]string{}, copyDay: map[string]digest.Day{}}
	for _, t := range all {
		if t.place.Relation == digest.RelationCopy && t.place.Nearest != "" {
			if from, to := s.root(t.place.ArticleID), s.root(t.place.Nearest); from != to {
				s.parent[from] = to
			}
		}
	}
	for _, t := range all {
		if t.day != "" {
			s.days[t.place.ArticleID] = t.day
		}
		r := s.root(t.place.ArticleID)
		s.copyDay[r] = max(s.copyDay[r], t.day)
	}
	return s, nil
}

func (s *toldStory) root(id string) string {
	for s.parent[id] != "" {
		id = s.parent[id]
	}
	return id
}
