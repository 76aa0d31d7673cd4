package digest

import (
	"strings"
	"unicode"
)

// Kinds of tags: those facts that are names readers may want to follow.
const (
	TagElement    = "element"
	TagCompany    = "company"
	TagProject    = "project"
	TagInstrument = "instrument" // of policy
	TagPlace      = "place"
)

// Tag is a name that a story is about, as its gazetteer spells it.
type Tag struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// Slug is the tag as a part of an address: see [TagSlug].
func (t Tag) Slug() string { return TagSlug(t.Name) }

// maxSlug is how many letters of a name an address has at most.
const maxSlug = 60

// TagSlug is a name as a part of an address: small letters and digits of any
// script with single hyphens between; empty where a name has none of these.
// The slug of a slug is itself.
func TagSlug(name string) string {
	var b strings.Builder
	n, gap := 0, false
	for _, r := range strings.ToValidUTF8(name, "") {
		r = unicode.ToLower(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) {
			gap = n > 0
			continue
		}
		if n >= maxSlug {
			break
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// EditionNumber is one of the numbers of the day: a fact of one of the
// edition's stories with the sentence that says it, never without.
type EditionNumber struct {
	Kind  string `json:"kind"`  // price, money, quantity or percent
	Value string `json:"value"` // in words: "$95 a kilogram", "1,800 tonnes a year"
	// About is what the number is of: a substance, or else the company,
	// project, policy or place that its sentence or its headline names.
	About     string `json:"about"`
	Sentence  string `json:"sentence"` // word for word
	Lang      string `json:"lang,omitempty"`
	StoryID   string `json:"story_id"`
	ArticleID string `json:"article_id"`
	Source    string `json:"source"`
	URL       string `json:"url"`
}
