package highlight

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences splits a text into its sentences, each a verbatim piece of the text
// after white-space folding. Line breaks end a sentence. lang is a BCP 47 tag
// and may be empty: it only decides what is ambiguous between languages.
func sentences(text, lang string) []string {
	var out []string
	lang = cmp.Or(lang, tongue(text))
	for _, block := range blocks(text) {
		out = append(out, split(block, lang)...)
	}
	return out
}

// blocks are the text's paragraphs and list items, folded.
func blocks(text string) []string {
	var out []string
	lines := strings.Split(listed.Replace(text), "\n")
	for i := range lines {
		lines[i] = fold(lines[i])
	}
	wrapped := isWrapped(lines)
	before := ""
	for _, line := range lines {
		switch {
		case line == "":
		case before != "" && goesOn(before, line, wrapped):
			out[len(out)-1] += " " + line
		default:
			out = append(out, line)
		}
		before = line
	}
	return out
}

// listed puts every item of a list on its own line.
var listed = strings.NewReplacer("•", "\n•", "●", "\n●", "▪", "\n▪", "■", "\n■", "◆", "\n◆", "\r\n", "\n", "\u2028", "\n", "\u2029", "\n\n")

// fullLine is the length in bytes from which on a line may have been wrapped.
const fullLine = 25

// isWrapped says whether a text's lines are those of a page of fixed width: most
// long ones stop in mid-sentence.
func isWrapped(lines []string) bool {
	cut, small := 0, 0
	for i := 1; i < len(lines); i++ {
		if len(lines[i-1]) < fullLine || stopped(lines[i-1]) || lines[i] == "" {
			continue
		}
		cut++
		if first, _ := utf8.DecodeRuneInString(lines[i]); unicode.IsLower(first) {
			small++
		}
	}
	return cut >= 2 && 2*small >= cut
}

// goesOn says whether a line is the rest of the one before.
func goesOn(before, line string, wrapped bool) bool {
	first, _ := utf8.DecodeRuneInString(line)
	if strings.ContainsRune(bullets, first) && wrapped {
		return first == '-' && len(before) >= fullLine && strings.HasSuffix(before, "-")
	}
	return unicode.IsLower(first) || wrapped && len(before) >= fullLine
}

// stopped says whether a line ends as sentences do.
func stopped(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, closing))
	return isStop(last)
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
		if !strings.ContainsRune(closing, r) {
			break
		}
		i += size
	}
	return i
}

const closing = "\"'”’»)]）】」』》〉"

const openers = "\"'“‘«([（【「『《〈¿¡„-–—• "

func isStop(r rune) bool { return strings.ContainsRune(".!?…", r) || isWideStop(r) }

func isWideStop(r rune) bool { return strings.ContainsRune("。！？｡।", r) }

// lastWord is what stands between the last space or bracket and the end; of a
// very long one the last bytes, so that hostile texts cost no more than others.
func lastWord(s string) string {
	s = s[max(0, len(s)-48):]
	return s[strings.LastIndexAny(s, " (\"'“‘[/")+1:]
}
