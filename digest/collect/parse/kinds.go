package parse

import (
	"github.com/mmcdole/gofeed/atom"
	gojson "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

func fromRSS(feed *Feed, original *rss.Feed) {
	for i := range feed.Items {
		if s := original.Items[i].Source; s != nil {
			feed.Items[i].Source = s.Title
		}
	}
}

func fromAtom(feed *Feed, original *atom.Feed) { feed.ID = original.ID }

func fromJSON(feed *Feed, original *gojson.Feed) { feed.ID = original.FeedURL }
