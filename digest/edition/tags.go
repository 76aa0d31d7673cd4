package edition

import (
	"cmp"
	"slices"
	"strings"

	"reedaily/digest"
)

// maxTags is how many tags a story has at most.
const maxTags = 5

// tagKinds are the facts that make tags: what one mention counts, and how many
// of a kind a story has at most. A list of seven elements, or of the countries
// of the world, tells less than what else there is.
var tagKinds = map[string]struct {
	weight float64
	most   int
}{
	digest.TagElement:    {1, 3},
	digest.TagCompany:    {1, 3},
	digest.TagProject:    {0.9, 2},
	digest.TagInstrument: {0.9, 2},
	digest.TagPlace:      {0.2, 2},
}

// What a tag is worth beside its kind: the share of the reports that name it,
// the share of the headlines, and a little for each further report.
const (
	byReports   = 1.0
	byHeadlines = 2.0
	further     = 0.2
	mostFurther = 3
	// leastOfTag is what a place has that one report names by the way.
	leastOfTag = 1.2
)

// rated is a tag while it is weighed.
type rated struct {
	digest.Tag
	score              float64
	first              int // where it was found, in reading order
	reports, headlines int
}

// facts reads articles for names and numbers; nil reads nothing.
type facts func([]digest.Article) []digest.Fact

// once reads each text once only.
func (f facts) once() facts {
	if f == nil {
		return nil
	}
	type text struct{ id, title, body string }
	read := map[text][]digest.Fact{}
	return func(articles []digest.Article) []digest.Fact {
		if len(articles) != 1 {
			return f(articles)
		}
		key := text{articles[0].ID, articles[0].Title, articles[0].Body()}
		found, ok := read[key]
		if !ok {
			found = f(articles)
			read[key] = found
		}
		return found
	}
}

// tags are the names that a story is most about: those in headlines before
// those in many reports, before those found first.
func (f facts) tags(articles []digest.Article) []digest.Tag {
	if f == nil {
		return nil
	}
	byName := map[digest.Tag]*rated{}
	var all []*rated
	for _, a := range articles {
		headline := names(f([]digest.Article{headlineOf(a)}))
		for _, t := range names(f([]digest.Article{a})) {
			if strings.EqualFold(t.Name, a.Source) {
				continue
			}
			r := byName[t]
			if r == nil {
				r = &rated{Tag: t, first: len(all)}
				byName[t], all = r, append(all, r)
			}
			r.reports++
			if slices.Contains(headline, t) {
				r.headlines++
			}
		}
	}
	n := float64(len(articles))
	for _, r := range all {
		r.score = round(tagKinds[r.Kind].weight + byReports*float64(r.reports)/n + byHeadlines*float64(r.headlines)/n +
			further*float64(min(r.reports-1, mostFurther)))
	}
	return choose(all)
}

// choose takes the best of all, not too many of one kind, none that would lead
// to the same place as another.
func choose(all []*rated) []digest.Tag {
	slices.SortStableFunc(all, func(a, b *rated) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.first, b.first))
	})
	var out []digest.Tag
	kinds, slugs := map[string]int{}, map[string]bool{}
	for _, r := range all {
		slug := r.Slug()
		if len(out) == maxTags || r.score <= leastOfTag || kinds[r.Kind] == tagKinds[r.Kind].most || slug == "" || slugs[slug] {
			continue
		}
		kinds[r.Kind]++
		slugs[slug] = true
		out = append(out, r.Tag)
	}
	return out
}

// names are the facts that can be tags, each once.
func names(found []digest.Fact) []digest.Tag {
	var out []digest.Tag
	for _, f := range found {
		t := digest.Tag{Kind: f.Kind, Name: strings.TrimSuffix(strings.TrimSuffix(f.Value, "'s"), "’s")}
		if _, ok := tagKinds[f.Kind]; ok && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// headlineOf is an article of which nothing but the headline is known.
func headlineOf(a digest.Article) digest.Article {
	return digest.Article{ID: a.ID, Title: a.Title, Source: a.Source, URL: a.URL, Lang: a.Lang}
}
