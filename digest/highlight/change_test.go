package highlight

import (
	"slices"
	"testing"

	"reedaily/digest"
)

// TestAChangeIsNoRange: how much something rose by and what it is now are two
// values, and so are an old and a new one; behind "=" stands what the number is of.
func TestAChangeIsNoRange(t *testing.T) {
	f := finder(t)
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"en", "Terbium oxide rose by $20 to $900 a kilogram, a trader said.", []string{"money 20 USD", "price 900 USD/kg = Terbium oxide"}},
		{"en", "Terbium oxide rose $20 to $900 a kilogram, a trader said.", []string{"money 20 USD", "price 900 USD/kg = Terbium oxide"}},
		{"en", "Terbium oxide is up $15 to $890 per kg.", []string{"money 15 USD", "price 890 USD/kg = Terbium oxide"}},
		{"en", "Terbium oxide slipped as much as $20 to $900 a kilogram.", []string{"money 20 USD", "price 900 USD/kg = Terbium oxide"}},
		{"en", "Terbium oxide rose this week $20 to $900 a kilogram.", []string{"money 20 USD", "price 900 USD/kg = Terbium oxide"}},
		{"en", "The refiner cut its prices 5,000 to 560,000 yuan a tonne.", []string{"money 5000 CNY", "price 560000 CNY/t"}},
		{"en", "Terbium oxide (+$20 to $900 a kilogram) led.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"en", "Terbium oxide lost $1,000 to $900 per kilogram.", []string{"money 1000 USD", "price 900 USD/kg = Terbium oxide"}},
		{"en", "NdPr oxide rose by 8,000 to 568,000 yuan a tonne.", []string{"money 8000 CNY", "price 568000 CNY/t = NdPr oxide"}},
		{"en", "NdPr oxide gained 5 yuan to 1,620 yuan a kilogram.", []string{"money 5 CNY", "price 1620 CNY/kg = NdPr oxide"}},
		{"en", "Shares of MP Materials rose $2 to $64.50 a share.", []string{"money 2 USD", "price 64.5 USD/share = MP Materials"}},
		{"en", "The mine raised its guidance by $5 million to $25 million.", []string{"money 5000000 USD", "money 25000000 USD"}},
		{"en", "Output rose by 100 to 1,900 tonnes a year.", []string{"quantity 100 t/y", "quantity 1900 t/y"}},
		{"en", "An increase of 200 to 1,900 tonnes was seen.", []string{"quantity 200 t", "quantity 1900 t"}},
		{"de", "Der Preis stieg um 20 auf 900 Dollar je Kilogramm.", []string{"price 900 USD/kg"}},
		{"fr", "Le prix a augmenté de 20 à 900 dollars le kilo.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"es", "El óxido subió 20 a 900 dólares por kilo.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"pt", "O preço subiu US$ 20 para US$ 900 por quilo.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"it", "Il prezzo è salito di 20 a 900 dollari al chilo.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"ru", "Цена выросла на 20 до 900 долларов за килограмм.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"vi", "Giá tăng 20 đến 900 đô la mỗi kg.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"zh", "氧化铽上涨20元至900元/公斤。", []string{"money 20 CNY", "price 900 CNY/kg = terbium oxide"}},
		{"zh", "氧化镨钕下跌5000至560000元/吨。", []string{"money 5000 CNY", "price 560000 CNY/t = NdPr oxide"}},
		{"zh", "产量减少100吨至1900吨。", []string{"quantity 100 t", "quantity 1900 t"}},
		{"ko", "산화네오디뮴 가격이 20달러 올라 900달러/kg이 됐다.", []string{"money 20 USD", "price 900 USD/kg"}},
		{"ja", "テルビウムは20ドル上昇し900ドル/kgとなった。", []string{"money 20 USD", "price 900 USD/kg"}},
		// Old and new.
		{"en", "Output rose from 5 to 7 tonnes a year.", []string{"quantity 5 t/y", "quantity 7 t/y"}},
		{"en", "Output fell from about 7 to 5 tonnes a year.", []string{"quantity 7 t/y", "quantity 5 t/y"}},
		{"en", "Terbium oxide rose from $20 to $900 a kilogram.", []string{"price 20 USD/kg", "price 900 USD/kg"}},
		{"en", "The limit rose from 49% to 74%.", []string{"percent 49 %", "percent 74 %"}},
		{"fr", "Le prix est passé de 20 à 900 dollars le kilo.", []string{"price 20 USD/kg", "price 900 USD/kg"}},
		{"es", "La producción subió de 5 a 7 toneladas.", []string{"quantity 5 t", "quantity 7 t"}},
		{"pt", "O preço subiu de 20 a 900 dólares por quilo.", []string{"price 20 USD/kg", "price 900 USD/kg"}},
		{"it", "Il prezzo è salito da 20 a 900 dollari al chilo.", []string{"price 20 USD/kg", "price 900 USD/kg"}},
		{"ru", "Цена выросла с 20 до 900 долларов за килограмм.", []string{"price 20 USD/kg", "price 900 USD/kg"}},
		{"vi", "Giá tăng từ 20 đến 900 đô la mỗi kg.", []string{"price 20 USD/kg", "price 900 USD/kg"}},
		{"zh", "产量由5至7吨。", []string{"quantity 5 t", "quantity 7 t"}},
		// A change has no name: it is not what the thing costs or weighs.
		{"en", "Terbium oxide rose by $20 a kilogram.", []string{"price 20 USD/kg"}},
		{"en", "Terbium oxide rose $20-30 a kilogram.", []string{"price 20-30 USD/kg"}},
		{"en", "Terbium oxide was $20 a kilogram higher.", []string{"price 20 USD/kg"}},
		{"en", "Terbium oxide rose by $20 to $30 a kilogram.", []string{"money 20 USD", "price 30 USD/kg"}}, // or a range of changes
		{"en", "Terbium oxide rose $20 while yields fell to 5%.", []string{"money 20 USD", "percent 5 %"}},
		{"en", "Exports fell by 300 tonnes of neodymium.", []string{"quantity 300 t"}},
		{"de", "Die Produktion stieg um 300 Tonnen Neodym.", []string{"quantity 300 t"}},
		{"zh", "氧化镨钕上涨20元/公斤。", []string{"price 20 CNY/kg"}},
		{"ko", "네오디뮴 300톤 증가했다.", []string{"quantity 300 t"}},
		{"ja", "テルビウム300トン増加した。", []string{"quantity 300 t"}},
		// Ranges.
		{"en", "Terbium oxide costs $20 to $90 a kilogram.", []string{"price 20-90 USD/kg = Terbium oxide"}},
		{"en", "Acme Ltd raised $20 million to $90 million.", []string{"money 20000000-90000000 USD"}},
		{"en", "The lots range from 3 to 9 tonnes.", []string{"quantity 3-9 t"}},
		{"en", "Dysprosium prices rose 2 to 5 percent.", []string{"percent 2-5 % = Dysprosium prices"}},
		{"en", "Dysprosium prices rose by 2-5%.", []string{"percent 2-5 % = Dysprosium prices"}},
		{"de", "Der Preis stieg um 2 bis 5 Prozent, und die Anlage macht 5 bis 7 Tonnen.", []string{"percent 2-5 %", "quantity 5-7 t"}},
		{"es", "La planta produce 5 a 7 toneladas.", []string{"quantity 5-7 t"}},
		{"ru", "Завод даст 5 до 7 тонн в год.", []string{"quantity 5-7 t/y"}},
		{"zh", "价格上涨2%至5%。", []string{"percent 2-5 %"}},
		{"zh", "氧化镨钕报价3-5万元/吨。", []string{"price 30000-50000 CNY/t = NdPr oxide"}},
		// Neither.
		{"en", "Inflation rose by 0.2% to 5%.", []string{"percent 0.2 %", "percent 5 %"}},
		{"en", "It paid $20 million to 900 workers.", []string{"money 20000000 USD"}},
		{"en", "The index rose in 2025 to 31.4%.", []string{"percent 31.4 %"}},
	} {
		var got []string
		for _, fact := range f.Facts(digest.Article{ID: "x", Text: c.text, Lang: c.lang}) {
			if fact.Unit == "" {
				continue
			}
			words := fact.Kind + " " + fact.Value + " " + fact.Unit
			if fact.Of != "" {
				words += " = " + fact.Of
			}
			got = append(got, words)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}
