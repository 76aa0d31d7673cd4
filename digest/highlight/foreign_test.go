package highlight

import (
	"slices"
	"testing"
	"time"

	"reedaily/digest"
)

// TestNewsInAnotherLanguage: what was told is not told again because another
// language writes it otherwise, whether or not the languages are known; a new
// figure, what turns back what was told and its next step are news in all.
func TestNewsInAnotherLanguage(t *testing.T) {
	p := New(Defaults())
	for _, c := range []struct {
		lang, told, lang2, title string
		want                     []string
	}{
		{"ko", "포스코인터내셔널, 말레이시아에 희토류 공장 건설", "en", "Posco International to build rare earth plant in Malaysia", nil},
		{"ja", "信越化学、ベトナムで希土類磁石を増産", "en", "Shin-Etsu Chemical to expand rare earth magnet output in Vietnam", nil},
		{"zh", "北方稀土上调稀土精矿价格", "en", "Northern Rare Earth raises concentrate price", nil},
		{"zh", "中国对日本加强稀土出口管制", "en", "China tightens rare earth export controls on Japan", nil},
		{"ko", "노르데, 12억5000만달러 들여 자석 공장", "en", "Norde to build $1.25 billion magnet plant in Texas", nil},
		{"en", "Norde gets $620 million loan for magnet plant", "de", "Norde erhält 620 Millionen Dollar Kredit für Magnetwerk", nil},
		{"en", "Norde gets 216 million euros for its plant", "fr", "Norde reçoit 216 millions d'euros pour son usine", nil},
		{"en", "Norde sells its mine for $565 million", "pt", "Norde recebe US$ 565 milhões dos EUA", nil},
		{"en", "Norde to spend $1.2bn", "de", "Norde investiert 1,2 Milliarden Dollar", nil},
		{"pt", "Norde levanta R$ 1,5 bilhão", "en", "Norde raises 1.5 billion reais", nil},
		{"ru", "Норде построит завод за 5 млрд рублей", "en", "Norde to build 5 billion rouble plant in Bergen", nil},
		{"en", "Vietnam plans 20,000 tonnes of oxide", "vi", "Việt Nam dự kiến sản xuất 20.000 tấn oxit", nil},
		{"en", "Norde builds magnet factory in Bonn", "de", "Norde errichtet Magnetfabrik in Bonn", nil},
		{"de", "Norde eröffnet Magnetwerk in Bonn", "en", "Norde opens Bonn magnet plant", nil},
		{"es", "Norde inaugura planta en Burgos", "en", "Norde completes plant in Burgos", nil},
		{"en", "Norde gets $620 million loan", "de", "Norde erhält 700 Millionen Dollar Kredit", []string{"700 Millionen"}},
		{"en", "Norde gets 12 million euros", "fr", "Norde reçoit 1,2 million d'euros", []string{"1,2 million"}},
		{"en", "Norde plans plant in Texas", "es", "Norde inaugura su planta en Texas", []string{"inaugura"}},
		{"en", "Norde plans plant in Texas", "fr", "Norde annule son usine au Texas", []string{"annule"}},
		{"zh", "挪威将建磁铁厂", "en", "Norway breaks ground on magnet plant", []string{"breaks ground"}},
	} {
		for _, known := range []bool{true, false} {
			lang, lang2 := c.lang, c.lang2
			if !known {
				lang, lang2 = "", ""
			}
			thread := digest.Thread{First: "2026-02-12", Last: "2026-02-13", Articles: []digest.Article{{ID: "t", Source: "Told Times", Title: c.told, Lang: lang}}}
			if got := p.News(thread)(digest.Article{ID: "n", Source: "Ore Post", Title: c.title, Lang: lang2}).Words; !slices.Equal(got, c.want) {
				t.Errorf("%s / %s (languages known: %v): got %q, want %q", c.told, c.title, known, got, c.want)
			}
		}
	}
}

// TestNewsInGerman: a noun is no name, a listed company and a word of capitals are.
func TestNewsInGerman(t *testing.T) {
	thread := digest.Thread{First: "2026-02-12", Last: "2026-02-13", Articles: []digest.Article{{ID: "t", Source: "Told Times", Title: "Norde plant ein Werk in Bonn", Lang: "de"}}}
	for title, want := range map[string][]string{
		"Werk von Norde in Bonn: Planung, Kosten und Genehmigungsverfahren": nil,
		"Norde plant das Werk mit Solvay":                                   {"Solvay"},
		"Norde plant das Werk mit der KfW":                                  {"KfW"},
	} {
		if got := New(Defaults()).News(thread)(digest.Article{ID: "n", Title: title, Lang: "de"}).Words; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", title, got, want)
		}
	}
}

// TestListedNamesAreOne: in a thread of two languages, a name that one of them
// told is told in both.
func TestListedNamesAreOne(t *testing.T) {
	thread := digest.Thread{First: "2026-02-12", Last: "2026-02-13", Articles: []digest.Article{
		{ID: "t", Title: "中国对日本加强稀土出口管制", Lang: "zh"}, {ID: "u", Title: "Beijing tightens rare earth export controls", Lang: "en"},
	}}
	if got := New(Defaults()).News(thread)(digest.Article{ID: "n", Title: "Export controls on Japan tightened, Grieg says", Lang: "en"}).Words; !slices.Equal(got, []string{"Grieg"}) {
		t.Errorf("got %q", got)
	}
}

func TestDaysAreNoNews(t *testing.T) {
	written := time.Date(2026, 2, 14, 0, 0, 0, 0, time.UTC)
	for lang, text := range map[string]string{
		"en": "on 12 February", "de": "am 12. Februar", "fr": "le 12 février", "es": "el 12 de febrero", "pt": "em 12 de fevereiro", "ru": "12 февраля", "zh": "2月12日", "ko": "2월 12일", "ja": "2月12日に",
	} {
		got := figures(text, lang, written)
		for _, f := range got {
			if !f.date(written) {
				t.Errorf("%s: %q is no day", text, f.text)
			}
		}
		if len(got) == 0 {
			t.Errorf("%s: no figure", text)
		}
	}
}

func TestTongue(t *testing.T) {
	for text, want := range map[string]string{
		"The mine of the firm is open": "en", "Die Mine und das Werk": "de", "La mine est dans une usine du groupe": "fr", "El precio de los imanes sube un 5 %": "es",
		"O preço dos ímãs não sobe": "pt", "Завод": "ru", "Giá đất hiếm": "vi", "稀土": "zh", "Norde": "", "磁石のみ": "ja",
	} {
		if got := tongue(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
