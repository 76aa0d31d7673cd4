// Package words turns the text of an article into words that can be compared:
// numbers in one spelling, languages without spaces as pairs of characters, words
// by their stems, and each with how much it says. What is made of them is left to
// the caller.
//
// Across languages it reads what words stand for: countries, offices, acts and
// things (lists/concepts.txt), firms, persons and projects of the topic
// (lists/concepts-topic.txt), each in the ten languages of the product. Names from
// elsewhere are heard rather than spelled in Korean and Japanese.
//
// To add a language: a line in lists/foreign.txt, its stemmer where there is one,
// and its forms in the lists of concepts. To let more words stand for one another:
// a line in lists/alike.txt. Another topic: its words in lists/topic.txt, its names
// and things in lists/concepts-topic.txt.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is one word or number of a text.
type Token struct {
	Word   string // in lower case; numbers in one spelling for each value
	Name   bool   // begins with a capital, or is all capitals
	Start  bool   // first of its sentence, where a capital says nothing
	Joined bool   // two characters of a script that is written without spaces
	Number Kind   // what sort of number it is, if it is one
}

// maxTokens bounds what is read of one article: news says what happened early on.
const (
	maxTokens = 1200
	maxText   = 64 << 10 // bytes
	maxWord   = 64       // bytes
)

// scanner turns text into tokens.
type scanner struct {
	rest   string
	start  bool
	tokens []Token
}

// Tokens reads a text: words in lower case, "U.S." as "us", possessives without
// their "'s", numbers and amounts in one spelling, and Chinese, Japanese, Korean
// and Thai as pairs of characters.
func Tokens(text string) []Token {
	s := &scanner{rest: strings.ToValidUTF8(text[:min(len(text), maxText)], " "), start: true}
	for s.rest != "" && len(s.tokens) < maxTokens {
		s.next()
	}
	return s.tokens
}

func (s *scanner) next() {
	r, size := utf8.DecodeRuneInString(s.rest)
	switch {
	case isCurrency(r) || unicode.IsDigit(r):
		if !s.scanNumber() {
			s.skip(r, size)
		}
	case spaceless(r):
		s.pairs()
	case unicode.IsLetter(r):
		s.scanWord()
	case r == '(':
		s.rest = s.rest[aside(s.rest):]
	default:
		s.skip(r, size)
	}
}

// aside is the length of a bracket that only has a stock's sign in it, such as
// "(AAPL)" or "(NASDAQ: AREC)": it says nothing that the name did not.
func aside(text string) int {
	for i, r := range text[1:] {
		switch {
		case r == ')':
			return i + 2
		case i > 24 || !unicode.IsUpper(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" :.-/", r):
			return 1
		}
	}
	return 1
}

func (s *scanner) skip(r rune, size int) {
	if strings.ContainsRune(".!?:;。！？：；\n|•\"“", r) {
		s.start = true
	}
	s.rest = s.rest[size:]
}

func (s *scanner) add(t Token) {
	t.Start = s.start
	s.start = false
	s.tokens = append(s.tokens, t)
}

// spaceless says whether a script puts no spaces between words, or, as Korean
// does, hangs endings on them that would keep words apart.
func spaceless(r rune) bool {
	return r > 0xE00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}

// pairs reads a run without spaces as overlapping pairs of characters.
func (s *scanner) pairs() {
	end := strings.IndexFunc(s.rest, func(r rune) bool { return !spaceless(r) && !unicode.IsMark(r) && r != 'ー' })
	if end < 0 {
		end = len(s.rest)
	}
	run := []rune(s.rest[:min(end, 4*maxTokens)])
	s.rest = s.rest[end:]
	if len(run) == 1 {
		s.add(Token{Word: string(run), Joined: true})
	}
	for i := 0; i+1 < len(run) && len(s.tokens) < maxTokens; i++ {
		s.add(Token{Word: string(run[i : i+2]), Joined: true})
	}
}

// scanWord reads a word of letters, digits and inner apostrophes.
func (s *scanner) scanWord() {
	if word, n := dotted(s.rest); n > 0 {
		s.rest = s.rest[n:]
		s.add(Token{Word: word, Name: true})
		return
	}
	end := len(s.rest)
	for i, r := range s.rest {
		if unicode.IsLetter(r) && !spaceless(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s.rest[i+utf8.RuneLen(r):]); isApostrophe(r) && unicode.IsLetter(next) {
			continue
		}
		end = i
		break
	}
	raw := strings.ToValidUTF8(s.rest[:min(end, maxWord)], "")
	s.rest = s.rest[end:]
	word := withoutPossessive(strings.ToLower(raw))
	if n, ok := numberWord(word); ok {
		s.add(Token{Word: number{value: n, kind: Plain}.term(), Number: Plain})
		return
	}
	if word == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(raw)
	s.add(Token{Word: word, Name: unicode.IsUpper(first)})
}

// dotted reads an abbreviation such as "U.S." as "us".
func dotted(text string) (word string, size int) {
	var b strings.Builder
	i := 0
	for i+1 < len(text) && isASCIILetter(text[i]) && text[i+1] == '.' {
		b.WriteByte(text[i] | 0x20)
		i += 2
	}
	if i >= 2 && i < len(text) && isASCIILetter(text[i]) && (i+1 == len(text) || !isASCIILetter(text[i+1])) {
		b.WriteByte(text[i] | 0x20)
		i++
	}
	if b.Len() < 2 || i < len(text) && isASCIILetter(text[i]) {
		return "", 0
	}
	return b.String(), i
}

func withoutPossessive(word string) string {
	word = strings.ReplaceAll(word, "’", "'")
	word = strings.TrimSuffix(word, "'s")
	return strings.ReplaceAll(word, "'", "")
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func isASCIILetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func isCurrency(r rune) bool { return unicode.Is(unicode.Sc, r) }

// Short says whether a token is a single letter, which says nothing.
func (t Token) Short() bool { return len(t.Word) == 1 && t.Number == NotNumber }
