package fetch

import (
	"context"
	"sync"
	"time"
)

// turns lets only so many requests at a time at one host, keeps a gap between
// the starts of two, and lets nobody in where a host wants to be left alone.
type turns struct {
	limit int
	gap   time.Duration
	mu    sync.Mutex
	host  map[string]*turn
}

type turn struct {
	slots   chan struct{}
	users   int       // waiting or inside; guarded by turns.mu, like what follows
	started time.Time // when the newest request starts or started
	rest    time.Time // no request before this
}

// forgetAbove is how many idle hosts are remembered for their gap before the
// oldest are let go.
const forgetAbove = 1000

func newTurns(limit int, gap time.Duration) *turns {
	return &turns{limit: limit, gap: gap, host: map[string]*turn{}}
}

// clock is how turns are waited for.
type clock struct {
	now   func() time.Time
	sleep func(context.Context, time.Duration) error
}

// enter waits for a turn at host, at least gap after the one before; leave
// gives it back. A host that is to be left alone is an error at once.
func (t *turns) enter(ctx context.Context, host string, gap time.Duration, c clock) (leave func(), err error) {
	t.mu.Lock()
	h := t.at(host, c.now())
	h.users++
	t.mu.Unlock()
	if err := t.resting(h, host, c.now()); err != nil {
		t.done(h)
		return nil, err
	}
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		t.done(h)
		return nil, context.Cause(ctx)
	}
	leave = func() { <-h.slots; t.done(h) }
	// What was there before may have been asked for a pause.
	if err := t.resting(h, host, c.now()); err != nil {
		leave()
		return nil, err
	}
	if wait := t.reserve(h, c.now(), max(gap, t.gap)); wait > 0 {
		if err := c.sleep(ctx, wait); err != nil {
			leave()
			return nil, err
		}
	}
	return leave, nil
}

// at is the turn of a host; the caller holds the lock.
func (t *turns) at(host string, now time.Time) *turn {
	h := t.host[host]
	if h == nil {
		t.forget(now)
		h = &turn{slots: make(chan struct{}, t.limit)}
		t.host[host] = h
	}
	return h
}

// leaveAlone lets nobody in at host before until.
func (t *turns) leaveAlone(host string, now, until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if h := t.at(host, now); until.After(h.rest) {
		h.rest = until
	}
}

func (t *turns) resting(h *turn, host string, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !h.rest.After(now) {
		return nil
	}
	return &Error{
		Kind: KindPause, Until: h.rest,
		Text: host + " is left alone until " + h.rest.UTC().Format("2006-01-02 15:04") + " UTC: it was busy, or did not answer",
	}
}

// reserve takes the next start and says how long to wait for it. The wait is
// never longer than the others inside can account for, so that a clock that
// stands still or jumps back does not add up waits.
func (t *turns) reserve(h *turn, now time.Time, gap time.Duration) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := min(max(h.started.Add(gap).Sub(now), 0), gap*time.Duration(t.limit))
	h.started = now.Add(wait)
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
		if h.users == 0 && !h.started.Add(t.gap).After(now) && !h.rest.After(now) {
			delete(t.host, name)
		}
	}
}
