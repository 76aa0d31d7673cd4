package parse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// unscramble repairs UTF-8 that was once taken for Windows-1252 and encoded
// again ("donâ€™t"). A run of characters is repaired only when, as bytes, it
// is valid UTF-8 of characters that are usually found so; "É»" is not.
func unscramble(s string) string {
	if !suspect(s) {
		return s
	}
	out, found := unscrambleRuns(s, plausible)
	if !found {
		return s
	}
	// The text is scrambled for sure: its rarer letters are so too.
	out, _ = unscrambleRuns(out, possible)
	return out
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

// unscrambleRuns repairs the runs whose bytes pass the test.
func unscrambleRuns(s string, test func([]byte) bool) (repaired string, found bool) {
	var out strings.Builder
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			end := i + 1
			for end < len(s) && s[end] < utf8.RuneSelf {
				end++
			}
			out.WriteString(s[i:end])
			i = end
			continue
		}
		run, raw := narrowRun(s[i:])
		switch {
		case run == 0:
			_, run = utf8.DecodeRuneInString(s[i:])
			out.WriteString(s[i : i+run])
		case test(raw):
			out.Write(raw)
			found = true
		default:
			out.WriteString(s[i : i+run])
		}
		i += run
	}
	return out.String(), found
}

// narrowRun is the length of the non-ASCII run at the start of s whose
// characters are all in Windows-1252, and its bytes there.
func narrowRun(s string) (n int, raw []byte) {
	for n < len(s) && s[n] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s[n:])
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok && r >= 0x80 && r < 0xa0 {
			b, ok = byte(r), true // the five that Windows-1252 leaves open
		}
		if !ok || r == utf8.RuneError {
			break
		}
		raw = append(raw, b)
		n += size
	}
	return n, raw
}

// possible are runs of letters that a text known to be scrambled may have.
func possible(raw []byte) bool {
	for _, r := range string(raw) {
		if r < 0xa0 || r > 0x17f && r < 0x370 || r > 0x4ff && r < 0x2000 || r == utf8.RuneError {
			return false
		}
	}
	return true
}

func plausible(raw []byte) bool {
	if !utf8.Valid(raw) {
		return false
	}
	cyrillic, others := 0, 0
	for _, r := range string(raw) {
		switch {
		case r >= 0xa0 && r <= 0xff, r >= 0x2000 && r <= 0x2bff, r >= 0x3000:
			others++
		case r >= 0x400 && r <= 0x4ff:
			cyrillic++
		default:
			return false
		}
	}
	return others > 0 || cyrillic > 1
}
