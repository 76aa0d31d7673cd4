package digest

import (
	"slices"
	"testing"
)

func TestAlsoShowsWhatCountsAsTold(t *testing.T) {
	report := func(source, title string) EditionArticle {
		return EditionArticle{ID: source + title, Source: source, Title: title, Relation: RelationReport}
	}
	copied := func(source, title string) EditionArticle {
		a := report(source, title)
		a.Relation = RelationCopy
		return a
	}
	for name, c := range map[string]struct {
		articles []EditionArticle
		want     []string
	}{
		"nothing":                     {nil, nil},
		"the lead alone":              {[]EditionArticle{report("A", "x")}, nil},
		"another of the lead's":       {[]EditionArticle{report("A", "x"), report("A", "y")}, []string{"Ay"}},
		"two of one, together":        {[]EditionArticle{report("A", "x"), report("B", "x"), report("C", "x"), report("B", "y")}, []string{"Bx", "By", "Cx"}},
		"a copy elsewhere":            {[]EditionArticle{report("A", "x"), copied("B", "x")}, []string{"Bx"}},
		"a copy with the same title":  {[]EditionArticle{report("A", "x y"), copied("A", "X  y"), copied("B", "x"), copied("B", "x")}, []string{"Bx"}},
		"a copy with another title":   {[]EditionArticle{report("A", "x"), copied("A", "y")}, []string{"Ay"}},
		"a report with the same name": {[]EditionArticle{report("A", "x"), report("A", "x")}, []string{"Ax"}},
	} {
		var got []string
		for _, a := range (EditionStory{Articles: c.articles}).Also() {
			got = append(got, a.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
