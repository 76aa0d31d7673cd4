package digest

import (
	"testing"
	"time"
)

func TestRecognize(t *testing.T) {
	at := time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC)
	item := func(address, guid, title string, published time.Time) Article {
		return Article{ID: ArticleID(address), Canonical: address, FeedID: "f", GUID: guid, Title: title, Published: published}
	}
	const list, one, two = "https://ore.example/announcements", "https://ore.example/one", "https://ore.example/two"
	apart := item(list, "1", "Board changes", at)
	apart.Apart("1")
	other := item(one, "1", "Quarry opens", at)
	other.FeedID = "g"
	for name, c := range map[string]struct {
		known, seen Article
		want        string // canonical address
	}{
		"a new slug":                      {item(one, "1", "Quarry opens in the north", at), item(two, "1", "Quarry opened in north", at), one},
		"a new slug, years ago":           {item(one, "1", "Quarry opens", at), item(two, "1", "Quarry opens", at.Add(-time.Hour)), one},
		"signs for words":                 {item(one, "1", "稀土出口管制", at), item(two, "1", "稀土出口管制升级", at), one},
		"an id used again":                {item(one, "1", "Quarry opens", at), item(two, "1", "Magnets get dear", at), two},
		"an id of a series":               {item(one, "1", "Prices, week 6", at), item(two, "1", "Prices, week 7", at), two},
		"an id of a daily":                {item(one, "1", "Prices today", at.Add(-24*time.Hour)), item(two, "1", "Prices today", at), two},
		"another feed's id":               {other, item(two, "1", "Quarry opens", at), two},
		"without an id":                   {item(one, "", "Quarry opens", at), item(two, "", "Quarry opens", at), two},
		"an edited title":                 {item(one, "1", "Quarry opens", at), item(one, "1", "Miners rejoice", at), one},
		"an edited title, an unstable id": {item(one, "1", "Quarry opens", at), item(one, "2", "Quarry opens at last", at), one},
		"an id for one that had none":     {item(one, "", "Quarry opens", at), item(one, "2", "Miners rejoice", at), one},
		"a shared link":                   {item(list, "1", "Board changes", at), item(list, "2", "Quarterly report", at), list + "#!2"},
		"a shared link, known apart":      {apart, item(list, "1", "Board has changed", at), apart.Canonical},
	} {
		got := []Article{c.seen}
		Recognize(got, []Article{c.known})
		if got[0].Canonical != c.want || got[0].ID != ArticleID(c.want) {
			t.Errorf("%s: %q, want %q", name, got[0].Canonical, c.want)
		}
	}
}
