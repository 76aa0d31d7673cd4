package edition

import (
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reedaily/digest"
)

// compareWorth orders the articles of one story by what they are worth: who did
// the work before who copied it, then the newsletter's language, plain headlines
// before shouted ones, news before what is less, and the heavier source.
func (st *story) compareWorth(s Settings, a, b digest.Candidate) int {
	return cmp.Or(
		no(isCopy(a), isCopy(b)),
		no(!speaks(s.Lang, a.Article.Lang), !speaks(s.Lang, b.Article.Lang)),
		no(shouts(a.Article.Title), shouts(b.Article.Title)),
		no(st.isSlight(a), st.isSlight(b)),
		cmp.Compare(b.Weight, a.Weight),
	)
}

// compareChance orders those that are worth as much: whoever was first. With it
// the order is total, so that the lead never hangs on the order of arrival.
func compareChance(a, b digest.Candidate) int {
	return cmp.Or(
		compareDates(a.Article, b.Article),
		no(a.Place.Relation != digest.RelationFirst, b.Place.Relation != digest.RelationFirst),
		cmp.Compare(a.Article.Source, b.Article.Source),
		cmp.Compare(a.Article.ID, b.Article.ID),
	)
}

// fewestHeadlines is from how many reports on their headlines show what the
// story is about.
const fewestHeadlines = 3

// leadByHeadline moves one of the reports that are worth as much as the first
// to the front: the one whose headline has most of what the others' have. The
// first is often just the one that an aggregator dates first.
func leadByHeadline(worth func(a, b digest.Candidate) int, articles []digest.Candidate) {
	equal := 0
	in := map[string]int{}
	for _, c := range articles {
		if equal == 0 || worth(articles[0], c) == 0 {
			equal++
		}
		for w := range headWords(c.Article.Title) {
			in[w]++
		}
	}
	if equal < 2 || len(articles) < fewestHeadlines {
		return
	}
	best, most := 0, 0
	for i, c := range articles[:equal] {
		common := 0
		for w := range headWords(c.Article.Title) {
			common += in[w] - 1
		}
		if common > most {
			best, most = i, common
		}
	}
	lead := articles[best]
	copy(articles[1:best+1], articles[:best])
	articles[0] = lead
}

// headWords are the words of a headline, short ones left out.
func headWords(title string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '$' && r != '.'
	}) {
		if w = strings.Trim(w, "."); utf8.RuneCountInString(w) > 2 {
			words[w] = true
		}
	}
	return words
}

// no puts what is false before what is true.
func no(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func isCopy(c digest.Candidate) bool { return c.Place.Relation == digest.RelationCopy }

// speaks says whether an article's language suits; one that is not known does.
func speaks(want, have string) bool {
	if want == "" || have == "" {
		return true
	}
	base, _, _ := strings.Cut(strings.ToLower(have), "-")
	wanted, _, _ := strings.Cut(strings.ToLower(want), "-")
	return base == wanted
}

// shouts says that a headline is set in capitals, as press wires do.
func shouts(title string) bool {
	upper, lower := 0, 0
	for _, r := range title {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 12 && upper > 3*lower
}

// compareDates puts the earlier first. A day without an hour comes after the
// hours of that day: it says midnight and is hardly ever that early.
func compareDates(a, b digest.Article) int {
	const day = 24 * time.Hour
	return cmp.Or(
		a.Dated().UTC().Truncate(day).Compare(b.Dated().UTC().Truncate(day)),
		no(dayOnly(a), dayOnly(b)),
		a.Dated().Compare(b.Dated()),
	)
}
