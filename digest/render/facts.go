package render

import (
	"net/url"
	"strings"

	"reedaily/digest"
)

// Longest names and numbers that a mail shows.
const (
	maxTag   = 60
	maxValue = 60
)

// Tag is a name that a story is about; URL lists its stories, and is empty
// where there is no site.
type Tag struct {
	Name string
	URL  string
}

// Number is one of the numbers of the day.
type Number struct {
	Value    string // "$95 a kilogram"
	About    string // "NdPr oxide"
	Sentence string // word for word
	Lang     string // of the sentence, where it is not English
	Source   string
	URL      string
}

// Bracket is " (Source)", or empty.
func (n Number) Bracket() string {
	if n.Source == "" {
		return ""
	}
	return " (" + n.Source + ")"
}

// TagLine is the story's tags for the plain text; empty if there are none.
func (s Story) TagLine() string {
	var names []string
	for _, t := range s.Tags {
		names = append(names, t.Name)
	}
	if len(names) == 0 {
		return ""
	}
	return "On: " + strings.Join(names, ", ")
}

// TagPath is where the site lists the stories of a tag.
func TagPath(slug string) string { return "/tags/" + url.PathEscape(slug) }

func tags(of []digest.Tag, site Site) []Tag {
	base := strings.TrimRight(link(site.URL), "/")
	var out []Tag
	for _, t := range of {
		name := line(t.Name, maxTag)
		if name == "" {
			continue
		}
		shown := Tag{Name: name}
		if slug := t.Slug(); base != "" && slug != "" {
			shown.URL = link(base + TagPath(slug))
		}
		out = append(out, shown)
	}
	return out
}

// numbers are those whose sentence can be shown: never a number without it.
func numbers(e digest.Edition) []Number {
	var out []Number
	for _, n := range e.Numbers {
		shown := Number{
			Value: line(n.Value, maxValue), About: line(n.About, maxTag), Sentence: line(n.Sentence, maxText),
			Lang: lang(n.Lang), Source: line(n.Source, maxName), URL: link(n.URL),
		}
		if shown.Value != "" && shown.Sentence != "" {
			out = append(out, shown)
		}
	}
	return out
}
