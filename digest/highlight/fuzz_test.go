package highlight

import (
	"strings"
	"testing"
	"time"

	"reedaily/digest"
)

// Whatever the text, what is quoted stands in it.

func FuzzSentences(f *testing.F) {
	for _, s := range []string{plant, "A. B.C? “d。”e", "• x\r\n• y", "稀土。希土", "\xff. A", "a .\u2028b", "It's 3. März. Es"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		body, from := fold(text), 0
		for _, s := range sentences(text, lang) {
			i := strings.Index(body[from:], s)
			if i < 0 || s == "" || fold(s) != s {
				t.Fatalf("%q is not in %q after byte %d", s, body, from)
			}
			from += i + len(s)
		}
		if letters(body[from:]) > 0 {
			t.Fatalf("%q was lost", body[from:])
		}
	})
}

func FuzzPick(f *testing.F) {
	p := New(Defaults())
	f.Add("A magnet plant", plant, "Narvik gets a plant for magnets", "en")
	f.Add("稀土", "稀土价格上涨至每吨58万元，创两年新高。“我们会扩产。”", "", "zh")
	f.Fuzz(func(t *testing.T, title, text, own, lang string) {
		a := digest.Article{Title: title, Text: text, Lang: lang, Highlights: []string{own}}
		got := p.Pick([]digest.Article{a, {Title: title, Summary: text}}, digest.Thread{})
		if len(got) > 3 {
			t.Fatalf("%d highlights", len(got))
		}
		for _, h := range got {
			source := fold(text)
			if h.Publisher {
				source = fold(own)
			}
			if h.Text == "" || !strings.Contains(source, h.Text) {
				t.Fatalf("%q is not in %q", h.Text, source)
			}
		}
	})
}

// FuzzNews: what was told is no news, however it is written.
func FuzzNews(f *testing.F) {
	p := New(Defaults())
	f.Add("A magnet plant for $1.25B", plant, "en")
	f.Add("稀土", "稀土价格上涨至每吨58万元，创两年新高。“我们会扩产。”", "zh")
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		a := digest.Article{Title: title, Text: text, Lang: lang}
		told := digest.Thread{First: "2026-02-13", Last: "2026-02-13", Articles: []digest.Article{a}}
		if news := p.News(told)(a); len(news.Words) > 0 || news.Weight > 0 {
			t.Fatalf("%+v is news of itself", news)
		}
		if got := p.Pick([]digest.Article{a}, told); got != nil {
			t.Fatalf("quoted %+v again", got)
		}
	})
}

func FuzzFacts(f *testing.F) {
	find := finder(f)
	f.Add("MP Materials gets $1.25B", "It makes 1,000 t/yr of NdPr oxide at $110/kg, up 4%.", "en")
	f.Add("희토류", "연간 100톤, 1조 2000억원, 百分之12, 3-5万吨, 每吨2萬6205元", "ko")
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		for _, fact := range find.Facts(digest.Article{Title: title, Text: text, Lang: lang}) {
			if fact.Kind == "" || fact.Value == "" || fact.Sentence == "" {
				t.Fatalf("%+v is not whole", fact)
			}
			if !strings.Contains(fold(title), fact.Sentence) && !strings.Contains(fold(text), fact.Sentence) {
				t.Fatalf("%q is not in the article", fact.Sentence)
			}
		}
	})
}

// A hostile text costs no more than a long one.
func TestHostileTexts(t *testing.T) {
	f, p := finder(t), New(Defaults())
	for name, unit := range map[string]string{
		"stops": "a.", "marks": "\"'", "spaces": " . ", "numbers": "1,000-", "money": "$1 to $", "names": "China-", "wide": "1万", "leads": "(CNN) -- ", "brackets": "((((", "lines": "A\n", "symbols": "Nd, ",
	} {
		text := strings.Repeat(unit, 1<<18/len(unit))
		a := digest.Article{Title: text[:1<<10], Text: text, Highlights: []string{text}}
		start := time.Now()
		p.Pick([]digest.Article{a, a}, digest.Thread{Last: "2026-02-13", Articles: []digest.Article{a}})
		f.Facts(a)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}
