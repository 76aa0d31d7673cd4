package story

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reedaily/digest"
)

// chorus tells events in many languages, in words that the lists of concepts know.
type chorus struct{ press }

var (
	choirTongues = []string{"en", "ko", "ja", "zh", "de", "ru"}
	choirWho     = [][]string{
		{"Japan", "일본", "日本", "日本", "Japan", "Япония"},
		{"Vietnam", "베트남", "ベトナム", "越南", "Vietnam", "Вьетнам"},
		{"Australia", "호주", "豪州", "澳大利亚", "Australien", "Австралия"},
		{"India", "인도", "インド", "印度", "Indien", "Индия"},
		{"Lynas", "라이너스", "ライナス", "莱纳斯", "Lynas", "Лайнас"},
		{"Toyota", "도요타", "トヨタ", "丰田", "Toyota", "Тойота"},
		{"China", "중국", "中国", "中国", "China", "Китай"},
	}
	choirDoes = [][]string{
		{"subsidy", "보조금", "補助金", "补贴", "Subvention", "субсидия"},
		{"export ban", "수출 금지", "輸出禁止", "禁止出口", "Exportverbot", "запрет экспорта"},
		{"sanctions", "제재", "制裁", "制裁", "Sanktionen", "санкции"},
		{"lawsuit", "소송", "訴訟", "诉讼", "Klage", "иск"},
		{"loan", "대출", "ローン", "贷款", "Kredit", "кредит"},
		{"strike", "파업", "ストライキ", "罢工", "Streik", "забастовка"},
	}
	choirWhat = [][]string{
		{"recycling", "재활용", "リサイクル", "回收", "Recycling", "рециклинг"},
		{"gallium", "갈륨", "ガリウム", "镓", "Gallium", "галлий"},
		{"plant", "공장", "工場", "工厂", "Fabrik", "завод"},
		{"samarium", "사마륨", "サマリウム", "钐", "Samarium", "самарий"},
		{"mine", "광산", "鉱山", "矿山", "Bergwerk", "рудник"},
		{"deep sea", "심해", "深海", "深海", "Tiefsee", "глубоководный"},
	}
)

// event is n reports of one event, each in a language of its own choice.
func (c chorus) event(tag string, start time.Time, n int) []digest.Article {
	who, does, what := c.r.IntN(len(choirWho)), c.r.IntN(len(choirDoes)), c.r.IntN(len(choirWhat))
	sum := 2 + c.r.IntN(90)
	var out []digest.Article
	for i := range n {
		l := c.r.IntN(len(choirTongues))
		words := []string{choirWho[who][l], choirDoes[does][l], choirWhat[what][l]}
		if c.r.IntN(3) == 0 {
			words = append(words, fmt.Sprintf("$%d million", sum))
		}
		c.r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		at := start.Add(time.Duration(c.r.IntN(60)) * time.Hour)
		a := digest.Article{
			ID: fmt.Sprintf("%s-%d", tag, i), Canonical: fmt.Sprintf("https://o%d.example/%s/%d", i, tag, i),
			Source: fmt.Sprintf("Outlet %d", i), Title: strings.Join(words, ", "), Published: at, FirstSeen: at,
		}
		if c.r.IntN(2) == 0 {
			a.Lang = choirTongues[l]
		}
		if c.r.IntN(3) == 0 {
			a.Text = a.Title + ". " + choirWho[c.r.IntN(len(choirWho))][l] + "."
		}
		out = append(out, a)
	}
	return out
}

func (c chorus) news(events int, over time.Duration) []digest.Article {
	var out []digest.Article
	for i := range events {
		start := monday.Add(time.Duration(c.r.Int64N(int64(over))))
		out = append(out, c.event(fmt.Sprint("e", i), start, 1+c.r.IntN(6))...)
	}
	return out
}

func TestOrderAcrossLanguages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chorus{seeded(t)}
		batches := days(c.news(12, 96*time.Hour))
		want := placeAll(New(Settings{}), batches)
		for _, b := range batches {
			c.r.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
		}
		samePlaces(t, want, placeAll(New(Settings{}), batches))
	})
}

func TestRestartAcrossLanguages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chorus{seeded(t)}
		batches := days(c.news(8, 48*time.Hour))
		want := placeAll(New(Settings{}), batches)
		got := map[string]digest.Place{}
		var known []digest.Placed
		for _, b := range batches {
			g := New(Settings{})
			c.r.Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
			g.Remember(known)
			for i, place := range g.Place(b) {
				got[place.ArticleID] = place
				known = append(known, digest.Placed{Article: b[i], Place: place})
			}
		}
		samePlaces(t, want, got)
	})
}

// TestUnrelatedNewsAcrossLanguages adds as many articles that speak of nothing the
// lists know.
func TestUnrelatedNewsAcrossLanguages(t *testing.T) {
	together, changed := 0, 0
	for seed := range uint64(20) {
		c := chorus{newPress(seed)}
		news := c.news(15, 96*time.Hour)
		other := c.press.news("unrelated", monday, 20)
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
	if together == 0 || changed*100 > together {
		t.Fatalf("%d of %d pairs changed", changed, together)
	}
}

// TestSymmetryAcrossLanguages: neither of two articles comes first.
func TestSymmetryAcrossLanguages(t *testing.T) {
	c := chorus{newPress(5)}
	g := New(Settings{})
	var all []*profile
	for _, a := range c.news(60, 48*time.Hour) {
		all = append(all, read(g.words, a))
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if x, y := g.set.compare(a, b), g.set.compare(b, a); x != y {
				t.Fatalf("%v one way, %v the other", x, y)
			}
		}
	}
}

// TestLanguagesStayTogether: a large story in two languages does not fall apart by
// language, as its words do.
func TestLanguagesStayTogether(t *testing.T) {
	var news []digest.Article
	for i := range 7 {
		news = append(news,
			article(fmt.Sprint("en", i), time.Duration(i)*time.Minute, fmt.Sprintf("Lynas strike halts samarium plant, says union %d", i), ""),
			article(fmt.Sprint("ko", i), time.Duration(i)*time.Minute, fmt.Sprintf("라이너스 파업에 사마륨 공장 가동 중단…노조 %d", i), ""))
	}
	places := New(Settings{}).Place(news)
	for _, p := range places {
		if p.StoryID != places[0].StoryID {
			t.Errorf("%s stands apart: %+v", p.ArticleID, p)
		}
	}
}

// BenchmarkManyLanguages places single articles beside a window of 10,000
// headlines in six languages that speak of a few dozen things all the time.
func BenchmarkManyLanguages(b *testing.B) {
	c := chorus{newPress(9)}
	window := c.news(windowSize*2/7, 14*day)
	arriving := c.news(600, 14*day)
	g := New(Settings{})
	g.Remember(placed(window, 0))
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		a := arriving[i%len(arriving)]
		a.ID = fmt.Sprint("arriving", i)
		start := time.Now()
		g.Place([]digest.Article{a})
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
