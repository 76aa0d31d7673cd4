package rewrite

import (
	"fmt"
	"strings"
)

// refusal is why a sentence is not taken, in words for the operator.
type refusal string

func (r refusal) Error() string { return string(r) }

func refuse(format string, args ...any) error { return refusal(fmt.Sprintf(format, args...)) }

// Check says whether text, in English, says nothing but what source says; the
// error gives the reason. The language of source is found out; one without a
// word list cannot be checked.
func Check(source, text string) error {
	l, err := readLexicon()
	if err != nil {
		return err
	}
	return l.check(source, l.language(source), text)
}

// check is [Check] for a sentence whose language is known.
func (l *lexicon) check(source, lang, text string) error {
	from := l.languages[lang]
	if from == nil {
		return refuse("the words of the source's language cannot be checked")
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

// language is the language of a sentence as far as the word lists know; empty
// for one that they do not.
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
