package highlight

import "reedaily/digest"

// LabArticle is one line of `reedaily lab highlights` and `lab facts`. It has no
// field for any label, so that none can be read.
type LabArticle struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	URL    string `json:"url"`
	Source string `json:"source"`
	Date   string `json:"date"`
	Lang   string `json:"lang"`
}

// LabQuotes is the answer to one line of `lab highlights`.
type LabQuotes struct {
	ID         string   `json:"id"`
	Highlights []string `json:"highlights"`
}

// LabFound is the answer to one line of `lab facts`.
type LabFound struct {
	ID    string        `json:"id"`
	Facts []digest.Fact `json:"facts"`
}

// LabHighlights quotes one article.
func LabHighlights(p *Picker, line LabArticle) LabQuotes {
	out := LabQuotes{ID: line.ID, Highlights: []string{}}
	for _, h := range p.Pick([]digest.Article{line.article()}) {
		out.Highlights = append(out.Highlights, h.Text)
	}
	return out
}

// LabFacts finds the facts of one article.
func LabFacts(f *Finder, line LabArticle) LabFound {
	out := LabFound{ID: line.ID, Facts: []digest.Fact{}}
	for _, fact := range f.Facts(line.article()) {
		fact.ArticleID = "" // the line's own id says it
		out.Facts = append(out.Facts, fact)
	}
	return out
}

func (l LabArticle) article() digest.Article {
	return digest.Article{ID: l.ID, URL: l.URL, Title: l.Title, Text: l.Text, Source: l.Source, Lang: l.Lang}
}
