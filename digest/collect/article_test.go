package collect

import (
	"slices"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/collect/parse"
)

func day(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// articleCase is an item and the article that it makes; none without a title.
type articleCase struct {
	name string
	feed digest.Feed
	item parse.Item
	want digest.Article
	note string
}

// namedArticles are about who says what, and where.
func namedArticles() []articleCase {
	plainFeed := digest.Feed{ID: "f", Name: "Ore Weekly"}
	google := digest.Feed{ID: "g", Name: "Google News", Aggregator: true}
	published := day("2026-02-13T00:00:00Z")
	return []articleCase{
		{
			"plain", plainFeed,
			parse.Item{Title: "Quarry  opens", URL: "https://ore.example/a?utm_medium=rss", Summary: "<p>One.</p>", Content: "<p>One.</p><p>Two.</p>", Author: "mail@ore.example (Ada Stone)", Published: published},
			digest.Article{Title: "Quarry opens", URL: "https://ore.example/a?utm_medium=rss", Canonical: "https://ore.example/a", Source: "Ore Weekly", Summary: "One.", Text: "One.\nTwo.", Author: "Ada Stone", Published: published},
			"",
		},
		{
			"aggregator with a source", google,
			parse.Item{Title: "Magnets - plan or luck? - Mining.com", URL: "https://news.google.com/rss/articles/abc?oc=5", Source: "MINING.COM", Summary: `<a href="x">Magnets - plan or luck?</a> <font>Mining.com</font>`, Published: published},
			digest.Article{Title: "Magnets - plan or luck?", URL: "https://news.google.com/rss/articles/abc?oc=5", Canonical: "https://news.google.com/rss/articles/abc", Source: "MINING.COM", Published: published},
			"",
		},
		{
			"aggregator without a source", google,
			parse.Item{Title: "Magnets made here - Ore Weekly", URL: "https://x.example/1"},
			digest.Article{Title: "Magnets made here", URL: "https://x.example/1", Canonical: "https://x.example/1", Source: "Ore Weekly"},
			"",
		},
		{
			"aggregator with a page's title", google,
			parse.Item{Title: "Magnets made here | 2026-02-20 | Ore News - ore.example", URL: "https://x.example/1", Source: "ore.example"},
			digest.Article{Title: "Magnets made here", URL: "https://x.example/1", Canonical: "https://x.example/1", Source: "ore.example"},
			"",
		},
		{
			"aggregator whose title ends otherwise", google,
			parse.Item{Title: "Magnets - made here", URL: "https://x.example/1", Source: "Ore Weekly"},
			digest.Article{Title: "Magnets - made here", URL: "https://x.example/1", Canonical: "https://x.example/1", Source: "Ore Weekly"},
			"",
		},
		{
			"a dash in a plain feed stays", plainFeed,
			parse.Item{Title: "Magnets - made here", URL: "https://x.example/1"},
			digest.Article{Title: "Magnets - made here", URL: "https://x.example/1", Canonical: "https://x.example/1", Source: "Ore Weekly"},
			"",
		},
		{
			"the id is an address", plainFeed,
			parse.Item{Title: "A", ID: "https://ore.example/b"},
			digest.Article{Title: "A", URL: "https://ore.example/b", Canonical: "https://ore.example/b", Source: "Ore Weekly"},
			"",
		},
		{"no address", plainFeed, parse.Item{Title: "A", ID: "tag:1"}, digest.Article{}, "1 item without an address that can be opened, left out"},
		{"a script for an address", plainFeed, parse.Item{Title: "A", URL: "javascript:alert(1)"}, digest.Article{}, "1 item without an address that can be opened, left out"},
	}
}

// mendedArticles are about items that lack or twist something.
func mendedArticles() []articleCase {
	plainFeed := digest.Feed{ID: "f", Name: "Ore Weekly"}
	published := day("2026-02-13T00:00:00Z")
	return []articleCase{
		{
			"a publisher's address behind a distributor's", plainFeed,
			parse.Item{Title: "A", URL: "https://feeds.example/~r/1", Original: "https://ore.example/c"},
			digest.Article{Title: "A", URL: "https://ore.example/c", Canonical: "https://ore.example/c", Source: "Ore Weekly"},
			"",
		},
		{
			"the future is now", plainFeed,
			parse.Item{Title: "A", URL: "https://ore.example/d", Published: now.Add(time.Hour)},
			digest.Article{Title: "A", URL: "https://ore.example/d", Canonical: "https://ore.example/d", Source: "Ore Weekly", Published: now},
			"“A” is dated \"2026-02-14T07:00:00Z\", which is in the future: taken as of now",
		},
		{
			"long before the web is old, and not undated", plainFeed,
			parse.Item{Title: "A", URL: "https://ore.example/e", Published: day("1985-03-01T00:00:00Z")},
			digest.Article{Title: "A", URL: "https://ore.example/e", Canonical: "https://ore.example/e", Source: "Ore Weekly", Published: day("1985-03-01T00:00:00Z")},
			"",
		},
		{
			"the zero of a calendar", plainFeed,
			parse.Item{Title: "A", URL: "https://ore.example/e", Published: day("1970-01-01T00:00:00-05:00")},
			digest.Article{Title: "A", URL: "https://ore.example/e", Canonical: "https://ore.example/e", Source: "Ore Weekly"},
			"“A” is dated \"1970-01-01T05:00:00Z\", which makes no sense: taken as undated",
		},
		{
			"a date that nobody understands", plainFeed,
			parse.Item{Title: "A", URL: "https://ore.example/e", BadDate: "next week"},
			digest.Article{Title: "A", URL: "https://ore.example/e", Canonical: "https://ore.example/e", Source: "Ore Weekly"},
			"“A” is dated \"next week\", which makes no sense: taken as undated",
		},
		{
			"only an update is dated", plainFeed,
			parse.Item{Title: "A", URL: "https://ore.example/f", Updated: published},
			digest.Article{Title: "A", URL: "https://ore.example/f", Canonical: "https://ore.example/f", Source: "Ore Weekly", Published: published},
			"",
		},
		{
			"no title but a text", plainFeed,
			parse.Item{URL: "https://ore.example/g", Content: "Shipments of terbium stopped on Monday.<br>More follows."},
			digest.Article{Title: "Shipments of terbium stopped on Monday.", URL: "https://ore.example/g", Canonical: "https://ore.example/g", Source: "Ore Weekly", Text: "Shipments of terbium stopped on Monday.\nMore follows."},
			"",
		},
		{"nothing to say", plainFeed, parse.Item{URL: "https://ore.example/h"}, digest.Article{}, "1 item without a title or text, left out"},
		{
			"hostile title", plainFeed,
			parse.Item{Title: "A<script>alert(1)</script>\u202e&lt;b&gt;B\u0000\r\nBcc: x", URL: "https://ore.example/i"},
			digest.Article{Title: "AB Bcc: x", URL: "https://ore.example/i", Canonical: "https://ore.example/i", Source: "Ore Weekly"},
			"",
		},
	}
}

func TestArticles(t *testing.T) {
	for _, c := range slices.Concat(namedArticles(), mendedArticles()) {
		t.Run(c.name, func(t *testing.T) {
			got, notes := Articles(parse.Feed{Items: []parse.Item{c.item}}, c.feed, now)
			if strings.Join(notes, "; ") != c.note {
				t.Errorf("notes %q, want %q", notes, c.note)
			}
			if c.want.Title == "" {
				if len(got) != 0 {
					t.Errorf("got %+v", got)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d articles", len(got))
			}
			w, g := c.want, got[0]
			if g.ID != digest.ArticleID(w.Canonical) || !g.FirstSeen.Equal(now) || g.Version != 1 || g.FeedID != c.feed.ID {
				t.Errorf("identity: %+v", g)
			}
			g.ID, g.FeedID, g.FirstSeen, g.Version = "", "", time.Time{}, 0
			if g.Fingerprint() != w.Fingerprint() || g.URL != w.URL || g.Canonical != w.Canonical || g.Source != w.Source || g.Author != w.Author || !g.Published.Equal(w.Published) {
				t.Errorf("got  %+v\nwant %+v", g, w)
			}
		})
	}
}

func TestOneLinkUnderTwoNamesIsOneArticle(t *testing.T) {
	f := parse.Feed{Items: []parse.Item{
		{Title: "Magnets - Mining.com", URL: "https://news.google.com/rss/articles/abc?oc=5", Source: "Mining.com"},
		{Title: "Magnets - mining.com", URL: "https://news.google.com/rss/articles/abc?oc=5", Source: "mining.com"},
	}}
	got, notes := Articles(f, digest.Feed{Aggregator: true}, now)
	if len(got) != 1 || got[0].Source != "Mining.com" || len(notes) != 1 {
		t.Errorf("%d articles, notes %v", len(got), notes)
	}
}

func TestItemsThatLeadToTheFrontPage(t *testing.T) {
	f := parse.Feed{URL: "https://ore.example/news/", Items: []parse.Item{
		{Title: "One", URL: "https://ore.example/news", ID: "1"},
		{Title: "Two", URL: "https://ore.example/news/", ID: "2"},
		{Title: "Three", URL: "https://www.ore.example"},
		{Title: "Four", URL: "https://www.ore.example", ID: "https://ore.example/"},
		{Title: "Five", URL: "https://ore.example/news/5", ID: "5"},
	}}
	got, notes := Articles(f, digest.Feed{}, now)
	ids := map[string]bool{}
	for _, a := range got {
		ids[a.ID] = true
		if Canonical(a.Canonical) != a.Canonical {
			t.Errorf("%q is not canonical", a.Canonical)
		}
	}
	if len(got) != 5 || len(ids) != 5 || got[4].Canonical != "https://ore.example/news/5" {
		t.Errorf("%d articles, %d ids, notes %v", len(got), len(ids), notes)
	}
}

// TestItemsThatShareALink: announcements that all lead to one list.
func TestItemsThatShareALink(t *testing.T) {
	const list, notices = "https://ore.example/announcements", "https://ore.example/notices"
	f := parse.Feed{URL: "https://ore.example/", Items: []parse.Item{
		{Title: "Board changes", URL: list, ID: "1"},
		{Title: "Quarterly report", URL: list + "/", ID: "2"},
		{Title: "Quarterly report", URL: list, ID: "2"},
		{Title: "Without an id", URL: list},
		{Title: "One id", URL: "https://ore.example/a", ID: "x"},
		{Title: "For several", URL: "https://ore.example/b", ID: "x"},
		{Title: "Moved", URL: "https://ore.example/c", ID: "https://www.ore.example/old#2"},
		{Title: "Named", URL: "https://ore.example/d", ID: "https://ore.example/list#quarry"},
		{Title: "Notice 15: export of dysprosium", URL: notices, ID: notices},
		{Title: "The ministry's new spokesman", URL: notices, ID: notices},
		{Title: "A new spokesman of the ministry", URL: notices, ID: notices},
	}}
	got, notes := Articles(f, digest.Feed{}, now)
	want := [][2]string{
		{list + "#!1", "1"},
		{list + "#!2", "2"},
		{list + "#!without%20an%20id", ""},
		{"https://ore.example/a", ""},
		{"https://ore.example/b", ""},
		{"https://ore.example/c", "https://ore.example/old"},
		{"https://ore.example/d", "https://ore.example/list#quarry"},
		{notices + "#!notice%2015%20export%20of%20dysprosium", notices},
		{notices + "#!the%20ministry%20s%20new%20spokesman", notices},
		{notices + "#!a%20new%20spokesman%20of%20the%20ministry", notices},
	}
	if len(got) != len(want) || len(notes) != 1 {
		t.Fatalf("%d articles, notes %v", len(got), notes)
	}
	for i, w := range want {
		if a := got[i]; a.Canonical != w[0] || a.GUID != w[1] || a.ID != digest.ArticleID(w[0]) {
			t.Errorf("%q: %q, id %q, want %q", a.Title, a.Canonical, a.GUID, w)
		}
	}
}

// TestSharedPagesAreNotRead: nobody is asked for them.
func TestSharedPagesAreNotRead(t *testing.T) {
	a := digest.Article{URL: "https://nobody.invalid/announcements", Canonical: "https://nobody.invalid/announcements"}
	a.Apart()
	if p := collector(t, nil).ReadPage(t.Context(), a); p.Err != errShared.Error() {
		t.Errorf("%+v", p)
	}
}

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://user:pw@ore.example/a":                    "https://ore.example/a",
		"https://örebro.example/ä":                         "https://xn--rebro-iua.example/%C3%A4",
		"https://аpple.example/":                           "https://xn--pple-43d.example/",
		"data:text/html,x":                                 "",
		"https:///a":                                       "",
		"https://ore.example/" + strings.Repeat("a", 5000): "",
	} {
		if got := webAddress(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	cases := []struct{ title, item, feed, own, want string }{
		{"Quarry opens", "", "", "", ""},
		{"Quarry opens", "", "", "en-us", "en-US"},
		{"Quarry opens", "", "en", "de", "en"},
		{"Quarry opens", "fr", "en", "de", "fr"},
		{"Quarry opens", "nonsense!", "en", "", "en"},
		{"稀土出口管制", "", "", "en", "zh"},
		{"稀土出口管制", "", "zh-TW", "", "zh-TW"},
		{"レアアースの輸出", "", "", "en", "ja"},
		{"경제 희토류 공급망", "", "en", "", "ko"},
		{"日本経済新聞", "", "ja", "", "ja"},
		{"MP Materials 희토류", "", "en", "", "en"},
	}
	for _, c := range cases {
		f := parse.Feed{Lang: c.own, Items: []parse.Item{{Title: c.title, URL: "https://x.example/", Lang: c.item}}}
		got, _ := Articles(f, digest.Feed{Lang: c.feed}, now)
		if len(got) != 1 || got[0].Lang != c.want {
			t.Errorf("%q (%s, %s, %s): %+v, want %q", c.title, c.item, c.feed, c.own, got, c.want)
		}
	}
}

func TestAuthorNames(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"Ada Stone":                   "Ada Stone",
		"ada@ore.example (Ada Stone)": "Ada Stone",
		"Ada Stone (ada@ore.example)": "Ada Stone",
		"Ada Stone <ada@ore.example>": "Ada Stone",
		"ada@ore.example":             "",
		"By Ada Stone":                "Ada Stone",
		"<b>Ada</b> Stone":            "Ada Stone",
		`"Ada Stone"`:                 "Ada Stone",
	} {
		if got := authorName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCanonical(t *testing.T) {
	same := map[string][]string{
		"https://ore.example/a/b": {
			"http://ore.example/a/b", "https://www.ore.example/a/b/", "HTTPS://M.Ore.Example:443/a//b", "https://ore.example/a/./b#top",
			"https://ore.example/a/b?utm_source=x&utm_medium=y", "https://ore.example/a/b?fbclid=1", "https://ore.example/a/b/amp",
			"https://ore.example/a/b/amp/", "https://amp.ore.example/a/b", "https://ore.example/a/b?amp=1", "https://ore.example/a/b?outputType=amp",
			"https://ore.example/a/b/print", "https://ore.example/a/b?print=1", "https://ore.example/a/c/../b", "https://ore.example/a/%62",
			" https://ore.example/a/b\n", "//ore.example/a/b", "https://ore.example/a/b?", "https://ore.example./a/b", "https://ore.example/a/b/index.html",
			"https://www.google.com/url?rct=j&sa=t&url=https://ore.example/a/b&ct=ga", "https://www.google.com/amp/s/www.ore.example/a/b/amp",
			"https://ore-example.cdn.ampproject.org/c/s/ore.example/a/b", "https://ore.example/a/b?ref=rss",
			"https://www.m.ore.example/amp/a/b", "https://ore.example/a/b?output=amp", "https://ore.example/a/b?format=AMP", "https://ore.example/a/b.amp",
			"https://ore.example/a/b;jsessionid=1F2E3D.node4", "https://ore.example/a;JSESSIONID=1/b", "https://ore.example/a/b%3Bjsessionid=7",
			"https://ore.example/a/b?PHPSESSID=1&sessionid=2&ASPSESSIONIDABCD=3", "https://ore.example/a/b?sid=9f86d081884c7d659a2feaa0c55ad015",
			"https://ore.example/a/b?source=rss", "https://ore.example/a/b?source=rss----3f2a---4", "https://ore.example/a/b?source=twitter.com",
			"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fore.example%2fa%2fb&c=1",
		},
		"https://ore.example?p=12":                      {"https://ore.example?p=12", "http://www.ore.example/?p=12&utm_campaign=a"},
		"https://ore.example/a?id=1&page=2":             {"https://ore.example/a?page=2&id=1"},
		"https://ore.example:8443/a":                    {"http://www.ore.example:8443/a"},
		"https://ore.example/s?ref=1234":                {"https://ore.example/s?ref=1234"},
		"https://ore.example/a.html":                    {"https://ore.example/a.amp.html"},
		"https://ore.example#!/news/1":                  {"https://ore.example/#!/news/1"},
		"https://xn--mller-kva.example/a":               {"https://müller.example/a", "https://MÜLLER.example/a"},
		"https://ore.example/%E7%A8%80%E5%9C%9F":        {"https://ore.example/稀土", "https://ore.example/%e7%a8%80%e5%9c%9f"},
		"https://news.google.com/rss/articles/CBMiT0FV": {"https://news.google.com/rss/articles/CBMiT0FV?oc=5", "https://news.google.com/rss/articles/CBMiT0FV?oc=5&hl=en-US&gl=US&ceid=US:en"},
		"https://ore.example/100%25":                    {"https://ore.example/100%"},
		"https://m.example/a":                           {"https://m.example/a"}, // the name itself, not a mobile twin
		"https://ore.example/amp":                       {"https://ore.example/amp/"},
		"https://[2001:db8::1]/a":                       {"http://[2001:DB8::1]:80/a/"},
		"tag:ore.example,2026:1":                        {" tag:ore.example,2026:1 "},
		"https://ore.example/a?title=rare+earths":       {"https://ore.example/a?title=rare%20earths"},
		"https://old.example/story":                     {"https://news.google.com/rss/articles/CBMiGWh0dHBzOi8vb2xkLmV4YW1wbGUvc3RvcnnSAQA?oc=5"},
		"https://ore.example/a?source=abc":              {"https://ore.example/a?source=abc"},
		"https://ore.example/a?sid=12345":               {"https://ore.example/a?sid=12345"},
		"https://ore.example/a?sid=26%2F02%2F13%2F1234": {"https://ore.example/a?sid=26/02/13/1234"},
		"https://ore.example/a?format=short":            {"https://ore.example/a?format=short"},
		"https://amp.com.au/a":                          {"https://amp.com.au/a", "https://www.amp.com.au/a/"},
		"https://m.github.io/a":                         {"https://m.github.io/a"},
		"https://en.ore.example/wiki/A":                 {"https://en.m.ore.example/wiki/A"},
		"https://gov.uk/a":                              {"https://www.gov.uk/a"},
		"https://0.0":                                   {"//WWW.M.M.WWW.M.M.WWW.M.M.0.0"},
		"https://ore.example/x":                         {"https://ore.example/x" + strings.Repeat("/print.amp", 20) + strings.Repeat(".amp", 20)},
		"https://ore.example/a?share=2024":              {"https://ore.example/a?share=2024&ncid=x"},
	}
	for want, all := range same {
		for _, in := range append(all, want) {
			if got := Canonical(in); got != want {
				t.Errorf("%q: %q, want %q", in, got, want)
			}
		}
	}
}

// FuzzCanonical: the canonical form of a canonical form is itself. The seeds are
// in testdata/fuzz.
func FuzzCanonical(f *testing.F) {
	f.Fuzz(func(t *testing.T, raw string) {
		once := Canonical(raw)
		if twice := Canonical(once); twice != once {
			t.Errorf("%q becomes %q, and that %q", raw, once, twice)
		}
		if strings.ContainsAny(once, "\n\r\t ") && strings.HasPrefix(once, "http") {
			t.Errorf("%q becomes %q", raw, once)
		}
		if strings.HasPrefix(once, "http:") && webAddress(raw) != "" {
			t.Errorf("%q stays plain http: %q", raw, once)
		}
	})
}
