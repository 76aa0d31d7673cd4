package highlight

import (
	"slices"
	"strings"
	"testing"

	"reedaily/digest"
)

// told is a thread of one article.
func told(title, text string) digest.Thread {
	return digest.Thread{First: "2026-02-12", Last: "2026-02-13", Articles: []digest.Article{{ID: "t", Source: "Told Times", Title: title, Text: text, Lang: "en"}}}
}

func TestNews(t *testing.T) {
	const title = "Fjord Magnets plans $1.25B magnet plant in Narvik, Norway"
	for name, c := range map[string]struct {
		told  digest.Thread
		title string
		text  string
		want  []string
	}{
		"never told":             {digest.Thread{}, "Anything", "", []string{"Anything"}},
		"the same":               {told(title, ""), title, "", nil},
		"other words for it":     {told(title, ""), "Fjord Magnets to build new $1.25 billion factory for magnets in Narvik", "", nil},
		"behind a dash":          {told(title, ""), "Fjord Magnets invests $1.25-billion in Narvik - Ore Post", "", nil},
		"a figure":               {told(title, ""), "Fjord Magnets plans $1.5B magnet plant in Narvik, Norway", "", []string{"1.5B"}},
		"a share":                {told(title, ""), "Fjord Magnets plans plant in Norway, adds 3%", "", []string{"3", "adds"}},
		"a name":                 {told(title, ""), "Fjord Magnets picks Grieg for its plant in Narvik", "", []string{"Grieg"}},
		"the next step":          {told(title, ""), "Fjord Magnets cancels magnet plant in Narvik", "", []string{"cancels"}},
		"the next step, loudly":  {told(title, ""), "Fjord Magnets Opens Magnet Plant In Narvik", "", []string{"Opens"}},
		"another language":       {told(title, ""), "挪威将建磁铁厂", "", []string{"挪威", "威将", "将建", "建磁", "磁铁", "铁厂"}},
		"said in the text":       {told(title, plant), "Fjord Magnets to employ 140 people in Narvik", "", nil},
		"the outlet itself":      {told(title, ""), "Fjord Magnets plans plant in Narvik, Ore Post learns", "", []string{"learns"}},
		"a text with nothing":    {told(title, plant), title, "Fjord Magnets said it will build a plant in Narvik for 300 million kroner. It is to make 800 tonnes of magnets a year.", nil},
		"a text with a figure":   {told(title, plant), title, "Fjord Magnets will build a magnet plant in Narvik. The plant is to make 900 tonnes of magnets a year.", []string{"900"}},
		"a text with a turn":     {told(title, plant), title, "Fjord Magnets will build a magnet plant in Narvik. Neighbours went to court against the plant.", []string{"Neighbours", "went", "court", "against"}},
		"chinese, the same":      {told("稀土永磁企业订单回升，报价每吨上涨八千元", ""), "稀土永磁企业订单回升", "", nil},
		"chinese, 亿 and billion": {told("Plant costs 1.25 billion", ""), "12.5亿", "", nil},
		"chinese, a name":        {told("稀土永磁企业订单回升", ""), "金力永磁订单回升", "", []string{"金力", "力永", "磁订"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := digest.Article{ID: "n", Source: "Ore Post", Title: c.title, Text: c.text}
			if got := New(Defaults()).News(c.told)(a); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestPickQuotesNewsAlone: of a story that was told, only what was not.
func TestPickQuotesNewsAlone(t *testing.T) {
	a := digest.Article{
		ID: "a", Source: "Reef News", Lang: "en", Title: "Narvik plant wins permit",
		Highlights: []string{"Fjord Magnets will build a magnet plant in Narvik for 300 million kroner", "Nordland county grants the permit for the plant"},
		Text: "The county of Nordland has granted the building permit for the plant. Fjord Magnets will build a magnet plant in Narvik for 300 million kroner. " +
			"The plant is to make 800 tonnes of magnets a year from 2029. Work begins in May with a quay for ships of 60,000 tonnes.",
	}
	thread := told("A magnet plant for Narvik", plant)
	thread.Quoted = []string{"Work begins in May with a quay for ships of 60,000 tonnes."}
	got := texts(New(Defaults()).Pick([]digest.Article{a}, thread))
	want := []string{"Nordland county grants the permit for the plant", "The county of Nordland has granted the building permit for the plant."}
	for _, h := range got {
		if !slices.Contains(want, h) {
			t.Errorf("quoted %q, which was told", h)
		}
	}
	if len(got) == 0 || got[0] != want[0] {
		t.Errorf("got %q, want the outlet's own bullet first", got)
	}
	if all := texts(New(Defaults()).Pick([]digest.Article{a}, digest.Thread{})); len(all) != 3 || !strings.Contains(all[0], "300 million") {
		t.Errorf("for a first telling got %q", all)
	}
}

func TestFigures(t *testing.T) {
	for text, want := range map[string]string{
		"$1.25B": "1250000000", "1.25 billion dollars": "1250000000", "1,250m": "1250000000", "12억5000만달러": "1250000000", "12.5亿美元": "1250000000",
		"about 97% of 10X": "97 10", "1,800 tonnes": "1800", "no number": "", "in 2026": "2026", "550억원": "55000000000",
	} {
		var got []string
		for _, f := range figures(text) {
			got = append(got, f.value)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
