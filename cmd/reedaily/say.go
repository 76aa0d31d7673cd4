package main

import (
	"fmt"
	"slices"
	"strings"

	"reedaily/digest"
	"reedaily/digest/daily"
)

// sayCollected tells a person what a round of collecting brought.
func (a *app) sayCollected(r daily.CollectReport) {
	fmt.Fprintf(a.stdout, "%d of %s answered, %s.\n", r.Sources.Answered, plural(r.Sources.Asked, "source"), plural(r.Fresh, "new or changed article"))
	names := make([]string, 0, len(r.Failed))
	for name := range r.Failed {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(a.stdout, "  silent: %s: %s\n", name, r.Failed[name])
	}
}

// sayMorning tells a person what became of an edition.
func (a *app) sayMorning(r daily.Report) {
	if r.Collect.Sources.Asked > 0 {
		a.sayCollected(r.Collect)
	}
	row := r.Row
	switch {
	case r.Elsewhere != "":
		fmt.Fprintf(a.stdout, "The edition of %s is being made by another process (%s).\n", row.Key.Day, r.Elsewhere)
	case row.State == digest.EditionSkipped && row.Reason == digest.SkipQuiet:
		fmt.Fprintf(a.stdout, "A quiet morning: no news for %s, so no letter (edition.quiet: letter would send a short one).\n", row.Key.Day)
	case row.State == digest.EditionSkipped:
		fmt.Fprintf(a.stdout, "The edition of %s was skipped: %s.\n", row.Key.Day, row.Reason)
	case r.Already && row.Open == 0:
		fmt.Fprintf(a.stdout, "The edition of %s is done already; nothing is sent twice.\n", row.Key.Day)
	default:
		fmt.Fprintf(a.stdout, "%s: %q, %s for %s.\n", row.Key.Day, row.Edition.Subject,
			told(row.Edition), plural(row.Letters.Total(), "reader"))
	}
}

// sayLetters counts letters by what became of them.
func sayLetters(t digest.Tally) string {
	var parts []string
	for _, s := range []digest.DeliveryState{
		digest.DeliverySubmitted, digest.DeliveryRefused, digest.DeliverySkipped, digest.DeliveryUncertain,
		digest.DeliveryQueued, digest.DeliveryLeased, digest.DeliveryInflight,
	} {
		if t[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", t[s], s))
		}
	}
	return "Letters: " + strings.Join(parts, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// told counts what an edition tells: "3 stories and 1 without news".
func told(e digest.Edition) string {
	news, unchanged := len(e.News()), len(e.Unchanged())
	if unchanged == 0 {
		return stories(news)
	}
	return fmt.Sprintf("%s and %d without news", stories(news), unchanged)
}

func stories(n int) string {
	if n == 1 {
		return "1 story"
	}
	return fmt.Sprintf("%d stories", n)
}
