package storetest

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

func oneBuilder(t *testing.T, url string) {
	w, other := open(t, url), open(t, url)
	want := digest.EditionRow{Key: day(0), ScheduledAt: six(), Deadline: six().Add(12 * time.Hour)}
	begin := func(w *world, builder string, lease time.Duration) (digest.EditionRow, bool) {
		t.Helper()
		row, mine, err := w.db.BeginEdition(w.ctx, want, builder, lease, six())
		w.ok(err)
		return row, mine
	}
	var winners atomic.Int32
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			from := []*world{w, other}[i%2]
			_, mine, err := from.db.BeginEdition(from.ctx, want, string(rune('a'+i)), time.Hour, six())
			if err != nil {
				t.Error(err)
			}
			if mine {
				winners.Add(1)
			}
		})
	}
	wg.Wait()
	if winners.Load() != 1 {
		t.Fatalf("%d builders of one edition", winners.Load())
	}

	row, mine := begin(other, "stranger", time.Hour)
	if mine || row.State != digest.EditionBuilding || !row.Deadline.Equal(want.Deadline) || !row.ScheduledAt.Equal(six()) {
		t.Errorf("a stranger got %+v, %v", row, mine)
	}
	// The holder of the builder's lock takes it at once.
	if _, mine, err := w.db.TakeEdition(w.ctx, day(0), "me", time.Hour, six()); !mine || err != nil {
		t.Errorf("taking it: %v, %v", mine, err)
	}
	if _, mine := begin(w, "me", 0); !mine {
		t.Error("its own builder may not go on")
	}
	// That lease ran out at once.
	time.Sleep(2 * time.Millisecond)
	if _, mine := begin(other, "stranger", time.Hour); !mine {
		t.Error("an abandoned edition was not taken over")
	}
	w.ok(w.db.Freeze(w.ctx, finished(row), views()))
	if row, mine := begin(w, "stranger", time.Hour); mine || row.State != digest.EditionFrozen {
		t.Errorf("a frozen edition was begun again: %+v", row)
	}
	if _, mine, err := w.db.TakeEdition(w.ctx, day(0), "me", time.Hour, six()); mine || err != nil {
		t.Errorf("a frozen edition was taken: %v, %v", mine, err)
	}
	_, _, err := w.db.TakeEdition(w.ctx, day(5), "me", time.Hour, six())
	w.want(err, digest.ErrNotFound)
}

// keptAfterACutoff: a visit that began before another process ended its
// collecting, and is kept after that, is not lost between two editions.
func keptAfterACutoff(t *testing.T, url string) {
	w := open(t, url)
	ore := w.feeds("ore")[0]
	seen := func(a digest.Article) time.Time {
		t.Helper()
		kept, err := w.db.Articles(w.ctx, a.ID)
		w.ok(err)
		return kept[0].FirstSeen
	}
	early, late, next := article("ore", "early", six()), article("ore", "late", six()), article("ore", "next", six())
	w.begin(0)
	w.visit(ore, six(), early)
	cutoff, err := w.db.KeepCutoff(w.ctx, day(0), six().Add(time.Minute))
	w.ok(err)
	if got := seen(early); !got.Equal(six()) || !cutoff.Equal(six().Add(time.Minute)) {
		t.Errorf("kept before the cutoff %s, it counts as seen at %s", cutoff, got)
	}
	_, err = w.db.KeepVisit(w.ctx, digest.Visit{FeedID: ore.ID, At: six(), Status: 200, Articles: []digest.Article{late}, Notes: []string{"behind the cutoff"}})
	w.ok(err)
	if life, err := w.db.Lives(w.ctx, digest.CadenceDaily, late.ID); err != nil || len(life) != 1 || !slices.Equal(life[0].Notes, []string{"behind the cutoff"}) {
		t.Errorf("what its visit noted: %+v, %v", life, err)
	}
	if got := seen(late); !got.After(cutoff) {
		t.Errorf("kept after the cutoff %s, it counts as seen at %s", cutoff, got)
	}
	w.begin(1)
	// A clock that was set back does not lose it either.
	again, err := w.db.KeepCutoff(w.ctx, day(1), six())
	w.ok(err)
	if seen(late).After(again) {
		t.Errorf("the next cutoff is %s, before %s", again, seen(late))
	}
	w.visit(ore, six(), next)
	if got := seen(next); !got.After(again) {
		t.Errorf("kept after the second cutoff %s, it counts as seen at %s", again, got)
	}
}

func frozenForEver(t *testing.T, url string) {
	w := open(t, url)
	a := article("ore", "one", six())
	row := finished(w.begin(0), a)
	row.Edition.Stories[0].Highlights = []digest.Highlight{{Text: "Word for word. 稀土", Source: "Ore", ArticleID: a.ID}}
	_, err := w.db.View(w.ctx, day(0), "mail")
	w.want(err, digest.ErrNotFound)

	incomplete := row
	incomplete.Cutoff = time.Time{}
	if err := w.db.Freeze(w.ctx, incomplete, views()); err == nil {
		t.Error("an edition without cutoff was frozen")
	}
	w.ok(w.db.Freeze(w.ctx, row, views()))
	w.ok(w.db.Freeze(w.ctx, row, views())) // the same again
	got, err := w.db.Edition(w.ctx, day(0))
	w.ok(err)
	want := row
	want.State, want.Letters = digest.EditionFrozen, digest.Tally{}
	want.SHA256, err = row.Edition.Hash()
	w.ok(err)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	again, err := got.Edition.Hash()
	w.ok(err)
	if again != got.SHA256 {
		t.Error("what was read back has another hash")
	}
	other := row
	other.Edition.Subject = "Another subject"
	w.want(w.db.Freeze(w.ctx, other, views()), digest.ErrFrozen)
	w.want(w.db.SkipEdition(w.ctx, day(0), digest.SkipQuiet, six(), six()), digest.ErrFrozen)
	v, err := w.db.View(w.ctx, day(0), "mail")
	w.ok(err)
	if d := cmp.Diff(views()[0], v); d != "" {
		t.Error(d)
	}
	w.want(w.db.Freeze(w.ctx, finished(digest.EditionRow{Key: day(7), ScheduledAt: six()}), nil), digest.ErrNotFound)
}

func toldOnce(t *testing.T, url string) {
	w := open(t, url)
	a, b := article("ore", "one", six()), article("ore", "two", six())
	w.freeze(0, a)
	row := finished(w.begin(1), b, a)
	w.want(w.db.Freeze(w.ctx, row, views()), digest.ErrFrozen)
	got, err := w.db.Edition(w.ctx, day(1))
	w.ok(err)
	if got.State != digest.EditionBuilding {
		t.Errorf("a refused edition is %s", got.State)
	}
	w.ok(w.db.Freeze(w.ctx, finished(row, b), views())) // nothing of the refused one was kept
}

func skippedEditions(t *testing.T, url string) {
	w := open(t, url)
	cutoff := func(want time.Time) {
		t.Helper()
		got, err := w.db.LastCutoff(w.ctx, digest.CadenceDaily)
		w.ok(err)
		if !got.Equal(want) {
			t.Errorf("the last cutoff is %v, want %v", got, want)
		}
	}
	cutoff(time.Time{})
	w.begin(0)
	cutoff(time.Time{})
	w.ok(w.db.SkipEdition(w.ctx, day(0), digest.SkipQuiet, six(), six()))
	cutoff(six())
	// What a missed edition did not tell falls to the next.
	w.begin(1)
	w.ok(w.db.SkipEdition(w.ctx, day(1), digest.SkipMissed, six().AddDate(0, 0, 1), six()))
	cutoff(six())
	w.ok(w.db.SkipEdition(w.ctx, day(1), digest.SkipQuiet, six().AddDate(0, 0, 1), six()))
	row, err := w.db.Edition(w.ctx, day(1))
	w.ok(err)
	if row.State != digest.EditionSkipped || row.Reason != digest.SkipMissed {
		t.Errorf("skipped twice it is %s: %s", row.State, row.Reason)
	}
	w.freeze(2)
	cutoff(six().AddDate(0, 0, 2))
	w.want(w.db.SkipEdition(w.ctx, day(9), digest.SkipQuiet, six(), six()), digest.ErrNotFound)
	w.want(w.db.Freeze(w.ctx, finished(row), views()), digest.ErrFrozen)
	if n, err := w.db.QueueEdition(w.ctx, day(0), six()); n != 0 || err != nil {
		t.Errorf("a skipped edition queued %d letters, %v", n, err)
	}
	if _, err := w.db.QueueEdition(w.ctx, day(9), six()); !errors.Is(err, digest.ErrNotFound) {
		t.Errorf("an unknown edition: %v", err)
	}
	got, err := w.db.LastCutoff(w.ctx, "weekly")
	if err != nil || !got.IsZero() {
		t.Errorf("another cadence: %v, %v", got, err)
	}
}

func editionLife(t *testing.T, url string) {
	w := open(t, url)
	w.reader("reader@example.com")
	w.begin(0)
	if _, err := w.db.QueueEdition(w.ctx, day(0), six()); err == nil {
		t.Error("an edition that is not frozen was queued")
	}
	w.ok(w.db.Freeze(w.ctx, finished(w.begin(0)), views()))
	w.begin(1)
	w.ok(w.db.SkipEdition(w.ctx, day(1), digest.SkipQuiet, six(), six()))
	w.begin(2)
	states := func() (s []string) {
		all, err := w.db.Editions(w.ctx, digest.CadenceDaily, 0)
		w.ok(err)
		for _, e := range all {
			s = append(s, string(e.State))
		}
		return s
	}
	step := func(want ...string) {
		t.Helper()
		if d := cmp.Diff(want, states()); d != "" {
			t.Error(d)
		}
	}
	step("building", "skipped", "frozen")
	n, err := w.db.QueueEdition(w.ctx, day(0), six())
	w.ok(err)
	if n != 1 {
		t.Errorf("%d letters queued", n)
	}
	step("building", "skipped", "sending")
	w.ok(w.db.CloseEditions(w.ctx, six()))
	step("building", "skipped", "sending")
	d := w.claim(six().Add(time.Minute), 10)[0]
	w.ok(w.db.Mark(w.ctx, d, "sha", time.Hour, six()))
	w.ok(w.db.Finish(w.ctx, d, digest.Outcome{State: digest.DeliverySubmitted, Code: 250}, six()))
	for range 2 {
		w.ok(w.db.CloseEditions(w.ctx, six()))
		step("building", "skipped", "done")
	}
	if n, err := w.db.QueueEdition(w.ctx, day(0), six()); n != 0 || err != nil {
		t.Errorf("a done edition queued %d letters, %v", n, err)
	}
	row, err := w.db.Edition(w.ctx, day(0))
	w.ok(err)
	if d := cmp.Diff(digest.Tally{digest.DeliverySubmitted: 1}, row.Letters); d != "" || row.Open != 0 {
		t.Error(d, row.Open)
	}
	opened, err := w.db.OpenEditions(w.ctx)
	w.ok(err)
	if len(opened) != 1 || opened[0].Key != day(2) {
		t.Errorf("open editions: %+v", opened)
	}
	newest, err := w.db.Editions(w.ctx, digest.CadenceDaily, 1)
	w.ok(err)
	if len(newest) != 1 || newest[0].Key != day(2) {
		t.Errorf("the newest edition is %+v", newest)
	}
}
