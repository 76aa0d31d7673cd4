package render

import (
	"strings"
	texttemplate "text/template"

	"golang.org/x/text/width"
)

// columns is how wide the plain text is. Links are longer and stand alone.
const columns = 72

// textFuncs are the words that the plain-text templates may use.
func textFuncs() texttemplate.FuncMap {
	return texttemplate.FuncMap{
		"wrap":  func(indent, s string) string { return wrap(indent, indent, s) },
		"hang":  func(first, s string) string { return wrap(first, strings.Repeat(" ", len(first)), s) },
		"rule":  func() string { return strings.Repeat("-", columns) },
		"upper": strings.ToUpper,
	}
}

// wrap breaks s into lines of at most columns cells: the first begins with
// first, the others with rest. Words break at spaces, wide characters anywhere.
func wrap(first, rest, s string) string {
	var b strings.Builder
	b.WriteString(first)
	used, empty := cells(first), true
	for word := range strings.FieldsSeq(s) {
		for i, piece := range pieces(word) {
			w := cells(piece)
			gap := 0
			if i == 0 && !empty {
				gap = 1
			}
			if !empty && used+gap+w > columns {
				b.WriteString("\n" + rest)
				used, gap = cells(rest), 0
			}
			if gap == 1 {
				b.WriteByte(' ')
			}
			b.WriteString(piece)
			used += gap + w
			empty = false
		}
	}
	return b.String()
}

// pieces cuts a word where a line may break: after each wide character, but
// never before a closing mark.
func pieces(word string) []string {
	var out []string
	for _, r := range word {
		n := len(out)
		switch {
		case n == 0:
			out = append(out, string(r))
		case strings.ContainsRune("，。、；：？！）》」』】〉”’%…)", r):
			out[n-1] += string(r)
		case wide(r) || wide(lastRune(out[n-1])) && !strings.ContainsRune("（《「『【〈“‘(", lastRune(out[n-1])):
			out = append(out, string(r))
		default:
			out[n-1] += string(r)
		}
	}
	return out
}

func lastRune(s string) rune {
	var last rune
	for _, r := range s {
		last = r
	}
	return last
}

func wide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// cells is how much room s takes in a typeface of fixed width.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}
