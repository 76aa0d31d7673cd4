package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"reedaily/digest"
)

// stocked is a house with editions and readers, and the paths worth visiting.
func stocked(t *testing.T) (h *house, paths map[string]string) {
	h = newHouse(t, nil)
	h.publish("2026-02-13", "full-day")
	h.publish("2026-02-14", "hostile-day")
	h.skip("2026-02-12", digest.SkipQuiet)
	h.begin("2026-02-15")
	_, confirm, _ := h.reader("pending@example.com", digest.ReaderPending)
	_, _, leave := h.reader("reader@example.com", digest.ReaderConfirmed)
	home := h.get("/")
	css := regexp.MustCompile(`/assets/page\.[0-9a-f]+\.css`).FindString(home.body)
	icon := regexp.MustCompile(`/assets/icon\.[0-9a-f]+\.svg`).FindString(home.body)
	if css == "" || icon == "" {
		t.Fatalf("the front page has no style sheet or icon:\n%s", home.body)
	}
	return h, map[string]string{"confirm": confirm, "leave": leave, "css": css, "icon": icon}
}

func TestEveryRoute(t *testing.T) {
	h, paths := stocked(t)
	const page, text = "text/html; charset=utf-8", "text/plain; charset=utf-8"
	for _, c := range []struct {
		path      string
		get, post int
		kind      string
		cache     string
	}{
		{"/", 200, 405, page, "no-cache"},
		{"/subscribe", 200, 422, page, "no-store"},
		{"/embed", 200, 422, page, "no-store"},
		{paths["confirm"], 200, 200, page, "no-store"},
		{paths["leave"], 200, 200, page, "no-store"},
		{"/editions", 200, 405, page, "no-cache"},
		{"/editions/2026-02-13", 200, 405, page, "public, max-age=300"},
		{"/editions/2026-02-12", 200, 405, page, "no-cache"}, // quiet
		{"/editions/2026-02-15", 404, 405, page, "no-store"}, // still being made
		{"/editions/2026-02-11", 404, 405, page, "no-store"},
		{"/editions/yesterday", 404, 405, page, "no-store"},
		{"/editions/%202026-02-13", 404, 405, page, "no-store"},
		{"/editions/", 404, 404, page, "no-store"},
		{"/tags/dysprosium", 200, 405, page, "no-cache"},
		{"/tags/dysprosium/feed.xml", 200, 405, "application/atom+xml; charset=utf-8", "public, max-age=300"},
		{"/tags/nothing", 404, 405, page, "no-store"},
		{"/tags/nothing/feed.xml", 404, 405, page, "no-store"},
		{"/tags/dysprosium/", 404, 404, page, "no-store"},
		{"/feed.xml", 200, 405, "application/atom+xml; charset=utf-8", "public, max-age=300"},
		{paths["css"], 200, 405, "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		{paths["icon"], 200, 405, "image/svg+xml", "public, max-age=31536000, immutable"},
		{"/assets/page.css", 404, 405, page, "no-store"},
		{"/assets/..%2fpage%2fhome.html", 404, 404, page, "no-store"},
		{"/robots.txt", 200, 405, text, "no-cache"},
		{"/healthz", 200, 405, text, "no-cache"},
		{"/nothing", 404, 404, page, "no-store"},
		{"/c/", 404, 404, page, "no-store"},
		{"/u/short", 404, 404, page, "no-store"},
		{"/debug/pprof/", 404, 404, page, "no-store"},
		{"/.git/config", 404, 404, page, "no-store"},
	} {
		get := h.get(c.path)
		if get.status != c.get || get.header.Get("Content-Type") != c.kind || get.header.Get("Cache-Control") != c.cache {
			t.Errorf("GET %s: %d %s, %s; want %d %s, %s", c.path, get.status, get.header.Get("Content-Type"), get.header.Get("Cache-Control"), c.get, c.kind, c.cache)
		}
		head := h.do("HEAD", c.path, nil)
		if head.status != get.status || head.body != "" || head.header.Get("Content-Length") != fmt.Sprint(len(get.body)) {
			t.Errorf("HEAD %s: %d, %d bytes of %s; want as GET: %d of %d", c.path, head.status, len(head.body), head.header.Get("Content-Length"), get.status, len(get.body))
		}
		answers := map[string]answer{"GET": get, "HEAD": head, "POST": h.do("POST", c.path, nil)}
		if got := answers["POST"].status; got != c.post {
			t.Errorf("POST %s: %d, want %d", c.path, got, c.post)
		}
		if c.get != 404 || c.post == 405 {
			for _, method := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"} {
				a := h.do(method, c.path, nil)
				if a.status != 405 || !strings.HasPrefix(a.header.Get("Allow"), "GET, HEAD") {
					t.Errorf("%s %s: %d, Allow %q", method, c.path, a.status, a.header.Get("Allow"))
				}
				answers[method] = a
			}
		}
		for method, a := range answers {
			wellBehaved(t, method+" "+c.path, a)
		}
	}
}

// wellBehaved checks what holds for every answer of the site.
func wellBehaved(t *testing.T, what string, a answer) {
	t.Helper()
	for _, banned := range []string{"Set-Cookie", "Location", "Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
		if got := a.header.Get(banned); got != "" {
			t.Errorf("%s: %s is %q", what, banned, got)
		}
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if a.header.Get(name) != want {
			t.Errorf("%s: %s is %q, want %q", what, name, a.header.Get(name), want)
		}
	}
	csp := a.header.Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none'; ") || strings.Contains(csp, "script") || !strings.Contains(csp, "frame-ancestors ") {
		t.Errorf("%s: policy %q", what, csp)
	}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		harmless(t, what, a.body)
	}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") && a.body != "" {
		for _, want := range []string{"<!doctype html>", `<html lang="en">`, `name="viewport"`, "</html>"} {
			if !strings.Contains(a.body, want) {
				t.Errorf("%s: the page lacks %q", what, want)
			}
		}
	}
}

// harmless reads a page as a browser does: nothing in it runs, and nothing
// comes from elsewhere.
func harmless(t *testing.T, what, page string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		switch token.Data {
		case "script", "iframe", "object", "embed", "base", "svg", "math":
			t.Errorf("%s: the page has <%s>", what, token.Data)
		}
		for _, a := range token.Attr {
			v := strings.ToLower(strings.TrimSpace(a.Val))
			link := a.Key == "href" || a.Key == "src" || a.Key == "action"
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "http-equiv", a.Key == "srcdoc":
				t.Errorf("%s: <%s> has %s", what, token.Data, a.Key)
			case a.Key == "src" && !strings.HasPrefix(v, "/assets/"):
				t.Errorf("%s: <%s> loads %s", what, token.Data, v)
			case link && !strings.HasPrefix(v, "/") && !strings.HasPrefix(v, "http") && !strings.HasPrefix(v, "#"):
				t.Errorf("%s: <%s> points to %s", what, token.Data, v)
			}
		}
	}
}

func TestTheWordsOfTheBox(t *testing.T) {
	h := newHouse(t, nil)
	for _, path := range []string{"/", "/embed"} {
		body := h.get(path).body
		for _, want := range []string{
			">Straight Into Your Inbox</h1>",
			">Receive a Daily News Update Intended to Help You Keep Pace With the Rapidly Evolving REE Market.</p>",
			`<label for="email">`, `type="email"`, `autocomplete="email"`, `<button type="submit">`,
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", path, want)
			}
		}
	}
	if strings.Contains(h.get("/embed").body, "<header") {
		t.Error("the box in a frame has a header")
	}
}

func TestWhoMayFrame(t *testing.T) {
	h := newHouse(t, nil)
	for path, want := range map[string]string{"/embed": friend, "/": "'none'", "/editions": "'none'"} {
		if csp := h.get(path).header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors "+want) {
			t.Errorf("%s: %q, want frames of %s", path, csp, want)
		}
	}
	refused := h.do("PUT", "/embed", nil)
	if csp := refused.header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, friend) {
		t.Errorf("a refusal inside the frame cannot be seen there: %q", csp)
	}
}

func TestGetNeverChangesAnything(t *testing.T) {
	h, paths := stocked(t)
	before := h.dump()
	if !strings.Contains(before, "pending@example.com") || !strings.Contains(before, "2026-02-13") {
		t.Fatalf("the dump is not whole:\n%.500s", before)
	}
	links := regexp.MustCompile(`(?:href|src|action)="(/[^"]*)"`)
	todo := []string{"/", "/subscribe", "/embed", paths["confirm"], paths["leave"], "/robots.txt", "/healthz", "/subscribe?email=a@example.com&form=" + h.ripe()}
	seen := map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		for range 3 {
			page := h.get(path)
			if page.status != 200 {
				t.Errorf("%s: %d", path, page.status)
			}
			for _, m := range links.FindAllStringSubmatch(page.body, -1) {
				todo = append(todo, m[1])
			}
			for _, method := range []string{"HEAD", "OPTIONS"} {
				h.do(method, path, nil, "Sec-Purpose", "prefetch")
			}
		}
	}
	if len(seen) < 12 {
		t.Errorf("only %d pages were found: %v", len(seen), seen)
	}
	if after := h.dump(); after != before {
		t.Errorf("looking changed the store:\nbefore\n%s\nafter\n%s", before, after)
	}
}

func TestHealthAndHosts(t *testing.T) {
	h := newHouse(t, nil)
	if a := h.get("/healthz"); a.status != 200 || a.body != "ok\n" {
		t.Errorf("health: %d %q", a.status, a.body)
	}
	for path, want := range map[string]int{"/": http.StatusMisdirectedRequest, "/healthz": 200} {
		r, err := http.NewRequest("GET", h.url+path, nil)
		h.must(err)
		r.Host = "evil.example"
		resp, err := h.client.Do(r)
		h.must(err)
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s under another name: %d, want %d", path, resp.StatusCode, want)
		}
	}
	h.must(h.db.Close())
	for _, path := range []string{"/healthz", "/", "/editions", "/editions/2026-02-14"} {
		if a := h.get(path); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" || strings.Contains(a.body, "sql") {
			t.Errorf("%s without a store: %d\n%s", path, a.status, a.body)
		}
	}
}

func TestRobots(t *testing.T) {
	h := newHouse(t, nil)
	if body := h.get("/robots.txt").body; !strings.Contains(body, "Disallow: /u/") || !strings.Contains(body, "Disallow: /c/") {
		t.Errorf("robots.txt:\n%s", body)
	}
}
