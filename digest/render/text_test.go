package render

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct{ first, s, want string }{
		{"", "", ""},
		{"1. ", "one two", "1. one two"},
		{"* ", strings.Repeat("word ", 20), "* " + strings.TrimSpace(strings.Repeat("word ", 14)) + "\n  " + strings.TrimSpace(strings.Repeat("word ", 6))},
		{"", strings.Repeat("稀", 40), strings.Repeat("稀", 36) + "\n" + strings.Repeat("稀", 4)},
		{"", strings.Repeat("稀", 36) + "。好", strings.Repeat("稀", 35) + "\n稀。好"},
		{"", "短 " + strings.Repeat("x", 90) + " 短", "短\n" + strings.Repeat("x", 90) + "\n短"},
	} {
		if got := wrap(c.first, strings.Repeat(" ", len(c.first)), c.s); got != c.want {
			t.Errorf("wrap(%q, %q)\n%q, want\n%q", c.first, c.s, got, c.want)
		}
	}
}

// FuzzWrap: wrapping changes white space only, and a line is too wide only
// where a single word is.
func FuzzWrap(f *testing.F) {
	for _, s := range []string{"a b", strings.Repeat("稀土", 60), "（" + strings.Repeat("「长」", 40), strings.Repeat("x", 200), "mixed 稀土 words 和 English" + strings.Repeat(" x稀", 60)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = line(s, maxText)
		got := wrap("* ", "  ", s)
		squeeze := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "\n", "") }
		if squeeze(got) != squeeze("* "+s) {
			t.Errorf("wrap lost or added text: %q → %q", s, got)
		}
		for l := range strings.SplitSeq(got, "\n") {
			if cells(l) > columns && strings.Contains(strings.TrimSpace(strings.TrimPrefix(l, "* ")), " ") {
				t.Errorf("line %q has %d cells", l, cells(l))
			}
		}
	})
}
