package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
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
	release, busy := h.db.SenderLock(ctx, "reedaily run")
	switch {
	case busy == nil:
		defer func() { a.note(release()) }()
	case !errors.Is(busy, digest.ErrBusy):
		return fmt.Errorf("become the sender: %w", busy)
	}
	h.day.Sole = busy == nil

	bar := a.progress(ctx)
	defer bar.close()
	if !asJSON || a.terminal {
		h.day.Watch = bar.step
	}
	if err := h.day.Finish(ctx, nil); err != nil {
		return err
	}
	r, err := h.day.Make(ctx, h.day.Today(now()))
	if err != nil {
		return err
	}
	if !asJSON {
		bar.rest()
		a.sayMorning(r)
	}
	if busy == nil {
		if err := a.send(ctx, h, asJSON, bar); err != nil {
			return err
		}
	} else if !asJSON {
		fmt.Fprintf(a.stdout, "The letters are sent by another process: %v.\n", busy)
	}
	if !asJSON {
		return nil
	}
	row, err := h.db.Edition(ctx, r.Row.Key)
	if err != nil {
		return err
	}
	return writeEditionJSON(a.stdout, row)
}

// send empties the outbox and says what became of the letters.
func (a *app) send(ctx context.Context, h *house, quiet bool, bar *progress) error {
	open, err := h.db.OpenEditions(ctx)
	if err != nil {
		return err
	}
	letters := 0
	for _, row := range open {
		letters += row.Open
	}
	if !quiet || a.terminal {
		h.pool.Outbox = &watchedOutbox{Outbox: h.pool.Outbox, total: letters, watch: bar.step}
	}
	sum, err := h.pool.Drain(ctx)
	bar.close()
	if closeErr := h.db.CloseEditions(ctx, h.now()); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if quiet {
		return nil
	}
	if sum.Total() > 0 {
		fmt.Fprintln(a.stdout, saySummary(sum))
	}
	if sum.Waiting > 0 {
		fmt.Fprintf(a.stdout, "%s put off; serve or the next run tries again.\n", plural(sum.Waiting, "letter"))
	}
	if h.outbox != nil && sum.Submitted > 0 {
		fmt.Fprintf(a.stdout, "No relay is set (mail.relay), so the letters are files in %s.\n", h.config.Mail.Outbox.Dir)
	}
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
