package edition

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"reedaily/digest"
)

var now = time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC)

// change is what makes a candidate differ from a plain one.
type change func(*digest.Candidate)

// plain is an article of an outlet of weight 1, two hours old, that begins a story of its own.
func plain(id string, changes ...change) digest.Candidate {
	c := digest.Candidate{
		Article: digest.Article{
			ID: id, URL: "https://news.example/" + id, Title: "Title " + id, Source: "Outlet " + id, Lang: "en",
			Published: now.Add(-2 * time.Hour), FirstSeen: now.Add(-time.Hour), Version: 1,
		},
		Judgement: digest.Judgement{ArticleID: id, Relevant: true, Grade: digest.GradeCore, Score: 0.7},
		Place:     digest.Place{ArticleID: id, StoryID: id, Relation: digest.RelationFirst},
		Weight:    1,
	}
	for _, f := range changes {
		f(&c)
	}
	return c
}

func inStory(id string, r digest.Relation, nearest string) change {
	return func(c *digest.Candidate) { c.Place.StoryID, c.Place.Relation, c.Place.Nearest = id, r, nearest }
}
func weight(w float64) change { return func(c *digest.Candidate) { c.Weight = w } }
func source(s string) change  { return func(c *digest.Candidate) { c.Article.Source = s } }
func title(s string) change   { return func(c *digest.Candidate) { c.Article.Title = s } }
func lang(s string) change    { return func(c *digest.Candidate) { c.Article.Lang = s } }
func at(t time.Time) change   { return func(c *digest.Candidate) { c.Article.Published = t } }
func link(s string) change    { return func(c *digest.Candidate) { c.Article.URL = s } }
func scored(x float64) change { return func(c *digest.Candidate) { c.Judgement.Score = x } }
func told(d digest.Day) change {
	return func(c *digest.Candidate) { c.Thread = digest.Thread{First: d, Last: d} }
}

// thread has told one article with this text.
func thread(text string) change {
	return func(c *digest.Candidate) {
		c.Thread = digest.Thread{First: "2026-02-12", Last: "2026-02-13", Articles: []digest.Article{{ID: "told", Title: "Told", Text: text}}}
	}
}

func toldCopy(c *digest.Candidate) { c.ToldCopy = "2026-02-13" }

func compose(t testing.TB, s Settings, cs ...digest.Candidate) digest.Edition {
	t.Helper()
	return Compose(s, Input{
		Key: digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}, Title: "Rare Earth Daily", ScheduledAt: now, Candidates: cs,
		Sources: digest.SourceCount{Asked: 3, Answered: 3},
	})
}

// order is the stories' ids, top first.
func order(ed digest.Edition) string {
	var ids []string
	for _, s := range ed.Stories {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, " ")
}

// articles is the articles' ids of the first story, lead first.
func articles(ed digest.Edition) string {
	var ids []string
	for _, a := range ed.Stories[0].Articles {
		ids = append(ids, a.ID)
	}
	return strings.Join(ids, " ")
}

func TestRanking(t *testing.T) {
	report, copied := digest.RelationReport, digest.RelationCopy
	for name, c := range map[string]struct {
		cs   []digest.Candidate
		want string
	}{
		"more outlets first": {[]digest.Candidate{
			plain("a"), plain("b"), plain("b2", inStory("b", report, "b")),
		}, "b a"},
		"copies are no outlets": {[]digest.Candidate{
			plain("a"), plain("a2", inStory("a", copied, "a")), plain("a3", inStory("a", copied, "a2")), plain("a4", inStory("a", copied, "a")),
			plain("b"), plain("b2", inStory("b", report, "b")),
		}, "b a"},
		"one outlet twice is one": {[]digest.Candidate{
			plain("a", source("Business Green")), plain("a2", inStory("a", report, "a"), source("businessgreen.com")),
			plain("b"), plain("b2", inStory("b", report, "b")),
		}, "b a"},
		"the heavier source":    {[]digest.Candidate{plain("a"), plain("b", weight(2))}, "b a"},
		"the more relevant":     {[]digest.Candidate{plain("a"), plain("b", scored(0.9))}, "b a"},
		"the fresher":           {[]digest.Candidate{plain("a", at(now.Add(-40*time.Hour))), plain("b")}, "b a"},
		"the future is now":     {[]digest.Candidate{plain("a", at(now.Add(90*time.Hour))), plain("b", scored(0.8))}, "b a"},
		"the new before told":   {[]digest.Candidate{plain("a", told("2026-02-12")), plain("b")}, "b a"},
		"news before reports":   {[]digest.Candidate{plain("a", told("2026-02-12"), inStory("a", report, "x")), plain("b", told("2026-02-12"), inStory("b", digest.RelationUpdate, "y"))}, "b a"},
		"a notice before news":  {[]digest.Candidate{plain("a"), plain("b", link("https://www.mofcom.gov.cn/61.html"))}, "b a"},
		"news before comment":   {[]digest.Candidate{plain("a", title("Why prices may rise")), plain("b")}, "b a"},
		"news before a why":     {[]digest.Candidate{plain("a", title("From scrap to supply: Why magnets win")), plain("b")}, "b a"},
		"somebody speaks":       {[]digest.Candidate{plain("a", title("Miner: will build a plant")), plain("b")}, "a b"},
		"the reader's language": {[]digest.Candidate{plain("a", lang("ko")), plain("b")}, "b a"},
		"a tie by id":           {[]digest.Candidate{plain("b"), plain("c"), plain("a")}, "a b c"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := order(compose(t, Defaults(), c.cs...)); got != c.want {
				t.Errorf("order %s, want %s", got, c.want)
			}
		})
	}
}

func TestLead(t *testing.T) {
	report, copied := digest.RelationReport, digest.RelationCopy
	day := now.Truncate(24 * time.Hour)
	for name, c := range map[string]struct {
		cs   []digest.Candidate
		want string
	}{
		"the first":            {[]digest.Candidate{plain("b", inStory("a", report, "a")), plain("a")}, "a b"},
		"not a copy":           {[]digest.Candidate{plain("c", inStory("s", copied, "x"), weight(9)), plain("r", inStory("s", report, "x"))}, "r c"},
		"copies after reports": {[]digest.Candidate{plain("a"), plain("c", inStory("a", copied, "a"), weight(5)), plain("r", inStory("a", report, "a"))}, "a r c"},
		"the heavier source":   {[]digest.Candidate{plain("a"), plain("r", inStory("a", report, "a"), weight(2))}, "r a"},
		"the earlier":          {[]digest.Candidate{plain("a"), plain("r", inStory("a", report, "a"), at(now.Add(-5*time.Hour)))}, "r a"},
		"an hour before a day": {[]digest.Candidate{plain("r", inStory("r", report, ""), at(day)), plain("z", inStory("r", report, ""), at(day.Add(5*time.Hour)))}, "z r"},
		"yesterday before":     {[]digest.Candidate{plain("z", inStory("r", report, ""), at(day.Add(-24*time.Hour))), plain("r", inStory("r", report, ""), at(day.Add(time.Hour)))}, "z r"},
		"what readers read":    {[]digest.Candidate{plain("a", lang("ko"), weight(2)), plain("r", inStory("a", report, "a"), lang("en-GB"))}, "r a"},
		"what tells, not asks": {[]digest.Candidate{plain("a", title("A new magnet capital?")), plain("r", inStory("a", report, "a"), title("Miner builds magnet plant"))}, "r a"},
		"what is not shouted":  {[]digest.Candidate{plain("a", title("MINER COMPLETES LARGE FUNDING ROUND")), plain("r", inStory("a", report, "a"), title("Miner raises money"))}, "r a"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := articles(compose(t, Defaults(), c.cs...)); got != c.want {
				t.Errorf("articles %s, want %s", got, c.want)
			}
		})
	}
}

func TestNothingIsLost(t *testing.T) {
	cs := []digest.Candidate{plain("a"), plain("a"), plain("b", toldCopy), plain("c", func(c *digest.Candidate) { c.Place = digest.Place{} })}
	ed := compose(t, Defaults(), cs...)
	if got := order(ed); got != "a c" {
		t.Errorf("stories %q: want each article once, without what was told", got)
	}
	s := Defaults()
	s.MaxStories = 1
	if got := order(compose(t, s, cs...)); got != "a" {
		t.Errorf("stories %q, want the first alone", got)
	}
}

// TestFloor: what weighs little is told in one line, but the lead never is.
func TestFloor(t *testing.T) {
	s := Defaults()
	quote := func([]digest.Article, digest.Thread) []digest.Highlight { return []digest.Highlight{{Text: "Quoted."}} }
	in := Input{ScheduledAt: now, Highlights: quote, Candidates: []digest.Candidate{
		plain("a"), plain("b", title("Opinion: what now"), weight(0)), plain("c", lang("ko"), weight(0)),
	}}
	for _, st := range Compose(s, in).Stories {
		if want := st.ID != "a"; st.Brief != want || (len(st.Highlights) == 0) != want {
			t.Errorf("%s with a score of %.2f: brief %v with %d highlights", st.ID, st.Score, st.Brief, len(st.Highlights))
		}
	}
	in.Candidates = in.Candidates[2:]
	if st := Compose(s, in).Stories[0]; st.Brief || len(st.Highlights) == 0 {
		t.Errorf("the only story is told in brief: %+v", st)
	}
	s.Floor, in.Candidates = 0, []digest.Candidate{plain("a"), plain("b", title("Opinion: what now"))}
	for _, st := range Compose(s, in).Stories {
		if st.Brief {
			t.Errorf("without a floor %s is told in brief", st.ID)
		}
	}
}

// TestLeadByHeadline: of reports that are worth the same, the one whose headline
// says what the others say leads.
func TestLeadByHeadline(t *testing.T) {
	report := func(id, head string, more ...change) digest.Candidate {
		return plain(id, append(more, title(head), inStory("a", digest.RelationReport, "a"))...)
	}
	teaser := report("a", "Corvane grows. This is where.", at(now.Add(-20*time.Hour)))
	reports := []digest.Candidate{
		teaser, report("b", "Corvane to build magnet plant in Leith for $210 million"),
		report("c", "Leith gets a magnet plant"), report("d", "Magnet plant: Corvane picks Leith"),
	}
	for name, c := range map[string]struct {
		reports []digest.Candidate
		want    string
	}{
		"the telling one":        {reports, "b"},
		"a heavier source first": {append(slices.Clone(reports[1:]), report("e", "Corvane grows", weight(2))), "e"},
		"two tell nothing":       {reports[:2], "a"},
	} {
		if got := Compose(Defaults(), Input{ScheduledAt: now, Candidates: c.reports}).Stories[0].Lead().ID; got != c.want {
			t.Errorf("%s: %s leads, want %s", name, got, c.want)
		}
	}
}

func TestQuiet(t *testing.T) {
	ed := compose(t, Defaults(), plain("b", toldCopy))
	if len(ed.Stories) != 0 || ed.Subject != QuietSubject {
		t.Errorf("a quiet day reads %q with %d stories", ed.Subject, len(ed.Stories))
	}
	body, err := json.Marshal(ed)
	if err != nil || !strings.Contains(string(body), `"stories":[]`) {
		t.Errorf("%v: %s", err, body)
	}
}

func TestStory(t *testing.T) {
	midnight := now.Truncate(24 * time.Hour)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	ed := Compose(Defaults(), Input{
		Key: digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}, Title: "Rare Earth Daily", ScheduledAt: now.In(zone), Zone: zone,
		Sources: digest.SourceCount{Asked: 2, Answered: 1, Silent: []string{"Mute"}},
		Candidates: []digest.Candidate{
			plain("a", at(midnight), told("2026-02-12")),
			plain("r", inStory("a", digest.RelationReport, "a"), at(time.Time{}), told("2026-02-13")),
			plain("c", inStory("a", digest.RelationCopy, "a"), told("2026-02-13")),
		},
		Highlights: func(as []digest.Article, told digest.Thread) []digest.Highlight {
			for _, a := range as {
				asked = append(asked, a.ID)
			}
			return []digest.Highlight{{Text: "Said after " + string(told.Last) + ".", Source: as[0].Source, ArticleID: as[0].ID}}
		},
	})
	story := ed.Stories[0]
	if story.Relation != digest.RelationUpdate || story.ID != "a" || len(story.Highlights) != 1 || story.Highlights[0].Text != "Said after 2026-02-13." || story.Lang != "en" {
		t.Errorf("got %+v", story)
	}
	if diff := cmp.Diff([]string{"r", "a"}, asked); diff != "" {
		t.Errorf("highlights come from the reports, without copies:\n%s", diff)
	}
	want := []digest.EditionArticle{
		{ID: "r", Title: "Title r", URL: "https://news.example/r", Source: "Outlet r", Published: now.Add(-time.Hour), Relation: digest.RelationReport},
		{ID: "a", Title: "Title a", URL: "https://news.example/a", Source: "Outlet a", Published: midnight, DayOnly: true, Relation: digest.RelationFirst},
		{ID: "c", Title: "Title c", URL: "https://news.example/c", Source: "Outlet c", Published: now.Add(-2 * time.Hour), Relation: digest.RelationCopy},
	}
	if diff := cmp.Diff(want, story.Articles); diff != "" {
		t.Errorf("articles:\n%s", diff)
	}
	if ed.Zone != "Europe/Berlin" || ed.ScheduledAt.Location() != time.UTC || ed.Sources.Silent[0] != "Mute" || ed.Title != "Rare Earth Daily" {
		t.Errorf("edition %+v", ed)
	}
}

// TestSignals: the score is the sum of what the signals say.
func TestSignals(t *testing.T) {
	ed := compose(
		t, Defaults(),
		plain("a", link("https://www.mofcom.gov.cn/61.html")), plain("r", inStory("a", digest.RelationReport, "a")), plain("z", title("Will it last?")),
	)
	for _, s := range ed.Stories {
		sum := 0.0
		for _, r := range s.Signals {
			sum += r.Weight
			if r.Words == "" || r.Signal == "" {
				t.Errorf("a signal without words: %+v", r)
			}
		}
		if round(sum) != s.Score {
			t.Errorf("signals make %.4f, the score is %.4f: %v", sum, s.Score, s.Signals)
		}
	}
	has := func(i int, signal string) bool {
		return slices.ContainsFunc(ed.Stories[i].Signals, func(r digest.Reason) bool { return r.Signal == signal })
	}
	if !has(0, "primary") || !has(0, "outlets") || !has(1, "comment") || has(1, "outlets") {
		t.Errorf("signals: %v and %v", ed.Stories[0].Signals, ed.Stories[1].Signals)
	}
	w := Defaults().Weights
	if sum := w.Outlets + w.Source + w.Relevance + w.Recency + w.Novelty + w.Language + w.Primary + w.Matter; round(sum) != 1 {
		t.Errorf("the weights sum to %g", sum)
	}
}

// TestOrderOfArrival: no order of candidates changes a byte.
func TestOrderOfArrival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cs []digest.Candidate
		ids := "abcdefghij"
		for i := range rapid.IntRange(1, len(ids)).Draw(t, "n") {
			id := ids[i : i+1]
			cs = append(cs, plain(
				id,
				inStory(
					ids[:rapid.IntRange(1, 3).Draw(t, "story")],
					rapid.SampledFrom([]digest.Relation{digest.RelationFirst, digest.RelationCopy, digest.RelationReport, digest.RelationUpdate}).Draw(t, "relation"),
					rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "nearest"),
				),
				weight(float64(rapid.IntRange(1, 2).Draw(t, "weight"))),
				source(rapid.SampledFrom([]string{"One", "one.com", "Two"}).Draw(t, "source")),
				at(now.Add(-time.Duration(rapid.IntRange(0, 60).Draw(t, "age"))*time.Hour).Truncate(time.Duration(rapid.IntRange(1, 24).Draw(t, "dates"))*time.Hour)),
			))
		}
		want, err := Compose(Defaults(), Input{ScheduledAt: now, Candidates: cs}).Hash()
		if err != nil {
			t.Fatal(err)
		}
		seed := rapid.Uint64().Draw(t, "shuffle")
		shuffled := slices.Clone(cs)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		ed := Compose(Defaults(), Input{ScheduledAt: now, Candidates: shuffled})
		if got, err := ed.Hash(); err != nil || got != want {
			t.Fatalf("another order gives another edition (%v)", err)
		}
		told := 0
		for _, s := range ed.Stories {
			told += len(s.Articles)
			if s.Score < 0 || s.Score > 1 {
				t.Fatalf("score %g", s.Score)
			}
		}
		if told != len(cs) {
			t.Fatalf("%d of %d articles are told", told, len(cs))
		}
	})
}
