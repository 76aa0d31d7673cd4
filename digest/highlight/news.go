package highlight

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reedaily/digest"
)

// What is new. A figure or a name that was not told is news, and so is a
// headline with one telling word more. A sentence may say the same in other
// words: it is news from a share of them on.
const (
	leastNews = 0.3
	mostNews  = 6 // words that News names
)

// again has words with which headlines tell a known event again: a company that
// "plans" a plant also "unveils", "selects" and "invests", and readers know.
// What may be the next step (approves, opens, cancels) is not among them.
//
//go:embed words/again.txt
var again string

// readAgain reads the words of the languages that have such a list, as stems.
func readAgain() map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	for line := range strings.Lines(again) {
		lang, words, _ := strings.Cut(line, " ")
		if lists[lang] == nil {
			lists[lang] = map[string]bool{}
		}
		for w := range set(words) {
			lists[lang][stem(w, lang)] = true
		}
	}
	lists[""] = lists["en"]
	return lists
}

// News reads a story's thread and returns a reader of its new articles: it says
// what an article tells that was not told, in its own words, figures and what
// may be a name before other words. It is nil where nothing is new: a doubt
// counts as news, and of a story that was never told all is.
//
// It goes by words: what was told in one language is news in another.
func (p *Picker) News(told digest.Thread) func(digest.Article) []string {
	m := p.memory(told)
	return func(a digest.Article) []string {
		news := m.news(headline(a), a, 0)
		for _, q := range article(a).quotable {
			news = append(news, m.news(q.text, a, leastNews)...)
		}
		return first(news, mostNews)
	}
}

func first(words []string, n int) []string {
	var out []string
	for _, w := range words {
		if len(out) < n && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// memory is the words of a thread.
type memory struct {
	told    bool
	stop    stopWords
	again   map[string]map[string]bool
	words   map[string]bool // stems
	runes   map[rune]bool   // of the scripts whose words cannot be told apart
	figures map[string]bool
}

// memory is empty for a story that was never told: everything is new.
func (p *Picker) memory(told digest.Thread) *memory {
	m := &memory{told: told.Last != "", stop: p.stop, again: p.again, words: map[string]bool{}, runes: map[rune]bool{}, figures: map[string]bool{}}
	for _, a := range told.Articles {
		m.learn(headline(a), a.Lang)
		text := article(a)
		for _, s := range text.all {
			m.learn(s, a.Lang)
		}
		for _, q := range text.quotable { // cut where a lead or a title was
			m.learn(q.text, a.Lang)
		}
	}
	for _, s := range told.Quoted {
		m.learn(s, "")
	}
	return m
}

// words is a sentence's words without its figures and their scale.
func words(s string) []string { return tokens(figureRE.ReplaceAllString(s, " ")) }

func (m *memory) learn(s, lang string) {
	for _, t := range words(s) {
		m.words[stem(strings.ToLower(t), lang)] = true
		for _, r := range t {
			if wide(r) {
				m.runes[r] = true
			}
		}
	}
	for _, f := range figures(s) {
		m.figures[f.value] = true
	}
}

// news is what a sentence of an article adds to what was told: nil if it has
// no new figure or name and at most this share of new words.
func (m *memory) news(s string, a digest.Article, share float64) []string {
	var strict, loose []string
	for _, f := range figures(s) {
		if !m.figures[f.value] {
			strict = append(strict, f.text)
		}
	}
	known := map[string]bool{}
	for _, t := range tokens(a.Source) {
		known[strings.ToLower(t)] = true
	}
	telling := 0
	stop := m.stop.of(a.Lang)
	for _, t := range words(s) {
		low := strings.ToLower(t)
		if stop[low] || days[low] || known[low] || utf8.RuneCountInString(t) < 2 {
			continue
		}
		telling++
		root := stem(low, a.Lang)
		switch {
		case m.words[root] || m.words[low] || m.again[base(a.Lang)][root]:
		case m.mayName(t):
			strict = append(strict, t)
		default:
			loose = append(loose, t)
		}
	}
	if len(strict) == 0 && float64(len(loose)) <= share*float64(telling) {
		return nil
	}
	return append(strict, loose...)
}

// mayName says of a new word that it may be a name: it is written with a
// capital, or with a character that no told article has.
func (m *memory) mayName(t string) bool {
	r, _ := utf8.DecodeRuneInString(t)
	if !wide(r) {
		return unicode.IsUpper(r)
	}
	return strings.ContainsFunc(t, func(r rune) bool { return !m.runes[r] })
}

// repeats says whether a sentence is no news to those who read what was told.
func (m *memory) repeats(s string, a digest.Article) bool {
	return m.told && m.news(s, a, leastNews) == nil
}

// days of the week hang on when a report was written.
var days = set(`monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow`)

// figure is a number as it is written and without the ways of writing it, so
// that "$1.25B" and "1.25 billion" are one.
type figure struct{ text, value string }

var figureRE = regexp.MustCompile(`(?:(?:` + numberRE + `)\s?(?:` + wideRE + `))+(?:` + numberRE + `)?|(?:` + numberRE + `)(?:[\s-]?` + scaleRE + `\b)?`)

var figureParts = regexp.MustCompile(`^(` + numberRE + `)[\s-]?(\pL*)$`)

func figures(s string) []figure {
	var out []figure
	for _, text := range figureRE.FindAllString(s, -1) {
		value := ""
		if m := figureParts.FindStringSubmatch(text); m != nil {
			value = amount(m[1], scaled(m[2]))
		} else if v, ok := composite(text); ok {
			value = plainNumber(v)
		}
		if value != "" {
			out = append(out, figure{text, value})
		}
	}
	return out
}
