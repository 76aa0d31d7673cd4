package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// marks are the only marks of punctuation that a reworded sentence may have:
// none that begins markup, a link, an address or a command.
const marks = " .,;:!?'\"()-–—/%$€£¥₩₹&+°’‘“”"

// surface looks at a sentence as a string of characters: one sentence of
// visible Latin text that says no more than its source.
func surface(source, text string, same bool) error {
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
		return refuse("the text is not clean Unicode")
	}
	n := utf8.RuneCountInString(text)
	longest := utf8.RuneCountInString(source)*5/4 + 30
	if !same { // Chinese says it in fewer characters
		longest = utf8.RuneCountInString(source)*5 + 60
	}
	if n == 0 || n > MaxRunes || n > longest {
		return refuse("the text is empty or too long")
	}
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) && unicode.Is(unicode.Latin, r), asciiDigit(r), strings.ContainsRune(marks, r):
		case unicode.IsLetter(r) && strings.ContainsRune(source, r) && same:
		default:
			return refuse("the character %q has no place in a sentence", r)
		}
	}
	for _, mark := range []string{"!", "?", "--", "- ", " -", "(-", "/-", "+", "°"} {
		if strings.Contains(text, mark) && !strings.Contains(plain(source), mark) {
			return refuse("%q is not in the source", mark)
		}
	}
	if err := oneSentence(source, text); err != nil {
		return err
	}
	return quotations(source, text)
}

// oneSentence refuses a second sentence, and words with a dot inside, which
// mail programs turn into links. What stands so in the source is an
// abbreviation or a name.
func oneSentence(source, text string) error {
	source = " " + plain(source) + " "
	fields := strings.Fields(plain(text))
	for i, f := range fields {
		word := strings.Trim(f, "\"'(),;:")
		inner := strings.TrimRight(word, ".!?")
		dotted := strings.IndexFunc(inner, func(r rune) bool { return strings.ContainsRune(".!?:/", r) })
		if dotted >= 0 && !numeric(inner) && !strings.Contains(source, inner) {
			return refuse("%q is not in the source", word)
		}
		if i < len(fields)-1 && strings.ContainsAny(strings.TrimRight(f, "\"')"), ".!?") && endsIn(f, ".!?") && !strings.Contains(source, " "+strings.TrimLeft(f, "\"'(")) {
			return refuse("there is a second sentence")
		}
	}
	return nil
}

func endsIn(f, stops string) bool {
	f = strings.TrimRight(f, "\"'),;:")
	return f != "" && strings.IndexByte(stops, f[len(f)-1]) >= 0
}

// numeric says whether a word is a quantity: $1.25bn, 1.5-2%, t/y.
func numeric(s string) bool {
	if strings.Contains(s, "//") || strings.Contains(s, "..") {
		return false
	}
	for i, r := range s {
		if r == '.' && (i == 0 || i+1 >= len(s) || !asciiDigit(rune(s[i-1])) || !asciiDigit(rune(s[i+1]))) {
			return false
		}
		if r == ':' {
			return false
		}
	}
	return true
}

// quotations wants what stands between quotation marks to stand so in the source.
func quotations(source, text string) error {
	source, text = plain(source), plain(text)
	if strings.Count(text, "\"")%2 != 0 {
		return refuse("a quotation does not end")
	}
	for i, part := range strings.Split(text, "\"") {
		if i%2 == 0 {
			continue
		}
		quoted := strings.TrimRight(part, ".,")
		if quoted == "" || !strings.Contains(source, quoted) {
			return refuse("the quotation %.60q is not in the source", part)
		}
	}
	// A single mark that no letter stands before opens a quotation.
	for i := range len(text) {
		if text[i] != '\'' || i > 0 && text[i-1] != ' ' && text[i-1] != '(' && text[i-1] != '"' {
			continue
		}
		end := strings.IndexAny(text[i+1:], "'")
		if end < 0 || !strings.Contains(source, strings.TrimRight(text[i+1:i+1+end], ".,")) {
			return refuse("a quotation is not in the source")
		}
	}
	return nil
}

// script is the language that a sentence's letters show; empty for Latin.
func script(text string) string {
	var han, kana, hangul, cyrillic, letters int
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
			continue
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		}
		letters++
	}
	switch {
	case hangul*4 > letters:
		return "ko"
	case kana*6 > letters:
		return "ja"
	case (han+kana)*4 > letters:
		return "zh"
	case cyrillic*2 > letters:
		return "ru"
	}
	return ""
}
