package relevance

import "reedaily/digest"

// LabAnswer is the answer to one line of `reedaily lab relevance`.
type LabAnswer struct {
	ID       string          `json:"id"`
	Relevant bool            `json:"relevant"`
	Grade    digest.Grade    `json:"grade"`
	Score    float64         `json:"score"`
	Reasons  []digest.Reason `json:"reasons"`
	Error    string          `json:"error,omitempty"` // why the line could not be read
}

// Lab judges one article as a feed without special rights would bring it.
func Lab(j *Judge, in digest.LabArticle) LabAnswer {
	got := j.Judge(in.Article(), digest.Feed{})
	return LabAnswer{
		ID: in.ID, Relevant: got.Relevant, Grade: got.Grade, Score: got.Score,
		Reasons: append([]digest.Reason{}, got.Reasons...),
	}
}
