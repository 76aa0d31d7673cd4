package relevance

import (
	"encoding/json"
	"fmt"

	"reedaily/digest"
)

// labArticle is what one line of the lab may say; labels are not read.
type labArticle struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	URL    string `json:"url"`
	Source string `json:"source"`
	Lang   string `json:"lang"`
}

type labAnswer struct {
	ID       string          `json:"id"`
	Relevant bool            `json:"relevant"`
	Grade    digest.Grade    `json:"grade"`
	Score    float64         `json:"score"`
	Reasons  []digest.Reason `json:"reasons"`
	Error    string          `json:"error,omitempty"`
}

// LabLine judges one article given as a JSON object and answers with one, for
// `reedaily lab relevance`. A line that cannot be read is answered with "error".
func (j *Judge) LabLine(line []byte) []byte {
	var in labArticle
	answer := labAnswer{Grade: digest.GradeNo, Reasons: []digest.Reason{}}
	if err := json.Unmarshal(line, &in); err != nil {
		answer.Error = fmt.Sprintf("read the article: %v", err)
	} else {
		got := j.Judge(digest.Article{
			ID: in.ID, Version: 1, Title: in.Title, Text: in.Text, URL: in.URL, Source: in.Source, Lang: in.Lang,
		}, digest.Feed{})
		answer.Relevant, answer.Grade, answer.Score = got.Relevant, got.Grade, got.Score
		answer.Reasons = append(answer.Reasons, got.Reasons...)
	}
	answer.ID = in.ID
	out, err := json.Marshal(answer)
	if err != nil { // a NaN cannot come about: score is 0 … 1
		return fmt.Appendf(nil, `{"id":%q,"relevant":false,"grade":"no","score":0,"reasons":[],"error":"write the answer"}`, in.ID)
	}
	return out
}
