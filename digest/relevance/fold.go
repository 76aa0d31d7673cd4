package relevance

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as it is matched, and where each of its characters stands
// in the original: lower case, one width (NFKC), every run of spaces and dashes
// one space, invisible characters gone.
type folded struct {
	text string // the original
	r    []rune
	at   []int32 // byte offset in text of each rune, and len(text) at the end
}

// fold reads text into f, whose space is used again.
func (f *folded) fold(text string) {
	f.text, f.r, f.at = text, f.r[:0], f.at[:0]
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && (i+1 == len(text) || text[i+1] < utf8.RuneSelf) {
			f.add(foldASCII(c), i)
			i++
			continue
		}
		// A segment is a letter with its accents: composed as a whole.
		n := norm.NFKC.NextBoundaryInString(text[i:], true)
		if n <= 0 {
			n = 1
		}
		for _, r := range norm.NFKC.String(text[i : i+n]) {
			if r = foldRune(r); r >= 0 {
				f.add(r, i)
			}
		}
		i += n
	}
	if n := len(f.r); n > 0 && f.r[n-1] == ' ' {
		f.r, f.at = f.r[:n-1], f.at[:n-1]
	}
	f.at = append(f.at, int32(len(text)))
}

func (f *folded) add(r rune, at int) {
	if r == ' ' && (len(f.r) == 0 || f.r[len(f.r)-1] == ' ') {
		return
	}
	f.r = append(f.r, r)
	f.at = append(f.at, int32(at))
}

// words is the original text of the runes from start to end, whole characters.
func (f *folded) words(start, end int) string {
	last := int(f.at[end-1])
	return f.text[f.at[start] : last+max(norm.NFKC.NextBoundaryInString(f.text[last:], true), 1)]
}

func foldASCII(c byte) rune {
	switch {
	case c >= 'A' && c <= 'Z':
		return rune(c + 'a' - 'A')
	case c <= ' ' || c == '-' || c == 0x7f:
		return ' '
	}
	return rune(c)
}

func foldRune(r rune) rune {
	switch r {
	case '’', '‘', 'ʼ', '＇':
		return '\''
	case 'ё', 'Ё':
		return 'е'
	case 0x00ad:
		return -1
	}
	switch {
	case r < utf8.RuneSelf:
		return foldASCII(byte(r))
	case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), r == '−':
		return ' '
	case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector):
		return -1
	}
	return unicode.ToLower(r)
}

// foldTerm is a lexicon's term as it is looked for.
func foldTerm(s string) []rune {
	var f folded
	f.fold(s)
	return f.r
}

// spelled says that a script marks the ends of its words, so that a term must
// stand between them. Chinese and Japanese write without, Korean hangs its
// particles on the word.
func spelled(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)) && !cjk(r)
}

func cjk(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r == 'ー' || r == '々'
}
