package edition

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"reedaily/digest"
)

// reader is a stand-in for the finder of facts: in its texts a fact is written
// as [kind:value:unit:of], and a sentence ends with a full stop.
func reader(articles []digest.Article) []digest.Fact {
	var out []digest.Fact
	for _, a := range articles {
		seen := map[digest.Fact]bool{}
		sentences := append(strings.SplitAfter(a.Text, "."), a.Title)
		for _, s := range sentences {
			s = strings.TrimSpace(s)
			for _, part := range strings.Split(s, "[")[1:] {
				inner, _, _ := strings.Cut(part, "]")
				f := append(strings.Split(inner, ":"), "", "", "")
				key := digest.Fact{Kind: f[0], Value: f[1], Unit: f[2]}
				if !seen[key] {
					seen[key] = true
					key.Sentence, key.ArticleID, key.Of = s, a.ID, f[3]
					out = append(out, key)
				}
			}
		}
	}
	return out
}

func text(s string) change { return func(c *digest.Candidate) { c.Article.Text = s } }

func withFacts(s Settings, cs ...digest.Candidate) digest.Edition {
	return Compose(s, Input{ScheduledAt: now, Candidates: cs, Facts: reader})
}

func tagLine(s digest.EditionStory) string {
	var names []string
	for _, t := range s.Tags {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

func TestTags(t *testing.T) {
	report, copied := digest.RelationReport, digest.RelationCopy
	for name, c := range map[string]struct {
		cs   []digest.Candidate
		want string
	}{
		"headline before text":        {[]digest.Candidate{plain("a", title("[element:terbium]"), text("[element:cerium]."))}, "terbium, cerium"},
		"a place by the way":          {[]digest.Candidate{plain("a", text("[place:Oslo]."))}, ""},
		"a place in the headline":     {[]digest.Candidate{plain("a", title("[place:Oslo]"))}, "Oslo"},
		"what several reports say":    {[]digest.Candidate{plain("a", text("[company:A]. [place:Oslo].")), plain("b", inStory("a", report, "a"), text("[place:Oslo]. [company:B]."))}, "A, B, Oslo"},
		"copies say nothing":          {[]digest.Candidate{plain("a", text("[company:A].")), plain("b", inStory("a", copied, "a"), text("[company:B]."))}, "A"},
		"no more than three elements": {[]digest.Candidate{plain("a", text("[element:a] [element:b] [element:c] [element:d] [company:e]."))}, "a, b, c, e"},
		"no more than five":           {[]digest.Candidate{plain("a", text("[element:a] [element:b] [company:c] [company:d] [project:e] [project:f]."))}, "a, b, c, d, e"},
		"one address, one tag":        {[]digest.Candidate{plain("a", text("[company:Grey Hill] [project:Grey-Hill's]."))}, "Grey Hill"},
		"not the outlet itself":       {[]digest.Candidate{plain("a", source("Acme"), text("[company:ACME]."))}, ""},
		"numbers are no tags":         {[]digest.Candidate{plain("a", text("[price:5:USD/kg] [stage:opening]."))}, ""},
		"a name without letters":      {[]digest.Candidate{plain("a", text("[company:…]."))}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tagLine(withFacts(Defaults(), c.cs...).Stories[0]); got != c.want {
				t.Errorf("tags %q, want %q", got, c.want)
			}
		})
	}
}

func TestNumbersOfTheDay(t *testing.T) {
	const pad = " and some more words."
	for name, c := range map[string]struct {
		cs   []digest.Candidate
		want []string
	}{
		"none":                           {[]digest.Candidate{plain("a", text("Nothing that anybody counted."))}, nil},
		"of what it is":                  {[]digest.Candidate{plain("a", text("The [element:terbium] costs [price:900:USD/kg:terbium]"+pad))}, []string{"$900 a kilogram: terbium"}},
		"of no name that is merely near": {[]digest.Candidate{plain("a", text("[element:cerium] [price:2:USD/kg] and [element:terbium]"+pad))}, nil},
		"of a thing without a name":      {[]digest.Candidate{plain("a", text("They take [quantity:5000:t:feedstock] for [element:samarium]"+pad))}, []string{"5,000 tonnes: feedstock"}},
		"from one to another":            {[]digest.Candidate{plain("a", text("[element:cerium] rose from [price:2:USD/kg:cerium] to [price:3:USD/kg:cerium]"+pad))}, nil},
		"a price that somebody named":    {[]digest.Candidate{plain("a", text("[company:Acme Bank] says [price:2:USD/kg]"+pad))}, nil},
		"of the unit's own":              {[]digest.Candidate{plain("a", text("[element:cerium] or [quantity:1500:t/y NdPr oxide]"+pad))}, []string{"1,500 tonnes a year: NdPr oxide"}},
		"not of the headline's":          {[]digest.Candidate{plain("a", title("[company:Acme] digs"), text("It costs [money:412000000:USD]"+pad))}, nil},
		"a headline alone":               {[]digest.Candidate{plain("a", title("[company:Acme] pays [money:412000000:USD:loan] for a mine"))}, nil},
		"of nothing":                     {[]digest.Candidate{plain("a", text("It costs [money:412000000:USD]"+pad))}, nil},
		"too small":                      {[]digest.Candidate{plain("a", text("[company:Acme] pays [money:900:USD:loan] or [price:9:USD/share:Acme]"+pad)), plain("b", weight(0.5), text("[company:Acme] [quantity:2:t:magnets]"+pad))}, []string{"$9 a share: Acme"}},
		"an unknown unit":                {[]digest.Candidate{plain("a", text("[element:terbium] [price:9:XXX/kg:terbium] [quantity:4:barrels:oil]"+pad))}, nil},
		"a long sentence":                {[]digest.Candidate{plain("a", text("[element:terbium] [price:9:USD/kg:terbium]"+strings.Repeat(" word", 80)+"."))}, nil},
		"two of a story, not more":       {[]digest.Candidate{plain("a", text("[element:a] [price:1:USD/kg:a]"+pad+" [element:b] [price:2:USD/kg:b]"+pad+" [element:c] [price:3:USD/kg:c]"+pad))}, []string{"$1 a kilogram: a", "$2 a kilogram: b"}},
		"what others say, too, first": {[]digest.Candidate{
			plain("a", text("[element:a] [price:1:USD/kg:a]"+pad)),
			plain("b", weight(0.9), text("[element:b] [price:2:USD/kg:b]"+pad)),
			plain("c", weight(0.8), text("[element:b] has [price:2:USD/kg:b]"+pad)),
		}, []string{"$2 a kilogram: b", "$1 a kilogram: a"}},
		"what was told before, never": {[]digest.Candidate{
			plain("a", thread("[element:a] [price:1:USD/kg:a]"+pad), text("[element:a] [price:1:USD/kg:a]"+pad+" [element:a] [price:3:USD/kg:a]"+pad)),
		}, []string{"$3 a kilogram: a"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			ed := withFacts(Defaults(), c.cs...)
			for _, n := range ed.Numbers {
				got = append(got, n.Value+": "+n.About)
				honest(t, ed, n, c.cs)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("numbers %q, want %q", got, c.want)
			}
		})
	}
}

// honest: the sentence stands in the article that is named, with its source and link.
func honest(t *testing.T, ed digest.Edition, n digest.EditionNumber, cs []digest.Candidate) {
	t.Helper()
	for _, c := range cs {
		a := c.Article
		if a.ID != n.ArticleID {
			continue
		}
		if n.Sentence == "" || !strings.Contains(a.Title+"\n"+a.Text, n.Sentence) || n.Source != a.Source || n.URL != a.URL || n.About == "" || n.Value == "" {
			t.Errorf("%+v is not what the article says", n)
		}
		return
	}
	t.Errorf("%+v is of no article", n)
}

// TestASentenceAsItIsQuoted: a highlight without its dateline serves the box, too.
func TestASentenceAsItIsQuoted(t *testing.T) {
	const said = "The [element:terbium] costs [price:900:USD/kg:terbium] today."
	quote := func(as []digest.Article, _ digest.Thread) []digest.Highlight {
		return []digest.Highlight{{Text: said, ArticleID: as[0].ID, Source: as[0].Source}}
	}
	ed := Compose(Defaults(), Input{ScheduledAt: now, Facts: reader, Highlights: quote, Candidates: []digest.Candidate{plain("a", text("OSLO (Wire) - "+said))}})
	if len(ed.Numbers) != 1 || ed.Numbers[0].Sentence != said {
		t.Errorf("numbers %+v", ed.Numbers)
	}
}

func TestFactsAreDeterministic(t *testing.T) {
	var cs []digest.Candidate
	for i := range 30 {
		cs = append(cs, plain(fmt.Sprintf("a%02d", i), weight(float64(i%3)), inStory(fmt.Sprintf("a%02d", i/2*2), digest.RelationReport, ""),
			text(fmt.Sprintf("The [element:e%d] of [company:c%d] costs [price:%d:USD/kg:e%d] at [place:p%d] and so on.", i%7, i%5, i%11+1, i%7, i%2))))
	}
	want := withFacts(Defaults(), cs...)
	if len(want.Numbers) != maxNumbers {
		t.Errorf("%d numbers", len(want.Numbers))
	}
	hash, err := want.Hash()
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(20) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
		if got, err := withFacts(Defaults(), cs...).Hash(); err != nil || got != hash {
			t.Fatalf("seed %d: another edition (%v)", seed, err)
		}
	}
	if ed := compose(t, Defaults(), cs...); ed.Numbers != nil || ed.Stories[0].Tags != nil {
		t.Error("without a reader of facts there are some")
	}
}

func TestSpell(t *testing.T) {
	for _, c := range []struct{ kind, value, unit, want string }{
		{"price", "230", "USD/kg", "$230 a kilogram"},
		{"price", "553000-557000", "CNY/t", "553,000–557,000 yuan a tonne"},
		{"price", "1.05", "AUD/share", "A$1.05 a share"},
		{"price", "9.5", "USD/lb", "$9.50 a pound"},
		{"money", "1250000000", "USD", "$1.25 billion"},
		{"money", "1700000000-1800000000", "AUD", "A$1.7–1.8 billion"},
		{"money", "900000-2000000", "EUR", "€900,000 to 2 million"},
		{"money", "1200000000000", "KRW", "1.2 trillion won"},
		{"money", "1234567", "JPY", "1,234,567 yen"},
		{"money", "18000.5", "$", "$18,000.50"},
		{"quantity", "1500", "t/y NdPr oxide", "1,500 tonnes a year"},
		{"quantity", "3200000", "t", "3.2 million tonnes"},
		{"quantity", "1", "t", "1 tonne"},
		{"quantity", "40", "kg/d", "40 kilograms a day"},
		{"quantity", "500-900", "ppm TREO", "500–900 ppm"},
		{"percent", "2.5", "% TREO", "2.5%"},
		{"percent", "40-50", "%", "40–50%"},
		{"percent", "2.5", "pp", "2.5 percentage points"},
		{"percent", "5", "points", ""},
		{"price", "5", "USD/barrel", ""},
		{"quantity", "5", "t/fortnight", ""},
		{"money", "much", "USD", ""},
		{"money", "NaN", "USD", ""},
		{"money", "-5", "USD", ""},
		{"money", "1e400", "USD", ""},
		{"place", "5", "", ""},
	} {
		if got, _ := spell(digest.Fact{Kind: c.kind, Value: c.value, Unit: c.unit}); got != c.want {
			t.Errorf("%s %s %s: %q, want %q", c.kind, c.value, c.unit, got, c.want)
		}
	}
}
