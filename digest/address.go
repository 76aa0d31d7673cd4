package digest

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Address limits of RFC 5321 §4.5.3.1.
const (
	maxAddress = 254
	maxLocal   = 64
	maxLabel   = 63
)

const wantAddress = "a plain address such as reader@example.com"

// ParseAddress checks a mail address that somebody typed and returns it in the
// form we keep: the local part as typed, the domain in lower case. It takes
// less than RFC 5322 allows on purpose: one @, no quotes, comments, display
// names, IP literals or control characters, and a domain with a dot. toASCII
// turns an international domain into its A-labels; nil refuses such domains.
func ParseAddress(typed string, toASCII func(string) (string, error)) (string, error) {
	bad := &InputError{What: "address", Got: shorten(typed), Want: wantAddress}
	s := strings.TrimSpace(typed)
	local, domain, ok := strings.Cut(s, "@")
	if !ok || !utf8.ValidString(s) || !plainLocal(local) {
		return "", bad
	}
	domain = strings.ToLower(domain)
	if !isASCII(domain) {
		if toASCII == nil {
			return "", bad
		}
		ascii, err := toASCII(domain)
		if err != nil {
			return "", bad
		}
		domain = ascii
	}
	if !plainDomain(domain) || len(local)+1+len(domain) > maxAddress {
		return "", bad
	}
	return local + "@" + domain, nil
}

func plainLocal(local string) bool {
	if local == "" || len(local) > maxLocal || !isASCII(local) ||
		strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	for _, r := range local {
		if !isAlnum(r) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r) {
			return false
		}
	}
	return true
}

func plainDomain(domain string) bool {
	if !strings.Contains(domain, ".") {
		return false
	}
	if _, err := netip.ParseAddr(domain); err == nil {
		return false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > maxLabel || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		for _, r := range label {
			if !isAlnum(r) && r != '-' {
				return false
			}
		}
	}
	return true
}

func isAlnum(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// shorten keeps a refused value fit for one line of an error.
func shorten(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:60]) + "…"
	}
	return s
}
