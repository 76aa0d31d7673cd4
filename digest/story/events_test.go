package story_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/story"
)

var morning = time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC)

// report is one article of a table: a word for its event, its title and its text.
type report struct{ event, title, text string }

func articles(reports []report) []digest.Article {
	all := make([]digest.Article, len(reports))
	for i, r := range reports {
		url := fmt.Sprintf("https://outlet%d.example/%x", i, sha256.Sum256([]byte(r.title+r.text)))
		all[i] = digest.Article{
			ID: digest.ArticleID(url), URL: url, Canonical: url, Source: fmt.Sprintf("Outlet %d", i),
			Title: r.title, Text: r.text, Published: morning.Add(-time.Duration(i) * time.Minute), FirstSeen: morning,
		}
	}
	return all
}

// events groups reports and says which of them stand together, by their events.
func check(t *testing.T, reports []report) {
	t.Helper()
	checkArticles(t, reports, articles(reports))
}

func checkArticles(t *testing.T, reports []report, all []digest.Article) {
	t.Helper()
	places := story.New(story.Defaults()).Place(all)
	for i, a := range reports {
		for j, b := range reports[:i] {
			together := places[i].StoryID == places[j].StoryID
			if want := a.event == b.event; together != want {
				t.Errorf("together: %v, want %v\n  %s\n  %s", together, want, a.title, b.title)
			}
		}
	}
}

// TestOneTopicManyEvents: reports of one morning share the topic's words,
// places and measures, and are different news all the same.
func TestOneTopicManyEvents(t *testing.T) {
	check(t, []report{
		{"plant", "Corvane starts rare earth separation at its Leith plant two months early", "Corvane Metals started separating rare earths at its plant in Leith on Friday, two months ahead of plan. The plant makes 1,800 tonnes of neodymium-praseodymium oxide a year from concentrate of the Haddon mine. Contracts with a floor price of $95 a kilogram cover 70% of the output."},
		{"plant", "Leith: NdPr oxide flows as Corvane opens its separation hall", "NdPr oxide is flowing in Leith, where Corvane opened its separation hall on Friday evening. The 96 mixer-settlers run on feed from Haddon. Buyers have signed for 70% of the first year at no less than $95 a kilogram."},
		{"road", "Council clears haul road for the Haddon rare earth mine", "The county council has voted 7 to 2 for a haul road of 23 km to the Haddon rare earth mine. It lets the mine raise its shipments from 450,000 to 800,000 tonnes of ore a year. The mine feeds the separation plant in Leith."},
		{"loan", "State bank lends Bellmoor $210 million for heavy rare earth refinery", "The development bank has approved a loan of $210 million to Bellmoor Oxides for a refinery of heavy rare earths. It is to produce 220 tonnes of dysprosium oxide and 65 tonnes of terbium oxide a year from 2029. Contracts for half of the output must be signed first."},
		{"loan", "Bellmoor shares jump 11% on state bank's $210 million refinery loan", "Shares of Bellmoor Oxides rose by 11% after the development bank promised it $210 million. The money pays for a refinery that is to deliver dysprosium and terbium oxide from 2029."},
		{"price", "NdPr oxide gains 1.4% in the first week after the holiday", "Praseodymium-neodymium oxide rose by 8,000 yuan to 568,000 yuan a tonne in the first week after the holiday. Magnet makers report full order books for March. Stocks at separation plants cover 12 days."},
		{"yttrium", "Turbine makers ration yttrium as coating powder runs short", "Makers of gas turbines ration yttrium, since coating powder has become scarce. Traders ask $126 a kilogram of oxide, three times as much as a year ago. Export licences take ten weeks."},
	})
}

// TestOneCompanyManyEvents: what a company is called and what every report says
// of it do not make one event of its news.
func TestOneCompanyManyEvents(t *testing.T) {
	check(t, []report{
		{"outage", "Corvane reports power outage at its Haddon plant", "Corvane Metals said that power for its plant in Haddon was cut three times in the past month, which will cost it a month of carbonate. The company, the largest maker of rare earths in the south, talks to the grid operator about a second line."},
		{"outage", "Power cuts cost Corvane a month of output", "Repeated power failures at Corvane Metals' Haddon plant will cost the miner about a month of mixed carbonate, it told the exchange on Thursday. It negotiates a second line with the grid operator."},
		{"quarter", "Corvane posts record quarter on higher NdPr prices", "Corvane Metals posted record quarterly revenue of A$255 million as prices of neodymium and praseodymium rose. The company, the largest maker of rare earths in the south, made 2,500 tonnes of NdPr at its plants in Haddon and Leith."},
		{"finance", "Corvane names new finance chief", "Corvane Metals has named Ilse Marran as chief financial officer from 1 May. She comes from a gold miner, where she spent nine years. The company, the largest maker of rare earths in the south, said that Odo Brack stays until the end of June."},
		{"finance", "Corvane hires gold miner's Marran as CFO", "Corvane Metals hired Ilse Marran as its chief financial officer on Thursday; she replaces Odo Brack in May. Marran spent nine years at a gold miner."},
		{"profit", "Corvane half-year profit doubles", "Half-year net profit of Corvane Metals doubled to A$80.2 million. No interim dividend will be paid. The company, the largest maker of rare earths in the south, spends on its plants in Haddon and Leith."},
		{"retire", "Corvane chief executive Agna Torrel to retire", "Agna Torrel will retire as chief executive of Corvane Metals after twelve years, the company said. The board has begun a search for her successor. Under her the company became the largest maker of rare earths in the south."},
		{"retire", "Torrel to step down as Corvane boss", "Corvane boss Agna Torrel, who led the maker of rare earths for twelve years, is stepping down. A search for a successor has begun, the board said."},
		{"circuit", "Corvane starts heavy rare earth circuit in Leith", "Corvane Metals has begun to separate samarium in a new circuit at its plant in Leith, ahead of schedule. The company, the largest maker of rare earths in the south, makes dysprosium and terbium oxide there already."},
		{"dividend", "Bellmoor halves dividend as zircon prices slump", "Bellmoor Resources halved its dividend to 2 cents on Wednesday after zircon prices slumped. The Perl company builds a rare earth refinery at Ennaby in West Morland with a government loan."},
		{"offtake", "Bellmoor signs offtake with Japanese carmaker", "Bellmoor Resources will sell dysprosium and terbium to a Japanese carmaker for five years, the Perl company said on Wednesday. The oxides are to come from its rare earth refinery at Ennaby in West Morland."},
		{"offtake", "Japanese carmaker books Bellmoor's heavy rare earths", "A Japanese carmaker has signed for dysprosium and terbium from Bellmoor's Ennaby refinery for five years, the miner said on Wednesday. The refinery starts in 2027."},
	})
}

// TestOneCompanyBareTitles is the same with nothing but headlines.
func TestOneCompanyBareTitles(t *testing.T) {
	var reports []report
	for _, title := range []string{
		"Corvane reports power outage at its Haddon plant", "Corvane posts record quarter on higher NdPr prices",
		"Corvane names new finance chief", "Corvane half-year profit doubles", "Corvane sued over tailings at Leith",
		"Bellmoor halves dividend as zircon slumps", "Bellmoor's Ennaby refinery on track for 2027",
		"Bellmoor wins government loan", "北岭稀土上调稀土精矿价格", "北岭稀土董事长辞职", "北岭稀土新建氧化物生产线投产",
	} {
		reports = append(reports, report{title, title, ""})
	}
	reports = append(
		reports,
		report{reports[0].title, "Power outage hits Corvane's Haddon plant", ""},
		report{reports[7].title, "Bellmoor gets $210 million government loan", ""},
	)
	check(t, reports)
}

// TestKoreanHeadlines: the parts of one word are one ground, its neighbours others.
func TestKoreanHeadlines(t *testing.T) {
	check(t, []report{
		{"push", "'희토류' 中 의존도 낮춰라…북방 '재활용 활성화' 지원", ""},
		{"push", "북방, 희토류 재활용 본격화…중국 의존 줄인다", ""},
		{"push", "북방 정부, 희토류 재활용 지원사업 착수…中 의존 상황 완화 포석", ""},
		{"mine", "북방 광산, 홍수로 가동 중단", ""},
	})
}

// TestTwoScripts: reports in two scripts meet in figures and names.
func TestTwoScripts(t *testing.T) {
	check(t, []report{
		{"buy", "Norling completes takeover of Tessaly Rare Earths", "Norling Resources completed the A$158 million purchase of Tessaly Rare Earths after the government approved it. The company gets 84% of the Grell project."},
		{"buy", "诺岭资源收购Tessaly Rare Earths", "诺岭资源公告，公司以1.58亿澳元收购Tessaly Rare Earths获得政府批准，取得格雷尔项目84%股权。"},
		{"plant", "LH Cable to build magnet plant in Port Merrow", "LH Cable will build a magnet plant in Port Merrow for 500 billion won, the company said. It plans to make 3,000 tonnes of magnets a year from 2028."},
		{"plant", "LH전선, 포트메로에 희토류 영구자석 공장 짓는다", "LH전선이 포트메로에 희토류 영구자석 공장을 짓는다고 밝혔다. 투자액은 5000억원이며 2028년부터 연 3000톤을 생산한다."},
		{"stock", "희토류 비축 180일로 확대", "정부가 디스프로슘과 테르븀 비축을 180일분으로 늘린다고 밝혔다. 현재 비축량은 60일분이다."},
		{"result", "诺岭资源一季度净利润增长", "诺岭资源公告，一季度净利润1.68亿元，同比增长178%。公司称稀土价格上涨。"},
	})
}

// TestManyLanguages: reports of one event in other languages meet in its figures
// and names, however a language writes them, and its other news stays apart.
func TestManyLanguages(t *testing.T) {
	reports := []report{
		{"plant", "Corvane to invest 100 million euros in Leith rare earth plant", "Corvane will invest 100 million euros in its plant in Leith and make 4,000 tonnes of rare earth oxides a year from 2028, the group said."},
		{"plant", "Corvane investit 100 millions d'euros à Leith", "Le groupe Corvane va investir 100 millions d'euros dans son usine de Leith pour produire 4 000 tonnes d'oxydes de terres rares par an dès 2028."},
		{"plant", "Corvane baut Werk in Leith für 100 Millionen Euro aus", "Der Konzern Corvane steckt 100 Millionen Euro in sein Werk in Leith. Ab 2028 sollen dort jährlich 4.000 Tonnen Seltenerdoxide entstehen."},
		{"plant", "Corvane invertirá 100 millones de euros en Leith", "Corvane invertirá 100 millones de euros en su planta de Leith, que producirá 4.000 toneladas de óxidos de tierras raras al año desde 2028."},
		{"plant", "Corvane вложит 100 млн евро в завод в Лите", "Группа Corvane вложит 100 млн евро в завод в Лите, который с 2028 года будет выпускать 4000 тонн оксидов редкоземельных металлов в год."},
		{"loan", "Bellmoor recebe empréstimo de US$ 565 milhões", "A mineradora Bellmoor obteve um empréstimo de US$ 565 milhões para sua mina de terras raras em Grell, 1,5% ao ano."},
		{"loan", "Bellmoor gets $565 million loan", "Bellmoor has secured a loan of $565 million at 1.5% for its rare earth mine in Grell."},
		{"profit", "Corvane meldet Gewinn", "Corvane hat im Quartal 12 Millionen Euro verdient, teilte das Unternehmen mit."},
	}
	all := articles(reports)
	for i, lang := range []string{"en", "fr", "de", "es", "ru", "pt", "en", "de"} {
		all[i].Lang = lang
	}
	checkArticles(t, reports, all)
}

// TestBoilerplateIsNoCopy: one outlet's articles with the same words under
// different headlines are different news; a copy that nobody tells is lost.
func TestBoilerplateIsNoCopy(t *testing.T) {
	titles := []string{
		"MP Materials picks Texas for its next magnet plant", "Lynas reports power outage at its Kalgoorlie plant",
		"China grants first dysprosium export licences to carmakers", "Vietnam puts the Dong Pao rare earth mine up for auction",
		"Greenland court hears the Kvanefjeld mining case",
	}
	for _, text := range []string{
		"", "Read more", "Sign in to read this article. Already a subscriber? Log in.",
		"Subscribe to our free daily newsletter and get the most important news of the industry every morning to your inbox.",
		"We value your privacy. We and our partners store and access information on your device, such as cookies, and process personal data for the purposes below. You may click to consent to our and our partners' processing, or click to refuse.",
	} {
		reports := make([]report, len(titles))
		for i, title := range titles {
			reports[i] = report{title, title, text}
		}
		check(t, reports)
	}
}

func TestRelations(t *testing.T) {
	long := "Corvane Metals started separating rare earths at its plant in Leith on Friday, two months ahead of plan, the company said. " +
		"The plant is to make 1,800 tonnes of neodymium-praseodymium oxide a year. Buyers have signed for 70% of the first year's output."
	g := story.New(story.Defaults())
	first := articles([]report{{"", "Corvane starts separating rare earths in Leith", long}, {"", "Corvane starts separating rare earths in Leith", long}})
	places := g.Place(first)
	if places[1].Relation != digest.RelationFirst && places[0].Relation != digest.RelationFirst {
		t.Fatalf("nobody is first: %+v", places)
	}
	if c := slices.IndexFunc(places, func(p digest.Place) bool { return p.Relation == digest.RelationCopy }); c < 0 || places[c].Nearest == "" {
		t.Errorf("the same words are no copy: %+v", places)
	}
	later := articles([]report{{"", "Corvane's Leith plant ships its first rare earth oxide", "Corvane Metals has shipped the first neodymium-praseodymium oxide from its separation plant in Leith, which started two weeks ago ahead of plan."}})
	later[0].ID, later[0].Published, later[0].FirstSeen = "later", morning.Add(48*time.Hour), morning.Add(48*time.Hour)
	if p := g.Place(later)[0]; p.Relation != digest.RelationUpdate || p.StoryID != places[0].StoryID {
		t.Errorf("two days on: %+v, want an update of %s", p, places[0].StoryID)
	}
}

// TestPriceReports: the same sentence with other numbers on another day is news.
func TestPriceReports(t *testing.T) {
	g := story.New(story.Defaults())
	for day, prices := range [][2]string{{"568,000", "8,000"}, {"561,000", "7,000"}, {"575,000", "14,000"}} {
		a := articles([]report{{"", "Rare earth prices on the Shanghai market", "Praseodymium-neodymium oxide traded at " + prices[0] + " yuan a tonne today, a change of " + prices[1] + " yuan. Dysprosium oxide was steady."}})[0]
		a.ID, a.Published = fmt.Sprint(day), morning.Add(time.Duration(day)*24*time.Hour)
		if p := g.Place([]digest.Article{a})[0]; p.Relation == digest.RelationCopy {
			t.Errorf("day %d is taken for a copy: %+v", day, p)
		}
	}
}

// TestOrderAndRestart: neither the order of a batch nor a restart after it
// changes what stands together.
func TestOrderAndRestart(t *testing.T) {
	var reports []report
	for i := range 40 {
		reports = append(reports, report{"", fmt.Sprintf("Company %c%c opens rare earth plant number %d in Town %d", 'A'+i%7, 'K'+i%5, i%8, i%6), ""})
	}
	batch := articles(reports)
	want := groups(batch, story.New(story.Defaults()).Place(batch))
	for seed := range uint64(10) {
		shuffled := slices.Clone(batch)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got := groups(shuffled, story.New(story.Defaults()).Place(shuffled))
		for id, g := range want {
			if !slices.Equal(got[id], g) {
				t.Fatalf("seed %d: %s stands with %v, want %v", seed, id, got[id], g)
			}
		}
	}
	one := story.New(story.Defaults())
	before := one.Place(batch[:20])
	whole := one.Place(batch[20:])
	again := story.New(story.Defaults())
	var placed []digest.Placed
	for i, a := range batch[:20] {
		placed = append(placed, digest.Placed{Article: a, Place: before[i]})
	}
	again.Remember(placed)
	for i, p := range again.Place(batch[20:]) {
		if p.StoryID != whole[i].StoryID || p.Relation != whole[i].Relation {
			t.Errorf("after a restart %+v, without %+v", p, whole[i])
		}
	}
}

// groups is who stands with each article.
func groups(batch []digest.Article, places []digest.Place) map[string][]string {
	story := map[string]string{}
	for i, p := range places {
		story[batch[i].ID] = p.StoryID
	}
	return together(story)
}

// together is for each id those that have its story, in order.
func together(story map[string]string) map[string][]string {
	by := map[string][]string{}
	for id, s := range story {
		by[s] = append(by[s], id)
	}
	out := map[string][]string{}
	for _, ids := range by {
		slices.Sort(ids)
		for _, id := range ids {
			out[id] = ids
		}
	}
	return out
}
