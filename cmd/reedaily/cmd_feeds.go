package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"reedaily/digest"
)

func (a *app) feedsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "feeds", Short: "Look at the sources"}
	cmd.AddCommand(&cobra.Command{
		Use:     "list",
		Short:   "List the feeds and how they fare",
		Example: "  reedaily feeds list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				if err := h.db.SyncFeeds(ctx, h.config.Words(), a.now()); err != nil {
					return err
				}
				feeds, err := h.db.Feeds(ctx)
				if err != nil {
					return err
				}
				w := tabwriter.NewWriter(a.stdout, 0, 4, 2, ' ', 0)
				for _, f := range feeds {
					if !f.Retired {
						fmt.Fprintf(w, "%s\t%s\t%s\n", f.Name, health(f), f.Address())
					}
				}
				return w.Flush()
			})
		},
	})
	return cmd
}

// health is how a feed fares, in a few words.
func health(f digest.FeedState) string {
	switch {
	case f.Gone:
		return "gone for good (410)"
	case f.LastVisit.IsZero():
		return "not asked yet"
	case f.LastError != "":
		return fmt.Sprintf("failed %d in a row: %s", f.Failures, f.LastError)
	}
	return fmt.Sprintf("ok %s, %d items", f.LastOK.Format(time.DateTime), f.Items)
}

func (a *app) collectCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "collect",
		Short: "Ask the feeds now and keep what they say",
		Long: `Asks every feed that may be asked, keeps new articles, and tells which feeds
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
