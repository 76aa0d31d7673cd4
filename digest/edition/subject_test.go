package edition

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSubject(t *testing.T) {
	for _, c := range []struct {
		headline string
		more     int
		want     string
	}{
		{"Lynas lifts output", 0, "Lynas lifts output"},
		{"Lynas lifts output", 1, "Lynas lifts output — and 1 more"},
		{"Lynas lifts output", 12, "Lynas lifts output — and 12 more"},
		{strings.Repeat("word ", 15) + "end", 3, strings.Repeat("word ", 15) + "end"}, // 78: no room for more
		{strings.Repeat("word ", 17), 3, strings.TrimSpace(strings.Repeat("word ", 16)) + "…"},
		{"Company builds a plant for separating heavy rare earths in the north of the country", 1, "Company builds a plant for separating heavy rare earths in the north…"},
		{"Senators ask the department, which had said nothing so far about it: what do we pay?", 0, "Senators ask the department, which had said nothing so far about it: what do we…"},
		{"  Two\n\tlines\u2028and\u00a0more ", 0, "Two lines and more"},
		{"\u202eevil\u202c \u200btext\x00\ufeff", 0, "evil text"},
		{"bad \xff bytes", 0, "bad bytes"},
		{"", 4, QuietSubject},
		{"\u202e", 4, QuietSubject},
		{strings.Repeat("稀土", 50), 0, strings.Repeat("稀土", 39) + "稀…"},
		{strings.Repeat("x", 78) + "e\u0301e\u0301e\u0301", 0, strings.Repeat("x", 78) + "…"},
	} {
		if got := subjectLine(c.headline, c.more); got != c.want {
			t.Errorf("%q and %d:\n got %q\nwant %q", c.headline, c.more, got, c.want)
		}
	}
}

func FuzzSubject(f *testing.F) {
	f.Add("Rare earths\r\nBcc: all@example.com", 3)
	f.Add(strings.Repeat("\u0301", 200), 1)
	f.Fuzz(func(t *testing.T, headline string, more int) {
		got := subjectLine(headline, more)
		if n := utf8.RuneCountInString(got); n == 0 || n > subjectMax || !utf8.ValidString(got) {
			t.Fatalf("%d characters: %q", n, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("%U in %q", r, got)
			}
		}
	})
}

func TestOutletKey(t *testing.T) {
	for _, same := range [][]string{
		{"Business Green", "businessgreen.com", "www.BusinessGreen.com"},
		{"The Engineer", "theengineer", "the engineer"},
		{"Auto Recycling World", "autorecyclingworld.com"},
		{"Reuters", "reuters.com"},
		{"연합뉴스", "연합뉴스 "},
	} {
		for _, s := range same[1:] {
			if outletKey(s) != outletKey(same[0]) {
				t.Errorf("%q is %q, %q is %q", same[0], outletKey(same[0]), s, outletKey(s))
			}
		}
	}
	if outletKey("Mining Weekly") == outletKey("Mining Technology") || outletKey("") != "" || outletKey("…") == "" {
		t.Error("different outlets have one key")
	}
}
