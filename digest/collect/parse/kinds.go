package parse

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// fromRSS adds what only RSS has, or has under other names.
func fromRSS(feed *Feed, got *gofeed.Feed, original *rss.Feed) {
	feed.ID = value(got.Extensions, "atom", "id")
	e := got.Extensions
	feed.Title = first(feed.Title, media(e, "title"))
	feed.Summary = first(feed.Summary, value(e, "dc", "description"), value(e, "itunes", "summary"), value(e, "itunes", "subtitle"), media(e, "description"))
	if feed.Published.IsZero() {
		feed.Published = firstDate(value(e, "dcterms", "issued"), value(e, "dcterms", "created"), value(e, "atom", "published"))
	}
	if modified := firstDate(value(e, "dcterms", "modified"), value(e, "atom", "updated")); feed.Updated.IsZero() && !modified.IsZero() {
		feed.Updated = modified
	}
	feed.TTL = ttl(original, got)
	for _, h := range original.SkipHours {
		if n, err := strconv.Atoi(strings.TrimSpace(h)); err == nil && n >= 0 && n <= 24 && !slices.Contains(feed.SkipHours, n%24) {
			feed.SkipHours = append(feed.SkipHours, n%24)
		}
	}
	for i, it := range original.Items {
		mine := &feed.Items[i]
		if it.Source != nil {
			mine.Source = it.Source.Title
		}
		// The last <link> counts for gofeed, even where it is empty.
		for _, l := range it.Links {
			if mine.URL == "" {
				mine.URL = strings.TrimSpace(l)
			}
		}
		if mine.URL == "" {
			mine.URL = atomLink(got.Items[i])
		}
		if mine.URL == "" && it.GUID != nil && !strings.EqualFold(it.GUID.IsPermalink, "false") && strings.Contains(it.GUID.Value, "://") {
			mine.URL = it.GUID.Value
		}
	}
}

// atomLink is the address in an atom:link inside an RSS item.
func atomLink(it *gofeed.Item) string {
	for _, l := range it.Extensions["atom"]["link"] {
		if rel := l.Attrs["rel"]; (rel == "" || rel == "alternate") && l.Attrs["href"] != "" {
			return l.Attrs["href"]
		}
	}
	return ""
}

// ttl is how long a channel asks to be left alone.
func ttl(original *rss.Feed, got *gofeed.Feed) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(original.TTL)); err == nil && n > 0 && n < 1_000_000 {
		return time.Duration(n) * time.Minute
	}
	unit := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
		"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[strings.ToLower(value(got.Extensions, "sy", "updatePeriod"))]
	every, err := strconv.Atoi(value(got.Extensions, "sy", "updateFrequency"))
	if err != nil || every < 1 {
		every = 1
	}
	return unit / time.Duration(every)
}

// fromAtom adds what only Atom has. gofeed takes the first link with
// rel="alternate" and nothing else; entries may have another kind only.
func fromAtom(feed *Feed, original *atom.Feed) {
	feed.ID = original.ID
	feed.URL = first(bestLink(original.Links), feed.URL)
	feed.Published = firstDate(value(original.Extensions, "dcterms", "issued"))
	for i, e := range original.Entries {
		mine := &feed.Items[i]
		mine.URL = first(bestLink(e.Links), mine.URL)
		if mine.URL == "" && strings.Contains(e.ID, "://") {
			mine.URL = e.ID
		}
		if e.PublishedParsed == nil && !mine.Updated.IsZero() {
			// gofeed fills in Published from Updated; a date of its own wins.
			mine.Published = firstDate(value(e.Extensions, "dcterms", "created"), value(e.Extensions, "dc", "date"))
		}
		if e.Source != nil {
			mine.Source = e.Source.Title
		}
		if mine.Author == "" {
			mine.Author = atomAuthor(original.Authors)
		}
	}
}

func atomAuthor(persons []*atom.Person) string {
	for _, p := range persons {
		if name := first(p.Name, p.Email); name != "" {
			return name
		}
	}
	return ""
}

// bestLink is the address of the web page among an entry's links.
func bestLink(links []*atom.Link) string {
	best, score := "", 0
	for _, l := range links {
		s := 0
		switch rel := strings.ToLower(l.Rel); {
		case l.Href == "":
		case rel == "alternate" && (l.Type == "" || strings.Contains(l.Type, "html")):
			s = 4
		case rel == "alternate":
			s = 3
		case rel == "self" || rel == "related" || rel == "via":
			s = 1
		}
		if s > score {
			best, score = l.Href, s
		}
	}
	return best
}
