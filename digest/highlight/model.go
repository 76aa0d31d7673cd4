package highlight

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The model. A word weighs as often as the reports say it, more if it is a name
// or a number and if headline or lead say it. A set of sentences is worth the
// words it tells (each once, and pairs of words that come back once more), each
// weighed by where its sentence stands and what kind it is, for its length.
//
// The weights were found on a hundred labelled articles, compared on random
// halves of them and on a hundred of another outlet, and lie on plateaus: half
// or double costs about a point at most.
const (
	nameWeight    = 0.5  // a name or number counts one and a half words
	earlyWeight   = 0.8  // a word of the headline or the first three sentences: a third of it more for each
	pairWeight    = 5.0  // two words that stand together twice or more, against one word
	placeWeight   = 0.6  // a sentence at the beginning against one at the end
	placeFade     = 8.0  // sentences after which that is down to a third
	quotedWeight  = 0.8  // a quotation stands badly alone,
	askingWeight  = 0.5  // so does a question
	leaningWeight = 0.3  // and a sentence that leans on the one before
	smallWord     = 0.05 // a word that says nothing of the subject
	usualLength   = 50.0 // words of a publisher's own highlights: a set pays for being longer
	longSet       = 500  // letters of a set, some hundred words: no third sentence makes one longer

	maxRepeat  = 0.5 // share of its words that chosen sentences have: more is a repetition
	maxEcho    = 0.7 // the same for a headline
	considered = 14  // the best single sentences, of which a set is made
	maxDepth   = 30  // sentences of one report that are looked at
	maxRunes   = 600 // a longer sentence is no highlight
)

// candidate is a sentence that may be chosen.
type candidate struct {
	quotable
	article int // its report's number
	words   []int
	pairs   []int
	small   int // words that say nothing of the subject
	quality float64
	told    []float64 // what each of its words, then of its pairs, is worth
	alone   float64   // what it is worth by itself
}

func (c *candidate) length() float64 { return float64(len(c.words) + c.small) }

func (c *candidate) smallValue() float64 { return smallWord * float64(c.small) * c.quality }

// reports is what the reports of one event say. Words and pairs of words go by
// number, so that sums run in one order and the same input gives the same choice.
type reports struct {
	stop       stopWords
	number     map[string]int
	count      []int // sentences with this word or pair
	named      []int // of these, where it is written like a name
	titles     []map[int]bool
	candidates []candidate
}

func newReports(stop stopWords) *reports {
	return &reports{stop: stop, number: map[string]int{}}
}

func (r *reports) numberOf(s string) int {
	n, ok := r.number[s]
	if !ok {
		n = len(r.count)
		r.number[s] = n
		r.count = append(r.count, 0)
		r.named = append(r.named, 0)
	}
	return n
}

// read takes a sentence apart: its telling words in order, which of them are
// written like names, pairs of neighbours, and how many words tell nothing.
func (r *reports) read(s, lang string) (words []int, names []bool, pairs []int, small int) {
	stop := r.stop.of(lang)
	before := ""
	for i, t := range tokens(s) {
		low := strings.ToLower(t)
		if stop[low] || len(low) < 2 {
			small++
			continue
		}
		w := stem(low, lang)
		words = append(words, r.numberOf(w))
		first, _ := utf8.DecodeRuneInString(t)
		names = append(names, i > 0 && unicode.IsUpper(first) || strings.ContainsFunc(t, unicode.IsDigit))
		if before != "" {
			pairs = append(pairs, r.numberOf(before+" "+w))
		}
		before = w
	}
	return words, names, pairs, small
}

// headline remembers a title, which no highlight may merely repeat.
func (r *reports) headline(s, lang string) {
	words, _, _, _ := r.read(s, lang)
	r.titles = append(r.titles, setOf(words))
}

// hear counts the words of a sentence, be it quotable or not: captions and
// headings say what is important, too.
func (r *reports) hear(s, lang string) {
	words, names, pairs, _ := r.read(s, lang)
	seen := map[int]bool{}
	for i, w := range words {
		if !seen[w] {
			r.count[w]++
		}
		if !seen[w] && names[i] {
			r.named[w]++
		}
		seen[w] = true
	}
	for p := range setOf(pairs) {
		r.count[p]++
	}
}

// add makes a quotable sentence of report number a a candidate; worth is 1, and
// more for one with news.
func (r *reports) add(q quotable, a int, lang string, worth float64) {
	words, _, pairs, small := r.read(q.text, lang)
	if len(words) < 3 || q.at >= maxDepth || utf8.RuneCountInString(q.text) > maxRunes {
		return
	}
	r.candidates = append(r.candidates, candidate{
		quotable: q, article: a, words: unique(words), pairs: unique(pairs),
		small: small + len(words) - len(unique(words)), quality: worth * quality(q),
	})
}

// choose is the best set of at most n candidates that add something to what was
// said already, in the order of the reports.
func (r *reports) choose(n int, said map[int]bool) []candidate {
	r.weigh()
	pool := slices.Clone(r.candidates)
	slices.SortStableFunc(pool, func(a, b candidate) int { return cmp.Compare(b.alone, a.alone) })
	pool = pool[:min(len(pool), considered)]
	var chosen []candidate
	told := map[int]float64{}
	value, length, size := 0.0, 0.0, 0
	for len(chosen) < n {
		best, worth, gain := -1, 0.0, 0.0
		for i := range pool {
			c := &pool[i]
			if r.repeats(c, said) {
				continue
			}
			g := c.smallValue()
			for k, w := range c.all() {
				g += max(0, c.told[k]-told[w])
			}
			if v := perLength(value+g, length+c.length()); best < 0 || v > worth {
				best, worth, gain = i, v, g
			}
		}
		// A set that would become too long stays as it is: what is shorter and worse adds less.
		if best < 0 || len(chosen) > 1 && size+letters(pool[best].text) > longSet {
			break
		}
		c := pool[best]
		chosen = append(chosen, c)
		value, length, size = value+gain, length+c.length(), size+letters(c.text)
		for k, w := range c.all() {
			told[w] = max(told[w], c.told[k])
		}
		for _, w := range c.words {
			said[w] = true
		}
		pool = slices.Delete(pool, best, best+1)
	}
	slices.SortStableFunc(chosen, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.article, b.article), cmp.Compare(a.at, b.at))
	})
	return chosen
}

// all is the candidate's words and then its pairs.
func (c *candidate) all() []int { return slices.Concat(c.words, c.pairs) }

// weigh fills in what each candidate tells and what it is worth alone.
func (r *reports) weigh() {
	most := 1
	early := map[int]int{}
	for _, t := range r.titles {
		for w := range t {
			early[w]++
		}
	}
	for _, c := range r.candidates {
		for _, w := range c.words {
			most = max(most, r.count[w])
			if c.at < 3 {
				early[w]++
			}
		}
	}
	for i := range r.candidates {
		c := &r.candidates[i]
		sum := c.smallValue()
		for _, w := range c.words {
			v := c.quality * float64(r.count[w]) / float64(most)
			if 2*r.named[w] >= r.count[w] {
				v *= 1 + nameWeight
			}
			v *= math.Pow(1+earlyWeight/3, float64(min(early[w], 3)))
			c.told, sum = append(c.told, v), sum+v
		}
		for _, p := range c.pairs {
			v := c.quality * pairWeight * float64(max(0, min(r.count[p], 5)-1)) / float64(most)
			c.told, sum = append(c.told, v), sum+v
		}
		c.alone = perLength(sum, c.length())
	}
}

func perLength(value, length float64) float64 {
	return value / (length + usualLength)
}

// repeats says whether a sentence adds too little to a headline or to what was said.
func (r *reports) repeats(c *candidate, said map[int]bool) bool {
	if share(c.words, said) >= maxRepeat {
		return true
	}
	return slices.ContainsFunc(r.titles, func(t map[int]bool) bool { return share(c.words, t) >= maxEcho })
}

// share is how many of the words are in the set, 0 … 1.
func share(words []int, in map[int]bool) float64 {
	both := 0
	for _, w := range words {
		if in[w] {
			both++
		}
	}
	return float64(both) / float64(max(1, len(words)))
}

// quality is what a sentence's place and kind make of its words.
func quality(q quotable) float64 {
	// The headline says what the lead says: lead and second sentence are worth the same.
	place := math.Exp(-float64(max(0, q.at-1)) / placeFade)
	v := 1 + placeWeight*place - quotedWeight*quotedShare(q)
	if leans[firstWord(q.text)] || leansWide.MatchString(q.text) {
		v -= leaningWeight
	}
	if strings.ContainsAny(q.text, "?？") {
		v -= askingWeight
	}
	return v
}

// leans has first words that point to the sentence before.
var leans = set(`he she it they but and this that these those his her their so then we i you there
	er sie es aber und dies il elle ils elles mais et él ella pero y ele ela mas e он она они но и`)

var leansWide = regexp.MustCompile(`^(?:这|這|该|該|此|其|他|她|它|而|但|然而|同时|同時|另|对此|對此|そして|しかし|また|これ|その|이|그|또|하지만|그러나)`)

// quotedShare is how much of a sentence stands in quotation marks; one without
// its other half goes from the sentence's beginning or to its end.
func quotedShare(q quotable) float64 {
	if q.within {
		return 1
	}
	s := q.text
	inside, quoted, all := false, 0, 0
	before := ' '
	for i, r := range s {
		switch r {
		case '“', '„', '«', '「', '‘':
			inside = true
		case '”', '»', '」':
			if !inside {
				quoted = all
			}
			inside = false
		case '"':
			inside = !inside
		case '\'', '’': // also an apostrophe, within a word
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			opens := !unicode.IsLetter(before) && unicode.IsUpper(next)
			inside = opens && r == '\'' || inside && unicode.IsLetter(next)
		}
		all++
		if inside {
			quoted++
		}
		before = r
	}
	return float64(quoted) / float64(max(all, 1))
}

func unique(list []int) []int {
	var out []int
	seen := map[int]bool{}
	for _, v := range list {
		if !seen[v] {
			out = append(out, v)
		}
		seen[v] = true
	}
	return out
}

func setOf(list []int) map[int]bool {
	m := make(map[int]bool, len(list))
	for _, w := range list {
		m[w] = true
	}
	return m
}
