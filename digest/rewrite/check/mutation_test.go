package check

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"reedaily/digest/digesttest"
)

// mutationSeed makes a run of the mutation tests repeatable.
const mutationSeed = 20260214

// attack makes false sentences of the true ones, want in all, and reports each
// that is taken.
func attack(t *testing.T, words *lexicon, truths []pair, want int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(mutationSeed, uint64(want)))
	tried, counts := 0, map[string]int{}
	list := mutators()
	for round := 0; tried < want && round < 100*want; round++ {
		p := truths[rng.IntN(len(truths))]
		m := list[rng.IntN(len(list))]
		text := m.do(rng, p)
		if text == "" || text == p.text {
			continue
		}
		tried++
		counts[m.name]++
		if err := words.check(p.source, words.language(p.source), text); err == nil {
			t.Errorf("%s: taken as true\n  source %s\n  false  %s", m.name, p.source, text)
		}
	}
	var lines []string
	for name, n := range counts {
		lines = append(lines, fmt.Sprintf("%5d %s", n, name))
	}
	sort.Strings(lines)
	t.Logf("seed %d: %d false sentences from %d true ones\n%s", mutationSeed, tried, len(truths), strings.Join(lines, "\n"))
	if tried < want {
		t.Errorf("only %d false sentences were made, want %d", tried, want)
	}
}

func testLexicon(t testing.TB) *lexicon {
	t.Helper()
	l, err := readLexicon()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestNoFalseSentencePasses is the bar: numbers, names, claims, denials, units
// and directions are changed in true sentences of our own.
func TestNoFalseSentencePasses(t *testing.T) {
	words := testLexicon(t)
	attack(t, words, ownTruths(t, words), 4000)
}

// TestNoFalseTranslationPasses does it to translations.
func TestNoFalseTranslationPasses(t *testing.T) {
	words := testLexicon(t)
	var truths []pair
	for _, p := range pairs(t, "testdata/translations.txt") {
		if words.check(p.source, words.language(p.source), p.text) == nil {
			truths = append(truths, p)
		}
	}
	attack(t, words, truths, 3000)
}

// ownTruths are our sentences and what is taken as an honest rewording of them.
func ownTruths(t testing.TB, words *lexicon) []pair {
	var truths []pair
	for _, p := range append(pairs(t, "testdata/honest.txt"), pairs(t, "testdata/honest_later.txt")...) {
		truths = append(truths, pair{p.source, p.source})
		if words.check(p.source, english, p.text) == nil {
			truths = append(truths, p)
		}
	}
	return truths
}

// TestNoFalseRealSentencePasses does the same to real articles' sentences.
func TestNoFalseRealSentencePasses(t *testing.T) {
	words := testLexicon(t)
	var truths []pair
	sentences := realSentences(t)
	for _, s := range sentences {
		if words.check(s, english, s) == nil {
			truths = append(truths, pair{s, s})
		}
	}
	t.Logf("%d of %d real sentences are taken word for word", len(truths), len(sentences))
	if len(truths) < 200 {
		t.Fatalf("%d real sentences, want 200", len(truths))
	}
	attack(t, words, truths, 8000)
}

var sentenceEnd = regexp.MustCompile(`[a-z0-9%)"”]\. `)

// realSentences are some thousand sentences of the shared articles.
func realSentences(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, name := range []string{"highlights/bbc100.jsonl", "highlights/cnndm100.jsonl", "articles/relevance.jsonl", "articles/pairs-finance-texts.jsonl"} {
		f, err := os.Open(digesttest.Shared(t, "data", name))
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 4<<20)
		for in.Scan() {
			var line struct {
				Text string
				A, B struct{ Text string }
			}
			if err := json.Unmarshal(in.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{line.Text, line.A.Text, line.B.Text} {
				out = append(out, cutSentences(text)...)
			}
		}
		f.Close()
	}
	return out
}

func cutSentences(text string) []string {
	var out []string
	for len(text) > 0 {
		end := len(text)
		if at := sentenceEnd.FindStringIndex(text); at != nil {
			end = at[1]
		}
		s := strings.TrimSpace(text[:end])
		if len(s) > 60 && len(s) < 320 && s[0] >= 'A' && s[0] <= 'Z' && !strings.Contains(s, "\n") {
			out = append(out, s)
		}
		text = text[end:]
	}
	return out
}
