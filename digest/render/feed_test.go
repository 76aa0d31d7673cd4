package render

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// readFeed is what a feed reader makes of a feed.
type readFeed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated time.Time  `xml:"updated"`
	Author  string     `xml:"author>name"`
	Links   []atomLink `xml:"link"`
	Entries []struct {
		ID        string    `xml:"id"`
		Title     string    `xml:"title"`
		Published time.Time `xml:"published"`
		Updated   time.Time `xml:"updated"`
		Link      atomLink  `xml:"link"`
		Content   atomText  `xml:"content"`
	} `xml:"entry"`
}

func sampleFeed(words, address string) Feed {
	at := time.Date(2026, 2, 14, 6, 30, 0, 5e8, time.FixedZone("x", 3600))
	return Feed{
		Path: "/tags/terbium/feed.xml", Page: "/tags/terbium", Title: words, Updated: at,
		Entries: []FeedEntry{{
			Path: "/editions/2026-02-14#story-1", Title: words, Lang: words, Published: at, Updated: at,
			Lines: []FeedLine{{Text: words, URL: address, Source: words}, {Text: "Plain & <simple>", Source: "A"}},
		}},
	}
}

func TestFeed(t *testing.T) {
	body, err := newRenderer(t).Feed(sampleFeed("A “plant” & <more>", "https://news.example/?a=1&b=2"), testSite)
	if err != nil {
		t.Fatal(err)
	}
	var f readFeed
	if err := xml.Unmarshal(body, &f); err != nil {
		t.Fatal(err)
	}
	const base = "https://news.example.com"
	if f.ID != base+"/tags/terbium/feed.xml" || f.Title != "A “plant” & <more> · Rare Earth Daily" || f.Author != "Rare Earth Daily" ||
		!f.Updated.Equal(time.Date(2026, 2, 14, 5, 30, 0, 0, time.UTC)) {
		t.Errorf("feed %+v", f)
	}
	if len(f.Links) != 2 || f.Links[0] != (atomLink{"self", "application/atom+xml", f.ID}) || f.Links[1].Href != base+"/tags/terbium" {
		t.Errorf("links %+v", f.Links)
	}
	e := f.Entries[0]
	const want = `<ul><li><a href="https://news.example/?a=1&amp;b=2">A “plant” &amp; &lt;more&gt;</a> (A “plant” &amp; &lt;more&gt;)</li><li>Plain &amp; &lt;simple&gt; (A)</li></ul>`
	if e.ID != base+"/editions/2026-02-14#story-1" || e.Link.Href != e.ID || e.Content.Body != want || e.Content.Type != "html" {
		t.Errorf("entry %+v", e)
	}
}

// FuzzFeed: whatever an outlet writes, the feed is well-formed, has its shape,
// and its HTML is a list of text and links.
func FuzzFeed(f *testing.F) {
	f.Add("<script>alert(1)</script>", "javascript:alert(1)")
	f.Add("]]> &amp; \x00\x0b\ufffe\u202e", "https://example.com/\"><img src=x>")
	f.Add("\xff\xed\xa0\x80", "https://unsubscribe.invalid/reader")
	f.Add("", "")
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, words, address string) {
		body, err := r.Feed(sampleFeed(words, address), Site{Name: words, URL: "https://news.example.com"})
		if err != nil {
			t.Fatal(err)
		}
		var read readFeed
		if err := xml.Unmarshal(body, &read); err != nil {
			t.Fatalf("%v\n%s", err, body)
		}
		if len(read.Entries) != 1 || read.Entries[0].Title == "" || len(read.Links) != 2 {
			t.Fatalf("the feed has lost its shape:\n%s", body)
		}
		z := html.NewTokenizer(strings.NewReader(read.Entries[0].Content.Body))
		for z.Next() != html.ErrorToken {
			token := z.Token()
			if token.Type == html.TextToken {
				continue
			}
			if token.Data != "ul" && token.Data != "li" && token.Data != "a" || len(token.Attr) > 1 ||
				len(token.Attr) == 1 && (token.Attr[0].Key != "href" || !strings.HasPrefix(token.Attr[0].Val, "http")) {
				t.Fatalf("an entry has %s", token)
			}
		}
	})
}
