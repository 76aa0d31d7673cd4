package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"reedaily/digest"
)

func askBudgets(t *testing.T, url string) {
	w := open(t, url)
	const victim = "victim@example.com"
	sent := 0
	// A flood for two days.
	for at := six(); at.Before(six().Add(48 * time.Hour)); at = at.Add(9 * time.Minute) {
		if w.ask(victim, at) {
			sent++
		}
	}
	if sent != 3 {
		t.Errorf("a flood of forms caused %d letters, want 3", sent)
	}
	nonce := w.subscriber(victim).Nonce
	if w.ask(victim, six().Add(29*24*time.Hour)) || w.subscriber(victim).Nonce != nonce {
		t.Error("over the budget the form still did something")
	}
	// The oldest letters leave the window, one by one.
	for i, want := range []bool{true, false} {
		if got := w.ask(victim, six().Add(30*24*time.Hour+time.Duration(i)*time.Second)); got != want {
			t.Errorf("asking %d after 30 days queued %v", i, got)
		}
	}
	if w.ask(victim, six().Add(30*24*time.Hour+9*time.Minute)) {
		t.Error("a second letter within the gap")
	}
	// Leaving can be done by whoever was forwarded a letter: it opens nothing.
	late := six().Add(30*24*time.Hour + time.Minute)
	w.leave(w.subscriber(victim), late)
	if w.ask(victim, late.Add(time.Minute)) {
		t.Error("leaving renewed the budget")
	}
	// Confirming takes the mailbox.
	const owner = "owner@example.com"
	for i := range 3 {
		w.ask(owner, six().Add(time.Duration(i)*time.Hour))
	}
	_, err := w.db.Confirm(w.ctx, handle(w, w.subscriber(owner).Nonce), digest.Consent{At: six().Add(3 * time.Hour)})
	w.ok(err)
	w.leave(w.subscriber(owner), six().Add(3*time.Hour))
	if !w.ask(owner, six().Add(3*time.Hour+time.Minute)) {
		t.Error("after confirming and leaving the owner cannot come back")
	}

	hourlyBudget(w)
}

// hourlyBudget is that of all addresses: what is over it waits.
func hourlyBudget(w *world) {
	t := w.T
	b := digest.DefaultAskBudget()
	b.Hourly = 2
	now := six().Add(100 * 24 * time.Hour)
	for i, want := range []bool{true, true, false} {
		if got := w.askWithin(fmt.Sprintf("hourly%d@example.com", i), now, b); got != want {
			t.Errorf("asking %d of the hour queued %v", i, got)
		}
	}
	forms, err := w.db.Signups(w.ctx, 0)
	w.ok(err)
	if len(forms) != 1 || forms[0].Email != "hourly2@example.com" {
		t.Fatalf("waiting forms: %+v", forms)
	}
	_, err = w.db.Subscriber(w.ctx, "hourly2@example.com")
	w.want(err, digest.ErrNotFound)
	queued, err := w.db.Ask(w.ctx, forms[0], b, now.Add(time.Hour))
	w.ok(err)
	if !queued {
		t.Error("an hour later the form still waits")
	}
}

func askTwice(t *testing.T, url string) {
	w := open(t, url)
	w.ok(w.db.KeepSignup(w.ctx, digest.Signup{Email: "a@example.com", At: six()}))
	w.ok(w.db.KeepSignup(w.ctx, digest.Signup{Email: "b@example.com", At: six()}))
	one, err := w.db.Signups(w.ctx, 1)
	w.ok(err)
	if len(one) != 1 || one[0].Email != "a@example.com" || !one[0].At.Equal(six()) {
		t.Fatalf("the first form is %+v", one)
	}
	for i, want := range []bool{true, false} {
		if got, err := w.db.Ask(w.ctx, one[0], digest.DefaultAskBudget(), six()); got != want || err != nil {
			t.Errorf("taking %d of one form: %v, %v", i+1, got, err)
		}
	}
	// Asking anew replaces the letter that was not sent yet.
	first := w.subscriber("a@example.com")
	if !w.ask("A@example.com", six().Add(time.Hour)) {
		t.Fatal("an hour later nothing was queued")
	}
	second := w.subscriber("a@example.com")
	if l := w.letter(first.Nonce, first.ID); l.State != digest.DeliverySkipped || l.Reason != digest.SkipConfirmed {
		t.Errorf("the replaced letter is %s: %s", l.State, l.Reason)
	}
	if l := w.letter(second.Nonce, second.ID); l.State != digest.DeliveryQueued {
		t.Errorf("the new letter is %s", l.State)
	}
	if _, err := w.db.Confirm(w.ctx, handle(w, first.Nonce), digest.Consent{At: six()}); !errors.Is(err, digest.ErrNotFound) {
		t.Errorf("the replaced nonce: %v", err)
	}
}
