package highlight

import (
	"slices"
	"testing"

	"reedaily/digest"
)

// TestNumbersByLanguage: every sentence is read the same with its language given
// and without, where its words tell the language.
func TestNumbersByLanguage(t *testing.T) {
	f := finder(t)
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"de", "Die Anlage soll 5.000 Tonnen pro Jahr erzeugen und kostet 1,5 Milliarden Euro.", []string{"quantity 5000 t/y", "money 1500000000 EUR"}},
		{"de", "Der Preis stieg um 4,5 Prozent auf 62.500,50 Euro je Tonne und das ist viel.", []string{"percent 4.5 %", "price 62500.5 EUR/t"}},
		{"de", "Das sind 3 bis 4 Mio. Dollar für die 40 kg und den Rest.", []string{"money 3000000-4000000 USD", "quantity 40 kg"}},
		{"de", "Es ist 1 Billion Euro, und die Firma hat 2,5 Prozentpunkte.", []string{"money 1000000000000 EUR", "percent 2.5 pp"}},
		{"es", "La planta produce 1.200 toneladas al año y el 4,5 % de los imanes.", []string{"quantity 1200 t/y", "percent 4.5 %"}},
		{"es", "El óxido cuesta 62.000 dólares por tonelada y la mina 3 mil millones de dólares.", []string{"price 62000 USD/t", "money 3000000000 USD"}},
		{"pt", "A mina produz 6.500 toneladas por ano e custa R$ 1,2 bilhão.", []string{"quantity 6500 t/y", "money 1200000000 BRL"}},
		{"pt", "O projeto vai receber US$ 35,5 milhões, ou 5 mil toneladas.", []string{"money 35500000 USD", "quantity 5000 t"}},
		{"fr", "L'usine produira 4 000 tonnes par an et elle coûte 216 millions d'euros.", []string{"quantity 4000 t/y", "money 216000000 EUR"}},
		{"fr", "L'usine produira 4\u00a0000 tonnes et 12\u202f500,5 tonnes de plus.", []string{"quantity 4000 t", "quantity 12500.5 t"}},
		{"fr", "Le prix est de 62 000 $ la tonne, en hausse de 4,5\u00a0%.", []string{"price 62000 USD/t", "percent 4.5 %"}},
		{"ru", "Завод стоит 27,3 млрд рублей и даст 1 тыс. тонн в год.", []string{"money 27300000000 RUB", "quantity 1000 t/y"}},
		{"ru", "Добыча выросла на 4,5% до 12 500 тонн.", []string{"percent 4.5 %", "quantity 12500 t"}},
		{"vi", "Nhà máy có vốn 1.200 tỷ đồng và sản xuất 6.000 tấn mỗi năm.", []string{"money 1200000000000 VND", "quantity 6000 t/y"}},
		{"vi", "Sản lượng đạt 1.200 tấn, vốn 1.200 tỷ đồng", []string{"quantity 1200 t", "money 1200000000000 VND"}},
		{"fr", "En 2025 500 tonnes ont été vendues pour 3,5 M€.", []string{"quantity 500 t", "money 3500000 EUR"}},
		{"it", "La fabbrica produce 5.000 tonnellate all'anno e costa 1,5 miliardi di euro.", []string{"quantity 5000 t/y", "money 1500000000 EUR"}},
		{"en", "The mine made 4 000 tonnes and sold the 12,000 lb at $1.5 million.", []string{"quantity 4000 t", "quantity 12000 lb", "money 1500000 USD"}},
		{"en", "The plant in Mumbai made 1,00,000 tonnes at 3.5 per cent.", []string{"quantity 100000 t", "percent 3.5 %"}},
		{"zh", "产量为1,200吨，增长4.5%。", []string{"quantity 1200 t", "percent 4.5 %"}},
		// What may be two numbers is none.
		{"en", "The plant is to make 5.000 tonnes of it.", nil},
		{"en", "In the mine of 12 500 tonnes are left.", nil},
		{"es", "La mina de la empresa produce 1,200 toneladas.", nil},
		{"de", "Die Probe vom 12.02.2026 und 1.23.4 Tonnen.", nil},
	} {
		langs := []string{c.lang, ""}
		if c.lang == "it" {
			langs = langs[:1]
		}
		for _, lang := range langs {
			if got := amountsOf(f, lang, c.text); !slices.Equal(got, c.want) {
				t.Errorf("%q %s\ngot  %q\nwant %q", lang, c.text, got, c.want)
			}
		}
	}
}

// TestNumbersOfNoKnownLanguage: 1.200 may be either, 4,5 and 1.200.000 may not.
func TestNumbersOfNoKnownLanguage(t *testing.T) {
	f := finder(t)
	for text, want := range map[string][]string{
		"Xyz 1.200 t":                  nil,
		"Xyz 1,200 t":                  nil,
		"Xyz 12 500 t":                 nil,
		"Xyz 1.200.000 t, 4,5 %":       {"quantity 1200000 t", "percent 4.5 %"},
		"Xyz 1,200,000 t, 4.5% 300 kg": {"quantity 1200000 t", "percent 4.5 %", "quantity 300 kg"},
	} {
		if got := amountsOf(f, "", text); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// amountsOf is the facts of a text that are numbers.
func amountsOf(f *Finder, lang, text string) []string {
	var got []string
	for _, fact := range f.Facts(digest.Article{ID: "x", Text: text, Lang: lang}) {
		if fact.Unit != "" {
			got = append(got, fact.Kind+" "+fact.Value+" "+fact.Unit)
		}
	}
	return got
}

func TestPlainNumeralsKeepTheirPlaces(t *testing.T) {
	for _, s := range []string{"a 1.200 b 4 000,5 c 12’500 d 1，200 e 300 400 f", "2024 500 t, 12.02.2026"} {
		for m := marksUnknown; m <= marksMixed; m++ {
			if got := plainNumerals(s, m); len(got) != len(s) {
				t.Errorf("%d: %q became %q", m, s, got)
			}
		}
	}
}
