package digest

import (
	"maps"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// Apart gives an article an identity of its own below an address that it
// shares with others of its feed, as announcements do that all lead to one list.
func (a *Article) Apart(own string) {
	a.Canonical += "#!" + url.PathEscape(own)
	a.ID = ArticleID(a.Canonical)
}

// SharesPage says whether the article's page shows others as well: it is told
// apart from them, or addressed by a script inside the page.
func (a *Article) SharesPage() bool { return strings.Contains(a.Canonical, "#!") }

// address is the canonical address without what Apart added.
func (a *Article) address() string {
	base, _, _ := strings.Cut(a.Canonical, "#!")
	return base
}

// Recognize gives the articles of one visit the identities under which they are
// known. known are articles with the ids of the visit's or, of the same feed,
// with their GUIDs.
//
// A feed's own id that comes with another address is the same article, if the
// title is near and the dates do not contradict: feeds use ids again for other
// items. Another id and another title at an address that is known are another
// article.
func Recognize(visit, known []Article) {
	byID, byGUID := map[string]*Article{}, map[string][]*Article{}
	learn := func(k *Article) {
		byID[k.ID] = k
		if k.GUID != "" {
			byGUID[k.GUID] = append(byGUID[k.GUID], k)
		}
	}
	for i := range known {
		learn(&known[i])
	}
	for i := range visit {
		a := &visit[i]
		if a.GUID == "" {
			continue
		}
		at := byID[a.ID]
		other := at != nil && at.FeedID == a.FeedID && at.GUID != "" && at.GUID != a.GUID && !a.near(at)
		if at == nil || other {
			switch k := a.amongst(byGUID[a.GUID]); {
			case k != nil:
				a.ID, a.Canonical = k.ID, k.Canonical
			case other:
				a.Apart(a.GUID)
			}
		}
		if byID[a.ID] == nil {
			learn(a)
		}
	}
}

// amongst is the one of the same feed's articles with a's GUID that a is, or nil.
func (a *Article) amongst(same []*Article) *Article {
	for _, k := range same {
		if k.FeedID == a.FeedID && (k.address() == a.address() || a.near(k)) {
			return k
		}
	}
	return nil
}

// anotherDay is from which distance two dates are those of two articles: a
// briefing that comes daily under one title.
const anotherDay = 20 * time.Hour

// near says whether two titles can be those of one article before and after an
// edit: at least half of their words are the same, and all of their numbers.
func (a *Article) near(b *Article) bool {
	if !a.Published.IsZero() && !b.Published.IsZero() && a.Published.Sub(b.Published).Abs() >= anotherDay {
		return false
	}
	words, numbers := titleWords(a.Title)
	words2, numbers2 := titleWords(b.Title)
	if !maps.Equal(numbers, numbers2) {
		return false
	}
	shared := 0
	for w := range words {
		if words2[w] {
			shared++
		}
	}
	return 4*shared >= len(words)+len(words2)
}

// titleWords are a title's words, in scripts without spaces its signs, and its
// numbers.
func titleWords(title string) (words, numbers map[string]bool) {
	words, numbers = map[string]bool{}, map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch {
		case strings.ContainsFunc(w, unicode.IsDigit):
			numbers[w] = true
		case strings.ContainsFunc(w, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }):
			for _, r := range w {
				words[string(r)] = true
			}
		default:
			words[w] = true
		}
	}
	return words, numbers
}
