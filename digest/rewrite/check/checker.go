// Package check holds a model's sentence against the sentence it was given.
//
// Both are read into items: names, quantities with their units, dates, and words
// by their meaning. What the list of English words does not know must stand in
// the source letter for letter, so that a new name, number or claim is found
// without a list of what is false. Then every item needs its counterpart, in an
// order that says the same, and a part of the source is kept whole or left out
// whole; words such as "not", "may" or "said" hold on to what they are about.
// A translation must give everything, item by item. What cannot be told is
// refused: a true sentence that is refused costs nothing but its quotation.
//
// It leaves to others who writes the sentence, and what becomes of a refused one.
//
// To add a word, a language: see words/en.txt, where the format is explained.
// To add a rule: a step of faithful.go or translate.go, and cases in the tests;
// mutation_test.go must still find no false sentence that passes.
package check

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// refusal is why a sentence is not taken, in words for the operator.
type refusal string

func (r refusal) Error() string { return string(r) }

func refuse(format string, args ...any) error { return refusal(fmt.Sprintf(format, args...)) }

// Checker holds sentences against each other. It keeps nothing between calls
// and may be used by several goroutines.
type Checker struct{ words *lexicon }

// New reads the word lists.
func New() (*Checker, error) {
	words, err := readLexicon()
	if err != nil {
		return nil, err
	}
	return &Checker{words: words}, nil
}

// Target is the language that a checked sentence is in: the only one with a
// list of the words that may stand for each other.
const Target = english

// MaxRunes is the longest sentence that is checked.
const MaxRunes = 700

// Language is the language of a sentence as far as the word lists know; empty
// for one that they do not, whose sentences cannot be checked.
func (c *Checker) Language(sentence string) string { return c.words.language(sentence) }

// Check says whether text says nothing but what source says. Text is in
// [Target]; where source is in another language it must be a translation of all
// of source. The error is the reason, in words for the operator.
func (c *Checker) Check(source, text string) error {
	return c.words.check(source, c.words.language(source), text)
}

// check is [Checker.Check] for a sentence whose language is known.
func (l *lexicon) check(source, lang, text string) error {
	from := l.languages[lang]
	if from == nil {
		return refuse("the words of the source's language cannot be checked")
	}
	if utf8.RuneCountInString(source) > MaxRunes {
		return refuse("the source is too long to be checked")
	}
	if err := surface(source, text, lang == english); err != nil {
		return err
	}
	src, out := read(plain(source), from), read(plain(text), l.languages[english])
	if len(src) > maxItems || len(out) > maxItems {
		return refuse("too long to be checked")
	}
	if lang != english {
		return translated(from, src, out)
	}
	return align(src, out)
}

// maxItems bounds the work of one check.
const maxItems = 120

// language is [Checker.Language].
func (l *lexicon) language(text string) string {
	if tag := script(text); tag != "" {
		if l.languages[tag] == nil {
			return ""
		}
		return tag
	}
	best, most, words := "", 0, 0
	tokens := tokenize(plain(text))
	for _, t := range tokens {
		if t.kind == wordToken {
			words++
		}
	}
	for _, tag := range l.tags() {
		lang, known := l.languages[tag], 0
		if lang.wide() || tag == "ru" {
			continue
		}
		for _, t := range tokens {
			if lang.small(t.fold) {
				known++
			}
		}
		if known > most {
			best, most = tag, known
		}
	}
	if most < 2 || most*8 < words {
		return ""
	}
	return best
}

// small says whether a word is one of those that only one language has so many
// of: articles, prepositions and the like.
func (lang *language) small(fold string) bool {
	for _, f := range lang.forms[fold] {
		if len(f.words) == 1 && f.concept.has(isNeutral|isBe|relates) {
			return true
		}
	}
	return false
}

// align looks for a reading of out in which every item stands for one of src,
// in an order that says the same.
func align(src, out []item) error {
	if len(out) < 3 || len(out)*2 < len(src) {
		return refuse("too little of the sentence is left")
	}
	a := &alignment{src: src, out: out, to: make([]int, len(out)), used: make([]bool, len(src))}
	for i := range out {
		c, err := a.candidates(i)
		if err != nil {
			return err
		}
		a.options = append(a.options, c)
	}
	a.findSpeaker()
	if a.search(0) {
		return nil
	}
	if a.why == nil {
		a.why = refuse("the order of what is said is another")
	}
	return a.why
}

// describe is an item as a reason shows it.
func describe(it item) string {
	words := it.text
	if it.approx != "" {
		words = strings.SplitN(it.approx, "_", 2)[0] + " " + words
	}
	if len(words) > 60 {
		words = words[:60]
	}
	return fmt.Sprintf("%q", words)
}
