package parse

import (
	"fmt"
	"slices"
	"strings"
)

// maxNamed is how many sitemaps of an index are named; maxListed how many are
// looked at.
const (
	maxNamed  = 3
	maxListed = 1000
)

// indexError is [ErrIndex] with the sitemaps that an index lists, those of news
// before all others.
func indexError(text string) error {
	z := scanner{s: text}
	var listed []string
	for inside := false; len(listed) < maxListed; {
		t := z.next("")
		switch {
		case t.kind == tokenEnd:
			return named(listed)
		case t.kind == tokenOpen || t.kind == tokenClose:
			inside = t.kind == tokenOpen && strings.EqualFold(localName(t.name), "loc")
		case inside:
			if loc := strings.TrimSpace(unescape(t.text)); strings.HasPrefix(loc, "http") && len(loc) < maxName {
				listed = append(listed, strings.Map(printable, loc))
			}
		}
	}
	return named(listed)
}

func named(listed []string) error {
	if len(listed) == 0 {
		return ErrIndex
	}
	slices.SortStableFunc(listed, func(a, b string) int { return newsy(b) - newsy(a) })
	more := ""
	if len(listed) > maxNamed {
		listed, more = listed[:maxNamed], " …"
	}
	return fmt.Errorf("%w; it lists %s%s", ErrIndex, strings.Join(listed, ", "), more)
}

// newsy is 1 for an address that speaks of news.
func newsy(address string) int {
	if strings.Contains(strings.ToLower(address), "news") {
		return 1
	}
	return 0
}

// printable leaves out what has no place in an address.
func printable(r rune) rune {
	if r <= ' ' || r >= 0x7f {
		return -1
	}
	return r
}
