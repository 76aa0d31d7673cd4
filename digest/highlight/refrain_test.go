package highlight

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reedaily/digest"
)

// news is an article of the outlet with these sentences.
func news(outlet, title string, sentences ...string) digest.Article {
	return digest.Article{
		ID: digest.ArticleID("https://" + outlet + ".example/" + title), Source: outlet,
		Title: title, Lang: "en", Text: strings.Join(sentences, " "),
	}
}

const (
	narvik  = "Fjord Magnets will build a magnet plant in Narvik for 300 million kroner."
	jobs    = "The site is to employ 140 people and to make 800 tonnes of magnets a year from 2029."
	estonia = "Its oxides have come from a supplier in Estonia since 2024."
	owner   = "Its owner holds a third of the shares of the harbour."
	club    = "The Magnet Club meets every Thursday evening in the old customs house of Bergen."
	about   = "Fjord Magnets is a maker of permanent magnets, 60 tonnes of them a year, in Norway."
)

func TestRefrainsAreNotQuoted(t *testing.T) {
	a := news("Fjord Times", "A plant for Narvik", narvik, jobs, club)
	other := func(n int, sentences ...string) digest.Article {
		return news("Fjord Times", fmt.Sprintf("Herring landings of week %d", n), sentences...)
	}
	elsewhere := news("Reef News", "Herring", "A herring is a fish.", club)
	again := news("Fjord Times", "Narvik gets its plant", narvik, jobs, club)
	update := news("Fjord Times", "Plant to employ 140", jobs, estonia, owner)
	for _, c := range []struct {
		name   string
		a      digest.Article
		story  []digest.Article
		lately []digest.Article
		want   []string
	}{
		{"nothing is known", a, nil, nil, []string{narvik, jobs, club}},
		{"itself", a, nil, []digest.Article{a}, []string{narvik, jobs, club}},
		{"another outlet", a, nil, []digest.Article{elsewhere}, []string{narvik, jobs, club}},
		{"other news", a, nil, []digest.Article{other(1, "Herring landings rose by a tenth.", club)}, []string{narvik, jobs}},
		{"another spelling of the outlet", a, nil, []digest.Article{news("FJORD  times", "Herring", "Herring landings rose.", club)}, []string{narvik, jobs}},
		{"the same headline", a, nil, []digest.Article{news("Fjord Times", "A plant for  narvik", "Fjord Magnets may build.", club)}, []string{narvik, jobs, club}},
		{"a second version", a, nil, []digest.Article{again}, []string{narvik, jobs, club}},
		{"two reports of today's story", a, []digest.Article{update}, []digest.Article{a, update}, []string{narvik, jobs, club, estonia, owner}},
		{"an earlier report with one sentence of it", a, nil, []digest.Article{update}, []string{narvik, club}},
		{"a form, seen twice", news("Fjord Times", "Week 9", club, about), nil, []digest.Article{other(1, club, about), other(2, club, about)}, []string{club, about}},
		{"a form, seen often", news("Fjord Times", "Week 9", club, about), nil, []digest.Article{other(1, club, about), other(2, club, about), other(3, club, about)}, nil},
		{"one headline thrice is one", news("Fjord Times", "Week 9", club, about), nil, []digest.Article{other(1, club, about), other(1, club, about), other(1, club, about)}, []string{club, about}},
		{"behind a headline without a stop", news("Fjord Times", "Week 9", "Week 9", club, narvik), nil, []digest.Article{news("Fjord Times", "Week 8", "Week 8", club, jobs, owner)}, []string{narvik}},
	} {
		p := New(Settings{Max: 9}).Without(NewRefrains(c.lately))
		got := texts(p.Pick(append([]digest.Article{c.a}, c.story...), digest.Thread{}))
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

// TestRefrainsInLists: where a page's list is taken for the outlet's highlights.
func TestRefrainsInLists(t *testing.T) {
	a, b := news("Fjord Times", "A plant for Narvik", narvik), news("Fjord Times", "Herring", owner)
	a.Highlights = []string{"• Narvik town has three old harbours", club}
	b.Highlights = []string{club, "Herring landings rise"}
	got := New(Defaults()).Without(NewRefrains([]digest.Article{a, b})).Pick([]digest.Article{a}, digest.Thread{})
	if want := []string{"Narvik town has three old harbours", narvik}; !slices.Equal(texts(got), want) {
		t.Errorf("got %q, want %q", texts(got), want)
	}
}

// TestRefrainsGiveNoFacts: no tag and no number comes from them.
func TestRefrainsGiveNoFacts(t *testing.T) {
	a, b := news("Fjord Times", "A plant", narvik, jobs, about), news("Fjord Times", "Herring", "Herring landings rose.", about)
	f := finder(t)
	says := func(f *Finder) (all []string) {
		for _, fact := range f.Facts(a) {
			all = append(all, fact.Sentence)
		}
		return all
	}
	if !slices.Contains(says(f), about) {
		t.Fatalf("%q has no fact to lose", about)
	}
	if got := says(f.Without(NewRefrains([]digest.Article{a, b}))); slices.Contains(got, about) || !slices.Contains(got, jobs) {
		t.Errorf("facts come from %q", got)
	}
}

func BenchmarkRefrains(b *testing.B) {
	var lately []digest.Article
	for n := range 600 {
		var text strings.Builder
		for s := range 30 {
			fmt.Fprintf(&text, "Report %d says in sentence %d that the plant in Narvik will be built in time. ", n, s)
		}
		lately = append(lately, news(fmt.Sprint("outlet ", n%10), fmt.Sprint("headline ", n), text.String(), club))
	}
	for b.Loop() {
		p := New(Defaults()).Without(NewRefrains(lately))
		for _, a := range lately[:20] {
			p.Pick([]digest.Article{a}, digest.Thread{})
		}
	}
}
