// Package page reads web pages: the article on one, the publisher's own
// highlights, the feeds that a page names, and the headlines of a page that has
// no feed. It does no I/O, and it bounds pages before it builds their trees.
//
// Whether a page may be asked for, and when, is for others.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"reedaily/digest/collect/plain"
)

// Bounds of a page. Articles have a few thousand elements.
const (
	maxBytes    = 3 << 20
	maxElements = 30_000
)

// Failures that a caller may want to tell apart.
var (
	ErrTooLarge  = errors.New("the page is larger than any article")
	ErrNoArticle = errors.New("there is no article on the page")
	ErrWall      = errors.New("the page shows a wall in place of the article")
)

// Article is what a page says. Texts are plain; Text has a line a paragraph.
type Article struct {
	Title     string
	Text      string
	Author    string
	Lang      string
	Image     string // address of the lead picture
	Published time.Time
	// Paid says that the page calls itself one for subscribers.
	Paid bool
	// Highlights are the publisher's own bullets, where the page has a list of them.
	Highlights []string
}

// Read finds the article on a page; address is where the page came from.
func Read(body []byte, contentType, address string) (a Article, err error) {
	// The extraction is not ours, and its input is hostile.
	defer func() {
		if r := recover(); r != nil {
			a, err = Article{}, fmt.Errorf("the page cannot be read: %v", r)
		}
	}()
	doc, base, err := tree(body, contentType, address)
	if err != nil {
		return Article{}, err
	}
	a = metadata(doc, base)
	heading := highlightsIn(doc, a.Title)
	a.Highlights = heading.bullets
	heading.remove()
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	found, err := parser.ParseAndMutate(doc, base)
	if err != nil {
		return Article{}, ErrTooLarge // its only complaint
	}
	a.Title = first(a.Title, plain.Line(found.Title()))
	if by := plain.Line(found.Byline()); a.Author == "" && !strings.Contains(by, "://") {
		a.Author = by
	}
	a.Lang = first(a.Lang, found.Language())
	if a.Published.IsZero() {
		if at, err := found.PublishedTime(); err == nil {
			a.Published = at.UTC()
		}
	}
	if found.Node != nil {
		var b bytes.Buffer
		if err := html.Render(&b, found.Node); err == nil {
			a.Text = a.story(withoutNoise(plain.Text(b.String())))
		}
	}
	switch {
	case a.Text == "" && len(a.Highlights) == 0:
		return Article{}, ErrNoArticle
	case wall(a):
		return Article{}, ErrWall
	}
	return a, nil
}

// story is the text without title and byline at its beginning.
func (a Article) story(text string) string {
	for range 3 {
		line, rest, _ := strings.Cut(text, "\n")
		by := strings.ToLower(line)
		switch {
		case line == a.Title, a.Author != "" && len(line) < len(a.Author)+20 && strings.Contains(line, a.Author),
			strings.HasPrefix(by, "by ") && len(line) < 60 && !strings.ContainsAny(line, ".!?"):
			text = rest
		}
	}
	return text
}

// tree parses a page that is within bounds.
func tree(body []byte, contentType, address string) (*html.Node, *url.URL, error) {
	if len(body) > maxBytes {
		return nil, nil, ErrTooLarge
	}
	text := decode(body, contentType)
	if elements(text) > maxElements {
		return nil, nil, ErrTooLarge
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, nil, ErrTooLarge // the parser refuses what is nested too deeply, and nothing else
	}
	base, err := url.Parse(address)
	if err != nil || !base.IsAbs() {
		base = &url.URL{Scheme: "https", Host: "page.invalid"}
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "base" {
			if u, err := url.Parse(attr(n, "href")); err == nil && attr(n, "href") != "" {
				if u = base.ResolveReference(u); u.Scheme == "http" || u.Scheme == "https" {
					base = u
				}
			}
			break
		}
	}
	return doc, base, nil
}

func decode(body []byte, contentType string) string {
	if utf8.Valid(body) {
		return string(body)
	}
	enc, _, _ := charset.DetermineEncoding(body, contentType)
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return strings.ToValidUTF8(string(body), "")
	}
	return string(out)
}

// elements counts tags without building anything.
func elements(text string) (n int) {
	z := html.NewTokenizer(strings.NewReader(text))
	for n <= maxElements {
		switch z.Next() {
		case html.ErrorToken:
			return n
		case html.StartTagToken, html.SelfClosingTagToken:
			n++
		}
	}
	return n
}

// noise is what pages put between an article's words for those who cannot see.
var noise = strings.NewReplacer(
	" (opens in a new tab)", "", "(opens in a new tab)", "", " (opens in new tab)", "",
	" (opens in a new window)", "", " (opens in new window)", "", " (link is external)", "",
)

func withoutNoise(text string) string { return strings.TrimSpace(noise.Replace(text)) }

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// textOf is the visible text below n, on one line.
func textOf(n *html.Node) string { return textUpTo(n, maxInline) }

// textUpTo stops soon after limit bytes.
func textUpTo(n *html.Node, limit int) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		return plain.Clean(n.Data)
	}
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && !hidden(d.Parent):
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && (d.Data == "br" || d.Data == "p" || d.Data == "li" || d.Data == "div" || d.Data == "td"):
			b.WriteByte(' ')
		}
		if b.Len() > limit {
			break
		}
	}
	return plain.Clean(b.String())
}

// maxInline bounds the text that is looked at as one piece, in bytes.
const maxInline = 64 << 10

func hidden(n *html.Node) bool {
	if n == nil {
		return false
	}
	switch n.Data {
	case "script", "style", "noscript", "template", "svg", "title":
		return true
	}
	return false
}
