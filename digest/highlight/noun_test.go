package highlight

import (
	"slices"
	"testing"

	"reedaily/digest"
)

// TestWhatIsNotIsOfNothing: who says that there are no 500 tonnes of something has
// no figure of it.
func TestWhatIsNotIsOfNothing(t *testing.T) {
	f := finder(t)
	for text, want := range map[string]string{
		"Acme did not produce 500 tonnes of samarium oxide.":         "t",
		"Acme didn't sell any of its 500 tonnes of samarium oxide.":  "t",
		"Acme produced not only 500 tonnes of samarium oxide.":       "t samarium oxide",
		"It is not new, and Acme made 500 tonnes of samarium oxide.": "t samarium oxide",
		"Acme produced 500 tonnes of samarium oxide.":                "t samarium oxide",
		"公司没有生产500吨氧化钐。":                                             "t", "산화사마륨 500톤을 생산하지 않았다.": "t", "酸化サマリウム500トンを生産していない。": "t",
	} {
		for _, fact := range f.Facts(digest.Article{ID: "x", Text: text}) {
			if fact.Kind == "quantity" && (fact.Unit != want || want == "t" && fact.Of != "") {
				t.Errorf("%s: %q of %q", text, fact.Unit, fact.Of)
			}
		}
	}
}

// TestYearlyInEveryLanguage: what is made in a year is no stock, and short
// technical titles are English.
func TestYearlyInEveryLanguage(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ lang, text, want string }{
		{"de", "Die Anlage liefert 1.000 t/Jahr.", "1000 t/y"},
		{"fr", "L'usine livre 1 000 t/an.", "1000 t/y"},
		{"pt", "A mina produz 1.000 t/ano.", "1000 t/y"},
		{"es", "La planta hace 1.000 t/año.", "1000 t/y"},
		{"ru", "Завод даёт 1 000 т/год.", "1000 t/y"},
		{"vi", "Nhà máy sản xuất 1.000 tấn/năm.", "1000 t/y"},
		{"", "Acme 27,600 t REO", "27600 t REO"},
		{"", "Acme plant 10,000 tpa NdFeB", "10000 t/y NdFeB"},
		{"", "Acme: 2,000 t per annum of NdPr", "2000 t/y NdPr"},
	} {
		if got := amountsOf(f, c.lang, c.text); !slices.Equal(got, []string{"quantity " + c.want}) {
			t.Errorf("%s: %q", c.text, got)
		}
	}
}

// TestWhatANumberIsOf: the words beside it say so, or nothing does.
func TestWhatANumberIsOf(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ lang, text, want string }{
		{"en", "The plant takes 5,000 tonnes of feedstock and separates samarium from it.", ""},
		{"en", "The plant takes 5,000 tonnes of feedstock a year to separate samarium.", "feedstock"},
		{"en", "The plant takes 5,000 tonnes of mixed feedstock shipped from Brazil, for samarium.", "mixed feedstock"},
		{"en", "A 25% tariff on magnets with gadolinium begins.", "tariff"},
		{"en", "China put 25% export duties on gadolinium.", "export duties"},
		{"en", "It makes 4,000 tonnes of neodymium and praseodymium oxides.", ""},
		{"en", "It makes 4,000 tonnes of neodymium, praseodymium and terbium.", ""},
		{"en", "It needs 7,000 tonnes of magnets, made with neodymium.", "magnets"},
		{"en", "South Korea bought a $40 million machine from Acme Ltd.", "machine"},
		{"en", "MP Materials will build a new $1.25B magnet plant in Texas.", "magnet plant"},
		{"en", "It will cost South Korea $40 million to buy the machine.", ""},
		{"en", "NdPr oxide rose to 568,000 yuan a tonne.", "NdPr oxide"},
		{"zh", "金属镨钕报价每吨69.5万元。", "NdPr metal"},
		{"en", "They bought dysprosium oxide at $255/kg.", "dysprosium oxide"},
		{"en", "Dysprosium and terbium oxide rose to $900/kg.", ""},
		{"en", "Dysprosium prices rose 4% in January.", "Dysprosium prices"},
		{"en", "Gadolinium is used by those who pay 25% for it.", ""},
		{"en", "They sold 300 kg of dysprosium.", "dysprosium"},
		{"en", "A 12% rise in dysprosium prices was seen.", "dysprosium prices"},
		{"en", "MP Materials raised $650 million for a plant.", "MP Materials"},
		{"en", "MP Materials got a $150 million loan from the Pentagon.", "loan"},
		{"en", "Production of 1,200 tonnes was reported in Brazil.", ""},
		{"en", "It shipped 1,200 tonnes of it to Brazil.", ""},
		{"en", "It shipped 1,200 tonnes last year, and neodymium.", ""},
		{"en", "Acme Ltd invests $82 million in rare earth recycling in Oslo.", "rare earth recycling"},
		{"en", "Acme Ltd sold the stone for $43.8 million in Geneva.", ""},
		{"en", "Acme Ltd put $43.8 million in funding on the table.", "funding"},
		{"en", "The 25% tariffs threaten makers of magnets.", "tariffs"},
		{"en", "The $40 million plan targets makers of magnets.", ""},
		{"en", "They shipped 300 tonnes of rare earth mixed concentrate.", ""},
		{"zh", "氧化镝均价为每千克275美元。", "dysprosium oxide"},
		{"zh", "公司进口350吨镝。", "dysprosium"},
		{"zh", "钆磁体关税提高至25%。", ""},
		{"de", "Die Firma kauft 300 Tonnen Neodym im Jahr.", "Neodym"},
		{"es", "La planta hizo 300 toneladas de disprosio.", "disprosio"},
	} {
		got, numbers := "", 0
		for _, fact := range f.Facts(digest.Article{ID: "x", Text: c.text, Lang: c.lang}) {
			if fact.Unit != "" {
				got = fact.Of
				numbers++
			} else if fact.Of != "" {
				t.Errorf("%s: the name %s is of %q", c.text, fact.Value, fact.Of)
			}
		}
		if got != c.want || numbers != 1 {
			t.Errorf("%s\ngot  %q of %d numbers\nwant %q", c.text, got, numbers, c.want)
		}
	}
}

// TestAPriceAndItsRise: how much a price rose by stands between it and its name.
func TestAPriceAndItsRise(t *testing.T) {
	for _, text := range []string{
		"NdPr oxide rose by 8,000 yuan to 568,000 yuan a tonne.", "NdPr oxide fell by 2.5% to 568,000 yuan a tonne.",
	} {
		facts := finder(t).Facts(digest.Article{ID: "x", Text: text, Lang: "en"})
		price := slices.IndexFunc(facts, func(f digest.Fact) bool { return f.Kind == "price" })
		if price < 0 || facts[price].Of != "NdPr oxide" {
			t.Errorf("%s: %+v", text, facts)
		}
	}
}
