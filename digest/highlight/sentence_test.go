package highlight

import (
	"slices"
	"testing"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, lang, text string
		want             []string
	}{
		{"country", "en", "The U.S. Army signed. The mine is in the U.S. It opens in May.", []string{"The U.S. Army signed.", "The mine is in the U.S.", "It opens in May."}},
		{"number", "en", "Shaft No. 3 hit 1.5 m of ore. Mr. J. R. Smith said so.", []string{"Shaft No. 3 hit 1.5 m of ore.", "Mr. J. R. Smith said so."}},
		{"quote", "en", "\"We dig. We ship.\" He left.", []string{"\"We dig.", "We ship.\"", "He left."}},
		{"glued", "en", "The plant opened.The first oxide came in June.", []string{"The plant opened.", "The first oxide came in June."}},
		{"Chinese", "zh", "稀土价格上涨。“我们会扩产。”公司3.5万吨！", []string{"稀土价格上涨。", "“我们会扩产。”", "公司3.5万吨！"}},
		{"Japanese", "ja", "「供給は続く。」と述べた。価格は上がった。", []string{"「供給は続く。」と述べた。", "価格は上がった。"}},
		{"Korean", "ko", "희토류 가격이 3.2% 올랐다. 정부가 대책을 냈다.회사는 웃었다.", []string{"희토류 가격이 3.2% 올랐다.", "정부가 대책을 냈다.", "회사는 웃었다."}},
		{"lines", "en", "A line without a stop\nAnother that was\nwrapped here.", []string{"A line without a stop", "Another that was wrapped here."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Sentences(c.text, c.lang); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}
