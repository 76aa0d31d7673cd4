package highlight

import (
	"slices"
	"strings"
	"testing"

	"reedaily/digest"
)

func TestSpeech(t *testing.T) {
	for _, c := range []struct {
		text   string
		within string // numbers of the sentences that stand within an earlier one's quotation
	}{
		{`“We mine it. We sell it. Nobody else does,” Lund said. The mine opened in May.`, "12"},
		{`"We mine it. We sell it. Nobody else does," Lund said. The mine opened in May.`, "12"},
		{`Lund said: 'We mine it. We sell it. Nobody does that.' The mine opened in May.`, "12"},
		{`「我々が掘る。我々が売る。」と述べた。鉱山は五月に開いた。`, "1"},
		{`Lund says: „Wir fördern es. Wir verkaufen es.“ Die Mine begann im Mai.`, "1"},
		{`“We mine it,” Lund said. “We sell it.” The mine opened in May.`, ""},
		{`The miners' union met. It was 'New Lund' that won. The mine's owner left.`, ""},
		{`“The mark was lost. One. Two. Three. Four. The mine opened. It sells.`, "1234"},
		{`“We mine it. “We sell it. “Nobody else does,” Lund said.`, ""},
	} {
		lines := sentences(c.text, "")
		got := ""
		for i, in := range speech(lines) {
			if in {
				got += string(rune('0' + i))
			}
		}
		if got != c.within {
			t.Errorf("%q: %q, want %q", lines, got, c.within)
		}
	}
}

// TestNoPieceOfSpeech: a sentence from within a quotation gives way to one that
// says who does what.
func TestNoPieceOfSpeech(t *testing.T) {
	text := "The Lund mine will open in May with four hundred workers. “The Lund mine is what we waited for. Dysprosium from the Lund mine will go to magnet makers in Japan. " +
		"Nobody digs like us,” said its head Kari Berg. The mine near Lund has a licence for thirty years and for dysprosium."
	got := texts(New(Settings{Max: 2}).Pick([]digest.Article{{ID: "a", Text: text, Lang: "en"}}, digest.Thread{}))
	if slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "Dysprosium from") }) {
		t.Errorf("quoted %q", got)
	}
}

// TestShortSets: two long sentences are enough.
func TestShortSets(t *testing.T) {
	long := []string{
		"The mine of Lund will deliver dysprosium and terbium concentrate to the new separation plant in the harbour, where four hundred workers from three valleys begin in May after years of quarrels over water, dust, roads and rent.",
		"Its owner, the Berg family, borrowed two billion kroner from a state bank that wants magnets made at home, and promised in return to sell half of the oxide to turbine makers at prices that auditors check each spring.",
		"Fishermen on the coast sued over the harbour and lost before the highest court in Oslo, which found that measurements of fluoride, thorium and radium near the shore stay far below every limit set since nineteen ninety.",
	}
	pick := func(text string) int {
		return len(New(Defaults()).Pick([]digest.Article{{ID: "a", Text: text, Lang: "en"}}, digest.Thread{}))
	}
	if n := pick(strings.Join(long, " ")); n != 2 {
		t.Errorf("%d long sentences", n)
	}
	short := []string{
		"The mine of Lund will deliver dysprosium to the new plant in the harbour.",
		"A state bank that wants magnets made at home lent the Berg family two billion kroner.",
		"Fishermen on the coast sued and lost before the highest court in Oslo.",
	}
	if n := pick(strings.Join(short, " ")); n != 3 {
		t.Errorf("%d short sentences", n)
	}
}
