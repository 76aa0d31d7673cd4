package highlight

import (
	"slices"
	"testing"

	"reedaily/digest"
)

// TestRangesAndPrices: a scale belongs to the numbers that it is written for, what
// lies between two numbers is neither, and a price is one wherever its unit stands.
func TestRangesAndPrices(t *testing.T) {
	f := finder(t)
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"en", "The deal is worth $500,000-$1 million in all.", []string{"money 500000-1000000 USD"}},
		{"", "It costs $750,000 to $2 million to build.", []string{"money 750000-2000000 USD"}},
		{"de", "Das kostet €500.000 bis 1 Million Euro im Jahr.", []string{"money 500000-1000000 EUR"}},
		{"en", "Fines run 500,000 – 1 million yuan each.", []string{"money 500000-1000000 CNY"}},
		{"en", "They sold 500,000 to 1 million tonnes.", []string{"quantity 500000-1000000 t"}},
		{"en", "It costs $5 to $10 million, or 2-3 million tonnes.", []string{"money 5000000-10000000 USD", "quantity 2000000-3000000 t"}},
		{"en", "It costs 900-1 million yuan.", nil}, // who knows 900 of what
		{"zh", "罚款5000-1万元，或50万至100万元。", []string{"money 5000-10000 CNY", "money 500000-1000000 CNY"}},
		{"ko", "벌금은 5000만~1억원이다.", []string{"money 50000000-100000000 KRW"}},
		{"en", "It costs between $80 and $90 per kilogram.", []string{"price 80-90 USD/kg"}},
		{"en", "It makes between 500 and 1,000 tonnes a year, between 5% and 10% more.", []string{"quantity 500-1000 t/y", "percent 5-10 %"}},
		{"en", "It pays $80 million and $90 million.", []string{"money 80000000 USD", "money 90000000 USD"}},
		{"en", "Between the two and 20 tonnes lie $3 million.", []string{"quantity 20 t", "money 3000000 USD"}},
		{"fr", "Le prix est entre 80 et 90 dollars le kilo.", []string{"price 80-90 USD/kg"}},
		{"de", "Der Preis liegt zwischen 80 und 90 Dollar je Kilogramm.", []string{"price 80-90 USD/kg"}},
		{"es", "Cuesta entre 1 y 2 millones de dólares.", []string{"money 1000000-2000000 USD"}},
		{"ko", "가격은 kg당 85달러, 톤당 약 5만위안, 주당 10달러다.", []string{"price 85 USD/kg", "price 50000 CNY/t", "price 10 USD/share"}},
		{"ja", "価格は1kg当たり85ドル、1トンあたり5万元。", []string{"price 85 USD/kg", "price 50000 CNY/t"}},
		{"en", "China will invest ¥50 billion in Baotou.", []string{"money 50000000000 CNY"}},
		{"en", "Japan will invest ¥50 billion.", []string{"money 50000000000 JPY"}},
		{"en", "It will cost ¥50 billion.", []string{"money 50000000000 ¥"}}, // of either
		{"ja", "投資額は¥50万だ。", []string{"money 500000 JPY"}},
	} {
		if got := amountsOf(f, c.lang, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q %s\ngot  %q\nwant %q", c.lang, c.text, got, c.want)
		}
	}
}

// TestNoticesAreChinese: other governments number their notices too.
func TestNoticesAreChinese(t *testing.T) {
	f := finder(t)
	for text, want := range map[string]bool{
		"China's commerce ministry issued Announcement No. 61 of 2025.":             true,
		"Under Notice 61 of 2025 Beijing controls magnets.":                         true,
		"商务部公告2025年第61号今日生效。":                                                       true,
		"根据公告2025年第61号，出口须获许可。":                                                     true,
		"The Vietnamese government issued Announcement No. 61 of 2025.":             false,
		"India's Ministry of Commerce put out Notice 61 of 2025 on ore for export.": false,
		"海关总署公告2025年第61号今日生效。":                                                      false,
	} {
		got := slices.ContainsFunc(f.Facts(digest.Article{ID: "x", Text: text}), func(fact digest.Fact) bool { return fact.Value == "MOFCOM Notice 61" })
		if got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
