package collect

import (
	"regexp"
	"strings"
	"unicode"

	"reedaily/digest/collect/plain"
)

// splitOutlet takes " - Outlet" off an aggregator's title. The outlet is what
// the item's <source> says, or else the title's end; feed is said where
// neither is there.
func splitOutlet(title, source, feed string) (headline, outlet string) {
	head, tail, ok := cutLast(title)
	switch {
	case source == "" && ok:
		return pageEnd.ReplaceAllString(head, ""), tail
	case source == "":
		return title, feed
	case ok && sameOutlet(tail, source):
		return pageEnd.ReplaceAllString(head, ""), source
	}
	return title, source
}

// pageEnd is a day, and sections behind it, at the end of a page's title:
// "Headline | 2026-02-20 | Section".
var pageEnd = regexp.MustCompile(`\s+[|–-]\s+\d{4}-\d{2}-\d{2}(?:\s+\|.*)?$`)

// maxOutlet is the longest end of a title that can be an outlet's name, in runes.
const maxOutlet = 60

func cutLast(title string) (head, tail string, ok bool) {
	for _, dash := range []string{" - ", " – ", " — ", " | "} {
		i := strings.LastIndex(title, dash)
		if i <= 0 {
			continue
		}
		head, tail = strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(dash):])
		if head != "" && tail != "" && len([]rune(tail)) <= maxOutlet {
			return head, tail, true
		}
	}
	return title, "", false
}

// sameOutlet compares two spellings of an outlet's name: "MINING.COM" and
// "Mining.com", "The Wall Street Journal" and "WSJ - The Wall Street Journal".
func sameOutlet(a, b string) bool {
	x, y := letters(a), letters(b)
	if x == "" || y == "" {
		return strings.EqualFold(a, b)
	}
	return strings.Contains(x, y) || strings.Contains(y, x)
}

// repeats says whether text is no more than the title, with or without the
// outlet's name.
func repeats(text, title, source string) bool {
	if len(text) > 2*(len(title)+len(source))+100 {
		return false
	}
	t := letters(text)
	if t == "" {
		return true
	}
	h := letters(title)
	return t == h || t == h+letters(source) || t == letters(source)
}

// letters are the letters and digits of s in lower case: what is left when
// spelling, spacing and punctuation are taken away.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// authorName is a person's name out of what feeds put there: an address with
// the name in brackets, a name with the address in them, "By …".
func authorName(s string) string {
	s = plain.Line(s)
	if open := strings.IndexByte(s, '('); open >= 0 && strings.HasSuffix(s, ")") {
		before, inside := strings.TrimSpace(s[:open]), strings.TrimSpace(s[open+1:len(s)-1])
		switch {
		case strings.Contains(before, "@"):
			s = inside
		case strings.Contains(inside, "@"):
			s = before
		}
	}
	if open := strings.IndexByte(s, '<'); open > 0 && strings.HasSuffix(s, ">") {
		s = strings.TrimSpace(s[:open])
	}
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = strings.TrimSpace(s[3:])
	}
	if strings.Contains(s, "@") && !strings.Contains(s, " ") {
		return ""
	}
	return strings.Trim(s, `"' `)
}
