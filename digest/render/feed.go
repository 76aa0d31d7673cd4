package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	"time"
)

// Feed is an Atom feed (RFC 4287) of the site.
type Feed struct {
	Path    string // of the feed itself
	Page    string // path of the page that it follows
	Title   string // before the site's name; empty: the site's name alone
	Updated time.Time
	Entries []FeedEntry // newest first
}

// FeedEntry is one edition, or one story.
type FeedEntry struct {
	Path      string // its address on the site; for ever its id, too
	Title     string
	Lang      string // of the title, where it is not English
	Published time.Time
	Updated   time.Time
	Lines     []FeedLine
}

// FeedLine is a sentence or a headline with its outlet.
type FeedLine struct {
	Text   string
	URL    string // may be empty
	Source string
}

// The elements of Atom that we use, in the order that we write them.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		Lang      string   `xml:"xml:lang,attr,omitempty"`
		ID        string   `xml:"id"`
		Title     string   `xml:"title"`
		Published string   `xml:"published"`
		Updated   string   `xml:"updated"`
		Link      atomLink `xml:"link"`
		Content   atomText `xml:"content"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Body string `xml:",chardata"`
	}
)

// Feed writes a feed. Equal input gives equal bytes. What outlets wrote is
// cleaned as in mails, and in an entry's HTML it is text.
func (r *Renderer) Feed(f Feed, site Site) ([]byte, error) {
	base := strings.TrimRight(link(site.URL), "/")
	name := line(site.Name, maxName)
	title := name
	if t := line(f.Title, maxTitle); t != "" {
		title = t + " · " + name
	}
	out := atomFeed{
		Lang: "en", ID: base + f.Path, Title: title, Updated: stamp(f.Updated), Author: name,
		Links: []atomLink{{"self", "application/atom+xml", base + f.Path}, {"alternate", "text/html", base + f.Page}},
	}
	for _, e := range f.Entries {
		shown := line(e.Title, maxTitle)
		if shown == "" {
			shown = "(without a title)"
		}
		out.Entries = append(out.Entries, atomEntry{
			Lang: lang(e.Lang), ID: base + e.Path, Title: shown, Published: stamp(e.Published), Updated: stamp(e.Updated),
			Link: atomLink{"alternate", "text/html", base + e.Path}, Content: atomText{"html", listing(e.Lines)},
		})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("write the feed %s: %w", f.Path, err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// stamp is a date of RFC 3339, as RFC 4287 §3.3 wants it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// listing is an entry's HTML.
func listing(lines []FeedLine) string {
	var b strings.Builder
	b.WriteString("<ul>")
	for _, l := range lines {
		text := line(l.Text, maxText)
		if text == "" {
			continue
		}
		b.WriteString("<li>")
		if to := link(l.URL); to != "" {
			b.WriteString(`<a href="` + html.EscapeString(to) + `">` + html.EscapeString(text) + "</a>")
		} else {
			b.WriteString(html.EscapeString(text))
		}
		if source := line(l.Source, maxName); source != "" {
			b.WriteString(" (" + html.EscapeString(source) + ")")
		}
		b.WriteString("</li>")
	}
	b.WriteString("</ul>")
	return b.String()
}
