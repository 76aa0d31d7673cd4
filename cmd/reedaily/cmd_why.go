package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
	"reedaily/digest/collect"
)

func (a *app) whyCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "why ADDRESS | NUMBER | WORDS | DAY",
		Short: "Tell why an article was told, or why not",
		Long: `Tells the whole life of an article: when and where it was fetched, whether it
is about the topic and by which words, what it was grouped with and how close,
how its story was ranked, and which edition told it, or why none did.

An article is named by its address, by the number that lists show it under, or
by words of its title. A day shows its edition, and what was there for it and
was not told.`,
		Example: `  reedaily why https://example.com/news/magnet-plant
  reedaily why magnet plant
  reedaily why 2026-02-14`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			asked := strings.TrimSpace(strings.Join(args, " "))
			return a.withPast(cmd.Context(), func(ctx context.Context, h *house) error {
				if day, err := digest.ParseDay(asked); err == nil {
					return a.whyDay(ctx, h, day, asJSON)
				}
				return a.whyArticle(ctx, h, asked, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as one JSON object")
	return cmd
}

// withPast opens the house for a look back, but makes no database where there
// is none.
func (a *app) withPast(ctx context.Context, do func(context.Context, *house) error) error {
	c, err := config.Load(a.config, a.getenv)
	if err != nil {
		return err
	}
	if !strings.Contains(c.Database, ":") { // a file, not an address
		if _, err := os.Stat(c.Database); errors.Is(err, fs.ErrNotExist) {
			return digest.Hint(fmt.Errorf("there is no database %s yet", c.Database), "reedaily run makes the first edition; `database:` of "+c.Path+" may name another")
		}
	}
	return a.withHouse(ctx, do)
}

// mostHits is how many articles a search by words lists.
const mostHits = 10

// whyArticle tells the life of an article, or lists those that it may be.
func (a *app) whyArticle(ctx context.Context, h *house, asked string, asJSON bool) error {
	found, err := h.article(ctx, asked)
	if err != nil {
		return err
	}
	ids := make([]string, len(found))
	for i, art := range found {
		ids[i] = art.ID
	}
	lives, err := h.db.Lives(ctx, digest.CadenceDaily, ids...)
	if err != nil {
		return err
	}
	t := h.teller()
	switch {
	case len(lives) == 1 && asJSON:
		return a.printJSON(t.lifeJSON(lives[0]))
	case len(lives) == 1:
		fmt.Fprint(a.stdout, t.life(lives[0]))
		return nil
	}
	more := len(lives) > mostHits
	lives = lives[:min(len(lives), mostHits)]
	if asJSON {
		return a.printJSON(hitsJSON{Articles: t.briefs(lives), More: more})
	}
	a.list(lives, func(l digest.Life) string {
		return fmt.Sprintf("first seen on %s; %s%s", t.time(l.Article.FirstSeen), outcome(l.Told.Day, "told ", "not told: "), t.verdict(l))
	})
	if more {
		fmt.Fprintln(a.stdout, "\nThere are more; another word leaves fewer.")
	}
	a.sayHow(lives[0])
	return nil
}

// list prints articles under their numbers, each with a line of words.
func (a *app) list(lives []digest.Life, words func(digest.Life) string) {
	for _, l := range lives {
		fmt.Fprintf(a.stdout, "%s  %s (%s)\n          %s\n", number(l.Article.ID), l.Article.Title, l.Article.Source, words(l))
	}
}

// sayHow says how to go on from a list.
func (a *app) sayHow(l digest.Life) {
	fmt.Fprintf(a.stdout, "\nThe whole life of one: reedaily why %s\n", number(l.Article.ID))
}

// numberLen is how many characters of an article's id tell it from the others.
const numberLen = 8

// number is what an article is listed under: a feed's address may be as long
// as a page.
func number(id string) string { return id[:min(len(id), numberLen)] }

var isNumber = regexp.MustCompile(`^[0-9a-f]{8,32}$`)

// article finds articles by an address, a number or, newest first, by words of
// their titles.
func (h *house) article(ctx context.Context, asked string) ([]digest.Article, error) {
	if isNumber.MatchString(asked) {
		if found, err := h.db.Beginning(ctx, asked, mostHits+1); err != nil || len(found) > 0 {
			return found, err
		}
	}
	var found []digest.Article
	var err error
	wrong, hint := "no feed showed an article at "+asked, "try words of its title; feeds may give another address than the one a browser shows"
	if address, ok := address(asked); ok {
		found, err = h.db.AtAddress(ctx, collect.Canonical(address), address)
	} else {
		wrong, hint = fmt.Sprintf("no article has all of these words in its title: %s", asked), "fewer words, or the day: reedaily why 2026-02-14"
		found, err = h.db.Titled(ctx, strings.Fields(asked), mostHits+1)
	}
	if err == nil && len(found) == 0 {
		err = digest.Hint(errors.New(wrong), hint)
	}
	return found, err
}

// address says whether a text is a web address, also as a browser shows it.
func address(s string) (string, bool) {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s, true
	}
	host, _, slash := strings.Cut(s, "/")
	if slash && strings.Contains(host, ".") && !strings.ContainsAny(s, " \t") {
		return "https://" + s, true
	}
	return "", false
}

// morning is a day's edition with the lives of what was there for it.
type morning struct {
	row   digest.EditionRow // zero where there is none
	lives []digest.Life
}

// morning reads a day. Where its edition was never closed, what was first seen
// on the day itself counts.
func (h *house) morning(ctx context.Context, day digest.Day) (morning, error) {
	var m morning
	row, err := h.db.Edition(ctx, digest.EditionKey{Cadence: digest.CadenceDaily, Day: day})
	if err != nil && !errors.Is(err, digest.ErrNotFound) {
		return m, err
	}
	m.row = row
	midnight := time.Date(day.Time().Year(), day.Time().Month(), day.Time().Day(), 0, 0, 0, 0, h.day.Zone)
	after, upTo := midnight.Add(-time.Millisecond), midnight.AddDate(0, 0, 1).Add(-time.Millisecond)
	if !row.Cutoff.IsZero() {
		upTo = row.Cutoff
		calendar, err := h.db.Calendar(ctx, digest.CadenceDaily)
		if err != nil {
			return m, err
		}
		after = digest.MorningOf(calendar, row.Cutoff).Closed.Cutoff
	}
	seen, err := h.db.Seen(ctx, after, upTo)
	if err != nil {
		return m, err
	}
	ids := make([]string, len(seen))
	for i, art := range seen {
		ids[i] = art.ID
	}
	m.lives, err = h.db.Lives(ctx, digest.CadenceDaily, ids...)
	if err == nil && row.Key.Day == "" && len(seen) == 0 {
		err = digest.Hint(fmt.Errorf("nothing is known of %s", day), "reedaily editions list shows the days there are")
	}
	return m, err
}

// untold are the lives that no edition told: those that were about the topic,
// by time, and the rejects, nearest misses first.
func (m morning) untold(maxAge time.Duration) (news, rejects []digest.Life) {
	for _, l := range m.lives {
		switch l.Verdict(maxAge).Fate {
		case digest.FateTold:
		case digest.FateOffTopic:
			rejects = append(rejects, l)
		default:
			news = append(news, l)
		}
	}
	byMiss(rejects)
	return news, rejects
}

// told are the lives that the day's edition tells.
func (m morning) told() []digest.Life {
	return slices.DeleteFunc(slices.Clone(m.lives), func(l digest.Life) bool { return l.Told.Day == "" })
}

// nearMisses is how many rejects a day shows.
const nearMisses = 5

// whyDay shows a day's edition and what it did not tell.
func (a *app) whyDay(ctx context.Context, h *house, day digest.Day, asJSON bool) error {
	m, err := h.morning(ctx, day)
	if err != nil {
		return err
	}
	t := h.teller()
	news, rejects := m.untold(t.maxAge)
	if asJSON {
		out := dayJSON{Day: day, State: state(m.row), Subject: m.row.Edition.Subject, Told: []toldJSON{}, Untold: t.briefs(news), Rejects: t.briefs(rejects)}
		for _, s := range m.row.Edition.Stories {
			out.Told = append(out.Told, newToldJSON(s))
		}
		return a.printJSON(out)
	}
	a.sayDay(day, m)
	if len(news) > 0 {
		fmt.Fprintf(a.stdout, "\nAbout the topic or not judged, and not told: %d\n", len(news))
		a.list(news, t.verdict)
	}
	if len(rejects) > 0 {
		fmt.Fprintf(a.stdout, "\nNot about the topic: %d; the nearest misses:\n", len(rejects))
		a.list(rejects[:min(len(rejects), nearMisses)], t.verdict)
	}
	if len(rejects) > nearMisses {
		fmt.Fprintf(a.stdout, "\nAll of them: reedaily rejects %s\n", day)
	}
	if listed := append(append(m.told(), news...), rejects...); len(listed) > 0 {
		a.sayHow(listed[0])
	}
	return nil
}

// sayDay prints what a day told.
func (a *app) sayDay(day digest.Day, m morning) {
	switch {
	case m.row.Key.Day == "":
		fmt.Fprintf(a.stdout, "There is no edition of %s; %s first seen on that day.\n", day, were(len(m.lives)))
		return
	case len(m.row.Edition.Stories) == 0:
		fmt.Fprintf(a.stdout, "The edition of %s is %s; %s first seen for it.\n", day, state(m.row), were(len(m.lives)))
		return
	}
	fmt.Fprintf(a.stdout, "The edition of %s told %s; %s first seen for it.\n\n", day, told(m.row.Edition), were(len(m.lives)))
	for i, s := range m.row.Edition.Stories {
		fmt.Fprintf(a.stdout, "%7d.  %s (%s)\n          score %.2f, %s%s: %s\n", i+1, s.Title, s.Lead().Source,
			s.Score, plural(len(s.Articles), "article"), since(s), strings.Join(numbers(s), " "))
	}
}

// numbers are those of a story's articles.
func numbers(s digest.EditionStory) []string {
	all := make([]string, len(s.Articles))
	for i, art := range s.Articles {
		all[i] = number(art.ID)
	}
	return all
}

func were(n int) string {
	if n == 1 {
		return "1 article was"
	}
	return fmt.Sprintf("%d articles were", n)
}

// printJSON prints one object on one line.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print the answer: %w", err)
	}
	return nil
}

// newestDay is the day of the newest edition; today where there is none.
func (h *house) newestDay(ctx context.Context) (digest.Day, error) {
	calendar, err := h.db.Calendar(ctx, digest.CadenceDaily)
	newest := digest.Day("")
	if len(calendar) > 0 {
		newest = calendar[len(calendar)-1].Key.Day
	}
	return cmp.Or(newest, digest.DayOf(h.now(), h.day.Zone)), err
}
