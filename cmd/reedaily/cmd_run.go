package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
	"reedaily/digest/daily"
	"reedaily/digest/deliver"
)

func (a *app) runCommand() *cobra.Command {
	var at string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Do this morning once: collect, select, group, send",
		Long: `Does one morning and ends: for system cron. It collects the feeds, makes the
edition of today (in edition.zone), queues its letters and sends them. A second
run on the same day sends nothing; a run after a crash finishes what is open.

Beside a running serve it collects and queues, and leaves the sending to serve.`,
		Example: `  reedaily run
  reedaily run --json
  reedaily run --at 2026-02-14T06:30:00Z    # play the morning of a given time`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			now, err := a.parseAt(at)
			if err != nil {
				return err
			}
			return a.morning(cmd.Context(), now, asJSON)
		},
	}
	cmd.Flags().StringVar(&at, "at", "", "as if it were `TIME`, such as 2026-02-14T06:30:00Z")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the edition as one JSON object")
	return cmd
}

// morning is the whole of run.
func (a *app) morning(ctx context.Context, now func() time.Time, asJSON bool) error {
	c, err := config.Load(a.config, a.getenv)
	if err != nil {
		return err
	}
	h, err := a.open(ctx, c, now, a.quietLogger())
	if err != nil {
		return err
	}
	defer h.close()
	m := &oneMorning{app: a, house: h, quiet: asJSON, bar: a.progress(ctx)}
	defer m.bar.close()
	defer m.leave()
	if err := m.becomeSender(ctx); err != nil && !errors.Is(err, digest.ErrBusy) {
		return err
	}
	h.day.Sole, h.day.Role = m.release != nil, roleRun
	if !m.quiet || a.terminal {
		h.day.Watch = m.bar.step
	}
	row, err := m.edition(ctx)
	switch {
	case ctx.Err() != nil:
		err = errors.Join(m.saySent(context.WithoutCancel(ctx), deliver.Summary{}), err, ctx.Err())
	case err == nil || errors.Is(err, daily.ErrOutage):
		// Letters that wait go out also on a morning without sources, and what was
		// made is printed also where the relay is in trouble.
		err = errors.Join(err, m.letters(ctx))
	default:
		return err
	}
	if !asJSON || row.Key.Day == "" {
		return err
	}
	if row, readErr := h.db.Edition(context.WithoutCancel(ctx), row.Key); readErr != nil {
		err = errors.Join(err, readErr)
	} else {
		err = errors.Join(err, writeEditionJSON(a.stdout, row))
	}
	return err
}

// oneMorning is one run: its edition, then its letters.
type oneMorning struct {
	*app
	*house
	quiet   bool // JSON only on stdout
	bar     *progress
	release func() error // gives the sender's lock back; nil: it is not ours
}

// roleRun is how others see a run that holds a lock.
const roleRun = "reedaily run"

// becomeSender takes the sender's lock; [digest.ErrBusy] says who has it.
func (m *oneMorning) becomeSender(ctx context.Context) (err error) {
	if m.release != nil {
		return nil
	}
	if m.release, err = m.db.SenderLock(ctx, roleRun); err != nil {
		return fmt.Errorf("become the sender: %w", err)
	}
	return nil
}

// leave gives the sender's lock back, if it is ours.
func (m *oneMorning) leave() {
	if m.release != nil {
		m.note(m.release())
		m.release = nil
	}
}

// edition finishes what an earlier run left open, then makes today's.
func (m *oneMorning) edition(ctx context.Context) (digest.EditionRow, error) {
	var r daily.Report
	err := m.day.Finish(ctx, func(finished daily.Report) { r = finished })
	if err == nil {
		var made daily.Report
		if made, err = m.day.Make(ctx, m.day.Today(m.house.now())); made.Already && made.Row.Key == r.Row.Key {
			r.Row = made.Row // it was finished a moment ago
		} else {
			r = made
		}
	}
	m.bar.rest()
	switch {
	case errors.Is(err, daily.ErrOutage):
		if !m.quiet && r.Collect.Sources.Asked > 0 {
			m.sayCollected(r.Collect)
		}
		return r.Row, digest.Hint(err, "look at the network and at reedaily feeds list; the edition stays open, and run asks again"+m.again(ctx))
	case err == nil && !m.quiet:
		m.sayMorning(r)
	}
	return r.Row, err
}

// again is when the first feed that did not answer is asked anew.
func (m *oneMorning) again(ctx context.Context) string {
	feeds, err := m.db.Feeds(ctx)
	if err != nil {
		return ""
	}
	var first time.Time
	for _, f := range feeds {
		if !f.Retired && !f.Gone && (first.IsZero() || f.NextAt.Before(first)) {
			first = f.NextAt
		}
	}
	if !first.After(m.house.now()) {
		return ""
	}
	return " from " + first.In(m.day.Zone).Format("15:04 MST")
}

// letters sends what is due or, where another process is the sender, says so.
//
// Who was busy at the start may have ended by now, and who queues letters while
// this one sends relies on it. So the lock is tried again, and whoever gave it
// back looks once more for letters that were queued before that.
func (m *oneMorning) letters(ctx context.Context) error {
	var total deliver.Summary
	for round := 0; ; round++ {
		switch err := m.becomeSender(ctx); {
		case errors.Is(err, digest.ErrBusy):
			if round == 0 {
				fmt.Fprintf(m.words(), "The letters are sent by another process: %s.\n", digest.Holder(err))
				return nil
			}
			return m.saySent(ctx, total)
		case err != nil:
			return err
		}
		sum, err := m.send(ctx)
		total = total.Plus(sum)
		m.leave()
		if err == nil && (round == 0 || sum.Total() > 0) { // else what is due cannot be sent
			next, ok, dueErr := m.db.NextDue(ctx, m.house.now())
			if dueErr == nil && ok && !next.After(m.house.now()) {
				continue
			}
			err = dueErr
		}
		return errors.Join(m.saySent(context.WithoutCancel(ctx), total), err)
	}
}

// words is where sentences go: away from the JSON.
func (m *oneMorning) words() io.Writer {
	if m.quiet {
		return m.stderr
	}
	return m.stdout
}

// send empties the outbox.
func (m *oneMorning) send(ctx context.Context) (deliver.Summary, error) {
	letters, err := m.openLetters(ctx)
	if err != nil {
		return deliver.Summary{}, err
	}
	if !m.quiet || m.terminal {
		m.pool.Outbox = &watchedOutbox{Outbox: m.db, total: letters, watch: m.bar.step}
	}
	if !m.verbose { // trouble with the relay is this command's error, said once
		m.pool.Log = slog.New(slog.DiscardHandler)
	}
	sum, err := m.pool.Drain(ctx)
	m.bar.close()
	if closeErr := m.db.CloseEditions(context.WithoutCancel(ctx), m.house.now()); err == nil {
		err = closeErr
	}
	return sum, err
}

// saySent says what became of the letters.
func (m *oneMorning) saySent(ctx context.Context, sum deliver.Summary) error {
	if sum.Expired > 0 { // on stderr, so that cron tells somebody
		fmt.Fprintf(m.stderr, "reedaily: %s came too late and will not be sent (edition.expire; reedaily editions list shows of which days)\n", plural(sum.Expired, "letter"))
	}
	if m.quiet {
		return nil
	}
	if sum.Total() > 0 {
		fmt.Fprintln(m.stdout, saySummary(sum))
	}
	if err := m.sayWaiting(ctx, sum); err != nil {
		return err
	}
	if m.outbox != nil && sum.Submitted > 0 {
		fmt.Fprintf(m.stdout, "No relay is set (mail.relay), so the letters are files in %s.\n", m.house.config.Mail.Outbox.Dir)
	}
	return nil
}

// openLetters counts the letters of editions whose outcome is still to come.
func (m *oneMorning) openLetters(ctx context.Context) (letters int, err error) {
	open, err := m.db.OpenEditions(ctx)
	for _, row := range open {
		letters += row.Open
	}
	return letters, err
}

// sayWaiting says that letters wait, put off by the relay or left uncertain by a
// crash, and when somebody should look again.
func (m *oneMorning) sayWaiting(ctx context.Context, sum deliver.Summary) error {
	letters, err := m.openLetters(ctx)
	if letters = max(letters, sum.Waiting); err != nil || letters == 0 {
		return err
	}
	when := "soon"
	if !sum.NextAt.IsZero() {
		when = "at " + sum.NextAt.In(m.day.Zone).Format("15:04 MST")
	}
	wait, them := "wait", "them"
	if letters == 1 {
		wait, them = "waits", "it"
	}
	fmt.Fprintf(m.stdout, "%s still %s, the next is due %s: serve or another run sends %s then.\n", plural(letters, "letter"), wait, when, them)
	return nil
}

// watchedOutbox tells how many letters are settled.
type watchedOutbox struct {
	deliver.Outbox
	total int
	watch func(step string, done, total int)
	done  atomic.Int64
}

// Finish counts what was written down.
func (w *watchedOutbox) Finish(ctx context.Context, d digest.Delivery, o digest.Outcome, now time.Time) error {
	err := w.Outbox.Finish(ctx, d, o, now)
	if err == nil && o.State != digest.DeliveryQueued {
		w.watch("send", int(w.done.Add(1)), w.total)
	}
	return err
}

// saySummary counts what a drain did.
func saySummary(s deliver.Summary) string {
	return sayLetters(digest.Tally{
		digest.DeliverySubmitted: s.Submitted, digest.DeliveryRefused: s.Refused,
		digest.DeliverySkipped: s.Skipped, digest.DeliveryUncertain: s.Uncertain,
	})
}

// note says on stderr what went wrong at the very end, when nothing can be done.
func (a *app) note(err error) {
	if err != nil {
		a.complain(err)
	}
}
