package plain

import (
	"strings"
	"unicode"
)

// shortestWord is the shortest word that tells something, and stem how much of
// a longer one: what follows is its ending. Both in runes.
const (
	shortestWord = 4
	stem         = 6
)

// TellingWords are the words of a text without their endings, in lower case; in
// scripts without spaces, each two neighbouring letters.
func TellingWords(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
		runes := []rune(w)
		if unicode.In(runes[0], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			for i := 1; i < len(runes); i++ {
				out[string(runes[i-1:i+1])] = true
			}
		} else if len(runes) >= shortestWord {
			out[string(runes[:min(len(runes), stem)])] = true
		}
	}
	return out
}
