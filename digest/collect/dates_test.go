package collect

import (
	"fmt"
	"slices"
	"testing"

	"reedaily/digest"
	"reedaily/digest/collect/parse"
)

func TestDated(t *testing.T) {
	for s, want := range map[string]bool{
		"0001-01-01T00:00:00Z": false, "0001-01-01T08:00:00-08:00": false, "1899-12-30T00:00:00Z": false, "1900-01-01T00:00:00Z": false,
		"1969-12-31T19:00:00Z": false, "1970-01-01T00:00:00Z": false, "1970-01-01T00:00:00-12:00": false,
		"1969-12-30T00:00:00Z": true, "1970-01-03T00:00:00Z": true, "1985-03-01T00:00:00Z": true, "2026-02-14T00:00:00Z": true,
	} {
		if got := dated(day(s)); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}

// TestDoubtsNameTheirItems: what a feed's date said is there for whoever asks
// about the article, and a feed full of them does not fill the notes.
func TestDoubtsNameTheirItems(t *testing.T) {
	var f parse.Feed
	for i := range 3 * maxNamed {
		f.Items = append(f.Items, parse.Item{Title: fmt.Sprintf("Title %d", i), URL: fmt.Sprintf("https://ore.example/%d", i), BadDate: "soon\n"})
	}
	_, notes := Articles(f, digest.Feed{ID: "f"}, now)
	if len(notes) != maxNamed+1 || notes[maxNamed] != "20 more dated likewise, which makes no sense: taken as undated" {
		t.Errorf("notes %q", notes)
	}
	if got := NotesOn("Title 1", notes); !slices.Equal(got, []string{`dated "soon", which makes no sense: taken as undated`}) {
		t.Errorf("on one: %q", got)
	}
}
