package reedit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

// told has a story for each word: its letters are the articles, the first
// leads; a "+" makes it an update.
func told(words ...string) digest.Edition {
	var ed digest.Edition
	for _, w := range words {
		s := digest.EditionStory{Relation: digest.RelationFirst}
		for _, r := range w {
			if r == '+' {
				s.Relation = digest.RelationUpdate
				continue
			}
			s.Articles = append(s.Articles, digest.EditionArticle{ID: string(r), Title: "T" + string(r)})
		}
		s.Title = s.Articles[0].Title
		ed.Stories = append(ed.Stories, s)
	}
	if len(words) > 0 {
		ed.Subject = "the news"
	}
	return ed
}

// text is changes as one line each.
func text(changes []Change) []string {
	var all []string
	for _, c := range changes {
		line := string(c.Kind) + " " + c.Story + " "
		for _, a := range c.Articles {
			line += a.ID
		}
		if c.Whole {
			line += " whole"
		}
		if c.Was != c.Is {
			line += c.Was + ">" + c.Is
		}
		all = append(all, strings.TrimSpace(line))
	}
	return all
}

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		was, is digest.Edition
		want    []string
	}{
		"nothing":               {told("ab", "c"), told("ab", "c"), nil},
		"quiet":                 {told(), told(), nil},
		"news after all":        {told(), told("a"), []string{"subject  >the news", "in Ta a whole"}},
		"a story comes":         {told("a"), told("bc", "a"), []string{"in Tb bc whole"}},
		"a story goes":          {told("a", "bc"), told("a"), []string{"out Tb bc whole"}},
		"a report comes":        {told("a"), told("ab"), []string{"in Ta b"}},
		"a report goes":         {told("abc"), told("ac"), []string{"out Ta b"}},
		"two become one":        {told("a", "b", "c"), told("ab", "c"), []string{"joined Ta ab"}},
		"one becomes two":       {told("ab", "c"), told("a", "b", "c"), []string{"split Ta ab"}},
		"from one to another":   {told("abc", "de"), told("ab", "dec"), []string{"joined Td dec", "split Ta abc"}},
		"another lead":          {told("ab"), told("ba"), []string{"lead Tb Ta>Tb"}},
		"the lead goes":         {told("ab"), told("b"), []string{"out Ta a", "lead Tb Ta>Tb"}},
		"an update":             {told("a"), told("a+"), []string{"relation Ta first>update"}},
		"another order":         {told("a", "b", "c"), told("b", "a", "c"), []string{"order  bac"}},
		"in between is no move": {told("a", "b"), told("a", "x", "b"), []string{"in Tx x whole"}},
		"all others":            {told("a"), told("b"), []string{"in Tb b whole", "out Ta a whole"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, text(Compare(c.was, c.is))); d != "" {
				t.Error(d)
			}
		})
	}
	other := told("a")
	other.Subject = "other news"
	if got := text(Compare(told("a"), other)); len(got) != 1 || got[0] != "subject  the news>other news" {
		t.Errorf("another subject: %v", got)
	}
}
