package highlight

import (
	_ "embed"
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
)

//go:embed words/stop.txt
var stopLists string

// stopWords has for each language the words that say nothing of a text's subject.
type stopWords map[string]map[string]bool

func readStopWords() stopWords {
	lists := stopWords{}
	for line := range strings.Lines(stopLists) {
		lang, words, _ := strings.Cut(line, " ")
		lists[lang] = set(words)
	}
	return lists
}

// of is the list for a BCP 47 tag; English where the language is not known.
func (s stopWords) of(lang string) map[string]bool {
	if list, ok := s[base(lang)]; ok {
		return list
	}
	if lang == "" {
		return s["en"]
	}
	return nil
}

// base is the language of a BCP 47 tag without script and region.
func base(lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	return lang
}

// stem takes the endings from a word, so that "mine" and "mines" are one.
func stem(word, lang string) string {
	env := snowballstem.NewEnv(word)
	switch base(lang) {
	case "", "en":
		english.Stem(env)
	case "fr":
		french.Stem(env)
	case "de":
		german.Stem(env)
	case "pt":
		portuguese.Stem(env)
	case "es":
		spanish.Stem(env)
	case "ru":
		russian.Stem(env)
	}
	return env.Current()
}

// tokens is the text's words in order and as they are written; Chinese,
// Japanese and Korean characters come in pairs, as these are written without
// spaces or with endings that hide that two words are the same.
func tokens(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}) {
		out = appendPairs(out, []rune(f))
	}
	return out
}

func appendPairs(out []string, word []rune) []string {
	for len(word) > 0 {
		n := 0
		for n < len(word) && wide(word[n]) == wide(word[0]) {
			n++
		}
		if !wide(word[0]) || n == 1 {
			out = append(out, string(word[:n]))
		} else {
			for i := range n - 1 {
				out = append(out, string(word[i:i+2]))
			}
		}
		word = word[n:]
	}
	return out
}

// wide says whether r is of a script whose words [tokens] cannot tell apart.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// fold makes every run of white space one space.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// set is the words of a list.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
