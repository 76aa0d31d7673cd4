package edition

import (
	"cmp"
	"strings"
	"time"
	"unicode"

	"reedaily/digest"
)

// compareArticles orders the articles of one story: who did the work before
// who copied it, then the newsletter's language, plain headlines before
// shouted ones and those that ask or comment, the heavier source, and whoever was first. It is a total
// order, so that the lead never hangs on the order of arrival.
func compareArticles(s Settings) func(a, b digest.Candidate) int {
	return func(a, b digest.Candidate) int {
		return cmp.Or(
			no(isCopy(a), isCopy(b)),
			no(!speaks(s.Lang, a.Article.Lang), !speaks(s.Lang, b.Article.Lang)),
			no(shouts(a.Article.Title), shouts(b.Article.Title)),
			no(isComment(a.Article), isComment(b.Article)),
			cmp.Compare(b.Weight, a.Weight),
			compareDates(a.Article, b.Article),
			no(a.Place.Relation != digest.RelationFirst, b.Place.Relation != digest.RelationFirst),
			cmp.Compare(a.Article.Source, b.Article.Source),
			cmp.Compare(a.Article.ID, b.Article.ID),
		)
	}
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
