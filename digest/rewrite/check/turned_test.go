package check

import (
	"strings"
	"testing"
)

// company is put behind both sentences, so that a short one has words enough
// for its language to be told.
const company = ", the company said on Monday in the city of Perth."

// TestTimesAreKept: what was is not what is or will be.
func TestTimesAreKept(t *testing.T) {
	refusedBothWays(t, [][2]string{
		{"The mine opens in April 2027.", "The mine opened in April 2027."},
		{"China lifts the ban on April 1.", "China lifted the ban on April 1."},
		{"The state pays $500 million in 2027.", "The state paid $500 million in 2027."},
		{"The plant made 500 tonnes in 2019.", "The plant makes 500 tonnes in 2019."},
		{"China banned exports until 2024.", "China bans exports until 2024."},
		{"The mines open in April.", "The mines opened in April."},
		{"The mine will open in April.", "The mine opened in April."},
		{"The mine will open in April.", "The mine opens in April."},
		{"The mine is due to open in April.", "The mine opened in April."},
		{"Norvik agreed to open the mine in April.", "Norvik agreed, opened the mine in April."},
		{"Norvik cut output in 2019.", "Norvik cuts output in 2019."},
		{"Norvik cut output in 2019.", "Norvik reduces output in 2019."},
		{"Norvik grew sales in 2019.", "Norvik grows sales in 2019."},
		{"Norvik did own the mine in 2019.", "Norvik owns the mine in 2019."},
		{"Norvik holds 5% of Halden.", "Norvik held 5% of Halden."},
		{"The mine in Texas had been closed by Norvik.", "The mine in Texas is closed by Norvik."},
		{"The mine is idle in May.", "The mine was idle in May."},
		{"The mine, opening in April, has 40 workers.", "The mine, opened in April, has 40 workers."},
		{"Norvik is building a mine.", "Norvik built a mine."},
		{"Norvik sells magnets to Halden.", "Norvik sold magnets to Halden."},
		{"Norvik was selling magnets to Halden.", "Norvik is selling magnets to Halden."},
	})
}

// TestTurningWordsAreKept: a word that turns the sense is not left out.
func TestTurningWordsAreKept(t *testing.T) {
	for _, w := range strings.Fields(`tentatively fraudulently mistakenly nominally ostensibly virtually jokingly narrowly cumulatively prematurely
		supposedly secretly unlawfully erroneously hypothetically ironically provisionally verbally incorrectly`) {
		for _, source := range []string{"Norvik " + w + " shipped 500 tonnes of oxide", "Norvik " + w + " agreed a deal with Halden in May", "Norvik has " + w + " reported a profit of $5 million"} {
			leftOut(t, source, w)
		}
	}
	for _, w := range strings.Fields("fictitious spurious doubtful dubious bogus unlawful wrongful erroneous pretend hazardous unsuccessful") {
		for _, source := range []string{"Norvik reported a " + w + " profit of $5 million", "The mine shipped 500 tonnes of " + w + " oxide in May"} {
			leftOut(t, source, w)
		}
	}
}

// TestShadesMayGo: what only colours a sentence may be left out, and honest
// changes of form stay possible.
func TestShadesMayGo(t *testing.T) {
	words := testLexicon(t)
	for source, text := range map[string]string{
		"Norvik recently opened a mine in Texas":           "Norvik opened a mine in Texas",
		"Norvik is currently building a mine in Texas":     "Norvik is building a mine in Texas",
		"Norvik also shipped a very large order in May":    "Norvik shipped an order in May",
		"Norvik successfully tested an enormous furnace":   "Norvik tested a furnace",
		"Norvik has bought a mine in Texas":                "Norvik acquired a mine in Texas",
		"The ore was sold by Norvik in May":                "The ore has been sold by Norvik in May",
		"Norvik cut output in 2019":                        "Norvik reduced output in 2019",
		"The villagers say that the river was poisoned":    "The villagers said that the river was poisoned",
		"Norvik makes magnets and will sell them in Texas": "Norvik produces magnets and will sell them in Texas",
	} {
		if err := words.check(source+".", english, text+"."); err != nil {
			t.Errorf("%v\n  source %s\n  text   %s", err, source, text)
		}
	}
}

// leftOut wants the sentence without w to be refused.
func leftOut(t *testing.T, source, w string) {
	t.Helper()
	text := strings.Replace(source, w+" ", "", 1)
	refused(t, source+".", text+".")
}

func refusedBothWays(t *testing.T, pairs [][2]string) {
	t.Helper()
	for _, p := range pairs {
		refused(t, p[0], p[1])
		refused(t, p[1], p[0])
	}
}

// refused tries the sentences by themselves and with more behind them. The
// sources must be taken as they are, lest they be refused for another reason.
func refused(t *testing.T, source, text string) {
	t.Helper()
	words := testLexicon(t)
	for _, end := range []string{".", company} {
		s, o := strings.TrimSuffix(source, ".")+end, strings.TrimSuffix(text, ".")+end
		if err := words.check(s, english, s); err != nil {
			t.Errorf("not taken as it is: %v\n  %s", err, s)
		}
		if words.check(s, english, o) == nil {
			t.Errorf("taken as true\n  source %s\n  false  %s", s, o)
		}
	}
}
