package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

// wholeLife: what happened to an article is found again.
func wholeLife(t *testing.T, url string) {
	w := open(t, url)
	feeds := w.feeds("ore", "magnet", "mine")
	first := w.news(feeds[0], six().Add(-time.Hour), article("ore", "first", six().Add(-2*time.Hour)), digest.RelationFirst, digest.Article{})
	report := w.news(feeds[1], six(), article("magnet", "report", six().Add(-time.Hour)), digest.RelationReport, first)
	// The same article in other feeds, in one of them twice.
	w.visit(feeds[2], six().Add(time.Minute), first)
	w.visit(feeds[1], six().Add(2*time.Minute), first)
	w.visit(feeds[2], six().Add(3*time.Minute), first)
	w.visit(feeds[0], six().Add(4*time.Minute), first)
	late := article("ore", "late", six())
	w.visit(feeds[0], six().Add(5*time.Minute), late)
	page := digest.Page{ArticleID: first.ID, Version: 1, At: six(), Status: 200, URL: first.URL, Text: "Its own text"}
	w.ok(w.db.KeepPage(w.ctx, page))
	w.freeze(0, first)
	w.ok(w.db.KeepJudgements(w.ctx, []digest.Judgement{judgement(first, 1, "ruler-0", false), judgement(first, 1, "ruler-2", true)}))

	lives, err := w.db.Lives(w.ctx, digest.CadenceDaily, late.ID, "nobody", first.ID, report.ID)
	w.ok(err)
	if len(lives) != 3 || lives[0].Article.ID != late.ID || lives[1].Article.ID != first.ID || lives[2].Article.ID != report.ID {
		t.Fatalf("%d lives: %+v", len(lives), lives)
	}
	l := lives[1]
	wantSightings := []digest.Sighting{{Feed: feeds[2], At: six().Add(time.Minute)}, {Feed: feeds[1], At: six().Add(2 * time.Minute)}}
	if d := cmp.Diff(wantSightings, l.Sightings); d != "" || l.Feed != feeds[0] || l.Article.FeedID != feeds[0].ID {
		t.Errorf("seen in %+v, also:\n%s", l.Feed, d)
	}
	if len(l.Judgements) != 3 || l.Judgement().Ruler != "ruler-2" || len(l.Judgement().Reasons) != 1 {
		t.Errorf("judgements %+v", l.Judgements)
	}
	if l.Place.Relation != digest.RelationFirst || len(l.Story) != 1 || l.Story[0].ID != report.ID || l.Story[0].Told != "" ||
		l.Story[0].Title != report.Title || !l.Story[0].Dated.Equal(report.Published) || l.Story[0].Place.Nearest != first.ID {
		t.Errorf("placed %+v beside %+v", l.Place, l.Story)
	}
	if l.Told.Day != day(0).Day || l.Told.Position != 1 || l.Told.Stories != 1 || l.Told.Nth != 1 || l.Told.Story.ID != first.ID {
		t.Errorf("told %+v", l.Told)
	}
	page.Text = ""
	if d := cmp.Diff(page, l.Page); d != "" {
		t.Errorf("its page:\n%s", d)
	}
	if m := l.Morning; m.Edition.Key != day(0) || !m.Edition.Cutoff.Equal(six()) || m.Closed.Key.Day != "" {
		t.Errorf("its morning is %+v", m)
	}
	if r := lives[2]; r.Told.Day != "" || len(r.Story) != 1 || r.Story[0].Told != day(0).Day || r.Morning.Edition.Key != day(0) {
		t.Errorf("the report's life is %+v", r)
	}
	if n := lives[0]; n.Morning.Edition.Key.Day != "" || n.Morning.Closed.Key != day(0) || len(n.Judgements) > 0 || n.Place.StoryID != "" || n.Story != nil {
		t.Errorf("the late article's life is %+v", n)
	}
	days, err := w.db.Calendar(w.ctx, digest.CadenceDaily)
	if err != nil || len(days) != 1 || days[0].Key != day(0) || days[0].State != digest.EditionFrozen || !days[0].Cutoff.Equal(six()) || days[0].Edition.Subject != "" {
		t.Errorf("the calendar is %+v, %v", days, err)
	}
	// Another cadence told nothing.
	if lives, err = w.db.Lives(w.ctx, "weekly", first.ID); err != nil || len(lives) != 1 || lives[0].Told.Day != "" || lives[0].Morning.Edition.Key.Day != "" {
		t.Errorf("%+v, %v", lives, err)
	}
}

// notesOfTheFirst: what the visit that showed an article first noted is found
// with it, and not what later visits did.
func notesOfTheFirst(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	a := article("ore", "first", time.Time{})
	for i, note := range []string{"its date is none", "all is well"} {
		at := six().Add(time.Duration(i) * time.Hour)
		a.FirstSeen = at
		_, err := w.db.KeepVisit(w.ctx, digest.Visit{FeedID: f.ID, At: at, Status: 200, Articles: []digest.Article{a}, Notes: []string{note}})
		w.ok(err)
	}
	lives, err := w.db.Lives(w.ctx, digest.CadenceDaily, a.ID)
	w.ok(err)
	if d := cmp.Diff([]string{"its date is none"}, lives[0].Notes); d != "" {
		t.Error(d)
	}
}

// manyLives: more articles than one statement names.
func manyLives(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	var all []digest.Article
	var ids []string
	var judged []digest.Judgement
	for i := range 1100 {
		a := article("ore", fmt.Sprintf("n%04d", i), six())
		all, ids, judged = append(all, a), append(ids, a.ID), append(judged, judgement(a, 1, "ruler-1", true))
	}
	w.visit(f, six(), all...)
	w.ok(w.db.KeepJudgements(w.ctx, judged))
	lives, err := w.db.Lives(w.ctx, digest.CadenceDaily, ids...)
	w.ok(err)
	for i, l := range lives {
		if l.Article.ID != ids[i] || l.Judgement().ArticleID != ids[i] {
			t.Fatalf("life %d is of %s, judged %+v", i, l.Article.Title, l.Judgement())
		}
	}
	if len(lives) != len(ids) {
		t.Errorf("%d lives of %d", len(lives), len(ids))
	}
}

// articlesLookedFor: by address, by words, by time.
func articlesLookedFor(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	titled := func(path, title string) digest.Article {
		a := article("ore", path, time.Time{})
		a.Title = title
		return a
	}
	old := titled("one", "ЦЕНЫ on Rare Earth oxides")
	mid := titled("two", "Rare bird; EARTH shakes")
	young := titled("three", "稀土价格上涨")
	for i, a := range []digest.Article{old, mid, young} {
		w.visit(f, six().Add(time.Duration(i)*time.Hour), a)
	}
	names := func(all []digest.Article, err error) string {
		t.Helper()
		w.ok(err)
		s := ""
		for _, a := range all {
			s += a.Title + "|"
		}
		return s
	}
	w.visit(w.feeds("ore", "sand")[1], six().Add(5*time.Hour), article("sand", "four", time.Time{}))
	for _, c := range []struct{ got, want string }{
		{names(w.db.Lately(w.ctx, six(), 10, "ore")), young.Title + "|" + mid.Title + "|" + old.Title + "|"},
		{names(w.db.Lately(w.ctx, six(), 2, "ore", "sand")), "Title of four|" + young.Title + "|" + mid.Title + "|"},
		{names(w.db.Lately(w.ctx, six().Add(time.Minute), 10, "ore", "sand")), "Title of four|" + young.Title + "|" + mid.Title + "|"},
		{names(w.db.Lately(w.ctx, six(), 10)), ""},
		{names(w.db.AtAddress(w.ctx, old.Canonical, old.Canonical)), old.Title + "|"},
		{names(w.db.AtAddress(w.ctx, "https://elsewhere.example/", old.URL)), old.Title + "|"},
		{names(w.db.AtAddress(w.ctx, "https://elsewhere.example/")), ""},
		{names(w.db.AtAddress(w.ctx)), ""},
		{names(w.db.Beginning(w.ctx, old.ID[:12], 10)), old.Title + "|"},
		{names(w.db.Beginning(w.ctx, old.ID, 10)), old.Title + "|"},
		{names(w.db.Beginning(w.ctx, old.ID+"0", 10)), ""},
		{names(w.db.Beginning(w.ctx, "zzzzzzzz", 10)), ""},
		{names(w.db.Titled(w.ctx, []string{"earth", "RARE"}, 10)), mid.Title + "|" + old.Title + "|"},
		{names(w.db.Titled(w.ctx, []string{"earth", "RARE"}, 1)), mid.Title + "|"},
		{names(w.db.Titled(w.ctx, []string{"цены"}, 10)), old.Title + "|"},
		{names(w.db.Titled(w.ctx, []string{"稀土"}, 10)), young.Title + "|"},
		{names(w.db.Titled(w.ctx, []string{"%"}, 10)), ""},
		{names(w.db.Seen(w.ctx, six(), six().Add(2*time.Hour))), mid.Title + "|" + young.Title + "|"},
		{names(w.db.Seen(w.ctx, time.Time{}, six())), old.Title + "|"},
	} {
		if c.got != c.want {
			t.Errorf("found %q, want %q", c.got, c.want)
		}
	}
}

// whatAMorningRemembers: what is young, and all of the stories under way.
func whatAMorningRemembers(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	ago := func(days int) time.Time { return six().AddDate(0, 0, -days) }
	none := digest.Article{}
	begun := w.news(f, ago(30), article("ore", "long story, begun", ago(30)), digest.RelationFirst, none)
	w.news(f, ago(30), article("ore", "ended story", ago(30)), digest.RelationFirst, none)
	w.news(f, ago(2), article("ore", "long story, goes on", ago(2)), digest.RelationUpdate, begun)
	w.visit(f, ago(30), article("ore", "old and off topic", ago(30)))
	w.visit(f, ago(1), article("ore", "young and off topic", ago(30)))
	w.visit(f, six(), article("ore", "today's", six()))
	all, err := w.db.Remembered(w.ctx, ago(14), ago(1))
	w.ok(err)
	var got []string
	for _, a := range all {
		got = append(got, a.Title)
	}
	if d := cmp.Diff([]string{"Title of long story, begun", "Title of long story, goes on", "Title of young and off topic"}, got); d != "" {
		t.Error(d)
	}
	places, err := w.db.Places(w.ctx, all[0].ID, all[1].ID, all[2].ID)
	w.ok(err)
	if len(places) != 2 || places[all[1].ID].StoryID != begun.ID || places[all[1].ID].Score != 0.5 {
		t.Errorf("places %+v", places)
	}
}
