package page

import (
	"strings"

	"golang.org/x/net/html"

	"reedaily/digest/collect/plain"
)

// place is where the article is on a page, by its markup.
type place struct {
	doc *html.Node
	// main holds most of the page's text, and article most of main's; nil where
	// no element says so.
	main, article *html.Node
}

// placeIn weighs the elements that call themselves the article or its place by
// the text in them, without that of links.
func placeIn(doc *html.Node) *place {
	size, total := map[*html.Node]int{}, 0
	var order []*html.Node
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.ElementNode && (isMain(n) || isArticle(n)):
			order = append(order, n)
		case n.Type == html.TextNode && !hidden(n.Parent):
			text := len(strings.TrimSpace(n.Data))
			var holders []*html.Node
			for p := n.Parent; p != nil && text > 0; p = p.Parent {
				if p.Data == "a" && p.Type == html.ElementNode {
					text = 0
				} else if isMain(p) || isArticle(p) {
					holders = append(holders, p)
				}
			}
			total += text
			for _, h := range holders {
				size[h] += text
			}
		}
	}
	p := &place{doc: doc}
	for _, n := range order {
		if 2*size[n] > total && (p.main == nil || size[n] > size[p.main]) {
			p.main = n
		}
	}
	for _, n := range order {
		if p.main != nil && isArticle(n) && 2*size[n] > size[p.main] && (p.article == nil || size[n] > size[p.article]) {
			p.article = n
		}
	}
	return p
}

func isMain(n *html.Node) bool { return n.Data == "main" || attr(n, "role") == "main" }

func isArticle(n *html.Node) bool {
	return n.Data == "article" || attr(n, "role") == "article" || attr(n, "itemprop") == "articleBody"
}

// outside says whether a node is no part of the article: in a menu or a footer,
// beside the article, or not in the element that holds it.
func (p *place) outside(n *html.Node) bool {
	inMain, aside := p.main == nil, false
	for ; n != nil; n = n.Parent {
		switch n.Data {
		case "nav", "footer", "menu":
			return true
		}
		switch strings.ToLower(attr(n, "role")) {
		case "navigation", "contentinfo", "menu", "menubar", "search", "banner":
			return true
		}
		inMain = inMain || n == p.main
		aside = aside || n.Data == "aside" || attr(n, "role") == "complementary"
		if n == p.article || n == p.main && p.article == nil {
			aside = false // one that is the article's own
		}
	}
	return !inMain || aside
}

// textWithout is the text of the article's place without links, what stands
// beside the article, and the nodes left out; late says whether the first of
// these stands in the text's second half.
func (p *place) textWithout(left []*html.Node) (text string, late bool) {
	root := p.doc
	if p.main != nil {
		root = p.main
	}
	out := map[*html.Node]bool{}
	for _, n := range left {
		out[n] = true
	}
	before := 0
	var b strings.Builder
	for n := root.FirstChild; n != nil && b.Len() < maxCompared; {
		skip := out[n] || n.Type == html.ElementNode && (n.Data == "a" || n.Data == "nav" || n.Data == "aside" || n.Data == "footer")
		if n == left[0] || skip && within(left[0], n) {
			before = b.Len()
		}
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && text != "" && !hidden(n.Parent) {
			b.WriteString(text)
			b.WriteByte(' ')
		}
		if skip {
			n = after(n)
		} else {
			n = next(n)
		}
		if n != nil && !within(n, root) {
			break
		}
	}
	return plain.Clean(b.String()), 2*before > b.Len()
}

func within(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}
