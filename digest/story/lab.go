package story

import (
	"strconv"
	"time"

	"reedaily/digest"
)

// LabArticle is one line of `reedaily lab stories`, and one side of a pair.
type LabArticle = digest.LabArticle

// LabPlace is the answer to one [LabArticle].
type LabPlace struct {
	ID       string          `json:"id"`
	Story    string          `json:"story"`
	Relation digest.Relation `json:"relation"`
}

// LabAnswer is the answer to one pair.
type LabAnswer struct {
	Relation string  `json:"relation"`
	Score    float64 `json:"score"`
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
			out[batch[i]] = LabPlace{ID: lines[batch[i]].ID, Story: lines[first].ID, Relation: p.Relation}
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
