package edition

import (
	"fmt"
	"strings"

	"reedaily/digest"
)

// mostNamed is how many outlets the reason of a rank names.
const mostNamed = 6

// corroboration is who tells a story by own work.
type corroboration struct {
	outlets []string // one of each owner, in the story's order
	sisters int      // further outlets of these owners
	owners  int      // that have them
	wired   int      // further outlets with an agency's words
}

// independent finds the outlets that did their own work. An article, its
// copies and the copies of those count once, and so does an outlet that wrote
// twice or is spelt in two ways, the outlets of one owner, and all who print
// the words of one news agency.
func (o Owners) independent(articles []digest.Candidate) corroboration {
	origin := map[string]string{} // copy → what it was copied from, where that is known
	for _, c := range articles {
		if isCopy(c) && c.Place.Nearest != "" && c.Place.Nearest != c.Article.ID {
			origin[c.Article.ID] = c.Place.Nearest
		}
	}
	var out corroboration
	counted, outlets, sisters := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, c := range articles { // originals come first in a story's order
		root := c.Article.ID
		for range len(articles) { // a bound, should two claim to be copies of each other
			next, ok := origin[root]
			if !ok {
				break
			}
			root = next
		}
		outlet := outletKey(c.Article.Source)
		if counted[root] || outlets[outlet] {
			counted[root] = true
			continue
		}
		counted[root], outlets[outlet] = true, true
		who, wire := o.of(c.Article)
		_, known := sisters[who]
		switch {
		case !known:
			sisters[who] = 0
			out.outlets = append(out.outlets, c.Article.Source)
		case wire:
			out.wired++
		default:
			if sisters[who]++; sisters[who] == 1 {
				out.owners++
			}
			out.sisters++
		}
	}
	return out
}

// String says it in words: "3 independent outlets: A, B, C; 2 more of one owner".
// It is empty for a single outlet: there is nothing to say.
func (c corroboration) String() string {
	n := len(c.outlets)
	if n+c.sisters+c.wired < 2 {
		return ""
	}
	named := strings.Join(c.outlets[:min(n, mostNamed)], ", ")
	words := plural(n, "independent outlet") + ": " + named
	if n > mostNamed {
		words += fmt.Sprintf(" and %d others", n-mostNamed)
	}
	switch {
	case c.owners == 1:
		words += fmt.Sprintf("; %d more of one owner", c.sisters)
	case c.owners > 1:
		words += fmt.Sprintf("; %d more of the same owners", c.sisters)
	}
	if c.wired > 0 {
		words += fmt.Sprintf("; %d more with an agency's words", c.wired)
	}
	return words
}

// hostEnds are what an outlet's host has more than its name; long ones first.
var hostEnds = []string{
	".com.au", ".com.cn", ".com.br", ".co.uk", ".co.kr", ".co.jp", ".co.za", ".co.in",
	".com", ".org", ".net", ".co", ".io", ".de", ".fr", ".kr", ".jp", ".cn", ".au", ".uk", ".ca", ".in",
}

// outletKey is an outlet's name without what its spellings differ in, so that
// "Business Green" and "businessgreen.com" are one.
func outletKey(source string) string {
	s := strings.ToLower(strings.TrimSpace(source))
	s = strings.TrimPrefix(s, "www.")
	if !strings.ContainsRune(s, ' ') {
		for _, end := range hostEnds {
			if cut, ok := strings.CutSuffix(s, end); ok {
				s = cut
				break
			}
		}
	}
	key := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,-–—_'’&|®™", r) {
			return -1
		}
		return r
	}, s)
	if rest, ok := strings.CutPrefix(key, "the"); ok && len(rest) > 4 {
		key = rest
	}
	if key == "" {
		return source
	}
	return key
}
