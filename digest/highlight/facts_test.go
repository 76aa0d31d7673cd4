package highlight

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

func finder(t testing.TB) *Finder {
	t.Helper()
	f, err := NewFinder()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFactsOfSentences(t *testing.T) {
	f := finder(t)
	for _, c := range []struct {
		lang, text string
		want       []string // kind value unit
	}{
		{"en", "The plant makes 1,500 tonnes a year of NdPr oxide.", []string{"quantity 1500 t/y NdPr oxide", "element NdPr "}},
		{"en", "It holds 3.2 Mt at 2.5% TREO.", []string{"quantity 3200000 t", "percent 2.5 % TREO"}},
		{"en", "Output rose to 12 kt of rare earth oxides per year, or 40 kg a day.", []string{"quantity 12000 t/y REO", "quantity 40 kg/d"}},
		{"en", "They shipped 2,500 kg and 750 kilograms.", []string{"quantity 2.5 t", "quantity 750 kg"}},
		{"en", "Dysprosium oxide costs US$230 per kilogram, up 4 per cent.", []string{"element dysprosium ", "price 230 USD/kg", "percent 4 %"}},
		{"en", "Shares closed at $9.50 a share after a $1.25B deal and A$1.7-1.8 billion of cost.", []string{"price 9.5 USD/share", "money 1250000000 USD", "money 1700000000-1800000000 AUD"}},
		{"en", "The oxide was 553,000-557,000 yuan/mt.", []string{"price 553000-557000 CNY/t"}},
		{"en", "It costs 40 billion yen, €12m, or between $50 million and $60 million.", []string{"money 40000000000 JPY", "money 12000000 EUR", "money 50000000-60000000 USD"}},
		{"en", "The share fell 2.5 percentage points.", []string{"percent 2.5 pp"}},
		{"en", "China Northern Rare Earth and USA Rare Earth met in Canada.", []string{"company China Northern Rare Earth ", "company USA Rare Earth ", "place Canada "}},
		{"en", "They tell us about gold medals; the US listens.", []string{"place United States "}},
		{"en", "US MINER MP MATERIALS SIGNS WITH APPLE", []string{"place United States ", "company MP Materials ", "company Apple "}},
		{"en", "Blue Lagoon Ltd opened a plant in Springfield, OH.", []string{"company Blue Lagoon ", "stage opening ", "place Springfield ", "place Ohio "}},
		{"en", "The Grey Hill rare earths project reached a final investment decision.", []string{"project Grey Hill ", "stage final investment decision "}},
		{"en", "The ore holds Nd, Pr and Dy; Dr Ho said so.", []string{"element neodymium ", "element praseodymium ", "element dysprosium "}},
		{"en", "Beijing lifts export curbs under MOFCOM Announcement No. 61.", []string{"place Beijing ", "instrument export controls ", "instrument MOFCOM Notice 61 "}},
		{"zh", "氧化镝均价为每千克27.5美元，年产3.5万吨，同比增长12%。", []string{"element dysprosium ", "price 27.5 USD/kg", "quantity 35000 t/y", "percent 12 %"}},
		{"zh", "氧化镨钕报价58.9万元/吨，涨价4成，投资87亿日元。", []string{"element NdPr ", "price 589000 CNY/t", "percent 40 %", "money 8700000000 JPY"}},
		{"zh", "昨日中科三环表示，3-5万吨钕铁硼已出口美国。", []string{"company Zhong Ke San Huan ", "quantity 30000-50000 t", "place United States "}},
		{"ko", "고려아연이 美에서 연간 100톤을 생산한다. 투자액은 1조 2000억원이다.", []string{"company Korea Zinc ", "place United States ", "quantity 100 t/y", "money 1200000000000 KRW"}},
		{"ja", "日本はジスプロシウムを350トン輸入し、12億円を払った。", []string{"place Japan ", "element dysprosium ", "quantity 350 t", "money 1200000000 JPY"}},
		{"en", "The Australian Government lends $5 million.", []string{"place Australia ", "instrument loan ", "money 5000000 $"}},
		{"en", "It costs A$20 million ($13 million).", []string{"money 20000000 AUD", "money 13000000 USD"}},
		{"en", "Nothing is said here at all.", nil},
	} {
		var got []string
		for _, fact := range f.Facts(digest.Article{ID: "x", Text: c.text, Lang: c.lang}) {
			got = append(got, fact.Kind+" "+fact.Value+" "+fact.Unit)
			if !strings.Contains(fold(c.text), fact.Sentence) || fact.Sentence == "" || fact.ArticleID != "x" {
				t.Errorf("%q: %+v is not tied to its sentence", c.text, fact)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestFactsLeaveTheOutletOut(t *testing.T) {
	f := finder(t)
	for _, a := range []digest.Article{
		{Title: "A new plant is planned - Mexico Business News"},
		{Title: "A new plant is planned | China Outlook", Source: "china outlook"},
		{Title: "A new plant is planned - miningnews.example"},
	} {
		if got := f.Facts(a); len(got) > 0 {
			t.Errorf("%q: got %+v", a.Title, got)
		}
	}
	if got := f.Facts(digest.Article{Title: "Prices - up 40% in Japan"}); len(got) != 2 {
		t.Errorf("a dash within a headline: got %+v", got)
	}
}

func TestListsOfNamesAreStrict(t *testing.T) {
	empty := func() *gazetteer { return &gazetteer{names: map[string][]name{}, lengths: map[rune][]int{}} }
	for _, line := range []string{"no tab", "\talias", "value\t", "value\ta||b", "value\t/open", "value\t/(/"} {
		if err := empty().add("place", line); err == nil {
			t.Errorf("%q was taken", line)
		}
	}
	g := empty()
	if err := g.add("place", "Oslo\tOslo|/(?i)\\bo|slo/|ko:오슬로"); err != nil || len(g.patterns) != 1 || len(g.names) != 2 {
		t.Errorf("got %v, %v, %v", err, g.patterns, g.names)
	}
}

// label is a fact as the labels name it.
type label struct{ kind, value, unit string }

func TestTheBarOfFacts(t *testing.T) {
	for _, file := range []string{"facts.tsv", "facts-held-out.tsv"} {
		t.Run(file, func(t *testing.T) { barOfFacts(t, file) })
	}
}

func barOfFacts(t *testing.T, file string) {
	f, articles := finder(t), sharedArticles(t)
	right, wrong, missed := 0, 0, 0
	for id, want := range readLabels(t, file) {
		a, ok := articles[id]
		if !ok {
			t.Fatalf("no shared article %s", id)
		}
		got := map[label]bool{}
		for _, fact := range LabFacts(f, a).Facts {
			got[label{fact.Kind, fact.Value, fact.Unit}] = true
			if fact.Sentence == "" || !strings.Contains(fold(a.Text), fact.Sentence) && !strings.Contains(fold(a.Title), fact.Sentence) {
				t.Errorf("%s: not word for word: %q", id, fact.Sentence)
			}
		}
		for l := range got {
			if want[l] {
				right++
			} else {
				wrong++
				t.Logf("%s: wrong: %v", id, l)
			}
		}
		for l := range want {
			if !got[l] {
				missed++
				t.Logf("%s: missed: %v", id, l)
			}
		}
	}
	precision, recall := share2(right, wrong), share2(right, missed)
	t.Logf("%d labels: precision %.3f, recall %.3f", right+missed, precision, recall)
	if precision < 0.95 || recall < 0.85 || right+missed < 200 {
		t.Errorf("%d labels: precision %.3f, recall %.3f: the bar is 200, .95 and .85", right+missed, precision, recall)
	}
}

// readLabels has the labels of each article; "none" is an article without facts.
func readLabels(t *testing.T, file string) map[string]map[label]bool {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[label]bool{}
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := append(strings.Split(strings.TrimRight(line, "\n"), "\t"), "", "", "")
		if out[f[0]] == nil {
			out[f[0]] = map[label]bool{}
		}
		if f[1] != "none" {
			out[f[0]][label{f[1], f[2], f[3]}] = true
		}
	}
	return out
}

// sharedArticles are the articles that labels speak of.
func sharedArticles(t *testing.T) map[string]digest.LabArticle {
	t.Helper()
	out := map[string]digest.LabArticle{}
	for _, file := range []string{"relevance.jsonl", "stories-rareearth.jsonl"} {
		in, err := os.Open(digesttest.Shared(t, "data", "articles", file))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = in.Close() }()
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			var a digest.LabArticle
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			out[a.ID] = a
		}
	}
	page, err := os.ReadFile(digesttest.Shared(t, "data", "pages", "rareearthexchanges-2025-03-03.txt"))
	if err != nil {
		t.Fatal(err)
	}
	title, text, _ := strings.Cut(string(page), "\n")
	out["page"] = digest.LabArticle{ID: "page", Title: title, Text: text, Lang: "en"}
	return out
}
