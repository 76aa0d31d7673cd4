package words

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func conceptNames(told Told) []string {
	var out []string
	for _, c := range told.Concepts {
		out = append(out, c.Name)
	}
	slices.Sort(out)
	return out
}

func TestConcepts(t *testing.T) {
	v := New(nil, nil)
	for _, c := range []struct{ lang, text, want string }{
		{"en", "Japan to subsidise rare-earth recycling", "Japan, rare earths, recycle, subsidy"},
		{"ko", "日, 희토류 재활용에 보조금 지원", "Japan, rare earths, recycle, subsidy"},
		{"ja", "日本政府、レアアースのリサイクルに補助金", "Japan, rare earths, recycle, subsidy"},
		{"zh", "日本補貼稀土回收", "Japan, rare earths, recycle, subsidy"},
		{"fr", "Le Japon subventionne le recyclage des terres rares", "Japan, rare earths, recycle, subsidy"},
		{"de", "Japan subventioniert das Recycling Seltener Erden", "Japan, rare earths, recycle, subsidy"},
		{"es", "Japón subvenciona el reciclaje de tierras raras", "Japan, rare earths, recycle, subsidy"},
		{"pt", "Japão subsidia reciclagem de terras raras", "Japan, rare earths, recycle, subsidy"},
		{"ru", "Япония субсидирует рециклинг редкоземельных металлов", "Japan, rare earths, recycle, subsidy"},
		{"vi", "Nhật Bản trợ cấp tái chế đất hiếm", "Japan, rare earths, recycle, subsidy"},
		// The longest form counts.
		{"ko", "인도네시아와 인도", "India, Indonesia"},
		{"zh", "印度尼西亚", "Indonesia"},
		{"zh", "美国商务部", "Commerce Department"},
		{"zh", "商务部", "commerce ministry of China"},
		{"zh", "中美会谈", "China, United States, talk"},
		{"en", "Inner Mongolia", "Inner Mongolia"},
		// What only looks like it.
		{"en", "tell us", ""},
		{"en", "the U.S. and the US", "United States"},
		{"en", "germanium", "germanium"},
		{"en", "a trump card", ""},
		{"vi", "biện pháp, đạo đức, chú ý", ""},
		{"ko", "사실을 확인도 하지 않았다", ""},
		{"ko", "영구 자석과 영구자석", "magnet"},
		{"ru", "в центре Лондона", "United Kingdom"},
		{"en", "Japan's China policy", "China, Japan"},
		{"en", "POSCO and Posco", "POSCO"},
		// A language that the lists do not know has names all the same.
		{"it", "Lynas apre in Malaysia", "Lynas"},
		{"", "", ""},
	} {
		if got := strings.Join(conceptNames(v.Concepts(c.text, c.lang)), ", "); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.lang, c.text, got, c.want)
		}
	}
}

// TestAnotherTopic: what names the topic is no ground, whatever the topic.
func TestAnotherTopic(t *testing.T) {
	for _, c := range []struct {
		name []string
		want bool
	}{{nil, false}, {[]string{"Lithium", "锂"}, true}, {[]string{"lithium mine"}, false}} {
		told := New(c.name, nil).Concepts("리튬", "ko")
		if len(told.Concepts) != 1 || told.Concepts[0].Topic != c.want {
			t.Errorf("topic %v: %+v, want topic %v", c.name, told.Concepts, c.want)
		}
	}
}

// TestNewNames: a rare word with a capital may be a name that no list has.
func TestNewNames(t *testing.T) {
	v := New(nil, nil)
	for _, c := range []struct {
		text string
		want int
		sure bool
	}{
		{"China grants Nordwick a licence for terbium", 1, true},
		{"China Grants Nordwick A Licence For Terbium", 1, false},
		{"China grants a licence for terbium", 0, false},
	} {
		told := v.Concepts(c.text, "en")
		if len(told.Spelled) != c.want || c.want > 0 && told.Spelled[0].Sure != c.sure {
			t.Errorf("%s: %+v, want %d", c.text, told.Spelled, c.want)
		}
	}
}

// TestConceptLists: each line has a share and a class, and what it refers to is there.
func TestConceptLists(t *testing.T) {
	lines := map[string]string{}
	for _, list := range []string{conceptList, topicConceptList} {
		for line := range strings.Lines(list) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			head, rest, _ := strings.Cut(line, " | ")
			fields := strings.Split(head, ", ")
			words := strings.SplitN(fields[0], " ", 3)
			share, err := strconv.ParseFloat(words[0], 64)
			if len(words) < 3 || err != nil || share <= 0 || share > 1 {
				t.Fatalf("no share, class and name: %s", head)
			}
			if _, ok := classes[strings.TrimPrefix(words[1], "*")]; !ok {
				t.Errorf("no class: %s", head)
			}
			if lines[words[2]] != "" {
				t.Errorf("stands twice: %s", words[2])
			}
			lines[words[2]] = head
			for group := range strings.SplitSeq(rest, " | ") {
				lang, forms, _ := strings.Cut(group, " ")
				if lang != everyTongue && TongueName(lang) == "" {
					t.Errorf("%s: no language %q", words[2], lang)
				}
				for form := range strings.SplitSeq(forms, ", ") {
					if len(wordsOf(form)) == 0 && !strings.ContainsFunc(form, spaceless) {
						t.Errorf("%s: empty form %q", words[2], form)
					}
				}
			}
		}
	}
	for _, head := range lines {
		for _, f := range strings.Split(head, ", ")[1:] {
			word, other, _ := strings.Cut(f, " ")
			if word != "of" && word != "against" || lines[other] == "" {
				t.Errorf("%s refers to %q", head, f)
			}
		}
	}
}

func TestTongue(t *testing.T) {
	v := New(nil, nil)
	for _, c := range []struct{ text, tag, want string }{
		{"Japan to subsidise recycling", "", "en"},
		{"日本、レアアースの再利用に補助", "", "ja"},
		{"中国限制稀土出口", "", "zh"},
		{"中国限制稀土出口", "en", "zh"},
		{"経済産業省", "ja", "ja"},
		{"日, 희토류 재활용 본격화", "en", "ko"},
		{"中 의존도 낮춘다", "", "ko"},
		{"Việt Nam cấm xuất khẩu đất hiếm", "", "vi"},
		{"Китай ограничил экспорт", "", "ru"},
		{"Китай ограничава износа", "bg", "bg"},
		{"China erteilt allgemeine Lizenzen für Seltene Erden", "", "de"},
		{"La Chine accorde des licences pour les terres rares", "", "fr"},
		{"China suspende por un año los controles", "", "es"},
		{"Brasil vai leiloar áreas de terras raras na Bahia", "", "pt"},
		{"Terre rare, la Cina apre", "it", "it"},
		{"MP Materials", "ko", "en"},
		{"", "", "en"},
	} {
		if got := v.Tongue(c.text, c.tag); got != c.want {
			t.Errorf("%q (%s): %s, want %s", c.text, c.tag, got, c.want)
		}
	}
}

func FuzzConcepts(f *testing.F) {
	f.Add("日, U.S.'s 희토류", "ko")
	f.Add("\xff*'s", "")
	v := New(nil, nil)
	f.Fuzz(func(t *testing.T, text, lang string) {
		tongue := v.Tongue(text, lang)
		for _, c := range v.Concepts(text, tongue).Concepts {
			if c == nil {
				t.Fatal("a concept that is none")
			}
		}
	})
}
