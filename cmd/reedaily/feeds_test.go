package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf16"

	"reedaily/digest"
)

// TestCheckSaysWhy: of an address that gives no feed the reason is told, it
// fails, and the server is asked for more only where that can help.
func TestCheckSaysWhy(t *testing.T) {
	const sitemap = `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://ore.example/a</loc><n:news><n:title>A</n:title></n:news></url></urlset>`
	for name, c := range map[string]struct {
		status    int
		body, say string
		found     bool
	}{
		"gone":      {410, "", "410 Gone", false},
		"throttled": {429, "", "429 Too Many Requests", false},
		"login":     {401, "<html>", "401 Unauthorized", false},
		"forbidden": {403, "<html>", "403 Forbidden", false},
		"broken":    {503, "<html>", "503 Service Unavailable", false},
		"empty":     {200, "", "the answer is empty", false},
		"picture":   {200, "\x89PNG", "neither RSS nor Atom", false},
		"missing":   {404, "<html>", "is not there (404), but these belong to it:", true},
		"page":      {200, "<!doctype html><title>Ore</title><p>News", "is a web page and no feed, but these belong to it:", true},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				switch r.URL.Path {
				case "/news-sitemap.xml":
					_, _ = w.Write([]byte(sitemap))
				case "/feed.xml":
					w.WriteHeader(c.status)
					_, _ = w.Write([]byte(c.body))
				default:
					w.WriteHeader(404)
				}
			}))
			defer srv.Close()
			w := newWorld(t, `{collect: {allow_private: [127.0.0.0/8], per_host: {gap: 0s}}, feeds: [{name: Ore, url: "`+srv.URL+`/feed.xml"}]}`)
			code, out, errs := w.start(t.Context(), "feeds", "check", srv.URL+"/feed.xml")
			if code != 1 || !strings.Contains(out+errs, c.say) || !c.found && asked.Load() != 1 {
				t.Errorf("exit %d after %d requests: %s%s", code, asked.Load(), out, errs)
			}
			host := strings.TrimPrefix(srv.URL, "http://")
			if c.found && !strings.Contains(errs, "feed.xml cannot be used: it is ") {
				t.Errorf("it fails with: %s", errs)
			}
			if line := `  - {name: "` + host + `", url: "` + srv.URL + `/news-sitemap.xml"}`; strings.Contains(out, line) != c.found {
				t.Errorf("without %s:\n%s", line, out)
			}
		})
	}
}

// TestHealth: the state is short, and why is said beside it.
func TestHealth(t *testing.T) {
	at := time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC)
	long := strings.Repeat("the server answers nonsense ", 10)
	for want, s := range map[string]digest.FeedState{
		"gone for good (410)/remove it, or correct its address": {Gone: true, LastVisit: at, LastError: long, Failures: 1},
		"not asked yet/":                  {},
		"not asked/" + long:               {LastVisit: at, LastError: long},
		"failed 2 in a row/" + long:       {LastVisit: at, LastError: long, Failures: 2},
		"ok 2026-02-14 06:00:00, 1 item/": {LastVisit: at, LastOK: at, LastNew: at, Items: 1},
		"SILENT/it answers, but has had nothing new for strangely long": {LastVisit: at, LastOK: at, LastNew: at.AddDate(0, -1, 0), Items: 1},
	} {
		state, why := health(digest.FeedHealth{FeedState: s, Visits: 1}, at)
		if got := state + "/" + why; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	var b strings.Builder
	if err := columns(&b, [][]string{{"稀土報", "ok"}, {"a remark of some length"}, {"Ore", "ok"}, {"Cafe\u0301 Ore", "ok"}}); err != nil {
		t.Fatal(err)
	}
	if want := "稀土報    ok\na remark of some length\nOre       ok\nCafe\u0301 Ore  ok\n"; b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

// TestListsInAnyEncoding: lists as Windows programs write them.
func TestListsInAnyEncoding(t *testing.T) {
	const list = `<?xml version="1.0" encoding="ENC"?><opml><body><outline text="Café" xmlUrl="https://ore.example/rss"/></body></opml>`
	wide := func(mark string) []byte {
		var out []byte
		for _, u := range utf16.Encode([]rune(mark + strings.Replace(list, "ENC", "utf-16", 1))) {
			out = append(out, byte(u), byte(u>>8))
		}
		return out
	}
	for name, body := range map[string][]byte{
		"UTF-16":                 wide("\ufeff"),
		"UTF-16 without a mark":  wide(""),
		"UTF-8 that says UTF-16": []byte(strings.Replace(list, "ENC", "UTF-16", 1)),
		"UTF-8 with a mark":      []byte("\ufeff" + strings.Replace(list, "ENC", "iso-8859-1", 1)),
		"Latin that says UTF-8":  []byte(strings.Replace(strings.Replace(list, "ENC", "utf-8", 1), "é", "\xe9", 1)),
		"Latin":                  []byte(strings.Replace(strings.Replace(list, "ENC", "iso-8859-1", 1), "é", "\xe9", 1)),
	} {
		got, err := readOPML(body)
		if err != nil || len(got.feeds) != 1 || got.feeds[0].name != "Café" || got.broken != "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
