package edition

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"reedaily/digest"
)

// weigh sets the story's score and the signals that make it up. Each signal is
// a value of 0 … 1 (what is below news: down to −1) times its weight.
func (st *story) weigh(s Settings, now time.Time) {
	st.score, st.signals = 0, nil
	add := func(signal, words string, value, weight float64) {
		if weight == 0 || words == "" {
			return
		}
		w := round(value * weight)
		st.score = round(st.score + w)
		st.signals = append(st.signals, digest.Reason{Signal: signal, Words: words, Weight: w})
	}
	by := s.Owners.independent(st.articles)
	add("outlets", by.String(), outletsValue(len(by.outlets)), s.Weights.Outlets)
	best := st.articles[0]
	for _, c := range st.articles[1:] {
		if c.Weight > best.Weight {
			best = c
		}
	}
	add("source", best.Article.Source, sourceValue(best.Weight), s.Weights.Source)
	relevance := 0.0
	for _, c := range st.articles {
		relevance = max(relevance, c.Judgement.Score)
	}
	add("relevance", fmt.Sprintf("score %.2f", relevance), min(relevance, 1), s.Weights.Relevance)
	age := st.age(now)
	add("recency", fmt.Sprintf("%d h old", int(age.Hours())), recencyValue(age, s.HalfLife), s.Weights.Recency)
	words, value := st.novelty()
	add("novelty", words, value, s.Weights.Novelty)
	if lead := st.articles[0].Article.Lang; s.Lang != "" && speaks(s.Lang, lead) {
		add("language", cmp.Or(lead, "not stated"), 1, s.Weights.Language)
	}
	where, value := primary(st.articles)
	if value > 0 {
		add("primary", where, value, s.Weights.Primary)
	}
	st.below = st.slight(len(by.outlets), value)
	if lost := min(-st.below.value*s.Weights.Slight, st.score); !st.unchanged { // those come last anyway
		add(st.below.signal, st.below.words, -1, lost)
	}
	if st.below.signal == "" {
		words, value := matter(st.articles[0].Article.Title)
		add("matter", words, value, s.Weights.Matter)
	}
}

// outletsValue grows with each outlet and ever less: 1 → 0, 2 → .33, 4 → .67, 8 → 1.
func outletsValue(n int) float64 {
	return min(1, math.Log2(float64(max(n, 1)))/3)
}

// sourceValue is .5 for a normal source of weight 1.
func sourceValue(weight float64) float64 {
	if weight <= 0 {
		return 0
	}
	return weight / (1 + weight)
}

func recencyValue(age, halfLife time.Duration) float64 {
	if halfLife <= 0 {
		return 0
	}
	return math.Exp2(-float64(max(age, 0)) / float64(halfLife))
}

// age is how long ago the story last had news.
func (st *story) age(now time.Time) time.Duration {
	age := time.Duration(math.MaxInt64)
	for i, c := range st.articles {
		if i == 0 || !isCopy(c) {
			age = min(age, articleAge(c.Article, now))
		}
	}
	return age
}

// articleAge takes a day without an hour at the middle of what has passed of it.
func articleAge(a digest.Article, now time.Time) time.Duration {
	age := max(now.Sub(a.Dated()), 0)
	if dayOnly(a) {
		age -= min(age, 24*time.Hour) / 2
	}
	return age
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
