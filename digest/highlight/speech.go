package highlight

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// longestSpeech is for how many sentences a quotation may go on: then its end
// was lost.
const longestSpeech = 4

// speech says which sentences stand within a quotation that began in an earlier
// one: of these only the last has a mark, and none says who speaks.
func speech(sentences []string) []bool {
	within := make([]bool, len(sentences))
	left := 0 // sentences that the open quotation may still have
	for i, s := range sentences {
		if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(opening, first) {
			left = 0
		}
		within[i] = left > 0
		switch open := unclosed(s); {
		case within[i] && (open != 0 || endOfSpeech.MatchString(s)):
			left = 0
		case within[i]:
			left--
		case open > 0:
			left = longestSpeech
		}
	}
	return within
}

// opening are the marks that begin a quotation, or may.
const opening = "\"'“‘„«「『"

var (
	// 'We will build it. We …: a single mark, so as not to take an apostrophe for one.
	startOfSpeech = regexp.MustCompile(`(?:^|[\s(])['‘]\p{Lu}`)
	endOfSpeech   = regexp.MustCompile(`[.,!?]['’](?:\s|$)`)
	endOfWords    = regexp.MustCompile(`\p{L}['’](?:\s|$)`)
)

// unclosed counts the quotations that a sentence leaves open; it is negative
// where it closes one that an earlier sentence opened. Of straight marks an odd
// one opens.
func unclosed(s string) int {
	opens, closes := "“«「『", "”»」』"
	if strings.Contains(s, "„") {
		opens, closes = "„", "“”"
	}
	n := strings.Count(s, `"`) % 2
	for _, r := range s {
		switch {
		case strings.ContainsRune(opens, r):
			n++
		case strings.ContainsRune(closes, r):
			n--
		}
	}
	if at := startOfSpeech.FindAllStringIndex(s, -1); n == 0 && at != nil {
		rest := s[at[len(at)-1][1]:]
		if !endOfSpeech.MatchString(rest) && !endOfWords.MatchString(rest) {
			n++
		}
	}
	return n
}
