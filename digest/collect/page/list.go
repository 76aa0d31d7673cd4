package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"reedaily/digest/collect/plain"
)

// maxSteps is how many nodes after a heading the list may begin.
const maxSteps = 40

// listAfter looks behind the heading in the order of the page: the next list,
// or paragraphs that begin with a bullet. Other text in between ends the search,
// but for buttons and a line that says who wrote the list.
func listAfter(heading *html.Node) found {
	var dashed found
	steps := 0
	for n := after(heading); n != nil && steps < maxSteps; steps++ {
		switch {
		case n.Type == html.ElementNode && n.Data == "button":
			n = after(n)
			continue
		case n.Type == html.ElementNode && (n.Data == "ul" || n.Data == "ol") && len(dashed.bullets) == 0 && isBeside(textUpTo(n, 4*headingRunes)):
			n = after(n)
			continue
		case n.Type == html.ElementNode && (n.Data == "ul" || n.Data == "ol"):
			if len(dashed.bullets) > 0 {
				return dashed.with(heading)
			}
			return items(n).with(heading)
		case n.Type == html.ElementNode && isBlockText(n):
			bullets, ok := bulletLines(n)
			switch {
			case ok && len(dashed.bullets)+len(bullets) <= maxBullets:
				dashed.bullets = append(dashed.bullets, bullets...)
				dashed.nodes = append(dashed.nodes, n)
				dashed.links += len(bullets) * linkAlone(n)
			case textUpTo(n, 4*headingRunes) == "" || len(dashed.bullets) == 0 && isBeside(textUpTo(n, 4*headingRunes)):
			case len(dashed.bullets) == 0:
				return unmarked(heading, n).with(heading)
			default:
				return dashed.with(heading)
			}
			n = after(n)
			continue
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" && !hidden(n.Parent) && !isBeside(plain.Clean(n.Data)):
			return dashed.with(heading)
		}
		n = next(n)
	}
	return dashed.with(heading)
}

// bulletLines are the lines of a paragraph, without their bullets; ok is false
// where one has none.
func bulletLines(n *html.Node) (bullets []string, ok bool) {
	for _, line := range linesOf(n) {
		bullet, ok := afterBullet(line)
		if !ok || !fits(bullet) {
			return nil, false
		}
		bullets = append(bullets, bullet)
	}
	return bullets, len(bullets) > 0
}

// linesOf is the text of n, parted where its line breaks are.
func linesOf(n *html.Node) (lines []string) {
	var b strings.Builder
	end := func() {
		if line := plain.Clean(b.String()); line != "" {
			lines = append(lines, line)
		}
		b.Reset()
	}
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && !hidden(d.Parent) && b.Len() < maxInline:
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && d.Data == "br":
			end()
		}
	}
	end()
	return lines
}

// unmarked is a list without bullets: short paragraphs, from the first one
// on, that have a box of their own with the heading, or end at a heading or a
// line. Others are the article itself.
func unmarked(heading, first *html.Node) found {
	var f found
	n := first
	for ; n != nil; n = n.NextSibling {
		switch {
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "":
			return found{}
		case n.Type != html.ElementNode:
		case n.Data == "hr" || len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6':
			return f
		case n.Data != "p":
			return found{}
		default:
			text := withoutNoise(textOf(n))
			if !fits(text) || len([]rune(text)) > maxParagraph || len(f.bullets) == maxParagraphs {
				return found{}
			}
			f.bullets = append(f.bullets, text)
			f.nodes = append(f.nodes, n)
			f.links += linkAlone(n)
		}
	}
	if box := first.Parent; !within(heading, box) || box.Data == "body" || box.Data == "main" || isArticle(box) {
		return found{}
	}
	return f
}

// Bounds of a list without bullets.
const (
	maxParagraph  = 250 // runes
	maxParagraphs = 5
)

// isBeside says whether a line between a heading and its list belongs to the
// page: what its buttons say, or that a program wrote the list.
func isBeside(text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 || len(words) > maxBeside {
		return false
	}
	buttons, program, wrote := 0, false, false
	for _, w := range words {
		switch w {
		case "share", "print", "save", "copy", "link", "email", "listen", "facebook", "twitter", "x", "linkedin", "whatsapp", "telegram", "reddit", "bluesky":
			buttons++
		case "ai", "chatgpt", "gpt", "llm", "artificial":
			program = true
		case "generated", "created", "written", "produced", "summarized", "summarised", "powered":
			wrote = true
		}
	}
	return buttons == len(words) || program && wrote
}

// maxBeside is how many words such a line has at most.
const maxBeside = 20

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
