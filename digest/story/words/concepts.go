package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Told is what a piece of text speaks of.
type Told struct {
	Concepts []*Concept // each once, in the order of the text
	Spelled  []Spelled  // further words that may be names
}

// Spelled is a rare word that may be a name which no list has.
type Spelled struct {
	ID   uint32
	Sure bool // it has a capital where other words have none
}

// spelledWord is a word of a text as it is written.
type spelledWord struct {
	text       string
	start, end int
	star       bool // a star follows, in a list
}

// Concepts reads what a text speaks of. lang is a language as [Tongue] gives it.
func (v *List) Concepts(text, lang string) Told {
	text = strings.ToValidUTF8(text[:min(len(text), maxText)], " ")
	t := v.tongues[lang]
	if t == nil {
		t = v.tongues[everyTongue]
	}
	var out Told
	words := wordsOf(text)
	taken := make([]bool, len(words))
	for _, c := range t.match(text, words, taken) {
		if !slices.Contains(out.Concepts, c) {
			out.Concepts = append(out.Concepts, c)
		}
	}
	titled := lang == "de" || inCapitals(words)
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w.text)
		if taken[i] || !unicode.IsUpper(r) || utf8.RuneCountInString(w.text) < 3 {
			continue
		}
		lower := strings.ToLower(w.text)
		if v.Look(Token{Word: lower}, lang).Weight < Rare {
			continue
		}
		id := Hash(lower)
		if !slices.ContainsFunc(out.Spelled, func(s Spelled) bool { return s.ID == id }) {
			out.Spelled = append(out.Spelled, Spelled{id, !titled && i > 0})
		}
	}
	return out
}

// inCapitals says whether most words of a text have capitals, as English likes
// for headlines: then a capital says nothing.
func inCapitals(words []spelledWord) bool {
	n, capitals := 0, 0
	for _, w := range words {
		r, size := utf8.DecodeRuneInString(w.text)
		if size == len(w.text) || utf8.RuneCountInString(w.text) < 4 {
			continue
		}
		n++
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return 3*capitals > 2*n
}

// meaning is the concepts that a text is the name of.
func (t *tongue) meaning(name string) []*Concept {
	if f, n := t.run(name, 0, false); f != nil && n == len(name) {
		return f.means
	}
	words := wordsOf(name)
	if len(words) == 0 {
		return nil
	}
	if f := t.phrase(words); f != nil && len(f.words) == len(words) {
		return f.means
	}
	return nil
}

// match finds the concepts of a text in its order, the longest form at each
// place, and notes the words that are taken by them.
func (t *tongue) match(text string, words []spelledWord, taken []bool) []*Concept {
	var out []*Concept
	next, inRun := 0, false // the next word, and whether a form ended just here
	for at := 0; at < len(text); {
		for next < len(words) && words[next].start < at {
			next++
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		atWord := next < len(words) && words[next].start == at
		if atWord || spaceless(r) {
			f, n := t.run(text, at, inRun)
			if g, m := t.sounding(text, at); m > n {
				f, n = g, m
			}
			if f != nil {
				out = append(out, f.means...)
				at += n
				inRun = true
				continue
			}
		}
		inRun = false
		if !atWord {
			at += size
			continue
		}
		f := t.phrase(words[next:])
		n := 1
		if f != nil {
			out = append(out, f.means...)
			n = len(f.words)
			for i := range n {
				taken[next+i] = true
			}
		}
		at = words[next+n-1].end
		next += n
	}
	return out
}

// run is the longest form of characters that stands at a place, and its length
// in the text.
func (t *tongue) run(text string, at int, afterForm bool) (*form, int) {
	first, _ := utf8.DecodeRuneInString(text[at:])
	for _, f := range t.runs[first] {
		n := prefix(text[at:], f.run)
		if n == 0 {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); !f.anywhere && !afterForm && isHangul(before) {
			continue
		}
		return f, n
	}
	return nil, 0
}

// prefix is how long a form is at the start of a text, 0 if it is not there. A
// space in the form may be missing in the text.
func prefix(text, form string) int {
	if strings.HasPrefix(text, form) {
		return len(form)
	}
	if !strings.Contains(form, " ") {
		return 0
	}
	if tight := strings.ReplaceAll(form, " ", ""); strings.HasPrefix(text, tight) {
		return len(tight)
	}
	return 0
}

// phrase is the longest form that the next words begin with.
func (t *tongue) phrase(words []spelledWord) *form {
	lower := strings.ToLower(words[0].text)
	best := longest(t.words[lower], words, nil)
	for end := len(lower); end >= fewestStem; end-- {
		if end < len(lower) && !utf8.RuneStart(lower[end]) {
			continue
		}
		best = longest(t.words[lower[:end]], words, best)
	}
	if plural, ok := strings.CutSuffix(lower, "s"); ok && best == nil {
		best = longest(t.words[plural], words, nil)
	}
	return best
}

// longest is the first of the forms that the words begin with and that has more
// words than another.
func longest(forms []*form, words []spelledWord, than *form) *form {
	for _, f := range forms {
		if than != nil && len(f.words) <= len(than.words) {
			return than
		}
		if f.begins(words) {
			return f
		}
	}
	return than
}

func (f *form) begins(words []spelledWord) bool {
	if len(f.words) > len(words) {
		return false
	}
	for i, w := range f.words {
		if !w.matches(words[i].text) {
			return false
		}
	}
	return true
}

func (w formWord) matches(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	switch lower := strings.ToLower(text); {
	case w.capital && !unicode.IsUpper(r):
		return false
	case w.short && strings.ToUpper(text) != text:
		return false
	case w.open:
		return strings.HasPrefix(lower, w.lower)
	default:
		return lower == w.lower || lower == w.lower+"s"
	}
}

// wordsOf parts a text of letters into words; "U.S." is "US", and "Japan's" is
// "Japan".
func wordsOf(text string) []spelledWord {
	var out []spelledWord
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if spaceless(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if r == '*' && len(out) > 0 && out[len(out)-1].end == at {
				out[len(out)-1].star = true
			}
			at += size
			continue
		}
		start := at
		if word, n := dotted(text[at:]); n > 0 {
			at += n
			out = append(out, spelledWord{text: strings.ToUpper(word), start: start, end: at})
			continue
		}
		for at < len(text) {
			r, size := utf8.DecodeRuneInString(text[at:])
			if spaceless(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				break
			}
			at += size
		}
		out = append(out, spelledWord{text: text[start:at], start: start, end: at})
		if rest := text[at:]; strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") {
			if _, n := utf8.DecodeRuneInString(rest); len(rest) == n+1 || !isLetterAt(rest[n+1:]) {
				at += n + 1
			}
		}
	}
	return out
}

func isLetterAt(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r)
}
