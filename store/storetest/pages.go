package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

func pagesRead(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("alpha")[0]
	core, no := article("alpha", "core", six().Add(-time.Hour)), article("alpha", "no", six())
	old, touch := article("alpha", "old", six().Add(-90*time.Hour)), article("alpha", "touch", time.Time{})
	w.visit(f, six(), core, no, old, touch)
	w.judge(core, true)
	w.judge(no, false)
	w.judge(old, true)
	partly := judgement(touch, 1, "ruler-1", false)
	partly.Grade = digest.GradePartly
	w.ok(w.db.KeepJudgements(w.ctx, []digest.Judgement{partly}))

	toRead := func() (titles []string) {
		w.Helper()
		articles, err := w.db.PagesToRead(w.ctx, six().Add(-time.Hour), six().Add(-72*time.Hour), 10)
		w.ok(err)
		for _, a := range articles {
			titles = append(titles, a.Title)
		}
		return titles
	}
	if d := cmp.Diff([]string{"Title of core", "Title of touch"}, toRead()); d != "" {
		t.Errorf("the surest first, and neither old nor off-topic ones: %s", d)
	}
	page := digest.Page{
		ArticleID: core.ID, Version: 1, At: six(), Status: 200, URL: core.URL, Text: "All of it, and more than the summary.",
		Author: "Ann", Lang: "de", Published: six().Add(-2 * time.Hour), Highlights: []string{"First.", "Second."},
	}
	w.ok(w.db.KeepPage(w.ctx, page))
	again := page
	again.Text = page.Text + " Read twice."
	w.ok(w.db.KeepPage(w.ctx, again))
	w.ok(w.db.KeepPage(w.ctx, digest.Page{ArticleID: touch.ID, Version: 1, At: six(), Status: 403, Err: "the site keeps programs out"}))
	if got := toRead(); got != nil {
		t.Errorf("read again: %v", got)
	}
	got, err := w.db.Articles(w.ctx, core.ID, touch.ID)
	w.ok(err)
	a := got[0]
	if a.Text != page.Text || a.Author != "Ann" || a.Lang != "en" || a.Version != 1 || !a.Published.Equal(core.Published) ||
		!cmp.Equal(a.Highlights, page.Highlights) {
		t.Errorf("after reading: %+v", a)
	}
	if got[1].Text != "" || got[1].Summary != "Summary of touch" {
		t.Errorf("a page that gave nothing changed the article: %+v", got[1])
	}

	// The feed says the same again: not a new version. It says something new: one, to be read again.
	if fresh := w.visit(f, six().Add(time.Minute), core); fresh != nil {
		t.Errorf("reading the page made a new version: %v", fresh)
	}
	core.Title = "Another title"
	w.visit(f, six().Add(2*time.Minute), core)
	w.ok(w.db.KeepJudgements(w.ctx, []digest.Judgement{judgement(core, 2, "ruler-1", true)}))
	if d := cmp.Diff([]string{"Another title"}, toRead()); d != "" {
		t.Error(d)
	}
	// What was read of the first version does not go into the second.
	w.ok(w.db.KeepPage(w.ctx, page))
	if got, err := w.db.Articles(w.ctx, core.ID); err != nil || got[0].Text != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// pagesOfNoUse: a page that is not there for the moment is still to be read, and
// one with less than the feed's summary does not take its place.
func pagesOfNoUse(t *testing.T, url string) {
	w := open(t, url)
	a := article("alpha", "core", six())
	w.visit(w.feeds("alpha")[0], six(), a)
	w.judge(a, true)
	w.ok(w.db.KeepPage(w.ctx, digest.Page{ArticleID: a.ID, Version: 1, At: six(), Status: 503, Err: "the server is busy", Again: true}))
	left, err := w.db.PagesToRead(w.ctx, six().Add(-time.Hour), six().Add(-72*time.Hour), 10)
	if err != nil || len(left) != 1 {
		t.Errorf("a page that was not there for the moment is done with: left are %v, %v", left, err)
	}
	w.ok(w.db.KeepPage(w.ctx, digest.Page{ArticleID: a.ID, Version: 1, At: six(), Status: 200, Text: "Loading…", Author: "Bea"}))
	got, err := w.db.Articles(w.ctx, a.ID)
	if err != nil || got[0].Text != "" || got[0].Author != "Bea" {
		t.Errorf("a page with less than the feed's summary took its place: %+v, %v", got, err)
	}
}

func feedHealth(t *testing.T, url string) {
	w := open(t, url)
	feeds := w.feeds("alpha", "beta")
	hour := func(n int) time.Time { return six().Add(time.Duration(n) * time.Hour) }
	told := article("alpha", "0", hour(0))
	w.news(feeds[0], hour(0), told, digest.RelationFirst, digest.Article{})
	for n := 1; n <= 4; n++ {
		w.visit(feeds[0], hour(6*n), article("alpha", string(rune('0'+n)), hour(6*n)))
	}
	_, err := w.db.KeepVisit(w.ctx, digest.Visit{FeedID: feeds[0].ID, At: hour(30), Status: 500, Err: digest.ErrBusy})
	w.ok(err)
	w.freeze(0, told)

	all, err := w.db.FeedHealth(w.ctx, hour(-24))
	w.ok(err)
	if len(all) != 2 || all[0].Name != "alpha" || all[1].Name != "beta" {
		t.Fatalf("got %+v", all)
	}
	h := all[0]
	if h.Visits != 6 || h.Failed != 1 || h.Articles != 5 || h.Told != 1 || len(h.Gaps) != 4 || h.Gaps[0] != 6*time.Hour || !h.Since.Equal(hour(0)) {
		t.Errorf("alpha: %+v", h)
	}
	if h.Silent(hour(24+47)) || !h.Silent(hour(24+49)) {
		t.Errorf("a feed of six-hourly news is silent after two days, not %v", h.Silence())
	}
	if b := all[1]; b.Visits != 0 || b.Silent(hour(10000)) {
		t.Errorf("beta was never asked: %+v", b)
	}
}

// alwaysSecond: a feed whose items another feed always has first is alive, by
// its own rhythm, and silent when it has nothing more of its own to show.
func alwaysSecond(t *testing.T, url string) {
	w := open(t, url)
	feeds := w.feeds("first", "second")
	day := func(n int) time.Time { return six().AddDate(0, 0, n) }
	second := func(now time.Time) digest.FeedHealth {
		all, err := w.db.FeedHealth(w.ctx, now.AddDate(0, 0, -28))
		w.ok(err)
		return all[1]
	}
	var all []digest.Article
	for n := range 40 {
		all = append(all, article("ore", string(rune('A'+n)), day(n)))
		w.visit(feeds[0], day(n), all...)
		w.visit(feeds[1], day(n).Add(time.Minute), all...)
		w.visit(feeds[1], day(n).Add(time.Hour), all...) // the same once more
	}
	h := second(day(39).Add(2 * time.Hour))
	if !h.LastNew.Equal(day(39).Add(time.Minute)) || h.Silent(day(40)) || h.Silence() != 72*time.Hour || h.Articles != 0 || h.Told != 0 {
		t.Errorf("while there is news: last new %v, silence %v, %d articles", h.LastNew, h.Silence(), h.Articles)
	}
	for n := 40; n < 45; n++ {
		all = append(all, article("ore", string(rune('A'+n)), day(n)))
		w.visit(feeds[0], day(n), all...)
		w.visit(feeds[1], day(n).Add(time.Minute), all[:40]...)
	}
	if h = second(day(44)); !h.LastNew.Equal(day(39).Add(time.Minute)) || !h.Silent(day(44)) {
		t.Errorf("it shows nothing more: last new %v, silence %v", h.LastNew, h.Silence())
	}
}
