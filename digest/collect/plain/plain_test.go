package plain

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                                     "",
		"  Quarry \n opens\t":                  "Quarry opens",
		"<p>One.</p><p>Two.</p>":               "One. Two.",
		"H<sub>2</sub>O and <b>b</b>old":       "H2O and bold",
		"one<br>two<br/>three":                 "one two three",
		"AT&amp;T":                             "AT&T",
		"AT&amp;amp;T":                         "AT&T",
		"caf&eacute; &#8220;x&#8221; &hellip;": "café “x” …",
		"&copy 2026 &amp;copy; &pound5":        "© 2026 © &pound5",
		"R&amp;D&amp;notes of H&Mreg":          "R&D&notes of H&Mreg",
		"Q&A, AT&T, caf&eacute, a&section;":    "Q&A, AT&T, café, a&section;",
		"?a=1&amp;reg=2&amp;amp;copy=3 &":      "?a=1&reg=2&copy=3 &",
		"&#39;x&#39y &#x27;":                   "'x'y '",
		"profit < cost > loss":                 "profit < cost > loss",
		"<Ore> prices":                         "<Ore> prices",
		"a<script>alert(1)</script>b":          "ab",
		"a<style>b{}</style>c":                 "ac",
		"&lt;b&gt;bold&lt;/b&gt;":              "bold",
		"a <img src=x onerror=alert(1)> b":     "a b",
		"unfinished <a href=":                  "unfinished",
		"a\u202eb\u200bc\u0000d\u00ade":        "ab cde",
		"cafe\u0301":                           "café",
		"\ufeffBOM":                            "BOM",
		"👩\u200d🔬":                             "👩\u200d🔬",
		"bad \xff bytes":                       "bad bytes",
		"<!-- note -->x":                       "x",
		"x <![CDATA[y]]>":                      "x",
	} {
		if got := Line(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestText(t *testing.T) {
	in := "<h2>Head</h2><p>One <b>bold</b>\n word.</p>\n\n<ul><li>a</li><li>b</li></ul><table><tr><td>x</td><td>y</td></tr></table>end<br>line"
	want := "Head\nOne bold word.\na\nb\nx y\nend\nline"
	if got := Text(in); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTextOfPlainParagraphs(t *testing.T) {
	for in, want := range map[string]string{
		"One line\nthat goes on.\n\nAnother.":     "One line that goes on.\nAnother.",
		"<p>\n  One\n  <b>two</b> \n three\n</p>": "One two three",
		"a <i>b</i> c\n<i>d</i>":                  "a b c d",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly 10", 10, "exactly 10"},
		{"one two three four", 12, "one two…"},
		{"稀土稀土稀土", 4, "稀土稀…"},
	} {
		if got := Cut(c.in, c.n); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

// FuzzPlain: what comes out has no control or direction-changing characters,
// is in normal form, is folded, and starts no script.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"<p>One.</p><p>Two.</p>", "&lt;script&gt;x&lt;/script&gt;", "a\u202eb", "<a <b <c", "<svg><title>x</title>", "&amp;amp;lt;b", "<textarea><script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := Line(s)
		text := Text(s)
		if strings.Contains(line, "\n") || strings.Contains(line, "  ") || strings.Contains(text, "\n\n") {
			t.Errorf("not folded: %q, %q", line, text)
		}
		for _, r := range line + strings.ReplaceAll(text, "\n", "") {
			if unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == unicode.ReplacementChar {
				t.Fatalf("%U in %q", r, line)
			}
		}
		if !norm.NFC.IsNormalString(line) {
			t.Errorf("not NFC: %q", line)
		}
		if Clean(line) != line {
			t.Errorf("cleaning again changes %q to %q", line, Clean(line))
		}
	})
}

func TestShown(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"a < b":                  "a < b",
		"<p>One &amp; two</p>":   "<p>One &amp; two</p>",
		"<strong>a</strong>":     "<strong>a</strong>",
		"a<script>b<c</script>d": "ad",
		"a<SCRIPT src='x'>b</Script >d<style>e</style>f": "adf",
		"a<script>b": "a",
		"a<styled>b": "a<styled>b",
	} {
		if got := Shown(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
