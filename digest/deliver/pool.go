package deliver

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"reedaily/digest"
)

// Outbox keeps the rows of letters.
type Outbox interface {
	// Claim leases letters that are due and reads each reader's address anew.
	Claim(ctx context.Context, c digest.Claim) ([]digest.Delivery, error)
	// Mark commits that the final dot of d is about to go out. It returns
	// digest.ErrFenced if the lease was lost and a *digest.SkipError if the
	// letter must not go out any more; in both cases the row needs nothing else.
	Mark(ctx context.Context, d digest.Delivery, sha string, lease time.Duration, now time.Time) error
	// Finish writes down an outcome, or gives a letter back with
	// digest.DeliveryQueued. It returns digest.ErrFenced if the lease was lost.
	Finish(ctx context.Context, d digest.Delivery, o digest.Outcome, now time.Time) error
	// Sweep puts right what a crash left: leased rows are queued again, inflight
	// rows become uncertain. all says that no other sender is alive, so that
	// no lease needs to run out first.
	Sweep(ctx context.Context, boot string, all bool, now time.Time) (digest.Swept, error)
	// NextDue is when the next letter falls due; false if none is queued.
	NextDue(ctx context.Context, now time.Time) (time.Time, bool, error)
}

// Letters makes a row into a letter. An error that is a *digest.SkipError
// settles the row as skipped; any other is our own trouble, and the letter is
// tried again later.
type Letters interface {
	Letter(ctx context.Context, d digest.Delivery) (digest.Letter, error)
}

const (
	claimLease = 5 * time.Minute // outlasts a batch many times
	markSpare  = 5 * time.Minute // what the lease of a marked row has beyond the wait for the dot's answer
	sweepEvery = 30 * time.Second
	lookEvery  = 3 * time.Second // the longest time to notice a row that another process queued
	// batchTime is how long the letters of one claim should take: short, so
	// that somebody who waits for a confirmation does not wait behind a list.
	batchTime  = 30 * time.Second
	firstBatch = 10 // while the pace is not known
	mostAtOnce = 100
	// shortestWait keeps a row that is due and cannot be claimed from making
	// the pool spin.
	shortestWait = 100 * time.Millisecond
)

// Pool sends the letters of the outbox through one relay over a few
// connections. Its fields are set before its first use; whoever uses it holds
// the sender's lock.
type Pool struct {
	Outbox  Outbox
	Letters Letters
	Relay   Relay
	Workers int // connections at once; 0 is 1
	Now     func() time.Time
	Sleep   func(ctx context.Context, d time.Duration) error
	Boot    string // names this start of the machine
	KeyID   int    // the token key to pin on letters claimed for the first time
	Log     *slog.Logger

	breaker breaker
	rows    digest.Trouble // with the outbox
	relay   digest.Trouble
	mu      sync.Mutex
	woken   chan struct{} // closed to wake every resting worker
}

// Wake tells a running pool that letters were queued.
func (p *Pool) Wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.woken != nil {
		close(p.woken)
		p.woken = nil
	}
}

// bell is closed at the next Wake.
func (p *Pool) bell() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.woken == nil {
		p.woken = make(chan struct{})
	}
	return p.woken
}

// Run sends until ctx ends: it notices what falls due, wakes at Wake, and puts
// right every 30 s what crashed connections left. It returns when no connection
// is in use any more.
func (p *Pool) Run(ctx context.Context) {
	p.sweep(ctx, true)
	var wg sync.WaitGroup
	for range max(p.Workers, 1) {
		wg.Go(func() {
			w := &worker{pool: p}
			defer w.leave()
			for ctx.Err() == nil {
				bell := p.bell() // before the look, so that no Wake is missed
				err := w.round(ctx)
				if err != nil && ctx.Err() == nil {
					p.complain(err)
				}
				w.leave()
				p.rest(ctx, bell, err)
			}
		})
	}
	wg.Go(func() {
		for p.Sleep(ctx, sweepEvery) == nil {
			if p.sweep(ctx, false).Requeued > 0 {
				p.Wake()
			}
		}
	})
	wg.Wait()
}

// Drain sends until nothing is due now, and then returns what became of the
// letters. Where the relay is in trouble it stops early and says how; the
// letters stay queued.
func (p *Pool) Drain(ctx context.Context) (Summary, error) {
	swept := p.sweep(ctx, true)
	errs := make([]error, max(p.Workers, 1))
	sum := newTally()
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			w := &worker{pool: p, tally: sum}
			defer w.leave()
			errs[i] = w.round(ctx)
		})
	}
	wg.Wait()
	err := errors.Join(errs...)
	if err == nil {
		err = context.Cause(ctx)
	}
	if err == nil {
		_, err = p.breaker.open(p.Now())
	}
	next, ok, dueErr := p.Outbox.NextDue(context.WithoutCancel(ctx), p.Now())
	got := sum.summary()
	got.Expired = swept.Expired
	if ok {
		got.NextAt = next
	}
	return got, errors.Join(err, dueErr)
}

// SendOne hands over one letter that is in no outbox: the operator's test. The
// error says what is wrong with the relay; a letter that the relay refuses is
// an outcome.
func (p *Pool) SendOne(ctx context.Context, l digest.Letter) (digest.Outcome, error) {
	if err := checkLetter(l); err != nil {
		return digest.Outcome{}, err
	}
	s, bad := p.Relay.open(ctx)
	if bad != nil {
		return digest.Outcome{}, bad.explain(p.Relay)
	}
	defer s.end(p.Log)
	got := s.send(ctx, l, func() error { return nil })
	o, effect := got.outcome(digest.Delivery{Kind: digest.KindTest}, p.Now())
	if effect != relayFine {
		return o, got.explain(p.Relay)
	}
	return o, nil
}

// sweep takes up what nobody holds, and says what it found.
func (p *Pool) sweep(ctx context.Context, all bool) digest.Swept {
	swept, err := p.Outbox.Sweep(ctx, p.Boot, all, p.Now())
	if err != nil && ctx.Err() == nil {
		p.complain(err)
	}
	if swept.Requeued+swept.Uncertain > 0 {
		p.Log.Warn("letters were taken up again that were left half-way", "queued", swept.Requeued, "uncertain", swept.Uncertain)
	}
	if swept.Expired > 0 {
		p.Log.Warn("letters came too late and are not sent any more", "letters", swept.Expired)
	}
	return swept
}

// complain tells of trouble with the outbox, each once and then hourly.
func (p *Pool) complain(err error) {
	const what = "letters wait, for the outbox cannot be worked on"
	if p.rows.News(what, err, p.Now()) {
		p.Log.Error(what, "error", err)
	}
}

// rest waits until there may be something to do.
func (p *Pool) rest(ctx context.Context, bell <-chan struct{}, failed error) {
	now := p.Now()
	wait := lookEvery
	switch until, cause := p.breaker.open(now); {
	case cause != nil && until.IsZero(): // locked
	case cause != nil:
		// Not before the breaker closes, whoever rings.
		bell, wait = nil, until.Sub(now)
	case failed == nil:
		next, ok, err := p.Outbox.NextDue(ctx, now)
		if err == nil && ok {
			wait = min(wait, max(next.Sub(now), shortestWait))
		}
		if err == nil && ok && !next.After(now) {
			// Due, and could not be claimed: an uncertain letter whose second
			// attempt has come, or one that another worker takes now.
			p.sweep(ctx, false)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if bell != nil {
		go func() {
			select {
			case <-bell:
				cancel()
			case <-ctx.Done():
			}
		}()
	}
	_ = p.Sleep(ctx, wait)
}
