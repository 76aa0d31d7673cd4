package story

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
)

const windowSize = 10_000

// fullNews is n articles of about 330 words each, of events of up to five
// reports, spread evenly over a time that ends on monday.
func fullNews(p press, n int, over time.Duration) []digest.Article {
	filler := strings.Fields(`the company said in a statement that its board had approved plans for the year and that
		work would start when permits were granted while analysts asked about costs debt and demand from makers of
		motors and turbines in several countries where supply of oxides and metals had been short since spring`)
	var out []digest.Article
	for e := 0; len(out) < n; e++ {
		for _, a := range p.event(fmt.Sprint("n", e), monday, 1+p.r.IntN(5)) {
			var b strings.Builder
			b.WriteString(a.Text)
			for range 300 {
				b.WriteString(p.pick(filler) + " ")
				if p.r.IntN(12) == 0 {
					b.WriteString(p.name() + ". ")
				}
			}
			a.Text = b.String()
			out = append(out, a)
		}
	}
	out = out[:n]
	for i := range out {
		out[i].Published = monday.Add(-over + over/time.Duration(n)*time.Duration(i))
	}
	return out
}

// BenchmarkOneArticle places single articles beside a full window of 14 days,
// while more and more is stored: what is older than the window costs nothing.
func BenchmarkOneArticle(b *testing.B) {
	p := newPress(1)
	window := fullNews(p, windowSize, 14*day)
	arriving := fullNews(p, 2000, 5*time.Hour)
	for i := range arriving {
		arriving[i].ID = fmt.Sprint("arriving", i)
		arriving[i].Canonical = arriving[i].ID
		arriving[i].Published = monday
	}
	for _, stored := range []int{windowSize, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("stored=%d", stored), func(b *testing.B) {
			g := New(Settings{})
			g.Remember(placed(window, 0))
			for older := windowSize; older < stored; older += windowSize {
				g.Remember(placed(window, time.Duration(older/windowSize)*15*day))
			}
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				g.Place(arriving[i%len(arriving) : i%len(arriving)+1])
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}

// placed gives articles a story each, dated so much earlier.
func placed(news []digest.Article, earlier time.Duration) []digest.Placed {
	out := make([]digest.Placed, len(news))
	for i, a := range news {
		a.ID = fmt.Sprint(a.ID, earlier)
		a.Published = a.Published.Add(-earlier)
		story, _, _ := strings.Cut(a.ID, "-")
		out[i] = digest.Placed{Article: a, Place: digest.Place{ArticleID: a.ID, StoryID: story}}
	}
	return out
}

// BenchmarkTenThousand places two weeks of news, a batch a day.
func BenchmarkTenThousand(b *testing.B) {
	batches := days(fullNews(newPress(2), windowSize, 14*day))
	for b.Loop() {
		g := New(Settings{})
		for _, batch := range batches {
			g.Place(batch)
		}
	}
}
