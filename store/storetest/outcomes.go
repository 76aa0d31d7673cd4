package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"reedaily/digest"
)

// one queues one letter of one reader and hands it to a worker.
func (w *world) one() (digest.EditionRow, digest.Delivery) {
	w.Helper()
	w.reader("one@example.com")
	row := w.queue(0)
	claimed := w.claim(six().Add(time.Minute), 1)
	if len(claimed) != 1 {
		w.Fatalf("claimed %d letters", len(claimed))
	}
	return row, claimed[0]
}

func outcomes(t *testing.T, url string) {
	w := open(t, url)
	for _, e := range addresses(6) {
		w.reader(e)
	}
	row := w.queue(0)
	claimed := w.claim(six().Add(time.Minute), 6)
	now := six().Add(2 * time.Minute)
	for i, c := range settlements(now, row.Deadline) {
		d := claimed[i]
		if c.mark {
			w.ok(w.db.Mark(w.ctx, d, "sha", time.Hour, now))
		}
		w.ok(w.db.Finish(w.ctx, d, c.give, now))
		want := c.want
		want.ID, want.Kind, want.Ref, want.Reader, want.Email = d.ID, d.Kind, d.Ref, d.Reader, d.Email
		want.Deadline, want.KeyID, want.DatedAt = d.Deadline, d.KeyID, d.DatedAt
		if want.NextAt.IsZero() {
			want.NextAt = d.NextAt
		}
		if diff := cmp.Diff(want, w.letter(d.Ref, d.Reader), cmpopts.IgnoreFields(digest.Delivery{}, "Lease")); diff != "" {
			t.Errorf("after %+v:\n%s", c.give, diff)
		}
	}
	got, err := w.db.Edition(w.ctx, row.Key)
	w.ok(err)
	want := digest.Tally{digest.DeliverySubmitted: 1, digest.DeliveryRefused: 1, digest.DeliverySkipped: 1, digest.DeliveryQueued: 2, digest.DeliveryUncertain: 1}
	if d := cmp.Diff(want, got.Letters); d != "" || got.Open != 3 {
		t.Error(d, got.Open)
	}
	next, ok, err := w.db.NextDue(w.ctx, now)
	w.ok(err)
	if !ok || !next.Equal(now.Add(5*time.Minute)) {
		t.Errorf("next due %v, %v", next, ok)
	}
}

// settlement is an outcome of a letter and the row that it leaves.
type settlement struct {
	mark bool
	give digest.Outcome
	want digest.Delivery
}

// settlements are one of each kind, for letters that are settled at now.
func settlements(now, deadline time.Time) []settlement {
	return []settlement{
		{
			true,
			digest.Outcome{State: digest.DeliverySubmitted, Code: 250, Enhanced: "2.0.0", Reply: "queued as 42\x00\xff"},
			digest.Delivery{State: digest.DeliverySubmitted, Attempts: 1, Code: 250, Enhanced: "2.0.0", Reply: "queued as 42\uFFFD", DoneAt: now, SHA256: "sha"},
		},
		{
			false,
			digest.Outcome{State: digest.DeliveryRefused, Code: 550, Enhanced: "5.1.1", Reply: "no such user"},
			digest.Delivery{State: digest.DeliveryRefused, Code: 550, Enhanced: "5.1.1", Reply: "no such user", DoneAt: now},
		},
		{
			false,
			digest.Outcome{State: digest.DeliverySkipped, Reason: digest.SkipSuppressed},
			digest.Delivery{State: digest.DeliverySkipped, Reason: digest.SkipSuppressed, DoneAt: now},
		},
		{
			false,
			digest.Outcome{State: digest.DeliveryQueued, Code: 451, Reply: "greylisted", RetryAt: now.Add(5 * time.Minute)},
			digest.Delivery{State: digest.DeliveryQueued, Code: 451, Reply: "greylisted", NextAt: now.Add(5 * time.Minute)},
		},
		{
			true,
			digest.Outcome{State: digest.DeliveryQueued, Code: 452, RetryAt: now.Add(48 * time.Hour)},
			digest.Delivery{State: digest.DeliveryQueued, Attempts: 1, Code: 452, NextAt: deadline, SHA256: "sha"},
		},
		{
			true,
			digest.Outcome{State: digest.DeliveryUncertain, Reason: "network"},
			digest.Delivery{State: digest.DeliveryUncertain, Attempts: 1, Ambiguous: 1, Reason: "network", NextAt: now.Add(15 * time.Minute), SHA256: "sha"},
		},
	}
}

func fencing(t *testing.T, url string) {
	w := open(t, url)
	_, d := w.one()
	now := six().Add(2 * time.Minute)
	stranger := d
	stranger.Lease = digest.NewHandle().String()
	submitted := digest.Outcome{State: digest.DeliverySubmitted, Code: 250}
	w.want(w.db.Mark(w.ctx, stranger, "sha", time.Hour, now), digest.ErrFenced)
	w.want(w.db.Finish(w.ctx, stranger, submitted, now), digest.ErrFenced)
	stranger.Lease = ""
	w.want(w.db.Mark(w.ctx, stranger, "sha", time.Hour, now), digest.ErrFenced)
	w.want(w.db.Finish(w.ctx, stranger, submitted, now), digest.ErrFenced)

	// A new owner: the old one changes nothing any more.
	w.ok(w.db.Finish(w.ctx, d, digest.Outcome{State: digest.DeliveryQueued, RetryAt: now}, now))
	fresh := w.claimFor(now, 1, 0)
	if len(fresh) != 1 || fresh[0].Lease == d.Lease {
		t.Fatalf("claimed again: %+v", fresh)
	}
	w.want(w.db.Finish(w.ctx, d, submitted, now), digest.ErrFenced)
	// A lease that ran out lets no dot go, even before the sweep.
	w.want(w.db.Mark(w.ctx, fresh[0], "sha", time.Hour, now), digest.ErrFenced)
	swept, err := w.db.Sweep(w.ctx, "boot-1", false, now)
	w.ok(err)
	if swept != (digest.Swept{Requeued: 1}) {
		t.Errorf("swept %+v", swept)
	}
	w.want(w.db.Finish(w.ctx, fresh[0], submitted, now), digest.ErrFenced)
	if got := w.letter(d.Ref, d.Reader); got.State != digest.DeliveryQueued || got.Attempts != 0 || got.Lease != "" {
		t.Errorf("the letter is %+v", got)
	}
	// An outcome twice.
	last := w.claim(now, 1)[0]
	w.ok(w.db.Mark(w.ctx, last, "sha", time.Hour, now))
	w.ok(w.db.Finish(w.ctx, last, submitted, now))
	w.want(w.db.Finish(w.ctx, last, digest.Outcome{State: digest.DeliveryRefused}, now), digest.ErrFenced)
}

// uncertainPolicy: sent once more after at least 15 minutes, then taken for sent.
func uncertainPolicy(t *testing.T, url string) {
	w := open(t, url)
	_, d := w.one()
	now := six().Add(2 * time.Minute)
	sweep := func(at time.Time, want int) {
		t.Helper()
		swept, err := w.db.Sweep(w.ctx, "boot-1", false, at)
		w.ok(err)
		if swept.Requeued != want {
			t.Errorf("at %v the sweep queued %d, want %d", at, swept.Requeued, want)
		}
	}
	lost := digest.Outcome{State: digest.DeliveryUncertain, Reason: "network"}
	w.ok(w.db.Mark(w.ctx, d, "sha", time.Hour, now))
	w.ok(w.db.Finish(w.ctx, d, lost, now))
	w.ok(w.db.Finish(w.ctx, d, lost, now)) // said twice, counted once
	sweep(now.Add(15*time.Minute-time.Millisecond), 0)
	if next, ok, err := w.db.NextDue(w.ctx, now); err != nil || !ok || !next.Equal(now.Add(15*time.Minute)) {
		t.Errorf("next due %v, %v, %v", next, ok, err)
	}
	if early := w.claim(now.Add(time.Hour), 1); len(early) != 0 {
		t.Error("an uncertain letter was claimed")
	}
	now = now.Add(15 * time.Minute)
	sweep(now, 1)
	sweep(now, 0)
	second := w.claim(now, 1)[0]
	if second.KeyID != d.KeyID || !second.DatedAt.Equal(d.DatedAt) || second.Ambiguous != 1 {
		t.Errorf("the second attempt is %+v", second)
	}
	w.ok(w.db.Mark(w.ctx, second, "sha", time.Hour, now))
	w.ok(w.db.Finish(w.ctx, second, lost, now))
	sweep(now.Add(time.Hour), 0)
	got := w.letter(d.Ref, d.Reader)
	if got.State != digest.DeliveryUncertain || got.Ambiguous != 2 || got.Attempts != 2 || !got.DoneAt.Equal(now) {
		t.Errorf("in the end the letter is %+v", got)
	}
	if _, ok, err := w.db.NextDue(w.ctx, now); ok || err != nil {
		t.Errorf("something is still due: %v", err)
	}
}

func lateAnswer(t *testing.T, url string) {
	w := open(t, url)
	row, d := w.one()
	now := six().Add(2 * time.Minute)
	w.ok(w.db.Mark(w.ctx, d, "sha", 0, now))
	if swept, err := w.db.Sweep(w.ctx, "boot-1", false, now); swept.Uncertain != 1 || err != nil {
		t.Fatalf("swept %+v, %v", swept, err)
	}
	// The worker was only slow: its answer still counts, also after all was closed.
	if _, err := w.db.Sweep(w.ctx, "boot-1", false, row.Deadline); err != nil {
		t.Fatal(err)
	}
	w.ok(w.db.CloseEditions(w.ctx, row.Deadline))
	if got, err := w.db.Edition(w.ctx, row.Key); err != nil || got.State != digest.EditionDone || got.Letters[digest.DeliveryUncertain] != 1 {
		t.Fatalf("closed it is %s with %v, %v", got.State, got.Letters, err)
	}
	w.ok(w.db.Finish(w.ctx, d, digest.Outcome{State: digest.DeliverySubmitted, Code: 250}, row.Deadline))
	got, err := w.db.Edition(w.ctx, row.Key)
	w.ok(err)
	if diff := cmp.Diff(digest.Tally{digest.DeliverySubmitted: 1}, got.Letters); diff != "" {
		t.Error(diff)
	}
}

func crashSweep(t *testing.T, url string) {
	w := open(t, url)
	for _, e := range addresses(4) {
		w.reader(e)
	}
	row := w.queue(0)
	now := six().Add(2 * time.Minute)
	claimed := w.claim(now, 3)
	w.ok(w.db.Mark(w.ctx, claimed[1], "sha", time.Hour, now))
	w.ok(w.db.Mark(w.ctx, claimed[2], "sha", time.Hour, now))
	w.leave(digest.Subscriber{ID: claimed[2].Reader}, now)

	// Leases are young: a second process leaves them alone.
	if swept, err := w.db.Sweep(w.ctx, "boot-2", false, now); swept != (digest.Swept{}) || err != nil {
		t.Errorf("swept %+v, %v", swept, err)
	}
	// The one sender starts: all of them are leftovers.
	swept, err := w.db.Sweep(w.ctx, "boot-2", true, now)
	w.ok(err)
	if swept != (digest.Swept{Requeued: 1, Uncertain: 2}) {
		t.Errorf("the first sweep took %+v", swept)
	}
	if swept, err := w.db.Sweep(w.ctx, "boot-2", true, now); swept != (digest.Swept{}) || err != nil {
		t.Errorf("swept %+v, %v", swept, err)
	}
	got := w.letter(row.Key.Ref(), claimed[1].Reader)
	if got.State != digest.DeliveryUncertain || got.Reason != "host-restart" || !got.NextAt.Equal(now.Add(15*time.Minute)) {
		t.Errorf("the letter in flight is %+v", got)
	}
	// It is sent again; who left is not, and stays uncertain.
	now = now.Add(15 * time.Minute)
	swept, err = w.db.Sweep(w.ctx, "boot-2", false, now)
	w.ok(err)
	if swept.Requeued != 1 {
		t.Errorf("%d letters go out again", swept.Requeued)
	}
	if got := w.letter(row.Key.Ref(), claimed[2].Reader); got.State != digest.DeliveryUncertain || got.DoneAt.IsZero() {
		t.Errorf("the letter of who left is %+v", got)
	}
	again := w.claim(now, 10)
	if len(again) != 3 {
		t.Fatalf("%d letters claimed after the crash", len(again))
	}
	// The same run crashes with one of them in flight, for the second time.
	for _, d := range again {
		w.ok(w.db.Mark(w.ctx, d, "sha", time.Hour, now))
	}
	swept, err = w.db.Sweep(w.ctx, "boot-1", true, now)
	w.ok(err)
	got = w.letter(row.Key.Ref(), claimed[1].Reader)
	if swept.Uncertain != 3 || got.Reason != "crash" || got.Ambiguous != 2 || got.DoneAt.IsZero() {
		t.Errorf("%d are uncertain, the second time it is %+v", swept.Uncertain, got)
	}
}

func deadline(t *testing.T, url string) {
	w := open(t, url)
	for _, e := range addresses(4) {
		w.reader(e)
	}
	row := w.queue(0)
	w.ask("asker@example.com", six())
	asker := w.subscriber("asker@example.com")
	now := six().Add(time.Minute)
	w.ok(w.db.Finish(w.ctx, w.claim(now, 1)[0], digest.Outcome{State: digest.DeliveryQueued, RetryAt: now.Add(72 * time.Hour)}, now))
	claimed := w.claim(now, 2)
	w.ok(w.db.Mark(w.ctx, claimed[0], "sha", time.Hour, now))
	w.ok(w.db.Finish(w.ctx, claimed[0], digest.Outcome{State: digest.DeliveryUncertain}, now))
	w.ok(w.db.Finish(w.ctx, claimed[1], digest.Outcome{State: digest.DeliveryQueued, RetryAt: now.Add(72 * time.Hour)}, now))
	// Yesterday's news is not sent tomorrow: not by a claim …
	if late := w.claim(row.Deadline, 1); len(late) != 0 {
		t.Fatalf("claimed after its deadline: %+v", late)
	}
	// … and the rest ends at the sweep.
	_, err := w.db.Sweep(w.ctx, "boot-1", false, row.Deadline)
	w.ok(err)
	got, err := w.db.Edition(w.ctx, row.Key)
	w.ok(err)
	if d := cmp.Diff(digest.Tally{digest.DeliverySkipped: 3, digest.DeliveryUncertain: 1}, got.Letters); d != "" || got.Open != 0 {
		t.Error(d, got.Open)
	}
	if l := w.letter(asker.Nonce, asker.ID); l.State != digest.DeliveryQueued {
		t.Errorf("a confirmation in good time is %s", l.State)
	}
	next := w.queue(1) // nobody takes these up
	swept, err := w.db.Sweep(w.ctx, "boot-1", false, next.Deadline)
	w.ok(err)
	if swept != (digest.Swept{Expired: 4}) {
		t.Errorf("nobody took 4 letters up in time: %+v", swept)
	}
	_, err = w.db.Sweep(w.ctx, "boot-1", false, six().Add(digest.ConfirmLife))
	w.ok(err)
	if l := w.letter(asker.Nonce, asker.ID); l.State != digest.DeliverySkipped || l.Reason != digest.SkipExpired {
		t.Errorf("a confirmation past its time is %s: %s", l.State, l.Reason)
	}
}
