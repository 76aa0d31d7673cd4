package story_test

import (
	"fmt"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/story"
)

// row places two titles of one outlet or two, hours apart.
func row(t *testing.T, first, second digest.Article, apart time.Duration) digest.Place {
	t.Helper()
	g := story.New(story.Defaults())
	first.Published, second.Published = morning, morning.Add(apart)
	for i, a := range []*digest.Article{&first, &second} {
		a.ID, a.Canonical = fmt.Sprint(i), fmt.Sprintf("https://outlet.example/%d", i)
		a.FirstSeen = a.Published
	}
	g.Place([]digest.Article{first})
	return g.Place([]digest.Article{second})[0]
}

// TestNextOfRow: the lists of two days are two reports, whichever figures stayed the
// same, of one outlet and of two.
func TestNextOfRow(t *testing.T) {
	for _, c := range [][2]string{
		{"3月2日氧化镝价格行情", "3月3日氧化镝价格行情"},
		{"2026年3月2日稀土市场价格", "2026年3月3日稀土市场价格"},
		{"三月二日稀土报价", "三月三日稀土报价"},
		{"[시세] 2월 25일 희토류 가격", "[시세] 2월 26일 희토류 가격"},
		{"25일 희토류 시세", "26일 희토류 시세"},
		{"レアアース価格 2月25日", "レアアース価格 2月26日"},
		{"レアアース価格（２月２５日）", "レアアース価格（２月２６日）"},
		{"Giá đất hiếm ngày 25/2", "Giá đất hiếm ngày 26/2"},
		{"Rare earth prices 2026-03-02", "Rare earth prices 2026-03-03"},
		{"Rare earth prices, March 2", "Rare earth prices, March 3"},
		{"Rare earth oxide prices on 2 March 2026", "Rare earth oxide prices on 3 March 2026"},
		{"Rare earth market wrap: Monday", "Rare earth market wrap: Tuesday"},
		{"Preços das terras raras 02/03", "Preços das terras raras 03/03"},
		{"Precios de las tierras raras, 2 de marzo", "Precios de las tierras raras, 3 de marzo"},
		{"Prix des terres rares au 2 mars", "Prix des terres rares au 3 mars"},
		{"Preise für Seltene Erden am 2. März", "Preise für Seltene Erden am 3. März"},
		{"Seltenerdpreise vom 02.03.2026", "Seltenerdpreise vom 03.03.2026"},
		{"Цены на редкоземельные металлы 2 марта", "Цены на редкоземельные металлы 3 марта"},
		{"Rare earth prices: NdPr $110, Dy $300", "Rare earth prices: NdPr $112, Dy $300"},
		{"稀土日评：镨钕价格小幅上涨", "稀土日评：镨钕价格小幅下跌"},
	} {
		for _, sources := range [][2]string{{"Desk", "Desk"}, {"Desk", "Post"}} {
			a, b := digest.Article{Title: c[0], Source: sources[0]}, digest.Article{Title: c[1], Source: sources[1]}
			if p := row(t, a, b, 24*time.Hour); p.Relation != digest.RelationFirst {
				t.Errorf("%v: %q after %q is a %s", sources, c[1], c[0], p.Relation)
			}
			a.Published, b.Published = morning, morning.Add(24*time.Hour)
			if relation, _ := story.New(story.Defaults()).Compare(a, b); relation != "different" {
				t.Errorf("%q and %q: %s", c[0], c[1], relation)
			}
		}
	}
}

// TestToldAgain: a headline that its outlet shows again under another link is a copy,
// unless it is a standing title or its text has other figures.
func TestToldAgain(t *testing.T) {
	for _, c := range []struct {
		title, first, second string
		want                 digest.Relation
	}{
		{"Trump signs rare earth deal with Australia", "", "", digest.RelationCopy},
		{"Japan to subsidize rare-earth recycling push, reducing reliance on China", "", "", digest.RelationCopy},
		{"Corvane opens Leith plant", "", "", digest.RelationCopy},
		{"Corvane opens Leith plant", "The plant makes 1,800 tonnes a year.", "The plant makes 1,800 tonnes a year.", digest.RelationCopy},
		{"Corvane opens Leith plant", "", "The plant makes 1,800 tonnes a year.", digest.RelationCopy},
		{"中国、日本向けレアアース輸出を制限", "", "", digest.RelationCopy},
		{"中国限制对日本稀土出口", "", "", digest.RelationCopy},
		{"Quốc hội thông qua luật về đất hiếm", "", "", digest.RelationCopy},
		{"China raises rare earth quota for 2 March 2026 delivery", "", "", digest.RelationCopy},
		{"Rare earth prices today", "", "", digest.RelationFirst},
		{"Rare earth market wrap", "", "", digest.RelationFirst},
		{"Stocks to watch in critical minerals", "", "", digest.RelationFirst},
		{"稀土行情", "", "", digest.RelationFirst},
		{"오늘의 희토류 시세", "", "", digest.RelationFirst},
		{"Rare earths", "", "", digest.RelationFirst},
		{"Corvane raises output in Leith", "Output rose to 210 tonnes.", "Output rose to 260 tonnes.", digest.RelationFirst},
	} {
		a := digest.Article{Title: c.title, Text: c.first, Source: "Desk"}
		b := digest.Article{Title: c.title, Text: c.second, Source: "Desk"}
		for _, days := range []time.Duration{1, 3, 9} {
			if p := row(t, a, b, days*24*time.Hour); p.Relation != c.want {
				t.Errorf("%q %q, %d days on: %s, want %s", c.title, c.second, days, p.Relation, c.want)
			}
		}
	}
}

// TestSameNewsOtherFigures: figures and days in titles do not part the reports of one
// event.
func TestSameNewsOtherFigures(t *testing.T) {
	for _, c := range [][2]string{
		{"China to curb rare earth exports from December 1", "China's rare earth export curbs start on 1 December"},
		{"Corvane to open Leith magnet plant on 2 March", "Corvane opens Leith magnet plant"},
		{"Bellmoor gets $210 million loan for Ennaby refinery", "Bellmoor wins $210m loan to build its Ennaby refinery in 2027"},
	} {
		a, b := digest.Article{Title: c[0], Source: "Desk"}, digest.Article{Title: c[1], Source: "Post"}
		if p := row(t, a, b, 2*time.Hour); p.Relation == digest.RelationFirst {
			t.Errorf("%q is apart from %q", c[1], c[0])
		}
	}
}
