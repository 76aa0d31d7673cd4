package parse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// unscramble repairs UTF-8 that was once taken for Windows-1252 and encoded
// again ("donâ€™t"). It changes nothing without proof: a run of characters that
// is UTF-8 as bytes and that no correct text has. "é »" with its no-break space
// is UTF-8 of a Chinese character, and good French. Where all runs of a text
// are UTF-8 as bytes, one proof is enough for all; else each needs its own.
func unscramble(s string) string {
	if !suspect(s) {
		return s
	}
	var proofs []int // where the runs begin that are proof
	whole := true
	for from, to := range beyondASCII(s) {
		switch ok, proof := scrambled(s, from, to); {
		case proof:
			proofs = append(proofs, from)
		case !ok:
			whole = false
		}
	}
	if len(proofs) == 0 {
		return s
	}
	var out strings.Builder
	at := 0
	for from, to := range beyondASCII(s) {
		if _, proved := slices.BinarySearch(proofs, from); proved || whole {
			out.WriteString(s[at:from])
			raw, _ := narrow(s[from:to])
			out.Write(raw)
			at = to
		}
	}
	return out.String() + s[at:]
}

// suspect says whether s has a letter that scrambled UTF-8 begins with: one of
// U+00C2 … U+00F4, which is written as 0xC3 and a second byte.
func suspect(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == 0xc3 && s[i+1] >= 0x82 && s[i+1] <= 0xb4 {
			return true
		}
	}
	return false
}

// beyondASCII are the runs of characters beyond ASCII: s[from:to].
func beyondASCII(s string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for from := 0; from < len(s); from++ {
			if s[from] < utf8.RuneSelf {
				continue
			}
			to := from + 1
			for to < len(s) && s[to] >= utf8.RuneSelf {
				to++
			}
			if !yield(from, to) {
				return
			}
			from = to
		}
	}
}

// narrow is s as bytes of Windows-1252, if all its characters are there.
func narrow(s string) (raw []byte, ok bool) {
	for _, r := range s {
		b, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
		case r >= 0x80 && r < 0xa0:
			b = byte(r) // taken for ISO 8859-1, or one of the five that Windows-1252 leaves open
		default:
			return nil, false
		}
		raw = append(raw, b)
	}
	return raw, true
}

// scrambled says whether the run s[from:to] is UTF-8 as bytes, and whether it
// is proof that the text is scrambled: it has a sign that no correct text has,
// or two different ones side by side.
func scrambled(s string, from, to int) (ok, proof bool) {
	raw, ok := narrow(s[from:to])
	if !ok {
		return false, false
	}
	before, after := byte(' '), byte(' ')
	if from > 0 {
		before = s[from-1]
	}
	var last rune
	for rest := raw; len(rest) > 0; before = ' ' {
		r, size := utf8.DecodeRune(rest)
		if !possible(r) && (r != utf8.RuneError || size == 1) {
			return false, false
		}
		sign := rest[:size]
		if rest = rest[size:]; len(rest) == 0 && to < len(s) {
			after = s[to]
		}
		proof = proof || last != 0 && last != r && sign[0] != 0xc8 || impossible(sign, r, before, after) // "È" is a word
		last = r
	}
	return true, proof
}

// possible says whether a scrambled text may have had r: Latin with the letters
// of Europe and Vietnam, Greek, Cyrillic, Hebrew, Arabic, signs, the scripts of
// East Asia.
func possible(r rune) bool {
	switch {
	case r >= 0xa0 && r <= 0x17f, r >= 0x370 && r <= 0x45f, r == 0x490, r == 0x491,
		r == 0x1a0, r == 0x1a1, r == 0x1af, r == 0x1b0, r >= 0x218 && r <= 0x21b, r >= 0x300 && r <= 0x323,
		r >= 0x5d0 && r <= 0x5ea, r >= 0x600 && r <= 0x6ff, r >= 0x1e80 && r <= 0x1ef9:
		return true
	}
	return r >= 0x2000 && (r < 0xe000 || r >= 0xf900) && r != utf8.RuneError
}

// impossible says whether no correct text has the characters that these bytes
// of r are in Windows-1252: a letter, which UTF-8 begins with, and what cannot
// stand behind it. before and after are the bytes around them.
func impossible(sign []byte, r rune, before, after byte) bool {
	lead, next := sign[0], sign[1]
	switch {
	case r == '\ufeff', r == utf8.RuneError, neverBehind(next) && lead != 0xd8: // "Ø±0.5 mm"
		return true
	case len(sign) == 4:
		return next == 0x9f // ðŸ: an emoji
	case len(sign) == 3:
		return (next == 0x82 || next == 0x84) && neverBehind(sign[2]) || // â‚¬, â„¢
			lead == 0xe1 && (next == 0xba || next == 0xbb) && (neverBehind(sign[2]) || isExtraLetter(sign[2])) // áº¥, á»¥
	case isLower(before):
		return lead < 0xdf && lead != 0xd7 // they are capitals, and "×"
	case lead > 0xc5:
		return false
	case lead == 0xc2:
		return !isLetter(before) && next != 0xbb
	case lead != 0xc3:
		return false
	case isExtraLetter(next), !closes(next) && isLower(after):
		return true
	}
	// No language has a word "Ã".
	return !isLetter(before) && (!closes(next) || isLower(after) || next == 0xa0 && after == ' ')
}

// neverBehind are signs of Windows-1252 that never stand right behind a letter:
// currencies, fractions, accents alone, and places that are open.
func neverBehind(b byte) bool {
	switch b {
	case 0x80, 0x81, 0x83, 0x88, 0x89, 0x8d, 0x8f, 0x90, 0x98, 0x9d, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xac, 0xaf, 0xb1, 0xb5, 0xb6, 0xb8, 0xbc, 0xbd, 0xbe:
		return true
	}
	return false
}

// closes are signs of Windows-1252 that may end a word: quotation marks,
// dashes, the ellipsis and the no-break space.
func closes(b byte) bool {
	switch b {
	case 0x82, 0x84, 0x85, 0x8b, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x9b, 0xa0, 0xab, 0xbb:
		return true
	}
	return false
}

// isExtraLetter are the letters that Windows-1252 has among its signs: Š Œ Ž š œ ž Ÿ.
func isExtraLetter(b byte) bool {
	switch b {
	case 0x8a, 0x8c, 0x8e, 0x9a, 0x9c, 0x9e, 0x9f:
		return true
	}
	return false
}

func isLower(b byte) bool { return b >= 'a' && b <= 'z' }

func isLetter(b byte) bool { return isLower(b | 0x20) }
