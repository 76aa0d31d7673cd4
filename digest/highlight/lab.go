package highlight

import "reedaily/digest"

// LabQuotes is the answer to one line of `lab highlights`.
type LabQuotes struct {
	ID         string   `json:"id"`
	Highlights []string `json:"highlights"`
	Error      string   `json:"error,omitempty"` // why the line could not be read
}

// LabFound is the answer to one line of `lab facts`.
type LabFound struct {
	ID    string        `json:"id"`
	Facts []digest.Fact `json:"facts"`
	Error string        `json:"error,omitempty"` // why the line could not be read
}

// LabHighlights quotes one article.
func LabHighlights(p *Picker, line digest.LabArticle) LabQuotes {
	out := LabQuotes{ID: line.ID, Highlights: []string{}}
	for _, h := range p.Pick([]digest.Article{line.Article()}, digest.Thread{}) {
		out.Highlights = append(out.Highlights, h.Text)
	}
	return out
}

// LabFacts finds the facts of one article.
func LabFacts(f *Finder, line digest.LabArticle) LabFound {
	out := LabFound{ID: line.ID, Facts: []digest.Fact{}}
	for _, fact := range f.Facts(line.Article()) {
		fact.ArticleID, fact.Of = "", "" // the line's own id says it; the contract has no place for the other
		out.Facts = append(out.Facts, fact)
	}
	return out
}
