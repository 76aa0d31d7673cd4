package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

func feedsFollow(t *testing.T, url string) {
	w := open(t, url)
	all := w.feeds("ore", "magnet", "alloy")
	names := func() (s []string) {
		feeds, err := w.db.Feeds(w.ctx)
		w.ok(err)
		for _, f := range feeds {
			n := f.Name
			if f.Retired {
				n += " (retired)"
			}
			s = append(s, n)
		}
		return s
	}
	if d := cmp.Diff([]string{"ore", "magnet", "alloy"}, names()); d != "" {
		t.Error(d)
	}
	// The second answers 410 for good, and is taken out; the others change places and names.
	_, err := w.db.KeepVisit(w.ctx, digest.Visit{FeedID: all[1].ID, At: six(), Status: 410, Gone: true, MovedTo: "https://magnet.example/new.xml", Err: errors.New("gone")})
	w.ok(err)
	all[0].Name, all[0].Weight, all[0].OnTopic = "Ore Weekly", 1.5, true
	w.ok(w.db.SyncFeeds(w.ctx, []digest.Feed{all[2], all[0]}, six()))
	if d := cmp.Diff([]string{"alloy", "Ore Weekly", "magnet (retired)"}, names()); d != "" {
		t.Error(d)
	}
	feeds, err := w.db.Feeds(w.ctx)
	w.ok(err)
	if d := cmp.Diff(all[0], feeds[1].Feed); d != "" {
		t.Error(d)
	}
	if !feeds[2].Gone {
		t.Error("410 was forgotten")
	}
	// The operator brings it back: it is asked again.
	w.ok(w.db.SyncFeeds(w.ctx, []digest.Feed{all[1]}, six()))
	feeds, err = w.db.Feeds(w.ctx)
	w.ok(err)
	if back := feeds[0]; back.Feed != all[1] || back.Gone || back.Retired || !back.NextAt.IsZero() ||
		back.Failures != 0 || back.LastError != "" || back.Address() != all[1].URL {
		t.Errorf("a feed that came back is %+v", back)
	}
}

// farWaits: a feed whose next visit was set while the clock was years ahead is
// asked again; one that its server wants left alone for a day is not.
func farWaits(t *testing.T, url string) {
	w := open(t, url)
	all := w.feeds("ore", "magnet")
	for i, next := range []time.Time{six().Add(24 * time.Hour), six().AddDate(10, 0, 0)} {
		_, err := w.db.KeepVisit(w.ctx, digest.Visit{FeedID: all[i].ID, At: six(), Status: 200, NextAt: next})
		w.ok(err)
	}
	w.ok(w.db.SyncFeeds(w.ctx, all, six()))
	feeds, err := w.db.Feeds(w.ctx)
	w.ok(err)
	if !feeds[0].NextAt.Equal(six().Add(24*time.Hour)) || !feeds[1].NextAt.IsZero() {
		t.Errorf("asked again at %v and %v", feeds[0].NextAt, feeds[1].NextAt)
	}
}

// visitStep is a visit and what it changes of the feed.
type visitStep struct {
	name  string
	visit digest.Visit
	want  func(*digest.FeedState, time.Time)
}

// visitSteps are visits one after the other; a is what the feed has to tell.
func visitSteps(a digest.Article) []visitStep {
	wish := digest.Wish{MaxAge: time.Hour, TTL: 90 * time.Minute, SkipHours: []int{0, 23}}
	return []visitStep{
		{
			"articles",
			digest.Visit{Status: 200, ETag: `"1"`, LastModified: "Sat, 14 Feb 2026 05:00:00 GMT", ValidFor: "https://cdn.example/feed", Articles: []digest.Article{a}, Wish: wish},
			func(s *digest.FeedState, at time.Time) {
				s.Wish, s.ValidFor = wish, "https://cdn.example/feed"
				s.ETag, s.LastModified, s.Items, s.LastOK, s.LastNew = `"1"`, "Sat, 14 Feb 2026 05:00:00 GMT", 1, at, at
			},
		},
		{
			"nothing new",
			digest.Visit{Status: 200, ETag: `"2"`, ValidFor: "https://ore.example/feed.xml", Articles: []digest.Article{a}},
			func(s *digest.FeedState, at time.Time) {
				s.ETag, s.LastModified, s.LastOK, s.Wish = `"2"`, "", at, digest.Wish{}
				s.ValidFor = "https://ore.example/feed.xml"
			},
		},
		{
			"not modified",
			digest.Visit{Status: 304, NotModified: true, Wish: wish},
			func(s *digest.FeedState, at time.Time) { s.LastOK, s.Wish = at, wish },
		},
		{
			"not modified, and another tag",
			digest.Visit{Status: 304, NotModified: true, ETag: `"3"`, Wish: wish},
			func(s *digest.FeedState, at time.Time) { s.LastOK = at },
		},
		{
			"failed",
			digest.Visit{Status: 503, Err: errors.New("the server is busy"), NextAt: six().Add(9 * time.Hour)},
			func(s *digest.FeedState, _ time.Time) {
				s.Failures, s.LastError, s.NextAt = 1, "the server is busy", six().Add(9*time.Hour)
			},
		},
		{
			"failed again",
			digest.Visit{Err: errors.New("no such host \xff\x00")},
			func(s *digest.FeedState, _ time.Time) {
				s.Failures, s.LastError, s.NextAt = 2, "no such host \uFFFD", time.Time{}
			},
		},
		{
			"not asked",
			digest.Visit{Err: errors.New("its host is left alone"), Unasked: true},
			func(s *digest.FeedState, _ time.Time) { s.LastError = "its host is left alone" },
		},
	}
}

// moveSteps are visits of a feed that moves and comes home, after those of
// visitSteps.
func moveSteps() []visitStep {
	return []visitStep{
		{
			"moved",
			digest.Visit{Status: 200, MovedTo: "https://ore.example/new.xml"},
			func(s *digest.FeedState, at time.Time) {
				s.Failures, s.LastError, s.ETag, s.Items, s.LastOK, s.MovedTo, s.Wish = 0, "", "", 0, at, "https://ore.example/new.xml", digest.Wish{}
				s.ValidFor = ""
			},
		},
		{
			"failed where it moved to",
			digest.Visit{Status: 404, MovedTo: "https://ore.example/new.xml", Err: errors.New("not there")},
			func(s *digest.FeedState, _ time.Time) { s.Failures, s.LastError = 1, "not there" },
		},
		{
			"at home again",
			digest.Visit{Status: 200},
			func(s *digest.FeedState, at time.Time) {
				s.Failures, s.LastError, s.LastOK, s.MovedTo = 0, "", at, ""
			},
		},
		{
			"gone",
			digest.Visit{Status: 410, Gone: true, Err: errors.New("gone for good")},
			func(s *digest.FeedState, _ time.Time) { s.Failures, s.LastError, s.Gone = 1, "gone for good", true },
		},
	}
}

func visitOutcomes(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	a := article("ore", "one", six().Add(-time.Hour))
	want := digest.FeedState{Feed: f}
	for i, step := range append(visitSteps(a), moveSteps()...) {
		v := step.visit
		v.FeedID, v.At = f.ID, six().Add(time.Duration(i)*time.Hour)
		_, err := w.db.KeepVisit(w.ctx, v)
		w.ok(err)
		want.LastVisit = v.At
		step.want(&want, v.At)
		feeds, err := w.db.Feeds(w.ctx)
		w.ok(err)
		if d := cmp.Diff(want, feeds[0]); d != "" {
			t.Fatalf("after %q:\n%s", step.name, d)
		}
	}
	_, err := w.db.KeepVisit(w.ctx, digest.Visit{FeedID: "unknown", At: six(), Articles: []digest.Article{article("ore", "two", six())}})
	w.want(err, digest.ErrNotFound)
}

func articleVersions(t *testing.T, url string) {
	w := open(t, url)
	feeds := w.feeds("ore", "aggregator")
	a := article("ore", "one", six().Add(-time.Hour))
	a.Highlights = []string{"First point.", "Second point."}
	get := func() digest.Article {
		all, err := w.db.Articles(w.ctx, a.ID)
		w.ok(err)
		if len(all) != 1 {
			t.Fatalf("%d articles of one id", len(all))
		}
		return all[0]
	}
	fresh := func(want int, got []string) {
		t.Helper()
		if len(got) != want {
			t.Errorf("%d articles were fresh, want %d", len(got), want)
		}
	}
	fresh(1, w.visit(feeds[0], six(), a))
	want := a
	want.FeedID, want.FirstSeen, want.Version = feeds[0].ID, six(), 1
	if d := cmp.Diff(want, get()); d != "" {
		t.Error(d)
	}
	fresh(0, w.visit(feeds[0], six().Add(time.Hour), a))

	// Its own feed changes the words, and dates it anew: a version, not a new article.
	b := a
	b.Title, b.Published = "Better title", six().Add(time.Hour)
	fresh(1, w.visit(feeds[0], six().Add(2*time.Hour), b))
	want.Title, want.Version = b.Title, 2
	if d := cmp.Diff(want, get()); d != "" {
		t.Error(d)
	}

	// Another feed's words for the same address change nothing, however often they come.
	c := a
	c.Title = "Better title - Ore"
	fresh(0, w.visit(feeds[1], six().Add(3*time.Hour), c))
	// Nor do two wordings within one answer.
	fresh(0, w.visit(feeds[0], six().Add(4*time.Hour), c, b))
	if d := cmp.Diff(want, get()); d != "" {
		t.Error(d)
	}
	// A date that was missing may be filled in.
	u := article("ore", "undated", time.Time{})
	fresh(1, w.visit(feeds[0], six(), u))
	u.Title, u.Published = "Now with a date", six().Add(-48*time.Hour)
	fresh(1, w.visit(feeds[0], six().Add(time.Hour), u))
	all, err := w.db.Articles(w.ctx, u.ID, "unknown", a.ID)
	w.ok(err)
	if len(all) != 2 || all[0].ID != u.ID || !all[0].Published.Equal(u.Published) {
		t.Errorf("articles are %+v", all)
	}
}

// articleText: no text that an outlet may send spoils a visit.
func articleText(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	a := article("ore", "one", six())
	a.Title, a.Summary = "NUL \x00 and broken \xc3\x28", "稀土 🧲 '); DROP TABLE article; --"
	a.Highlights = []string{"a \x00 b"}
	w.visit(f, six(), a)
	if fresh := w.visit(f, six().Add(time.Hour), a); len(fresh) != 0 {
		t.Error("the same text is a new version")
	}
	all, err := w.db.Articles(w.ctx, a.ID)
	w.ok(err)
	if all[0].Title != "NUL  and broken \uFFFD(" || all[0].Summary != a.Summary {
		t.Errorf("kept %q and %q", all[0].Title, all[0].Summary)
	}
}

func judgedAnew(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	a, b := article("ore", "one", six()), article("ore", "two", six())
	w.visit(f, six(), a, b)
	unjudged := func(ruler string, since time.Time) int {
		all, err := w.db.Unjudged(w.ctx, ruler, since)
		w.ok(err)
		return len(all)
	}
	check := func(step string, ruler string, want int) {
		t.Helper()
		if got := unjudged(ruler, six()); got != want {
			t.Errorf("%s: %d articles to judge by %s, want %d", step, got, ruler, want)
		}
	}
	check("at first", "ruler-1", 2)
	if n := unjudged("ruler-1", six().Add(time.Millisecond)); n != 0 {
		t.Errorf("%d articles seen later", n)
	}
	w.judge(a, true)
	w.judge(a, true)
	w.judge(b, false)
	check("judged", "ruler-1", 0)
	check("a new ruler", "ruler-2", 2)
	w.ok(w.db.KeepJudgements(w.ctx, []digest.Judgement{judgement(a, 1, "ruler-2", false), judgement(b, 1, "ruler-2", false)}))
	check("judged by the new", "ruler-2", 0)
	got, err := w.db.Judgement(w.ctx, a.ID)
	w.ok(err)
	if d := cmp.Diff(judgement(a, 1, "ruler-2", false), got); d != "" {
		t.Error(d)
	}
	// Back to the old ruler: its old judgement is not the newest, so it judges again.
	check("back to the old", "ruler-1", 2)
	w.judge(a, true)
	check("one is judged", "ruler-1", 1)
	got, err = w.db.Judgement(w.ctx, a.ID)
	w.ok(err)
	if !got.Relevant || len(got.Reasons) != 1 {
		t.Errorf("the newest judgement is %+v", got)
	}
	// New words are judged anew.
	a.Title = "Other words"
	w.visit(f, six().Add(time.Hour), a)
	check("a new version", "ruler-1", 2)
	_, err = w.db.Judgement(w.ctx, "unknown")
	w.want(err, digest.ErrNotFound)
}

func placedOnce(t *testing.T, url string) {
	w := open(t, url)
	f := w.feeds("ore")[0]
	late, early := article("ore", "late", six().Add(-time.Hour)), article("ore", "early", six().Add(-2*time.Hour))
	off := article("ore", "off-topic", six())
	w.visit(f, six(), late, early, off)
	w.judge(late, true)
	w.judge(early, true)
	w.judge(off, false)
	ids := func() (s []string) {
		all, err := w.db.Unplaced(w.ctx, six())
		w.ok(err)
		for _, a := range all {
			s = append(s, a.ID)
		}
		return s
	}
	if d := cmp.Diff([]string{early.ID, late.ID}, ids()); d != "" {
		t.Error(d)
	}
	w.place(early, digest.RelationFirst, digest.Article{})
	w.place(late, digest.RelationCopy, early)
	if left := ids(); len(left) != 0 {
		t.Errorf("still to place: %v", left)
	}
	w.place(late, digest.RelationFirst, digest.Article{}) // the first place stays
	placed, err := w.db.Placed(w.ctx, six().Add(-2*time.Hour))
	w.ok(err)
	if len(placed) != 2 || placed[0].ID != early.ID {
		t.Fatalf("placed: %+v", placed)
	}
	want := digest.Place{ArticleID: late.ID, StoryID: early.ID, Relation: digest.RelationCopy, Nearest: early.ID, Score: 0.5, At: six()}
	if d := cmp.Diff(want, placed[1].Place); d != "" {
		t.Error(d)
	}
	if placed, err = w.db.Placed(w.ctx, six().Add(-time.Hour)); err != nil || len(placed) != 1 {
		t.Errorf("dated since an hour: %d, %v", len(placed), err)
	}
}
