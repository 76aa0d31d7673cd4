package fetch

import (
	"context"
	"sync"
	"time"
)

// turns lets only so many requests at a time at one host, and keeps a gap
// between the starts of two.
type turns struct {
	at   int
	gap  time.Duration
	mu   sync.Mutex
	host map[string]*turn
}

type turn struct {
	slots chan struct{}
	users int       // waiting or inside; guarded by turns.mu, like next
	next  time.Time // the earliest start of the next request
}

// forgetAbove is how many idle hosts are remembered for their gap before the
// oldest are let go.
const forgetAbove = 1000

func newTurns(at int, gap time.Duration) *turns {
	return &turns{at: at, gap: gap, host: map[string]*turn{}}
}

// enter waits for a turn at host; leave gives it back.
func (t *turns) enter(ctx context.Context, host string, now func() time.Time, sleep func(context.Context, time.Duration) error) (leave func(), err error) {
	t.mu.Lock()
	h := t.host[host]
	if h == nil {
		t.forget(now())
		h = &turn{slots: make(chan struct{}, t.at)}
		t.host[host] = h
	}
	h.users++
	t.mu.Unlock()

	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		t.done(h)
		return nil, context.Cause(ctx)
	}
	if wait := t.reserve(h, now()); wait > 0 {
		if err := sleep(ctx, wait); err != nil {
			<-h.slots
			t.done(h)
			return nil, err
		}
	}
	return func() { <-h.slots; t.done(h) }, nil
}

// reserve takes the next start and says how long to wait for it. The wait is
// never longer than the others inside can account for, so that a clock that
// stands still or jumps back does not add up waits.
func (t *turns) reserve(h *turn, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := min(max(h.next.Sub(now), 0), t.gap*time.Duration(t.at))
	h.next = now.Add(wait + t.gap)
	return wait
}

func (t *turns) done(h *turn) {
	t.mu.Lock()
	h.users--
	t.mu.Unlock()
}

func (t *turns) forget(now time.Time) {
	if len(t.host) < forgetAbove {
		return
	}
	for name, h := range t.host {
		if h.users == 0 && !h.next.After(now) {
			delete(t.host, name)
		}
	}
}
