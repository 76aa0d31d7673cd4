package parse

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	gojson "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

// Failures that a caller may want to tell apart.
var (
	ErrEmpty   = errors.New("the answer is empty")
	ErrWebPage = errors.New("the address answers with a web page, not with a feed")
	ErrNoFeed  = errors.New("the answer is neither RSS nor Atom nor JSON Feed")
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
	if len(bytes.TrimSpace(body)) == 0 {
		return Feed{}, ErrEmpty
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	got, err := parser.Parse(bytes.NewReader(body))
	if err != nil {
		return Feed{}, fmt.Errorf("the feed cannot be read: %w", err)
	}
	feed = translate(got, src)
	if len(feed.Items) > src.MaxItems {
		feed.Notes = append(feed.Notes, fmt.Sprintf("%d items beyond the first %d were left out", len(feed.Items)-src.MaxItems, src.MaxItems))
		feed.Items = feed.Items[:src.MaxItems]
	}
	return feed, nil
}

// translate makes our feed out of gofeed's. The universal form has what all
// kinds share; the original has what gofeed does not carry over.
func translate(got *gofeed.Feed, src Source) Feed {
	feed := Feed{
		Kind: got.FeedType, Version: got.FeedVersion, Title: got.Title,
		URL: got.Link, Summary: got.Description, Lang: got.Language,
	}
	feed.Items = make([]Item, len(got.Items))
	for i, it := range got.Items {
		feed.Items[i] = Item{
			Title: it.Title, URL: strings.TrimSpace(it.Link), ID: it.GUID,
			Summary: it.Description, Content: it.Content, Author: author(it.Authors),
		}
		feed.Items[i].setDates(it.Published, it.PublishedParsed, it.Updated, it.UpdatedParsed)
	}
	switch original := got.OriginalFeed().(type) {
	case *rss.Feed:
		fromRSS(&feed, original)
	case *atom.Feed:
		fromAtom(&feed, original)
	case *gojson.Feed:
		fromJSON(&feed, original)
	}
	return feed
}

func author(persons []*gofeed.Person) string {
	for _, p := range persons {
		if p != nil && p.Name != "" {
			return p.Name
		}
	}
	return ""
}
