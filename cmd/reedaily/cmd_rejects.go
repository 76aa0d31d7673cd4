package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"reedaily/digest"
)

func (a *app) rejectsCommand() *cobra.Command {
	var limit int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rejects [DAY]",
		Short: "List what was not about the topic, the nearest misses first",
		Long: `Lists the articles of a day that were judged not to be about the topic, the
nearest misses first, each with the words that spoke for and against it: the
place to look for a word that a lexicon lacks. Without a day it is the newest
edition's. What was about the topic and still not told: reedaily why DAY.`,
		Example: `  reedaily rejects
  reedaily rejects 2026-02-14 --limit 100`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var asked digest.Day
			if len(args) > 0 {
				var err error
				if asked, err = digest.ParseDay(args[0]); err != nil {
					return err
				}
			}
			return a.withPast(cmd.Context(), func(ctx context.Context, h *house) error {
				return a.rejects(ctx, h, asked, limit, asJSON)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 30, "at most this many; 0 for all")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as one JSON object")
	return cmd
}

func (a *app) rejects(ctx context.Context, h *house, day digest.Day, limit int, asJSON bool) error {
	if day == "" {
		var err error
		if day, err = h.newestDay(ctx); err != nil {
			return err
		}
	}
	m, err := h.morning(ctx, day)
	if err != nil {
		return err
	}
	t := h.teller()
	_, rejects := m.untold(t.maxAge)
	all := len(rejects)
	if limit > 0 {
		rejects = rejects[:min(all, limit)]
	}
	if asJSON {
		return a.printJSON(rejectsJSON{Day: day, Seen: len(m.lives), Rejects: t.briefs(rejects), More: all - len(rejects)})
	}
	fmt.Fprintf(a.stdout, "%s: %s first seen, %d not about the topic.\n\n", day, were(len(m.lives)), all)
	a.list(rejects, t.offTopic)
	if all > len(rejects) {
		fmt.Fprintf(a.stdout, "\n%d more: reedaily rejects %s --limit 0\n", all-len(rejects), day)
	}
	if all > 0 {
		a.sayHow(rejects[0])
	}
	return nil
}

// byMiss puts the nearest misses first.
func byMiss(lives []digest.Life) {
	slices.SortStableFunc(lives, func(a, b digest.Life) int {
		return cmp.Or(cmp.Compare(b.Judgement().Score, a.Judgement().Score), cmp.Compare(a.Article.Title, b.Article.Title), cmp.Compare(a.Article.ID, b.Article.ID))
	})
}
