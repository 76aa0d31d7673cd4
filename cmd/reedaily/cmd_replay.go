package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/reedit"
	"reedaily/digest"
)

func (a *app) replayCommand() *cobra.Command {
	var from, to string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "replay --from DAY --to DAY",
		Short: "Show what other settings would have changed",
		Long: `Makes the editions of stored days again with the given configuration and shows
what would change: what would come in or go out and why, what would be grouped
otherwise, other leads, order and subjects. Nothing is fetched, written or
mailed, and the days stay as they are.

The configuration must name the same database. Its relevance, story and edition
settings are tried, and the weight and on_topic of its feeds; what was fetched
stands, also from feeds that it does not name. Days before --from stand as they
were; each later day builds on those made anew.`,
		Example: `  reedaily replay --from 2026-02-10 --to 2026-02-23
  reedaily replay --from 2026-02-10 --to 2026-02-23 --config stricter.yaml`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			first, last, err := span(from, to)
			if err != nil {
				return &usageError{err}
			}
			return a.withPast(cmd.Context(), func(ctx context.Context, h *house) error {
				return a.replay(ctx, h, first, last, asJSON)
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the first `DAY`, such as 2026-02-10")
	cmd.Flags().StringVar(&to, "to", "", "the last `DAY`; default: the first")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as one JSON object a day")
	return cmd
}

// span reads --from and --to.
func span(from, to string) (first, last digest.Day, err error) {
	if from == "" {
		return "", "", digest.Hint(errors.New("say which days"), "reedaily replay --from 2026-02-10 --to 2026-02-23")
	}
	if to == "" {
		to = from
	}
	if first, err = digest.ParseDay(from); err == nil {
		last, err = digest.ParseDay(to)
	}
	if err == nil && last < first {
		err = &digest.InputError{What: "--to", Got: to, Want: "a day not before --from"}
	}
	return first, last, err
}

func (a *app) replay(ctx context.Context, h *house, from, to digest.Day, asJSON bool) error {
	bar := a.progress(ctx)
	defer bar.close()
	days, err := reedit.Player{
		Archive: h.db, Desk: *h.day,
		Watch: func(done, total int) { bar.step("replay", done, total) },
	}.Play(ctx, from, to)
	bar.close()
	if err != nil {
		return err
	}
	if len(days) == 0 {
		return digest.Hint(fmt.Errorf("there is no edition from %s to %s", from, to),
			"reedaily editions list shows those there are; the configuration must name the same database")
	}
	now := h.teller()
	changed := 0
	for _, d := range days {
		if len(d.Changes) > 0 {
			changed++
		}
		if asJSON {
			if err := a.printJSON(now.replayedJSON(d)); err != nil {
				return err
			}
			continue
		}
		fmt.Fprint(a.stdout, now.replayed(d))
	}
	if !asJSON {
		fmt.Fprintf(a.stdout, "\n%d of %s would change. Nothing was written.\n", changed, plural(len(days), "day"))
	}
	return nil
}

// replayed is a day and its changes, for a person.
func (t teller) replayed(d reedit.Day) string {
	var s strings.Builder
	day := d.Was.Key.Day
	if len(d.Changes) == 0 {
		fmt.Fprintf(&s, "%s  %s: no change\n", day, was(d.Was))
		return s.String()
	}
	fmt.Fprintf(&s, "%s  %s, would be %s\n", day, was(d.Was), told(d.Is.Edition))
	if d.Was.State == digest.EditionSkipped {
		fmt.Fprintf(&s, "  a quiet morning would have news\n")
	}
	for _, c := range d.Changes {
		s.WriteString(t.change(d, c))
	}
	return s.String()
}

// was is what a day told.
func was(row digest.EditionRow) string {
	if row.State == digest.EditionSkipped {
		return state(row)
	}
	return told(row.Edition)
}

// change is one change in words.
func (t teller) change(d reedit.Day, c reedit.Change) string {
	switch c.Kind {
	case reedit.Subject:
		return fmt.Sprintf("  subject: was %s, would be %s\n", orNone(c.Was), orNone(c.Is))
	case reedit.In, reedit.Out:
		return t.movement(d, c)
	case reedit.Joined:
		return fmt.Sprintf("  one story that was several: %s\n%s", quoted(c.Story), titles(c.Articles))
	case reedit.Split:
		return fmt.Sprintf("  several stories that were one: %s\n%s", quoted(c.Story), titles(c.Articles))
	case reedit.Lead:
		return fmt.Sprintf("  lead: was %s, would be %s\n", quoted(c.Was), quoted(c.Is))
	case reedit.Relation:
		return fmt.Sprintf("  %s: was %s, would be %s\n", quoted(c.Story), standing(c.Was), standing(c.Is))
	}
	return fmt.Sprintf("  another order:\n%s", titles(c.Articles))
}

// movement is what comes in or goes out, with the reason of each.
func (t teller) movement(d reedit.Day, c reedit.Change) string {
	var s strings.Builder
	what := map[bool]map[reedit.Kind]string{
		true:  {reedit.In: "in, a story", reedit.Out: "out, a story"},
		false: {reedit.In: "in, for the story", reedit.Out: "out, of the story"},
	}[c.Whole][c.Kind]
	if c.Whole && len(c.Articles) == 1 {
		what = string(c.Kind)
	} else {
		what += ": " + quoted(c.Story)
	}
	fmt.Fprintf(&s, "  %s\n", what)
	for _, a := range c.Articles {
		fmt.Fprintf(&s, "    %s  %s (%s)\n              %s\n", number(a.ID), a.Title, a.Source, t.reason(d, c, a.ID))
	}
	return s.String()
}

// reason is why an article was not told then, or would not be now.
func (t teller) reason(d reedit.Day, c reedit.Change, id string) string {
	then, now := d.Then[id], d.Now[id]
	changed := ""
	if then.Article.Version > 1 {
		changed = fmt.Sprintf(" (its outlet changed it since: this is version %d)", then.Article.Version)
	}
	if c.Kind == reedit.Out {
		return outcome(now.Told.Day, "would be told ", "would not be told: ") + t.verdict(now) + changed
	}
	// The settings of that morning are not kept.
	return outcome(then.Told.Day, "was told ", "was not told: ") + teller{zone: t.zone}.verdict(then) + changed
}

func outcome(day digest.Day, told, untold string) string {
	if day != "" {
		return told
	}
	return untold
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return quoted(s)
}

// standing is a story's relation in words.
func standing(relation string) string {
	switch digest.Relation(relation) {
	case digest.RelationUpdate:
		return "an update"
	case digest.RelationUnchanged:
		return "without news"
	}
	return "told for the first time"
}

func titles(articles []digest.EditionArticle) string {
	var s strings.Builder
	for _, a := range articles {
		fmt.Fprintf(&s, "    %s  %s (%s)\n", number(a.ID), a.Title, a.Source)
	}
	return s.String()
}
