package story

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reedaily/digest"
)

// press writes news of events that never happened, in words that do not exist.
type press struct {
	r         *rand.Rand
	syllables []string
}

func newPress(seed uint64) press {
	return press{
		rand.New(rand.NewPCG(seed, 7)),
		[]string{"ba", "ko", "li", "ther", "mun", "sel", "dar", "vo", "quin", "stra", "pel", "or", "wick", "fen", "gal"},
	}
}

func (p press) pick(from []string) string { return from[p.r.IntN(len(from))] }

func (p press) name() string {
	var b strings.Builder
	for range 2 + p.r.IntN(2) {
		b.WriteString(p.pick(p.syllables))
	}
	return strings.ToUpper(b.String()[:1]) + b.String()[1:]
}

// event makes n reports of one event, some of them copies, spread over days.
func (p press) event(tag string, start time.Time, n int) []digest.Article {
	who, whom, where := p.name()+" "+p.name(), p.name(), p.name()
	sum := fmt.Sprintf("%d.%d", 2+p.r.IntN(90), p.r.IntN(10))
	what := p.pick([]string{"signs supply deal with", "buys stake in", "sues", "builds magnet plant with", "ends talks with"})
	var out []digest.Article
	for i := range n {
		title := p.pick([]string{
			fmt.Sprintf("%s %s %s in %s", who, what, whom, where),
			fmt.Sprintf("%s: %s %s %s for $%s million", where, who, what, whom, sum),
			fmt.Sprintf("What the $%s million of %s mean for %s", sum, who, whom),
			fmt.Sprintf("%s and %s: the talk of %s", whom, who, where),
		})
		at := start.Add(time.Duration(p.r.IntN(60)) * time.Hour)
		a := digest.Article{
			ID: fmt.Sprintf("%s-%d", tag, i), Canonical: fmt.Sprintf("https://o%d.example/%s/%d", i, tag, i),
			Source: fmt.Sprintf("Outlet %d", i), Title: title, Published: at, FirstSeen: at,
		}
		if p.r.IntN(2) == 0 {
			a.Text = strings.Repeat(fmt.Sprintf("%s %s %s on the coast of %s, the company said, and put the price at %s million dollars. ", who, what, whom, where, sum), 1+p.r.IntN(5))
		}
		out = append(out, a)
	}
	return out
}

func (p press) news(tag string, start time.Time, events int) []digest.Article {
	var out []digest.Article
	for i := range events {
		out = append(out, p.event(fmt.Sprintf("%s%d", tag, i), start.Add(time.Duration(p.r.IntN(96))*time.Hour), 1+p.r.IntN(5))...)
	}
	return out
}

// days cuts news into batches by day, in order.
func days(news []digest.Article) [][]digest.Article {
	by := map[string][]digest.Article{}
	for _, a := range news {
		d := a.Published.Format(time.DateOnly)
		by[d] = append(by[d], a)
	}
	var names []string
	for d := range by {
		names = append(names, d)
	}
	slices.Sort(names)
	out := make([][]digest.Article, len(names))
	for i, d := range names {
		out[i] = by[d]
	}
	return out
}

// placeAll gives the place of each article.
func placeAll(g *Grouper, batches [][]digest.Article) map[string]digest.Place {
	out := map[string]digest.Place{}
	for _, b := range batches {
		for _, p := range g.Place(b) {
			out[p.ArticleID] = p
		}
	}
	return out
}

func seeded(t *rapid.T) press {
	return newPress(rapid.Uint64().Draw(t, "seed"))
}

func TestOrderInABatchChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := seeded(t)
		batches := days(p.news("e", monday, 12))
		want := placeAll(New(Settings{}), batches)
		for _, b := range batches {
			p.r.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
		}
		samePlaces(t, want, placeAll(New(Settings{}), batches))
	})
}

func TestRestartChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := seeded(t)
		batches := days(p.news("e", monday, 12))
		want := placeAll(New(Settings{}), batches)
		got := map[string]digest.Place{}
		var known []digest.Placed
		for _, b := range batches {
			g := New(Settings{})
			p.r.Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
			g.Remember(known)
			for i, place := range g.Place(b) {
				got[place.ArticleID] = place
				known = append(known, digest.Placed{Article: b[i], Place: place})
			}
		}
		samePlaces(t, want, got)
	})
}

func samePlaces(t *rapid.T, want, got map[string]digest.Place) {
	for id, w := range want {
		g := got[id]
		if w.StoryID != g.StoryID || w.Relation != g.Relation || w.Nearest != g.Nearest || w.Score != g.Score {
			t.Fatalf("%s: %+v, before %+v", id, g, w)
		}
	}
}

// TestUnrelatedNewsChangesLittle adds as many articles on other people and
// places and counts the pairs that were together and are not, or the other way
// round.
func TestUnrelatedNewsChangesLittle(t *testing.T) {
	together, changed := 0, 0
	for seed := range uint64(20) {
		p := newPress(seed)
		news := p.news("e", monday, 25)
		p.syllables = []string{"zu", "xi", "yan", "hro", "cza", "jep", "nyo", "ulm", "eck", "ift"}
		other := p.news("unrelated", monday, 25)
		want := placeAll(New(Settings{}), days(news))
		got := placeAll(New(Settings{}), days(slices.Concat(news, other)))
		for i, a := range news {
			for _, b := range news[:i] {
				was, is := want[a.ID].StoryID == want[b.ID].StoryID, got[a.ID].StoryID == got[b.ID].StoryID
				together += flag(was)
				changed += flag(was != is)
			}
		}
	}
	t.Logf("%d of %d pairs changed", changed, together)
	if changed*100 > together {
		t.Fatalf("%d of %d pairs changed", changed, together)
	}
}

// TestNoChain gives reports that each resemble the next one a little: they must
// not become one story.
func TestNoChain(t *testing.T) {
	p := newPress(3)
	var names []string
	for range 60 {
		names = append(names, p.name()+p.name())
	}
	var news []digest.Article
	for i := range 50 {
		a := article(fmt.Sprint("c", i), time.Duration(i)*time.Minute, strings.Join(names[i:i+5], " "), "")
		news = append(news, a)
	}
	sizes := map[string]int{}
	for _, place := range New(Settings{}).Place(news) {
		sizes[place.StoryID]++
		if sizes[place.StoryID] > 15 {
			t.Fatalf("a chain of weak links made a story of more than 15: %v", sizes)
		}
	}
}

// FuzzCompare holds whatever feeds send to what callers count on: no order, no
// score outside 0 … 1, a story for everyone.
func FuzzCompare(f *testing.F) {
	f.Add("Nordisk Magneter to build plant", brevik, "Norway gets its first magnet factory", brevikAgain, "en", int64(5))
	f.Add("", "", "", "", "", int64(0))
	f.Add("http://a.example", "稀土", " - x", "\xff$$1,2.3(A)", "zh", int64(-1))
	f.Add("2,008 tonnes in 2008", "2008 8 8% $8", "In 2,008 8", "2008", "en", int64(30))
	g := New(Settings{})
	f.Fuzz(func(t *testing.T, title, text, title2, text2, lang string, hours int64) {
		a, b := article("a", 0, title, text), article("b", time.Duration(hours%1000)*time.Hour, title2, text2)
		a.Lang, b.Lang = lang, lang
		relation, score := g.Compare(a, b)
		if back, again := g.Compare(b, a); back != relation || again != score {
			t.Fatalf("%s %v one way, %s %v the other", relation, score, back, again)
		}
		if !(score >= 0 && score <= 1) {
			t.Fatalf("score %v", score)
		}
		for _, p := range New(Settings{}).Place([]digest.Article{a, b}) {
			if p.StoryID != "a" && p.StoryID != "b" || !(p.Score >= 0 && p.Score <= 1) {
				t.Fatalf("%+v", p)
			}
		}
	})
}
