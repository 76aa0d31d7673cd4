package highlight

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"reedaily/digest"
)

const plant = `OSLO, Norway (Example Wire) -- Fjord Magnets will build a magnet plant in Narvik for 300 million kroner, the company said on Tuesday. The plant in Narvik is to make 800 tonnes of magnets a year from 2029 and to employ 140 people. Read more about magnets here. Fjord Magnets has bought its oxides from a supplier in Estonia since 2024. "We waited long for this," said its head, Kari Lund. The weather was fine. Copyright 2026 Example Wire. All rights reserved.`

func texts(hs []digest.Highlight) []string {
	var out []string
	for _, h := range hs {
		out = append(out, h.Text)
	}
	return out
}

func TestPickQuotesTheReport(t *testing.T) {
	a := digest.Article{ID: "a", Source: "Example Wire", Title: "A magnet plant for Narvik", Lang: "en", Text: plant}
	got := New(Defaults()).Pick([]digest.Article{a}, digest.Thread{})
	want := []string{
		"Fjord Magnets will build a magnet plant in Narvik for 300 million kroner, the company said on Tuesday.",
		"The plant in Narvik is to make 800 tonnes of magnets a year from 2029 and to employ 140 people.",
		"Fjord Magnets has bought its oxides from a supplier in Estonia since 2024.",
	}
	if !slices.Equal(texts(got), want) {
		t.Errorf("got  %q\nwant %q", texts(got), want)
	}
	for _, h := range got {
		if h.Source != "Example Wire" || h.ArticleID != "a" || h.Publisher {
			t.Errorf("%+v: want the report's source and id, and no mark of the publisher", h)
		}
	}
}

func TestPickPrefersThePublishersOwn(t *testing.T) {
	a := digest.Article{
		ID: "a", Source: "Reef News", Lang: "en", Text: plant, Title: "A magnet plant for Narvik",
		Highlights: []string{"• Narvik gets a magnet plant", "Fjord Magnets invests 300 million kroner in  northern Norway", "Fjord Magnets invests 300 million kroner in Norway"},
	}
	got := New(Defaults()).Pick([]digest.Article{a}, digest.Thread{})
	if len(got) != 3 || !got[0].Publisher || got[0].Text != "Fjord Magnets invests 300 million kroner in northern Norway" {
		t.Fatalf("got %+v: want the publisher's bullet first, without the one that says the title again", got)
	}
	if got[1].Publisher || got[2].Publisher {
		t.Errorf("got %+v: the third bullet repeats the second", got)
	}
}

func TestPickReadsAllReports(t *testing.T) {
	reports := []digest.Article{
		{ID: "a", Source: "One", Title: "Narvik to get a magnet plant", Lang: "en", Text: "Fjord Magnets will build a plant in Narvik. The plant is to employ 140 people in Narvik."},
		{ID: "b", Source: "Two", Title: "Magnets from Narvik", Lang: "en", Text: "Fjord Magnets will build a plant in Narvik. Customers of the Narvik plant include two makers of wind turbines in Denmark."},
		{ID: "c", Source: "Three", Title: "Narvik magnet plant", Lang: "en"},
	}
	got := New(Defaults()).Pick(reports, digest.Thread{})
	var from []string
	for _, h := range got {
		from = append(from, h.ArticleID)
	}
	if !slices.Equal(from, []string{"a", "a", "b"}) {
		t.Errorf("got %+v: want the lead's sentences first, and none twice", got)
	}
}

// TestPickSpeaksOneLanguage: who reads the lead can read what is quoted below it.
func TestPickSpeaksOneLanguage(t *testing.T) {
	lead := digest.Article{ID: "a", Source: "One", Title: "A magnet plant for Narvik", Lang: "en", Text: plant}
	foreign := digest.Article{
		ID: "b", Source: "二号", Title: "纳尔维克将建磁体工厂", Text: "菲奥德磁体公司将在纳尔维克投资3亿克朗建设磁体工厂。该厂计划从2029年起年产磁体800吨，雇用140人。",
		Highlights: []string{"纳尔维克将建年产800吨的磁体工厂"},
	}
	for _, h := range New(Defaults()).Pick([]digest.Article{lead, foreign}, digest.Thread{}) {
		if h.ArticleID != "a" {
			t.Errorf("%q is quoted below an English headline", h.Text)
		}
	}
	bare := lead
	bare.Text = ""
	if got := New(Defaults()).Pick([]digest.Article{bare, foreign}, digest.Thread{}); len(got) == 0 {
		t.Error("nothing is quoted, although one report has a text")
	}
}

func TestPickIsSilentWithoutTexts(t *testing.T) {
	for name, articles := range map[string][]digest.Article{
		"nothing":      nil,
		"titles only":  {{Title: "Lynas to expand in Malaysia"}},
		"the title":    {{Title: "Fjord Magnets builds a plant in Narvik", Summary: "Fjord Magnets builds a plant in Narvik."}},
		"a teaser":     {{Title: "News of magnets", Summary: "Fjord Magnets will build a plant in Narvik and the…"}},
		"a caption":    {{Title: "News of magnets", Summary: "The site of the new plant of Fjord Magnets in Narvik"}},
		"furniture":    {{Title: "News of magnets", Summary: "Click here to read the full story. Sign up for our daily newsletter today. Photo: Kari Lund / Example Wire."}},
		"only a title": {{Title: "", Summary: "Magnets."}},
	} {
		if got := New(Defaults()).Pick(articles, digest.Thread{}); got != nil {
			t.Errorf("%s: got %q, want nothing", name, texts(got))
		}
	}
	if got := New(Settings{Max: 0}).Pick([]digest.Article{{Text: plant}}, digest.Thread{}); got != nil {
		t.Errorf("at most 0: got %q", texts(got))
	}
}

func TestPickIsTheSameEachTime(t *testing.T) {
	a := []digest.Article{{ID: "a", Title: "A magnet plant", Text: strings.Repeat(plant+" ", 3), Lang: "en"}}
	first := texts(New(Defaults()).Pick(a, digest.Thread{}))
	for range 50 {
		if again := texts(New(Defaults()).Pick(a, digest.Thread{})); !slices.Equal(first, again) {
			t.Fatalf("got %q, then %q", first, again)
		}
	}
}

func TestLeadsAreCut(t *testing.T) {
	const news = "The mine will open in three years."
	for _, lead := range []string{
		"(CNN) -- ", "(CNN)", "LONDON, England (CNN) -- ", "BEIJING, Feb 14 (Reuters) - ", "NEW YORK (AP) — ",
		"TORONTO, Feb. 14, 2026 (GLOBE NEWSWIRE) -- ", "VANCOUVER, British Columbia--(BUSINESS WIRE)--", "Baghdad (CNN) -- ",
		"SEOUL, Feb. 14 -- ", "PERTH, Western Australia – ", "UPDATE 2-", "JOHANNESBURG (miningweekly.com) – ", "CAPE TOWN, 14 February (mining-weekly.co.za) - ",
		"(example.com) — ", "新华社北京2月14日电（记者 王某）", "(서울=연합뉴스) 홍길동 기자 = ",
	} {
		if got := cutLead(lead + news); got != news {
			t.Errorf("%q: got %q", lead, got)
		}
	}
	for _, whole := range []string{
		"Lynas (ASX: LYC) said the mine will open.", "MP Materials - the owner of the mine - said it will open.", "It said (again) that the mine will open.",
		"Neodymium (Nd) is an element of the lanthanides.", "USA Rare Earth Inc. said the mine will open.",
		"Lynas (lynas.example.com) – the owner of the mine – said it will open.", "Editors say the report by Kari Lund holds.",
	} {
		if got := cutLead(whole); got != whole {
			t.Errorf("%q was cut to %q", whole, got)
		}
	}
}

func TestJunk(t *testing.T) {
	for _, s := range []string{
		"Read more: how magnets are made.", "Scroll down for video of the mine.", "Kari Lund contributed to this report.", "Reporting by Kari Lund in Oslo.",
		"(Reporting by Jane Doe; Editing by John Roe) Share this on Facebook.", "[Additional reporting by Jane Doe] The mine is near Oslo.",
		"The mine will open (Writing by Jane Doe; editing by John Roe).", "Share this article on LinkedIn.", "— Edited by Jane Doe in the Oslo newsroom.",
		"The filing (opens in a new tab) says so.", "This article was first published in May.", "Image: the mine at night, by Kari Lund.", "© 2026 Example Wire, Oslo.",
		"The post A magnet plant appeared first on Example Wire.", "来源：示例通讯社网站报道。", "무단 전재 및 재배포 금지합니다.", "Too short.",
		"A spokesman of the mine declined to comment.", "The ministry did not immediately respond to a request for comment.", "Lund couldn’t be reached outside office hours.",
	} {
		if !isJunk(s) {
			t.Errorf("%q is quoted", s)
		}
	}
	for _, s := range []string{
		"Read carefully, the filing says that the mine will open.", "The minister signed the order on Monday.", "Copyright law protects the design of the magnet.",
		"The two firms share this plant on the coast.", "The law was drafted in writing by the ministry.",
		"The ministry declined to extend the licence.", "The mine did not respond well to flooding.", "Reporting rules for mines changed in May.", "희토류 가격이 크게 올랐다.", "稀土价格上涨。",
	} {
		if isJunk(s) {
			t.Errorf("%q is not quoted", s)
		}
	}
}

func TestTheBarOfHighlights(t *testing.T) {
	var one, two, count float64
	for _, a := range readShared(t, "cnndm100.jsonl") {
		got := LabHighlights(New(Defaults()), a.LabArticle).Highlights
		if len(got) > 3 {
			t.Errorf("%s: %d highlights", a.ID, len(got))
		}
		for _, h := range got {
			if !strings.Contains(fold(a.Text), h) {
				t.Errorf("%s: not word for word: %q", a.ID, h)
			}
		}
		reference, quoted := strings.Join(a.Highlights, "\n"), strings.Join(got, "\n")
		one += rouge(reference, quoted, 1)
		two += rouge(reference, quoted, 2)
		count++
	}
	one, two = 100*one/count, 100*two/count
	t.Logf("ROUGE-1 %.2f, ROUGE-2 %.2f", one, two)
	if one < 37 || two < 16 {
		t.Errorf("ROUGE-1 %.2f, ROUGE-2 %.2f: the bar is 37 and 16", one, two)
	}
}

// rouge is ROUGE-n F, as the shared scorer counts it.
func rouge(reference, text string, n int) float64 {
	want, got := grams(reference, n), grams(text, n)
	both, all := 0, 0
	for g, k := range want {
		both += min(k, got[g])
		all += k
	}
	for _, k := range got {
		all += k
	}
	return 2 * float64(both) / float64(max(1, all))
}

var rougeWord = regexp.MustCompile(`[a-z0-9]+`)

func grams(s string, n int) map[string]int {
	words := rougeWord.FindAllString(strings.ToLower(s), -1)
	out := map[string]int{}
	for i := range len(words) - n + 1 {
		out[strings.Join(words[i:i+n], " ")]++
	}
	return out
}
