package parse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// aside keeps long texts out of the document that is written for gofeed, with
// a mark in their place: gofeed would read each three times over and change
// nothing. Short texts, such as names that gofeed takes apart, stay where they
// are.
type aside struct {
	texts []string
	size  int
}

const (
	// asideFrom is how long a text is that is put aside, in bytes.
	asideFrom = 200
	// asideMark begins the place of a text. Unicode has no such character, and
	// none is let through from a document.
	asideMark = '\ufdd0'
)

// put keeps text and writes its place.
func (a *aside) put(out []byte, text string) []byte {
	out = utf8.AppendRune(out, asideMark)
	out = strconv.AppendInt(out, int64(len(a.texts)), 10)
	a.texts = append(a.texts, text)
	a.size += len(text)
	return out
}

// text is what stands at a place; what is no place is itself.
func (a *aside) text(s string) string {
	place, ok := strings.CutPrefix(s, string(asideMark))
	if !ok {
		return s
	}
	if n, err := strconv.Atoi(place); err == nil && n >= 0 && n < len(a.texts) {
		return a.texts[n]
	}
	return ""
}

// restore puts the texts back to where gofeed carried their places.
func (a *aside) restore(f *Feed) {
	if len(a.texts) == 0 {
		return
	}
	f.Title, f.Summary = a.text(f.Title), a.text(f.Summary)
	for i := range f.Items {
		it := &f.Items[i]
		it.Title, it.Summary, it.Content = a.text(it.Title), a.text(it.Summary), a.text(it.Content)
		it.Author, it.Source = a.text(it.Author), a.text(it.Source)
	}
}
