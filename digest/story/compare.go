package story

import (
	"hash/fnv"
	"math"
	"strings"
	"unicode"

	"reedaily/digest"
)

// The answers of [Grouper.Compare].
const (
	same      = "copy"
	related   = "story"
	different = "different"
)

const shingleWords = 5

// features is what an article is compared by.
type features struct {
	canonical string
	norm      string // the title, folded
	title     map[string]bool
	shingles  map[uint64]bool
}

func read(a digest.Article) *features {
	f := &features{canonical: a.Canonical, title: map[string]bool{}, shingles: map[uint64]bool{}}
	words := fold(withoutSource(a.Title, a.Source))
	f.norm = strings.Join(words, " ")
	for _, w := range words {
		if len([]rune(w)) > 1 {
			f.title[w] = true
		}
	}
	body := fold(a.Body())
	for i := 0; i+shingleWords <= len(body); i++ {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(body[i:i+shingleWords], " ")))
		f.shingles[h.Sum64()] = true
	}
	return f
}

// withoutSource takes the outlet's name off the end of a title, as news
// searches put it there.
func withoutSource(title, source string) string {
	for _, dash := range []string{" - ", " | ", " – "} {
		if i := strings.LastIndex(title, dash); i > 0 && strings.EqualFold(strings.TrimSpace(title[i+len(dash):]), source) {
			return title[:i]
		}
	}
	return title
}

// fold makes words: lower case, letters and digits only, Chinese and Japanese as
// pairs of characters.
func fold(s string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		rs := []rune(w)
		if !unicode.In(rs[0], unicode.Han, unicode.Hiragana, unicode.Katakana) || len(rs) < 3 {
			words = append(words, w)
			continue
		}
		for i := 0; i+1 < len(rs); i++ {
			words = append(words, string(rs[i:i+2]))
		}
	}
	return words
}

// Compare says how two articles stand to each other: "copy" (the same words),
// "story" (the same event) or "different", and how close they are, 0 … 1.
func (g *Grouper) Compare(a, b digest.Article) (relation string, score float64) {
	return g.compare(&entry{id: a.ID, at: a.Dated(), f: read(a)}, &entry{id: b.ID, at: b.Dated(), f: read(b)})
}

func (g *Grouper) compare(a, b *entry) (string, float64) {
	if a.f.canonical != "" && a.f.canonical == b.f.canonical {
		return same, 1
	}
	gap := a.at.Sub(b.at).Abs()
	if a.at.IsZero() || b.at.IsZero() {
		gap = 0
	}
	if gap > g.set.Reach {
		return different, 0
	}
	held := contained(a.f.shingles, b.f.shingles)
	texts := len(a.f.shingles) > 0 && len(b.f.shingles) > 0
	if held >= g.set.Copy || !texts && a.f.norm != "" && a.f.norm == b.f.norm {
		return same, 1
	}
	score := max(held, g.cosine(a.f.title, b.f.title))
	if score >= g.set.Story {
		return related, score
	}
	return different, score
}

// contained is the share of the shorter text's word sequences in the other.
func contained(a, b map[uint64]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	n := 0
	for h := range a {
		if b[h] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

func (g *Grouper) cosine(a, b map[string]bool) float64 {
	var dot, na, nb float64
	for t := range a {
		w := g.idf(t)
		na += w * w
		if b[t] {
			dot += w * w
		}
	}
	for t := range b {
		w := g.idf(t)
		nb += w * w
	}
	if na == 0 || nb == 0 {
		return 0
	}
	return dot / math.Sqrt(na*nb)
}

// idf weighs a word by how few of the known articles have it in the title.
func (g *Grouper) idf(t string) float64 {
	return math.Log(1 + float64(len(g.known)+1)/float64(g.df[t]+1))
}
