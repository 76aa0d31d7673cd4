package page

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

// feedTypes are the media types of feeds.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/feed+json": true, "application/rdf+xml": true,
	"application/json": true, "text/xml": true, "application/xml": true, "application/rss": true,
}

// Feeds are the addresses of feeds that a page names, the likeliest first:
// those in its head, then links that look like one.
func Feeds(body []byte, contentType, address string) ([]string, error) {
	doc, base, err := tree(body, contentType, address)
	if err != nil {
		return nil, err
	}
	m := meta{base: base}
	var named, linked []string
	seen := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "link" && n.Data != "a" {
			continue
		}
		to := m.address(attr(n, "href"))
		if to == "" || seen[to] {
			continue
		}
		rel := " " + strings.ToLower(attr(n, "rel")) + " "
		kind, _, _ := strings.Cut(strings.ToLower(attr(n, "type")), ";")
		switch {
		case n.Data == "link" && feedTypes[strings.TrimSpace(kind)] && (strings.Contains(rel, " alternate ") || strings.Contains(rel, " feed ")):
			// Feeds of comments are not the news.
			if title := strings.ToLower(attr(n, "title")); !strings.Contains(title, "comment") && !strings.Contains(strings.ToLower(to), "/comments/") {
				named = append(named, to)
				seen[to] = true
			}
		case n.Data == "a" && looksLikeFeed(to):
			linked = append(linked, to)
			seen[to] = true
		}
	}
	return append(named, linked...), nil
}

func looksLikeFeed(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	p := strings.ToLower(strings.TrimSuffix(u.Path, "/"))
	for _, end := range []string{"/feed", "/rss", "/atom", ".rss", ".atom", "/rss.xml", "/atom.xml", "/feed.xml", "/feed.json", "/index.xml"} {
		if strings.HasSuffix(p, end) {
			return true
		}
	}
	return false
}

// Selectors say where the headlines are on a page that has no feed, as CSS
// selectors or lists of them ("time, .date"). Item selects one element an article; the others are looked for
// inside it. Link is the element with the address (an "a"; empty means the
// first one), Title its text where it is not Link's, Date and Summary may be empty.
type Selectors struct {
	Item, Link, Title, Date, Summary string
}

// Check says which selector is none.
func (s Selectors) Check() error {
	if s.Item == "" {
		return errors.New("the selector for item is missing")
	}
	_, err := s.compile()
	return err
}

type compiled struct{ item, link, title, date, summary cascadia.Matcher }

func (s Selectors) compile() (compiled, error) {
	var c compiled
	for _, p := range []struct {
		name, css, or string
		to            *cascadia.Matcher
	}{
		{"item", s.Item, "", &c.item},
		{"link", s.Link, "a[href]", &c.link},
		{"title", s.Title, "", &c.title},
		{"date", s.Date, "", &c.date},
		{"summary", s.Summary, "", &c.summary},
	} {
		css := first(p.css, p.or)
		if css == "" {
			continue
		}
		sel, err := cascadia.ParseGroup(css)
		if err != nil {
			return c, fmt.Errorf("the selector for %s, %q, is not CSS: %w", p.name, css, err)
		}
		*p.to = sel
	}
	return c, nil
}

// Select reads the headlines of a page as if it were a feed.
func Select(body []byte, contentType, address string, s Selectors, most int) (parse.Feed, error) {
	if err := s.Check(); err != nil {
		return parse.Feed{}, err
	}
	c, err := s.compile()
	if err != nil {
		return parse.Feed{}, err
	}
	doc, base, err := tree(body, contentType, address)
	if err != nil {
		return parse.Feed{}, err
	}
	about := metadata(doc, base)
	feed := parse.Feed{Kind: "page", Title: about.Title, URL: address, Lang: about.Lang}
	m := meta{base: base}
	var dates []string
	for _, n := range cascadia.QueryAll(doc, c.item) {
		if len(feed.Items) == most {
			feed.Notes = append(feed.Notes, fmt.Sprintf("items beyond the first %d were left out", most))
			break
		}
		link := pick(n, c.link)
		if link == nil {
			continue
		}
		it := parse.Item{URL: m.address(attr(link, "href")), Title: html.EscapeString(textOf(link))}
		if t := pick(n, c.title); t != nil {
			it.Title = html.EscapeString(textOf(t))
		}
		if d := pick(n, c.date); d != nil {
			it.BadDate = first(attr(d, "datetime"), attr(d, "content"), textOf(d))
			dates = append(dates, it.BadDate)
		}
		if t := pick(n, c.summary); t != nil {
			it.Summary = html.EscapeString(textOf(t))
		}
		if it.URL != "" && plain.Line(it.Title) != "" {
			feed.Items = append(feed.Items, it)
		}
	}
	order := parse.OrderOf(feed.Lang, dates...)
	for i := range feed.Items {
		feed.Items[i].Published, _ = parse.ParseDateIn(feed.Items[i].BadDate, order)
	}
	if len(feed.Items) == 0 {
		return feed, errors.New("the selectors find nothing on the page; it may have been redesigned")
	}
	return feed, nil
}

// pick is the first match inside n, or n itself.
func pick(n *html.Node, sel cascadia.Matcher) *html.Node {
	switch {
	case sel == nil:
		return nil
	case sel.Match(n):
		return n
	}
	return cascadia.Query(n, sel)
}
