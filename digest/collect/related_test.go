package collect

import (
	"strings"
	"testing"

	"reedaily/digest"
)

// TestRelated: an article's own page has most words of its title and summary,
// whatever the language; what stands in its place has nearly none.
func TestRelated(t *testing.T) {
	english := digest.Article{
		Title: "Kestrel starts shipping dysprosium from its Stonefield plant", Source: "Rare Earth Weekly",
		Summary: "The plant separates heavy rare earths by solvent extraction, and buyers in three countries have signed for the first year.",
	}
	chinese := digest.Article{Title: "石原工厂开始出货氧化镝", Summary: "该厂采用溶剂萃取分离重稀土,三个国家的买家已签约。"}
	korean := digest.Article{Title: "스톤필드 공장, 디스프로슘 출하 시작", Summary: "공장은 용매 추출로 중희토류를 분리한다."}
	for _, c := range []struct {
		name string
		a    digest.Article
		text string
		want bool
	}{
		{"its own", english, "Dysprosium is leaving Stonefield: the plant of Kestrel shipped its first drums on Monday. Solvent extraction separated them, and three countries' buyers signed.", true},
		{"a check", english, "Please enable JS and disable any ad blocker", false},
		{"loading", english, "Loading…", false},
		{"an offer of the outlet", english, "Only $1 for the first four weeks of rare earth news. The weekly that the industry reads, now on all of your devices.", false},
		{"consent", english, strings.Repeat("With your consent, we and our partners use cookies to store, read and process personal data such as your visit. ", 20), false},
		{"another story", english, "A lithium miner in Chile has asked its lenders for more time after brine prices fell by half.", false},
		{"its own, Chinese", chinese, "石原工厂周一表示,首批氧化镝已经出货。溶剂萃取法用于分离重稀土。", true},
		{"consent, Chinese", chinese, "我们使用必要的存储技术改进服务,请选择是否同意。", false},
		{"its own, Korean", korean, "스톤필드의 공장이 디스프로슘을 처음으로 출하했다. 용매로 추출해 분리했다.", true},
		{"consent, Korean", korean, "개인정보 처리방침에 동의해 주십시오.", false},
		{"a short title", digest.Article{Title: "Quarry ships"}, "The quarry at Stonefield began to ship two years after the first permit.", true},
		{"a short title, and something else", digest.Article{Title: "Quarry ships"}, "One moment, and then you are there.", false},
		{"nothing to compare", digest.Article{Title: "Q3", Source: "Ore"}, "Two years after the first permit was asked for.", true},
	} {
		if got := related(c.a, c.text); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
