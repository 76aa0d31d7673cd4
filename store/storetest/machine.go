package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"reedaily/digest"
)

// deliveryMachine throws random events at the outbox and at a model of it in
// plain Go, and compares all rows after each. Beside it a relay keeps count of
// what it took, for the promises that no row can show: at most once but for
// the uncertain, and submitted only what was taken.
func deliveryMachine(t *testing.T, url string) {
	w := open(t, url)
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		w.rest()
		m := newModel(w, rt, round)
		rt.Repeat(map[string]func(*rapid.T){
			"":        m.compare,
			"ask":     m.ask,
			"claim":   m.claim,
			"close":   m.closeEdition,
			"confirm": m.confirm,
			"finish":  m.finish,
			"leave":   m.leave,
			"mark":    m.mark,
			"sweep":   m.sweep,
			"tick":    m.tick,
			// Once more, for weight: the way to the end of the machine is long.
			"claim again": m.claim, "mark again": m.mark, "mark once more": m.mark,
			"finish again": m.finish, "finish once more": m.finish, "sweep again": m.sweep, "tick again": m.tick,
		})
	})
}

// rest ends all that an earlier round left open.
func (w *world) rest() {
	w.Helper()
	for _, state := range []digest.SubscriberState{digest.ReaderPending, digest.ReaderConfirmed} {
		all, err := w.db.Subscribers(w.ctx, state, 0)
		w.ok(err)
		for _, s := range all {
			w.leave(s, six())
		}
	}
	for _, far := range []time.Time{six().AddDate(10, 0, 0), six().AddDate(10, 0, 1)} {
		_, err := w.db.Sweep(w.ctx, "", true, far)
		w.ok(err)
		w.claim(far, 100)
		w.ok(w.db.CloseEditions(w.ctx, far))
	}
}

// letterModel is a row of the outbox, and what the world knows of it.
type letterModel struct {
	digest.Delivery
	live     bool // the lease has not run out
	accepted int  // by the relay
}

func (l *letterModel) open() bool { return l.DoneAt.IsZero() }

func (l *letterModel) end(state digest.DeliveryState, reason string, now time.Time) {
	l.State, l.Reason, l.DoneAt = state, reason, now
}

// work is what a worker holds in its hands, however old.
type work struct {
	letter   *letterModel
	claimed  digest.Delivery
	dot      bool // it went out
	accepted bool // and the relay took it
}

type model struct {
	w       *world
	now     time.Time
	key     digest.EditionKey
	closed  bool
	letters []*letterModel
	works   []*work
	states  map[string]digest.SubscriberState
	asker   string // the address of one who fills in forms
	askerID string
	nonce   string
	keyID   int // of the newest claim
}

const bootOne = "boot-1" // the boot that claims name

// leases of 0 have run out at once.
var leases = rapid.SampledFrom([]time.Duration{0, time.Hour, time.Hour, time.Hour})

func newModel(w *world, rt *rapid.T, round int) *model {
	m := &model{w: w, key: day(round), states: map[string]digest.SubscriberState{}, asker: fmt.Sprintf("asker%d@example.com", round)}
	for i := range rapid.IntRange(1, 4).Draw(rt, "readers") {
		m.states[w.reader(fmt.Sprintf("round%d-%d@example.com", round, i)).ID] = digest.ReaderConfirmed
	}
	row := w.queue(round)
	m.now = row.FrozenAt
	for id := range m.states {
		m.letters = append(m.letters, &letterModel{Delivery: w.letter(row.Key.Ref(), id)})
	}
	m.order()
	return m
}

// order is that of claiming.
func (m *model) order() {
	slices.SortFunc(m.letters, func(a, b *letterModel) int {
		return cmp.Or(cmp.Compare(b.Kind, a.Kind)*-1, a.NextAt.Compare(b.NextAt), cmp.Compare(a.ID, b.ID))
	})
}

// whyNot is the reason why a letter must not go out; empty if it may.
func (m *model) whyNot(l *letterModel) string {
	state := m.states[l.Reader]
	switch {
	case !l.Deadline.After(m.now):
		return digest.SkipExpired
	case l.Kind == digest.KindConfirmation && (state != digest.ReaderPending || l.Ref != m.nonce):
		return digest.SkipConfirmed
	case l.Kind == digest.KindConfirmation || state == digest.ReaderConfirmed:
		return ""
	}
	return digest.SkipUnsubscribed
}

func (m *model) tick(rt *rapid.T) {
	m.now = m.now.Add(rapid.SampledFrom([]time.Duration{time.Minute, 14 * time.Minute, 15 * time.Minute, 15 * time.Minute, time.Hour, 13 * time.Hour}).Draw(rt, "by"))
}

func (m *model) claim(rt *rapid.T) {
	limit := rapid.IntRange(1, 3).Draw(rt, "max")
	lease := leases.Draw(rt, "lease")
	m.keyID++
	got, err := m.w.db.Claim(m.w.ctx, digest.Claim{Now: m.now, Max: limit, Lease: lease, Boot: bootOne, KeyID: m.keyID})
	if err != nil {
		rt.Fatalf("claiming gave %v", err)
	}
	var want []int64
	m.order()
	for _, kind := range []digest.Kind{digest.KindConfirmation, digest.KindDigest} {
		for len(want) < limit {
			due := m.due(kind, limit-len(want))
			before, skipped := len(want), 0
			for _, l := range due {
				if m.whyNot(l) == "" {
					m.lease(l, lease, got, &want)
				}
			}
			if len(want)-before < len(due) || len(due) < limit-before {
				for _, l := range m.due(kind, limit-len(want)) {
					if why := m.whyNot(l); why != "" {
						l.end(digest.DeliverySkipped, why, m.now)
						skipped++
					}
				}
			}
			if skipped == 0 {
				break
			}
		}
	}
	var ids []int64
	for _, d := range got {
		ids = append(ids, d.ID)
	}
	if d := gocmp.Diff(want, ids); d != "" {
		rt.Fatalf("claimed other letters:\n%s", d)
	}
}

// due is the first letters of a kind that are queued and due.
func (m *model) due(kind digest.Kind, limit int) (due []*letterModel) {
	for _, l := range m.letters {
		if l.Kind == kind && l.State == digest.DeliveryQueued && !l.NextAt.After(m.now) && len(due) < limit {
			due = append(due, l)
		}
	}
	return due
}

func (m *model) lease(l *letterModel, lease time.Duration, got []digest.Delivery, want *[]int64) {
	*want = append(*want, l.ID)
	for _, d := range got {
		if d.ID == l.ID {
			l.State, l.Lease, l.live = digest.DeliveryLeased, d.Lease, lease > 0
			if l.DatedAt.IsZero() {
				l.KeyID, l.DatedAt = m.keyID, m.now
			}
			m.works = append(m.works, &work{letter: l, claimed: d})
		}
	}
}

// work picks what a worker does next: mostly something of use, at times what
// it should long have dropped.
func (m *model) work(rt *rapid.T) *work {
	if len(m.works) == 0 {
		rt.Skip("nobody holds a letter")
	}
	var useful []*work
	for _, k := range m.works {
		if k.letter.Lease == k.claimed.Lease && k.letter.open() {
			useful = append(useful, k)
		}
	}
	if len(useful) > 0 && rapid.IntRange(0, 4).Draw(rt, "stale") > 0 {
		return rapid.SampledFrom(useful).Draw(rt, "work")
	}
	return rapid.SampledFrom(m.works).Draw(rt, "work")
}

func (m *model) mark(rt *rapid.T) {
	k := m.work(rt)
	lease := leases.Draw(rt, "lease")
	err := m.w.db.Mark(m.w.ctx, k.claimed, "sha", lease, m.now)
	l := k.letter
	holds := l.Lease == k.claimed.Lease
	switch {
	case holds && l.State == digest.DeliveryLeased && m.whyNot(l) != "":
		l.end(digest.DeliverySkipped, m.whyNot(l), m.now)
		fallthrough
	case holds && l.State == digest.DeliverySkipped:
		var skip *digest.SkipError
		if !errors.As(err, &skip) || skip.Reason != l.Reason {
			rt.Fatalf("marking gave %v, want skipped: %s", err, l.Reason)
		}
	case holds && l.State == digest.DeliveryLeased && l.live:
		if err != nil {
			rt.Fatalf("marking gave %v", err)
		}
		l.State, l.SHA256, l.live = digest.DeliveryInflight, "sha", lease > 0
		l.Attempts++
		k.dot = true
		if k.accepted = rapid.Bool().Draw(rt, "the relay takes it"); k.accepted {
			l.accepted++
		}
	case !errors.Is(err, digest.ErrFenced):
		rt.Fatalf("marking a letter that is %s gave %v", l.State, err)
	}
}

// finish reports what is true, or that nothing is known.
func (m *model) finish(rt *rapid.T) {
	k := m.work(rt)
	possible := []digest.DeliveryState{digest.DeliveryQueued, digest.DeliveryRefused}
	if k.dot {
		possible = append(possible, digest.DeliveryUncertain, digest.DeliveryUncertain)
	}
	if k.accepted {
		possible = []digest.DeliveryState{digest.DeliverySubmitted, digest.DeliveryUncertain}
	}
	o := digest.Outcome{
		State: rapid.SampledFrom(possible).Draw(rt, "outcome"), Reason: "told",
		RetryAt: m.now.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 10, 60, 1200}).Draw(rt, "minutes")) * time.Minute),
	}
	err := m.w.db.Finish(m.w.ctx, k.claimed, o, m.now)
	l := k.letter
	held := []digest.DeliveryState{digest.DeliveryLeased, digest.DeliveryInflight, digest.DeliveryUncertain}
	if l.Lease != k.claimed.Lease || !slices.Contains(held, l.State) {
		if !errors.Is(err, digest.ErrFenced) {
			rt.Fatalf("an outcome for a letter that is %s gave %v", l.State, err)
		}
		return
	}
	if err != nil {
		rt.Fatalf("an outcome gave %v", err)
	}
	if l.State == digest.DeliveryUncertain && o.State == digest.DeliveryUncertain {
		return
	}
	m.settle(l, o)
}

func (m *model) settle(l *letterModel, o digest.Outcome) {
	l.State, l.Reason, l.DoneAt = o.State, o.Reason, time.Time{}
	switch o.State {
	case digest.DeliveryQueued:
		l.Lease, l.NextAt = "", o.RetryAt
		if l.NextAt.After(l.Deadline) {
			l.NextAt = l.Deadline
		}
	case digest.DeliveryUncertain:
		l.Ambiguous++
		l.NextAt = m.now.Add(15 * time.Minute)
		if o.RetryAt.After(l.NextAt) {
			l.NextAt = o.RetryAt
		}
		if l.Ambiguous == 2 {
			l.DoneAt = m.now
		}
	default:
		l.DoneAt = m.now
	}
}
