package subscribe

import (
	"context"
	"errors"
	"fmt"
	"time"

	"reedaily/digest"
)

const (
	batch  = 200         // signups read in one go
	look   = time.Second // how often to look without being woken: rows may come from another process
	losses = 3           // failures in one round after which the database, not a signup, is at fault
)

// Work turns signups into pending readers with a confirmation until ctx ends.
// A failure is logged and tried again: the signup is a row and waits.
func (d *Desk) Work(ctx context.Context) error {
	var trouble digest.Trouble
	full := false
	for ctx.Err() == nil {
		r, err := d.round(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if r.full && !full {
			d.Log.Warn("signups wait: the hourly budget of confirmations is used up", "budget", d.Budget.Hourly)
		}
		full = r.full
		switch {
		case err == nil && trouble.Over():
			d.Log.Info("signups are taken up again")
		case err != nil && trouble.News("signups wait", err, d.Now()):
			d.Log.Error("signups wait", "error", err)
		}
		d.rest(ctx)
	}
	return nil
}

// WorkOnce settles the signups that wait and says how many confirmations were
// queued.
func (d *Desk) WorkOnce(ctx context.Context) (queued int, err error) {
	r, err := d.round(ctx)
	return r.queued, err
}

// round is what came of one look at the signups.
type round struct {
	queued int
	full   bool // the hourly budget of all confirmations is used up; the rest waits
	newest int64
	failed []error
}

func (d *Desk) round(ctx context.Context) (r round, err error) {
	defer func() {
		if r.queued > 0 && d.Wake != nil {
			d.Wake()
		}
	}()
	for {
		signups, err := d.Store.Signups(ctx, batch)
		if err != nil {
			return r, fmt.Errorf("read signups: %w", err)
		}
		before := r.newest
		for _, s := range signups {
			if s.ID <= r.newest {
				continue // it failed a moment ago, and waits
			}
			if err := d.settle(ctx, s, &r); err != nil {
				return r, err
			}
			if r.full || len(r.failed) == losses {
				return r, errors.Join(r.failed...)
			}
		}
		if r.newest == before || len(signups) < batch {
			return r, errors.Join(r.failed...)
		}
	}
}

// settle takes one signup. One that cannot be settled does not hold up the
// others. The error is one of reading.
func (d *Desk) settle(ctx context.Context, s digest.Signup, r *round) error {
	r.newest = s.ID
	queued, err := d.Store.Ask(ctx, s, d.Budget, d.Now().UTC())
	switch {
	case err != nil:
		r.failed = append(r.failed, fmt.Errorf("settle signup %d: %w", s.ID, err))
		return nil
	case queued:
		r.queued++
		return nil
	}
	// Nothing queued: either it was dropped, or the budget of the hour keeps
	// it waiting, and then the others need not be asked.
	oldest, err := d.Store.Signups(ctx, 1)
	if err != nil {
		return fmt.Errorf("read signups: %w", err)
	}
	r.full = len(oldest) > 0 && oldest[0].ID == s.ID
	return nil
}

// rest waits for the bell or for the next look, whichever comes first.
func (d *Desk) rest(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-d.ring():
			stop()
		case <-ctx.Done():
		}
	}()
	_ = d.Sleep(ctx, look) // woken early is as good
}
