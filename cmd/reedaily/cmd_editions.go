package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"reedaily/digest"
)

func (a *app) editionsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "editions", Short: "Look at past editions", Example: "  reedaily editions list\n  reedaily editions show 2026-02-14"}
	cmd.AddCommand(a.editionsList(), a.editionsShow())
	return cmd
}

func (a *app) editionsList() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the newest editions",
		Example: "  reedaily editions list --limit 7",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 1 {
				return &usageError{&digest.InputError{What: "--limit", Got: strconv.Itoa(limit), Want: "a number from 1"}}
			}
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				rows, err := h.db.Editions(ctx, digest.CadenceDaily, limit)
				if err != nil {
					return err
				}
				if len(rows) == 0 {
					fmt.Fprintln(a.stderr, "There is no edition yet; reedaily run makes the first.")
				}
				var table [][]string
				for _, r := range rows {
					table = append(table, []string{string(r.Key.Day), state(r), lettersOf(r.Letters), r.Edition.Subject})
				}
				return columns(a.stdout, table)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 30, "at most this many")
	return cmd
}

// lettersOf counts an edition's letters, and those that were not sent.
func lettersOf(t digest.Tally) string {
	said := plural(t.Total(), "letter")
	if unsent := t[digest.DeliverySkipped] + t[digest.DeliveryRefused]; unsent > 0 {
		said += fmt.Sprintf(", %d not sent", unsent)
	}
	return said
}

func (a *app) editionsShow() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "show DAY",
		Short:   "Show one edition: its stories, their articles, its letters",
		Example: "  reedaily editions show 2026-02-14\n  reedaily editions show 2026-02-14 --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := digest.ParseDay(args[0])
			if err != nil {
				return err
			}
			return a.withHouse(cmd.Context(), func(ctx context.Context, h *house) error {
				row, err := h.db.Edition(ctx, digest.EditionKey{Cadence: digest.CadenceDaily, Day: day})
				if errors.Is(err, digest.ErrNotFound) {
					return digest.Hint(fmt.Errorf("there is no edition of %s", day), "reedaily editions list shows those there are")
				}
				if err != nil {
					return err
				}
				if asJSON {
					return writeEditionJSON(a.stdout, row)
				}
				a.sayEdition(row)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as one JSON object")
	return cmd
}

// state is an edition's state with the reason of a skipped one: "skipped: quiet".
func state(r digest.EditionRow) string {
	if r.State == digest.EditionSkipped {
		return string(r.State) + ": " + r.Reason
	}
	return string(r.State)
}

// sayEdition prints an edition for a person.
func (a *app) sayEdition(r digest.EditionRow) {
	fmt.Fprintf(a.stdout, "%s  %s\n", r.Key.Day, state(r))
	if r.Edition.Subject != "" {
		fmt.Fprintf(a.stdout, "%s\n", r.Edition.Subject)
	}
	for i, s := range r.Edition.Stories {
		label := ""
		if s.Relation == digest.RelationUpdate || s.Relation == digest.RelationUnchanged {
			label = fmt.Sprintf(" (%s)", s.Relation)
		}
		if s.Brief {
			label += " (in brief)"
		}
		fmt.Fprintf(a.stdout, "\n%d. %s%s\n", i+1, s.Title, label)
		for _, art := range s.Articles {
			fmt.Fprintf(a.stdout, "   %-6s %s, %s: %s\n", art.Relation, art.Source, art.Published.Format("2 Jan 15:04"), art.URL)
		}
		a.sayWordings(s.Highlights)
		for _, why := range s.Signals {
			fmt.Fprintf(a.stdout, "   %+.2f %s %s\n", why.Weight, why.Signal, why.Words)
		}
		if tags := tagNames(s); len(tags) > 0 {
			fmt.Fprintf(a.stdout, "   tags %s\n", strings.Join(tags, ", "))
		}
	}
	if len(r.Edition.Numbers) > 0 {
		fmt.Fprintf(a.stdout, "\nNumbers of the day\n")
	}
	for _, n := range r.Edition.Numbers {
		fmt.Fprintf(a.stdout, "   %s, %s: %s (%s)\n", n.Value, n.About, quoted(n.Sentence), n.Source)
	}
	if total := r.Letters.Total(); total > 0 {
		fmt.Fprintf(a.stdout, "\n%s\n", sayLetters(r.Letters))
	}
}

// editionJSON is the shape of run --json and editions show --json.
type editionJSON struct {
	Day     digest.Day  `json:"day"`
	State   string      `json:"state"`
	Subject string      `json:"subject"`
	Stories []storyJSON `json:"stories"`
	// Numbers are those of the day, the most telling first.
	Numbers []numberJSON `json:"numbers,omitempty"`
	Letters int          `json:"letters"`
}

type storyJSON struct {
	Title    string          `json:"title"`
	Relation digest.Relation `json:"relation"`
	Articles []articleJSON   `json:"articles"`
	Brief    bool            `json:"brief,omitempty"` // told in one line
	// FirstTold and LastTold are the earlier editions that told the story.
	FirstTold digest.Day `json:"first_told,omitempty"`
	LastTold  digest.Day `json:"last_told,omitempty"`
	Tags      []string   `json:"tags,omitempty"`
}

type numberJSON struct {
	Value    string `json:"value"`
	About    string `json:"about"`
	Sentence string `json:"sentence"` // word for word
	Source   string `json:"source"`
	URL      string `json:"url"`
}

type articleJSON struct {
	Title  string `json:"title"`
	URL    string `json:"url"`
	Source string `json:"source"`
}

func newStoryJSON(s digest.EditionStory) storyJSON {
	out := storyJSON{
		Title: s.Title, Relation: s.Relation, Articles: []articleJSON{}, Brief: s.Brief,
		FirstTold: s.FirstTold, LastTold: s.LastTold, Tags: tagNames(s),
	}
	for _, art := range s.Articles {
		out.Articles = append(out.Articles, articleJSON{art.Title, art.URL, art.Source})
	}
	return out
}

// tagNames are the names that a story is about.
func tagNames(s digest.EditionStory) []string {
	var names []string
	for _, t := range s.Tags {
		names = append(names, t.Name)
	}
	return names
}

func writeEditionJSON(w io.Writer, r digest.EditionRow) error {
	out := editionJSON{
		Day: r.Key.Day, State: state(r), Subject: r.Edition.Subject,
		Stories: []storyJSON{}, Letters: r.Letters.Total(),
	}
	for _, s := range r.Edition.Stories {
		out.Stories = append(out.Stories, newStoryJSON(s))
	}
	for _, n := range r.Edition.Numbers {
		out.Numbers = append(out.Numbers, numberJSON{n.Value, n.About, n.Sentence, n.Source, n.URL})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("print the edition: %w", err)
	}
	return nil
}

// clockError is how wrong a clock may be.
const clockError = 2 * time.Minute

// parseAt reads --at; empty means now.
func (a *app) parseAt(at string) (func() time.Time, error) {
	if at == "" {
		return a.now, nil
	}
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return nil, &usageError{&digest.InputError{What: "--at", Got: at, Want: "a time such as 2026-02-14T06:30:00Z"}}
	}
	begun := a.now()
	if t.After(begun.Add(clockError)) {
		return nil, digest.Hint(fmt.Errorf("--at %s lies in the future", at),
			"an edition of a day to come would take that morning's place; give a time that has passed")
	}
	return func() time.Time { return t.Add(a.now().Sub(begun)) }, nil
}
