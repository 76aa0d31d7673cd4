package story

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reedaily/digest"
	"reedaily/digest/story/words"
)

// profile is what an article is compared by. It holds hashes and weights, not
// texts, so that a window of ten thousand articles stays small.
type profile struct {
	id, canonical string
	outlet        string // folded
	lang          string // without region; empty if unknown

	at        time.Time // zero: no date
	tie       uint64    // a hash of what it says, to order equals whatever their ids are
	tongue    string    // the language by its letters and small words, else lang
	spaceless bool      // written in a script without spaces between words
	text      int       // words of the text; 0 where there is only a title
	story     string    // where it was placed

	title   vector       // words of the title
	all     vector       // words of title and text
	names   vector       // the names in the text
	heavy   vector       // the words that say most of it
	lead    vector       // words of title and first sentences
	duos    vector       // pairs of neighbouring words that say something
	figures []figure     // its numbers, by id
	pairs   []uint32     // neighbouring words of title and lead, sorted
	runs    []uint32     // runs of neighbouring words of the text, sorted
	spelled []uint32     // the words of the title as they are spelled, in order
	steps   []step       // the words of the title as they are compared, in order
	speech  speech       // what it says to readers of another language
	series  words.Series // the row that its title may be of
}

// Sizes of what is kept of a text.
const (
	headWords  = 12 // of a text without a title, that stand for one
	leadWords  = 60 // the top of a text, where the event is told: counts double
	openWords  = 45 // title and first sentences
	bodyWords  = 500
	heavyWords = 20
	runWords   = 4
	// longestName is from how many bytes on a text is more than an outlet's name.
	longestName = 80
	// shortText is the length from which a text is compared as one; a shorter
	// one is the teaser of a feed and only helps the title.
	shortText = 60
)

// vector is a set of words, sorted by id.
type vector struct {
	words  []entry
	norm   float64 // length, for the cosine
	weight float64 // sum of the weights
	square float64 // sum of the squared weights, in which rare words count most
	rareSq float64 // the part of it that is rare words
}

// entry is a word with how much it says in this text.
type entry struct {
	id     uint32
	weight float32
	x      float32 // weight × damped count
}

// figure is a number of an article.
type figure struct {
	id    uint32
	kind  words.Kind
	title bool
}

// read makes the profile of an article.
func read(v *words.List, a digest.Article) *profile {
	lang := language(a)
	p := &profile{id: a.ID, canonical: a.Canonical, outlet: outlet(a.Source), lang: lang, at: a.Dated()}
	title := withoutOutlet(strings.TrimSpace(a.Title), a.Source)
	text := textBelow(a, title)
	head, body := words.Tokens(title), words.Tokens(text)
	p.text = len(body)
	p.spaceless = spaceless(head)
	p.tie = tie(a)
	p.series = v.Series(title)
	p.tongue, p.speech = hear(v, title, text, lang)
	var address []words.Token
	if noHeadline(title) {
		address, head = head, body[:min(len(body), headWords)]
		if len(body) < shortText {
			head = body
		}
	}
	c := counter{v: v, lang: lang, all: map[uint32]count{}, names: map[uint32]count{}}
	c.read(p, head, true)
	p.title = vectorOf(c.all, false)
	c.read(p, address, true)
	c.read(p, body, false)
	p.all, p.names = vectorOf(c.all, true), vectorOf(c.names, true)
	p.heavy = p.all.heaviest(heavyWords)
	lead := slices.Concat(head, body[:min(len(body), leadWords)])
	p.pairs = runsOf(v, slices.DeleteFunc(lead, func(t words.Token) bool { return t.Joined }), lang, 2)
	p.runs = runsOf(v, body, lang, runWords)
	whole := slices.Concat(head, body)
	p.lead = leadOf(v, whole[:min(len(whole), openWords)], lang)
	p.duos = duosOf(v, whole[:min(len(whole), bodyWords)], lang)
	for i, t := range head {
		p.spelled = append(p.spelled, words.Hash(t.Word))
		w := v.Look(t, lang)
		if w.Topic {
			w.Weight = 0
		}
		linked := i > 0 && t.Joined && head[i-1].Joined && overlap(head[i-1].Word, t.Word)
		p.steps = append(p.steps, step{w.ID, float64(w.Weight), t.Joined, linked})
	}
	slices.SortFunc(p.figures, func(a, b figure) int {
		return cmp.Or(cmp.Compare(a.id, b.id), -cmp.Compare(flag(a.title), flag(b.title)), cmp.Compare(a.kind, b.kind))
	})
	p.figures = slices.Clone(slices.CompactFunc(p.figures, func(a, b figure) bool { return a.id == b.id }))
	return p
}

// language is the main part of an article's language tag.
func language(a digest.Article) string {
	lang, _, _ := strings.Cut(strings.ToLower(a.Lang), "-")
	return lang
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tie is a hash of all that an article says.
func tie(a digest.Article) uint64 {
	text := a.Title + "\x00" + a.Body()
	return uint64(words.Hash(text))<<32 | uint64(words.Hash(a.Source+"\x00"+text+a.Canonical))
}

// boilerplate ends the news in some agencies' texts.
var boilerplate = []string{"To contact the reporter", "To contact the editor", "To contact the writer"}

// textBelow is the article's text without its title, which feeds like to repeat.
func textBelow(a digest.Article, title string) string {
	body := strings.TrimSpace(a.Body())
	for _, t := range []string{a.Title, title} {
		if t != "" {
			body = strings.TrimSpace(strings.TrimPrefix(body, t))
		}
	}
	for _, end := range boilerplate {
		if i := strings.Index(body, end); i > 0 {
			body = body[:i]
		}
	}
	if len(body) < longestName && sameOutlet(outlet(strings.TrimLeft(body, "-–—| ")), outlet(a.Source)) {
		return ""
	}
	return body
}

// noHeadline says whether an article comes without a title of its own: some
// feeds put the address there.
func noHeadline(title string) bool {
	return title == "" || strings.HasPrefix(title, "http")
}

// withoutOutlet takes the outlet's name off the end of a title, where news
// searches and page titles put it.
func withoutOutlet(title, source string) string {
	for _, mark := range []string{" - ", " | ", " – ", " — "} {
		i := strings.LastIndex(title, mark)
		if i > 0 && sameOutlet(outlet(title[i+len(mark):]), outlet(source)) {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

// sameOutlet takes "The Mining Journal" and "miningjournal.com", folded, for one.
func sameOutlet(a, b string) bool {
	return a != "" && b != "" && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// outlet folds the name of an outlet.
func outlet(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "www."), "the ")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-'’", r) {
			return -1
		}
		return r
	}, s)
}

// count is a word with how often it stands in a text.
type count struct {
	words.Word
	n float64
}

// counter counts words.
type counter struct {
	v     *words.List
	lang  string
	all   map[uint32]count
	names map[uint32]count
}

func (c *counter) read(p *profile, text []words.Token, title bool) {
	for i, t := range text {
		if t.Number != words.NotNumber {
			p.figures = append(p.figures, figure{id: words.Hash(t.Word), kind: t.Number, title: title})
		}
		if i >= bodyWords || t.Short() {
			continue
		}
		w := c.v.Look(t, c.lang)
		times := 1.0
		if i < leadWords {
			times = 2
		}
		add(c.all, w, times)
		if t.Name && !t.Start && !title {
			add(c.names, w, 1)
		}
	}
}

func add(m map[uint32]count, w words.Word, n float64) {
	c := m[w.ID]
	c.Word = w
	c.n += n
	m[w.ID] = c
}

// vectorOf makes a vector of counted words. damped lets a word that comes back
// count more, but not much more; otherwise each counts once.
func vectorOf(m map[uint32]count, damped bool) vector {
	list := make([]entry, 0, len(m))
	for _, c := range m {
		x := c.Weight
		if damped {
			x *= float32(1 + math.Log(c.n))
		}
		list = append(list, entry{c.ID, c.Weight, x})
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.id, b.id) })
	return summed(list)
}

func summed(list []entry) vector {
	v := vector{words: list}
	for _, e := range list {
		w := float64(e.weight)
		v.norm += float64(e.x) * float64(e.x)
		v.weight += w
		v.square += w * w
		if w >= words.Rare {
			v.rareSq += w * w
		}
	}
	v.norm = math.Sqrt(v.norm)
	return v
}

// heaviest is the part of a vector that says most.
func (v vector) heaviest(n int) vector {
	list := slices.Clone(v.words)
	slices.SortFunc(list, func(a, b entry) int { return cmp.Or(cmp.Compare(b.x, a.x), cmp.Compare(a.id, b.id)) })
	list = list[:min(n, len(list))]
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.id, b.id) })
	return summed(slices.Clone(list))
}

// leadOf is the words of the top of an article, each once.
func leadOf(v *words.List, text []words.Token, lang string) vector {
	m := map[uint32]count{}
	for _, t := range text {
		if !t.Short() {
			add(m, v.Look(t, lang), 1)
		}
	}
	return vectorOf(m, false)
}

// duosOf are pairs of telling words with nothing telling between them.
func duosOf(v *words.List, text []words.Token, lang string) vector {
	m := map[uint32]count{}
	var last words.Word
	for _, t := range text {
		w := v.Look(t, lang)
		if t.Short() || w.Weight < words.Telling {
			continue
		}
		if a, b := last, w; a.ID != 0 {
			if b.ID < a.ID {
				a, b = b, a
			}
			add(m, words.Word{ID: (a.ID*16777619 ^ b.ID) * 2654435761, Weight: (a.Weight + b.Weight) / 2}, 1)
		}
		last = w
	}
	return vectorOf(m, true)
}

// runsOf hashes every run of n neighbouring words, sorted.
func runsOf(v *words.List, text []words.Token, lang string, n int) []uint32 {
	ids := make([]uint32, 0, len(text))
	for _, t := range text {
		if !t.Short() {
			ids = append(ids, v.Look(t, lang).ID)
		}
	}
	var out []uint32
	for i := 0; i+n <= len(ids) && i < bodyWords; i++ {
		h := uint32(2166136261)
		for _, id := range ids[i : i+n] {
			h = (h ^ id) * 16777619
			h ^= h >> 13
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Clone(slices.Compact(out))
}

// overlap says whether one pair of characters ends as the next begins.
func overlap(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return last == first
}

// spaceless says whether most of a title is in a script that puts no spaces
// between words.
func spaceless(title []words.Token) bool {
	n := 0
	for _, t := range title {
		n += flag(t.Joined)
	}
	return 2*n > len(title)
}
