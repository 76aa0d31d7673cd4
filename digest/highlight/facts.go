package highlight

import (
	"regexp"

	"reedaily/digest"
)

// Finder reads facts out of articles. It may be used by several goroutines.
type Finder struct{}

// NewFinder makes a finder.
func NewFinder() (*Finder, error) { return &Finder{}, nil }

// percent is a number with a percent sign or word.
var percent = regexp.MustCompile(`(\d+(?:\.\d+)?)\s?(?:%|per ?cent)`)

// Facts are the facts of an article, title first, each once.
func (f *Finder) Facts(a digest.Article) []digest.Fact {
	var facts []digest.Fact
	seen := map[string]bool{}
	for _, s := range append([]string{fold(a.Title)}, Sentences(a.Body(), a.Lang)...) {
		for _, m := range percent.FindAllStringSubmatch(s, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				facts = append(facts, digest.Fact{Kind: "percent", Value: m[1], Unit: "%", Sentence: s, ArticleID: a.ID})
			}
		}
	}
	return facts
}
