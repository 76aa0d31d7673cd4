package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"reedaily/digest/collect/plain"
)

// An article has this share at least of the telling words of its own list of
// highlights, without those that most bullets share: on a site of one topic
// each headline has that topic's words. Of 165 lists by people none has less
// than 0.53, and of 100 lists of headlines of the article's topic 99 have. Of a
// teaser of an article less can be asked; of a list in its second half, where
// sites put what else there is to read, and of one without full stops, as
// headlines are, more.
const (
	leastShare  = 0.53
	teaserShare = 0.33
	doubtShare  = 0.08 // more for each reason to doubt it
	teaser      = 1000 // bytes of text, in place of a whole article
	maxCompared = 256 << 10
	// bulletShare is the part of the share that each bullet has to have, where
	// more than a teaser is there; fewer than a third may have less.
	bulletShare = 0.75
)

// speaksOf says whether a list speaks of what the rest of the article does.
func (p *place) speaksOf(f found, title string) bool {
	text, late := p.textWithout(f.nodes)
	there := plain.TellingWords(title + "\n" + text)
	least := leastShare
	for _, doubt := range []bool{late, !sentences(f.bullets)} {
		if doubt {
			least += doubtShare
		}
	}
	least = min(least, teaserShare+(least-teaserShare)*float64(max(0, len(text)-teaser))/teaser)
	known, all, strange := 0, 0, 0
	for _, words := range ownWords(f.bullets) {
		n := 0
		for _, w := range words {
			if there[w] {
				n++
			}
		}
		known += n
		all += len(words)
		if len(text) > teaser && float64(n) < bulletShare*least*float64(len(words)) {
			strange++
		}
	}
	return all > 0 && float64(known) >= least*float64(all) && 3*strange < len(f.bullets)
}

// sentences says whether half of the bullets end with a full stop, at least.
func sentences(bullets []string) bool {
	n := 0
	for _, b := range bullets {
		b = strings.TrimRight(b, "\"')”’»」 ")
		if strings.HasSuffix(b, ".") || strings.HasSuffix(b, "。") || strings.HasSuffix(b, "।") {
			n++
		}
	}
	return 2*n >= len(bullets)
}

// ownWords are the telling words of each bullet that at most half of all have.
func ownWords(bullets []string) [][]string {
	in := map[string]int{}
	sets := make([]map[string]bool, len(bullets))
	for i, b := range bullets {
		sets[i] = plain.TellingWords(b)
		for w := range sets[i] {
			in[w]++
		}
	}
	out := make([][]string, len(bullets))
	for i, set := range sets {
		for w := range set {
			if 2*in[w] <= len(bullets) {
				out[i] = append(out[i], w)
			}
		}
	}
	return out
}

// longLink is how many runes of link at a bullet's beginning are a headline.
const longLink = 30

// linkAlone is 1 for a bullet that is a link to another article: half of it is
// one, or its beginning; a date or a name may follow.
func linkAlone(n *html.Node) int {
	all, linked, leading := 0, 0, 0
	for d := range n.Descendants() {
		if d.Type != html.TextNode || hidden(d.Parent) {
			continue
		}
		text := utf8.RuneCountInString(strings.TrimSpace(d.Data))
		if inLink(d) {
			if all == leading {
				leading += text
			}
			linked += text
		} else if _, bullet := afterBullet(strings.TrimSpace(d.Data)); bullet && text == 1 {
			continue
		}
		all += text
	}
	if 2*linked >= all || leading >= longLink {
		return 1
	}
	return 0
}

func inLink(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == "a" {
			return true
		}
	}
	return false
}
