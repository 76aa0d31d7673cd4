package relevance

import (
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

func lexiconOf(t testing.TB, lines ...string) []term {
	t.Helper()
	terms, err := readLexicons(fstest.MapFS{"x.tsv": {Data: []byte(strings.Join(lines, "\n"))}})
	if err != nil {
		t.Fatal(err)
	}
	return terms
}

// found is the words of text that the terms hit, as they stand in it.
func found(terms []term, text string) []string {
	var f folded
	f.fold(text)
	var words []string
	for _, h := range newAutomaton(terms).find(&f, terms, nil) {
		words = append(words, f.words(int(h.start), int(h.end)))
	}
	return words
}

func TestFind(t *testing.T) {
	terms := lexiconOf(
		t,
		"rare earth\t1\tcore", "rare earth magnet\t1\tcore", "rare earthquake\t0\tignore", "magnet\t0.3\tcontext", "ree\t1\tcore", "=REO\t1\tcore",
		"稀土\t1\tcore", "北方稀土\t1\tname", "희토류\t1\tcore", "レアアース\t1\tcore", "đất hiếm\t1\tcore", "seltenerd*\t1\tcore", "néodyme\t1\telement",
		"market size\t0\tlimit", "rare earth market size\t0\tlimit",
	)
	for _, c := range []struct{ text, want string }{
		{"Rare Earth", "Rare Earth"},
		{"RARE-EARTH prices", "RARE-EARTH"},
		{"rare\u2011earth magnet plant", "rare\u2011earth magnet"},
		{"rare \n\t earth", "rare \n\t earth"},
		{"rare\u00ad earth", "rare\u00ad earth"},
		{"ｒａｒｅ　ｅａｒｔｈ", "ｒａｒｅ　ｅａｒｔｈ"},
		{"rare earths, rarely earth", ""},
		{"rare earthquake", "rare earthquake"},
		{"xrare earth", ""},
		{"agree to a spree", ""},
		{"(REE)", "REE"},
		{"reo", ""},
		{"REO up", "REO"},
		{"中国稀土出口", "稀土"},
		{"北方稀土上调价格", "北方稀土"},
		{"USA稀土", "稀土"},
		{"희토류를", "희토류"},
		{"희토류를", "희토류"},
		{"ﾚｱｱｰｽの", "ﾚｱｱｰｽ"},
		{"Đất hiếm", "Đất hiếm"},
		{"đất hiếm", "đất hiếm"},
		{"Seltenerdmagnete", "Seltenerd"},
		{"le Néodyme", "Néodyme"},
		{"le ne\u0301odyme.", "ne\u0301odyme"},
		{"rare earth market size", "rare earth market size|rare earth|market size"},
		{"a rare earth and a magnet", "rare earth|magnet"},
		{"", ""},
	} {
		if got := strings.Join(found(terms, c.text), "|"); got != c.want {
			t.Errorf("%q: found %q, want %q", c.text, got, c.want)
		}
	}
}

// TestFindIsNaive holds the automaton to the obvious search.
func TestFindIsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[ab稀 ]{1,5}`)
		var terms []term
		seen := map[string]bool{}
		for range rapid.IntRange(1, 6).Draw(t, "terms") {
			folded := foldTerm(word.Draw(t, "term"))
			if len(folded) > 0 && !seen[string(folded)] {
				seen[string(folded)] = true
				terms = append(terms, term{folded: folded, kind: kindLimit})
			}
		}
		var f folded
		f.fold(rapid.StringMatching(`[ab稀 ]{0,40}`).Draw(t, "text"))
		got := map[hit]bool{}
		for _, h := range newAutomaton(terms).find(&f, terms, nil) {
			got[h] = true
		}
		for i := range terms {
			for start := 0; start+len(terms[i].folded) <= len(f.r); start++ {
				end := start + len(terms[i].folded)
				is := string(f.r[start:end]) == string(terms[i].folded) && terms[i].standsAt(&f, start, end)
				if got[hit{int32(i), int32(start), int32(end)}] != is {
					t.Fatalf("term %q at %d of %q: found %t, want %t", string(terms[i].folded), start, string(f.r), !is, is)
				}
			}
		}
	})
}

// FuzzFold: whatever comes, the words quoted stand in the text.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Rare Earth", "ｒａｒｅ稀土", "한글 희토류", "e\u0301\u0301", "\xff\xfe稀", "ﬁnd ㎏ ½", "\u202erare\u202c", strings.Repeat("\u0301", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var d folded
		d.fold(s)
		if len(d.at) != len(d.r)+1 {
			t.Fatalf("%d runes, %d places", len(d.r), len(d.at))
		}
		for i := range d.r {
			if d.at[i] > d.at[i+1] {
				t.Fatalf("places go back at %d of %q", i, s)
			}
			w := d.words(i, i+1)
			if w == "" || !strings.Contains(s, w) {
				t.Fatalf("%q does not stand in %q", w, s)
			}
		}
		if n := len(d.r); n > 0 && d.words(0, n) != s[d.at[0]:int(d.at[n-1])+len(d.words(n-1, n))] {
			t.Fatalf("%q: the whole is %q", s, d.words(0, n))
		}
	})
}
