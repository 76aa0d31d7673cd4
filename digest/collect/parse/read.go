package parse

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// Failures that a caller may want to tell apart.
var (
	ErrEmpty   = errors.New("the answer is empty")
	ErrWebPage = errors.New("the address answers with a web page, not with a feed")
	ErrNoFeed  = errors.New("the answer is neither RSS nor Atom nor JSON Feed")
	// ErrIndex: a sitemap of sitemaps, which has no articles itself.
	ErrIndex = errors.New("the address answers with an index of sitemaps, not with the articles")
)

// Parse reads one document. The error says in one sentence why there is no feed in it.
func Parse(body []byte, src Source) (feed Feed, err error) {
	// gofeed is not ours, and its input is hostile.
	defer func() {
		if r := recover(); r != nil {
			feed, err = Feed{}, fmt.Errorf("the feed cannot be read: %v", r)
		}
	}()
	if src.MaxItems <= 0 {
		src.MaxItems = MaxItems
	}
	text, note := toUTF8(body, src.ContentType)
	trimmed := strings.TrimLeft(text, " \t\r\n\ufeff\x00")
	switch {
	case strings.TrimSpace(trimmed) == "":
		return Feed{}, ErrEmpty
	case trimmed[0] == '{':
		feed, err = readJSON(trimmed, src)
	default:
		feed, err = readXML(text, src)
	}
	if note != "" {
		feed.Notes = append(feed.Notes, note)
	}
	return feed, err
}

func readXML(text string, src Source) (Feed, error) {
	doc := mend(text, src)
	switch {
	case !doc.foundAny && doc.index:
		return Feed{}, indexError(text)
	case !doc.foundAny && doc.webPage:
		return Feed{}, ErrWebPage
	case !doc.foundAny:
		return Feed{}, ErrNoFeed
	case doc.cut != "" && len(doc.items) == 0:
		return Feed{}, fmt.Errorf("no item can be read: %s", doc.cut)
	}
	got, err := newParser().Parse(bytes.NewReader(doc.xml))
	if err != nil {
		return Feed{}, fmt.Errorf("the feed cannot be read: %w", err)
	}
	feed := translate(got)
	doc.aside.restore(&feed)
	feed.Version, feed.Notes = doc.version, doc.notes
	feed.ID = first(doc.id, feed.ID)
	if len(doc.items) == len(feed.Items) {
		for i, o := range doc.items {
			feed.Items[i].outlined(o, feed.Kind)
		}
	}
	feed.absolute(src)
	return feed, nil
}

func newParser() *gofeed.Parser {
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	// The default looks for a picture in every text, with a whole HTML parse.
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	return p
}

// translate makes our feed out of gofeed's. The universal form has what all
// kinds share; the original has what gofeed does not carry over.
func translate(got *gofeed.Feed) Feed {
	feed := Feed{
		Kind: got.FeedType, Version: got.FeedVersion, Title: got.Title,
		URL: got.Link, Summary: got.Description, Lang: got.Language,
		Published: utc(got.PublishedParsed), Updated: utc(got.UpdatedParsed),
	}
	feed.Items = make([]Item, len(got.Items))
	for i, it := range got.Items {
		feed.Items[i] = Item{
			Title: it.Title, URL: strings.TrimSpace(it.Link), ID: it.GUID,
			Summary: it.Description, Content: it.Content, Author: author(it.Authors),
			Published: utc(it.PublishedParsed), Updated: utc(it.UpdatedParsed),
		}
		feed.Items[i].extensions(it)
	}
	switch original := got.OriginalFeed().(type) {
	case *rss.Feed:
		fromRSS(&feed, got, original)
	case *atom.Feed:
		fromAtom(&feed, original)
	}
	return feed
}

// absolute resolves what is still relative: against the site's page, or where
// the feed names none against the feed's own address.
func (f *Feed) absolute(src Source) {
	base, err := url.Parse(src.URL)
	if err != nil || !base.IsAbs() {
		base = nil
	}
	f.URL = resolve(base, f.URL)
	if site, err := url.Parse(f.URL); err == nil && site.IsAbs() && site.Host != "" {
		base = site
	}
	for i := range f.Items {
		f.Items[i].URL = resolve(base, f.Items[i].URL)
	}
}

// outlined adds what the scanner saw of an item.
func (i *Item) outlined(o outline, kind string) {
	if kind == "atom" {
		i.ID = o.id
	}
	if i.ID == "" && o.about != "" {
		i.ID = resolve(o.base, o.about)
	}
	if i.URL == "" && kind == "rss" && o.about != "" {
		i.URL = resolve(o.base, o.about)
	}
	if i.Lang == "" {
		i.Lang = o.lang
	}
	if i.Published.IsZero() {
		i.BadDate = strings.ToValidUTF8(o.badDate, "")
	}
}

// extensions takes what the vocabularies beside RSS and Atom say.
func (i *Item) extensions(it *gofeed.Item) {
	e := it.Extensions
	i.Original = value(e, "feedburner", "origLink")
	i.Title = first(i.Title, value(e, "itunes", "title"), value(e, "atom", "title"), media(e, "title"))
	i.Summary = first(i.Summary, value(e, "dc", "description"), value(e, "itunes", "summary"), value(e, "itunes", "subtitle"), media(e, "description"))
	i.ID = first(i.ID, value(e, "atom", "id"))
	i.Lang = value(e, "dc", "language")
	i.Author = first(i.Author, value(e, "dc", "creator"), value(e, "itunes", "author"))
	if i.Published.IsZero() {
		i.Published = firstDate(value(e, "dcterms", "issued"), value(e, "dcterms", "created"), value(e, "atom", "published"), value(e, "dc", "date"))
	}
	if modified := firstDate(value(e, "dcterms", "modified"), value(e, "atom", "updated")); !modified.IsZero() {
		i.Updated = modified
	}
}

func value(e ext.Extensions, space, name string) string {
	if list := e[space][name]; len(list) > 0 {
		return strings.TrimSpace(list[0].Value)
	}
	return ""
}

// media is a text of Media RSS, of the item itself or of a group in it.
func media(e ext.Extensions, name string) string {
	if v := value(e, "media", name); v != "" {
		return v
	}
	for _, group := range e["media"]["group"] {
		for _, child := range group.Children[name] {
			if v := strings.TrimSpace(child.Value); v != "" {
				return v
			}
		}
	}
	return ""
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func firstDate(values ...string) time.Time {
	for _, v := range values {
		if at, ok := ParseDate(v); ok {
			return at
		}
	}
	return time.Time{}
}

func author(persons []*gofeed.Person) string {
	for _, p := range persons {
		if p == nil {
			continue
		}
		if name := first(p.Name, p.Email); name != "" {
			return name
		}
	}
	return ""
}

func utc(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	at, _ := sane(*t)
	return at
}
