package render

import (
	"slices"
	"testing"

	"reedaily/digest"
)

func TestEveryReportOfAnOutletHasItsLink(t *testing.T) {
	report := func(source, url string) digest.EditionArticle {
		return digest.EditionArticle{Source: source, URL: url, Title: url, Relation: digest.RelationReport}
	}
	s := digest.EditionStory{Title: "Council approves tax break", Articles: []digest.EditionArticle{
		report("Post", "https://post.example/1"), report("Herald", "https://herald.example/1"), report("", "https://blog.example/1"),
		report("Post", "https://post.example/2"), report("Herald", "https://herald.example/2"), report("", "https://blog.example/2"),
		report("Herald", "https://other.example/3"),
	}}
	got := story(0, s, "2026-02-14", nil).Also
	want := []Outlet{
		{"Post (2)", "https://post.example/2", "post.example"},
		{"Herald", "https://herald.example/1", "herald.example"},
		{"Herald (2)", "https://herald.example/2", ""},
		{"Herald (3)", "https://other.example/3", "other.example"},
		{"blog.example", "https://blog.example/1", ""},
		{"blog.example (2)", "https://blog.example/2", ""},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
