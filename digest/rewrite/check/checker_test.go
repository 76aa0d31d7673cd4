package check

import (
	"math"
	"strings"
	"testing"
	"time"
)

// TestCases holds single rules to single sentences; "=" is taken, "!" refused.
func TestCases(t *testing.T) {
	words := testLexicon(t)
	for _, group := range []struct {
		name, source string
		texts        []string
	}{
		{"money", "The state will pay Tessaly $1.25B for the mine.", []string{
			"= The state will pay Tessaly 1.25 billion dollars for the mine.",
			"= The state will pay Tessaly $1,250 million for the mine.",
			"! The state will pay Tessaly €1.25 billion for the mine.",
			"! The state will pay Tessaly US$1.25 billion for the mine.",
			"! The state will pay Tessaly $1.25 for the mine.",
			"! The state will pay Tessaly $1.25 million for the mine.",
			"! The state will pay Tessaly 1.25 billion for the mine.",
			"! The state will pay Tessaly $1.250 billion for the mine.",
			"! The state will pay Tessaly about $1.25 billion for the mine.",
		}},
		{"american money", "The state will pay Tessaly US$5 million for the mine.", []string{
			"= The state will pay Tessaly $5m for the mine.", "! The state will pay Tessaly A$5m for the mine.",
		}},
		{"tonnes", "The mine shipped 1,500 tonnes of oxide in May.", []string{
			"= The mine shipped 1500 t of oxide in May.", "= The mine shipped 1.5 kt of oxide in May.", "= The mine shipped 1,500,000 kg of oxide in May.",
			"! The mine shipped 1.500 tonnes of oxide in May.", "! The mine shipped 1,500 tons of oxide in May.", "! The mine shipped 1,500 kg of oxide in May.",
			"! The mine shipped 1,500 of oxide in May.", "! The mine shipped 1,500 tonnes of oxide in March.", "! The mine shipped 1,500 tonnes of oxide a year in May.",
		}},
		{"percent", "Sales of magnets rose by 12% to 300 tonnes.", []string{
			"= Magnet sales increased 12 percent to 300 tonnes.", "= Sales of magnets grew 12 per cent to 300 tonnes.",
			"! Sales of magnets rose to 12% by 300 tonnes.", "! Sales of magnets rose 12 percentage points to 300 tonnes.",
			"! Sales of magnets rose from 12% to 300 tonnes.", "! Sales of magnets fell 12% to 300 tonnes.", "! Sales of magnets rose -12% to 300 tonnes.",
			"! Sales of magnets soared 12% to 300 tonnes.",
		}},
		{"a strong word may be weakened", "Prices of terbium soared after the ban.", []string{
			"= Terbium prices rose after the ban.", "! Terbium prices plunged after the ban.", "! Terbium prices soared before the ban.",
		}},
		{"spelled numbers", "Three mines and a dozen smelters closed in twenty-five days.", []string{
			"= 3 mines and 12 smelters closed in 25 days.", "! 12 mines and 3 smelters closed in 25 days.", "! Three mines and a dozen smelters closed in 25 weeks.",
			"! Three smelters and a dozen mines closed in 25 days.", "! Mines and smelters closed in 25 days.", "! Thirteen mines and a dozen smelters closed in 25 days.",
		}},
		{"how exact", "Nearly 40 workers and at least 7 guards were hurt.", []string{
			"= Almost 40 workers and at least seven guards were injured.", "! Over 40 workers and at least 7 guards were hurt.",
			"! 40 workers and at least 7 guards were hurt.", "! Nearly 40 workers and up to 7 guards were hurt.",
		}},
		{"names", "The United States and New Mexico sued Kestrel Rare Earths Ltd over a leak.", []string{
			"= The US and New Mexico sued Kestrel Rare Earths over a leak.", "! The US and Mexico sued Kestrel Rare Earths over a leak.",
			"! The US and New Mexico sued Kestrel over a leak.", "! Kestrel Rare Earths sued the US and New Mexico over a leak.",
			"! The US and New Mexico were sued by Kestrel Rare Earths over a leak.", "! The US sued Kestrel Rare Earths and New Mexico over a leak.",
			"! They and New Mexico sued Kestrel Rare Earths over a leak.",
		}},
		{"a word is no name", "The firm grows apple trees near the mine.", []string{"! The firm grows Apple trees near the mine."}},
		{"voice", "Norvik was bought by Halden after a long fight.", []string{
			"= Norvik was acquired by Halden after a long fight.", "! Norvik bought Halden after a long fight.", "! Halden was bought by Norvik after a long fight.", "! Norvik was bought after a long fight.",
		}},
		{"denial", "Hedong did not close the mine, and it never paid the fine.", []string{
			"= Hedong did not shut the mine, and it never paid the fine.", "! Hedong did close the mine, and it never paid the fine.",
			"! Hedong closed the mine, and it never paid the fine.", "! Hedong did not close the mine, and it paid the fine.", "! Hedong never closed the mine, and it did not pay the fine.",
		}},
		{"contraction", "Hedong didn't close the mine in Baotou.", []string{"= Hedong did not close the mine in Baotou.", "! Hedong did close the mine in Baotou."}},
		{"doubt", "Vietnam may ban exports of ore, the ministry said.", []string{
			"= Vietnam might ban ore exports, the ministry said.", "= The ministry said Vietnam may ban exports of ore.", "! Vietnam will ban exports of ore, the ministry said.",
			"! Vietnam bans exports of ore, the ministry said.", "! Vietnam may ban exports of ore.", "! Vietnam may ban imports of ore, the ministry said.", "! Vietnam said the ministry may ban exports of ore.",
		}},
		{"who says it", "Iluvia said that Norvik expects a shortage.", []string{
			"! Norvik said that Iluvia expects a shortage.", "! Norvik expects a shortage.", "= Norvik expects a shortage, Iluvia said.", "! Iluvia expects a shortage, Norvik said.", "! Norvik said it expects a shortage.",
		}},
		{"two subjects", "Sales of Norvik fell 5% and those of Halden rose 3%.", []string{
			"! Sales of Norvik rose 5% and those of Halden fell 3%.", "! Sales of Norvik fell 3% and those of Halden rose 5%.", "! Sales of Norvik rose 3%.", "! Sales of Halden fell 5% and those of Norvik rose 3%.",
		}},
		{"a part left out", "The mine, which Norvik opened in 1998, will close in June.", []string{
			"= The mine will close in June.", "! Norvik will close in June.", "! The mine, which Norvik opened in June, will close in 1998.", "! The mine opened in 1998 will close in June.",
		}},
		{"quotations", `"We have no plans to sell," Ms Lund said on Monday.`, []string{
			`= "We have no plans to sell," Ms Lund said.`, `! "We have plans to sell," Ms Lund said.`, `! "We have no plans," Ms Lund said.`, `! Ms Lund said "no" to plans.`,
		}},
		{"a range", "Prices rose from 5 to 10% in the third quarter.", []string{
			"= Prices rose from 5% to 10% in Q3.", "! Prices rose from 10 to 5% in the third quarter.", "! Prices rose from 5 to 10% in the fourth quarter.", "! Prices rose from 5 to 10% in Q2.",
		}},
		{"rates", "The price fell to $95 a kilogram.", []string{
			"= The price fell to $95/kg.", "= The price dropped to $95 per kilogram.", "! The price fell to $95 a tonne.", "! The price fell to $95.", "! The price fell to 95 cents a kilogram.",
		}},
	} {
		for _, text := range group.texts {
			err := words.check(group.source, english, text[2:])
			if (err == nil) != (text[0] == '=') {
				t.Errorf("%s: %v\n  source %s\n  text   %s", group.name, err, group.source, text)
			}
		}
	}
}

// TestDirectionsShareNoMeaning: a slip in the word list that makes opposites
// stand for each other.
func TestDirectionsShareNoMeaning(t *testing.T) {
	words := testLexicon(t)
	one := func(w string) item {
		items := read(w, words.languages[english])
		if len(items) != 1 {
			t.Fatalf("%q has %d items", w, len(items))
		}
		return items[0]
	}
	for _, line := range opposites {
		for i, a := range line {
			for _, b := range line[i+1:] {
				if strings.ContainsAny(a+b, "%$€ ") || len(read(a, words.languages[english])) != 1 || len(read(b, words.languages[english])) != 1 {
					continue
				}
				if matches(one(a), one(b)) || matches(one(b), one(a)) {
					t.Errorf("%q stands for %q", a, b)
				}
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	words := testLexicon(t)
	for sentence, want := range map[string]string{
		"The plant will open in May.":                     "en",
		"中国商务部宣布出口管制。":                                    "zh",
		"レアアースの輸出は減少した。":                                  "ja",
		"희토류 수출이 감소했다.":                                   "ko",
		"Die Regierung hat den Export nicht verboten.":    "de",
		"Le prix du néodyme a augmenté de 3,5 % en mars.": "fr",
		"Las exportaciones de imanes cayeron en mayo.":    "es",
		"Цены на неодим выросли на пять процентов.":       "",
		"שלום עולם":                                       "",
		"Lynmoor 12":                                      "",
		"":                                                "",
	} {
		if got := words.language(sentence); got != want {
			t.Errorf("%s: %q, want %q", sentence, got, want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for text, want := range map[string]string{
		"五十六万": "560000", "三": "3", "十二": "12", "二十": "20", "一百零五": "105", "百分之一点五": "1.5%", "两亿": "200000000", "三千五百": "3500", "点": "", "万": "", "": "",
	} {
		if _, got := numeral(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// numberWords are the English words behind which a number in digits may stand.
var numberWords = []string{
	"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "teen", "twenty", "thirty", "fort", "fift", "sixty", "sevent",
	"eighty", "ninety", "dozen", "hundred", "thousand", "million", "billion", "trillion", "first", "second", "third", "single", "half", "quarter", "mn", "bn", "mln", "bln", "tn", "trn",
}

// FuzzCheck: nothing panics, and what is taken has only numbers of its source.
func FuzzCheck(f *testing.F) {
	words, err := readLexicon()
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range append(pairs(f, "testdata/honest.txt"), pairs(f, "testdata/translations.txt")...) {
		f.Add(p.source, p.text)
		f.Add(p.source, p.source)
	}
	for _, s := range []string{"", "-", "$", "a million", "2026-02-14", "5-10%", "US$1.25bn/t", "百分之", "每吨", "Q9", "'", "\"", "U.S. U.S.", "half of half", "1,2,3", "١٢", "\xff", "Ǆ", "İ"} {
		f.Add(s, s)
		f.Add("The mine has 5 workers and it "+s, "The mine has 5 workers and it "+s)
	}
	f.Fuzz(func(t *testing.T, source, text string) {
		lang := words.language(source)
		if words.check(source, lang, text) != nil || lang != english {
			return
		}
		for _, w := range numberWords {
			if strings.Contains(strings.ToLower(source), w) {
				return
			}
		}
		have := map[float64]bool{}
		for _, s := range anyNumber.FindAllString(plain(source), -1) {
			for _, power := range []float64{1, 1e3, 1e6, 1e9, 1e12, 1e-3, 1e-6} { // 1.5 kt is 1,500 t
				have[rounded(value(strings.TrimRight(s, ","))*power)] = true
			}
		}
		for _, s := range anyNumber.FindAllString(text, -1) {
			if !have[rounded(value(strings.TrimRight(s, ",")))] {
				t.Errorf("%q is taken, and the source has no such number\n  source %q\n  text   %q", s, source, text)
			}
		}
	})
}

func rounded(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// TestWorkIsBounded: sentences made to have many readings.
func TestWorkIsBounded(t *testing.T) {
	words := testLexicon(t)
	for _, w := range []string{"mine mines ", "not may 5% ", "in May 5 ", "Aa Bb ", "\"' ", "price of ", "1,800 t a year "} {
		source := "The " + strings.Repeat(w, 690/len(w))
		for _, text := range []string{source, "The " + strings.Repeat(w, 300/len(w)), source[:len(source)/2] + " the"} {
			begun := time.Now()
			_ = words.check(source, english, text)
			if took := time.Since(begun); took > 2*time.Second {
				t.Errorf("%q: %v", w, took)
			} else {
				t.Logf("%q: %v", w, took)
			}
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	words := testLexicon(b)
	all := pairs(b, "testdata/honest.txt")
	for i := 0; b.Loop(); i++ {
		p := all[i%len(all)]
		_ = words.check(p.source, english, p.text)
	}
}
