package render

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/templates"
)

func styleSheet(t *testing.T) string {
	t.Helper()
	css, err := fs.ReadFile(templates.FS, "page/page.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(css)
}

func TestPagesNameTheirFiles(t *testing.T) {
	r, err := New(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	page, err := r.Page("home", samplePage())
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`/assets/([a-z]+\.[0-9a-f]{12}\.(?:css|svg))`).FindAllStringSubmatch(string(page), -1)
	if len(found) < 2 {
		t.Fatalf("the page names %d files:\n%s", len(found), page)
	}
	for _, m := range found {
		a, ok := r.Asset(m[1])
		if !ok || len(a.Body) == 0 || a.Type == "" {
			t.Errorf("%s: %v, %d bytes, %q", m[1], ok, len(a.Body), a.Type)
		}
	}
	if _, ok := r.Asset("page.css"); ok {
		t.Error("a file without its hash is given out, to be cached for ever")
	}
	if _, err := r.Page("nothing", samplePage()); err == nil {
		t.Error("a page that does not exist is made")
	}
}

func TestPagesEscapeWhatTheyShow(t *testing.T) {
	r, err := New(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	const evil = `"><script>alert(1)</script>`
	data := samplePage()
	data.Site = Site{Name: evil, Address: evil}
	data.Title, data.Description, data.Day, data.Reason = evil, evil, evil, evil
	data.Form = PageForm{Action: "javascript:alert(1)", Back: "javascript:alert(1)", Token: evil, Email: evil, Error: evil}
	data.Problem = PageProblem{Heading: evil, Text: evil}
	data.Feed = "javascript:alert(1)"
	data.Tag = PageTag{Name: evil, Kind: evil, Count: evil, Near: []PageLink{{Name: evil, Path: "javascript:alert(1)"}}}
	data.Editions = []PageEdition{{Day: evil, Date: evil, Path: "javascript:alert(1)", Subject: evil, Count: evil}}
	for _, name := range pageNames() {
		page, err := r.Page(name, data)
		if err != nil {
			t.Fatal(err)
		}
		for _, banned := range []string{"<script", "javascript:"} {
			if strings.Contains(string(page), banned) {
				t.Errorf("%s: the page has %s", name, banned)
			}
		}
	}
}

// A mistake in an operator's template is found at start and names its file.
func TestBrokenPagesAreFoundAtStart(t *testing.T) {
	for name, text := range map[string]string{
		"home.html":   `{{define "main"}}{{.Nothing}}{{end}}`,
		"leave.html":  `{{define "main"}}{{if}}{{end}}`,
		"left.html":   `{{define "main"}}{{template "nothing"}}{{end}}`,
		"layout.html": `{{define "layout"}}<link href="{{asset "nothing.css"}}">{{end}}`,
		"bar.html":    `{{define "other"}}{{end}}`,
		"form.html":   `{{define "form"}}`,
	} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "page"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "page", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		files, err := Overlay(templates.FS, dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(files); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(name, ".html")) && !strings.Contains(err.Error(), "nothing") {
			t.Errorf("page/%s with %s: %v", name, text, err)
		}
	}
}

func TestTheWebPageOfAnEdition(t *testing.T) {
	r, err := New(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	site := Site{Name: "Daily", URL: "https://news.example.com"}
	for _, name := range r.samples {
		e, err := r.Sample(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := r.View(e, site)
		if err != nil {
			t.Fatal(err)
		}
		page, err := r.WebPage(v, site)
		if err != nil {
			t.Fatal(err)
		}
		s := string(page)
		for _, banned := range []string{digest.PersonalUnsubscribe, `data-for="reader"`} {
			if strings.Contains(s, banned) {
				t.Errorf("%s has %s", name, banned)
			}
		}
		head, body, _ := strings.Cut(s, "<body")
		if !strings.Contains(head, `rel="icon"`) || !strings.Contains(body, `<nav class="rd-bar"`) {
			t.Errorf("%s lacks the site's line", name)
		}
	}
	for _, broken := range []string{"", "<p>text", "</head>", "<body"} {
		if _, err := r.WebPage(digest.View{HTML: broken}, site); err == nil {
			t.Errorf("a view that is no page is shown: %q", broken)
		}
	}
}

// The archive's tiles have the colours of the mail's.
func TestTilesLookAlike(t *testing.T) {
	css := styleSheet(t)
	for d, color := range weekdays {
		rule := fmt.Sprintf(".tile.%s{background:%s}", time.Weekday(d).String()[:2], color)
		if !strings.Contains(css, rule) {
			t.Errorf("page.css lacks %s", rule)
		}
	}
}

// WCAG 2.2 §1.4.3: text has a contrast of 4.5 to 1 at least, and §1.4.11: the
// edge of a field 3 to 1, by day and by night.
func TestPageContrast(t *testing.T) {
	css := styleSheet(t)
	root := regexp.MustCompile(`:root\{([^}]*)\}`).FindAllStringSubmatch(css, 2)
	if len(root) != 2 {
		t.Fatalf("%d sets of colours", len(root))
	}
	for i, scheme := range []string{"light", "dark"} {
		colors := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+):(#[0-9a-f]{6})`).FindAllStringSubmatch(root[i][1], -1) {
			colors[m[1]] = m[2]
		}
		for _, c := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 4.5},
			{"ink", "card", 4.5},
			{"ink", "field", 4.5},
			{"soft", "paper", 4.5},
			{"soft", "card", 4.5},
			{"soft", "field", 4.5},
			{"link", "paper", 4.5},
			{"link", "card", 4.5},
			{"on-accent", "accent", 4.5},
			{"on-accent", "accent-over", 4.5},
			{"wrong", "wrong-back", 4.5},
			{"edge", "card", 3},
			{"accent", "card", 3}, // the ring of focus
			{"accent", "paper", 3},
		} {
			if got := contrast(t, colors[c.front], colors[c.back]); got < c.least {
				t.Errorf("%s: %s on %s is %.2f to 1, want %.1f", scheme, c.front, c.back, got, c.least)
			}
		}
	}
}
