package storetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

func (w *world) claim(now time.Time, limit int) []digest.Delivery {
	w.Helper()
	return w.claimFor(now, limit, time.Hour)
}

// claimFor claims with a lease; one of 0 has run out at once.
func (w *world) claimFor(now time.Time, limit int, lease time.Duration) []digest.Delivery {
	w.Helper()
	all, err := w.db.Claim(w.ctx, digest.Claim{Now: now, Max: limit, Lease: lease, Boot: "boot-1", KeyID: 3})
	w.ok(err)
	return all
}

func whoGetsLetters(t *testing.T, url string) {
	w := open(t, url)
	in := w.reader("in@example.com")
	left := w.reader("left@example.com")
	w.leave(left, six())
	w.ask("pending@example.com", six())
	// A morning of the past may be played for the readers of today.
	_, err := w.db.AddSubscriber(w.ctx, "new@example.com", digest.Consent{At: six().Add(24 * time.Hour)})
	w.ok(err)
	row := w.freeze(0)
	for i, want := range []int{2, 0} {
		n, err := w.db.QueueEdition(w.ctx, row.Key, six().Add(time.Minute))
		w.ok(err)
		if n != want {
			t.Errorf("queueing %d made %d letters, want %d", i+1, n, want)
		}
	}
	late, err := w.db.AddSubscriber(w.ctx, "late@example.com", digest.Consent{At: six().Add(2 * time.Minute)})
	w.ok(err)
	if n, err := w.db.QueueEdition(w.ctx, row.Key, six().Add(3*time.Minute)); err != nil || n != 0 {
		t.Errorf("once all are queued, %s got a letter, too: %d, %v", late.Email, n, err)
	}
	got := map[string]bool{}
	all, err := w.db.Deliveries(w.ctx, digest.DeliveryQueued, 0)
	w.ok(err)
	for _, d := range all {
		if d.Kind == digest.KindDigest {
			got[d.Email] = true
		}
	}
	if d := cmp.Diff(map[string]bool{"in@example.com": true, "new@example.com": true}, got); d != "" {
		t.Error(d)
	}
	l := w.letter(row.Key.Ref(), in.ID)
	if !l.NextAt.Equal(six().Add(time.Minute)) || !l.Deadline.Equal(row.Deadline) {
		t.Errorf("the letter is %+v", l)
	}
	if all, err := w.db.Deliveries(w.ctx, "", 1); err != nil || len(all) != 1 {
		t.Errorf("limited to one: %d, %v", len(all), err)
	}
}

func claimOrder(t *testing.T, url string) {
	w := open(t, url)
	for _, e := range addresses(3) {
		w.reader(e)
	}
	w.queue(0)
	w.ask("asker@example.com", six().Add(time.Minute))
	now := six().Add(time.Minute)
	if early := w.claim(six(), 10); len(early) != 0 {
		t.Errorf("%d letters claimed before they were due", len(early))
	}
	got := w.claim(now, 2)
	if len(got) != 2 || got[0].Kind != digest.KindConfirmation || got[1].Kind != digest.KindDigest {
		t.Fatalf("claimed %+v", got)
	}
	for _, d := range got {
		if d.State != digest.DeliveryLeased || d.Lease == "" || d.KeyID != 3 || !d.DatedAt.Equal(now) || d.Email == "" || d.Attempts != 0 {
			t.Errorf("a claimed letter is %+v", d)
		}
	}
	// Key and date stay those of the first claim.
	w.ok(w.db.Finish(w.ctx, got[1], digest.Outcome{State: digest.DeliveryQueued, Code: 451, RetryAt: now.Add(time.Hour)}, now))
	rest := w.claim(now, 10)
	if len(rest) != 2 {
		t.Fatalf("then claimed %d letters", len(rest))
	}
	later, err := w.db.Claim(w.ctx, digest.Claim{Now: now.Add(time.Hour), Max: 10, Lease: time.Hour, KeyID: 4})
	w.ok(err)
	if len(later) != 1 || later[0].ID != got[1].ID || later[0].KeyID != 3 || !later[0].DatedAt.Equal(now) {
		t.Errorf("claimed again it is %+v", later)
	}
	if none := w.claim(now.Add(time.Hour), 0); len(none) != 0 {
		t.Errorf("a claim of none gave %d", len(none))
	}
}

// twoClaimers: each letter goes to one worker.
func twoClaimers(t *testing.T, url string) {
	w, other := open(t, url), open(t, url)
	const letters = 60
	for _, e := range addresses(letters) {
		w.reader(e)
	}
	w.queue(0)
	var mu sync.Mutex
	seen := map[int64]int{}
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			from := []*world{w, other}[i%2]
			for {
				got, err := from.db.Claim(from.ctx, digest.Claim{Now: six().Add(time.Hour), Max: 7, Lease: time.Hour})
				if err != nil {
					t.Error(err)
				}
				if len(got) == 0 {
					return
				}
				mu.Lock()
				for _, d := range got {
					seen[d.ID]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for id, n := range seen {
		if n > 1 {
			t.Errorf("letter %d was claimed %d times", id, n)
		}
	}
	if len(seen) != letters {
		t.Errorf("%d of %d letters were claimed", len(seen), letters)
	}
}

func markLooksAgain(t *testing.T, url string) {
	w := open(t, url)
	gone, late, here := w.reader("gone@example.com"), w.reader("late@example.com"), w.reader("here@example.com")
	row := w.queue(0)
	w.ask("asker@example.com", six())
	byReader := map[string]digest.Delivery{}
	now := six().Add(time.Minute)
	for _, d := range w.claim(now, 10) {
		byReader[d.Reader] = d
	}
	asker := w.subscriber("asker@example.com")
	skipped := func(reader digest.Subscriber, at time.Time, reason string) {
		t.Helper()
		d := byReader[reader.ID]
		for range 2 {
			err := w.db.Mark(w.ctx, d, "sha", time.Hour, at)
			var skip *digest.SkipError
			if !errors.As(err, &skip) || skip.Reason != reason {
				t.Errorf("marking gave %v, want skipped: %s", err, reason)
			}
		}
		if got := w.letter(d.Ref, reader.ID); got.State != digest.DeliverySkipped || got.Reason != reason || got.Attempts != 0 || got.DoneAt.IsZero() {
			t.Errorf("the letter is %+v", got)
		}
		w.want(w.db.Finish(w.ctx, d, digest.Outcome{State: digest.DeliverySubmitted}, at), digest.ErrFenced)
	}
	w.leave(gone, now)
	skipped(gone, now, digest.SkipUnsubscribed)
	skipped(late, row.Deadline, digest.SkipExpired)
	_, err := w.db.Confirm(w.ctx, handle(w, asker.Nonce), digest.Consent{At: now})
	w.ok(err)
	skipped(asker, now, digest.SkipConfirmed)

	d := byReader[here.ID]
	w.ok(w.db.Mark(w.ctx, d, "the-hash", time.Hour, now))
	got := w.letter(d.Ref, here.ID)
	if got.State != digest.DeliveryInflight || got.Attempts != 1 || got.SHA256 != "the-hash" {
		t.Errorf("a marked letter is %+v", got)
	}
	w.want(w.db.Mark(w.ctx, d, "the-hash", time.Hour, now), digest.ErrFenced)
	// Who leaves while the dot is on its way gets this one, and no other.
	w.leave(here, now)
	w.ok(w.db.Finish(w.ctx, d, digest.Outcome{State: digest.DeliverySubmitted, Code: 250}, now))
}
