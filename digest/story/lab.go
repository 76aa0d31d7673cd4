package story

import (
	"strconv"
	"strings"
	"time"

	"reedaily/digest"
)

// LabArticle is one line of `reedaily lab stories`, and one side of a pair. It
// has no field for any label, so that none can be read.
type LabArticle struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	URL    string `json:"url"`
	Source string `json:"source"`
	Date   string `json:"date"`
	Lang   string `json:"lang"`
}

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
func LabStories(s Settings, lines []LabArticle) []LabPlace {
	g := New(s)
	out := make([]LabPlace, len(lines))
	for _, batch := range labDays(lines) {
		articles := make([]digest.Article, len(batch))
		for i, n := range batch {
			articles[i] = lines[n].article(strconv.Itoa(n))
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
func LabPair(s Settings, a, b LabArticle) LabAnswer {
	relation, score := New(s).Compare(a.article("a"), b.article("b"))
	return LabAnswer{Relation: relation, Score: score}
}

// labDays are the line numbers of each batch, in the order of their first lines.
func labDays(lines []LabArticle) [][]int {
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

// article makes a line an article; id stands in for the line's own, which means nothing.
func (l LabArticle) article(id string) digest.Article {
	return digest.Article{
		ID: id, URL: l.URL, Canonical: l.URL, Source: l.Source, Lang: l.Lang,
		Title: l.Title, Text: l.Text, Published: labTime(l.Date),
	}
}

// labTime reads a date as precise as it is known; the zero time if it is none.
func labTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{
		time.RFC3339, "2006-01-02 15:04:05-07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
		"2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly, "2006-01", "2006",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
