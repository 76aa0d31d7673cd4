package words

import (
	"slices"
	"testing"
)

// TestNamesBySound: a firm from elsewhere has no one spelling.
func TestNamesBySound(t *testing.T) {
	list := New(nil, nil)
	for _, c := range []struct{ lang, text, name string }{
		{"ko", "MP머티리얼즈, 공장 건설", "MP Materials"},
		{"ko", "엠피 머트리얼스가 공장 건설", "MP Materials"},
		{"ko", "MP메터리얼즈는", "MP Materials"},
		{"ko", "美 엠피머티어리얼스, 착공", "MP Materials"},
		{"ko", "벌칸 엘레멘트", ""}, // another ending is another row
		{"ko", "벌컨엘레멘츠 대출", "Vulcan Elements"},
		{"ko", "에너지 퓨얼즈와 계약", "Energy Fuels"},
		{"ko", "머티리얼즈 업계 전망", ""},
		{"ko", "에너지 풍력 기업", ""},
		{"ja", "ヴァルカン・エレメンツ、融資", "Vulcan Elements"},
		{"ja", "米バルカンエレメンツ", "Vulcan Elements"},
		{"ja", "エムピー・マテリアルズの工場", "MP Materials"},
		{"ja", "MPマテリアルスの工場", "MP Materials"},
		{"ja", "マテリアルズの工場", ""},
	} {
		var got []string
		for _, x := range list.Concepts(c.text, c.lang).Concepts {
			if x.Class == Named {
				got = append(got, x.Name)
			}
		}
		if c.name == "" && len(got) > 0 || c.name != "" && !slices.Equal(got, []string{c.name}) {
			t.Errorf("%s: %q, want %q", c.text, got, c.name)
		}
	}
}

// TestSoundsOfNames: no name of the lists sounds like another.
func TestSoundsOfNames(t *testing.T) {
	for lang, tongue := range New(nil, nil).tongues {
		seen := map[string]*form{}
		for _, sounds := range tongue.sounds {
			for _, s := range sounds {
				key := string(s.units)
				if o := seen[key]; o != nil && !slices.Equal(o.means, s.form.means) {
					t.Errorf("%s: %s sounds like %s", lang, s.form.run, o.run)
				}
				seen[key] = s.form
			}
		}
	}
}
