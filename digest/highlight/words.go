package highlight

import (
	"strings"
	"unicode"
)

// words is the set of words of a text; Chinese, Japanese and Korean characters
// count in pairs, as they are written without (sure) spaces.
func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, t := range tokens(s) {
		set[t] = true
	}
	return set
}

// tokens is the text's words in order, in lower case.
func tokens(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}) {
		out = appendPairs(out, []rune(f))
	}
	return out
}

func appendPairs(out []string, word []rune) []string {
	start := 0
	for i := 0; i < len(word); {
		if !wide(word[i]) {
			i++
			continue
		}
		if i > start {
			out = append(out, string(word[start:i]))
		}
		end := i
		for end < len(word) && wide(word[end]) {
			end++
		}
		if end-i == 1 {
			out = append(out, string(word[i:end]))
		}
		for ; i+1 < end; i++ {
			out = append(out, string(word[i:i+2]))
		}
		i, start = end, end
	}
	if start < len(word) {
		out = append(out, string(word[start:]))
	}
	return out
}

// wide says whether r is of a script that is written without spaces, or Hangul,
// where endings hide that two words are the same.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
