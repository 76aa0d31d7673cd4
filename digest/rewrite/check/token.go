package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tokenKind tells the three sorts of token apart.
type tokenKind int

const (
	wordToken tokenKind = iota
	digitToken
	signToken
)

// token is a piece of text that the reader of items looks at as one.
type token struct {
	kind  tokenKind
	text  string // as written
	fold  string // as it is compared: lower case, without inner dots
	glued bool   // no space before it
	start int    // byte offsets in the plain text
	end   int
}

func (t token) is(sign string) bool { return t.kind == signToken && t.text == sign }

// capital says whether the token is spelled as a name is.
func (t token) capital() bool {
	return t.kind == wordToken && strings.IndexFunc(t.text, unicode.IsUpper) >= 0
}

// plain is the text with the many spellings of a space, a quotation mark, a
// hyphen and of full-width characters brought to one.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ', '`', '´':
			return '\''
		case '“', '”', '„', '«', '»', '″':
			return '"'
		case '\u2010', '\u2011':
			return '-'
		case '\u2212':
			return '-'
		case '\u2013', '\u2015':
			return '—'
		case '，', '、':
			return ','
		case '。', '．':
			return '.'
		}
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(text, "\ufffd")))
}

// tokenize cuts a plain text into tokens.
func tokenize(text string) []token {
	var out []token
	glued := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == ' ' {
			glued = false
			i += size
			continue
		}
		t := token{kind: signToken, start: i, end: i + size, glued: glued}
		switch {
		case asciiDigit(r):
			t.kind, t.end = digitToken, numberEnd(text, i)
		case unicode.IsLetter(r):
			t.kind, t.end = wordToken, wordEnd(text, i)
		}
		t.text = text[i:t.end]
		t.fold = foldWord(t.text)
		out = append(out, t)
		if t.kind == wordToken {
			out = contraction(out)
		}
		i, glued = t.end, true
	}
	return out
}

func asciiDigit(r rune) bool { return r >= '0' && r <= '9' }

// numberEnd is the end of the digits at i, with points and commas that stand
// between digits.
func numberEnd(text string, i int) int {
	for i < len(text) {
		switch {
		case asciiDigit(rune(text[i])):
		case (text[i] == '.' || text[i] == ',') && i+1 < len(text) && asciiDigit(rune(text[i+1])):
		default:
			return i
		}
		i++
	}
	return i
}

// wordEnd is the end of the word at i: letters, marks and digits, an ampersand
// between letters (AT&T), the dots of an abbreviation of single letters (U.S.),
// and an apostrophe between letters.
func wordEnd(text string, i int) int {
	letters, dotted := 0, false // letters since the last dot
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), asciiDigit(r):
			letters++
		case (r == '\'' || r == '&') && unicode.IsLetter(next):
		case r == '.' && letters == 1 && unicode.IsLetter(next) && single(text[i+size:]):
			letters, dotted = 0, true
		case r == '.' && letters == 1 && dotted:
			return i + size
		default:
			return i
		}
		i += size
	}
	return i
}

// single says whether a one-letter piece begins s, as in "S." of "U.S.".
func single(s string) bool {
	_, size := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[size:])
	return !unicode.IsLetter(next)
}

// contraction splits the last token where it is two words: don't, they'll, company's.
func contraction(tokens []token) []token {
	last := &tokens[len(tokens)-1]
	at := strings.LastIndexByte(last.text, '\'')
	if at < 0 {
		return tokens
	}
	cut, rest := at, strings.ToLower(last.text[at:])
	if rest == "'t" && at > 0 && last.text[at-1]|0x20 == 'n' {
		cut, rest = at-1, "not"
	}
	head := last.text[:cut]
	switch {
	case rest == "not" && strings.EqualFold(head, "ca"):
		head = "can"
	case rest == "not" && strings.EqualFold(head, "wo"):
		head = "will"
	case rest == "'ll":
		rest = "will"
	case rest != "not" && rest != "'s" && rest != "'ve" && rest != "'re" && rest != "'m":
		return tokens // O'Brien, and "'d", which may be had or would
	}
	tail := token{kind: wordToken, text: rest, fold: rest, glued: true, start: last.start + cut, end: last.end}
	last.text, last.fold, last.end = head, foldWord(head), last.start+cut
	return append(tokens, tail)
}

// foldWord is a word as it is compared: U.S. is us, and the lexicon tells it
// from the pronoun by its capitals.
func foldWord(s string) string { return strings.ToLower(strings.ReplaceAll(s, ".", "")) }
