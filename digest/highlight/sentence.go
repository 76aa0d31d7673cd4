package highlight

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences splits a text into its sentences, each a verbatim piece of the text
// after white-space folding. Line breaks end a sentence. lang is a BCP 47 tag
// and may be empty: it only decides what is ambiguous between languages.
func Sentences(text, lang string) []string {
	var out []string
	for _, block := range blocks(text) {
		out = append(out, split(block, lang)...)
	}
	return out
}

// blocks are the text's paragraphs, folded. A line that goes on in lower case
// was only wrapped.
func blocks(text string) []string {
	var out []string
	wrapped := false
	for line := range strings.SplitSeq(text, "\n") {
		line = fold(line)
		if line == "" {
			wrapped = false
			continue
		}
		first, _ := utf8.DecodeRuneInString(line)
		if wrapped && unicode.IsLower(first) {
			out[len(out)-1] += " " + line
		} else {
			out = append(out, line)
		}
		wrapped = true
	}
	return out
}

// split cuts one folded paragraph.
func split(block, lang string) []string {
	var out []string
	start := 0
	for i := 0; i < len(block); {
		r, size := utf8.DecodeRuneInString(block[i:])
		if !isStop(r) {
			i += size
			continue
		}
		stop := i
		end := closers(block, stops(block, i+size))
		if ends(block, start, stop, end, r, lang) {
			if s := strings.TrimSpace(block[start:end]); s != "" {
				out = append(out, s)
			}
			start = end
		}
		i = end
	}
	if s := strings.TrimSpace(block[start:]); s != "" {
		out = append(out, s)
	}
	return out
}

// ends says whether the stop r at block[stop:], with all that clings to it up to
// end, ends the sentence that began at start.
func ends(block string, start, stop, end int, r rune, lang string) bool {
	rest := block[end:]
	after := strings.TrimLeft(rest, " ")
	if after == "" {
		return true
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, openers))
	if isWideStop(r) {
		// Japanese goes on after a quotation: 「…。」と述べた.
		return end-stop == utf8.RuneLen(r) || !unicode.Is(unicode.Hiragana, next)
	}
	if len(rest) == len(after) {
		return glued(block[start:stop], after)
	}
	if unicode.IsLower(next) {
		return false
	}
	if r != '.' || end > stop+1 && block[stop:end] != "." && strings.HasPrefix(block[stop:end], "..") {
		return true
	}
	return !abbreviated(block[start:stop], end-stop > 1, after, lang)
}

// glued says whether a stop without a space after it ends a sentence all the
// same: "was told.The company", "했다.이".
func glued(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, n := utf8.DecodeRuneInString(after)
	if unicode.Is(unicode.Hangul, last) {
		return unicode.Is(unicode.Hangul, first)
	}
	if unicode.In(last, unicode.Han, unicode.Hiragana, unicode.Katakana) {
		return unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana)
	}
	second, _ := utf8.DecodeRuneInString(after[n:])
	return len(lastWord(before)) > 2 && lastWord(before) == strings.ToLower(lastWord(before)) &&
		unicode.IsLower(last) && unicode.IsUpper(first) && (unicode.IsLower(second) || second == ' ') &&
		strings.Contains(after, " ")
}

// stops is the end of a run of stops that begins before i: "?!", "...", "……".
func stops(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isStop(r) {
			break
		}
		i += size
	}
	return i
}

// closers is the end of the quotation marks and brackets at i that close what
// the sentence opened. A straight mark after a space opens the next sentence.
func closers(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("\"'”’»)]）】」』》〉", r) {
			break
		}
		i += size
	}
	return i
}

const openers = "\"'“‘«([（【「『《〈¿¡„-–—• "

func isStop(r rune) bool { return strings.ContainsRune(".!?…", r) || isWideStop(r) }

func isWideStop(r rune) bool { return strings.ContainsRune("。！？｡।", r) }

// lastWord is what stands between the last space or bracket and the end.
func lastWord(s string) string {
	return s[strings.LastIndexAny(s, " (\"'“‘[/")+1:]
}
