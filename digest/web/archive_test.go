package web_test

import (
	"regexp"
	"strings"
	"testing"

	"reedaily/digest"
)

func TestTheArchive(t *testing.T) {
	h := newHouse(t, nil)
	if a := h.get("/editions"); a.status != 200 || !strings.Contains(a.body, "not out yet") {
		t.Errorf("empty: %d\n%s", a.status, a.body)
	}
	for i, day := range []digest.Day{"2026-02-10", "2026-02-14", "2026-02-12", "2026-02-13", "2026-02-08", "2026-02-09"} {
		h.publish(day, []string{"full-day", "hostile-day", "quiet-day"}[i%3])
	}
	h.skip("2026-02-11", digest.SkipQuiet)
	h.skip("2026-02-07", digest.SkipMissed)
	h.begin("2026-02-15")
	days := regexp.MustCompile(`href="/editions/([0-9-]+)"`)
	for path, want := range map[string]string{
		"/editions": "2026-02-14 2026-02-13 2026-02-12 2026-02-10 2026-02-09 2026-02-08",
		"/":         "2026-02-14 2026-02-13 2026-02-12 2026-02-10 2026-02-09",
	} {
		body := h.get(path).body
		var got []string
		for _, m := range days.FindAllStringSubmatch(body, -1) {
			got = append(got, m[1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s lists %v, want %s", path, got, want)
		}
		for _, hostile := range []string{"<script>", "\u202e", "\u0000"} {
			if strings.Contains(body, hostile) {
				t.Errorf("%s has %q", path, hostile)
			}
		}
		if !strings.Contains(body, "7 stories from 12 articles") {
			t.Errorf("%s does not count the stories", path)
		}
	}
	for path, want := range map[string]string{"/editions/2026-02-11": "no news", "/editions/2026-02-07": "in the one that followed"} {
		a := h.get(path)
		if a.status != 200 || !strings.Contains(a.body, want) || !strings.Contains(a.header.Get("Content-Security-Policy"), "style-src 'self'") {
			t.Errorf("%s: %d\n%s", path, a.status, a.body)
		}
	}
}

func TestTheWebView(t *testing.T) {
	h := newHouse(t, nil)
	e := h.publish("2026-02-14", "full-day")
	a := h.get("/editions/2026-02-14")
	if a.status != 200 {
		t.Fatalf("%d\n%s", a.status, a.body)
	}
	wellBehaved(t, "the web view", a)
	for _, s := range e.Stories {
		if !strings.Contains(a.body, s.Lead().URL) {
			t.Errorf("%q is missing", s.Title)
		}
	}
	for _, banned := range []string{digest.PersonalUnsubscribe, "unsubscribe.invalid", "Unsubscribe", "You get this mail"} {
		if strings.Contains(a.body, banned) {
			t.Errorf("the page for everybody has %q", banned)
		}
	}
	if !strings.Contains(a.body, `href="/"`) || !strings.Contains(a.body, `href="/editions"`) || !strings.Contains(a.body, h.url+"/") {
		t.Error("no way from here to the form and the archive")
	}
	csp := a.header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "style-src 'unsafe-inline'") || !strings.Contains(csp, "sandbox") {
		t.Errorf("policy %q", csp)
	}
}
