package daily

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"reedaily/digest"
)

// tick is how often the clock looks, so that a suspended machine or a turned
// clock is noticed soon.
const tick = 30 * time.Second

// Run makes each edition when it is due, and asks feeds in between by their own
// rhythm, until ctx ends. made is told of every edition that this call touched;
// it may be nil. What goes wrong is logged, once and then hourly, and tried again
// with the next look: the rows know what is left to do.
func (d *Desk) Run(ctx context.Context, made func(Report)) error {
	if err := d.Store.SyncFeeds(ctx, d.Feeds, d.Now()); err != nil {
		return fmt.Errorf("keep the list of feeds: %w", err)
	}
	var late, deaf digest.Trouble
	for {
		// The next look is reckoned from before the work: what falls due during
		// a long morning or a slow poll is seen at once.
		begun := d.Now()
		err := d.CatchUp(ctx, made)
		poll, busy := err == nil, d.rival.busy(begun)
		if poll && busy {
			err = d.rival.stuck()
		}
		if err != nil || !busy { // while another process is at it nothing is over yet
			d.tell(ctx, &late, err, "the edition waits and is tried again", "editions are made again")
		}
		if poll {
			if asked, err := d.Poll(ctx); asked || err != nil {
				d.tell(ctx, &deaf, err, "the feeds are asked again later", "the feeds answer again")
			}
		}
		wait := tick
		if next, ok := Next(d.Schedule, d.Zone, begun); ok {
			wait = min(wait, next.At.Sub(d.Now()))
		}
		if wait <= 0 {
			continue // it fell due meanwhile
		}
		if err := d.Sleep(ctx, wait); err != nil {
			return ctx.Err()
		}
	}
}

// tell logs what went wrong, each trouble once, and when it is over.
func (d *Desk) tell(ctx context.Context, trouble *digest.Trouble, err error, what, over string) {
	if errors.Is(err, ErrOutage) {
		err = digest.Hint(err, "see that this machine reaches the internet; reedaily feeds check all asks each source and shows its answer")
	}
	switch {
	case ctx.Err() != nil: // told to stop, which is no trouble
	case err == nil && trouble.Over():
		d.Log.Info(over)
	case err != nil && trouble.News(what, err, d.Now()):
		d.Log.Error(what, "error", err)
	}
}

// CatchUp does what is due now: it finishes editions that a crash left open,
// makes those that are at most Catchup late, and records the others as missed.
func (d *Desk) CatchUp(ctx context.Context, made func(Report)) error {
	if err := d.Finish(ctx, made); err != nil {
		return err
	}
	since, err := d.lastScheduled(ctx)
	if err != nil {
		return err
	}
	for _, fire := range Due(d.Schedule, d.Zone, since, d.Now()) {
		if err := d.settle(ctx, fire, made); err != nil {
			return err
		}
	}
	return nil
}

// pollMargin is how long before an edition feeds are left to it: slow ones can
// hold a poll for the collector's whole deadline, and the edition would wait.
const pollMargin = 90 * time.Second

// Poll asks the feeds whose time has come, so that a feed which shows its items
// for a few hours only is not missed. Between editions nothing is judged. asked
// says whether any feed's time had come; shortly before an edition none has.
func (d *Desk) Poll(ctx context.Context) (asked bool, err error) {
	if next, ok := Next(d.Schedule, d.Zone, d.Now()); ok && next.At.Sub(d.Now()) < pollMargin {
		return false, nil
	}
	all, err := d.Store.Feeds(ctx)
	if err != nil {
		return false, fmt.Errorf("read the list of feeds: %w", err)
	}
	for _, f := range all {
		if !f.Retired && !f.Gone && !f.NextAt.After(d.Now()) {
			r, err := d.Collect(ctx)
			if err == nil {
				err = r.outage()
			}
			return true, err
		}
	}
	return false, nil
}

// Finish takes up editions that are not done: half-built ones are built if
// they are not too late, frozen ones queued.
func (d *Desk) Finish(ctx context.Context, made func(Report)) error {
	open, err := d.Store.OpenEditions(ctx)
	if err != nil {
		return fmt.Errorf("read open editions: %w", err)
	}
	slices.SortFunc(open, func(a, b digest.EditionRow) int { return a.ScheduledAt.Compare(b.ScheduledAt) })
	for _, row := range open {
		if row.State != digest.EditionBuilding {
			if _, err := d.queue(ctx, row.Key); err != nil {
				return err
			}
			continue
		}
		if err := d.settle(ctx, Fire{Day: row.Key.Day, At: row.ScheduledAt}, made); err != nil {
			return err
		}
	}
	return nil
}

// settle makes the edition of fire, or records that it was missed.
func (d *Desk) settle(ctx context.Context, fire Fire, made func(Report)) error {
	key := digest.EditionKey{Cadence: digest.CadenceDaily, Day: fire.Day}
	if late := d.Now().Sub(fire.At); late > d.Catchup {
		missed, err := d.miss(ctx, key, fire.At)
		if err != nil || missed {
			return err
		}
	}
	r, err := d.Make(ctx, fire)
	switch {
	case r.Elsewhere != "":
		d.rival.met(r.Elsewhere, key, d.Now())
	case made != nil && (err == nil || errors.Is(err, ErrOutage)):
		made(r)
	}
	return err
}

// miss records that nobody made the edition in time. Its articles stay untold
// and fall to the next one. False if it was made after all.
func (d *Desk) miss(ctx context.Context, key digest.EditionKey, at time.Time) (missed bool, err error) {
	err = d.alone(ctx, func() error {
		row, err := d.begin(ctx, key, at)
		if err != nil || row.State != digest.EditionBuilding {
			return err
		}
		missed = true
		d.Log.Warn("a morning was missed", "edition", key.Ref(), "late", d.Now().Sub(at).Round(time.Minute).String())
		if err := d.Store.SkipEdition(ctx, key, digest.SkipMissed, time.Time{}, d.Now()); err != nil {
			return fmt.Errorf("record edition %s as missed: %w", key.Ref(), err)
		}
		return nil
	})
	if errors.Is(err, digest.ErrBusy) {
		d.rival.met(digest.Holder(err), key, d.Now())
		return true, nil // somebody is at it; the next look shows what came of it
	}
	return missed, err
}

// lastScheduled is when the newest edition was due: the clock looks only at
// what comes after it. In a new installation it looks back no further than the
// catch-up time, so that a first start records nothing as missed; what a clock
// that was wrong has left in the future stops nobody.
func (d *Desk) lastScheduled(ctx context.Context) (time.Time, error) {
	newest, err := d.Store.Editions(ctx, digest.CadenceDaily, newestLooked)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the newest editions: %w", err)
	}
	for _, row := range newest {
		if !row.ScheduledAt.After(d.Now()) {
			return row.ScheduledAt, nil
		}
	}
	return d.Now().Add(-d.Catchup - time.Millisecond), nil
}

// newestLooked is how many editions lastScheduled looks at.
const newestLooked = 30
