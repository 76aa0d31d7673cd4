package check

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

//go:embed words/*.txt
var wordFiles embed.FS

// english is the one language that a model may write so far.
const english = "en"

// flag is what the check must know of a word beside its meaning. words/en.txt
// explains each.
type flag uint32

const (
	isNeutral flag = 1 << iota
	isBe
	cuts
	relates
	isItem
	keeps
	keepsAll
	bounds
	keepsNext
	isTop
	isApprox
	isRole
	isSuffix
	moves
	says
	hasSubject
	isAgent
	isTime
	isSpare
	isActor
	isLight
	isElement
	isModal
)

var flagNames = map[string]flag{
	"neutral": isNeutral, "be": isBe, "cut": cuts, "prep": relates, "item": isItem, "keep": keeps, "always": keepsAll | keeps,
	"limit": bounds, "next": keepsNext, "top": isTop, "approx": isApprox, "role": isRole, "suffix": isSuffix, "move": moves,
	"say": says, "subject": hasSubject, "agent": isAgent, "time": isTime, "spare": isSpare, "actor": isActor, "light": isLight, "element": isElement, "modal": isModal,
}

// concept is one meaning; its forms in all languages stand for each other.
type concept struct {
	name   string
	flags  flag
	parent *concept // says less: a surge is a rise
	// parts are what a compound means: Seltenerdmagnet is rare_earth+magnet.
	parts []*concept
}

func (c *concept) has(f flag) bool { return c.flags&f != 0 }

// form is one way to write a concept.
type form struct {
	words   []string // folded; "steig*" stands for all that begin so
	capital bool     // only where it is written with a capital, as a name
	concept *concept
}

// language is the words of one language.
type language struct {
	tag   string
	forms map[string][]form // by first word, or by first character where words are not divided
	free  bool              // word order does not say who did what to whom
	comma bool              // the comma is the decimal mark

	cardinals, powers, ordinals map[string]int64
	units                       map[string]string // a word → the English one
}

// lexicon is the words of all languages.
type lexicon struct {
	concepts  map[string]*concept
	languages map[string]*language
}

// readLexicon reads the embedded word lists; a mistake in them is an error.
func readLexicon() (*lexicon, error) {
	l := &lexicon{concepts: map[string]*concept{}, languages: map[string]*language{}}
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	names := []string{english + ".txt"} // it names the concepts of all
	for _, f := range files {
		if f.Name() != names[0] {
			names = append(names, f.Name())
		}
	}
	for _, name := range names {
		text, err := wordFiles.ReadFile(path.Join("words", name))
		if err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		if err := l.add(strings.TrimSuffix(name, ".txt"), string(text)); err != nil {
			return nil, fmt.Errorf("read words/%s: %w", name, err)
		}
	}
	return l, nil
}

func (l *lexicon) add(tag, text string) error {
	lang := &language{
		tag: tag, forms: map[string][]form{},
		cardinals: map[string]int64{}, powers: map[string]int64{}, ordinals: map[string]int64{},
		units: map[string]string{},
	}
	l.languages[tag] = lang
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line == "order free":
			lang.free = true
			continue
		case line == "decimal comma":
			lang.comma = true
			continue
		}
		head, forms, ok := strings.Cut(line, ": ")
		c, err := l.concept(head, tag == english)
		if !ok || err != nil {
			return fmt.Errorf("line %d: %q: %w", n, line, err)
		}
		for f := range strings.SplitSeq(forms, ",") {
			if f = strings.TrimSpace(f); !lang.addNumber(f, c.name) {
				lang.add(f, c)
			}
		}
	}
	for _, f := range lang.forms {
		slices.SortStableFunc(f, func(a, b form) int { return len(b.words) - len(a.words) })
	}
	return nil
}

// concept reads the head of a line: a name, its flags, and "<" with its parent.
// Only the English list makes concepts.
func (l *lexicon) concept(head string, create bool) (*concept, error) {
	words := strings.Fields(head)
	if len(words) == 0 {
		return nil, fmt.Errorf("no name")
	}
	c := l.concepts[words[0]]
	if parts := strings.Split(words[0], "+"); c == nil && len(parts) > 1 && !create {
		c = &concept{name: words[0]}
		for _, p := range parts {
			part, err := l.concept(p, false)
			if err != nil {
				return nil, err
			}
			c.parts = append(c.parts, part)
		}
		return c, nil
	}
	if c == nil {
		if !create && !strings.ContainsAny(words[0][:1], "=*@/") {
			return nil, fmt.Errorf("%s is no line of en.txt", words[0])
		}
		c = &concept{name: words[0]}
		l.concepts[words[0]] = c
	}
	for _, w := range words[1:] {
		if p, ok := strings.CutPrefix(w, "<"); ok {
			if c.parent = l.concepts[p]; c.parent == nil {
				return nil, fmt.Errorf("%s is no line above", p)
			}
			continue
		}
		f, ok := flagNames[w]
		if !ok {
			return nil, fmt.Errorf("%s is no flag", w)
		}
		c.flags |= f
	}
	return c, nil
}

func (lang *language) add(text string, c *concept) {
	if text == "" {
		return
	}
	f := form{concept: c, capital: strings.IndexFunc(text, unicode.IsUpper) >= 0}
	key := string([]rune(text)[:1])
	if lang.wide() {
		f.words = []string{text}
	} else {
		f.words = strings.FieldsFunc(foldWord(text), func(r rune) bool { return r == ' ' || r == '-' })
		key = f.words[0]
		if stem, ok := strings.CutSuffix(key, "*"); ok {
			key = prefixKey(stem)
		}
	}
	lang.forms[key] = append(lang.forms[key], f)
}

// addNumber keeps the words of lines such as "=3", "*1000" and "@2".
func (lang *language) addNumber(text, name string) bool {
	if unit, ok := strings.CutPrefix(name, "/"); ok {
		lang.units[strings.ToLower(text)] = unit
		return true
	}
	kinds := map[byte]map[string]int64{'=': lang.cardinals, '*': lang.powers, '@': lang.ordinals}
	words := kinds[name[0]]
	n, err := strconv.ParseInt(name[1:], 10, 64)
	if words == nil || err != nil {
		return false
	}
	words[strings.ToLower(text)] = n
	return true
}

// unit is the unit that a word names.
func (lang *language) unit(word string) (unit, bool) {
	if own, ok := lang.units[word]; ok {
		word = own
	}
	u, ok := unitWords[word]
	return u, ok
}

// wide says that the language is written without spaces, or hangs endings on
// every word, so that words are looked for inside the text.
func (lang *language) wide() bool { return lang.tag == "zh" || lang.tag == "ja" || lang.tag == "ko" }

// prefixKey is where forms such as "steig*" are found: by their first letters.
func prefixKey(word string) string {
	r := []rune(word)
	return "*" + string(r[:min(3, len(r))])
}

// match is the concepts of the longest form that begins at tokens[i], and how
// many tokens it takes. A word with a capital inside a sentence is a name: only
// forms with a capital fit it.
func (lang *language) match(tokens []token, i int, initial bool) ([]*concept, int) {
	name := tokens[i].capital() && !initial
	var found []*concept
	longest := 0
	keys := append(lemmasIn(lang.tag, tokens[i].fold), prefixKey(tokens[i].fold))
	if lang.wide() {
		keys = []string{string([]rune(tokens[i].fold)[:min(1, len(tokens[i].fold))])}
	}
	for _, key := range keys {
		for _, f := range lang.forms[key] {
			if f.capital && !tokens[i].capital() || !f.capital && name {
				continue
			}
			n := lang.fits(f, tokens, i)
			if n == 0 || n < longest {
				continue
			}
			if n > longest {
				found, longest = nil, n
			}
			if !slices.Contains(found, f.concept) {
				found = append(found, f.concept)
			}
		}
	}
	return found, longest
}

// fits is how many tokens the form takes at i; 0 where it does not stand there.
func (lang *language) fits(f form, tokens []token, i int) int {
	at := i
	for k, w := range f.words {
		if k > 0 && at < len(tokens) && tokens[at].is("-") && tokens[at].glued {
			at++
		}
		if at >= len(tokens) || tokens[at].kind == signToken || !lang.sameWord(w, tokens[at].fold) ||
			k > 0 && !f.capital && tokens[at].capital() && lang.tag == english {
			return 0
		}
		at++
	}
	return at - i
}

func (lang *language) sameWord(want, got string) bool {
	if stem, ok := strings.CutSuffix(want, "*"); ok {
		return strings.HasPrefix(got, stem)
	}
	return slices.Contains(lemmasIn(lang.tag, got), want)
}

// lemmasIn takes endings off English words only; other lists spell their forms out.
func lemmasIn(tag, word string) []string {
	if tag == english {
		return lemmas(word)
	}
	return []string{word}
}
