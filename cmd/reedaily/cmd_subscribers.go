package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"reedaily/digest"
)

func (a *app) subscribersCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "subscribers", Short: "Look after the readers", Example: "  reedaily subscribers list --state confirmed\n  reedaily subscribers add ann@example.com --consent \"asked by phone\""}
	cmd.AddCommand(a.subscribersAdd(), a.subscribersList(), a.subscribersShow(), a.subscribersRemove())
	return cmd
}

func (a *app) subscribersAdd() *cobra.Command {
	var consent string
	cmd := &cobra.Command{
		Use:   "add ADDRESS...",
		Short: "Add readers whose consent you have",
		Long: `Adds readers at once, without a confirmation letter. Do this only for people
who agreed elsewhere: --consent says how, and is kept as the proof.
Nobody who left, bounced or complained is brought back by this.`,
		Example: `  reedaily subscribers add ann@example.com --consent "signed up at the fair, 3 March"`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				for _, address := range args {
					s, err := h.desk.Add(ctx, address, consent)
					if err != nil {
						return fmt.Errorf("add %s: %w", address, err)
					}
					fmt.Fprintf(a.stdout, "%s is %s\n", s.Email, s.State)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&consent, "consent", "added by the operator", "how the reader agreed, as `TEXT` for the record")
	return cmd
}

func (a *app) subscribersList() *cobra.Command {
	var state string
	var limit int
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List readers",
		Example: "  reedaily subscribers list --state confirmed",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownState(state); err != nil {
				return err
			}
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				readers, err := h.db.Subscribers(ctx, digest.SubscriberState(state), limit)
				if err != nil {
					return err
				}
				switch {
				case len(readers) == 0 && state == "":
					fmt.Fprintln(a.stderr, "Nobody has subscribed yet.")
				case len(readers) == 0:
					fmt.Fprintf(a.stderr, "No reader is %s.\n", state)
				}
				var table [][]string
				for _, s := range readers {
					table = append(table, []string{s.Email, string(s.State), s.ChangedAt.Format(time.DateTime)})
				}
				return columns(a.stdout, table)
			})
		},
	}
	cmd.Flags().StringVar(&state, "state", "", "only those in this `STATE` (pending, confirmed, unsubscribed, …)")
	cmd.Flags().IntVar(&limit, "limit", 1000, "at most this many")
	return cmd
}

// knownState refuses a state that no reader can be in; empty means any.
func knownState(s string) error {
	states := []string{
		string(digest.ReaderPending), string(digest.ReaderConfirmed), string(digest.ReaderPaused),
		string(digest.ReaderUnsubscribed), string(digest.ReaderSuppressed), string(digest.ReaderErased),
	}
	if s == "" || slices.Contains(states, s) {
		return nil
	}
	return &usageError{&digest.InputError{What: "state", Got: s, Want: "one of " + strings.Join(states, ", ")}}
}

func (a *app) subscribersShow() *cobra.Command {
	return &cobra.Command{
		Use:     "show ADDRESS",
		Short:   "Show one reader and the record of consent",
		Example: "  reedaily subscribers show ann@example.com",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				s, err := h.reader(ctx, args[0])
				if err != nil {
					return err
				}
				fmt.Fprintf(a.stdout, "%s\n  state    %s\n  since    %s\n", s.Email, s.State, s.CreatedAt.Format(time.RFC3339))
				log, err := h.db.Consents(ctx, s.ID)
				if err != nil {
					return err
				}
				for _, c := range log {
					line := fmt.Sprintf("  %s  %-8s %s %s", c.At.Format(time.RFC3339), c.Event, c.How, c.Client)
					fmt.Fprintln(a.stdout, strings.TrimRight(line, " "))
				}
				return nil
			})
		},
	}
}

func (a *app) subscribersRemove() *cobra.Command {
	return &cobra.Command{
		Use:     "remove ADDRESS...",
		Short:   "Unsubscribe readers who asked you to",
		Example: "  reedaily subscribers remove ann@example.com",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				for _, address := range args {
					s, err := h.reader(ctx, address)
					if err != nil {
						return err
					}
					if err := h.desk.Remove(ctx, s.Email); err != nil {
						return fmt.Errorf("remove %s: %w", s.Email, err)
					}
					fmt.Fprintf(a.stdout, "%s gets no more mail\n", s.Email)
				}
				return nil
			})
		},
	}
}
