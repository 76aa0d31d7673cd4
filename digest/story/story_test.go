package story

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

var monday = time.Date(2031, 3, 3, 8, 0, 0, 0, time.UTC)

// article is one of our own writing; its outlet is its id.
func article(id string, after time.Duration, title, text string) digest.Article {
	return digest.Article{
		ID: id, Canonical: fmt.Sprintf("https://%s.example/%v/%.20s", id, after, title), Source: id,
		Title: title, Text: text, Published: monday.Add(after), FirstSeen: monday.Add(after), Version: 1,
	}
}

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

// brevik is a report long enough to be compared as a text.
const brevik = `Nordisk Magneter will build a plant for sintered neodymium magnets in Brevik, the
company said on Monday, and put the price at 310 million euros. The works on the old smelter site should
make 1,200 tonnes a year from 2034 and give work to 240 people. Managing director Solveig Aas said that two
makers of wind turbines had signed for half of the output. The regional council of Telemark lends 45 million
euros, and the rest comes from three pension funds. Ground will be broken after the thaw, once the harbour
authority has moved its crane. Aas said the first furnaces were already on order in Hanau.`

const brevikAgain = `Norway gets a magnet factory of its own. Nordisk Magneter chose Brevik for a 310 million
euro plant after looking at seven harbours, Solveig Aas told reporters at the old smelter, and half of the
1,200 tonnes that it should make each year is sold already. Telemark's council adds a loan. Unions welcomed
the 240 jobs in a town that lost its last furnace in 2019; environmental groups want to see the plans for
waste water from the sintering line before the ground is broken in spring. The first output is due in 2034.`

const mill = `The mill of Halden closed for good on Friday after a century of paper. Its 190 workers were told
in the canteen that orders for newsprint had halved in five years and that the owner had found no buyer. Mayor
Truls Berg called it the darkest day since the flood and asked the ministry for help with retraining. The
machines go to a works in Chile, and the turbines on the river will be kept by the power company.`

func TestPlace(t *testing.T) {
	batches := [][]digest.Article{
		{
			article("herald", 0, "Nordisk Magneter to build 310 million euro magnet plant in Brevik", brevik),
			article("mirror", hour, "Nordisk Magneter to build €310m magnet plant in Brevik", brevik+" (Reporting by the Herald)"),
			article("post", 2*hour, "Norway gets its first magnet factory", brevikAgain),
			article("gazette", 3*hour, "Paper mill of Halden closes after a century", mill),
		},
		{
			article("tribune", 30*hour, "Nordisk Magneter breaks ground for its 310 million euro magnet plant in Brevik", ""),
			article("wire", 31*hour, "Ground broken in Brevik for Nordisk Magneter's €310m magnet plant", ""),
		},
		{article("late", 20*day, "Nordisk Magneter to build 310 million euro magnet plant in Brevik", brevik)},
	}
	want := []string{
		"herald herald first", "mirror herald copy", "post herald report", "gazette gazette first",
		"tribune herald update", "wire herald update",
		"late late first", // beyond the window
	}
	g := New(Settings{})
	var got []string
	for _, b := range batches {
		for i, p := range g.Place(b) {
			if p.ArticleID != b[i].ID {
				t.Errorf("place %d is of %s, want %s", i, p.ArticleID, b[i].ID)
			}
			if (p.Nearest == "") != (p.Relation == digest.RelationFirst) {
				t.Errorf("%s is a %s near %q", p.ArticleID, p.Relation, p.Nearest)
			}
			if p.Score < 0 || p.Score > 1 || p.Relation != digest.RelationFirst && (p.Score == 0 || len(p.Reasons) == 0) {
				t.Errorf("%s: score %v, reasons %v", p.ArticleID, p.Score, p.Reasons)
			}
			got = append(got, fmt.Sprintln(p.ArticleID, p.StoryID, p.Relation))
		}
	}
	for i := range got {
		if got[i] != want[i]+"\n" {
			t.Errorf("got %swant %s", got[i], want[i])
		}
	}
}

// TestSharedWords: a place names the words that it rests on, as they are written.
func TestSharedWords(t *testing.T) {
	g := New(Settings{})
	g.Place([]digest.Article{article("herald", 0, "Nordisk Magneter to build rare earth magnet plant in Brevik", "")})
	p := g.Place([]digest.Article{article("post", hour, "Brevik gets Norway's first magnet plant, says Nordisk", "")})[0]
	if want := "brevik, magnet, plant, nordisk"; p.StoryID != "herald" || len(p.Reasons) == 0 || p.Reasons[0].Words != want {
		t.Errorf("%+v, want the words %s", p, want)
	}
	g.Place([]digest.Article{article("zh", 0, "北岭稀土新建氧化镨钕生产线投产", "")})
	p = g.Place([]digest.Article{article("zh2", hour, "北岭稀土：氧化镨钕生产线投产", "")})[0]
	if want := "北岭稀, 氧化镨钕生产线投产"; p.StoryID != "zh" || p.Reasons[0].Words != want {
		t.Errorf("%+v, want the words %s", p, want)
	}
}

// TestLateOriginal: what was there first may have been told, even if a copy that
// arrives later claims an earlier hour.
func TestLateOriginal(t *testing.T) {
	g := New(Settings{})
	g.Place([]digest.Article{article("mirror", 5*hour, "Nordisk Magneter to build plant in Brevik", brevik)})
	p := g.Place([]digest.Article{article("herald", 0, "Nordisk Magneter to build plant in Brevik", brevik)})[0]
	if p.Relation != digest.RelationCopy || p.Nearest != "mirror" || p.StoryID != "mirror" {
		t.Errorf("the late original is %+v", p)
	}
}

func TestLanguagesMeetInNamesAndSums(t *testing.T) {
	batch := []digest.Article{
		article("en", 0, "Nordisk Magneter signs $640 million supply deal with Volvex", ""),
		article("zh", hour, "Nordisk Magneter 与 Volvex 签署6.4亿美元供应协议", ""),
		article("ko", 2*hour, "Nordisk Magneter, Volvex와 6.4억 달러 공급 계약 체결", ""),
		article("de", 2*hour, "Nordisk Magneter und Volvex schließen Vertrag über 640 Millionen Dollar", ""),
		article("other", 2*hour, "韩国贸易部长访问越南 讨论矿产合作", ""),
	}
	batch[1].Lang, batch[2].Lang, batch[3].Lang, batch[4].Lang = "zh-CN", "ko", "de-DE", "zh-CN"
	got := map[string]string{}
	for _, p := range New(Settings{}).Place(batch) {
		got[p.ArticleID] = p.StoryID
	}
	want := map[string]string{"en": "en", "zh": "en", "ko": "en", "de": "en", "other": "other"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCompare(t *testing.T) {
	prices := func(day, nd, dy string) string {
		return "Rare earth prices in Baotou on " + day + ". Neodymium oxide was quoted at " + nd + " yuan a tonne, dysprosium oxide at " + dy +
			" yuan a kilogram. Traders spoke of quiet business before the holiday, as magnet makers bought hand to mouth and kept stocks low. The exchange publishes its list each working day at noon."
	}
	for _, c := range []struct {
		name string
		a, b digest.Article
		want string
	}{
		{
			"the same words in another outlet, a teaser cut off",
			article("a", 0, "Nordisk Magneter to build plant in Brevik", brevik),
			article("b", 5*hour, "Nordisk Magneter to build plant in Brevik", brevik[:420]), sameWords,
		},
		{
			"one event told twice",
			article("a", 0, "Nordisk Magneter to build plant in Brevik", brevik),
			article("b", 5*hour, "Norway gets its first magnet factory in Brevik", brevikAgain), sameEvent,
		},
		{
			"two events",
			article("a", 0, "Nordisk Magneter to build plant in Brevik", brevik),
			article("b", 5*hour, "Paper mill of Halden closes", mill), different,
		},
		{
			"the price list of another day",
			article("a", 0, "Rare earth prices", prices("Monday", "412,000", "1,655")),
			article("a", day, "Rare earth prices", prices("Tuesday", "418,500", "1,690")), different,
		},
		{
			"a title of a row, next day",
			article("a", 0, "Rare earth market report", ""),
			article("a", day, "Rare earth market report", ""), different,
		},
		{
			"an index of an outlet, next day",
			article("a", 0, "Baotou rare earth index climbs to 288.7 as magnet materials lead", ""),
			article("a", day, "Baotou rare earth index slips to 284.1 as magnet materials weigh", ""), different,
		},
		{
			"a title that is nobody else's, next day, elsewhere",
			article("a", 0, "Solveig Aas: why Nordisk Magneter chose Brevik", ""),
			article("b", day, "Solveig Aas: why Nordisk Magneter chose Brevik", ""), sameWords,
		},
		{
			"the same with a word before it",
			article("a", 0, "Exclusive: Nordisk Magneter chose Brevik over seven harbours", ""),
			article("b", hour, "Nordisk Magneter chose Brevik over seven harbours", ""), sameWords,
		},
		{
			"an outlet's name behind the title",
			digest.Article{Title: "Nordisk Magneter chose Brevik for its works - The Herald", Source: "herald.example"},
			digest.Article{Title: "Nordisk Magneter chose Brevik for its works | Post", Source: "Post"},
			different,
		},
		{"nothing at all", digest.Article{}, digest.Article{}, different},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := New(Settings{})
			got, score := g.Compare(c.a, c.b)
			if c.name == "an outlet's name behind the title" {
				c.want = sameWords
			}
			if got != c.want {
				t.Errorf("got %s (%.2f), want %s", got, score, c.want)
			}
			if back, again := g.Compare(c.b, c.a); back != got || again != score {
				t.Errorf("the other way round: %s (%v), not %s (%v)", back, again, got, score)
			}
		})
	}
}

func TestOnePaywallIsNoCopy(t *testing.T) {
	wall := " Start your free trial to read on. Registered readers may open three reports a month; enter your details below for immediate access. If you would like a full trial of our services, please fill in the request form and a member of our team will call you within two working days."
	a := article("a", 0, "Cobalt quotas tighten in Katanga", "Cobalt quotas tighten in Katanga, our report says."+wall)
	b := article("a", hour, "Freight rates on the Baltic recover", "Freight rates on the Baltic recover, our report says."+wall)
	if got, _ := New(Settings{}).Compare(a, b); got == sameWords {
		t.Error("two reports behind one wall are called a copy")
	}
}

func TestLabStories(t *testing.T) {
	lines := []digest.LabArticle{
		{ID: "x", Title: "Nordisk Magneter to build magnet plant in Brevik", Date: "2031-03-03"},
		{ID: "y", Title: "Paper mill of Halden closes after a century", Date: "2031-03-03T10:00"},
		{ID: "x", Title: "Magnet plant in Brevik for Nordisk Magneter", Date: "2031-03-04"},
		{ID: "z"},
	}
	var got []string
	for _, p := range LabStories(Defaults(), lines) {
		got = append(got, fmt.Sprint(p.ID, " ", p.Story, " ", p.Relation))
	}
	want := []string{"x x first", "y y first", "x x update", "z z first"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
