package collect

import (
	"context"
	"errors"
	"sync"
	"time"

	"reedaily/digest"
)

// Due says whether a feed is to be asked now: it is still configured, was not
// closed for good, and neither its server nor our back-off wants us to wait.
func (c *Collector) Due(s digest.FeedState) bool {
	return !s.Retired && !s.Gone && !s.NextAt.After(c.Now())
}

// errRoundOver is said of feeds that a round had no time for.
var errRoundOver = errors.New("the round of collecting ended before its turn came")

// All visits those of the feeds that are due, as many at once as there are
// workers, and hands each visit to keep, one at a time. It ends at the round's
// deadline at the latest: what is not in by then is a visit with an error. The
// error is keep's own (the round stops) or the context's.
//
// A fetch that gives no byte for [Settings.Stalled] gives its worker away and goes
// on alone, so that dead hosts do not hold up the living.
func (c *Collector) All(ctx context.Context, feeds []digest.FeedState, keep func(context.Context, digest.Visit) error) error {
	c.began.Store(time.Now().UnixNano())
	round, cancel := context.WithTimeout(ctx, c.set.Deadline)
	defer cancel()
	visits := make(chan digest.Visit)
	slots := make(chan struct{}, c.set.Workers)
	var wg sync.WaitGroup
	for _, s := range feeds {
		if !c.Due(s) {
			continue
		}
		wg.Go(func() { visits <- c.visitInSlot(round, s, slots) })
	}
	go func() { wg.Wait(); close(visits) }()

	var failed error
	for v := range visits {
		if failed != nil {
			continue
		}
		if failed = keep(ctx, v); failed != nil {
			cancel()
		}
	}
	return errors.Join(failed, ctx.Err())
}

// visitInSlot visits in a worker's slot, which it gives back at the end or
// when the host goes silent.
func (c *Collector) visitInSlot(ctx context.Context, s digest.FeedState, slots chan struct{}) digest.Visit {
	w := &worker{slots: slots}
	defer w.release()
	v := c.visit(ctx, s, w.take, w.release)
	if !w.taken && v.Err != nil && ctx.Err() != nil {
		v.Err, v.Unasked, v.NextAt = errRoundOver, true, v.At
	}
	return v
}

// worker is one of a round's slots. It is taken when a host's turn has come,
// so that nobody holds a slot while waiting in a host's queue, and given back
// once.
type worker struct {
	slots chan struct{}
	taken bool
	back  sync.Once
}

func (w *worker) take(ctx context.Context) error {
	if w.taken {
		return nil
	}
	select {
	case w.slots <- struct{}{}:
		w.taken = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// release may be called from the watch of a stalled fetch, which ends before
// the fetch does.
func (w *worker) release() {
	if w.taken {
		w.back.Do(func() { <-w.slots })
	}
}
