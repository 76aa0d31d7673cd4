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
