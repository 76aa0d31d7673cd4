package deliver

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKept is how many bytes of a relay's words a row keeps.
const maxKept = 500

// clean makes a relay's words fit to be kept and shown: valid UTF-8 on one
// line, without control and direction characters, at most maxKept bytes.
func clean(s string) string {
	if len(s) > 8*maxKept {
		s = s[:8*maxKept]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs), r == utf8.RuneError:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxKept {
		s = strings.ToValidUTF8(s[:maxKept], "")
	}
	return strings.TrimSpace(s)
}

// someAddress is a mail address, about.
var someAddress = regexp.MustCompile(`[^\s<>@]+@`)

// veil hides whose address a relay repeats to us.
func veil(s string) string { return someAddress.ReplaceAllString(s, "…@") }

// enhancedCode is the status of RFC 3463 at the beginning of a reply's text.
var enhancedCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}(?:\s|$)`)

func enhanced(msg string) string { return strings.TrimSpace(enhancedCode.FindString(msg)) }
