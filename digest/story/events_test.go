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
	places := story.New(story.Defaults()).Place(articles(reports))
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

// groups is for each article who stands with it, by id.
func groups(batch []digest.Article, places []digest.Place) map[string][]string {
	by := map[string][]string{}
	for i, p := range places {
		by[p.StoryID] = append(by[p.StoryID], batch[i].ID)
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
