package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

func candidateWindow(t *testing.T, url string) {
	w := open(t, url)
	feeds := w.feeds("ore", "magnet")
	feeds[1].Weight = 2.5
	w.ok(w.db.SyncFeeds(w.ctx, feeds, six()))
	none := digest.Article{}
	last, cutoff := six().AddDate(0, 0, -1), six()
	fresh := func(path string) digest.Article { return article("ore", path, six().Add(-2*time.Hour)) }

	w.news(feeds[0], last, fresh("seen-at-last-cutoff"), digest.RelationFirst, none)
	w.news(feeds[0], cutoff.Add(time.Millisecond), fresh("seen-after-cutoff"), digest.RelationFirst, none)
	w.news(feeds[0], cutoff, article("ore", "too-old", six().Add(-72*time.Hour-time.Millisecond)), digest.RelationFirst, none)
	w.visit(feeds[0], cutoff, fresh("unjudged"), fresh("off-topic"), fresh("unplaced"), fresh("changed"))
	w.judge(fresh("off-topic"), false)
	w.place(fresh("off-topic"), digest.RelationFirst, none)
	w.judge(fresh("unplaced"), true)
	// The version that was relevant is not the one that counts.
	w.judge(fresh("changed"), true)
	w.place(fresh("changed"), digest.RelationFirst, none)
	changed := fresh("changed")
	changed.Title = "Nothing of the kind"
	w.visit(feeds[0], cutoff, changed)

	oldest := w.news(feeds[0], last.Add(time.Millisecond), article("ore", "just-young-enough", six().Add(-72*time.Hour)), digest.RelationFirst, none)
	second := w.news(feeds[1], cutoff, article("magnet", "report", six().Add(-3*time.Hour)), digest.RelationReport, oldest)
	undated := w.news(feeds[0], cutoff, article("ore", "undated", time.Time{}), digest.RelationFirst, none)

	all, err := w.db.Candidates(w.ctx, day(0), last, cutoff, six().Add(-72*time.Hour))
	w.ok(err)
	var got []string
	for _, c := range all {
		got = append(got, c.Article.Title)
		if c.Judgement.ArticleID != c.Article.ID || !c.Judgement.Relevant || len(c.Judgement.Reasons) != 1 || c.Place.ArticleID != c.Article.ID {
			t.Errorf("candidate %s has %+v and %+v", c.Article.Title, c.Judgement, c.Place)
		}
	}
	if d := cmp.Diff([]string{oldest.Title, second.Title, undated.Title}, got); d != "" {
		t.Fatal(d)
	}
	if all[0].Weight != 1 || all[1].Weight != 2.5 || all[1].Place.StoryID != oldest.ID {
		t.Errorf("weights %v and %v, story %s", all[0].Weight, all[1].Weight, all[1].Place.StoryID)
	}
	// First contact: no cutoff yet.
	if all, err = w.db.Candidates(w.ctx, day(0), time.Time{}, cutoff, six().Add(-72*time.Hour)); err != nil || len(all) != 4 {
		t.Errorf("on first contact %d candidates, %v", len(all), err)
	}
}

func candidateTold(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	n := 0
	put := func(path string, relation digest.Relation, nearest digest.Article) digest.Article {
		n++
		return w.news(f, six(), article("ore", path, six().Add(time.Duration(n)*time.Minute)), relation, nearest)
	}
	none := digest.Article{}
	first := put("first", digest.RelationFirst, none)
	copy1 := put("copy-of-first", digest.RelationCopy, first)
	copy2 := put("copy-of-copy", digest.RelationCopy, copy1)
	report := put("report", digest.RelationReport, first)
	echo := put("copy-of-report", digest.RelationCopy, report)
	original := put("original", digest.RelationFirst, none)
	reprint := put("reprint", digest.RelationCopy, original)
	sibling := put("other-reprint", digest.RelationCopy, original)
	other := put("another-story", digest.RelationFirst, none)

	w.freeze(0, first)
	w.freeze(1, reprint)
	type told struct{ Story, Copy digest.Day }
	check := func(key digest.EditionKey, want map[string]told) {
		t.Helper()
		all, err := w.db.Candidates(w.ctx, key, time.Time{}, six(), time.Time{})
		w.ok(err)
		got := map[string]told{}
		for _, c := range all {
			got[c.Article.Title] = told{c.Thread.Last, c.ToldCopy}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("candidates of %s:\n%s", key.Ref(), d)
		}
	}
	day0, day1 := day(0).Day, day(1).Day
	w.begin(2)
	check(day(2), map[string]told{
		copy1.Title:    {day0, day0},
		copy2.Title:    {day0, day0}, // of a copy of what was told
		report.Title:   {day0, ""},
		echo.Title:     {day0, ""},
		original.Title: {day1, day1}, // its reprint was told
		sibling.Title:  {day1, day1},
		other.Title:    {"", ""},
	})
	// Of a story that goes on for days, the newest counts.
	w.ok(w.db.Freeze(w.ctx, finished(w.begin(2), report), views()))
	check(day(3), map[string]told{
		copy1.Title:    {day(2).Day, day0},
		copy2.Title:    {day(2).Day, day0},
		echo.Title:     {day(2).Day, day(2).Day},
		original.Title: {day1, day1},
		sibling.Title:  {day1, day1},
		other.Title:    {"", ""},
	})
	// What an edition told itself does not count against it, so that it can be composed anew.
	check(day(2), map[string]told{
		copy1.Title:    {day0, day0},
		copy2.Title:    {day0, day0},
		report.Title:   {day0, ""},
		echo.Title:     {day0, ""},
		original.Title: {day1, day1},
		sibling.Title:  {day1, day1},
		other.Title:    {"", ""},
	})
	// Another cadence tells for itself.
	all, err := w.db.Candidates(w.ctx, digest.EditionKey{Cadence: "weekly", Day: day1}, time.Time{}, six(), time.Time{})
	w.ok(err)
	if len(all) != n {
		t.Errorf("another cadence has %d candidates, want %d", len(all), n)
	}
}

func candidateThread(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	none := digest.Article{}
	put := func(path string, relation digest.Relation, nearest digest.Article) digest.Article {
		return w.news(f, six(), article("ore", path, six()), relation, nearest)
	}
	first := put("first", digest.RelationFirst, none)
	second := put("second", digest.RelationReport, first)
	third := put("third", digest.RelationReport, first)
	fourth := put("fourth", digest.RelationReport, first)
	other := put("other", digest.RelationFirst, none)

	row := finished(w.begin(0), first)
	row.Edition.Stories[0].Highlights = []digest.Highlight{{Text: "In our words.", Original: "In theirs."}}
	w.ok(w.db.Freeze(w.ctx, row, views()))
	// The outlet words it otherwise since: what was told, was told.
	changed := first
	changed.Title, changed.Text = "Another title", "And a text of its own, longer."
	w.visit(f, six().Add(time.Hour), changed)
	w.judge(first, true)
	row = finished(w.begin(2), third, other)
	row.Edition.Stories[0].Highlights = []digest.Highlight{{Text: "Said."}}
	w.ok(w.db.Freeze(w.ctx, row, views()))

	w.begin(3)
	all, err := w.db.Candidates(w.ctx, day(3), time.Time{}, six(), time.Time{})
	w.ok(err)
	seen := 0
	for _, c := range all {
		if c.Article.ID != second.ID && c.Article.ID != fourth.ID {
			t.Errorf("%s is a candidate", c.Article.Title)
			continue
		}
		seen++
		got := []string{string(c.Thread.First), string(c.Thread.Last)}
		for _, a := range c.Thread.Articles {
			got = append(got, a.Title+": "+a.Body())
		}
		got = append(got, c.Thread.Quoted...)
		want := []string{
			string(day(0).Day), string(day(2).Day), first.Title + ": And a text of its own, longer.", third.Title + ": " + third.Summary,
			"In our words.", "In theirs.", "Said.",
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("the thread of %s:\n%s", c.Article.Title, d)
		}
	}
	if seen != 2 {
		t.Errorf("%d of 2 candidates", seen)
	}
	// Composed anew, the first edition knows of no thread but the later one's.
	all, err = w.db.Candidates(w.ctx, day(2), time.Time{}, six(), time.Time{})
	w.ok(err)
	for _, c := range all {
		if c.Article.ID == other.ID && (c.Thread.Last != "" || c.Thread.Articles != nil) {
			t.Errorf("another story has the thread %+v", c.Thread)
		}
		if c.Article.ID == third.ID && c.Thread.Last != day(0).Day {
			t.Errorf("an edition counts what it told itself: %+v", c.Thread)
		}
	}
}
