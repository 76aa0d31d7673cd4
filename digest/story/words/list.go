package words

import (
	_ "embed"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
)

var (
	//go:embed lists/alike.txt
	alikeList string
	//go:embed lists/common.txt
	commonList string
	//go:embed lists/foreign.txt
	foreignList string
	//go:embed lists/topic.txt
	topicList string
)

// smallEnglish is words that join sentences in English, and what other languages
// spell like it.
const smallEnglish = "the of to in on and for with by from at is are as a an its it that this will be has after over China"

// Word is a word as articles are compared by it.
type Word struct {
	ID     uint32  // of its stem, and the same for words that stand for one another
	Weight float32 // how much it says: 0 for "the", 7 for a name nobody has heard
	Topic  bool    // of the topic's own name
}

// scale is how many articles a word is weighed against: a word of one article
// in so many weighs as much as one never seen.
const scale = 2000

// Weights to hold words to.
const (
	Heard   = 2 // not in every report
	Telling = 4 // says something of the event: "verdict", not "said"
	Rare    = 6 // in fewer than one article of 500
)

// joinedShare is what a pair of characters says, against a Word: pairs overlap,
// so that two or three make a word.
const joinedShare = 0.6

// weigh turns the share of articles that have a word into its weight. Weights
// never change with what is read, so that an article has the same neighbours
// whatever else arrives, and after every restart.
func weigh(common float64) float32 {
	return float32(max(0, math.Log(scale/(1+scale*common))))
}

// List knows how common words are and which stand for one another. It is not
// safe for concurrent use, as it remembers what it looked up.
type List struct {
	alike  map[string]string  // stem → stem that stands for it
	common map[string]float64 // stem → share of news articles
	topic  map[string]bool    // stems of the topic's own name
	seen   map[string]Word    // what Look found before, by language and word

	small   map[string][]string // word that joins sentences or is of the topic → its languages
	tongues map[string]*tongue  // language → its ways to write concepts
	series  *seriesForms        // what shows that a headline is of a row
}

// maxSeen bounds the memory of words already looked up.
const maxSeen = 1 << 16

// New reads the lists. name is further words that name the topic, topic those that
// most articles on it have besides: they say nothing of the event.
func New(name, topic []string) *List {
	v := &List{alike: map[string]string{}, common: map[string]float64{}, topic: map[string]bool{}, seen: map[string]Word{}, small: map[string][]string{}, series: readSeries()}
	v.tongues = readConcepts(name)
	for fields := range entries(alikeList) {
		first := stem(fields[0], "en")
		for _, w := range fields {
			if s := stem(w, "en"); v.alike[s] == "" {
				v.alike[s] = first
			}
		}
	}
	for fields := range entries(commonList) {
		share, _ := strconv.ParseFloat(fields[0], 64)
		for _, s := range fields[1:] {
			v.common[s] = share
		}
	}
	for fields := range entries(topicList) {
		share, _ := strconv.ParseFloat(fields[0], 64)
		for _, w := range fields[1:] {
			w, name := strings.CutPrefix(w, "*")
			v.note(v.key(Token{Word: w}, "en"), share, name)
		}
	}
	for fields := range entries(foreignList) {
		share, _ := strconv.ParseFloat(fields[0], 64)
		for _, w := range fields[2:] {
			w, name := strings.CutPrefix(w, "*")
			if lower := strings.ToLower(w); !slices.Contains(v.small[lower], fields[1]) {
				v.small[lower] = append(v.small[lower], fields[1])
			}
			for _, t := range Tokens(w) {
				k := v.key(t, fields[1])
				v.common[k] = 0 // whatever English has by that spelling
				v.note(k, share, name)
				// Many feeds do not name their language.
				if k := v.key(t, ""); v.common[k] == 0 {
					v.note(k, share, name)
				}
			}
		}
	}
	for w := range strings.FieldsSeq(smallEnglish) {
		w = strings.ToLower(w)
		v.small[w] = append(v.small[w], "en")
	}
	v.read(name, true)
	v.read(topic, false)
	return v
}

func (v *List) read(topic []string, name bool) {
	for _, w := range topic {
		for _, t := range Tokens(w) {
			v.note(v.key(t, ""), topicShare, name)
		}
	}
}

// note says in what share of articles a word stands at least, and whether it
// names the topic.
func (v *List) note(key string, share float64, name bool) {
	v.common[key] = max(v.common[key], share)
	v.topic[key] = v.topic[key] || name
}

// topicShare is in what share of articles a word of the topic stands.
const topicShare = 0.14

// entries yields the lines of a word list, comments and empty lines left out.
func entries(list string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(list) {
			fields := strings.Fields(line)
			if len(fields) < 2 || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(fields) {
				return
			}
		}
	}
}

// Look finds a word of a language.
func (v *List) Look(t Token, lang string) Word {
	if t.Number != NotNumber {
		return Word{ID: Hash(t.Word), Weight: weigh(t.commonness())}
	}
	name := lang + "\x00" + t.Word
	if w, ok := v.seen[name]; ok {
		return w
	}
	key := v.key(t, lang)
	w := Word{ID: Hash(key), Weight: weigh(v.common[key]), Topic: v.topic[key]}
	if t.Joined && key == t.Word {
		w.Weight *= joinedShare
	}
	if len(v.seen) >= maxSeen {
		clear(v.seen)
	}
	v.seen[strings.Clone(name)] = w
	return w
}

// key is the spelling under which a word is counted.
func (v *List) key(t Token, lang string) string {
	s := t.Word
	if !t.Joined {
		s = stem(t.Word, lang)
	}
	if first := v.alike[s]; first != "" {
		return first
	}
	return s
}

func stem(w, lang string) string {
	env := snowballstem.NewEnv(w)
	switch lang {
	case "fr":
		french.Stem(env)
	case "de":
		german.Stem(env)
	case "es":
		spanish.Stem(env)
	case "pt":
		portuguese.Stem(env)
	case "ru":
		russian.Stem(env)
	case "vi": // has no endings
	default:
		english.Stem(env)
	}
	return env.Current()
}

// Hash is the ID of a spelling.
func Hash(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return h.Sum32()
}
