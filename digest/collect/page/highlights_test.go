package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"reedaily/digest/digesttest"
)

func list(tag, open, sep, end string) string {
	return tag + open + strings.Join(bullets, sep) + end
}

func TestHighlightsInAnySensibleMarkup(t *testing.T) {
	for name, before := range map[string]string{
		"heading and list":     list("<h2>Highlights</h2>", "<ul><li>", "</li><li>", "</li></ul>"),
		"bold paragraph":       list("<p><strong>Highlights:</strong></p>", "<ul><li>", "</li><li>", "</li></ul>"),
		"label in a division":  list(`<div class="box"><div class="label"><span>HIGHLIGHTS</span></div><div class="body">`, "<ul><li>", "</li><li>", "</li></ul></div></div>"),
		"numbered":             list("<h4>Key Takeaways</h4>", "<ol><li>", "</li><li>", "</li></ol>"),
		"paragraphs in items":  list("<h3>Key points</h3>", "<ul><li><p>", "</p></li><li><p>", "</p></li></ul>"),
		"lines with bullets":   list("<h3>Highlights</h3>", "<p>• ", "</p><p>• ", "</p>"),
		"divisions as bullets": list("<h3>Highlights</h3><div>", "<div>• ", "</div><div>• ", "</div></div>"),
		"a summary element":    list("<details open><summary>Highlights</summary>", "<ul><li>", "</li><li>", "</li></ul></details>"),
		"a wrapper in between": list("<section><header><h2>Article Highlights</h2></header><div><div>", "<ul><li>", "</li><li>", "</li></ul></div></div></section>"),
		"links with noise":     list("<h2>Highlights</h2>", "<ul><li>", ` <a href="x">source (opens in a new tab)</a></li><li>`, "</li></ul>"),
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Read([]byte(article("", before)), "text/html", "https://ore.example/a")
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Highlights) != len(bullets) {
				t.Fatalf("highlights %q", a.Highlights)
			}
			for i, h := range a.Highlights {
				if want := bullets[i]; h != want && h != want+" source" {
					t.Errorf("%q, want %q", h, want)
				}
			}
			if strings.Contains(a.Text, bullets[1]) || !strings.Contains(a.Text, paragraphs[0]) || !strings.Contains(a.Text, paragraphs[3]) {
				t.Errorf("text %q", a.Text)
			}
		})
	}
}

func TestWhatIsNoListOfHighlights(t *testing.T) {
	for name, before := range map[string]string{
		"nothing":             "",
		"a word in a text":    "<p>The highlights of the year were few.</p>",
		"a menu":              "<h3>Highlights</h3><ul><li><a>Video</a></li><li><a>Audio</a></li></ul>",
		"text in between":     "<h3>Highlights</h3><p>What follows is a list of other things entirely.</p>" + list("", "<ul><li>", "</li><li>", "</li></ul>"),
		"one bullet":          "<h3>Highlights</h3><ul><li>" + bullets[0] + "</li></ul>",
		"essays for bullets":  "<h3>Highlights</h3><ul><li>" + strings.Repeat(paragraphs[0], 5) + "</li><li>" + bullets[0] + "</li></ul>",
		"another heading":     list("<h3>Related stories</h3>", "<ul><li>", "</li><li>", "</li></ul>"),
		"a table of contents": "<h3>Highlights</h3><ul>" + strings.Repeat("<li>"+bullets[0]+"</li>", 12) + "</ul>",
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Read([]byte(article("", before)), "text/html", "https://ore.example/a")
			if err != nil || len(a.Highlights) != 0 {
				t.Errorf("highlights %q, %v", a.Highlights, err)
			}
		})
	}
}

// others are headlines of other articles; links makes links of lines.
var others = []string{
	"Football: United beat City in late drama at Old Trafford",
	"Ten recipes for a warm autumn soup with pumpkin",
	"Election night: what the polls did not see coming",
}

func links(lines []string) string {
	return `<ul><li><a href="/1">` + strings.Join(lines, `</a></li><li><a href="#2">`) + "</a></li></ul>"
}

// near are headlines of the topic of bullets; dated has the signs of a list of
// headlines, and linkedWord links as articles do.
var near = []string{
	"Dysprosium prices rise in the second half of winter",
	"Rival smelter ships oxides to Rotterdam, traders warn",
	"Carbonate stays scarce after the floods in Myanmar",
}

func dated(list []string) string {
	return "<ul><li><a href=/1>" + strings.Join(list, "</a> <span>2 hours ago, Jane Miller, Markets</span></li><li><a href=/1>") + "</a> <span>an hour ago</span></li></ul>"
}

func linkedWord(list []string) string {
	var b strings.Builder
	for _, l := range list {
		word, rest, _ := strings.Cut(l, " ")
		b.WriteString("<li><a href=/tag>" + word + "</a> " + rest + "</li>")
	}
	return "<ul>" + b.String() + "</ul>"
}

func lines(list []string) string { return "<ul><li>" + strings.Join(list, "</li><li>") + "</li></ul>" }

// TestHighlightsOfOtherArticles: a list under such a heading is the article's
// own only where it stands in the article, is more than links, and speaks of
// what the article does; the next one may be.
func TestHighlightsOfOtherArticles(t *testing.T) {
	text := "<h1>Quarry ships</h1><p>" + strings.Join(paragraphs, "</p><p>") + "</p>"
	inMain := func(before, after string) string {
		return "<nav><ul><li><a>Home</a></li></ul></nav>" + before + "<main><article>" + text + "</article></main>" + after
	}
	own := "<h3>Highlights</h3>" + lines(bullets)
	for _, c := range []struct {
		name, body string
		want       bool
	}{
		{"links beside it", inMain("", "<aside><h3>Highlights</h3>"+links(others)+"</aside>"), false},
		{"links behind it", inMain("", "<h3>In brief</h3>"+links(others)), false},
		{"links before it", inMain("<div><h3>Key points</h3>"+links(others)+"</div>", ""), false},
		{"lines beside it", inMain("", "<aside><h3>Highlights</h3>"+lines(others)+"</aside>"), false},
		{"a tab of a menu", "<nav><a>Highlights</a>" + lines(bullets) + "</nav><main>" + text + "</main>", false},
		{"a tab of a menu by its role", `<div role="navigation"><a>Highlights</a>` + lines(bullets) + "</div>" + text, false},
		{"own words, but behind it", inMain("", "<div><h3>Highlights</h3>"+lines(bullets)+"</div>"), false},
		{"own words, but beside it", "<div>" + text + "</div><aside>" + own + "</aside>", false},
		{"links in it", "<main><article><h3>Highlights</h3>" + links(others) + text + "</article></main>", false},
		{"its sections", "<main><article><h3>Highlights</h3>" + links(bullets) + text + "</article></main>", false},
		{"its sections, as lines", "<article><h3>Highlights</h3><p>• <a href=x>" + strings.Join(bullets, "</a></p><p>• <a href=x>") + "</a></p>" + text + "</article>", false},
		{"other lines in it", "<main><article><h3>In brief</h3>" + lines(others) + text + "</article></main>", false},
		{"other lines, no element for the article", "<div>" + text + "</div><div><h3>Highlights</h3>" + lines(others) + "</div>", false},
		{"links, no element for the article", "<div>" + text + "</div><div><h3>Highlights</h3>" + links(bullets) + "</div>", false},
		{"a heading in it, the list beside it", "<main><article>" + text + "<h3>Highlights</h3></article></main><aside>" + lines(bullets) + "</aside>", false},

		{"headlines with a date and a name each, beside it", "<div>" + text + "</div><div><h3>Highlights</h3>" + dated(bullets) + "</div>", false},
		{"headlines with a date before each", "<article><h3>In brief</h3><ul><li><b>2 hours ago</b> <a href=x>" + strings.Join(bullets, "</a></li><li><b>2 hours ago</b> <a href=x>") + "</a></li></ul>" + text + "</article>", false},
		{"headlines with a teaser each", "<article><h3>In brief</h3><ul><li><a href=x>" + strings.Join(bullets, "</a> "+bullets[0]+bullets[1]+"</li><li><a href=x>") + "</a> " + bullets[0] + bullets[1] + "</li></ul>" + text + "</article>", false},
		{"headlines of its topic, in it", "<main><article>" + text + "<div><h3>In brief</h3>" + lines(near) + "</div></article></main>", false},
		{"headlines of its topic, before it", "<div><h3>In brief</h3>" + lines(near) + text + "</div>", false},

		{"no element for the article", "<div>" + own + text + "</div>", true},
		{"cards that call themselves articles", "<div>" + own + text + "</div><aside><article>" + others[0] + "</article><article>" + others[1] + "</article></aside>", true},
		{"a box of the article's own", "<main><article><aside>" + own + "</aside>" + text + "</article></main>", true},
		{"a box in main", "<main><aside>" + own + "</aside>" + text + "</main>", true},
		{"before the article, in main", "<main><section>" + own + "</section><article>" + text + "</article></main>", true},
		{"with a source each", "<article><h3>Highlights</h3><ul><li>" + strings.Join(bullets, " <a href=x>Ore Weekly</a></li><li>") + "</li></ul>" + text + "</article>", true},
		{"a link on the first word", "<article><h3>Highlights</h3>" + linkedWord(bullets) + text + "</article>", true},
		{"behind its text", "<div>" + text + own + "</div>", true},
		{"behind one that is not", "<aside><h3>Highlights</h3>" + lines(others) + "</aside><div>" + own + text + "</div>", true},
		{"behind one in it that is not", "<article><h3>In brief</h3>" + lines(others) + own + text + "</article>", true},
		{"before little text", "<article>" + own + "<p>" + paragraphs[1] + "</p><p>" + paragraphs[2] + "</p></article>", true},
	} {
		a, err := Read([]byte("<html><body>"+c.body+"</body></html>"), "text/html", "https://ore.example/a")
		if err != nil || (len(a.Highlights) > 0) != c.want {
			t.Errorf("%s: %q, %v", c.name, a.Highlights, err)
		}
		if c.want && !strings.HasPrefix(a.Highlights[0], bullets[0]) {
			t.Errorf("%s: %q", c.name, a.Highlights)
		}
	}
}

// TestHighlightsOfPeople: the highlights that people wrote of an article are
// its own, and those of another article are not.
func TestHighlightsOfPeople(t *testing.T) {
	for _, name := range []string{"cnndm100.jsonl", "bbc100.jsonl"} {
		raw, err := os.ReadFile(digesttest.Shared(t, "data", "highlights", name))
		if err != nil {
			t.Fatal(err)
		}
		var all []struct {
			Text       string
			Highlights []string
		}
		dec := json.NewDecoder(bytes.NewReader(raw))
		for dec.More() {
			all = append(all, struct {
				Text       string
				Highlights []string
			}{})
			if err := dec.Decode(&all[len(all)-1]); err != nil {
				t.Fatal(err)
			}
		}
		missed, taken, n := 0, 0, 0
		for i, a := range all {
			for j, other := range []int{i, (i + 37) % len(all)} {
				list := all[other].Highlights
				if len(list) < 2 || len(list) > maxBullets {
					continue
				}
				body := "<html><body><div><h3>Highlights</h3>" + lines(list) + "<p>" + html.EscapeString(a.Text) + "</p></div></body></html>"
				got, err := Read([]byte(body), "text/html", "https://ore.example/a")
				switch {
				case err != nil:
					t.Errorf("%s, %d: %v", name, i, err)
				case j == 0 && len(got.Highlights) == 0:
					missed++
				case j == 1 && len(got.Highlights) > 0:
					taken++
				}
				n++
			}
		}
		t.Logf("%s: of %d lists %d own ones are missed, %d foreign ones are taken", name, n, missed, taken)
		if missed > n/50 || taken > n/50 {
			t.Errorf("%s: of %d lists %d own ones are missed, %d foreign ones are taken", name, n, missed, taken)
		}
	}
}

// TestHeadlinesOfTheTopic: on a site of one topic all headlines share its
// words; three of them are still no list of an article's own.
func TestHeadlinesOfTheTopic(t *testing.T) {
	article, err := os.ReadFile(digesttest.Shared(t, "data", "pages", "rareearthexchanges-2025-03-03.txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(article), "global industrial leadership.")
	text, _, _ = strings.Cut(text, "Recent Reex News")
	raw, err := os.ReadFile(digesttest.Shared(t, "data", "articles", "stories-rareearth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for dec := json.NewDecoder(bytes.NewReader(raw)); dec.More(); {
		var a struct{ Title, Lang string }
		if err := dec.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if a.Lang == "en" {
			titles = append(titles, html.EscapeString(a.Title))
		}
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for name, form := range map[string]string{"before": "<div><h3>Highlights</h3>%[1]s<p>%[2]s</p></div>", "behind": "<div><p>%[2]s</p></div><div><h3>Highlights</h3>%[1]s</div>"} {
		const n = 500
		taken := 0
		for range n {
			var list []string
			for _, i := range rnd.Perm(len(titles))[:3] {
				list = append(list, titles[i])
			}
			a, err := Read([]byte("<html><body>"+fmt.Sprintf(form, lines(list), text)+"</body></html>"), "text/html", "https://ore.example/a")
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Highlights) > 0 {
				taken++
			}
		}
		t.Logf("%s: %d of %d", name, taken, n)
		if taken > n/100 {
			t.Errorf("%s the text %d of %d lists of headlines are taken", name, taken, n)
		}
	}
}

// TestTheSiteWeAreBuiltFor rebuilds a page of it from its visible text: the
// markup is ours, the words are the site's.
func TestTheSiteWeAreBuiltFor(t *testing.T) {
	raw, err := os.ReadFile(digesttest.Shared(t, "data", "pages", "rareearthexchanges-2025-03-03.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("<html><body><div id=main>")
	var want []string
	listed := false
	for line := range strings.SplitSeq(string(raw), "\n") {
		line = strings.TrimSpace(line)
		bullet, ok := strings.CutPrefix(line, "•")
		if ok != listed {
			b.WriteString(map[bool]string{true: "<ul>", false: "</ul>"}[ok])
			listed = ok
		}
		switch {
		case line == "":
		case ok:
			want = append(want, strings.TrimSpace(bullet))
			b.WriteString("<li>" + bullet + "</li>")
		case line == "Highlights":
			b.WriteString("<h4>" + line + "</h4>")
		default:
			b.WriteString("<p>" + line + "</p>")
		}
	}
	a, err := Read([]byte(b.String()+"</div></body></html>"), "text/html", "https://ore.example/a")
	if err != nil || len(want) != 3 || fmt.Sprint(a.Highlights) != fmt.Sprint(want) {
		t.Errorf("highlights %q, want %q, %v", a.Highlights, want, err)
	}
	if strings.Contains(a.Text, "opens in a new tab") || len(a.Text) < 2000 {
		t.Errorf("text %q", a.Text)
	}
}
