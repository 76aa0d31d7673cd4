package words

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The U.S. and the U.K. agree", "the us and the uk agree"},
		{"Lynas's rare-earth plant", "lynas rare earth plant"},
		{"Apple’s deal isn't signed", "apple deal isnt signed"},
		{"worth $1.25B", "worth #1.25e+09"},
		{"worth 1.25 billion dollars", "worth #1.25e+09 dollars"},
		{"worth US$1,250m", "worth us #1.25e+09"},
		{"a $1.25-billion plant", "a #1.25e+09 plant"},
		{"₹7,280 crore or INR 7,280 Crore", "#7.28e+10 or inr #7.28e+10"},
		{"12.5亿美元", "#1.25e+09 美元"},
		{"7억5000만 달러, 1万2千吨", "#7.50e+08 달러 #1.20e+04 吨"},
		{"up 9.8%, 9.8 pct, 9.8 per cent", "up %9.80e+00 %9.80e+00 %9.80e+00"},
		{"1,5 Milliarden, 4.000 Tonnen, 4,5 % und 2,5%", "#1.50e+09 #4.00e+03 tonnen %4.50e+00 und %2.50e+00"},
		{"27,3 млрд рублей", "#2.73e+10 рублей"},
		{"a price of $1.255 and 0.130", "a price of #1.25e+00 and #1.30e-01"},
		{"three plants in 2027", "#3.00e+00 plants in 2027"},
		{"the 777X and 5G", "the 777x and 5g"},
		{"Areco (NASDAQ: ARC) rose", "areco rose"},
		{"Areco (once Arco) rose", "areco once arco rose"},
		{"稀土出口", "稀土 土出 出口"},
		{"희토류 수출", "희토 토류 수출"},
		{"レアアース", "レア アア アー ース"},
		{"", ""},
	} {
		var words []string
		for _, tk := range Tokens(c.text) {
			words = append(words, tk.Word)
		}
		if diff := cmp.Diff(c.want, strings.Join(words, " ")); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestTokenShapes(t *testing.T) {
	got := Tokens("Rare earths. Noveon rose 3%. It said Noveon won")
	var names, starts []string
	for _, tk := range got {
		if tk.Name && !tk.Start {
			names = append(names, tk.Word)
		}
		if tk.Start {
			starts = append(starts, tk.Word)
		}
	}
	if diff := cmp.Diff([]string{"noveon"}, names); diff != "" {
		t.Error("names:", diff)
	}
	if diff := cmp.Diff([]string{"rare", "noveon", "it"}, starts); diff != "" {
		t.Error("starts:", diff)
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"$1.25B", "(((A", "U.S.S.R.", "1,2,3,4.5.6", "稀土ABC12", "\xff\xfe", "'''", "$$$", "1e999", "9" + strings.Repeat("9", 400)} {
		f.Add(s)
	}
	v := New(nil, nil)
	f.Fuzz(func(t *testing.T, s string) {
		got := Tokens(s)
		if len(got) > maxTokens {
			t.Fatalf("%d tokens of one text", len(got))
		}
		for _, tk := range got {
			if tk.Word == "" {
				t.Fatal("an empty word")
			}
			if utf8.ValidString(s) && !utf8.ValidString(tk.Word) {
				t.Fatalf("a broken word %q of %q", tk.Word, s)
			}
			if w := v.Look(tk, "en").Weight; w < 0 || w > 8 {
				t.Fatalf("%q weighs %v", tk.Word, w)
			}
		}
	})
}
