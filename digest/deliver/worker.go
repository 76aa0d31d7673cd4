package deliver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"reedaily/digest"
)

// worker sends over one connection at a time and keeps it across batches.
type worker struct {
	pool    *Pool
	session *session
	pace    time.Duration // what a letter took, as a moving average
	tally   *tally        // nil where nobody asks
}

// round claims and sends until nothing is due or the relay is in trouble.
func (w *worker) round(ctx context.Context) error {
	p := w.pool
	for ctx.Err() == nil {
		if _, cause := p.breaker.open(p.Now()); cause != nil {
			return nil
		}
		batch, err := p.Outbox.Claim(ctx, digest.Claim{
			Now: p.Now(), Max: w.batchSize(), Lease: claimLease, Boot: p.Boot, KeyID: p.KeyID,
		})
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil
		}
		if err := w.batch(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// batchSize takes what fits in batchTime at the pace seen so far.
func (w *worker) batchSize() int {
	if w.pace <= 0 {
		return firstBatch
	}
	return min(max(int(batchTime/w.pace), 1), mostAtOnce)
}

// batch works through claimed rows. Rows that cannot be tried within half of
// the lease go back untouched.
func (w *worker) batch(ctx context.Context, batch []digest.Delivery) error {
	p := w.pool
	claimed := p.Now()
	for i, d := range batch {
		begun := p.Now()
		_, cause := p.breaker.open(begun)
		if cause != nil || ctx.Err() != nil || begun.Sub(claimed) > claimLease/2 {
			return w.giveBack(ctx, batch[i:])
		}
		if err := w.one(ctx, d); err != nil {
			return errors.Join(err, w.giveBack(ctx, batch[i+1:]))
		}
		w.pace = (3*w.pace + p.Now().Sub(begun)) / 4
	}
	return nil
}

// giveBack queues rows as they were.
func (w *worker) giveBack(ctx context.Context, rows []digest.Delivery) error {
	now := w.pool.Now()
	for _, d := range rows {
		o := digest.Outcome{
			State: digest.DeliveryQueued, RetryAt: earlier(d.NextAt, now),
			Code: d.Code, Enhanced: d.Enhanced, Reply: d.Reply, Reason: d.Reason,
		}
		if err := w.finish(ctx, d, o); err != nil {
			return err
		}
	}
	return nil
}

// earlier keeps a row's place among those that are due.
func earlier(due, now time.Time) time.Time {
	if due.IsZero() || due.After(now) {
		return now
	}
	return due
}

// one sends one letter and writes down what became of it. Its error is trouble
// with the outbox.
func (w *worker) one(ctx context.Context, d digest.Delivery) error {
	p := w.pool
	if !d.Deadline.IsZero() && !p.Now().Before(d.Deadline) {
		return w.finish(ctx, d, digest.Outcome{State: digest.DeliverySkipped, Reason: digest.SkipExpired})
	}
	letter, err := p.Letters.Letter(ctx, d)
	if err == nil {
		err = checkLetter(letter)
	}
	if err != nil {
		return w.unmade(ctx, d, err)
	}
	got := w.attempt(ctx, d, letter)
	if got.stage == atMark {
		return w.unmarked(ctx, d, got.err)
	}
	if ctx.Err() != nil && got.stage < atDot {
		return w.giveBack(ctx, []digest.Delivery{d})
	}
	o, effect := got.outcome(d, p.Now())
	w.noteRelay(got, effect)
	return w.finish(ctx, d, o)
}

// noteRelay tells the breaker, and the log once when it opens.
func (w *worker) noteRelay(got *answer, e effect) {
	p := w.pool
	var cause error
	if e != relayFine {
		cause = got.explain(p.Relay)
	}
	opened := p.breaker.note(e, cause, p.Now())
	if e == relayFine && p.relay.Over() {
		p.Log.Info("the relay takes letters again")
	}
	if !opened || !p.relay.News("", cause, p.Now()) {
		return
	}
	if e == relayLocked {
		p.Log.Error("the relay is in trouble, and no letter is tried until the program starts again", "error", cause)
		return
	}
	until, _ := p.breaker.open(p.Now())
	p.Log.Warn("the relay is in trouble, letters wait and are tried again and again", "error", cause, "next_try", until.UTC().Format(time.DateTime))
}

// attempt sends over the connection at hand or a new one. Where a connection
// that has carried letters turns out to be at its end, or one was lost before
// the mark, the letter is tried once more over a new one: relays close after a
// while or a number of letters, and that is no letter's fault.
func (w *worker) attempt(ctx context.Context, d digest.Delivery, l digest.Letter) *answer {
	for again := true; ; again = false {
		if w.session != nil {
			if err := w.session.ready(); err != nil {
				w.pool.Log.Debug("connection given up", "error", err)
				w.drop()
			}
		}
		used := w.session != nil
		if !used {
			s, bad := w.pool.Relay.open(ctx)
			if bad != nil {
				return bad
			}
			w.session = s
		}
		marked := false
		got := w.session.send(ctx, l, func() error {
			err := w.mark(ctx, d, l)
			marked = err == nil
			return err
		})
		if w.session.dead {
			w.drop()
		}
		if !again || marked || ctx.Err() != nil || !got.worthAnother(used) {
			return got
		}
		w.drop()
	}
}

// worthAnother says whether a fresh connection may do better at once.
func (a *answer) worthAnother(used bool) bool {
	switch said := a.class(); a.stage {
	case atMail:
		return used && (said == saidLost || said == saidBye || said == saidLater)
	case atRcpt, atData, atBody:
		return said == saidLost && !a.slow() || used && said == saidBye
	}
	return false
}

// mark lets the dot of d go out.
func (w *worker) mark(ctx context.Context, d digest.Delivery, l digest.Letter) error {
	p := w.pool
	sum := sha256.Sum256(l.Raw)
	lease := p.Relay.Timeouts.orDefault().Dot + markSpare
	return p.Outbox.Mark(ctx, d, hex.EncodeToString(sum[:]), lease, p.Now())
}

// unmarked settles a row that could not be marked; no dot went out.
func (w *worker) unmarked(ctx context.Context, d digest.Delivery, err error) error {
	var skip *digest.SkipError
	switch {
	case errors.As(err, &skip): // the row is settled with it
		w.tally.count(d, digest.DeliverySkipped)
		return nil
	case errors.Is(err, digest.ErrFenced):
		w.pool.Log.Warn("a letter's lease was lost before it went out", "delivery", d.ID)
		return nil
	}
	// Whether the mark is in the store is unknown, but that the dot is not out
	// is certain.
	return errors.Join(fmt.Errorf("mark a letter: %w", err), w.giveBack(ctx, []digest.Delivery{d}))
}

// unmade puts off a letter that could not be made: our trouble, never its end.
func (w *worker) unmade(ctx context.Context, d digest.Delivery, err error) error {
	var skip *digest.SkipError
	if errors.As(err, &skip) {
		return w.finish(ctx, d, digest.Outcome{State: digest.DeliverySkipped, Reason: skip.Reason})
	}
	if ctx.Err() != nil {
		return w.giveBack(ctx, []digest.Delivery{d})
	}
	if p := w.pool; p.rows.News("cannot make a letter", err, p.Now()) {
		p.Log.Error("cannot make a letter, it waits; others may be alike", "delivery", d.ID, "kind", d.Kind, "ref", d.Ref, "error", err)
	}
	o := digest.Outcome{State: digest.DeliveryQueued, Reply: clean(err.Error())}
	o.Reason, o.RetryAt = slowly(d, "letter not made", w.pool.Now())
	return w.finish(ctx, d, o)
}

// finishTries is how often an outcome is offered to the outbox: a relay's 250
// that we fail to keep becomes a second copy of the letter.
const finishTries = 5

// finish keeps an outcome, also when we have been told to stop.
func (w *worker) finish(ctx context.Context, d digest.Delivery, o digest.Outcome) error {
	p := w.pool
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	var err error
	for try := range finishTries {
		if try > 0 {
			if p.Sleep(ctx, time.Duration(try)*500*time.Millisecond) != nil {
				break
			}
		}
		err = p.Outbox.Finish(ctx, d, o, p.Now())
		switch {
		case err == nil:
			w.tally.count(d, o.State)
			p.Log.Debug("letter", "delivery", d.ID, "kind", d.Kind, "ref", d.Ref,
				"state", o.State, "code", o.Code, "status", o.Enhanced, "reason", o.Reason)
			return nil
		case errors.Is(err, digest.ErrFenced) && try > 0:
			// The try before was kept after all, though its commit failed.
			w.tally.count(d, o.State)
			return nil
		case errors.Is(err, digest.ErrFenced):
			p.Log.Warn("a letter's lease was lost, its outcome is not kept", "delivery", d.ID, "state", o.State)
			return nil
		}
	}
	return fmt.Errorf("keep what became of letter %d (%s): %w", d.ID, o.State, err)
}

// drop cuts the connection.
func (w *worker) drop() {
	if w.session != nil {
		w.session.cut()
		w.session = nil
	}
}

// leave ends the connection politely.
func (w *worker) leave() {
	if w.session != nil {
		w.session.end(w.pool.Log)
		w.session = nil
	}
}
