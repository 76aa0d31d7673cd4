package highlight

import (
	"slices"
	"strings"
	"testing"
	"time"

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
		"never told":              {digest.Thread{}, "Anything", "", []string{"Anything"}},
		"the same":                {told(title, ""), title, "", nil},
		"other words for it":      {told(title, ""), "Fjord Magnets to build new $1.25 billion factory for magnets in Narvik", "", nil},
		"behind a dash":           {told(title, ""), "Fjord Magnets invests $1.25-billion in Narvik - Ore Post", "", nil},
		"a figure":                {told(title, ""), "Fjord Magnets plans $1.5B magnet plant in Narvik, Norway", "", []string{"1.5B"}},
		"a share":                 {told(title, ""), "Fjord Magnets plans plant in Norway, adds 3%", "", []string{"3"}},
		"a name":                  {told(title, ""), "Fjord Magnets picks Grieg for its plant in Narvik", "", []string{"Grieg"}},
		"the next step":           {told(title, ""), "Fjord Magnets cancels magnet plant in Narvik", "", []string{"cancels"}},
		"the next step, loudly":   {told(title, ""), "Fjord Magnets Opens Magnet Plant In Narvik", "", []string{"Opens"}},
		"another language":        {told(title, ""), "挪威将建磁铁厂", "", nil},
		"said in the text":        {told(title, plant), "Fjord Magnets to employ 140 people in Narvik", "", nil},
		"the outlet itself":       {told(title, ""), "Fjord Magnets plans plant in Narvik, Ore Post learns", "", nil},
		"a text with nothing":     {told(title, plant), title, "Fjord Magnets said it will build a plant in Narvik for 300 million kroner. It is to make 800 tonnes of magnets a year.", nil},
		"a text with a figure":    {told(title, plant), title, "Fjord Magnets will build a magnet plant in Narvik. The plant is to make 900 tonnes of magnets a year.", []string{"900"}},
		"a text with a turn":      {told(title, plant), title, "Fjord Magnets will build a magnet plant in Narvik. Neighbours went to court against the plant.", []string{"court"}},
		"chinese, the same":       {told("稀土永磁企业订单回升，报价每吨上涨八千元", ""), "稀土永磁企业订单回升", "", nil},
		"chinese, 亿 and billion":  {told("Plant costs 1.25 billion", ""), "12.5亿", "", nil},
		"chinese, other words":    {told("日本补贴稀土回收，减少对华依赖", ""), "日本政府将拨款扶持稀土循环利用", "", nil},
		"chinese, the next step":  {told("稀土永磁企业拟建新厂", ""), "稀土永磁新厂动工", "", []string{"动工"}},
		"chinese, a quoted name":  {told("探测船启航", ""), "探测船「海牛」启航", "", []string{"海牛"}},
		"chinese, quoted again":   {told("探测船海牛启航", ""), "探测船「海牛」启航", "", nil},
		"korean, other words":     {told("日, 희토류 재활용에 보조금", ""), "일본은 희토류 재활용에 공공 자금을 투자하고 있습니다", "", nil},
		"korean, a sum":           {told("日, 희토류 재활용에 보조금", ""), "일본은 희토류 재활용에 공공 자금 70억 원을 투자합니다", "", []string{"70억"}},
		"korean, the next step":   {told("노르데, 자석 공장 추진", ""), "노르데 자석 공장 착공", "", []string{"착공"}},
		"korean, one deed twice":  {told("노르데, 자석 공급 협약", ""), "노르데 자석 공급 계약에 서명", "", nil},
		"korean, waste":           {told("노르데, 자석 재활용", ""), "노르데, 폐기물 자석 재활용 여부 확인하기로", "", nil},
		"japanese, other words":   {told("日本、レアアース再利用に補助金", ""), "経産省がリサイクル事業を後押し", "", nil},
		"japanese, the next step": {told("ノルデ、磁石工場を計画", ""), "ノルデの磁石工場が稼働", "", []string{"稼働"}},
		"japanese, by Latin name": {told("磁石工場を計画", ""), "Nordeが磁石工場を計画", "", []string{"Norde"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := digest.Article{ID: "n", Source: "Ore Post", Title: c.title, Text: c.text}
			if got := New(Defaults()).News(c.told)(a).Words; !slices.Equal(got, c.want) {
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
		for _, f := range figures(text, "en", time.Time{}) {
			got = append(got, f.values...)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestRepeatsAndTurns: what comes back in other words is no news, whatever its
// capitals; what turns back what was told always is, in headline and text.
func TestRepeatsAndTurns(t *testing.T) {
	const grant = "Fjord Magnets wins $18.4 million from Norway's defence ministry"
	const licences = "China eases export licences for yttrium as shortage bites"
	for name, c := range map[string]struct {
		told, title, text, lang string
		want                    []string
	}{
		"one loose word more":        {grant, "Fjord Magnets gets Norway defence money", "", "en", nil},
		"adds":                       {licences, "China adds yttrium export licences amid shortage", "", "en", nil},
		"capitals for every word":    {licences, "China Puts Yttrium Export Licences On Faster Track As Shortage Bites", "", "en", nil},
		"explained in charts":        {licences, "China's Yttrium Squeeze, Explained in Five Charts: What to Know", "", "en", nil},
		"explained in 5 charts":      {licences, "China's yttrium squeeze, explained in 5 charts", "", "en", nil},
		"a people for a country":     {licences, "Chinese yttrium licences eased", "", "en", nil},
		"an outlet that is quoted":   {licences, "China eases yttrium licences, Reuters reports", "", "en", nil},
		"a name among capitals":      {grant, "Fjord Magnets Gets Norway Defence Money, Picks Grieg", "", "en", []string{"Grieg"}},
		"a name that is also a word": {grant, "Fjord Magnets Gets Money From Apple", "Fjord Magnets gets money from the ministry and from Apple.", "en", []string{"Apple"}},
		"withdrawn":                  {grant, "Norway's defence ministry to withdraw $18.4 million from Fjord Magnets", "", "en", []string{"withdraw"}},
		"withdrawn in the text":      {grant, "Fjord Magnets and its defence money", "The defence ministry would withdraw the $18.4m that Fjord Magnets wins from Norway.", "en", []string{"withdraw"}},
		"not in the text":            {grant, "Fjord Magnets and its defence money", "The defence ministry of Norway will not pay the $18.4m to Fjord Magnets.", "en", []string{"not pay"}},
		"won't":                      {grant, "Norway's ministry won't pay Fjord Magnets", "", "en", []string{"won't pay"}},
		"did not respond":            {grant, "Fjord Magnets wins ministry money", "The defence ministry of Norway did not immediately respond.", "en", nil},
		"an act":                     {grant, "Fjord Magnets Breaks Ground", "", "en", []string{"Breaks Ground"}},
		"an act told in other words": {"Norway scraps plan for magnet plant", "Norway cancels plan for magnet plant", "", "en", nil},
		"halted, in German":          {grant, "Norwegen stoppt Geld", "", "de", []string{"stoppt"}},
		"Chinese, the same":          {grant, "挪威国防部考虑向磁铁公司提供1840万美元", "", "zh", nil},
		"Chinese, a day":             {grant, "挪威国防部2月3日向磁铁公司提供资金", "", "zh", nil},
		"Chinese, a sum":             {grant, "挪威国防部向磁铁公司提供2500万美元", "", "zh", []string{"2500万"}},
		"Chinese, a Latin name":      {grant, "挪威国防部向Grieg提供1840万美元", "", "zh", []string{"Grieg"}},
		"Chinese, withdrawn":         {grant, "挪威国防部撤回1840万美元", "", "zh", []string{"撤回"}},
		"Korean, the same":           {grant, "노르웨이 국방부, 자석 기업에 1840만달러 지원", "", "ko", nil},
		"Korean, a share":            {grant, "노르웨이 국방부, 자석 기업 지분 15% 인수", "", "ko", []string{"15"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := digest.Article{ID: "n", Source: "Ore Post", Title: c.title, Text: c.text, Lang: c.lang}
			if got := New(Defaults()).News(told(c.told, ""))(a).Words; !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestPickQuotesTheTurn: that what was told is taken back is quoted, though
// nearly every word of it was told, and before what else is new.
func TestPickQuotesTheTurn(t *testing.T) {
	const turn = "The ministry would withdraw the 300 million kroner that Fjord Magnets was to get for the plant in Narvik."
	a := digest.Article{
		ID: "a", Source: "Reef News", Lang: "en", Title: "Fjord Magnets and its plant",
		Text: "The quay of Narvik has room for 4 ships, the harbour master said. " +
			"The town of Harstad has 25,000 people and a harbour for ferries. " +
			"The town of Bodø has 42,000 people and an airport. " +
			"The railway to Kiruna carries ore for 12 trains a day. " + turn,
	}
	p := New(Settings{Max: 1})
	if got := texts(p.Pick([]digest.Article{a}, told("A magnet plant for Narvik", plant))); !slices.Equal(got, []string{turn}) {
		t.Errorf("quoted %q", got)
	}
}
