package press

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	"time"
)

// feed writes an outlet's feed as served at base.
func (p *Press) feed(o *outlet, base string) (body []byte, contentType string, err error) {
	list := p.of(o)
	w := &writer{base: base}
	switch {
	case len(o.repeats) > 0:
		w.aggregator(o, list)
		return w.Bytes(), "application/rss+xml; charset=utf-8", nil
	case o.kind == rss1:
		w.rss1(o, list)
		return w.Bytes(), "application/rdf+xml; charset=utf-8", nil
	case o.kind == atom:
		w.atom(o, list, p.newest[o.slug])
		return w.Bytes(), "application/atom+xml; charset=utf-8", nil
	case o.kind == jsonFeed:
		body, err := w.json(o, list)
		return body, "application/feed+json", err
	}
	w.rss2(o, list)
	return w.Bytes(), "application/rss+xml; charset=utf-8", nil
}

// writer writes XML line by line; base comes before every path.
type writer struct {
	bytes.Buffer
	base string
}

func (w *writer) line(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = escape(s)
		}
	}
	fmt.Fprintf(w, format+"\n", args...)
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}

// markupOf is text as the HTML of a feed. The hostile outlet's is not escaped.
func markupOf(a *article, paragraphs []string) string {
	var b strings.Builder
	for _, t := range paragraphs {
		if !a.outlet.markup {
			t = html.EscapeString(t)
		}
		b.WriteString("<p>" + t + "</p>")
	}
	return b.String()
}

func (a *article) summary() string { return a.text[0] }

func (w *writer) rss2(o *outlet, list []*article) {
	w.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.line(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>`)
	w.line(`<title>%s</title><link>%s</link><description>%s</description><language>%s</language><ttl>30</ttl>`,
		o.name, w.base+"/"+o.slug+"/", o.about, o.lang)
	for _, a := range list {
		w.line(`<item><title>%s</title><link>%s</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate><dc:creator>%s</dc:creator>`,
			a.title, w.base+a.path(), o.slug+":"+a.slug, a.published.Format(time.RFC1123Z), a.author)
		w.line(`<description>%s</description>`, markupOf(a, a.text[:1]))
		if o.full {
			w.line(`<content:encoded>%s</content:encoded>`, markupOf(a, a.text))
		}
		w.line(`</item>`)
	}
	w.line(`</channel></rss>`)
}

// aggregator writes as a news search does: titles with " - Outlet" at the end,
// the original's address with a tag, and no text of the article.
func (w *writer) aggregator(o *outlet, list []*article) {
	w.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.line(`<rss version="2.0"><channel><title>%s</title><link>%s</link><description>%s</description><language>%s</language>`,
		o.name, w.base+"/"+o.slug+"/", o.about, o.lang)
	for _, a := range list {
		address := w.base + a.path() + "?utm_source=news-search&utm_medium=rss"
		w.line(`<item><title>%s</title><link>%s</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate>`,
			a.title+" - "+a.outlet.name, address, "search:"+a.outlet.slug+":"+a.slug, a.published.Format(time.RFC1123))
		w.line(`<description>%s</description><source url="%s">%s</source></item>`,
			fmt.Sprintf(`<a href="%s" target="_blank">%s</a>&nbsp;&nbsp;<font color="#6f6f6f">%s</font>`,
				html.EscapeString(address), html.EscapeString(a.title), html.EscapeString(a.outlet.name)),
			w.base+"/"+a.outlet.slug+"/", a.outlet.name)
	}
	w.line(`</channel></rss>`)
}

func (w *writer) rss1(o *outlet, list []*article) {
	w.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.line(`<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">`)
	w.line(`<channel rdf:about="%s"><title>%s</title><link>%s</link><description>%s</description><dc:language>%s</dc:language><items><rdf:Seq>`,
		w.base+o.feedPath(), o.name, w.base+"/"+o.slug+"/", o.about, o.lang)
	for _, a := range list {
		w.line(`<rdf:li rdf:resource="%s"/>`, w.base+a.path())
	}
	w.line(`</rdf:Seq></items></channel>`)
	for _, a := range list {
		w.line(`<item rdf:about="%s"><title>%s</title><link>%s</link><description>%s</description><dc:date>%s</dc:date></item>`,
			w.base+a.path(), a.title, w.base+a.path(), a.summary(), a.published.Format(time.RFC3339))
	}
	w.line(`</rdf:RDF>`)
}

func (w *writer) atom(o *outlet, list []*article, newest time.Time) {
	w.line(`<?xml version="1.0" encoding="utf-8"?>`)
	w.line(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s"><title>%s</title><subtitle>%s</subtitle>`, o.lang, o.name, o.about)
	w.line(`<id>%s</id><link rel="self" href="%s"/><link href="%s"/><updated>%s</updated>`,
		"tag:press.invalid,2026:"+o.slug, w.base+o.feedPath(), w.base+"/"+o.slug+"/", newest.Format(time.RFC3339))
	for _, a := range list {
		w.line(`<entry><title>%s</title><id>%s</id><link rel="alternate" type="text/html" href="%s"/><published>%s</published><updated>%s</updated>`,
			a.title, "tag:press.invalid,2026:"+o.slug+"/"+a.slug, w.base+a.path(), a.published.Format(time.RFC3339), a.published.Format(time.RFC3339))
		w.line(`<author><name>%s</name></author><summary>%s</summary>`, a.author, a.summary())
		if o.full {
			w.line(`<content type="html">%s</content>`, markupOf(a, a.text))
		}
		w.line(`</entry>`)
	}
	w.line(`</feed>`)
}

// jsonItem is an item of JSON Feed 1.1.
type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Summary   string       `json:"summary"`
	HTML      string       `json:"content_html,omitempty"`
	Text      string       `json:"content_text,omitempty"`
	Published string       `json:"date_published"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

func (w *writer) json(o *outlet, list []*article) ([]byte, error) {
	feed := struct {
		Version     string     `json:"version"`
		Title       string     `json:"title"`
		Home        string     `json:"home_page_url"`
		Self        string     `json:"feed_url"`
		Description string     `json:"description"`
		Language    string     `json:"language"`
		Items       []jsonItem `json:"items"`
	}{
		"https://jsonfeed.org/version/1.1", o.name, w.base + "/" + o.slug + "/", w.base + o.feedPath(), o.about, o.lang, nil,
	}
	for _, a := range list {
		it := jsonItem{
			ID: o.slug + ":" + a.slug, URL: w.base + a.path(), Title: a.title, Summary: a.summary(),
			Published: a.published.Format(time.RFC3339), Authors: []jsonAuthor{{a.author}},
		}
		if o.full {
			it.HTML = markupOf(a, a.text)
		} else {
			it.Text = a.summary()
		}
		feed.Items = append(feed.Items, it)
	}
	body, err := json.MarshalIndent(feed, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the feed of %s: %w", o.name, err)
	}
	return body, nil
}
