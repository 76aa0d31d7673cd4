package check

import "testing"

func TestHonestTranslations(t *testing.T) {
	all := pairs(t, "testdata/translations.txt")
	words := testLexicon(t)
	taken := 0
	for _, p := range all {
		if err := words.check(p.source, words.language(p.source), p.text); err != nil {
			t.Logf("refused: %v\n  %s\n  %s", err, p.source, p.text)
			continue
		}
		taken++
	}
	t.Logf("%d of %d honest translations are taken", taken, len(all))
	if taken*100 < len(all)*50 {
		t.Errorf("%d of %d honest translations are taken, want half", taken, len(all))
	}
}
