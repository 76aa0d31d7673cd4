package edition

import (
	"strings"
	"testing"

	"reedaily/digest"
)

func TestOwners(t *testing.T) {
	o := NewOwners([]digest.Feed{
		{ID: "f1", Name: "Valley Post", Owner: "Hill House", Home: "https://www.valleypost.example/"},
		{ID: "f2", Name: "Ridge Post", Owner: "hill house"},
		{ID: "f3", Name: "Mining Weekly Extra", Owner: "creamer media"},
		{ID: "f4", Name: "Nobody's"},
	})
	for name, c := range map[string]struct {
		a, b digest.Article
		same bool
	}{
		"by name":                    {digest.Article{Source: "The Northern Miner"}, digest.Article{Source: "MINING.COM"}, true},
		"by host as a name":          {digest.Article{Source: "Mining.com"}, digest.Article{Source: "canadianminingjournal.com"}, true},
		"by address":                 {digest.Article{Source: "MW", URL: "https://www.miningweekly.com/article/1"}, digest.Article{Source: "Engineering News"}, true},
		"below a host":               {digest.Article{Source: "NA", URL: "https://asia.nikkei.com/a"}, digest.Article{Source: "Financial Times"}, true},
		"two spellings of one":       {digest.Article{Source: "g-enews.com"}, digest.Article{Source: "글로벌이코노믹"}, true},
		"one paper's names":          {digest.Article{Source: "Barron's"}, digest.Article{Source: "WSJ"}, true},
		"strangers":                  {digest.Article{Source: "Reuters"}, digest.Article{Source: "Bloomberg"}, false},
		"a name is no host":          {digest.Article{Source: "People"}, digest.Article{Source: "People's Daily"}, false},
		"an aggregator's address":    {digest.Article{Source: "A", URL: "https://news.google.com/x"}, digest.Article{Source: "B", URL: "https://news.google.com/y"}, false},
		"by feed":                    {digest.Article{Source: "Ridge", FeedID: "f2"}, digest.Article{Source: "Valley", FeedID: "f1"}, true},
		"a feed's outlet elsewhere":  {digest.Article{Source: "valley post", FeedID: "f9"}, digest.Article{Source: "Ridge", FeedID: "f2"}, true},
		"a feed's home":              {digest.Article{Source: "VP", URL: "https://m.valleypost.example/1"}, digest.Article{Source: "Ridge", FeedID: "f2"}, true},
		"an operator's known owner":  {digest.Article{Source: "X", FeedID: "f3"}, digest.Article{Source: "Mining Weekly"}, true},
		"a feed that names no owner": {digest.Article{Source: "X", FeedID: "f4"}, digest.Article{Source: "Nobody's", FeedID: "f4"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := o.of(c.a)
			b, _ := o.of(c.b)
			if (a == b) != c.same {
				t.Errorf("%q and %q", a, b)
			}
		})
	}
}

func TestCredits(t *testing.T) {
	o := NewOwners(nil)
	for name, c := range map[string]struct {
		a    digest.Article
		want string
	}{
		"dateline":               {digest.Article{Text: "BEIJING, Feb 26 (Reuters) - China said on Thursday."}, "Thomson Reuters"},
		"dateline, two dashes":   {digest.Article{Text: "(Bloomberg) -- MP Materials Corp. rose."}, "Bloomberg"},
		"dateline, em dash":      {digest.Article{Text: "WASHINGTON (AP) — The Pentagon said."}, "Associated Press"},
		"summary alone":          {digest.Article{Summary: "TOKYO (Kyodo) -- Japan said."}, "Kyodo"},
		"two in brackets":        {digest.Article{Text: "LONDON (Reuters/AFP) - A plant."}, "Thomson Reuters"},
		"without brackets":       {digest.Article{Text: "Reuters - A plant is closed."}, "Thomson Reuters"},
		"at the end":             {digest.Article{Text: "A plant is closed, its owner said. (Reuters)"}, "Thomson Reuters"},
		"at the end, dashed":     {digest.Article{Text: "A plant is closed, its owner said. — AFP"}, "Agence France-Presse"},
		"author":                 {digest.Article{Author: "By Reuters", Text: "A plant is closed."}, "Thomson Reuters"},
		"author of an agency":    {digest.Article{Author: "Jane Roe, Bloomberg News", Text: "A plant is closed."}, "Bloomberg"},
		"Chinese dateline":       {digest.Article{Text: "新华社北京2月26日电（记者张三）商务部宣布。"}, "Xinhua"},
		"Chinese, according to":  {digest.Article{Text: "据新华社报道，商务部宣布。"}, "Xinhua"},
		"Chinese, long dateline": {digest.Article{Text: "路透社华盛顿2月26日电 美国宣布。"}, "Thomson Reuters"},
		"Chinese, traditional":   {digest.Article{Text: "（中央社台北26日電）經濟部宣布。"}, "Central News Agency"},
		"Korean":                 {digest.Article{Text: "(서울=연합뉴스) 홍길동 기자 = 포스코가 밝혔다."}, "Yonhap"},
		"Korean, square":         {digest.Article{Text: "[서울=뉴시스]홍길동 기자 = 포스코가 밝혔다."}, "Money Today"},
		"told to an agency":      {digest.Article{Text: "China will cut quotas, Reuters reported on Friday."}, ""},
		"in mid-sentence":        {digest.Article{Text: "A spokesman told the agency (Reuters) that quotas fall."}, ""},
		"a company's listing":    {digest.Article{Text: "PERTH (ASX: LYC) - Lynas said."}, ""},
		"late in a text":         {digest.Article{Text: strings.Repeat("A word. ", 40) + "OSLO (Reuters) - More. " + strings.Repeat("A word. ", 20)}, ""},
		"an own author":          {digest.Article{Author: "Jane Roe", Text: "A plant is closed."}, ""},
		"nothing":                {digest.Article{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := o.credit(c.a); got != outletKey(c.want) || ok != (c.want != "") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestOutletsAreCountedHonestly: what a rank says of who did own work.
func TestOutletsAreCountedHonestly(t *testing.T) {
	report, copied := digest.RelationReport, digest.RelationCopy
	in := func(id, outlet string, changes ...change) digest.Candidate {
		r, nearest := report, "a"
		if id == "a" {
			r, nearest = digest.RelationFirst, ""
		}
		return plain(id, append([]change{inStory("a", r, nearest), source(outlet)}, changes...)...)
	}
	for name, c := range map[string]struct {
		cs   []digest.Candidate
		want string
	}{
		"alone":    {[]digest.Candidate{in("a", "Ore Post")}, ""},
		"two":      {[]digest.Candidate{in("a", "Ore Post"), in("b", "Mineral Post")}, "2 independent outlets: Ore Post, Mineral Post"},
		"an owner": {[]digest.Candidate{in("a", "MINING.COM"), in("b", "Canadian Mining Journal"), in("c", "The Northern Miner")}, "1 independent outlet: MINING.COM; 2 more of one owner"},
		"two owners": {
			[]digest.Candidate{in("a", "MINING.COM"), in("b", "The Northern Miner"), in("c", "WSJ"), in("d", "Barron's")},
			"2 independent outlets: MINING.COM, Barron's; 2 more of the same owners",
		},
		"an agency's words": {
			[]digest.Candidate{in("a", "Reuters"), in("b", "Ore Post", text("OSLO (Reuters) - A plant.")), in("c", "Mineral Post"), in("d", "Hill Post", text("By hand. (Reuters)"))},
			"2 independent outlets: Reuters, Mineral Post; 2 more with an agency's words",
		},
		"copies": {
			[]digest.Candidate{in("a", "Ore Post"), in("b", "Hill Post", inStory("a", copied, "a")), in("c", "Dale Post", inStory("a", copied, "b")), in("d", "Mineral Post")},
			"2 independent outlets: Ore Post, Mineral Post",
		},
		"many": {
			[]digest.Candidate{in("a", "A"), in("b", "B"), in("c", "C"), in("d", "D"), in("e", "E"), in("f", "F"), in("g", "G"), in("h", "H")},
			"8 independent outlets: A, B, C, D, E, F and 2 others",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, r := range compose(t, Defaults(), c.cs...).Stories[0].Signals {
				if r.Signal == "outlets" {
					got = r.Words
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestListsOfOwners: an outlet has one owner, and an agency that is an outlet, too.
func TestListsOfOwners(t *testing.T) {
	seen := map[string]string{}
	for _, list := range []string{ownersList, wiresList} {
		clear(seen)
		n := 0
		for owner, spellings := range entries(list) {
			n++
			for _, s := range spellings {
				if s != strings.TrimSpace(s) || s == "" || owner != strings.TrimSpace(owner) {
					t.Errorf("%s: %q", owner, s)
				}
				if before, ok := seen[s]; ok {
					t.Errorf("%q belongs to %s and to %s", s, before, owner)
				}
				seen[s] = owner
			}
		}
		if n < 20 {
			t.Errorf("%d owners", n)
		}
	}
	o := NewOwners(nil)
	for name, owner := range o.wires {
		if who := o.outlet(digest.Article{Source: name}); who != owner && who != outletKey(name) {
			t.Errorf("the agency %s is of %s, the outlet of %s", name, owner, who)
		}
	}
}
