package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// Bounds of a list of highlights: longer ones are something else.
const (
	maxBullets   = 8
	minBullet    = 15  // runes
	maxBullet    = 500 // runes
	headingRunes = 40
)

// titles are what publishers call the list, in lower case, without a colon.
var titles = map[string]bool{
	"highlights": true, "key highlights": true, "article highlights": true, "story highlights": true, "the highlights": true,
	"key points": true, "key takeaways": true, "takeaways": true, "key facts": true, "at a glance": true, "in brief": true, "main points": true,
	"key messages": true, "quick summary": true, "tl;dr": true, "summary points": true, "what you need to know": true,
	"das wichtigste in kürze": true, "auf einen blick": true, "points clés": true, "l'essentiel": true, "en bref": true,
	"puntos clave": true, "pontos principais": true, "in sintesi": true, "要点": true, "核心要点": true, "本文要点": true, "重點": true, "핵심 요약": true, "ポイント": true,
}

// found is a publisher's list of highlights on a page.
type found struct {
	bullets []string
	links   int          // of the bullets, those that are nothing but a link
	nodes   []*html.Node // list and heading, to be taken out of the article's text
}

func (f found) remove() {
	for _, n := range f.nodes {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// highlightsIn finds the list by its heading, in whatever markup: a heading
// element, bold text or a label, followed by a list or by lines with bullets. It
// has to stand in the article and to speak of what the article speaks of:
// sites have the same headings over lists of other articles.
func highlightsIn(doc *html.Node, title string) found {
	var at *place
	tried := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || !mayHead(n.Data) || !isTitle(textUpTo(n, 4*headingRunes)) {
			continue
		}
		f := listAfter(n)
		if len(f.bullets) == 0 {
			continue
		}
		if at == nil {
			at = placeIn(doc)
		}
		if at.outside(n) || at.outside(f.nodes[0]) {
			continue
		}
		if at.speaksOf(f, title) {
			return f
		}
		if tried++; tried == maxTried {
			break
		}
	}
	return found{}
}

// maxTried is how many lists of a page are compared with its text.
const maxTried = 8

func mayHead(tag string) bool {
	switch tag {
	case "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b", "em", "header", "summary", "legend", "dt", "label", "caption", "th", "a", "button":
		return true
	}
	return false
}

func isTitle(text string) bool {
	if len(text) > 4*headingRunes {
		return false
	}
	text = strings.ToLower(strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && r != ';' || unicode.IsSymbol(r)
	}))
	return titles[strings.ReplaceAll(text, "’", "'")]
}

// maxSteps is how many nodes after a heading the list may begin.
const maxSteps = 40

// listAfter looks behind the heading in the order of the page: the next list,
// or paragraphs that begin with a bullet. Other text in between ends the search.
func listAfter(heading *html.Node) found {
	var dashed found
	steps := 0
	for n := after(heading); n != nil && steps < maxSteps; steps++ {
		switch {
		case n.Type == html.ElementNode && (n.Data == "ul" || n.Data == "ol"):
			if len(dashed.bullets) > 0 {
				return dashed.with(heading)
			}
			return items(n).with(heading)
		case n.Type == html.ElementNode && isBlockText(n):
			text := textOf(n)
			bullet, ok := afterBullet(text)
			switch {
			case ok && fits(bullet) && len(dashed.bullets) < maxBullets:
				dashed.bullets = append(dashed.bullets, bullet)
				dashed.nodes = append(dashed.nodes, n)
				dashed.links += linkAlone(n)
			case text != "":
				return dashed.with(heading)
			}
			n = after(n)
			continue
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" && !hidden(n.Parent):
			return dashed.with(heading)
		}
		n = next(n)
	}
	return dashed.with(heading)
}

// with adds the heading; one bullet alone is no list, and one of links leads
// somewhere else.
func (f found) with(heading *html.Node) found {
	if len(f.bullets) < 2 || 2*f.links > len(f.bullets) {
		return found{}
	}
	f.nodes = append(f.nodes, heading)
	return f
}

// isBlockText is a paragraph, or a division with text and no blocks in it.
func isBlockText(n *html.Node) bool {
	if n.Data == "p" {
		return true
	}
	if n.Data != "div" && n.Data != "dd" {
		return false
	}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && (c.Data == "p" || c.Data == "div" || c.Data == "ul" || c.Data == "ol") {
			return false
		}
	}
	return true
}

func items(list *html.Node) found {
	out := found{nodes: []*html.Node{list}}
	for c := range list.ChildNodes() {
		if c.Type != html.ElementNode || c.Data != "li" {
			continue
		}
		text := withoutNoise(textOf(c))
		if bullet, ok := afterBullet(text); ok {
			text = bullet
		}
		switch {
		case text == "":
		case !fits(text) || len(out.bullets) == maxBullets:
			return found{} // a menu, or a text that is numbered
		default:
			out.bullets = append(out.bullets, text)
			out.links += linkAlone(c)
		}
	}
	return out
}

func fits(text string) bool {
	n := len([]rune(text))
	return n >= minBullet && n <= maxBullet || n >= minBullet/2 && strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

// afterBullet takes a bullet off a line.
func afterBullet(text string) (string, bool) {
	for _, b := range []string{"•", "·", "▪", "‣", "◦", "●", "■", "►", "–", "—", "-", "*", "✓"} {
		if rest, ok := strings.CutPrefix(text, b); ok {
			return withoutNoise(strings.TrimSpace(rest)), true
		}
	}
	return text, false
}

// after is the node behind n and all that is in it; next is the node behind n,
// which may be in it.
func after(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}

func next(n *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	return after(n)
}
