package check

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// pair is a sentence and a rewording of it.
type pair struct{ source, text string }

func pairs(t testing.TB, path string) []pair {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []pair
	source := ""
	for in := bufio.NewScanner(f); in.Scan(); {
		if s, ok := strings.CutPrefix(in.Text(), "S "); ok {
			source = s
		}
		if r, ok := strings.CutPrefix(in.Text(), "R "); ok {
			out = append(out, pair{source, r})
		}
	}
	return out
}

// TestHonestRewordings: the check is no use if it refuses everything. What it
// refuses is logged, for whoever works on it.
func TestHonestRewordings(t *testing.T) {
	words := testLexicon(t)
	for path, least := range map[string]int{"testdata/honest.txt": 40, "testdata/honest_later.txt": 20} {
		all := pairs(t, path)
		taken := 0
		for _, p := range all {
			if err := words.check(p.source, english, p.source); err != nil {
				t.Errorf("the quotation itself: %v\n%s", err, p.source)
			}
			if err := words.check(p.source, english, p.text); err != nil {
				t.Logf("refused: %v\n  %s\n  %s", err, p.source, p.text)
				continue
			}
			taken++
		}
		t.Logf("%s: %d of %d honest rewordings are taken", path, taken, len(all))
		if len(all) < least || taken*100 < len(all)*60 {
			t.Errorf("%s: %d of %d honest rewordings are taken, want 60%% of %d or more", path, taken, len(all), least)
		}
	}
}

// TestOtherSentencesAreRefused: true sentences, but of another article.
func TestOtherSentencesAreRefused(t *testing.T) {
	words := testLexicon(t)
	all := append(pairs(t, "testdata/honest.txt"), pairs(t, "testdata/honest_later.txt")...)
	for _, a := range all {
		for _, b := range all {
			if a.source != b.source && words.check(a.source, english, b.text) == nil {
				t.Errorf("taken:\n  source %s\n  text   %s", a.source, b.text)
			}
		}
	}
}
