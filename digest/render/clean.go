package render

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"reedaily/digest"
)

// Longest texts that a mail shows; what is longer ends in "…".
const (
	maxSubject = 200
	maxTitle   = 300
	maxText    = 700
	maxNote    = 1000
	maxName    = 120
	maxURL     = 2000 // bytes; a longer link is left out
	maxMarks   = 4    // on one letter: more paint over the lines around
)

// line is s as one line of plain text of at most most runes: NFC, white space
// folded, and without control, format, direction-changing and private
// characters, so that nothing can break out of a header or turn a line round.
func line(s string, most int) string {
	var b strings.Builder
	gap, marks := false, 0
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case unicode.IsSpace(r):
			gap = true
			continue
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp), blank(r):
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	// Replaced, not removed: what is left on both sides could join to another.
	s = strings.ReplaceAll(norm.NFC.String(b.String()), digest.PersonalUnsubscribe, "…")
	if runes := []rune(s); len(runes) > most {
		s = strings.TrimRight(string(runes[:most-1]), " ") + "…"
	}
	return s
}

// blank are letters and marks by category that show nothing.
func blank(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0', '\ufffc', '\ufffd':
		return true
	}
	return false
}

// header is a line for a header field. "=?" begins an encoded word (RFC 2047
// §2) and would be decoded into something that was never cleaned.
func header(s string, most int) string {
	return line(strings.ReplaceAll(line(s, most), "=?", "= ?"), most)
}

// link is raw where a mail may link to it, else empty: an absolute http or
// https address with a host and no user, in printable ASCII.
func link(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	if u.Host, err = asciiHost(u); err != nil {
		return ""
	}
	s := printable(u.String())
	// A feed that writes the place of the reader's own link would get that link,
	// sent to its server with every click.
	if len(s) > maxURL || strings.Contains(strings.ToLower(s), digest.PersonalUnsubscribe) {
		return ""
	}
	return s
}

// asciiHost is the host with its port, an international name as A-labels.
func asciiHost(u *url.URL) (string, error) {
	name := u.Hostname()
	if _, err := netip.ParseAddr(name); err != nil {
		if name, err = idna.Lookup.ToASCII(strings.TrimSuffix(name, ".")); err != nil {
			return "", err
		}
	} else if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	if p := u.Port(); p != "" {
		name += ":" + p
	}
	return name, nil
}

// printable percent-encodes all but printable ASCII, and of that what
// html/template would encode too, so that HTML and plain text say one address.
func printable(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}'()", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// host is where a link leads, as a reader recognises it.
func host(clean string) string {
	u, err := url.Parse(clean)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// loopback says whether a host is the reader's own machine.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

var langTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)

// lang is tag where it looks like one (RFC 5646), else empty.
func lang(tag string) string {
	if !langTag.MatchString(tag) {
		return ""
	}
	return tag
}
