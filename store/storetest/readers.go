package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

// ask fills in the form and takes it at once.
func (w *world) ask(email string, at time.Time) bool {
	w.Helper()
	return w.askWithin(email, at, digest.DefaultAskBudget())
}

func (w *world) askWithin(email string, at time.Time, b digest.AskBudget) bool {
	w.Helper()
	w.ok(w.db.KeepSignup(w.ctx, digest.Signup{Email: email, At: at, Client: "192.0.2.7", FormText: "Straight into your inbox"}))
	forms, err := w.db.Signups(w.ctx, 0)
	w.ok(err)
	queued, err := w.db.Ask(w.ctx, forms[len(forms)-1], b, at)
	w.ok(err)
	return queued
}

func (w *world) subscriber(email string) digest.Subscriber {
	w.Helper()
	s, err := w.db.Subscriber(w.ctx, email)
	w.ok(err)
	return s
}

func (w *world) ledger(s digest.Subscriber) (events []string) {
	w.Helper()
	all, err := w.db.Consents(w.ctx, s.ID)
	w.ok(err)
	for _, c := range all {
		events = append(events, string(c.Event))
	}
	return events
}

func readerLife(t *testing.T, url string) {
	w := open(t, url)
	const email = "Reader@example.com"
	_, err := w.db.Subscriber(w.ctx, email)
	w.want(err, digest.ErrNotFound)
	if !w.ask(email, six()) {
		t.Fatal("the first asking queued nothing")
	}
	if left, err := w.db.Signups(w.ctx, 0); err != nil || len(left) != 0 {
		t.Errorf("the form is still there: %v, %v", left, err)
	}
	asked := w.subscriber(email)
	want := digest.Subscriber{ID: asked.ID, Email: email, State: digest.ReaderPending, Nonce: asked.Nonce, CreatedAt: six(), ChangedAt: six()}
	if d := cmp.Diff(want, asked); d != "" {
		t.Error(d)
	}
	letter := w.letter(asked.Nonce, asked.ID)
	if letter.Kind != digest.KindConfirmation || letter.State != digest.DeliveryQueued || letter.Email != email ||
		!letter.Deadline.Equal(six().Add(digest.ConfirmLife)) {
		t.Errorf("the confirmation letter is %+v", letter)
	}

	_, err = w.db.Confirm(w.ctx, digest.NewHandle(), digest.Consent{At: six()})
	w.want(err, digest.ErrNotFound)
	at := six().Add(time.Minute)
	press := digest.Consent{At: at, Client: "192.0.2.8", How: "link", FormText: "Yes"}
	for i := range 2 { // pressing again shows the same
		got, err := w.db.Confirm(w.ctx, handle(w, asked.Nonce), press)
		w.ok(err)
		want.State, want.ConfirmedAt, want.ChangedAt = digest.ReaderConfirmed, at, at
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("press %d: %s", i+1, d)
		}
	}
	if l := w.letter(asked.Nonce, asked.ID); l.State != digest.DeliverySkipped || l.Reason != digest.SkipConfirmed {
		t.Errorf("after confirming, the open letter is %s: %s", l.State, l.Reason)
	}
	// A confirmed reader who fills in the form hears nothing and stays.
	if w.ask(email, six().Add(time.Hour)) {
		t.Error("a confirmed reader was sent a confirmation")
	}
	consents, err := w.db.Consents(w.ctx, asked.ID)
	w.ok(err)
	ledger := []digest.Consent{
		{Reader: asked.ID, Event: digest.ReaderAsks, At: six(), Client: "192.0.2.7", How: "form", FormText: "Straight into your inbox"},
		{Reader: asked.ID, Event: digest.ReaderConfirms, At: at, Client: "192.0.2.8", How: "link", FormText: "Yes"},
	}
	if d := cmp.Diff(ledger, consents); d != "" {
		t.Error(d)
	}

	leaveAndReturn(w, asked, press)
}

// leaveAndReturn goes on with a reader who pressed the button behind the link.
func leaveAndReturn(w *world, asked digest.Subscriber, press digest.Consent) {
	t, email := w.T, asked.Email
	row := w.queue(1)
	for range 2 {
		w.leave(asked, six().Add(2*time.Hour))
	}
	w.ok(w.db.Leave(w.ctx, digest.NewHandle(), digest.Consent{At: six()}))
	if d := cmp.Diff([]string{"ask", "confirm", "leave"}, w.ledger(asked)); d != "" {
		t.Error(d)
	}
	if l := w.letter(row.Key.Ref(), asked.ID); l.State != digest.DeliverySkipped || l.Reason != digest.SkipUnsubscribed || l.DoneAt.IsZero() {
		t.Errorf("after leaving, the digest is %s: %s", l.State, l.Reason)
	}
	// The old link does not bring back who left.
	_, err := w.db.Confirm(w.ctx, handle(w, asked.Nonce), press)
	w.want(err, digest.ErrMove)

	if !w.ask(email, six().Add(3*time.Hour)) {
		t.Error("who left may not come back")
	}
	back := w.subscriber(email)
	if back.ID != asked.ID || back.Nonce == asked.Nonce || back.State != digest.ReaderPending {
		t.Errorf("who came back is %+v", back)
	}
	_, err = w.db.Confirm(w.ctx, handle(w, asked.Nonce), press)
	w.want(err, digest.ErrNotFound) // the old nonce was replaced
}

// everyMove holds the store to the table of moves, for the moves that need no
// returned mail.
func everyMove(t *testing.T, url string) {
	w := open(t, url)
	reach := map[digest.SubscriberState][]digest.ReaderEvent{
		digest.NewReader:          nil,
		digest.ReaderPending:      {digest.ReaderAsks},
		digest.ReaderConfirmed:    {digest.ReaderImported},
		digest.ReaderUnsubscribed: {digest.ReaderImported, digest.ReaderLeaves},
	}
	n := 0
	do := func(email string, e digest.ReaderEvent) error {
		c := digest.Consent{At: six(), How: "test"}
		s, err := w.db.Subscriber(w.ctx, email)
		if err != nil && !errors.Is(err, digest.ErrNotFound) {
			t.Fatal(err)
		}
		switch e {
		case digest.ReaderAsks:
			w.ask(email, six())
		case digest.ReaderImported:
			_, err = w.db.AddSubscriber(w.ctx, email, c)
			return err
		case digest.ReaderLeaves:
			return w.db.RemoveSubscriber(w.ctx, email, c)
		case digest.ReaderConfirms:
			if s.Nonce == "" {
				return digest.ErrNotFound
			}
			_, err = w.db.Confirm(w.ctx, handle(w, s.Nonce), c)
			return err
		}
		return nil
	}
	for state, path := range reach {
		for _, event := range []digest.ReaderEvent{digest.ReaderAsks, digest.ReaderConfirms, digest.ReaderImported, digest.ReaderLeaves} {
			n++
			email := fmt.Sprintf("move%d@example.com", n)
			for _, e := range path {
				w.ok(do(email, e))
			}
			before, _ := w.db.Subscriber(w.ctx, email)
			err := do(email, event)
			after, _ := w.db.Subscriber(w.ctx, email)
			want, moveErr := digest.Move(state, event)
			if before.Nonce == "" && event == digest.ReaderConfirms || state == digest.NewReader && event == digest.ReaderLeaves {
				moveErr = digest.ErrNotFound // there is no link, or nobody, to speak of
			}
			if moveErr != nil {
				want = state
			}
			if after.State != want || (err != nil) != (moveErr != nil && event != digest.ReaderAsks) {
				t.Errorf("%q on %s: is %q, want %q (%v)", state, event, after.State, want, err)
			}
			entries := len(path)
			if want != state {
				entries++
			}
			if got := len(w.ledger(after)); after.ID != "" && got != entries {
				t.Errorf("%q on %s: %d entries in the ledger, want %d", state, event, got, entries)
			}
		}
	}
}

func oneReaderPerAddress(t *testing.T, url string) {
	w := open(t, url)
	s := w.reader("Jane.Doe@example.com")
	again, err := w.db.AddSubscriber(w.ctx, " jane.doe@EXAMPLE.com", digest.Consent{At: six().Add(time.Hour)})
	w.ok(err)
	if again.ID != s.ID || again.Email != "Jane.Doe@example.com" || !again.ConfirmedAt.Equal(s.ConfirmedAt) {
		t.Errorf("the second adding gave %+v", again)
	}
	if w.subscriber("JANE.DOE@example.com").ID != s.ID {
		t.Error("another spelling is another reader")
	}
	w.reader("second@example.com")
	w.ok(w.db.RemoveSubscriber(w.ctx, "SECOND@example.com", digest.Consent{At: six(), How: "operator: asked by phone"}))
	w.want(w.db.RemoveSubscriber(w.ctx, "nobody@example.com", digest.Consent{At: six()}), digest.ErrNotFound)
	_, err = w.db.AddSubscriber(w.ctx, "second@example.com", digest.Consent{At: six()})
	w.want(err, digest.ErrMove)
	for _, c := range []struct {
		state digest.SubscriberState
		limit int
		want  int
	}{{"", 0, 2}, {"", 1, 1}, {digest.ReaderConfirmed, 0, 1}, {digest.ReaderUnsubscribed, 0, 1}, {digest.ReaderPaused, 0, 0}} {
		all, err := w.db.Subscribers(w.ctx, c.state, c.limit)
		w.ok(err)
		if len(all) != c.want {
			t.Errorf("%d readers in state %q, want %d", len(all), c.state, c.want)
		}
	}
}

// readersAtOnce: the same address from many sides is one reader, and nobody is lost.
func readersAtOnce(t *testing.T, url string) {
	w, other := open(t, url), open(t, url)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			from := []*world{w, other}[i%2]
			email := fmt.Sprintf("reader%d@example.com", i%4)
			if _, err := from.db.AddSubscriber(from.ctx, email, digest.Consent{At: six()}); err != nil {
				t.Error(err)
			}
			if err := from.db.KeepSignup(from.ctx, digest.Signup{Email: fmt.Sprintf("asker%d@example.com", i%4), At: six()}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	forms, err := w.db.Signups(w.ctx, 0)
	w.ok(err)
	var queued atomic.Int32
	for _, f := range forms {
		for _, from := range []*world{w, other} { // two workers with the same form
			wg.Go(func() {
				ok, err := from.db.Ask(from.ctx, f, digest.DefaultAskBudget(), six())
				if err != nil {
					t.Error(err)
				}
				if ok {
					queued.Add(1)
				}
			})
		}
	}
	wg.Wait()
	letters, err := w.db.Deliveries(w.ctx, digest.DeliveryQueued, 0)
	w.ok(err)
	all, err := w.db.Subscribers(w.ctx, "", 0)
	w.ok(err)
	if len(all) != 8 || queued.Load() != 4 || len(letters) != 4 {
		t.Errorf("%d readers, %d askings, %d letters; want 8, 4, 4", len(all), queued.Load(), len(letters))
	}
}

// movesAtOnce: of moves that race, each is in the ledger once and in an order
// that can be.
func movesAtOnce(t *testing.T, url string) {
	w, other := open(t, url), open(t, url)
	for i := range 10 {
		email := fmt.Sprintf("racer%d@example.com", i)
		w.ask(email, six())
		asked := w.subscriber(email)
		var wg sync.WaitGroup
		for j := range 8 {
			wg.Go(func() {
				from := []*world{w, other}[j%2]
				var err error
				switch c := (digest.Consent{At: six(), How: "link"}); j / 2 {
				case 0:
					err = from.db.Leave(from.ctx, handle(from, asked.ID), c)
				case 1:
					_, err = from.db.AddSubscriber(from.ctx, email, c)
				default:
					_, err = from.db.Confirm(from.ctx, handle(from, asked.Nonce), c)
				}
				if err != nil && !errors.Is(err, digest.ErrMove) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		state := digest.NewReader
		for _, e := range w.ledger(asked) {
			to, err := digest.Move(state, digest.ReaderEvent(e))
			if err != nil || to == state {
				t.Errorf("the ledger says %v", w.ledger(asked))
				break
			}
			state = to
		}
		if got := w.subscriber(email); got.State != state {
			t.Errorf("the reader is %s, the ledger says %s", got.State, state)
		}
	}
}
