package story_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/digesttest"
	"reedaily/digest/story"
)

// Left out of the fitting, a fifth at a time (whole stories, topics or months),
// the same models gave: stories-rareearth B³ .945–.950, pair F1 .90–.92 (the
// whole stream, a fifth of its stories unseen); stories-ecbplus B³ .958, ARI .934
// (topics unseen); pairs-reuters F1 .986 before the floor on word runs;
// pairs-finance .61; pairs-finance-texts .73 (months unseen; there the figure
// below is the most optimistic one); pairs-semeval Pearson .86.

// shared opens a file of the data beside the repository.
func shared(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(digesttest.Shared(t, "data", "articles", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func lines[T any](t testing.TB, name string) []T {
	t.Helper()
	var out []T
	in := bufio.NewScanner(shared(t, name))
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

type labelled struct {
	digest.LabArticle
	Story string `json:"story"`
}

type pair struct {
	Label   string            `json:"label"`
	Overall float64           `json:"overall"`
	A       digest.LabArticle `json:"a"`
	B       digest.LabArticle `json:"b"`
}

// figures of a grouping: B-cubed, pairs, adjusted Rand, mutual information.
type figures struct{ b3P, b3R, b3, pairF1, ari, nmi float64 }

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func score(t testing.TB, name string, set story.Settings) (f figures, took time.Duration) {
	t.Helper()
	gold := lines[labelled](t, name)
	in := make([]digest.LabArticle, len(gold))
	for i, g := range gold {
		in[i] = g.LabArticle
	}
	start := time.Now()
	got := story.LabStories(set, in)
	took = time.Since(start)
	type cell struct{ gold, got string }
	both, golds, gots := map[cell]float64{}, map[string]float64{}, map[string]float64{}
	for i, g := range gold {
		if g.Story == "" {
			gold[i].Story = "\x00" + g.ID
		}
		both[cell{gold[i].Story, got[i].Story}]++
		golds[gold[i].Story]++
		gots[got[i].Story]++
	}
	n := float64(len(gold))
	twos := func(x float64) float64 { return x * (x - 1) / 2 }
	var same, inGold, inGot, mutual float64
	for c, v := range both {
		f.b3P += v * v / gots[c.got] / n
		f.b3R += v * v / golds[c.gold] / n
		same += twos(v)
		mutual += v / n * math.Log(v*n/(golds[c.gold]*gots[c.got]))
	}
	entropy := func(m map[string]float64, pairs *float64) (h float64) {
		for _, v := range m {
			*pairs += twos(v)
			h -= v / n * math.Log(v/n)
		}
		return h
	}
	h := entropy(golds, &inGold) + entropy(gots, &inGot)
	chance := inGold * inGot / twos(n)
	f.b3, f.pairF1 = f1(f.b3P, f.b3R), f1(same/inGot, same/inGold)
	f.ari, f.nmi = (same-chance)/((inGold+inGot)/2-chance), 2*mutual/h
	return f, took
}

func TestStoryFigures(t *testing.T) {
	for _, c := range []struct {
		file                   string
		b3, b3P, pairF1, aRand float64
	}{
		{"stories-rareearth.jsonl", .92, .94, .88, 0},
		{"stories-ecbplus.jsonl", .92, 0, 0, .88},
	} {
		f, took := score(t, c.file, story.Defaults())
		t.Logf("%s: B³ %.4f (P %.4f, R %.4f), pair F1 %.4f, ARI %.4f, NMI %.4f, %v", c.file, f.b3, f.b3P, f.b3R, f.pairF1, f.ari, f.nmi, took.Round(time.Millisecond))
		if f.b3 < c.b3 || f.b3P < c.b3P || f.pairF1 < c.pairF1 || f.ari < c.aRand {
			t.Errorf("%s: %+v is below %+v", c.file, f, c)
		}
	}
}

// TestOrderOnRealNews shuffles the lines of each day.
func TestOrderOnRealNews(t *testing.T) {
	for _, name := range []string{"stories-rareearth.jsonl", "stories-ecbplus.jsonl"} {
		gold := lines[labelled](t, name)
		in := make([]digest.LabArticle, len(gold))
		for i, g := range gold {
			in[i] = g.LabArticle
		}
		want := partners(in, story.LabStories(story.Defaults(), in))
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 2))
			r.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
			slices.SortStableFunc(in, func(a, b digest.LabArticle) int { return cmp.Compare(a.Date, b.Date) })
			got := partners(in, story.LabStories(story.Defaults(), in))
			for id, w := range want {
				if !slices.Equal(w, got[id]) {
					t.Errorf("%s: %s stands with %v, shuffled with %v", name, id, w, got[id])
				}
			}
		}
	}
}

// TestRestartOnRealNews forgets everything after each day but what a store keeps.
func TestRestartOnRealNews(t *testing.T) {
	var news []digest.Article
	for i, l := range lines[labelled](t, "stories-rareearth.jsonl") {
		a := l.Article()
		a.ID = fmt.Sprint(i)
		news = append(news, a)
	}
	whole := story.New(story.Defaults())
	var known []digest.Placed
	for len(news) > 0 {
		n := 1
		for n < len(news) && news[n].Published.Equal(news[0].Published) {
			n++
		}
		batch := news[:n]
		news = news[n:]
		again := story.New(story.Defaults())
		again.Remember(known)
		want := whole.Place(batch)
		for i, p := range again.Place(batch) {
			if p.StoryID != want[i].StoryID || p.Relation != want[i].Relation || p.Nearest != want[i].Nearest {
				t.Errorf("after a restart %+v, without %+v", p, want[i])
			}
			known = append(known, digest.Placed{Article: batch[i], Place: p})
		}
		slices.Reverse(known)
	}
}

// partners is who stands with each line.
func partners(in []digest.LabArticle, places []story.LabPlace) map[string][]string {
	story := map[string]string{}
	for i, p := range places {
		story[in[i].ID] = p.Story
	}
	return together(story)
}

// BenchmarkStemmedNews groups 11,109 documents in one batch. There is no bar:
// stems without dates are not our kind of text, and want a lower threshold.
func BenchmarkStemmedNews(b *testing.B) {
	for _, threshold := range []float64{story.Defaults().Story, 0.08} {
		b.Run(fmt.Sprintf("threshold=%.2f", threshold), func(b *testing.B) {
			set := story.Defaults()
			set.Story = threshold
			for b.Loop() {
				f, _ := score(b, "googlenews-TS.jsonl", set)
				b.ReportMetric(f.nmi, "NMI")
				b.ReportMetric(f.ari, "ARI")
			}
		})
	}
}

func TestPairFigures(t *testing.T) {
	for _, c := range []struct {
		file                   string
		copies                 bool
		f1, precision, pearson float64
	}{
		{file: "pairs-reuters.jsonl", copies: true, f1: .95, precision: .97},
		{file: "pairs-finance.jsonl", f1: .60},
		{file: "pairs-finance-texts.jsonl", f1: .76},
		{file: "pairs-semeval.jsonl", pearson: .83},
	} {
		var right, wrong, missed float64
		var people, ours []float64
		for _, p := range lines[pair](t, c.file) {
			got := story.LabPair(story.Defaults(), p.A, p.B)
			want := p.Label == "SAME" || p.Label == "" && p.Overall <= 2
			have := got.Relation != "different"
			if c.copies {
				have = got.Relation == "copy"
			}
			switch {
			case have && want:
				right++
			case have:
				wrong++
			case want:
				missed++
			}
			people, ours = append(people, -p.Overall), append(ours, got.Score)
		}
		precision, recall := right/(right+wrong), right/(right+missed)
		f, r := f1(precision, recall), 0.0
		if c.pearson > 0 {
			r = pearson(people, ours)
		}
		t.Logf("%s: F1 %.4f (P %.4f, R %.4f) Pearson %.4f", c.file, f, precision, recall, r)
		if f < c.f1 || precision < c.precision || r < c.pearson {
			t.Errorf("%s is below %+v", c.file, c)
		}
	}
}

func pearson(xs, ys []float64) float64 {
	mean := func(v []float64) (m float64) {
		for _, x := range v {
			m += x / float64(len(v))
		}
		return m
	}
	mx, my := mean(xs), mean(ys)
	var xy, xx, yy float64
	for i := range xs {
		xy += (xs[i] - mx) * (ys[i] - my)
		xx += (xs[i] - mx) * (xs[i] - mx)
		yy += (ys[i] - my) * (ys[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}
