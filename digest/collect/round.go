package collect

import (
	"context"
	"errors"
	"sync"

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

// visitInSlot takes a worker's slot when the host's turn has come, and gives
// it back at the end or when the host goes silent.
func (c *Collector) visitInSlot(ctx context.Context, s digest.FeedState, slots chan struct{}) digest.Visit {
	var giveBack sync.Once
	held := false
	before := func(ctx context.Context) error {
		if held {
			return nil
		}
		select {
		case slots <- struct{}{}:
			held = true
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	release := func() { giveBack.Do(func() { <-slots }) }
	v := c.visit(ctx, s, before, release)
	if held {
		release()
	} else if v.Err != nil && ctx.Err() != nil {
		v.Err, v.NextAt = errRoundOver, v.At
	}
	return v
}
