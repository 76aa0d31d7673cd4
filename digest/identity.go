package digest

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Apart gives an article an identity of its own below an address that it
// shares with others of its feed, as announcements do that all lead to one list:
// by its GUID or, where that is none or the address again, by its title.
func (a *Article) Apart() {
	own := a.GUID
	if !a.HasOwnID() {
		own = strings.Join(strings.FieldsFunc(strings.ToLower(a.Title), noWord), " ")
	}
	a.Canonical += "#!" + url.PathEscape(own)
	a.ID = ArticleID(a.Canonical)
}

// SharesPage says whether the article's page shows others as well: it is told
// apart from them, or addressed by a script inside the page.
func (a *Article) SharesPage() bool { return strings.Contains(a.Canonical, "#!") }

// HasOwnID says whether its feed has an id of the article that is more than its
// address again.
func (a *Article) HasOwnID() bool { return a.GUID != "" && a.GUID != a.address() }

// address is the canonical address without what Apart added.
func (a *Article) address() string {
	base, _, _ := strings.Cut(a.Canonical, "#!")
	return base
}

// OtherIDs are the IDs under which an article may be known besides its own: that
// of its address alone, as a first notice has it, and that which it has apart.
func (a Article) OtherIDs() []string {
	switch {
	case a.SharesPage():
		return []string{ArticleID(a.address())}
	case !a.HasOwnID():
		return []string{a.apartID()}
	}
	return nil
}

// apartID is the ID that Apart would give.
func (a Article) apartID() string {
	a.Apart()
	return a.ID
}

// Recognize gives the articles of one visit the identities under which they are
// known. known are articles with the IDs or OtherIDs of the visit's or, of the
// same feed, with their GUIDs; of their Summary or Text the beginning is enough.
//
// A feed's own id that comes with another address is the same article, if the
// title is near and neither the dates nor, without them, the texts contradict:
// feeds use ids again for other items. At an address that is known another id is
// another article if the title is another or, under one title, both date and
// text are. Without ids of their own whatever a visit shows at a known address
// is that article, edited.
func Recognize(visit, known []Article) {
	r := recognizer{byID: map[string]*Article{}, byGUID: map[string][]*Article{}, found: make([]bool, len(visit))}
	for i := range known {
		r.learn(&known[i])
	}
	// A first notice of a shared page is known by the page's address alone. Who has
	// its very title goes before who has a near one.
	for _, same := range []func(a, b *Article) bool{(*Article).sameTitle, (*Article).Alike} {
		for i := range visit {
			r.first(visit, i, same)
		}
	}
	for i := range visit {
		if a := &visit[i]; !r.found[i] {
			r.recognize(a)
			if r.byID[a.ID] == nil {
				r.learn(a)
			}
		}
	}
}

// recognizer knows articles by their IDs and by their feeds' ids of them.
type recognizer struct {
	byID   map[string]*Article
	byGUID map[string][]*Article
	found  []bool // of the visit's articles, those that are recognized
	taken  []string
}

func (r *recognizer) learn(k *Article) {
	r.byID[k.ID] = k
	if k.GUID != "" {
		r.byGUID[k.GUID] = append(r.byGUID[k.GUID], k)
	}
}

// first takes an article that is told apart for the first notice at its address,
// if it is that and was not known apart.
func (r *recognizer) first(visit []Article, i int, same func(a, b *Article) bool) {
	a := &visit[i]
	if r.found[i] || !a.SharesPage() || r.byID[a.ID] != nil || a.amongst(r.byGUID[a.GUID]) != nil {
		return
	}
	k := r.byID[ArticleID(a.address())]
	if k == nil || k.FeedID != a.FeedID || slices.Contains(r.taken, k.ID) || !same(a, k) {
		return
	}
	if a.compare(k) == differs && (a.dayApart(k) || !a.sameTitle(k)) {
		return
	}
	for j := range visit { // whose own id says that it is the first notice
		if visit[j].HasOwnID() && visit[j].GUID == k.GUID && visit[j].address() == k.address() {
			return
		}
	}
	a.ID, a.Canonical, r.found[i] = k.ID, k.Canonical, true
	r.taken = append(r.taken, k.ID)
}

// recognize gives a the identity under which it is known.
func (r *recognizer) recognize(a *Article) {
	at := r.byID[a.ID]
	other := at != nil && a.another(at)
	k := a.amongst(r.byGUID[a.GUID])
	if !a.HasOwnID() && !a.SharesPage() {
		k = r.byID[a.apartID()]
	}
	switch {
	case k != nil && k.FeedID == a.FeedID && (at == nil || other || k.address() == a.address()):
		a.ID, a.Canonical = k.ID, k.Canonical
	case other:
		a.Apart()
	}
}

// sameTitle says whether two titles have the same words in the same order.
func (a *Article) sameTitle(b *Article) bool {
	return slices.Equal(strings.FieldsFunc(strings.ToLower(a.Title), noWord), strings.FieldsFunc(strings.ToLower(b.Title), noWord))
}

// another says whether an article is not the one that is known at its address:
// if their ids differ, which may change with each visit, and what they say too.
func (a *Article) another(at *Article) bool {
	if at.FeedID != a.FeedID || at.GUID == "" || a.GUID == "" || at.GUID == a.GUID {
		return false
	}
	if a.dayApart(at) {
		return !a.Alike(at) || a.compare(at) == differs
	}
	return !a.Alike(at) && !a.sameText(at)
}

// TwoAt says whether two items of one visit that have one address are two
// articles, and not one before and after an edit. list says that the address is
// that of a list, as all or several of the visit's items have it: there each
// title is an article, but one that is near and has the same text. Elsewhere only
// ids and texts can tell that it is not one.
func (a *Article) TwoAt(b *Article, list bool) bool {
	own := a.HasOwnID() && b.HasOwnID()
	switch {
	case own && a.GUID != b.GUID:
		return !a.sameTitle(b) || a.dayApart(b) || a.compare(b) == differs
	case a.sameTitle(b):
		return false
	case a.compare(b) == differs:
		return list || !own || !a.Alike(b)
	case !list:
		return false
	}
	return !a.Alike(b) || !own && a.compare(b) == unsaid
}

// TwoWith says whether two items of one visit that have one id and two addresses
// are two articles, so that the id tells nothing.
func (a *Article) TwoWith(b *Article) bool {
	return !a.sameTitle(b) && !(a.Alike(b) && a.compare(b) == agrees)
}

// amongst is the one of the same feed's articles with a's own GUID that a is, or nil.
func (a *Article) amongst(same []*Article) *Article {
	if !a.HasOwnID() {
		return nil
	}
	for _, here := range []bool{true, false} { // one at the same address first
		for _, k := range same {
			if k.FeedID == a.FeedID && (k.address() == a.address()) == here && (here || a.near(k)) {
				return k
			}
		}
	}
	return nil
}

// anotherDay is from which distance two dates are those of two articles: a
// briefing that comes daily under one title.
const anotherDay = 20 * time.Hour

func (a *Article) dayApart(b *Article) bool {
	return a.dated(b) && a.Published.Sub(b.Published).Abs() >= anotherDay
}

// dated says whether both have a date.
func (a *Article) dated(b *Article) bool { return !a.Published.IsZero() && !b.Published.IsZero() }

// near says whether two articles at different addresses can be one before and
// after an edit. Where a date is missing, the texts decide what is daily news
// under one title.
func (a *Article) near(b *Article) bool {
	return !a.dayApart(b) && (a.Alike(b) && (a.dated(b) || a.compare(b) != differs) || a.sameText(b))
}

// Alike says whether two titles can be those of one article before and after an
// edit: at least half of their words are the same, and all of their numbers.
func (a *Article) Alike(b *Article) bool {
	words, numbers := titleWords(a.Title)
	words2, numbers2 := titleWords(b.Title)
	return maps.Equal(numbers, numbers2) && 4*shared(words, words2) >= len(words)+len(words2)
}

func shared(a, b map[string]bool) (n int) {
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// likeness is what two texts say of whether they are one before and after an edit.
type likeness int

const (
	unsaid likeness = iota // one of them is missing
	agrees
	differs
)

// openingRunes is how much of a text is compared.
const openingRunes = 600

// compare sets the beginnings of two texts side by side: they agree if at least
// half of the shorter one's words are in the other, and half of its numbers.
func (a *Article) compare(b *Article) likeness {
	words, numbers := titleWords(a.opening())
	words2, numbers2 := titleWords(b.opening())
	switch {
	case len(words) == 0 || len(words2) == 0:
		return unsaid
	case 2*shared(words, words2) < min(len(words), len(words2)), 2*shared(numbers, numbers2) < min(len(numbers), len(numbers2)):
		return differs
	}
	return agrees
}

// fewestTextWords is from how many words on a text is an article's own, and not
// "Read more" under every headline.
const fewestTextWords = 8

// sameText says whether two texts are so much alike that another headline stands
// over one article.
func (a *Article) sameText(b *Article) bool {
	words, _ := titleWords(a.opening())
	words2, _ := titleWords(b.opening())
	return min(len(words), len(words2)) >= fewestTextWords && 10*shared(words, words2) >= 9*max(len(words), len(words2))
}

// opening is the beginning of what the feed says below the title.
func (a *Article) opening() string {
	s := a.Summary
	if s == "" {
		s = a.Text
	}
	n := 0
	for i := range s {
		if n++; n > openingRunes {
			return s[:i]
		}
	}
	return s
}

func noWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// titleWords are a title's words, in scripts without spaces its signs, and its
// numbers.
func titleWords(title string) (words, numbers map[string]bool) {
	words, numbers = map[string]bool{}, map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(title), noWord) {
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
