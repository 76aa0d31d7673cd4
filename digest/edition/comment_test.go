package edition

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

// isComment says whether an article weighs news instead of telling some.
func isComment(a digest.Article) bool {
	signal := slightOf(a).signal
	return signal == "comment" || signal == "no event"
}

// labelled are the shared articles by id, as feeds give them: without a
// language and with the outlet behind the headline taken off.
func labelled(t *testing.T) map[string]digest.Article {
	t.Helper()
	found := map[string]digest.Article{}
	for _, name := range []string{"relevance.jsonl", "stories-rareearth.jsonl"} {
		f, err := os.Open(filepath.Join(digesttest.Shared(t, "data/articles"), name))
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var line digest.LabArticle
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			a := line.Article()
			a.Title = strings.TrimSuffix(a.Title, " - "+a.Source)
			if a.Lang == "en" {
				a.Lang = ""
			}
			found[a.ID] = a
		}
		_ = f.Close()
	}
	return found
}

// TestCommentOfSharedArticles: what is called comment is. Of the kept half
// nothing was looked at when the words were chosen.
func TestCommentOfSharedArticles(t *testing.T) {
	all := labelled(t)
	labels, err := os.ReadFile("testdata/comment.tsv")
	if err != nil {
		t.Fatal(err)
	}
	type count struct{ right, wrong, missed float64 }
	halves := map[string]*count{"seen": {}, "kept": {}}
	for line := range strings.Lines(string(labels)) {
		f := strings.Fields(line)
		if len(f) != 3 || f[0] == "#" {
			continue
		}
		a, ok := all[f[0]]
		if !ok {
			t.Fatalf("no article %s", f[0])
		}
		n := halves[f[2]]
		switch got, want := isComment(a), f[1] == "comment"; {
		case got && want:
			n.right++
		case got:
			n.wrong++
			t.Logf("%s: news called comment: %s", f[2], a.Title)
		case want:
			n.missed++
		}
	}
	for name, n := range halves {
		precision, recall := n.right/(n.right+n.wrong), n.right/(n.right+n.missed)
		t.Logf("%s: precision %.3f, recall %.3f", name, precision, recall)
		if precision < 0.9 || recall < 0.75 {
			t.Errorf("%s: precision %.3f, recall %.3f", name, precision, recall)
		}
	}
}

// TestSlight: what weighs less than news, by headline, outlet, address and text.
func TestSlight(t *testing.T) {
	for _, c := range []struct {
		headline, url, source, text, want string
	}{
		{"The scandium squeeze: how to read it", "", "", "", "comment"},
		{"Yttrium and the new world order", "", "", "", "no event"},
		{"Holmium: the metal behind every quiet fan", "", "", "", "no event"},
		{"Yttrium and the new world order", "", "", "Beijing announced on Monday that yttrium exports need a permit.", ""},
		{"Five magnet stocks that may double", "", "", "", "comment"},
		{"7 Uses of Terbium in Your Home", "", "", "", "comment"},
		{"Terbium Market Size, Share and Growth to 2034", "", "", "", "comment"},
		{"Ministry bans terbium exports", "https://news.example/opinion/2026/terbium", "", "", "comment"},
		{"Terbium and the rest of us", "https://news.example/blog/terbium", "", "", "comment"},
		{"Miner opens terbium plant", "https://miner.example/blog/plant", "", "", ""},
		{"Ministry bans terbium exports", "", "The Motley Fool", "", "comment"},
		{"네오디뮴 관련주 강세", "", "", "", "comment"},
		{"稀土概念股走强", "", "", "", "comment"},
		{"Miner appoints former admiral as chairman", "", "", "", "note"},
		{"Miner to present at the spring investor conference", "", "", "", "note"},
		{"Ministers agree $2 billion fund at minerals conference", "", "", "", ""},
		{"신임 대표이사 선임", "", "", "", "note"},
		{"Dysprosium oxide price index, week 7", "", "", "", "price list"},
		{"NdPr prices fell slightly", "", "", "", "price list"},
		{"今日稀土行情", "", "", "", "price list"},
		{"Terbium price index at a record after export ban", "", "", "", ""},
		{"Miner to build separation plant in Ohio", "", "", "", ""},
		{"Minister courts Malaysian refiner", "", "", "", ""},
		{"Terbium", "", "", "", ""},
		{"Top court rules on terbium permits", "", "", "", ""},
		{"Best Terbium Stocks for 2027", "", "", "", "comment"},
		{"Terbium stocks jump as Beijing curbs exports", "", "", "", ""},
		{"Comment period on terbium rule extended", "", "", "", ""},
		{"Ministers back export curbs at terbium conference", "", "", "", ""},
		{"Miner explains itself at terbium conference", "", "", "", "note"},
		{"Terbium smuggling continues to rise", "", "", "", ""},
		{"Terbium prices continue to rise", "", "", "", "price list"},
		{"Terbium imports on the rise after ban", "", "", "", ""},
		{"深度求索公司签署稀土协议", "", "", "", ""},
		{"Miner shares plunge on pullback in terbium prices after Beijing lifts ban", "", "", "", ""},
		{"Refiner gains market share as terbium exports fall", "", "", "", ""},
		{"Export controls on your magnets: Beijing widens licence list", "", "", "", ""},
		{"Will the terbium miner be sold? Refiner bids A$5bn", "", "", "", ""},
		{"Will the terbium miner be sold?", "", "", "", "comment"},
		{"Your terbium, your future", "", "", "", "comment"},
		{"Malaysia, US in terbium pact", "", "", "", ""},
	} {
		a := digest.Article{Title: c.headline, URL: c.url, Source: c.source, Text: c.text}
		if got := slightOf(a); got.signal != c.want {
			t.Errorf("%q of %q at %q: %+v, want %q", c.headline, c.source, c.url, got, c.want)
		}
	}
}

// TestWhatLeads: comment, notes and price lists stand below news, and lead only
// where nothing else is news that readers can read.
func TestWhatLeads(t *testing.T) {
	old := at(now.Add(-40 * time.Hour))
	report := digest.RelationReport
	news := title("Miner opens terbium plant")
	prices := title("Terbium price index rises")
	for name, c := range map[string]struct {
		cs   []digest.Candidate
		want string
	}{
		"older news before today's prices": {[]digest.Candidate{plain("p", prices, scored(1)), plain("n", news, at(now.Add(-20*time.Hour)))}, "n p"},
		"prices alone":                     {[]digest.Candidate{plain("p", prices), plain("c", title("Why prices rise"))}, "p c"},
		"prices that three report":         {[]digest.Candidate{plain("p", prices), plain("p2", prices, inStory("p", report, "p")), plain("p3", prices, inStory("p", report, "p")), plain("n", news)}, "p n"},
		"news before an appointment":       {[]digest.Candidate{plain("a", title("Miner appoints admiral"), weight(3)), plain("n", news)}, "n a"},
		"old foreign news before comment":  {[]digest.Candidate{plain("c", title("The terbium trap and how to leave it")), plain("n", title("中国批准出口"), lang("zh"), old)}, "n c"},
		"what readers can read":            {[]digest.Candidate{plain("k", lang("ko"), weight(9)), plain("k2", lang("ko"), inStory("k", report, "k")), plain("k3", lang("ko"), inStory("k", report, "k")), plain("n", news)}, "n k"},
		"one report of news is enough":     {[]digest.Candidate{plain("a", title("Why terbium")), plain("a2", news, inStory("a", report, "a")), plain("b", news)}, "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			ed := compose(t, Defaults(), c.cs...)
			if got := order(ed); got != c.want {
				t.Errorf("order %s, want %s: %+v", got, c.want, ed.Stories)
			}
		})
	}
}

// TestMatter: what readers act on, in the languages of the topic.
func TestMatter(t *testing.T) {
	for headline, want := range map[string]string{
		"Ministry bans terbium exports":               "policy: bans",
		"Miner opens terbium plant":                   "supply: plant",
		"Carmaker signs terbium offtake":              "deal: offtake",
		"Terbium prices double":                       "prices: prices",
		"Miner earns $12 million":                     "amount: $12 million",
		"Magnets made of scrap are 80 % cheaper":      "amount: 80 %",
		"中国暂停稀土出口管制":                                  "policy: 管制",
		"희토류 공장 착공":                                   "supply: 공장",
		"Производство тербия растёт":                  "supply: производство",
		"Doctoral student makes a magnet from manure": "",
		"Miner appoints admiral":                      "",
		"Planting season begins":                      "", // "plant" is no part of a word
	} {
		if got, _ := matter(headline); got != want {
			t.Errorf("%q: %q, want %q", headline, got, want)
		}
	}
	ed := compose(
		t, Defaults(),
		plain("a", title("Doctoral student makes a magnet from manure"), scored(0.9)), plain("b", title("Ministry bans terbium exports")),
		plain("c", title("Why the ministry bans terbium exports")),
	)
	if got := order(ed); got != "b a c" {
		t.Errorf("order %s", got)
	}
}
