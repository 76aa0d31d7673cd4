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
	apart.Apart()
	titled := item(list, "", "Board changes", at)
	titled.Apart()
	text := func(a Article, s string) Article {
		a.Summary = s
		return a
	}
	var never time.Time
	const long = "The quarry in the north opens next week with three hundred people, says the firm."
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
		"dated anew":                      {text(item(one, "1", "Quarry opens", at), "It opens."), text(item(one, "2", "Quarry opens", at.Add(48*time.Hour)), "It opens."), one},
		"dated anew, without text":        {item(one, "1", "Quarry opens", at), item(one, "2", "Quarry opens", at.Add(48*time.Hour)), one},
		"a daily at one address":          {text(item(one, "1", "Prices", at), "NdPr 80.5, Dy 212"), text(item(one, "2", "Prices", at.Add(24*time.Hour)), "NdPr 81.1, Dy 209"), one + "#!2"},
		"one id for all days":             {text(item(one, "x", "Prices", never), "NdPr 80.5, Dy 212"), text(item(two, "x", "Prices", never), "NdPr 81.1, Dy 209"), two},
		"one id for all days, other news": {text(item(one, "x", "Today", never), "Lynas opens a plant."), text(item(two, "x", "Today", never), "Neodymium exports fall again."), two},
		"an undated slug, a longer text":  {text(item(one, "1", "Quarry opens", never), "It opens in the north."), text(item(two, "1", "Quarry opens", never), "It opens in the north, says the firm, with 300 people."), one},
		"a new headline and a new id":     {text(item(one, "1", "Quarry opens", at), long), text(item(one, "2", "Miners rejoice", at), long), one},
		"a new headline and a new slug":   {text(item(one, "1", "Quarry opens", at), long), text(item(two, "1", "Miners rejoice", at), long), one},
		"rewritten, without ids":          {text(item(list, "", "Board changes", at), "Two leave."), text(item(list, "", "Quarterly report", at.Add(48*time.Hour)), "Sales rise."), list},
		"an edited title without ids":     {text(item(one, "", "Quarry opens", at), "It opens in the north."), text(item(one, "", "Miners rejoice", at.Add(48*time.Hour)), "It opens in the north."), one},
		"rewritten, the id is the link":   {text(item(list, list, "Board changes", at), "Two leave."), text(item(list, list, "Quarterly report", at.Add(48*time.Hour)), "Sales rise."), list},
		"alone again at a shared link":    {titled, item(list, "", "Board changes", at), titled.Canonical},
	} {
		got := []Article{c.seen}
		Recognize(got, []Article{c.known})
		if got[0].Canonical != c.want || got[0].ID != ArticleID(c.want) {
			t.Errorf("%s: %q, want %q", name, got[0].Canonical, c.want)
		}
	}
}

// TestRecognizeByIDFirst: of two that share a link and have near titles, each is
// known by its id, whichever a visit shows alone.
func TestRecognizeByIDFirst(t *testing.T) {
	at := time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC)
	const list = "https://ore.example/list"
	item := func(n, metal string) Article {
		return Article{ID: ArticleID(list), Canonical: list, FeedID: "f", GUID: n, Title: "Ministry announces export licence rules for " + metal, Published: at}
	}
	one, two := item("1", "dysprosium"), item("2", "terbium")
	two.Apart()
	for _, seen := range [][]Article{{item("1", "dysprosium")}, {item("2", "terbium")}, {one, two}, {two, item("1", "dysprosium")}} {
		want := map[string]string{"1": one.ID, "2": two.ID}
		Recognize(seen, []Article{one, two})
		for _, a := range seen {
			if a.ID != want[a.GUID] {
				t.Errorf("%q is taken for %q", a.Title, a.Canonical)
			}
		}
	}
}

// TestRecognizeTheFirstNotice: the first notice of a page keeps the page's address
// when others join it; of several near titles the same one is it.
func TestRecognizeTheFirstNotice(t *testing.T) {
	const list = "https://ore.example/list"
	plain := func(guid, title string) Article {
		return Article{ID: ArticleID(list), Canonical: list, FeedID: "f", GUID: guid, Title: title}
	}
	apart := func(guid, title string) Article {
		a := plain(guid, title)
		a.Apart()
		return a
	}
	const dy, tb, board = "Export licence for dysprosium", "Export licence for terbium", "Board changes"
	for name, c := range map[string]struct {
		known Article
		visit []Article
		first int // which of the visit is known; -1: none
	}{
		"the very title":           {plain("", dy), []Article{apart("", tb), apart("", dy)}, 1},
		"an edited title":          {plain("", dy), []Article{apart("", board), apart("", "Export licence for dysprosium given")}, 1},
		"new ids":                  {plain("1", dy), []Article{apart("3", board), apart("4", dy)}, 1},
		"its id before its title":  {plain("1", dy), []Article{apart("2", dy), apart("1", board)}, 1},
		"others only":              {plain("", dy), []Article{apart("", board), apart("", "Quarry opens")}, -1},
		"one of two alike, no ids": {plain("", dy), []Article{apart("", tb), apart("", "Export licence for yttrium")}, 0},
	} {
		Recognize(c.visit, []Article{c.known})
		for i, a := range c.visit {
			if (a.ID == c.known.ID) != (i == c.first) {
				t.Errorf("%s: %q is %q", name, a.Title, a.Canonical)
			}
		}
	}
}

// TestTwoAt: what one visit says of items at one address.
func TestTwoAt(t *testing.T) {
	const link = "https://ore.example/a"
	item := func(guid, title, text string) Article {
		return Article{Canonical: link, GUID: guid, Title: title, Summary: text}
	}
	const opens, delayed, board = "Lynas opens plant in Kalgoorlie", "Lynas opens plant in Kalgoorlie after long delay", "Board changes"
	const text, text2 = "The plant makes oxides.", "Two directors leave at once."
	for name, c := range map[string]struct {
		a, b        Article
		alone, list bool // is it two, where the others have links of their own, and on a list
	}{
		"one title":                     {item("", opens, text), item("", opens, text2), false, false},
		"ids":                           {item("1", opens, text), item("2", delayed, text), true, true},
		"an edit":                       {item("", opens, text), item("", delayed, text), false, false},
		"an edit, the id is the link":   {item(link, opens, text), item(link, delayed, text), false, false},
		"a new headline":                {item("", opens, text), item("", board, text), false, true},
		"a new headline, without texts": {item("", opens, ""), item("", board, ""), false, true},
		"other texts":                   {item("", opens, text), item("", board, text2), true, true},
		"near titles and other texts":   {item("", opens, text), item("", delayed, text2), true, true},
		"near titles":                   {item("", opens, ""), item("", delayed, ""), false, true},
		"ids, one title, other texts":   {item("1", opens, text), item("2", opens, text2), true, true},
		"ids, one title, one text":      {item("1", opens, text), item("2", opens, text), false, false},
		"one id":                        {item("1", opens, text), item("1", board, text), false, true},
		"one id, other texts":           {item("1", opens, text), item("1", board, text2), true, true},
		"one id, an edit":               {item("1", opens, ""), item("1", delayed, ""), false, false},
	} {
		if got := c.a.TwoAt(&c.b, false); got != c.alone {
			t.Errorf("%s: two %v", name, got)
		}
		if got := c.a.TwoAt(&c.b, true); got != c.list {
			t.Errorf("%s, on a list: two %v", name, got)
		}
	}
}
