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

func TestHonestRewordings(t *testing.T) {
	words := testLexicon(t)
	all := pairs(t, "testdata/honest.txt")
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
	t.Logf("%d of %d honest rewordings are taken", taken, len(all))
	if len(all) < 40 || taken*100 < len(all)*60 {
		t.Errorf("%d of %d honest rewordings are taken, want 60%% of 40 or more", taken, len(all))
	}
}
