package page

import (
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

// metadata is what a page says of itself in its head, in JSON-LD and in marked
// elements, the most exact first.
func metadata(doc *html.Node, base *url.URL) Article {
	m := meta{base: base, named: map[string]string{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			m.element(n)
		}
	}
	a := Article{
		Title:  plain.Line(first(m.ld.headline, m.named["og:title"])),
		Author: plain.Line(first(m.ld.author, m.named["author"], m.named["article:author"], m.named["dc.creator"], m.named["parsely-author"], m.author)),
		Lang:   first(m.lang, m.named["og:locale"]),
		Image:  m.address(first(m.named["og:image"], m.ld.image)),
	}
	if strings.Contains(a.Author, "://") {
		a.Author = "" // a page of the author's, as Facebook wants it
	}
	a.Lang = strings.ReplaceAll(a.Lang, "_", "-")
	a.Paid = m.ld.paid || m.named["article:content_tier"] == "locked"
	dates := []string{
		m.ld.published, m.named["article:published_time"], m.named["datepublished"], m.named["date"], m.named["dc.date"], m.named["dc.date.issued"],
		m.named["dcterms.date"], m.named["sailthru.date"], m.named["parsely-pub-date"], m.named["pubdate"], m.named["publishdate"], m.named["og:published_time"], m.time,
	}
	order := parse.OrderOf(a.Lang, dates...)
	for _, s := range dates {
		if at, ok := parse.ParseDateIn(s, order); ok {
			a.Published = at
			break
		}
	}
	return a
}

// meta collects while the tree is walked once.
type meta struct {
	base               *url.URL
	named              map[string]string
	lang, author, time string
	ld                 linked
}

func (m *meta) element(n *html.Node) {
	switch n.Data {
	case "html":
		m.lang = attr(n, "lang")
	case "meta":
		name := strings.ToLower(first(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")))
		if name != "" && m.named[name] == "" && len(m.named) < 200 {
			m.named[name] = attr(n, "content")
		}
	case "time":
		m.time = first(m.time, attr(n, "datetime"))
	case "script":
		if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil && len(n.FirstChild.Data) < 256<<10 {
			m.ld.read(n.FirstChild.Data)
		}
	default:
		prop := attr(n, "itemprop")
		if m.author == "" && (prop == "author" || strings.EqualFold(attr(n, "rel"), "author")) {
			if text := textOf(n); len(text) < 100 {
				m.author = text
			}
		}
		if prop == "datePublished" {
			m.time = first(m.time, attr(n, "content"), attr(n, "datetime"))
		}
	}
}

func (m *meta) address(ref string) string {
	u, err := url.Parse(ref)
	if ref == "" || err != nil {
		return ""
	}
	if u = m.base.ResolveReference(u); u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// linked is what JSON-LD says of the article on a page (schema.org).
type linked struct {
	headline, author, published, image string
	paid                               bool // isAccessibleForFree is false
}

func (l *linked) read(raw string) {
	var tree any
	if err := json.Unmarshal([]byte(raw), &tree); err == nil {
		l.walk(tree, 0)
	}
}

// maxLinked is how deep an article may be in JSON-LD: a graph in a list.
const maxLinked = 5

func (l *linked) walk(v any, depth int) {
	if depth > maxLinked {
		return
	}
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			l.walk(e, depth+1)
		}
	case map[string]any:
		if graph, ok := x["@graph"]; ok {
			l.walk(graph, depth+1)
		}
		if kind := word(x["@type"]); strings.Contains(kind, "Article") || strings.Contains(kind, "Posting") || strings.Contains(kind, "Report") {
			l.headline = first(l.headline, word(x["headline"]))
			l.published = first(l.published, word(x["datePublished"]))
			l.author = first(l.author, name(x["author"]))
			l.image = first(l.image, picture(x["image"]))
			l.paid = l.paid || x["isAccessibleForFree"] == false || strings.EqualFold(word(x["isAccessibleForFree"]), "false")
		}
	}
}

// word is a string, or the first of a list.
func word(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case []any:
		for _, e := range x {
			if s, ok := e.(string); ok {
				return s
			}
		}
	}
	return ""
}

func name(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case map[string]any:
		return word(x["name"])
	case []any:
		var all []string
		for _, e := range x {
			if n := name(e); n != "" && len(all) < 5 {
				all = append(all, n)
			}
		}
		return strings.Join(all, ", ")
	}
	return ""
}

func picture(v any) string {
	if m, ok := v.(map[string]any); ok {
		return word(m["url"])
	}
	return word(v)
}
