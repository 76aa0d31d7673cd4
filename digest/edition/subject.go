package edition

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// subjectMax is how many characters of a subject mail clients show on a wide screen.
const subjectMax = 80

// subjectLine is the subject line for an edition that leads with headline and has
// so many more stories: one line, without control or direction-changing
// characters, at most 80 characters, cut at a word.
func subjectLine(headline string, more int) string {
	line := clean(headline)
	if line == "" {
		return QuietSubject
	}
	if len([]rune(line)) > subjectMax {
		return cut(line, subjectMax)
	}
	if more > 0 {
		if with := fmt.Sprintf("%s — and %d more", line, more); len([]rune(with)) <= subjectMax {
			return with
		}
	}
	return line
}

// clean folds white space and takes out what does not print. Unicode's format
// characters (Cf) are the ones that turn the reading direction or hide.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		case r == unicode.ReplacementChar, unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// cut shortens line to at most n characters with an ellipsis, at a word where
// one ends in the second half (Chinese and Japanese have none to cut at), and
// never between a letter and its accent.
func cut(line string, n int) string {
	runes := []rune(line)
	end := n - 1
	for end > 0 && unicode.Is(unicode.M, runes[end]) {
		end--
	}
	if !unicode.IsSpace(runes[end]) {
		for i := end - 1; i >= n/2; i-- {
			if unicode.IsSpace(runes[i]) {
				end = i
				break
			}
		}
	}
	words := strings.Fields(trimEnd(string(runes[:end])))
	for len(words) > 1 && slices.Contains(danglers, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return trimEnd(strings.Join(words, " ")) + "…"
}

// danglers are words that a shortened line does not end with.
var danglers = []string{"a", "an", "the", "of", "in", "on", "to", "for", "and", "with", "at", "by", "from", "as"}

func trimEnd(s string) string { return strings.TrimRight(s, " ,;:–—-(") }
