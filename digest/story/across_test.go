package story_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/story"
)

// headline is a line of testdata/across-*.jsonl: own samples in ten languages,
// several of each event, and beside them what the same countries, firms and acts
// did otherwise on the same day.
type headline struct {
	Event string `json:"event"`
	Day   int    `json:"day"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

func headlines(t *testing.T, name string) (reports []headline, all []digest.Article) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var plain []report
	for in := bufio.NewScanner(f); in.Scan(); {
		var h headline
		if err := json.Unmarshal(in.Bytes(), &h); err != nil {
			t.Fatal(err)
		}
		reports = append(reports, h)
		plain = append(plain, report{h.Event, h.Title, h.Text})
	}
	all = articles(plain)
	for i := range all {
		all[i].Published = morning.Add(time.Duration(reports[i].Day) * 24 * time.Hour)
	}
	return reports, all
}

// TestHeadlinesAcrossLanguages: no two events in one story, and most reports of
// one event together.
//
// The first file was there while the lists were written. The second was written
// when they stood, and then helped to mend them: at first 43 of its 62 pairs of two
// languages were found. The third came last, and at first gave 25 of its 37 pairs,
// with precision .81 and recall .70 for the groups; one word was mended after it,
// and that headlines with deeds of their own are two events was learnt from joins
// seen there. The fourth, which has several reports of one language in other words
// and their like of other events, was written before those were joined by what they
// speak of: precision .92 and recall .33 as it found things, .96 and .58 with the
// rules and no list touched. What was then missing lengthened the lists of acts and
// offices, so the figures of today are blind for none of the four. The fifth was
// written after all that, and nothing was mended by it: precision 1, recall .90.
func TestHeadlinesAcrossLanguages(t *testing.T) {
	for _, c := range []struct {
		file              string
		precision, recall float64
	}{{"across-1.jsonl", 1, .92}, {"across-2.jsonl", 1, .82}, {"across-3.jsonl", 1, .72}, {"across-4.jsonl", 1, .69}, {"across-5.jsonl", 1, .87}} {
		reports, all := headlines(t, c.file)
		places := story.New(story.Settings{}).Place(all)
		var found, missed, wrong float64
		for i, a := range reports {
			for j, b := range reports[:i] {
				switch together := places[i].StoryID == places[j].StoryID; {
				case together && a.Event == b.Event:
					found++
				case together:
					wrong++
					t.Logf("%s: two events in one story\n  %s\n  %s", c.file, a.Title, b.Title)
				case a.Event == b.Event:
					missed++
					t.Logf("%s: not found\n  %s\n  %s", c.file, a.Title, b.Title)
				}
			}
		}
		precision, recall := found/(found+wrong), found/(found+missed)
		t.Logf("%s: %d headlines, precision %.3f, recall %.3f", c.file, len(all), precision, recall)
		if precision < c.precision || recall < c.recall {
			t.Errorf("%s: precision %.3f and recall %.3f are below %+v", c.file, precision, recall, c)
		}
	}
}

// TestDailyFareJoinsNobody: what is on every morning, the topic's own name and one
// country's one act are no ground.
func TestDailyFareJoinsNobody(t *testing.T) {
	for _, pair := range [][2]string{
		{"China tightens rare earth export controls", "중국 희토류 수출 통제, 어디로 가나"},
		{"Rare earth magnet market to grow", "희토류 자석 시장 성장 전망"},
		{"China's rare earth exports rise", "中国稀土出口下降"},
		{"US and China discuss rare earths", "미국, 중국과 무역 갈등"},
		{"Lynas wins offtake deal with Bosch", "ライナス、双日と供給契約"},
		{"Lynas reports power outage at Kalgoorlie", "라이너스, 상반기 순이익 급증"},
		{"Terbium prices rise in Europe", "氧化镝价格上涨"},
		{"Japan subsidises rare earth recycling", "日本、レアアース備蓄を拡大"},
		{"MP Materials to build magnet plant in Texas", "MP머티리얼즈, 사우디에 정제 공장 건설"},
		{"Vietnam and South Korea sign minerals pact", "Казахстан и Южная Корея подписали соглашение о минералах"},
		{"India approves rare earth mine in Odisha", "Indien verbietet den Export Seltener Erden"},
		{"Dominican Republic grants exploration licence", "Brésil : licence d'exploration accordée"},
	} {
		check(t, []report{{pair[0], pair[0], ""}, {pair[1], pair[1], ""}})
	}
}

// TestTimeAcrossLanguages: what a country does this week it did last week.
func TestTimeAcrossLanguages(t *testing.T) {
	for days, want := range map[int]bool{0: true, 2: true, 3: false, 7: false} {
		all := articles([]report{
			{"", "Japan to subsidise recycling of rare earths", ""},
			{"", "日정부, 희토류 재활용에 보조금", ""},
		})
		all[1].Published = all[0].Published.Add(time.Duration(days)*24*time.Hour + time.Hour)
		places := story.New(story.Settings{}).Place(all)
		if together := places[0].StoryID == places[1].StoryID; together != want {
			t.Errorf("%d days apart: together %v, want %v", days, together, want)
		}
	}
}

// TestTwoDealsOfOneMorning: headlines of one language that differ in nothing but
// who it is are two events.
func TestTwoDealsOfOneMorning(t *testing.T) {
	check(t, []report{
		{"my", "Malaysia and United States sign memorandum on critical minerals", ""},
		{"th", "Thailand and United States sign memorandum on critical minerals", ""},
		{"nd", "氧化镨钕价格上涨", ""},
		{"dy", "氧化镝价格上涨", ""},
		{"supply", "노르크 엘리먼츠, 희토류 산화물 공급 계약", ""},
		{"strike", "노르크 엘리먼츠 파업 돌입", ""},
	})
}

// TestInOtherWords: in a script without spaces one event is told with hardly a word
// that is spelled alike, and two events with many.
func TestInOtherWords(t *testing.T) {
	for _, c := range [][2]string{
		{"노르웨이, 자석 리사이클 보조금…중국 의존 낮춘다", "노르웨이 정부, 폐자석 재활용에 국비 투입해 탈중국"},
		{"挪威拟补贴稀土回收以减少对中国依赖", "挪威政府将拨款扶持磁材再生，降低对华依赖"},
		{"ノルウェー、磁石リサイクルに補助金 中国依存を低減", "ノルウェー政府、レアアース再利用を支援し脱中国へ"},
		{"엠피머티리얼스, 텍사스 공장 착공", "MP머터리얼즈 텍사스에 공장 짓는다"},
		{"MP머티리얼즈, 공장 건설 소식에 주가 강세", "MP머티어리얼즈, 텍사스 자석 공장 짓는다"},
	} {
		check(t, []report{{"one", c[0], ""}, {"one", c[1], ""}})
	}
	for _, c := range [][2]string{
		{"노르웨이, 자석 재활용에 보조금", "노르웨이, 희토류 비축 확대"},
		{"노르웨이, 자석 재활용에 보조금", "스웨덴, 자석 재활용에 보조금"},
		{"挪威放宽稀土出口许可", "挪威收紧稀土出口管制"},
		{"挪威与瑞典签署矿产合作协议", "挪威与加拿大签署矿产合作协议"},
		{"ノルウェー、磁石リサイクルに補助金", "ノルウェー、レアアース鉱山の操業停止"},
		{"Norway raids illegal rare earth mine", "Norway and Canada sign critical minerals pact"},
	} {
		check(t, []report{{"one", c[0], ""}, {"two", c[1], ""}})
	}
}

// TestTheOlderThread: a report that is nearly as close to two stories goes to the
// one that readers know longer, and to the closer one if that is much closer.
func TestTheOlderThread(t *testing.T) {
	all := articles([]report{
		{"", "노르웨이, 자석 재활용에 보조금 지원", ""},
		{"", "노르웨이, 자석 재활용에 보조금 추가 지원", ""},
		{"", "노르웨이, 자석 재활용 보조금", ""},
		{"", "노르웨이 오슬로서 파업", ""},
	})
	for i := range all {
		all[i].Published = morning.Add(time.Duration(i) * time.Hour)
	}
	for _, c := range []struct {
		older digest.Article
		want  int
	}{{all[0], 0}, {all[3], 1}} {
		g := story.New(story.Settings{})
		c.older.Published = morning
		g.Remember([]digest.Placed{
			{Article: c.older, Place: digest.Place{ArticleID: c.older.ID, StoryID: c.older.ID}},
			{Article: all[1], Place: digest.Place{ArticleID: all[1].ID, StoryID: all[1].ID}},
		})
		want := []string{c.older.ID, all[1].ID}[c.want]
		if got := g.Place(all[2:3])[0].StoryID; got != want {
			t.Errorf("%q went to %s, want %s", all[2].Title, got, want)
		}
	}
}

// TestWhyAcrossLanguages: the ground is told, in words that a reader of either
// language knows.
func TestWhyAcrossLanguages(t *testing.T) {
	all := articles([]report{
		{"", "日정부, 희토류 재활용에 보조금", ""},
		{"", "Japan to subsidise recycling of rare earths", ""},
		{"", "Corvane investit 100 millions d'euros à Leith", "Le groupe Corvane va investir 100 millions d'euros dans son usine de Leith pour produire 4 000 tonnes d'oxydes de terres rares par an dès 2028."},
		{"", "Corvane to invest 100 million euros in Leith rare earth plant", "Corvane will invest 100 million euros in its plant in Leith and make 4,000 tonnes of rare earth oxides a year from 2028, the group said."},
	})
	for i := range all {
		all[i].Published = morning.Add(time.Duration(i) * time.Minute)
	}
	places := story.New(story.Settings{}).Place(all)
	for i, want := range map[int]digest.Reason{
		1: {Signal: "the same in Korean", Words: "subsidy, recycle, Japan"},
		3: {Signal: "the same in French", Words: "invest, plant, the same figures"},
	} {
		if len(places[i].Reasons) != 1 {
			t.Fatalf("%s: %+v", all[i].Title, places[i].Reasons)
		}
		got := places[i].Reasons[0]
		if got.Signal != want.Signal || got.Words != want.Words || got.Weight != places[i].Score {
			t.Errorf("%s: %+v, want %+v", all[i].Title, got, want)
		}
	}
	// Where the words of one language do not meet, it is what they stand for.
	other := articles([]report{{"", "노르웨이, 자석 리사이클 보조금", ""}, {"", "노르웨이 정부, 폐자석 재활용에 국비 투입", ""}})
	other[1].Published = other[0].Published.Add(time.Minute)
	if r := story.New(story.Settings{}).Place(other)[1].Reasons; len(r) != 1 || r[0].Signal != "the same in other words" || r[0].Words != "Norway, subsidy, recycle" {
		t.Errorf("in other words: %+v", r)
	}
	// Within one language it is the words.
	same := articles([]report{{"", "Japan to subsidise recycling of rare earths", ""}, {"", "Japan to subsidise recycling of rare earths, minister says", ""}})
	for _, p := range story.New(story.Settings{}).Place(same) {
		for _, r := range p.Reasons {
			if strings.HasPrefix(r.Signal, "the same in") {
				t.Errorf("within one language: %+v", r)
			}
		}
	}
}
