package edition

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"reedaily/digest"
)

// How many numbers an edition shows, and how many of one story.
const (
	maxNumbers      = 5
	maxStoryNumbers = 2
)

// Sentences of a number, in letters: a short one gives no context, a long one
// is no note in the margin.
const (
	shortSentence = 20
	fairSentence  = 220
	longSentence  = 320
	maxHeading    = 60
)

// numberKinds say what a number of each kind is worth before anything else.
var numberKinds = map[string]float64{"price": 1, "money": 0.8, "quantity": 0.8, "percent": 0.5}

// What raises and lowers a number's worth. A number below leastNumber is not
// shown: a day without telling numbers has no box.
const (
	perRank       = 0.04 // for each story above its own …
	lowestRank    = 10   // … up to so many
	mostSay       = 2
	ofSubstance   = 0.2  // it is of a named element or oxide
	secondSays    = 0.15 // for each other report that has it, in whatever story
	inTitle       = 0.15 // the headline has it
	longWinded    = -0.2
	foreign       = -0.3 // not in the newsletter's language
	smallNumber   = -0.4
	alreadySaid   = -0.2 // the story quotes the sentence
	leastOfNumber = 0.45
)

// figureKey tells a number from others.
type figureKey struct{ kind, value, unit string }

// figure is a number while it is weighed.
type figure struct {
	digest.EditionNumber
	key   figureKey
	story int
	worth float64
}

// numbers are the most telling numbers of the stories, which are given in the
// edition's order, and as told there: no sentence, no number twice.
func (f facts) numbers(s Settings, stories []*story, told []digest.EditionStory) []digest.EditionNumber {
	if f == nil {
		return nil
	}
	var all []figure
	says := map[figureKey]int{}
	for i, st := range stories {
		all = append(all, f.figures(s, i, st, says)...)
	}
	for i := range all {
		n := &all[i]
		n.worth += secondSays * float64(min(says[n.key]-1, mostSay))
		if quoted, ok := quotes(told[n.story], n.EditionNumber); ok {
			n.Sentence = quoted
			n.worth += alreadySaid
		}
		n.worth = round(n.worth)
	}
	all = slices.DeleteFunc(all, func(n figure) bool { return n.worth < leastOfNumber })
	slices.SortStableFunc(all, func(a, b figure) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.story, b.story))
	})
	var out []digest.EditionNumber
	perStory, said := map[int]int{}, map[string]bool{}
	for _, n := range all {
		if len(out) == maxNumbers || perStory[n.story] == maxStoryNumbers || said[n.Value] || said[n.Sentence] {
			continue
		}
		perStory[n.story]++
		said[n.Value], said[n.Sentence] = true, true
		out = append(out, n.EditionNumber)
	}
	return out
}

// figures are a story's numbers that can be shown; says counts the reports that
// have each.
func (f facts) figures(s Settings, rank int, st *story, says map[figureKey]int) []figure {
	var out []figure
	seen := map[figureKey]bool{}
	for _, said := range f(st.thread.Articles) {
		seen[figureKey{said.Kind, said.Value, said.Unit}] = true // no news
	}
	for _, a := range st.quoted() {
		headline := f([]digest.Article{headlineOf(a)})
		for _, found := range f([]digest.Article{a}) {
			k := figureKey{found.Kind, found.Value, found.Unit}
			if _, ok := numberKinds[k.kind]; !ok {
				continue
			}
			says[k]++
			// A headline is in the edition anyway.
			if seen[k] || strings.HasPrefix(clean(a.Title), found.Sentence) {
				continue
			}
			seen[k] = true
			n, ok := f.figure(s, a, found, headline)
			if !ok {
				continue
			}
			n.worth -= perRank * float64(min(rank, lowestRank))
			n.key, n.story, n.StoryID = k, rank, st.id
			out = append(out, n)
		}
	}
	return out
}

// quotes finds the words in which the story shows a number's sentence anyway: a
// highlight may go without the dateline before it.
func quotes(told digest.EditionStory, n digest.EditionNumber) (string, bool) {
	for _, h := range told.Highlights {
		if h.ArticleID == n.ArticleID && (strings.HasSuffix(n.Sentence, h.Text) || strings.Contains(h.Text, n.Sentence)) {
			return h.Text, true
		}
	}
	return n.Sentence, false
}

// figure weighs one number of an article; false where it cannot be shown.
func (f facts) figure(s Settings, a digest.Article, found digest.Fact, headline []digest.Fact) (figure, bool) {
	worth, ok := numberKinds[found.Kind]
	length := utf8.RuneCountInString(found.Sentence)
	if !ok || length < shortSentence || length > longSentence {
		return figure{}, false
	}
	value, small := spell(found)
	if value == "" {
		return figure{}, false
	}
	about, substance := f.about(a, found)
	if about == "" {
		return figure{}, false
	}
	for _, c := range []struct {
		is bool
		by float64
	}{
		{substance, ofSubstance},
		{slices.ContainsFunc(headline, func(h digest.Fact) bool { return same(h, found) }), inTitle},
		{length > fairSentence, longWinded},
		{!speaks(s.Lang, a.Lang), foreign},
		{small, smallNumber},
	} {
		if c.is {
			worth += c.by
		}
	}
	return figure{worth: worth, EditionNumber: digest.EditionNumber{
		Kind: found.Kind, Value: value, About: about, Sentence: found.Sentence, Lang: a.Lang,
		ArticleID: a.ID, Source: a.Source, URL: a.URL,
	}}, true
}

func same(a, b digest.Fact) bool { return a.Kind == b.Kind && a.Value == b.Value && a.Unit == b.Unit }

// about says what a number is of: the substance that was weighed, else what the
// words beside it say. substance says that it is an element or an oxide. It is
// empty where nothing is named, and where the sentence has a second number of the
// kind: "from 3 million to 8 million" has one that is news, and which is hard to tell.
func (f facts) about(a digest.Article, found digest.Fact) (about string, substance bool) {
	sentence := f([]digest.Article{{ID: a.ID, Text: found.Sentence, Lang: a.Lang, Source: a.Source, URL: a.URL}})
	for _, other := range sentence {
		if other.Kind == found.Kind && other.Unit == found.Unit && other.Value != found.Value {
			return "", false
		}
	}
	if unit, of, ok := strings.Cut(found.Unit, " "); ok && unit != "" {
		return substanceName(of), true
	}
	if utf8.RuneCountInString(found.Of) > maxHeading {
		return "", false
	}
	return found.Of, slices.ContainsFunc(sentence, func(n digest.Fact) bool {
		return n.Kind == digest.TagElement && strings.Contains(strings.ToLower(found.Of), strings.ToLower(n.Value))
	})
}

func substanceName(of string) string {
	switch of {
	case "REO", "TREO":
		return "rare earth oxides"
	case "NdFeB":
		return "NdFeB magnets"
	}
	return of
}
