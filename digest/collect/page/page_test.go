package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

var paragraphs = []string{
	"The quarry at Stonefield began to ship mixed carbonate on Monday, its owner said, two years after the first permit was asked for and one year after the money ran out.",
	"Buyers in three countries have signed for the first year of terbium and dysprosium, according to people who have seen the contracts, and the price was fixed in advance.",
	"The plant, which separates the elements by solvent extraction, will run at half of its capacity until autumn, when a second line is to be added beside the railway.",
	"Neighbours had objected to the lorries; the company has since agreed to send everything by rail, and to publish what it measures in the stream below the works every week.",
}

var bullets = []string{
	"Stonefield ships its first mixed carbonate after two years of waiting.",
	"Terbium and dysprosium of the first year are sold at a fixed price.",
	"A second line of the separation plant follows in autumn.",
}

// article is a whole page around an inner part that stands before the text.
func article(head, before string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="en-GB"><head><title>Quarry ships - Ore Weekly</title>` + head + `</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/prices">Prices</a></li><li><a href="/about">About us</a></li></ul></nav></header>
<main><article><h1>Quarry ships</h1><p class="meta">By Ada Stone</p>` + before)
	for _, p := range paragraphs {
		b.WriteString("<p>" + p + ` <a href="/x" target="_blank">Source<span class="sr-only"> (opens in a new tab)</span></a></p>` + "\n")
	}
	b.WriteString(`</article></main><aside><h3>Recent news</h3><ul><li><a href="/1">Another story altogether</a></li></ul></aside>
<section id="comments"><h3>0 Comments</h3><form><label>Submit a comment</label><textarea></textarea></form></section>
<footer><h4>Straight Into Your Inbox</h4><p>Receive a daily update.</p></footer></body></html>`)
	return b.String()
}

func TestMetadata(t *testing.T) {
	at := time.Date(2026, 2, 13, 9, 0, 0, 0, time.UTC)
	cases := []struct {
		name, head string
		want       Article
	}{
		{
			"JSON-LD", `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Quarry ships","datePublished":"2026-02-13T10:00:00+01:00","author":[{"@type":"Person","name":"Ada Stone"},{"name":"Luc Pierre"}],"image":{"url":"/lead.jpg"}}]}</script>`,
			Article{Title: "Quarry ships", Author: "Ada Stone, Luc Pierre", Published: at, Image: "https://ore.example/lead.jpg"},
		},
		{
			"meta", `<meta property="og:title" content="Quarry ships"><meta property="article:published_time" content="2026-02-13T09:00:00Z"><meta name="author" content="Ada Stone"><meta property="og:image" content="lead.jpg">`,
			Article{Title: "Quarry ships", Author: "Ada Stone", Published: at, Image: "https://ore.example/news/lead.jpg"},
		},
		{
			"broken JSON-LD", `<script type="application/ld+json">{"@type":</script><meta name="date" content="13 February 2026 09:00">`,
			Article{Published: at},
		},
		{
			"a script for a picture", `<meta property="og:image" content="javascript:alert(1)"><meta name="author" content="https://social.example/ada">`,
			Article{},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read([]byte(article(c.head, "")), "text/html", "https://ore.example/news/a")
			if err != nil {
				t.Fatal(err)
			}
			if c.want.Title != "" && a.Title != c.want.Title || c.want.Author != "" && a.Author != c.want.Author || !a.Published.Equal(c.want.Published) ||
				a.Image != c.want.Image || a.Lang != "en-GB" || strings.Contains(a.Author, "://") {
				t.Errorf("got %+v\nwant %+v", a, c.want)
			}
		})
	}
}

func TestWalls(t *testing.T) {
	page := func(title, text string) string {
		return "<html><head><title>" + title + "</title></head><body><p>" + text + "</p></body></html>"
	}
	long := strings.Join(paragraphs, " ")
	for _, c := range []struct {
		name, page string
		want       error
	}{
		{"consent", page("Before you continue", "We use cookies. "+paragraphs[0]), ErrWall},
		{"robot check", page("Just a moment...", "Verify you are human by completing the action below. "+paragraphs[0]), ErrWall},
		{"paywall", page("Quarry ships", "Subscribe to continue reading this article today. "+paragraphs[0]), ErrWall},
		{"below the first lines", page("Quarry ships", long[:500]+" Already a subscriber? Log in."), ErrWall},
		{"a check with a button", page("ore.example", "Press & Hold to confirm you are a human (and not a bot)."), ErrWall},
		{"gone", page("Ore Weekly", "Sorry, the page you are looking for does not exist or has been moved."), ErrWall},
		{"not here", page("Ore Weekly", "Sorry, this content is not available in your region due to GDPR."), ErrWall},
		{"German", page("Erz", "Wir und unsere Partner verarbeiten Daten, um Anzeigen zu messen."), ErrWall},
		{"French", page("Minerai", "Cet article est réservé aux abonnés. Il vous reste 80 % à lire."), ErrWall},
		{"Spanish", page("Mineral", "La página no existe. Vuelva a la portada."), ErrWall},
		{"Chinese", page("矿业", "抱歉,您访问的页面不存在或已被删除。"), ErrWall},
		{"Japanese", page("鉱業", "この記事は会員限定です。続きを読むには登録してください。"), ErrWall},
		{"Korean", page("광업", "이 기사는 구독자 전용 콘텐츠입니다. 로그인 후 이용해 주세요."), ErrWall},
		{"paid by its own word", article(`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>`, ""), ErrWall},
		{"nothing", page("Quarry ships", ""), ErrNoArticle},
		{"too deep", "<html><body>" + strings.Repeat("<div>", 2000) + long, nil},
		{"too many", "<html><body>" + strings.Repeat("<b></b>", 40_000), ErrTooLarge},
		{"too long", strings.Repeat("a", 4<<20), ErrTooLarge},
	} {
		_, err := Read([]byte(c.page), "text/html", "https://ore.example/")
		if err == nil || c.want != nil && !errors.Is(err, c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestPagesAreReadInTime: nothing that fits the bounds takes long.
func TestPagesAreReadInTime(t *testing.T) {
	p := "<p>" + paragraphs[0] + "</p>"
	for name, body := range map[string]string{
		"wide":             strings.Repeat(p, 8000),
		"tables":           strings.Repeat("<table><tr><td>"+paragraphs[1]+"</td></tr></table>", 4000),
		"deep, many times": strings.Repeat(strings.Repeat("<div>", 200)+paragraphs[2]+strings.Repeat("</div>", 200), 140),
		"headings":         strings.Repeat("<h2>Highlights</h2>", 15_000),
		"lists":            strings.Repeat("<h2>Highlights</h2><ul><li>a</li></ul>", 9000),
		"lists to compare": strings.Repeat("<h2>Highlights</h2>"+lines(bullets), 3500),
		"formatting":       strings.Repeat("<b><i><a href=x>", 9000) + paragraphs[3],
		"line breaks":      strings.Repeat("ore<br><br>", 14_000),
		"links":            strings.Repeat(`<a href="x">ore</a> `, 20_000),
		"unclosed":         strings.Repeat("<p><font><b>", 9000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Read([]byte("<html><body>"+body+"</body></html>"), "text/html", "https://ore.example/")
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%v, %v", took, err)
			} else {
				t.Logf("%v, %v", took, err)
			}
		})
	}
}

func TestFeedsThatAPageNames(t *testing.T) {
	body := `<html><head><base href="/blog/"><link rel="alternate" type="application/rss+xml" title="News" href="feed">
<link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://other.example/atom">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="stylesheet" type="text/css" href="a.css"><link rel="alternate" hreflang="de" href="/de"></head>
<body><a href="/all.rss">RSS</a><a href="javascript:x">no</a><a href="feed">again</a><a href="/news">News</a></body></html>`
	got, err := Feeds([]byte(body), "text/html", "https://ore.example/")
	want := []string{"https://ore.example/blog/feed", "https://other.example/atom", "https://ore.example/all.rss"}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v, %v", got, want, err)
	}
}

func TestSelect(t *testing.T) {
	body := `<html lang="en"><head><title>Ore Weekly</title></head><body><div class="card"><h3><a href="/1">First &amp; foremost</a></h3><time datetime="2026-02-13T09:00:00Z">today</time><p class="sum">Told <b>here</b>.</p></div>
<div class="card"><a href="/2"><h3>Second</h3></a><time>12 February 2026</time></div><div class="card">no link</div><div class="ad"><a href="/ad">Buy</a></div></body></html>`
	s := Selectors{Item: "div.card", Title: "h3", Date: "time", Summary: ".sum"}
	f, err := Select([]byte(body), "text/html", "https://ore.example/news/", s, 10)
	if err != nil || len(f.Items) != 2 {
		t.Fatalf("%+v, %v", f, err)
	}
	if it := f.Items[0]; it.URL != "https://ore.example/1" || it.Title != "First &amp; foremost" || it.Summary != "Told here." || it.Published.Hour() != 9 {
		t.Errorf("%+v", it)
	}
	if it := f.Items[1]; it.URL != "https://ore.example/2" || it.Title != "Second" || it.Published.Day() != 12 {
		t.Errorf("%+v", it)
	}
	lists := Selectors{Item: "div.card, div.ad", Link: "h3 a, a", Title: "h3, a", Date: ".when, time", Summary: "p.lead, p.sum"}
	if f, err = Select([]byte(body), "text/html", "https://ore.example/news/", lists, 10); err != nil || len(f.Items) != 3 ||
		f.Items[0].Summary != "Told here." || f.Items[1].Published.Day() != 12 || f.Items[2].URL != "https://ore.example/ad" {
		t.Errorf("%+v, %v", f, err)
	}
	for name, bad := range map[string]Selectors{"a list with a gap": {Item: "div,"}, "none": {}, "not CSS": {Item: "div["}, "finds nothing": {Item: ".x"}, "bad date": {Item: "div", Date: ">>"}} {
		if _, err := Select([]byte(body), "text/html", "https://ore.example/", bad, 10); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// FuzzRead: nothing panics, and what comes out is plain. The seeds are in
// testdata/fuzz.
func FuzzRead(f *testing.F) {
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := Read(body, "", "https://ore.example/a/b")
		if err != nil {
			if strings.Contains(err.Error(), "cannot be read: runtime error") {
				t.Log(err) // ours to survive, not ours to mend
			}
			return
		}
		if len(a.Highlights) == 1 || len(a.Highlights) > maxBullets {
			t.Errorf("%d highlights", len(a.Highlights))
		}
		for _, s := range append([]string{a.Title, a.Author}, a.Highlights...) {
			if strings.ContainsAny(s, "\n\r\x00\u202e") {
				t.Errorf("%q", s)
			}
		}
		if a.Image != "" && !strings.HasPrefix(a.Image, "http") {
			t.Errorf("image %q", a.Image)
		}
		_, _ = Feeds(body, "", "https://ore.example/")
		_, _ = Select(body, "", "https://ore.example/", Selectors{Item: "p", Date: "*", Title: "b"}, 5)
	})
}

// TestDatesOfAPage: what 05/11/2026 means is told by the page's language, or by
// its other dates.
func TestDatesOfAPage(t *testing.T) {
	for lang, want := range map[string]string{"fr": "2026-11-05", "en-GB": "2026-11-05", "en-US": "2026-05-11", "": "2026-05-11"} {
		doc := `<html lang="` + lang + `"><head><title>a</title><meta name="date" content="05/11/2026"></head><body><ul><li><a href="/1">First</a> <time>05/11/2026</time></li></ul><p>` + strings.Join(paragraphs, "</p><p>") + `</p></body></html>`
		a, err := Read([]byte(doc), "text/html", "https://ore.example/")
		if got := a.Published.Format(time.DateOnly); err != nil || got != want {
			t.Errorf("%q: the article is of %s, %v, want %s", lang, got, err, want)
		}
		f, err := Select([]byte(doc), "text/html", "https://ore.example/", Selectors{Item: "li", Date: "time"}, 10)
		if err != nil || f.Items[0].Published.Format(time.DateOnly) != want {
			t.Errorf("%q: the headline is of %v, %v, want %s", lang, f.Items, err, want)
		}
	}
}
