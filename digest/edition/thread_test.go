package edition

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

// fresh takes a report for news if its title says so, and what it is by the title's last word.
func fresh(digest.Thread) func(digest.Article) digest.News {
	return func(a digest.Article) digest.News {
		if word, ok := strings.CutPrefix(a.Title, "News: "); ok {
			return digest.News{Words: []string{word}, Weight: float64(len(word))}
		}
		return digest.News{}
	}
}

func withNews(t *testing.T, s Settings, cs ...digest.Candidate) digest.Edition {
	t.Helper()
	return Compose(s, Input{
		ScheduledAt: now, Candidates: cs, News: fresh,
		Facts: reader,
		Highlights: func(as []digest.Article, told digest.Thread) []digest.Highlight {
			return []digest.Highlight{{Text: as[0].ID, ArticleID: as[0].ID}}
		},
	})
}

func TestUnchanged(t *testing.T) {
	report := digest.RelationReport
	cs := []digest.Candidate{
		plain("a", thread(""), weight(9)),
		plain("a2", inStory("a", report, "a"), thread("")),
		plain("b", thread(""), text("[element:terbium] [price:9:USD/kg] and some more words.")),
		plain("c", inStory("c", report, "x"), thread(""), weight(1.1)),
		plain("c2", inStory("c", report, "x"), thread(""), title("News: flood")),
		plain("c3", inStory("c", digest.RelationCopy, "c2"), thread("")),
		plain("d"),
	}
	ed := withNews(t, Defaults(), cs...)
	if got := order(ed); got != "c d a b" {
		t.Fatalf("order %s, want what is unchanged last", got)
	}
	if len(ed.News()) != 2 || len(ed.Unchanged()) != 2 || ed.Subject != "News: flood — and 1 more" || len(ed.Numbers) != 0 {
		t.Errorf("news %d, unchanged %d, subject %q, numbers %v", len(ed.News()), len(ed.Unchanged()), ed.Subject, ed.Numbers)
	}
	update, still := ed.Stories[0], ed.Stories[2]
	if update.Relation != digest.RelationUpdate || update.Lead().ID != "c2" || update.FirstTold != "2026-02-12" || update.LastTold != "2026-02-13" || len(update.Articles) != 3 {
		t.Errorf("the report with news does not lead: %+v", update)
	}
	if still.Relation != digest.RelationUnchanged || len(still.Articles) != 2 || still.Highlights != nil || still.Tags != nil || ed.Stories[3].Tags != nil {
		t.Errorf("an unchanged story: %+v", still)
	}
	said := map[string]string{}
	for _, s := range ed.Stories {
		for _, r := range s.Signals {
			if r.Signal == "novelty" {
				said[s.ID] = r.Words
			}
		}
	}
	if d := cmp.Diff(map[string]string{
		"a": "told on 2026-02-13, and nothing is new", "b": "told on 2026-02-13, and nothing is new",
		"c": "told on 2026-02-13, and new is: flood", "d": "never told before",
	}, said); d != "" {
		t.Error(d)
	}
	// The longest edition is counted without them, and they stay told.
	s := Defaults()
	s.MaxStories = 1
	if got := order(withNews(t, s, cs...)); got != "c a b" {
		t.Errorf("order %s", got)
	}
}

// TestOnlyUnchanged: nobody loses an article on a morning without news.
func TestOnlyUnchanged(t *testing.T) {
	ed := withNews(t, Defaults(), plain("a", thread("")), plain("b", toldCopy))
	if order(ed) != "a" || ed.Subject != "Nothing new; still in the news: Title a" || ed.Note == "" || len(ed.News()) != 0 {
		t.Errorf("%q with note %q: %+v", ed.Subject, ed.Note, ed.Stories)
	}
}

// TestWeightiestNewsLeads: before the earlier date and the heavier source, but
// behind what readers cannot read and behind comment.
func TestWeightiestNewsLeads(t *testing.T) {
	report := digest.RelationReport
	ed := withNews(
		t, Defaults(),
		plain("c1", inStory("c", report, "x"), thread(""), title("News: site"), weight(2)),
		plain("c2", inStory("c", report, "x"), thread(""), title("News: withdrawn")),
		plain("c3", inStory("c", report, "x"), thread(""), title("Analysis: nothing"), weight(3)),
		plain("c4", inStory("c", report, "x"), thread(""), title("News: zurückgezogen wird"), lang("de")),
	)
	st := ed.Stories[0]
	if len(ed.Stories) != 1 || st.Lead().ID != "c2" || st.Articles[1].ID != "c1" || st.Articles[2].ID != "c4" || st.Highlights[0].ArticleID != "c2" {
		t.Errorf("led by %s: %+v", st.Lead().ID, st.Articles)
	}
	if ed.Subject != "News: withdrawn" {
		t.Errorf("subject %q", ed.Subject)
	}
}

// TestCommentWords: headlines that weigh news, in the languages of the topic.
func TestCommentWords(t *testing.T) {
	for headline, want := range map[string]bool{
		"Why China's yttrium move matters":              true,
		"Yttrium squeeze, explained in five charts":     true,
		"Warum Chinas Exportstopp Europa trifft":        true,
		"Kommentar: Europa schläft":                     true,
		"Pourquoi la Chine bloque l'yttrium":            true,
		"Comment l'Europe veut se passer de la Chine":   true,
		"Por qué importan las tierras raras":            true,
		"Análisis: el poder de las tierras raras":       true,
		"Por que o Brasil quer terras raras":            true,
		"Terras raras: como o mundo depende da China":   true,
		"Почему Китай ограничил экспорт":                true,
		"Мнение: редкие земли и политика":               true,
		"为何中国限制钇出口":                                     true,
		"China stoppt Export von Yttrium":               false,
		"La Chine suspend les exportations d'yttrium":   false,
		"China suspende las exportaciones de itrio":     false,
		"Китай приостановил экспорт иттрия":             false,
		"Lynas: will expand in Malaysia, minister says": false,
	} {
		if got := isComment(digest.Article{Title: headline}); got != want {
			t.Errorf("%q: comment %v", headline, got)
		}
	}
}

// TestNoReportVanishes: but for copies of what was told, every candidate stands
// in the edition, however short it is.
func TestNoReportVanishes(t *testing.T) {
	s := Defaults()
	s.MaxStories = 1
	ed := withNews(
		t, s, plain("a"), plain("b", thread("")), plain("c", thread("")),
		plain("d", inStory("c", digest.RelationCopy, "c"), thread("")), plain("e", inStory("a", digest.RelationReport, "a")),
		plain("f", thread(""), toldCopy),
	)
	in := map[string]bool{}
	for _, st := range ed.Stories {
		for _, a := range st.Articles {
			in[a.ID] = true
		}
	}
	if len(ed.Unchanged()) != 2 || len(in) != 5 || in["f"] {
		t.Errorf("%d folded, articles %v", len(ed.Unchanged()), in)
	}
}
