package parse

import (
	"errors"
	"strings"
	"testing"
)

// TestAnswersOfPrograms: an object is a feed if it has items, or is empty and
// says that it is one.
func TestAnswersOfPrograms(t *testing.T) {
	for doc, want := range map[string]int{
		`{"status":"error"}`:               -1,
		`{"error":"not found","items":[]}`: -1,
		`{}`:                               -1,
		`{"version":"https://jsonfeed.org/version/1.1","title":"Ore"}`: -1,
		`{"title":"Ore","items":{"id":"1","x":{"y":[]}}}`:              -1,
		`{"items":null}`:   -1,
		`{"items":"none"}`: -1,
		`{"items":[1,2]}`:  -1,
		`{"data":{"items":[{"id":"1","title":"a"}]}}`:                                          -1,
		`{"version":"https://jsonfeed.org/version/1.1","items":[]}`:                            0,
		`{"title":"Ore","items":[{"id":"1","title":"a"}]}`:                                     1,
		`{"items":{"id":"1"},"version":"https://jsonfeed.org/version/1","items":[{"id":"1"}]}`: 1,
	} {
		f, err := Parse([]byte(doc), Source{})
		if got := len(f.Items); want < 0 && !errors.Is(err, ErrNoFeed) || want >= 0 && (err != nil || got != want) {
			t.Errorf("%s: %d items, %v, want %d", doc, got, err, want)
		}
	}
}

// TestAnIndexOfSitemaps: it is told what it is and what it lists.
func TestAnIndexOfSitemaps(t *testing.T) {
	loc := func(s string) string { return "<sitemap><loc>" + s + "</loc><lastmod>2026-02-13</lastmod></sitemap>" }
	for _, c := range []struct{ name, inner, want string }{
		{"empty", "", "not with the articles"},
		{"one", loc("https://ore.example/a.xml"), "it lists https://ore.example/a.xml"},
		{
			"news first", loc("https://ore.example/a.xml") + loc("<![CDATA[https://ore.example/b?x=1&amp;y=2]]>") + loc("https://ore.example/c.xml") + loc(" https://ore.example/News.xml "),
			"it lists https://ore.example/News.xml, https://ore.example/a.xml, https://ore.example/b?x=1&y=2 …",
		},
		{"no address", loc("javascript:alert(1)") + loc("http"+strings.Repeat("a", 10_000)), "not with the articles"},
		{"with a line in it", loc("https://ore.example/\n\x1b[31mred"), "it lists https://ore.example/[31mred"},
		{"endless", strings.Repeat(loc("https://ore.example/a.xml"), 50_000), "a.xml …"},
	} {
		for _, root := range []string{`sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`, `s:sitemapindex xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"`} {
			_, err := Parse([]byte(`<?xml version="1.0"?><`+root+">"+c.inner+"</sitemapindex>"), Source{})
			if !errors.Is(err, ErrIndex) || !strings.HasSuffix(err.Error(), c.want) || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}
