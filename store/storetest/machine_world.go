package storetest

import (
	"errors"
	"slices"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"reedaily/digest"
)

func (m *model) sweep(rt *rapid.T) {
	all := rapid.Bool().Draw(rt, "all")
	boot := rapid.SampledFrom([]string{bootOne, "boot-2"}).Draw(rt, "boot")
	swept, err := m.w.db.Sweep(m.w.ctx, boot, all, m.now)
	if err != nil {
		rt.Fatalf("the sweep gave %v", err)
	}
	var wantQueued, wantUncertain, wantExpired int
	for _, l := range m.letters {
		switch {
		case l.State == digest.DeliveryLeased && (all || !l.live):
			l.State, l.Lease = digest.DeliveryQueued, ""
			wantQueued++
		case l.State == digest.DeliveryInflight && (all || !l.live):
			reason := "host-restart"
			if boot == bootOne {
				reason = "crash"
			}
			m.settle(l, digest.Outcome{State: digest.DeliveryUncertain, Reason: reason})
			wantUncertain++
		}
		if l.State == digest.DeliveryUncertain && l.open() && !l.NextAt.After(m.now) {
			if m.whyNot(l) != "" {
				l.DoneAt = m.now
			} else {
				l.State, l.Lease = digest.DeliveryQueued, ""
				wantQueued++
			}
		}
		was := l.State
		if m.expire(l); was == digest.DeliveryQueued && l.State == digest.DeliverySkipped {
			wantExpired++
		}
	}
	if swept.Expired != wantExpired {
		rt.Fatalf("%d letters expired, want %d", swept.Expired, wantExpired)
	}
	if swept.Requeued != wantQueued || swept.Uncertain != wantUncertain {
		rt.Fatalf("swept %+v, want %d and %d", swept, wantQueued, wantUncertain)
	}
}

// expire ends a letter that is too late. Those of a closed edition are left to
// the next claim.
func (m *model) expire(l *letterModel) {
	if !l.open() || l.Deadline.After(m.now) || l.Kind == digest.KindDigest && m.closed {
		return
	}
	switch {
	case l.State == digest.DeliveryQueued:
		l.end(digest.DeliverySkipped, digest.SkipExpired, m.now)
	case l.State == digest.DeliveryUncertain && l.Kind == digest.KindDigest:
		l.DoneAt = m.now
	}
}

// settleOpen ends a letter that must not go out because of what its reader did.
func (m *model) settleOpen(l *letterModel, reason string) {
	switch {
	case !l.open():
	case l.State == digest.DeliveryQueued, l.State == digest.DeliveryLeased:
		l.end(digest.DeliverySkipped, reason, m.now)
	case l.State == digest.DeliveryUncertain:
		l.DoneAt = m.now
	}
}

func (m *model) leave(rt *rapid.T) {
	var readers []string
	for id := range m.states {
		readers = append(readers, id)
	}
	slices.Sort(readers)
	id := rapid.SampledFrom(readers).Draw(rt, "reader")
	m.w.leave(digest.Subscriber{ID: id}, m.now)
	if m.states[id] == digest.ReaderUnsubscribed {
		return
	}
	m.states[id] = digest.ReaderUnsubscribed
	for _, l := range m.letters {
		if l.Reader == id && (l.Kind == digest.KindDigest && !m.closed || l.Ref == m.nonce) {
			m.settleOpen(l, digest.SkipUnsubscribed)
		}
	}
}

func (m *model) ask(rt *rapid.T) {
	queued := m.w.askWithin(m.asker, m.now, digest.AskBudget{Most: 1 << 30, Hourly: 1 << 30})
	if state := m.states[m.askerID]; state == digest.ReaderConfirmed {
		if queued {
			rt.Fatal("a confirmed reader was asked to confirm")
		}
		return
	}
	for _, l := range m.letters {
		if m.nonce != "" && l.Ref == m.nonce {
			m.settleOpen(l, digest.SkipConfirmed)
		}
	}
	s := m.w.subscriber(m.asker)
	if !queued || s.State != digest.ReaderPending || s.Nonce == m.nonce {
		rt.Fatalf("asking gave %v, %+v", queued, s)
	}
	m.askerID, m.nonce = s.ID, s.Nonce
	m.states[s.ID] = digest.ReaderPending
	m.letters = append(m.letters, &letterModel{Delivery: m.w.letter(s.Nonce, s.ID)})
}

func (m *model) confirm(rt *rapid.T) {
	if m.nonce == "" {
		rt.Skip("nobody asked")
	}
	_, err := m.w.db.Confirm(m.w.ctx, handle(m.w, m.nonce), digest.Consent{At: m.now})
	if m.states[m.askerID] == digest.ReaderUnsubscribed {
		if !errors.Is(err, digest.ErrMove) {
			rt.Fatalf("confirming after leaving gave %v", err)
		}
		return
	}
	if err != nil {
		rt.Fatalf("confirming gave %v", err)
	}
	if m.states[m.askerID] == digest.ReaderPending {
		m.states[m.askerID] = digest.ReaderConfirmed
		for _, l := range m.letters {
			if l.Ref == m.nonce {
				m.settleOpen(l, digest.SkipConfirmed)
			}
		}
	}
}

func (m *model) closeEdition(rt *rapid.T) {
	if err := m.w.db.CloseEditions(m.w.ctx, m.now); err != nil {
		rt.Fatalf("closing gave %v", err)
	}
	open := 0
	for _, l := range m.letters {
		if l.Kind == digest.KindDigest && l.open() {
			open++
		}
	}
	m.closed = m.closed || open == 0
}

// compare holds the store to the model, and both to the promises.
func (m *model) compare(rt *rapid.T) {
	rows, err := m.w.db.Deliveries(m.w.ctx, "", len(m.letters))
	if err != nil {
		rt.Fatalf("reading the outbox gave %v", err)
	}
	byID := map[int64]digest.Delivery{}
	for _, d := range rows {
		byID[d.ID] = d
	}
	var next time.Time
	tally, open := digest.Tally{}, 0
	for _, l := range m.letters {
		if d := gocmp.Diff(l.Delivery, byID[l.ID]); d != "" {
			rt.Fatalf("the model (-) and the row (+) differ:\n%s", d)
		}
		if l.State == digest.DeliverySubmitted && l.accepted == 0 {
			rt.Fatal("submitted, but the relay never took it")
		}
		if l.accepted > 2 || l.accepted == 2 && l.Ambiguous == 0 {
			rt.Fatalf("the relay took it %d times, uncertain %d times", l.accepted, l.Ambiguous)
		}
		waits := l.State == digest.DeliveryQueued || l.State == digest.DeliveryUncertain
		if l.open() && waits && (next.IsZero() || l.NextAt.Before(next)) {
			next = l.NextAt
		}
		if l.Kind == digest.KindDigest {
			tally[l.State]++
			if l.open() {
				open++
			}
		}
	}
	got, ok, err := m.w.db.NextDue(m.w.ctx, m.now)
	if err != nil || ok == next.IsZero() || !got.Equal(next) {
		rt.Fatalf("next due is %v, %v, %v, want %v", got, ok, err, next)
	}
	e, err := m.w.db.Edition(m.w.ctx, m.key)
	if err != nil {
		rt.Fatal(err)
	}
	if d := gocmp.Diff(tally, e.Letters); d != "" || e.Open != open || m.closed != (e.State == digest.EditionDone) {
		rt.Fatalf("the edition is %s with %d open, want %v and %d:\n%s", e.State, e.Open, m.closed, open, d)
	}
}
