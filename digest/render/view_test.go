package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"reedaily/digest"
)

// hrefs is every link of an HTML text, and tags its elements with the names of
// their attributes, in order.
func hrefs(t testing.TB, text string) (links, tags []string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return links, tags
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			shape := tok.Data
			for _, a := range tok.Attr {
				shape += " " + a.Key
				if a.Key == "href" {
					links = append(links, a.Val)
				}
			}
			tags = append(tags, shape)
		case html.EndTagToken:
			tags = append(tags, "/"+z.Token().Data)
		}
	}
}

// TestNoTracking: every link of a mail is an article's own address, the site's
// or the reader's; nothing is loaded from anywhere.
func TestNoTracking(t *testing.T) {
	r := newRenderer(t)
	for _, name := range r.samples {
		e, err := r.Sample(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := r.View(e, testSite)
		if err != nil {
			t.Fatal(err)
		}
		ours := []string{digest.PersonalUnsubscribe, "mailto:" + testSite.Contact, testSite.URL + "/editions/" + string(e.Key.Day)}
		for _, s := range e.Stories {
			for _, a := range s.Articles {
				ours = append(ours, link(a.URL))
			}
			for _, t := range s.Tags {
				ours = append(ours, testSite.URL+TagPath(t.Slug()))
			}
			for _, d := range []digest.Day{s.FirstTold, s.LastTold} {
				ours = append(ours, testSite.URL+"/editions/"+string(d))
			}
		}
		links, _ := hrefs(t, v.HTML)
		for _, l := range links {
			if !slices.Contains(ours, l) {
				t.Errorf("%s: link %q leads to none of the articles", name, l)
			}
		}
		for _, f := range preflight(v) {
			t.Errorf("%s: %s", name, f.What)
		}
		for _, s := range e.Stories {
			if lead := link(s.Lead().URL); lead != "" && (!slices.Contains(links, lead) || !strings.Contains(v.Text, " "+lead+"\n")) {
				t.Errorf("%s: %s is not linked in both parts", name, lead)
			}
		}
	}
}

func TestPreflightFinds(t *testing.T) {
	const good = `<html lang="en"><body><p style="color:#fff"><a href="` + digest.PersonalUnsubscribe + `">x</a> <a href="mailto:a@example.com">m</a></p></body></html>`
	text := digest.PersonalUnsubscribe
	if f := preflight(digest.View{HTML: good, Text: text}); len(f) != 0 {
		t.Errorf("a good mail has findings: %v", f)
	}
	for bad, fatal := range map[string]bool{
		`<script>alert(1)</script>`:                                     true,
		`<img src="https://x.example/pixel.gif">`:                       true,
		`<p onclick="x()">`:                                             true,
		`<form action="https://x.example">`:                             true,
		`<a href="javascript:alert(1)">`:                                true,
		`<a href="data:text/html,x">`:                                   true,
		`<a href="/relative">`:                                          true,
		`<a href="https://user@example.com/">`:                          true,
		`<a href="https://exa mple.com/">`:                              true,
		`<p style="background:url(https://x.example/)">`:                true,
		`<style>@import "https://x.example/a.css";</style>`:             true,
		`<style>p{background:\75rl(https://x.example/)}</style>`:        true,
		`<meta http-equiv="refresh" content="0;url=https://x.example`:   false, // an unfinished tag is text
		`<meta http-equiv="refresh" content="0">`:                       true,
		`<svg onload="x()">`:                                            true,
		`<iframe srcdoc="x">`:                                           true,
		`<table background="https://x.example/a.png">`:                  true,
		`<style>` + strings.Repeat("p{color:#000}\n", 700) + `</style>`: false,
		strings.Repeat("<p>much</p>", 10000):                            false,
	} {
		var found, isFatal bool
		for _, f := range preflight(digest.View{HTML: good + bad, Text: text}) {
			found, isFatal = true, isFatal || f.Fatal
		}
		if unfinished := !strings.HasSuffix(bad, ">"); isFatal != fatal || !found && !unfinished {
			t.Errorf("%.60s: found %v, fatal %v; want fatal %v", bad, found, isFatal, fatal)
		}
	}
	for _, v := range []digest.View{{HTML: "<p>", Text: text}, {HTML: good, Text: "no link"}} {
		if f := preflight(v); len(f) != 1 || !f[0].Fatal {
			t.Errorf("a mail that nobody can leave: %v", f)
		}
	}
}

// TestLinks: where a mail may lead.
func TestLinks(t *testing.T) {
	for raw, want := range map[string]string{
		"https://example.com/a?b=c&d=e#f":                           "https://example.com/a?b=c&d=e#f",
		" http://example.com ":                                      "http://example.com",
		"https://EXAMPLE.com./x":                                    "https://example.com/x",
		"https://example.com:8443/x":                                "https://example.com:8443/x",
		"https://[2001:db8::1]:80/x":                                "https://[2001:db8::1]:80/x",
		"https://bücher.example/straße":                             "https://xn--bcher-kva.example/stra%C3%9Fe",
		"https://example.com/?q=稀土\u202e":                           "https://example.com/?q=%E7%A8%80%E5%9C%9F%E2%80%AE",
		"https://example.com/?q=\"a b\"<c>":                         "https://example.com/?q=%22a%20b%22%3Cc%3E",
		"https://example.com/%22?a=%3C":                             "https://example.com/%22?a=%3C",
		"https://пример.example/":                                   "https://xn--e1afmkfd.example/",
		"javascript:alert(1)":                                       "",
		"JaVaScRiPt:alert(1)":                                       "",
		"data:text/html,x":                                          "",
		"//example.com/x":                                           "",
		"/x":                                                        "",
		"ftp://example.com/x":                                       "",
		"https://user:pw@example.com/":                              "",
		"https://":                                                  "",
		"https://exa\nmple.com/":                                    "",
		"mailto:a@example.com":                                      "",
		digest.PersonalUnsubscribe:                                  "",
		"HTTPS://UNSUBSCRIBE.invalid/reader":                        "",
		"https://evil.example/?to=" + digest.PersonalUnsubscribe:    "",
		"https://evil.example/" + strings.Repeat("x", 2000):         "",
		"https://evil.example/#https://unsubscribe.invalid/reader1": "",
	} {
		if got := link(raw); got != want {
			t.Errorf("link(%q) = %q, want %q", raw, got, want)
		}
	}
}

// TestReaderLinkStaysOurs: no feed can have the reader's own link put into its
// text or its addresses.
func TestReaderLinkStaysOurs(t *testing.T) {
	r := newRenderer(t)
	e, err := r.Sample("full-day")
	if err != nil {
		t.Fatal(err)
	}
	clean, err := r.View(e, testSite)
	if err != nil {
		t.Fatal(err)
	}
	thief := "see https://unsubscribe.invalid/https://unsubscribe.invalid/readerreader " + digest.PersonalUnsubscribe
	e.Subject, e.Note = thief, thief
	for i := range e.Stories {
		e.Stories[i].Title = thief
		for j := range e.Stories[i].Highlights {
			e.Stories[i].Highlights[j].Text, e.Stories[i].Highlights[j].Source = thief, thief
		}
		for j := range e.Stories[i].Articles {
			e.Stories[i].Articles[j].Source = fmt.Sprint(thief, j)
			e.Stories[i].Articles[j].URL = "https://evil.example/?to=" + digest.PersonalUnsubscribe
		}
	}
	dirty, err := r.View(e, testSite)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range [][2]string{{clean.HTML, dirty.HTML}, {clean.Text, dirty.Text}} {
		want, got := strings.Count(part[0], digest.PersonalUnsubscribe), strings.Count(part[1], digest.PersonalUnsubscribe)
		if got != want {
			t.Errorf("the reader's link would stand %d times, want %d", got, want)
		}
	}
}

// bigEdition has n stories of a size that a hostile or lucky day may give.
func bigEdition(n int) digest.Edition {
	e := digest.Edition{
		Key: digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}, Title: "Rare Earth Daily",
		Subject: "Much news", Zone: "UTC", Sources: digest.SourceCount{Asked: 9, Answered: 9},
	}
	for i := range n {
		s := digest.EditionStory{ID: fmt.Sprint(i), Title: fmt.Sprintf("Story %d of many, with a title of a usual length in it", i), Relation: digest.RelationFirst}
		for j := range 4 {
			s.Articles = append(s.Articles, digest.EditionArticle{
				Title: s.Title, Source: fmt.Sprintf("Outlet %d", j), URL: fmt.Sprintf("https://outlet%d.example/2026/02/14/story-%d", j, i),
				Published: time.Date(2026, 2, 14, 4, 0, 0, 0, time.UTC),
			})
			s.Highlights = append(s.Highlights, digest.Highlight{Source: "Outlet 1", Text: fmt.Sprintf("Sentence %d of story %d says what happened, with 12 numbers and a long enough explanation of the matter.", j, i)})
		}
		e.Stories = append(e.Stories, s)
	}
	return e
}

// TestLongDay: a mail is never cut off by Gmail while it can be shortened, and
// every story stays in it.
func TestLongDay(t *testing.T) {
	r := newRenderer(t)
	for _, n := range []int{1, 20, 45, 60, 80} {
		v, err := r.View(bigEdition(n), testSite)
		if err != nil {
			t.Fatal(err)
		}
		if len(v.HTML)+roomFor > clipAt {
			t.Errorf("%d stories: %d bytes", n, len(v.HTML))
		}
		for i := range n {
			if !strings.Contains(v.HTML, fmt.Sprintf(">Story %d of", i)) {
				t.Errorf("%d stories: story %d is missing", n, i)
			}
			if !strings.Contains(v.Text, fmt.Sprintf("Sentence 3 of story %d says", i)) {
				t.Errorf("%d stories: the plain text has not all of story %d", n, i)
			}
		}
		if !strings.Contains(v.HTML, "Sentence 0 of story 0 says") {
			t.Errorf("%d stories: the lead has lost its highlights", n)
		}
		if len(preflight(v)) != 0 {
			t.Errorf("%d stories: %v", n, preflight(v))
		}
	}
	v, err := r.View(bigEdition(300), testSite)
	if err != nil {
		t.Fatal("too much news must not stop the morning:", err)
	}
	if f := preflight(v); len(f) != 1 || f[0].Fatal {
		t.Errorf("300 stories: %v, want a notice of the size", f)
	}
}

func TestWeb(t *testing.T) {
	r := newRenderer(t)
	for _, name := range r.samples {
		e, err := r.Sample(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := r.View(e, testSite)
		if err != nil {
			t.Fatal(err)
		}
		for _, site := range []Site{testSite, {Name: "No address"}} {
			page := Web(v, site)
			if strings.Contains(page, "unsubscribe.invalid") || strings.Contains(page, "Unsubscribe") || strings.Contains(page, "You get this mail") {
				t.Errorf("%s: the page speaks to one reader", name)
			}
			if !strings.Contains(page, `href="`+site.URL+`/"`) {
				t.Errorf("%s: the page does not say how to subscribe", name)
			}
			for _, s := range e.Stories {
				if l := link(s.Lead().URL); l != "" && !strings.Contains(page, html.EscapeString(l)) {
					t.Errorf("%s: the page has lost %s", name, l)
				}
			}
		}
	}
}

func TestWhen(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		at      string
		dayOnly bool
		zone    *time.Location
		want    string
	}{
		{"2026-02-14T05:12:00Z", false, time.UTC, "05:12"},
		{"2026-02-13T22:12:00Z", false, time.UTC, "13 Feb, 22:12"},
		{"2026-02-13T22:12:00Z", false, shanghai, "06:12"},
		{"2026-02-14T02:12:00Z", false, newYork, "13 Feb, 21:12"},
		{"2026-02-14T00:00:00Z", true, newYork, "14 Feb"},
		{"2026-02-14T00:00:00Z", true, shanghai, "14 Feb"},
	} {
		if got := when(digest.EditionArticle{Published: at(c.at), DayOnly: c.dayOnly}, "2026-02-14", c.zone); got != c.want {
			t.Errorf("%s in %v (day only: %v): %q, want %q", c.at, c.zone, c.dayOnly, got, c.want)
		}
	}
	if got := when(digest.EditionArticle{}, "2026-02-14", time.UTC); got != "" {
		t.Errorf("no time: %q", got)
	}
}
