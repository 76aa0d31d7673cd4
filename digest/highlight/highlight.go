// Package highlight quotes articles: two or three sentences that tell a story,
// each standing word for word in one of its reports. It rewrites nothing, so a
// highlight cannot say what no source said.
//
// It leaves to others which articles make a story (digest/story), which stories
// are told (digest/edition), and how a quotation looks (digest/render).
package highlight

import (
	"strings"

	"reedaily/digest"
)

// Settings are the picker's few knobs; [Defaults] has the measured ones.
type Settings struct {
	Max int // highlights a story, at most
}

// Defaults are the settings that the figures in the tests are measured with.
func Defaults() Settings { return Settings{Max: 3} }

// Picker chooses highlights. It keeps nothing between calls and may be used by
// several goroutines.
type Picker struct{ s Settings }

// New makes a picker.
func New(s Settings) *Picker { return &Picker{s: s} }

// Pick quotes the reports of one story, lead article first. The publisher's own
// highlights come first; nil where there are only titles.
func (p *Picker) Pick(articles []digest.Article) []digest.Highlight {
	var picked []digest.Highlight
	var said []map[string]bool
	for _, a := range articles {
		said = append(said, words(a.Title))
	}
	take := func(text string, a digest.Article, publisher bool) {
		w := words(text)
		if len(picked) >= p.s.Max || len(w) < 4 || repeats(w, said) {
			return
		}
		said = append(said, w)
		picked = append(picked, digest.Highlight{Text: text, Source: a.Source, ArticleID: a.ID, Publisher: publisher})
	}
	for _, a := range articles {
		for _, h := range a.Highlights {
			take(fold(h), a, true)
		}
	}
	for _, a := range articles {
		for _, s := range Sentences(a.Body(), a.Lang) {
			take(s, a, false)
		}
	}
	return picked
}

// repeats says whether a text adds next to nothing to one that was said.
func repeats(w map[string]bool, said []map[string]bool) bool {
	for _, s := range said {
		both := 0
		for t := range w {
			if s[t] {
				both++
			}
		}
		if both*10 >= len(w)*8 {
			return true
		}
	}
	return false
}

// fold makes every run of white space one space.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }
