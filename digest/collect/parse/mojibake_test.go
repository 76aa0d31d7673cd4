package parse

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// scramble takes the UTF-8 of s for Windows-1252.
func scramble(s string) string {
	var out strings.Builder
	for _, b := range []byte(s) {
		r := charmap.Windows1252.DecodeByte(b)
		if r == '\ufffd' {
			r = rune(b)
		}
		out.WriteRune(r)
	}
	return out.String()
}

// sentences have what is typical of their languages, and quotation marks,
// dashes and no-break spaces as these set them.
var sentences = map[string]string{
	"French":     "Où est-ce que l’Été a révélé « la souveraineté » ? À Orléans, où le maïs – naïf, ambigüe – a coûté 5\u00a0€ ; « effet de nouveauté »… Ç’a été l’œuvre d’un élève zélé : « Là-bas », dit-elle, voilà.",
	"German":     "Größe und Übermaß: „Café“… – so heißt es ›öfter‹ für Öl, Äpfel, Füße; „Spaß“ macht das »Prestigé« nicht. 20\u00a0°C, §\u00a05, Straße – und „Süß“.",
	"Portuguese": "“José”, disse a irmã — José–“olá” — às três: não há solução à vista… “Manhã”, órgão; «avó», “pôs”, ‘é’, 2.ª edição, nº\u00a05.",
	"Spanish":    "¿Qué pasó? «¡Sí!», dijo “José’”… Añadió: «El ‘corazón’ está aquí» — año 3.º; ¿será él? Perú, Bogotá – León…",
	"Italian":    "«È così», disse; perché “città” è già qui… più là, “università”, né ‘virtù’ — però «lunedì».",
	"Catalan":    "«Això» és l’opció: col·legi, “català”… però també avui – què? així, «camí».",
	"Dutch":      "„Eén café”, zei hij – ‘coördinatie’, “privé”… reünie, zeeën, “comité”.",
	"Danish":     "»Åh, på øen«, sagde hun – “blå” ål… æblegrød; ”allé”, »café« …",
	"Swedish":    "”Åsnan är på ön”, sa hon – ”idé”… »själv« går; kommitté – ”då”.",
	"Norwegian":  "«Både på øya» – “så”… ærlig; «idé», «også», ’nå’.",
	"Finnish":    "”Hyvää päivää”, sanoi hän – ”tässä”… »käyttö«; ”pöytä”.",
	"Icelandic":  "„Það er rétt“, sagði hún – „já“… „þú“; ísland, „bærinn“, „sjó“.",
	"Czech":      "„Víš“, řekl, „myslíš“… „uvidíš“ – když „tíž“; »spíš«, ‚díš‘, „věříš…“",
	"Slovak":     "„Máš“… „vidíš“ – „náš“; „príliš“, „až“, »nesmíš«.",
	"Estonian":   "„Öö“ – „jäi“… »väärtuš«; „šõu“, „žürii“, „mõõdukas“.",
	"Polish":     "„Są” – „źdźbło”… »również«; „Jeśli”, „ó”, „świętość”.",
	"Romanian":   "„Hotărâ” – „până”… «își»; „coborî”, „România”, „în”.",
	"Turkish":    "“Hâlâ” – “şöyle”… «değil»; ‘öğrenci’, “kâğıt”, “rüya”.",
	"Hungarian":  "„Idő” – „csörömpölés”… »így«; „jó”, „körút”, „vízbő́l”, „bírósá́g”.",
	"Vietnamese": "“Đã” – “là”… «và»; ‘cà phê’, “nhân”, “Ý kiến”.",
	"English":    "The café’s ‘résumé’—“Nestlé®”, Beyoncé™’s “cliché”… a £5 fiancé – 20\u00a0°C, ½ naïve, José’s “olé”—voilà!",
	"Arabic":     "«ارتفعت أسعار المعادن النادرة» – “الصين”…",
	"Hebrew":     "„מתכות נדירות” – ‘סין’…",
	"Measures":   "Ø±0.5 mm, Ø°, “n×‘m’”, 3×…",
	"Chinese":    "稀土价格上涨“今年”……«报告»—é »。",
}

// marks are what may stand behind a word: one of them, or two.
var marks = []string{
	"", "\u00a0", "’", "‘", "”", "“", "„", "‚", "«", "»", "‹", "›", "–", "—", "…", "™", "®", "©", "°", "º", "ª", "²", "³", "·", "•", "†", "§", "¡", "¿", "\u00ad", "´",
}

// TestCorrectTextStays: no word of any language, in small letters or capitals,
// with one mark or two behind it, is taken for scrambled; nor is a whole sentence.
func TestCorrectTextStays(t *testing.T) {
	for lang, sentence := range sentences {
		stays := func(s string) {
			if got := unscramble(s); got != s {
				t.Errorf("%s: %q became %q", lang, s, got)
			}
		}
		for _, s := range []string{sentence, strings.ToUpper(sentence)} {
			stays(s)
			stays(strings.ReplaceAll(s, " ", "\u00a0"))
			for _, word := range strings.Fields(s) {
				word = strings.Trim(word, "«»„“”‘’‚‹›–—…,.;:?!\u00a0")
				for _, a := range marks {
					for _, b := range marks {
						stays(word + a + b)
						stays(word + a + b + " " + word)
						stays("(" + word + a + word + b + ")")
					}
				}
			}
		}
	}
}

// TestScrambledTextIsRepaired: each of the sentences that Windows-1252 can hold
// scrambled, whole and beside a word that is not.
func TestScrambledTextIsRepaired(t *testing.T) {
	for lang, sentence := range sentences {
		if got := unscramble(scramble(sentence)); got != sentence {
			t.Errorf("%s: %q became %q", lang, sentence, got)
		}
	}
	for scrambled, want := range map[string]string{
		"The minerâ€™s day":                      "The miner’s day",
		"donâ€™t … [«more»]":                     "don’t … [«more»]",
		"SÃ£o «CAFÉ»":                            "São «CAFÉ»",
		"a cafÃ©":                                "a café",
		"Ã©tats gÃ©nÃ©raux":                      "états généraux",
		"CAFÃ‰":                                  "CAFÉ",
		"RÃ©publique":                            "République",
		"Homem Ã© preso":                         "Homem é preso",
		"French touch Ã\u00a0 Las Vegas":         "French touch à Las Vegas",
		"Ã–sterreich":                            "Österreich",
		"Elmanï¿½s":                              "Elman\ufffds",
		"fÃ¼r 20Â\u00a0â‚¬":                      "für 20\u00a0€",
		"5Â°C, Â£100m, Â½":                       "5°C, £100m, ½",
		"One.Â\u00a0 Two":                        "One.\u00a0 Two",
		"Ä\u0090áº¥t hiáº¿m":                     "Đất hiếm",
		"má»¥c giÃ¡ Ä‘áº¥t hiáº¿m":               "mục giá đất hiếm",
		"Bucureštii reÈ™ed":                      "Bucureštii reșed",
		"MetaleÈ™ti È™i preÈ›uri":                "Metalești și prețuri",
		"elsÅ‘ Ã¡r":                              "első ár",
		"Oreâ„¢":                                 "Ore™",
		"ðŸ˜€ ðŸ™‚":                              "😀 🙂",
		"ï»¿Ore":                                 "\ufeffOre",
		"Ð¦ÐµÐ½Ð°":                               "Цена",
		"â\u0080\u009cOreâ\u0080\u009d":          "“Ore”",
		"Â« effet de nouveautÃ©Â\u00a0Â»":        "« effet de nouveauté\u00a0»",
		"La souverainetÃ©Â\u00a0Â» Ã\u00a0 Lyon": "La souveraineté\u00a0» à Lyon",
	} {
		if got := unscramble(scrambled); got != want {
			t.Errorf("%q became %q, want %q", scrambled, got, want)
		}
	}
	if got := unscramble(scramble("稀土价格")); got != "稀土价格" {
		t.Errorf("became %q", got)
	}
}
