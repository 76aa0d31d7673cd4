package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"reedaily/digest"
)

// healthSpan is the time over which feeds' health is counted.
const healthSpan = 28 * 24 * time.Hour

func (a *app) feedsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "feeds", Short: "Look after the sources", Example: "  reedaily feeds check https://www.example.com/\n  reedaily feeds list"}
	cmd.AddCommand(a.feedsList(), a.feedsCheck(), a.feedsImport(), a.feedsExport())
	return cmd
}

func (a *app) feedsList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the feeds and how they fare",
		Long: `Lists every feed with its newest answer, when it last had an item that it had
not had before, and over the last four weeks: new articles a week, how many of
all its articles made it into an edition, and failed visits. An article that
several feeds have counts for the one that had it first: a feed may be alive and
bring little that others do not.
A feed that answers but has had nothing new for strangely long, by its own
rhythm, is called silent. Below a feed that fares ill it says why.`,
		Example: "  reedaily feeds list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				now := a.now()
				if err := h.db.SyncFeeds(ctx, h.config.Words(), now); err != nil {
					return err
				}
				feeds, err := h.db.FeedHealth(ctx, now.Add(-healthSpan))
				if err != nil {
					return err
				}
				rows := [][]string{{"SOURCE", "STATE", "LAST NEW", "A WEEK", "TOLD", "FAILED"}}
				for _, f := range feeds {
					state, why := health(f, now)
					rows = append(rows, []string{
						f.Name, state, day(f.LastNew), fmt.Sprintf("%.0f", f.PerWeek(now)),
						fmt.Sprintf("%d of %d", f.Told, f.Articles), fmt.Sprintf("%d of %d", f.Failed, f.Visits),
					})
					if why != "" {
						rows = append(rows, []string{"        " + strings.Join(strings.Fields(why), " ")})
					}
				}
				return columns(a.stdout, rows)
			})
		},
	}
}

// health is how a feed fares, in a few words, and why where it fares ill.
func health(f digest.FeedHealth, now time.Time) (state, why string) {
	switch {
	case f.Gone:
		return "gone for good (410)", "remove it, or correct its address"
	case f.LastVisit.IsZero():
		return "not asked yet", ""
	case f.LastError != "" && f.Failures == 0:
		return "not asked", f.LastError
	case f.LastError != "":
		return fmt.Sprintf("failed %d in a row", f.Failures), f.LastError
	case f.Silent(now):
		return "SILENT", "it answers, but has had nothing new for strangely long"
	}
	return fmt.Sprintf("ok %s, %s", f.LastOK.Format(time.DateTime), plural(f.Items, "item")), ""
}

// day is a date in a table; a dash for none.
func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}

func (a *app) collectCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "collect",
		Short: "Ask the feeds now and keep what they say",
		Long: `Asks every feed that may be asked, keeps new and changed articles, and tells which feeds
did not answer. No edition is made and nothing is mailed.`,
		Example: "  reedaily collect",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				bar := a.progress(ctx)
				defer bar.close()
				h.day.Watch = bar.step
				r, err := h.day.Collect(ctx)
				bar.close()
				if err != nil {
					return err
				}
				a.sayCollected(r)
				return nil
			})
		},
	}
}
