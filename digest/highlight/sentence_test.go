package highlight

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"reedaily/digest"
	"reedaily/digest/digesttest"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, lang, text string
		want             []string
	}{
		{"country", "en", "The U.S. Army signed. The mine is in the U.S. It opens in May.", []string{"The U.S. Army signed.", "The mine is in the U.S.", "It opens in May."}},
		{"number", "en", "Shaft No. 3 hit 1.5 m of ore. Mr. J. R. Smith said so.", []string{"Shaft No. 3 hit 1.5 m of ore.", "Mr. J. R. Smith said so."}},
		{"month", "en", "It closed on Jan. 5 at 9 a.m. local time. It reopened in Feb. The owner is Blue Lagoon Inc. The price fell.", []string{"It closed on Jan. 5 at 9 a.m. local time.", "It reopened in Feb.", "The owner is Blue Lagoon Inc.", "The price fell."}},
		{"quotation", "en", "\"We dig. We ship.\" He left.", []string{"\"We dig.", "We ship.\"", "He left."}},
		{"small letter after a mark", "en", "\"Will it rain?\" he asked. Yahoo! shares rose.", []string{"\"Will it rain?\" he asked.", "Yahoo! shares rose."}},
		{"glued", "en", "The plant opened.The first oxide came in June. Use node.js or Example.com for it.", []string{"The plant opened.", "The first oxide came in June.", "Use node.js or Example.com for it."}},
		{"ellipsis", "en", "It went on… and on. It stopped... Then it rained.", []string{"It went on… and on.", "It stopped...", "Then it rained."}},
		{"a stop that stands alone", "en", "Two lawyers for the . Green Mine sued . They won .", []string{"Two lawyers for the . Green Mine sued .", "They won ."}},
		{"Chinese", "zh", "稀土价格上涨。“我们会扩产。”公司3.5万吨！", []string{"稀土价格上涨。", "“我们会扩产。”", "公司3.5万吨！"}},
		{"Japanese", "ja", "「供給は続く。」と述べた。価格は上がった。", []string{"「供給は続く。」と述べた。", "価格は上がった。"}},
		{"Korean", "ko", "희토류 가격이 3.2% 올랐다. 정부가 대책을 냈다.회사는 웃었다.", []string{"희토류 가격이 3.2% 올랐다.", "정부가 대책을 냈다.", "회사는 웃었다."}},
		{"German", "de", "Das Werk öffnet am 3. März in Halle. Es kostet ca. 4 Mio. Euro. Dr. Weiß freut sich.", []string{"Das Werk öffnet am 3. März in Halle.", "Es kostet ca. 4 Mio. Euro.", "Dr. Weiß freut sich."}},
		{"German pairs", "", "Die Firma baut z. B. Magnete und u. a. Motoren. Sie steht in Halle, d. h. im Osten.", []string{"Die Firma baut z. B. Magnete und u. a. Motoren.", "Sie steht in Halle, d. h. im Osten."}},
		{"German pairs at an end", "de", "Es gibt Magnete, Motoren u. a. Der Chef ist i. d. R. nicht da.", []string{"Es gibt Magnete, Motoren u. a.", "Der Chef ist i. d. R. nicht da."}},
		{"German days", "", "Das Amt teilte am 12. Februar mit, dass es im 3. Quartal öffnet. Der Preis ist 12. Die Firma ist froh.", []string{"Das Amt teilte am 12. Februar mit, dass es im 3. Quartal öffnet.", "Der Preis ist 12.", "Die Firma ist froh."}},
		{"about, in French", "", "L'usine produit env. 1 000 t par an. M. Dupont, p. ex. en mai, vend.", []string{"L'usine produit env. 1 000 t par an.", "M. Dupont, p. ex. en mai, vend."}},
		{"about, in Spanish", "es", "La planta produce aprox. 1.000 t. La empresa, p. ej. Azul, crece.", []string{"La planta produce aprox. 1.000 t.", "La empresa, p. ej. Azul, crece."}},
		{"Russian", "ru", "Завод в г. Синий, ул. Белова, растёт. Он даёт магниты, т. е. товар.", []string{"Завод в г. Синий, ул. Белова, растёт.", "Он даёт магниты, т. е. товар."}},
		{"time zones", "en", "The call is at 9 a.m. ET. It ends at 11 a.m. EST on Monday. It closed at 5 p.m. The price rose.", []string{"The call is at 9 a.m. ET.", "It ends at 11 a.m. EST on Monday.", "It closed at 5 p.m.", "The price rose."}},
		{"words that other languages shorten", "en", "He opened it two days ago. Lynas ships it out. Miners set a set. Prices are in his mind. Lynas rose.", []string{"He opened it two days ago.", "Lynas ships it out.", "Miners set a set.", "Prices are in his mind.", "Lynas rose."}},
		{"Spanish", "es", "¿Cuánto cuesta? El Sr. Ruiz no lo sabe. EE. UU. compra más.", []string{"¿Cuánto cuesta?", "El Sr. Ruiz no lo sabe.", "EE. UU. compra más."}},
		{"lines", "en", "A line without a stop\nAnother that was\nwrapped here.", []string{"A line without a stop", "Another that was wrapped here."}},
		{
			"fixed width", "en", "The mine near the town of\nWhite River opens next year,\nsaid its owner. The plant at\nBlue Bay follows later, it\nsaid on Monday.\n\nNext",
			[]string{"The mine near the town of White River opens next year, said its owner.", "The plant at Blue Bay follows later, it said on Monday.", "Next"},
		},
		{"list", "en", "Three things: • Ore is up. • Costs are down.", []string{"Three things:", "• Ore is up.", "• Costs are down."}},
		{"nothing", "", " \n\t ", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sentences(c.text, c.lang); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// The hundred texts have the right split beside them. Each begins with a
// headline that no mark parts from the text: that one boundary is not asked for.
func TestSentencesOfSharedTexts(t *testing.T) {
	var same, extra, missed int
	for _, a := range readShared(t, "bbc100.jsonl") {
		want, got := boundaries(t, a.Text, a.Sentences[1:]), boundaries(t, a.Text, sentences(a.Text, ""))
		for b := range want {
			if got[b] {
				same++
			} else {
				missed++
			}
		}
		headline := strings.Index(fold(a.Text), fold(a.Sentences[0])) + len(fold(a.Sentences[0]))
		for b := range got {
			if !want[b] && b != headline {
				extra++
			}
		}
	}
	precision, recall := share2(same, extra), share2(same, missed)
	t.Logf("%d boundaries: precision %.4f, recall %.4f", same+missed, precision, recall)
	if precision < 0.99 || recall < 0.99 {
		t.Errorf("%d extra and %d missed of %d boundaries", extra, missed, same+missed)
	}
}

func share2(part, rest int) float64 { return float64(part) / float64(max(1, part+rest)) }

// boundaries are the ends of the sentences in the folded text.
func boundaries(t *testing.T, text string, sentences []string) map[int]bool {
	t.Helper()
	body, from := fold(text), 0
	ends := map[int]bool{}
	for _, s := range sentences {
		i := strings.Index(body[from:], fold(s))
		if i < 0 {
			t.Errorf("not in the text: %q", s)
			continue
		}
		from += i + len(fold(s))
		ends[from] = true
	}
	return ends
}

// sharedText is a line of the shared folder, with its labels: tests may read them.
type sharedText struct {
	digest.LabArticle
	Highlights []string `json:"highlights"`
	Sentences  []string `json:"sentences"`
}

func readShared(t testing.TB, file string) []sharedText {
	t.Helper()
	in, err := os.Open(digesttest.Shared(t, "data", "highlights", file))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	var out []sharedText
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var a sharedText
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	if err := lines.Err(); err != nil || len(out) == 0 {
		t.Fatalf("%s: %d texts, %v", file, len(out), err)
	}
	return out
}
