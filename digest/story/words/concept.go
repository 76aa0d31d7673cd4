package words

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	//go:embed lists/concepts.txt
	conceptList string
	//go:embed lists/concepts-topic.txt
	topicConceptList string
)

// Class is what sort of a thing a concept is.
type Class byte

// The classes. The first three act; what they do and with what follows.
const (
	Place  Class = iota // a country, a bloc, a region
	Office              // a ministry, a court
	Named               // a firm, a person, a project
	Act
	Thing
)

var classes = map[string]Class{"place": Place, "body": Office, "name": Named, "act": Act, "thing": Thing}

// Acts says whether a class is of those who act.
func (c Class) Acts() bool { return c <= Named }

// Concept is what words of many languages stand for.
type Concept struct {
	ID      uint32
	Name    string // in English
	Class   Class
	Weight  float32    // how much it says, as that of a word
	Topic   bool       // of the topic's own name
	Of      []*Concept // what goes without saying with it
	against string     // name of its opposite
	Against *Concept   // its opposite; nil if it has none
}

// form is one way to write concepts.
type form struct {
	words    []formWord // for a text of words
	run      string     // for a text without spaces
	means    []*Concept
	anywhere bool // also within a run of Korean syllables
}

// formWord is a word of a form.
type formWord struct {
	lower   string
	open    bool // any ending
	capital bool // begins with a capital
	short   bool // all capitals, and as short as a common word
}

// tongue is the forms of a language.
type tongue struct {
	words map[string][]*form // by the first word
	runs  map[rune][]*form   // by the first character
	// sounds are names as they sound, by the first unit; letters are what the
	// language calls Latin capitals. Both nil for most languages.
	sounds  map[rune][]sound
	letters map[rune]string
}

// everyTongue is how the lists call what holds for every language.
const everyTongue = "all"

// fewestStem is the fewest letters of a word with an open end.
const fewestStem = 2

// readConcepts reads the lists; name is further words that name the topic.
func readConcepts(name []string) map[string]*tongue {
	by := map[string]*Concept{}
	parts := map[*Concept][]string{}
	tongues := map[string]*tongue{everyTongue: newTongue(everyTongue)}
	spelled := map[string]*form{}
	for _, list := range []string{conceptList, topicConceptList} {
		for line := range strings.Lines(list) {
			head, rest, ok := strings.Cut(strings.TrimSpace(line), " | ")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			c, of := readConcept(head)
			by[c.Name], parts[c] = c, of
			for group := range strings.SplitSeq(rest, " | ") {
				lang, forms, _ := strings.Cut(group, " ")
				if tongues[lang] == nil {
					tongues[lang] = newTongue(lang)
				}
				for written := range strings.SplitSeq(forms, ", ") {
					tongues[lang].learn(spelled, lang, strings.TrimSpace(written), c)
				}
			}
		}
	}
	for c, of := range parts {
		c.Of = closure(by, parts, of)
		c.Against = by[c.against]
	}
	for lang, t := range tongues {
		if lang != everyTongue {
			t.add(tongues[everyTongue])
		}
		t.sort()
	}
	for _, w := range name {
		for _, t := range tongues {
			for _, c := range t.meaning(w) {
				c.Topic = true
			}
		}
	}
	return tongues
}

// readConcept reads the head of a line, and the names of what it is a part of.
func readConcept(head string) (c *Concept, of []string) {
	fields := strings.Split(head, ", ")
	share, rest, _ := strings.Cut(fields[0], " ")
	class, name, _ := strings.Cut(rest, " ")
	class, topic := strings.CutPrefix(class, "*")
	common, _ := strconv.ParseFloat(share, 64)
	c = &Concept{ID: Hash("concept " + name), Name: name, Class: classes[class], Weight: weigh(common), Topic: topic}
	for _, f := range fields[1:] {
		if whole, ok := strings.CutPrefix(f, "of "); ok {
			of = append(of, whole)
		}
		if opposite, ok := strings.CutPrefix(f, "against "); ok {
			c.against = opposite
		}
	}
	return c, of
}

// closure is all that goes without saying, the nearest first.
func closure(by map[string]*Concept, parts map[*Concept][]string, of []string) []*Concept {
	var out []*Concept
	for len(of) > 0 {
		c := by[of[0]]
		of = of[1:]
		if c != nil && !slices.Contains(out, c) {
			out = append(out, c)
			of = append(of, parts[c]...)
		}
	}
	return out
}

func newTongue(lang string) *tongue {
	t := &tongue{words: map[string][]*form{}, runs: map[rune][]*form{}, letters: letterNames[lang]}
	if t.letters != nil {
		t.sounds = map[rune][]sound{}
	}
	return t
}

// learn notes one way to write a concept.
func (t *tongue) learn(spelled map[string]*form, lang, written string, c *Concept) {
	key := lang + "\x00" + written
	if f := spelled[key]; f != nil {
		f.means = append(f.means, c)
		return
	}
	f := &form{means: []*Concept{c}}
	spelled[key] = f
	if strings.ContainsFunc(written, spaceless) {
		f.run = written
		f.anywhere = utf8.RuneCountInString(written) > 2 || !strings.ContainsFunc(written, isHangul)
		first, _ := utf8.DecodeRuneInString(written)
		t.runs[first] = append(t.runs[first], f)
		if c.Class == Named && t.sounds != nil {
			t.learnSound(f, written)
		}
		return
	}
	for _, w := range wordsOf(written) {
		lower := strings.ToLower(w.text)
		r, _ := utf8.DecodeRuneInString(w.text)
		f.words = append(f.words, formWord{
			lower: lower, open: w.star, capital: unicode.IsUpper(r),
			short: utf8.RuneCountInString(lower) <= 3 && len(lower) > 1 && strings.ToUpper(w.text) == w.text && lower != w.text,
		})
	}
	if len(f.words) > 0 {
		t.words[f.words[0].lower] = append(t.words[f.words[0].lower], f)
	}
}

func (t *tongue) add(all *tongue) {
	for w, forms := range all.words {
		t.words[w] = append(t.words[w], forms...)
	}
	for r, forms := range all.runs {
		t.runs[r] = append(t.runs[r], forms...)
	}
}

// sort puts the longest forms first.
func (t *tongue) sort() {
	for _, forms := range t.words {
		slices.SortStableFunc(forms, func(a, b *form) int { return len(b.words) - len(a.words) })
	}
	for _, forms := range t.runs {
		slices.SortStableFunc(forms, func(a, b *form) int { return len(b.run) - len(a.run) })
	}
}

func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }
