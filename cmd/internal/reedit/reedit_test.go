package reedit

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
	"reedaily/digest/daily"
	"reedaily/digest/edition"
	"reedaily/store"
)

// wordJudge takes every article whose title has its word.
type wordJudge struct{ word string }

func (j wordJudge) Ruler() string { return "word " + j.word }
func (j wordJudge) Judge(a digest.Article, _ digest.Feed) digest.Judgement {
	out := digest.Judgement{ArticleID: a.ID, Version: a.Version, Ruler: j.Ruler(), Grade: digest.GradeNo}
	if strings.Contains(a.Title, j.word) {
		out.Relevant, out.Grade, out.Score = true, digest.GradeCore, 0.9
	}
	return out
}

// wordGrouper makes one story of articles whose titles begin with the same
// word, or of none where it keeps them apart.
type wordGrouper struct {
	apart bool
	known map[string]digest.Place
}

func (g *wordGrouper) key(a digest.Article) string {
	if g.apart {
		return a.ID
	}
	word, _, _ := strings.Cut(a.Title, " ")
	return word
}

func (g *wordGrouper) Remember(past []digest.Placed) {
	for _, p := range past {
		g.known[g.key(p.Article)] = p.Place
	}
}

func (g *wordGrouper) Place(batch []digest.Article) []digest.Place {
	places := make([]digest.Place, len(batch))
	for i, a := range batch {
		p := digest.Place{ArticleID: a.ID, StoryID: a.ID, Relation: digest.RelationFirst}
		if near, ok := g.known[g.key(a)]; ok {
			p.StoryID, p.Nearest, p.Relation, p.Score = near.StoryID, near.ArticleID, digest.RelationReport, 1
		}
		places[i], g.known[g.key(a)] = p, p
	}
	return places
}

// visitor hands over what a day shows.
type visitor struct {
	feed   digest.Feed
	at     time.Time
	titles []string // "path: title"
}

func (v visitor) All(ctx context.Context, _ []digest.FeedState, keep func(context.Context, digest.Visit) error) error {
	visit := digest.Visit{FeedID: v.feed.ID, At: v.at, Status: 200}
	for _, line := range v.titles {
		path, title, _ := strings.Cut(line, ": ")
		u := "https://ore.example/" + path
		visit.Articles = append(visit.Articles, digest.Article{ID: digest.ArticleID(u), URL: u, Canonical: u, Source: "Ore", Title: title})
	}
	return keep(ctx, visit)
}

// past is days that were made.
type past struct {
	*testing.T
	db   *store.DB
	desk daily.Desk
	feed digest.Feed
}

func newPast(t *testing.T) *past {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "past.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	feed := digest.Feed{ID: digest.FeedID("https://ore.example/feed"), Name: "Ore", URL: "https://ore.example/feed", Weight: 1}
	p := &past{T: t, db: db, feed: feed}
	p.desk = daily.Desk{
		Settings: daily.Settings{Title: "Test", Zone: time.UTC, MaxAge: 72 * time.Hour, Expire: time.Hour, Window: 14 * 24 * time.Hour, Ranking: edition.Defaults()},
		Store:    db, Feeds: []digest.Feed{feed}, Judge: wordJudge{"rare"}, Builder: "test",
		Grouper: func() daily.Grouper { return &wordGrouper{known: map[string]digest.Place{}} },
		View:    func(digest.Edition) ([]digest.View, error) { return nil, nil },
		Log:     slog.New(slog.DiscardHandler),
	}
	return p
}

func morningOf(n int) time.Time { return time.Date(2026, 2, n, 6, 30, 0, 0, time.UTC) }

// live makes the edition of the nth of February.
func (p *past) live(n int, titles ...string) digest.EditionRow {
	p.Helper()
	d := p.desk
	d.Collector = visitor{p.feed, morningOf(n), titles}
	d.Now = func() time.Time { return morningOf(n).Add(time.Minute) }
	r, err := d.Make(p.Context(), d.Today(morningOf(n)))
	if err != nil {
		p.Fatal(err)
	}
	return r.Row
}

// play makes days again, under other settings where change says so.
func (p *past) play(from, to digest.Day, change func(*daily.Desk)) []Day {
	p.Helper()
	d := p.desk
	// Nothing of the past's own may be touched.
	d.Store, d.Collector, d.View, d.Now = nil, nil, nil, nil
	d.Reading = func([]digest.Article) daily.Reading {
		return daily.Reading{Highlights: func([]digest.Article, digest.Thread) []digest.Highlight { panic("a replay quoted") }}
	}
	d.Reword = func(context.Context, digest.Edition) digest.Edition { panic("a replay asked the model") }
	d.After = func(string) { panic("a replay passed for a morning") }
	if change != nil {
		change(&d)
	}
	done := 0
	days, err := Player{Archive: p.db, Desk: d, Watch: func(n, _ int) { done = n }}.Play(p.Context(), from, to)
	if err != nil {
		p.Fatal(err)
	}
	if len(days) > 0 && !days[len(days)-1].Was.Cutoff.IsZero() && done != len(days) {
		p.Errorf("%d of %d days were watched", done, len(days))
	}
	return days
}

// changes of days, each as "day: change".
func changes(days []Day) []string {
	var all []string
	for _, d := range days {
		for _, line := range text(d.Changes) {
			all = append(all, string(d.Was.Key.Day)+": "+line)
		}
	}
	return all
}

// fortnight has a story over three days, a quiet day, a missed one, and an
// article that its outlet changes after it was told.
func fortnight(t *testing.T) *past {
	p := newPast(t)
	p.live(1, "a1: Mine opens, rare news", "x1: Football")
	p.live(2, "a1: Mine opens, rare news", "a2: Mine still rare", "b1: Plant is rare")
	p.live(3, "b1: Plant is dear", "x2: Weather")
	miss := digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-04"}
	if _, _, err := p.db.BeginEdition(t.Context(), digest.EditionRow{Key: miss, ScheduledAt: morningOf(4)}, "test", time.Minute, morningOf(4)); err != nil {
		t.Fatal(err)
	}
	if err := p.db.SkipEdition(t.Context(), miss, digest.SkipMissed, time.Time{}, morningOf(5)); err != nil {
		t.Fatal(err)
	}
	p.live(5, "a3: Mine closes, rare sight", "c1: Oxide trade, rare and dear", "x3: Cinema dear")
	return p
}

func TestSameSettingsChangeNothing(t *testing.T) {
	p := fortnight(t)
	for _, from := range []digest.Day{"2026-01-01", "2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05"} {
		days := p.play(from, "2026-12-31", nil)
		if got := changes(days); got != nil {
			t.Errorf("from %s: %v", from, got)
		}
		for _, d := range days {
			a, b := text(Compare(digest.Edition{}, d.Was.Edition)), text(Compare(digest.Edition{}, d.Is.Edition))
			if diff := cmp.Diff(a, b); diff != "" || d.Was.State != d.Is.State || d.Was.Reason != d.Is.Reason {
				t.Errorf("from %s: %s was %s, is %s\n%s", from, d.Was.Key.Day, d.Was.State, d.Is.State, diff)
			}
		}
	}
	if n := len(p.play("2026-02-02", "2026-02-04", nil)); n != 3 {
		t.Errorf("%d days, want 3", n)
	}
	if days := p.play("2026-03-01", "2026-03-31", nil); len(days) != 0 {
		t.Errorf("days that never were: %v", days)
	}
	if days := p.play("2026-02-04", "2026-02-04", nil); len(days) != 1 || days[0].Was.Reason != digest.SkipMissed || days[0].Changes != nil {
		t.Errorf("a missed day alone: %+v", days)
	}
}

func TestOtherSettings(t *testing.T) {
	p := fortnight(t)
	t.Run("groups", func(t *testing.T) {
		got := changes(p.play("2026-02-01", "2026-02-05", func(d *daily.Desk) {
			d.Grouper = func() daily.Grouper { return &wordGrouper{apart: true, known: map[string]digest.Place{}} }
		}))
		if d := cmp.Diff([]string{
			"2026-02-02: relation Mine still rare update>first",
			"2026-02-05: relation Mine closes, rare sight update>first",
		}, withoutOrder(got)); d != "" {
			t.Error(d)
		}
	})
	t.Run("days before stand", func(t *testing.T) {
		// The first day's story is kept, and so the second report is still an update of it.
		got := changes(p.play("2026-02-05", "2026-02-05", func(d *daily.Desk) { d.MaxAge = time.Hour * 1000 }))
		if got != nil {
			t.Errorf("%v", got)
		}
	})
	t.Run("another ruler", func(t *testing.T) {
		days := p.play("2026-02-01", "2026-02-05", func(d *daily.Desk) { d.Judge = wordJudge{"dear"} })
		want := []string{
			"2026-02-01: subject  Mine opens, rare news>",
			"2026-02-01: out Mine opens, rare news " + digest.ArticleID("https://ore.example/a1") + " whole",
		}
		if d := cmp.Diff(want, changes(days)[:2]); d != "" {
			t.Error(d)
		}
		// Not b1: its title of today would do, the one that was told does not.
		c1 := digest.ArticleID("https://ore.example/c1")
		toldOn := map[string]digest.Day{}
		for _, d := range days {
			for _, s := range d.Is.Edition.Stories {
				for _, a := range s.Articles {
					toldOn[a.ID] = d.Is.Key.Day
				}
			}
		}
		x3 := digest.ArticleID("https://ore.example/x3")
		if d := cmp.Diff(map[string]digest.Day{c1: "2026-02-05", x3: "2026-02-05"}, toldOn); d != "" {
			t.Error(d)
		}
		then, now := days[4].Then[x3], days[4].Now[x3]
		if v := then.Verdict(0); v.Fate != digest.FateOffTopic || now.Told.Day != "2026-02-05" {
			t.Errorf("then %+v, now told on %q", v, now.Told.Day)
		}
	})
}

func withoutOrder(all []string) []string {
	var kept []string
	for _, line := range all {
		if !strings.Contains(line, ": order") && !strings.Contains(line, ": subject") {
			kept = append(kept, line)
		}
	}
	return kept
}
