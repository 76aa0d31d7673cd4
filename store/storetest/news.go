package storetest

import (
	"cmp"
	"fmt"
	"time"

	"reedaily/digest"
)

// feed keeps one more feed in the configuration, after those before it.
func (w *world) feeds(names ...string) []digest.Feed {
	w.Helper()
	var all []digest.Feed
	for _, n := range names {
		u := "https://" + n + ".example/feed.xml"
		all = append(all, digest.Feed{ID: digest.FeedID(u), Name: n, URL: u, Weight: 1})
	}
	w.ok(w.db.SyncFeeds(w.ctx, all, six()))
	return all
}

// article is one of the named outlet, dated an hour before six unless told otherwise.
func article(outlet, path string, published time.Time) digest.Article {
	u := "https://" + outlet + ".example/" + path
	return digest.Article{
		ID: digest.ArticleID(u), URL: u + "?utm_source=feed", Canonical: u, Source: outlet,
		Title: "Title of " + path, Summary: "Summary of " + path, Lang: "en", Published: published,
	}
}

// visit keeps a full answer of the feed.
func (w *world) visit(f digest.Feed, at time.Time, articles ...digest.Article) []string {
	w.Helper()
	fresh, err := w.db.KeepVisit(w.ctx, digest.Visit{FeedID: f.ID, At: at, Status: 200, Articles: articles})
	w.ok(err)
	return fresh
}

// judge says of an article, in its first version, whether it is relevant.
func (w *world) judge(a digest.Article, relevant bool) {
	w.Helper()
	w.ok(w.db.KeepJudgements(w.ctx, []digest.Judgement{judgement(a, 1, "ruler-1", relevant)}))
}

func judgement(a digest.Article, version int, ruler string, relevant bool) digest.Judgement {
	j := digest.Judgement{ArticleID: a.ID, Version: version, Ruler: ruler, Relevant: relevant, Grade: digest.GradeNo, At: six()}
	if relevant {
		j.Grade, j.Score = digest.GradeCore, 0.9
		j.Reasons = []digest.Reason{{Signal: "term", Words: "rare earths", Where: "title", Weight: 2}}
	}
	return j
}

// place puts an article into a story; nearest is empty for a story's first.
func (w *world) place(a digest.Article, relation digest.Relation, nearest digest.Article) {
	w.Helper()
	story := cmp.Or(nearest.ID, a.ID)
	if nearest.ID != "" {
		placed, err := w.db.Placed(w.ctx, time.Unix(0, 0))
		w.ok(err)
		for _, p := range placed {
			if p.ID == nearest.ID {
				story = p.Place.StoryID
			}
		}
	}
	w.ok(w.db.KeepPlaces(w.ctx, []digest.Place{{
		ArticleID: a.ID, StoryID: story, Relation: relation, Nearest: nearest.ID, Score: 0.5, At: six(),
	}}))
}

// news keeps an article that is relevant and placed.
func (w *world) news(f digest.Feed, at time.Time, a digest.Article, relation digest.Relation, nearest digest.Article) digest.Article {
	w.Helper()
	w.visit(f, at, a)
	w.judge(a, true)
	w.place(a, relation, nearest)
	return a
}

// day is the key of the nth daily edition.
func day(n int) digest.EditionKey {
	return digest.EditionKey{Cadence: digest.CadenceDaily, Day: digest.DayOf(six().AddDate(0, 0, n), time.UTC)}
}

// begin makes the row of the nth edition, to be built by the caller.
func (w *world) begin(n int) digest.EditionRow {
	w.Helper()
	at := six().AddDate(0, 0, n)
	row, mine, err := w.db.BeginEdition(w.ctx, digest.EditionRow{
		Key: day(n), ScheduledAt: at, Deadline: at.Add(12 * time.Hour),
	}, "builder", time.Hour, at)
	w.ok(err)
	if !mine {
		w.Fatalf("edition %s is not ours to build: it is %s", day(n).Ref(), row.State)
	}
	return row
}

// finished is the row as it is handed to Freeze, telling these articles in one story.
func finished(row digest.EditionRow, told ...digest.Article) digest.EditionRow {
	row.Cutoff, row.FrozenAt = row.ScheduledAt, row.ScheduledAt.Add(time.Second)
	row.Edition = digest.Edition{
		Key: row.Key, Title: "Reed", Subject: "Subject of " + string(row.Key.Day), ScheduledAt: row.ScheduledAt, Zone: "UTC",
	}
	if len(told) > 0 {
		s := digest.EditionStory{ID: told[0].ID, Relation: digest.RelationFirst, Title: told[0].Title}
		for _, a := range told {
			s.Articles = append(s.Articles, digest.EditionArticle{ID: a.ID, Title: a.Title, URL: a.URL, Source: a.Source})
		}
		row.Edition.Stories = []digest.EditionStory{s}
	}
	return row
}

func views() []digest.View {
	return []digest.View{{Name: "mail", HTML: "<p>Good morning</p>", Text: "Good morning"}}
}

// freeze makes and freezes the nth edition.
func (w *world) freeze(n int, told ...digest.Article) digest.EditionRow {
	w.Helper()
	row := finished(w.begin(n), told...)
	w.ok(w.db.Freeze(w.ctx, row, views()))
	return row
}

// queue freezes the nth edition and queues its letters.
func (w *world) queue(n int) digest.EditionRow {
	w.Helper()
	row := w.freeze(n)
	_, err := w.db.QueueEdition(w.ctx, row.Key, row.FrozenAt)
	w.ok(err)
	return row
}

// addresses are n of them.
func addresses(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("reader%d@example.com", i))
	}
	return all
}
