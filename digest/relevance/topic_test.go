package relevance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"reedaily/digest"
)

// TestAnotherTopic: another folder is another newsletter.
func TestAnotherTopic(t *testing.T) {
	dir := t.TempDir()
	lexicon := "# cheese\ncheese\t1\tcore\nroquefort\t1\tname\trots well\nsay cheese\t0\tignore\ncheesecake\t-1\ttrap\nfromage*\t1\tcore\n"
	if err := os.WriteFile(filepath.Join(dir, "en.tsv"), []byte(lexicon), 0o600); err != nil {
		t.Fatal(err)
	}
	s := Defaults()
	s.Dir = dir
	j, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]bool{
		"Cheese makers fear a dry summer": true,
		"La fromagerie ferme":             true,
		"Say cheese: new phone cameras":   false,
		"Rare earth prices rise":          false,
	} {
		if got := j.Judge(digest.Article{Title: title}, digest.Feed{}); got.Relevant != want {
			t.Errorf("%q: relevant %t: %v", title, got.Relevant, got.Reasons)
		}
	}
	if name, others := j.TopicWords(); strings.Join(name, ", ") != "cheese, fromage" || len(others) > 0 {
		t.Errorf("the topic is called %q and has %q: want no names, and nothing that is not of the topic", name, others)
	}
	if j.Ruler() == judge(t).Ruler() {
		t.Errorf("both topics are judged by %q", j.Ruler())
	}
}

func TestLexiconMistakes(t *testing.T) {
	for name, c := range map[string]struct{ files, want string }{
		"few fields":   {"rare earth\t1", "en.tsv:1: want term, weight and kind"},
		"kind":         {"# x\n\nrare earth\t1\tcroe", `en.tsv:3: kind "croe"`},
		"weight":       {"rare earth\tmuch\tcore", `weight "much"`},
		"not a number": {"rare earth\tNaN\tcore", `weight "NaN"`},
		"sign":         {"band\t1\ttrap", `weight "1": want -5 to 0`},
		"empty":        {"*\t1\tcore", "want 1 to 100 characters"},
		"long":         {strings.Repeat("a", 200) + "\t1\tcore", "want 1 to 100 characters"},
		"twice":        {"Rare-Earth\t1\tcore\nrare earth\t0.5\tcore", `en.tsv:2: "rare earth" stands elsewhere`},
		"line":         {strings.Repeat("x", 1<<17), "read lexicon en.tsv"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readLexicons(fstest.MapFS{"en.tsv": {Data: []byte(c.files)}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
		})
	}
	_, err := readLexicons(fstest.MapFS{"a.tsv": {Data: []byte("x\t9\tcore\ny\t1\tz")}, "b.tsv": {Data: []byte("x")}})
	if n := strings.Count(err.Error(), "\n"); n != 2 {
		t.Errorf("want all three mistakes at once: %v", err)
	}
	if _, err := readLexicons(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is taken")
	}
}

func TestSettings(t *testing.T) {
	for _, s := range []Settings{
		{Topic: "rareearth"},
		{Topic: "rareearth", Threshold: 2, Partly: 0.1},
		{Topic: "rareearth", Threshold: 0.2, Partly: -1},
		{Topic: "../story", Threshold: 0.5, Partly: 0.3},
		{Topic: "nosuchtopic", Threshold: 0.5, Partly: 0.3},
		{Dir: filepath.Join(t.TempDir(), "missing"), Threshold: 0.5, Partly: 0.3},
	} {
		if _, err := New(s); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
	low := Defaults()
	low.Threshold = 0.1
	if _, err := New(low); err != nil {
		t.Errorf("a threshold below the one for partly: %v", err)
	}
	strict := Defaults()
	strict.Threshold = 0.9
	j, err := New(strict)
	if err != nil {
		t.Fatal(err)
	}
	if j.Ruler() == judge(t).Ruler() {
		t.Error("another threshold needs another ruler: articles are judged anew by it")
	}
}

func TestReasons(t *testing.T) {
	a := digest.Article{
		ID: "id", Version: 3, Source: "Rare Earth Exchanges",
		Title: "Lynas: ＲＡＲＥ‑ＥＡＲＴＨ output up, says album",
		Text:  "Neodymium and praseodymium fetched more. The mine near Kalgoorlie made the magnets' oxides.",
	}
	got := judge(t).Judge(a, digest.Feed{Name: "REE Wire", OnTopic: true})
	if got.ArticleID != "id" || got.Version != 3 || got.Ruler != judge(t).Ruler() || !got.At.IsZero() {
		t.Errorf("judgement is labelled %+v", got)
	}
	sum := 0.0
	for _, r := range got.Reasons {
		sum += r.Weight
		in := map[string]string{"title": a.Title, "text": a.Text, "source": a.Source + "REE Wire"}[r.Where]
		if r.Words == "" || !strings.Contains(in, r.Words) {
			t.Errorf("%q does not stand in the %s", r.Words, r.Where)
		}
	}
	if want := score(sum); abs(want-got.Score) > 0.001 {
		t.Errorf("the reasons make %.4f, the score is %.4f: %v", want, got.Score, got.Reasons)
	}
	for i := range got.Reasons[1:] {
		if abs(got.Reasons[i].Weight) < abs(got.Reasons[i+1].Weight) {
			t.Errorf("the weightiest reason is not first: %v", got.Reasons)
		}
	}
}

// TestKindness: a feed of nothing but the topic needs only a word of support.
func TestKindness(t *testing.T) {
	j, a := judge(t), digest.Article{Title: "New magnet recycler and critical minerals: what the budget holds"}
	a.Title = "Critical minerals and magnets: what the budget holds"
	if j.Judge(a, digest.Feed{}).Relevant || !j.Judge(a, digest.Feed{OnTopic: true}).Relevant {
		t.Error("an item with words of support is for a feed on the topic alone")
	}
	if a.Title = "Our office is closed on Monday"; j.Judge(a, digest.Feed{OnTopic: true}).Relevant {
		t.Error("the feed alone is enough")
	}
}

func TestHeadlineOutlet(t *testing.T) {
	j := judge(t)
	plain := j.Judge(digest.Article{Title: "Copper climbs - Neodymium Post"}, digest.Feed{})
	named := j.Judge(digest.Article{Title: "Copper climbs - Neodymium Post", Source: "Neodymium Post"}, digest.Feed{})
	if !plain.Relevant || named.Relevant {
		t.Errorf("the outlet's name at the end of a title is not news: %v, %v", plain.Reasons, named.Reasons)
	}
}

// TestRepeatedTitle: a text that begins with its headline tells it once.
func TestRepeatedTitle(t *testing.T) {
	j := judge(t)
	title := "Permanent magnets on show"
	once := j.Judge(digest.Article{Title: title}, digest.Feed{})
	twice := j.Judge(digest.Article{Title: title, Summary: title + " Town Events"}, digest.Feed{})
	if once.Score != twice.Score {
		t.Errorf("alone %.4f, repeated %.4f", once.Score, twice.Score)
	}
}

func TestLab(t *testing.T) {
	j := judge(t)
	got := Lab(j, digest.LabArticle{ID: "7", Title: "Neodymium price up"})
	if got.ID != "7" || !got.Relevant || got.Grade != digest.GradeCore || got.Score < 0.5 || got.Score > 1 || len(got.Reasons) == 0 {
		t.Errorf("got %+v", got)
	}
	got = Lab(j, digest.LabArticle{ID: "8"})
	if got.ID != "8" || got.Relevant || got.Grade != digest.GradeNo || got.Reasons == nil {
		t.Errorf("got %+v", got)
	}
}

// FuzzJudge: no article breaks the bounds of a judgement, and a judge has no memory.
func FuzzJudge(f *testing.F) {
	f.Add("Rare Earth", "稀土 희토류 ", "Lynas")
	f.Add("↩️ x。y", "x : y\xffz", "\u202e")
	j := judge(f)
	f.Fuzz(func(t *testing.T, title, text, source string) {
		a := digest.Article{Title: title, Text: text, Source: source}
		got := j.Judge(a, digest.Feed{})
		if !(got.Score >= 0 && got.Score <= 1) || got.Relevant != (got.Grade == digest.GradeCore) || len(got.Reasons) > maxReasons {
			t.Fatalf("%+v", got)
		}
		for _, r := range got.Reasons {
			if !strings.Contains(title+"\x00"+text+"\x00"+source, r.Words) {
				t.Fatalf("%q stands nowhere", r.Words)
			}
		}
		if again := j.Judge(a, digest.Feed{}); again.Score != got.Score {
			t.Fatalf("first %v, then %v", got.Score, again.Score)
		}
	})
}
