package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

// aLife is an article that the edition of the 14th was there for.
func aLife(t *testing.T, changes ...func(*digest.Life)) digest.Life {
	t.Helper()
	due := at(t, "2026-02-14T06:30:00Z")
	l := digest.Life{
		Article: digest.Article{
			ID: "0123456789abcdef", URL: "https://ore.example/plant", Title: "Plant opens", Source: "Ore",
			Published: due.Add(-2 * time.Hour), FirstSeen: due.Add(-time.Hour), Version: 1,
		},
		Feed: digest.Feed{Name: "Ore"},
		Judgements: []digest.Judgement{{
			Version: 1, Ruler: "ruler", Relevant: true, Grade: digest.GradeCore, Score: 0.8, At: due,
			Reasons: []digest.Reason{{Signal: "core", Words: "rare earth", Where: "title", Weight: 1.4}},
		}},
		Place: digest.Place{ArticleID: "0123456789abcdef", StoryID: "0123456789abcdef", Relation: digest.RelationFirst},
		Morning: digest.Morning{Edition: digest.EditionRow{
			Key: digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}, State: digest.EditionDone, ScheduledAt: due, Cutoff: due,
		}},
	}
	for _, f := range changes {
		f(&l)
	}
	return l
}

func offTopic(l *digest.Life) {
	j := &l.Judgements[0]
	j.Relevant, j.Grade, j.Score = false, digest.GradePartly, 0.4
	j.Reasons = append(j.Reasons, digest.Reason{Signal: "trap", Words: "fridge magnet", Where: "summary", Weight: -0.9})
}

func copyOfTold(l *digest.Life) {
	l.Place = digest.Place{ArticleID: l.Article.ID, StoryID: "b", Nearest: "b", Relation: digest.RelationCopy, Score: 0.97}
	l.Place.Reasons = []digest.Reason{{Signal: "title in the other", Words: "plant, open", Weight: 0.8}, {Signal: "texts", Weight: 0.91}, {Signal: "same sum", Weight: 1}, {Signal: "same words in a row"}}
	l.Story = []digest.Relative{{
		ID: "b", Title: "Plant is open", Source: "Magnet", Dated: l.Article.Published.AddDate(0, 0, -1), Told: "2026-02-13",
		Place: digest.Place{ArticleID: "b", StoryID: "b", Relation: digest.RelationFirst},
	}}
}

func toldSecond(l *digest.Life) {
	s := digest.EditionStory{Relation: digest.RelationUpdate, Title: "Plant is open", Score: 0.5, Signals: []digest.Reason{
		{Signal: "source", Words: "Ore", Weight: 0.075}, {Signal: "outlets", Words: "2 independent outlets", Weight: 0.12},
	}}
	s.Articles = []digest.EditionArticle{{ID: "b"}, {ID: l.Article.ID}}
	s.Highlights = []digest.Highlight{
		{ArticleID: "b", Text: "Not mine."},
		{ArticleID: l.Article.ID, Text: "It opened.", Refused: "it said 40 for 14"},
		{ArticleID: l.Article.ID, Text: "The plant began.", Rewritten: true, Original: "The plant has begun."},
	}
	l.Told = digest.Telling{Day: "2026-02-14", Position: 3, Stories: 7, Nth: 2, Story: s}
}

func TestVerdictWords(t *testing.T) {
	known := teller{zone: time.UTC, threshold: 0.5, maxAge: 72 * time.Hour}
	full := known
	full.maxStories = 5
	unknown := teller{zone: time.UTC}
	old := func(l *digest.Life) { l.Article.Published = l.Article.Published.AddDate(0, 0, -4) }
	for name, c := range map[string]struct {
		t    teller
		l    digest.Life
		want string
	}{
		"told":            {known, aLife(t, toldSecond), "in the edition of 2026-02-14, story 3, an update, as article 2 of 2"},
		"waiting":         {known, aLife(t, func(l *digest.Life) { l.Morning = digest.Morning{} }), "it waits for the next edition"},
		"off topic":       {known, aLife(t, offTopic), "touches the topic: score 0.40; 0.50 is needed; for it: “rare earth” title; against it: “fridge magnet” summary"},
		"off topic then":  {unknown, aLife(t, offTopic), "touches the topic: score 0.40; for it: “rare earth” title; against it: “fridge magnet” summary"},
		"of another kind": {known, aLife(t, func(l *digest.Life) { l.Judgements[0] = digest.Judgement{Version: 1, Grade: digest.GradeNo} }), "not about the topic: no word of the topic in it"},
		"too old":         {known, aLife(t, old), "too old: it was 98 h old on 2026-02-14, and edition.max_age is 72 h"},
		"too old then":    {unknown, aLife(t, old), "today's settings would tell it; those of 2026-02-14 did not (it was 98 h old)"},
		"a copy":          {known, aLife(t, copyOfTold), "it has the words of “Plant is open” (Magnet), which the edition of 2026-02-13 told"},
		"late": {
			known, aLife(t, func(l *digest.Life) { l.Judgements[0].At = at(t, "2026-02-15T06:30:00Z") }),
			"found to be about the topic only on 15 Feb 2026 06:30 UTC, when the edition of 2026-02-14 was closed",
		},
		"left out":     {full, aLife(t), "the edition of 2026-02-14 was full: edition.max_stories is 5"},
		"never judged": {full, aLife(t, func(l *digest.Life) { l.Judgements = nil }), "the edition of 2026-02-14 was made without judging it"},
		"never placed": {full, aLife(t, func(l *digest.Life) { l.Place = digest.Place{} }), "the edition of 2026-02-14 was made without grouping it"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.t.verdict(c.l); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestLifeInWords(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	got := teller{zone: berlin, threshold: 0.5, maxAge: 72 * time.Hour}.life(aLife(t, copyOfTold, toldSecond, func(l *digest.Life) {
		l.Article.Source, l.Article.Version, l.Article.Text = "The Ore", 2, "Ten runes."
		l.Sightings = []digest.Sighting{{Feed: digest.Feed{Name: "Mine"}, At: at(t, "2026-02-15T06:30:00Z")}}
		l.Notes = []string{"2 items without a link", "“Plant opens” is dated \"soon\", which makes no sense: taken as undated"}
		l.Page = digest.Page{Version: 2, At: at(t, "2026-02-14T06:31:00Z"), Status: 200}
		first := l.Judgements[0]
		first.Grade, first.Score = digest.GradeNo, 0.1
		l.Judgements = []digest.Judgement{first, l.Judgements[0]}
		l.Morning.Closed = l.Morning.Edition
		l.Morning.Closed.Cutoff = l.Article.FirstSeen.Add(-time.Minute)
		l.Morning.Missed = []digest.Day{"2026-02-13"}
	}))
	want := `Plant opens
https://ore.example/plant

Fetched   first seen on 14 Feb 2026 06:30 CET in Ore, an article of The Ore
          dated 14 Feb 2026 05:30 CET
          its feed had it dated "soon", which makes no sense: taken as undated
          also shown by Mine, first on 15 Feb 2026 07:30 CET
          its outlet changed it since: this is version 2
          its own page was read on 14 Feb 2026 07:31 CET: 10 characters
Topic     about the topic, score 0.80; 0.50 is needed
          +1.40 “rare earth” in the title names the topic
          before that: not about the topic, score 0.10, on 14 Feb 2026 07:30 CET (version 1, by ruler)
Story     has the words of an article that is known already; closest to “Plant is open” (Magnet), 0.97 of 1
          0.80 title in the other: plant, open
          0.91 texts
          1.00 same sum
          1 other article:
            first  Plant is open (Magnet, 13 Feb 2026 05:30 CET), told on 2026-02-13
Rank      its story is number 3 of 7, score 0.50
          +0.12 outlets: 2 independent outlets
          +0.07 source: Ore
Told      in the edition of 2026-02-14, story 3, an update, as article 2 of 2
          quoted: “It opened.”
            a model's wording was refused: it said 40 for 14
          reworded: “The plant began.”
                from: “The plant has begun.”
          first seen after the edition of 2026-02-14 was closed, at 06:29; nobody made the edition of 2026-02-13
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAddress(t *testing.T) {
	for asked, want := range map[string]string{
		"https://ore.example/a":    "https://ore.example/a",
		"http://ore.example":       "http://ore.example",
		"ore.example/a?b=1":        "https://ore.example/a?b=1",
		"www.ore.example/":         "https://www.ore.example/",
		"ore.example":              "", // a name such as Mining.com is a word, too
		"NdPr/Dy":                  "",
		"U.S. / China trade":       "",
		"rare earth":               "",
		"see https://ore.example/": "",
	} {
		got, ok := address(asked)
		if got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", asked, got, want)
		}
	}
	if got := number("0123456789abcdef"); got != "01234567" || number("ab") != "ab" || !isNumber.MatchString(got) || isNumber.MatchString("magnetic") || isNumber.MatchString(strings.ToUpper("0123456F")) {
		t.Errorf("number %q", got)
	}
}
