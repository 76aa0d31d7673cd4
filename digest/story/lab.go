package story

import (
	"cmp"
	"strconv"
	"time"

	"reedaily/digest"
)

// LabPlace is the answer to one line of `reedaily lab stories`.
type LabPlace struct {
	ID       string          `json:"id"`
	Story    string          `json:"story"` // id of the story's first line, or its number where it has none
	Relation digest.Relation `json:"relation"`
	Error    string          `json:"error,omitempty"` // why the line could not be read
}

// LabAnswer is the answer to one pair.
type LabAnswer struct {
	Relation string  `json:"relation"`
	Score    float64 `json:"score"`
	Error    string  `json:"error,omitempty"` // why the pair could not be read
}

// LabStories groups lines in their order: the lines of one day arrive together,
// and so do all lines without a date.
func LabStories(s Settings, lines []digest.LabArticle) []LabPlace {
	g := New(s)
	out := make([]LabPlace, len(lines))
	for _, batch := range labDays(lines) {
		articles := make([]digest.Article, len(batch))
		for i, n := range batch {
			articles[i] = lines[n].Article()
			// A line's own id means nothing, and may come twice.
			articles[i].ID = strconv.Itoa(n)
		}
		for i, p := range g.Place(articles) {
			first, err := strconv.Atoi(p.StoryID)
			if err != nil {
				first = batch[i]
			}
			id := cmp.Or(lines[first].ID, "line "+strconv.Itoa(first+1))
			out[batch[i]] = LabPlace{ID: lines[batch[i]].ID, Story: id, Relation: p.Relation}
		}
	}
	return out
}

// LabPair compares two articles.
func LabPair(s Settings, a, b digest.LabArticle) LabAnswer {
	relation, score := New(s).Compare(a.Article(), b.Article())
	return LabAnswer{Relation: relation, Score: score}
}

// labDays are the line numbers of each batch, in the order of their first lines.
func labDays(lines []digest.LabArticle) [][]int {
	var days [][]int
	at := map[string]int{}
	for n, l := range lines {
		day := l.Date[:min(len(l.Date), len(time.DateOnly))]
		i, ok := at[day]
		if !ok {
			i = len(days)
			at[day] = i
			days = append(days, nil)
		}
		days[i] = append(days[i], n)
	}
	return days
}
