package highlight

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reedaily/digest"
)

// What is new. A figure, a name or an act that was not told is news; other words
// are not, however many. A sentence may say the same in other words: it is worth
// quoting from a share of them on.
const (
	leastNews = 0.3
	mostNews  = 6 // words that News names
)

// What news weighs. The headline weighs double, and of the text the sentence
// that has most: a long text is not more news than a short one.
const (
	turnNews   = 8.0 // an act that turns back what was told
	actNews    = 4.0 // any other, and what is not done
	figureNews = 2.0 // and half for a second one
	nameNews   = 2.0 // and half for a second one
)

// again has words with which headlines tell a known event again: a company that
// "plans" a plant also "unveils", "selects" and "invests", and readers know.
// What may be the next step (approves, opens, cancels) is not among them.
//
//go:embed words/again.txt
var again string

// readAgain reads the words of the languages that have such a list, as stems.
func readAgain() map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	for line := range strings.Lines(again) {
		lang, words, _ := strings.Cut(line, " ")
		if lists[lang] == nil {
			lists[lang] = map[string]bool{}
		}
		for w := range set(words) {
			lists[lang][stem(w, lang)] = true
		}
	}
	lists[""] = lists["en"]
	return lists
}

// News reads a story's thread and returns a reader of its new articles: it says
// what an article tells that was not told. It is zero where nothing is new; of a
// story that was never told all is.
//
// It goes by words, figures and acts. The words of another language than all that
// was told cannot be compared: of those only figures that measure something, and
// acts that turn back what was told or are its next step, are news, and Latin names
// in another script of a story that was told in Latin letters. Names that the lists
// know are one in all languages. In Chinese, Japanese and Korean a new word is a
// name only where it is quoted; in German, where every noun has a capital, only
// where it has more than one, or is listed.
func (p *Picker) News(told digest.Thread) func(digest.Article) digest.News {
	m := p.memory(told)
	return func(a digest.Article) digest.News {
		text := article(a)
		m.begin(a, text)
		if !m.told {
			return digest.News{Words: first(tokens(headline(a)), mostNews), Weight: actNews}
		}
		top := m.news(m.head, a)
		said, best := top.strict(), 0.0
		for _, q := range text.quotable {
			n := m.news(q.text, a)
			said = append(said, n.strict()...)
			best = max(best, n.weight())
		}
		return digest.News{Words: first(said, mostNews), Weight: 2*top.weight() + best}
	}
}

func first(words []string, n int) []string {
	var out []string
	for _, w := range words {
		if len(out) < n && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// memory is the words of a thread.
type memory struct {
	told    bool
	stop    stopWords
	again   map[string]map[string]bool
	common  map[string]bool
	acts    acts
	words   map[string]bool // stems
	figures map[string]bool
	done    map[string]bool // acts
	listed  map[string]bool // names that the lists know, by kind and value
	scripts map[string]bool // of the headlines
	tongues map[string]bool // languages of the articles
	names   *gazetteer
	reading
}

// reading is the article that is read.
type reading struct {
	head    string
	lang    string          // see [memory.language]
	foreign bool            // in no language that was told
	latin   bool            // in another script than Latin, of a story that was told in that
	inner   map[string]bool // see [inner]
}

// begin starts to read an article.
func (m *memory) begin(a digest.Article, text readable) {
	m.head, m.lang = headline(a), m.language(a, text)
	own := script(a.Title)
	m.foreign = len(m.tongues) > 0 && !m.tongues[m.lang] || len(m.scripts) > 0 && !m.scripts[own]
	m.latin = own != "" && m.scripts[""]
	m.inner = inner(text.all, m.stop.of(m.lang))
}

// memory is empty for a story that was never told: everything is new.
func (p *Picker) memory(told digest.Thread) *memory {
	m := &memory{
		told: told.Last != "", stop: p.stop, again: p.again, common: p.common, acts: p.acts, names: p.names,
		words: map[string]bool{}, figures: map[string]bool{}, done: map[string]bool{}, listed: map[string]bool{},
		scripts: map[string]bool{}, tongues: map[string]bool{},
	}
	for _, a := range told.Articles {
		text := article(a)
		lang := m.language(a, text)
		m.scripts[script(a.Title)], m.tongues[lang] = true, true
		m.learn(headline(a), lang)
		for _, t := range tokens(a.Source) {
			m.words[strings.ToLower(t)] = true
		}
		for _, s := range text.all {
			m.learn(s, lang)
		}
		for _, q := range text.quotable { // cut where a lead or a title was
			m.learn(q.text, lang)
		}
	}
	for _, s := range told.Quoted {
		m.learn(s, tongue(s))
	}
	return m
}

// words is a sentence's words without its figures and their scale.
func words(s, lang string) []string {
	var b strings.Builder
	end := 0
	for _, f := range figures(s, lang, time.Time{}) {
		b.WriteString(s[end:f.from])
		b.WriteByte(' ')
		end = f.to
	}
	b.WriteString(s[end:])
	return tokens(b.String())
}

func (m *memory) learn(s, lang string) {
	toks := words(s, lang)
	for _, n := range m.names.find(s, lang) {
		m.listed[n.kind+" "+n.value] = true
	}
	for _, t := range toks {
		low := strings.ToLower(t)
		m.words[low], m.words[stem(low, lang)] = true, true
		if r, _ := utf8.DecodeRuneInString(t); unicode.IsUpper(r) {
			for _, w := range peoples(low) {
				m.words[w] = true
			}
		}
	}
	for _, d := range m.deeds(s, toks, lang) {
		for _, act := range d.acts {
			m.done[act] = true
		}
	}
	for _, f := range figures(s, lang, time.Time{}) {
		for _, v := range f.values {
			m.figures[v] = true
		}
	}
}

// added is what a sentence adds to what was told.
type added struct {
	turns, acts, figures, names, loose []string
	telling                            int // words that say something, new or not
}

// strict is what counts as news by itself.
func (n added) strict() []string { return slices.Concat(n.turns, n.acts, n.figures, n.names) }

func (n added) weight() float64 {
	w := 0.0
	if len(n.turns) > 0 {
		w += turnNews
	}
	if len(n.acts) > 0 {
		w += actNews
	}
	return w + figureNews*few(n.figures) + nameNews*few(n.names)
}

// few counts the first in full and half for more.
func few(list []string) float64 {
	return float64(min(len(list), 1)) + 0.5*float64(max(0, min(len(list), 2)-1))
}

// news is what a sentence of an article adds to what was told.
func (m *memory) news(s string, a digest.Article) added {
	var n added
	for _, f := range figures(s, m.lang, a.Dated()) {
		if !f.told(m.figures) && !f.date(a.Dated()) && (!m.foreign || f.measured) {
			n.figures = append(n.figures, f.text)
		}
	}
	toks := words(s, m.lang)
	for _, d := range m.deeds(s, toks, m.lang) {
		switch {
		case slices.ContainsFunc(d.acts, func(act string) bool { return m.done[act] || m.foreign && m.done[sameStep[act]] }):
		case d.turn:
			n.turns = append(n.turns, d.text)
		case !m.foreign || s == m.head && slices.ContainsFunc(d.acts, func(act string) bool { return steps[act] }):
			n.acts = append(n.acts, d.text)
		}
	}
	m.newWords(&n, s, toks, a)
	return n
}

// deeds are what a sentence says was done; in a language that is not known, what
// it says in any other than English.
func (m *memory) deeds(s string, toks []string, lang string) []deed {
	if lang != unknown {
		return m.acts.read(s, toks, lang, m.stop.of(lang))
	}
	var out []deed
	for _, lang := range []string{"de", "fr", "es", "pt"} {
		out = append(out, m.acts.read(s, toks, lang, m.stop.of(lang))...)
	}
	return out
}

// steps are the acts that are news in the headline of another language: every
// language has its words for them, and none tells a plan with one. What is
// completed is opened.
var (
	steps    = set(`open ground complete allow court blast attack`)
	sameStep = map[string]string{"open": "complete", "complete": "open"}
)

// newWords sorts the words that were not told into names and others.
func (m *memory) newWords(n *added, s string, toks []string, a digest.Article) {
	known, listed := m.found(s)
	for _, t := range tokens(a.Source) {
		known[strings.ToLower(t)] = true
	}
	if !m.foreign {
		n.names = append(n.names, m.quoted(s)...)
	}
	stop := m.stop.of(m.lang)
	start, loud := begins(s, toks), allCapitals(toks, stop)
	for i, t := range toks {
		low := strings.ToLower(t)
		if stop[low] || days[low] || known[low] || utf8.RuneCountInString(t) < 2 {
			continue
		}
		n.telling++
		root := stem(low, m.lang)
		r, _ := utf8.DecodeRuneInString(t)
		switch {
		case m.words[root] || m.words[low] || m.again[m.lang][root]:
		case m.foreign && (wide(r) || !m.latin || listed[low]):
		case !wide(r) && m.isName(t, low, start[i] || loud, listed[low]):
			n.names = append(n.names, t)
		default:
			n.loose = append(n.loose, t)
		}
	}
}

// found are the words of a sentence, in small letters, that belong to names of
// the lists: of those that were told in whatever language, and of the others.
func (m *memory) found(s string) (told, others map[string]bool) {
	told, others = map[string]bool{}, map[string]bool{}
	for _, n := range m.names.find(s, m.lang) {
		into := others
		if m.listed[n.kind+" "+n.value] {
			into = told
		}
		for _, t := range tokens(s[n.from:n.to]) {
			into[strings.ToLower(t)] = true
		}
	}
	return told, others
}

// quotes has a word of a script without capitals in the marks of a name or a title.
var quotes = regexp.MustCompile(`[‘'“"「『《〈«]([\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}ー・]{2,12})[’'”"」』》〉»]`)

// quoted are the quoted words of a sentence of which no part was told. In scripts
// without capitals nothing else shows that a new word is a name: the endings of
// Korean and the synonyms of Chinese are as new.
func (m *memory) quoted(s string) []string {
	var out []string
	for _, q := range quotes.FindAllStringSubmatch(s, -1) {
		if !slices.ContainsFunc(tokens(q[1]), func(t string) bool { return m.words[strings.ToLower(t)] }) {
			out = append(out, q[1])
		}
	}
	return out
}

// isName says of a new word whether it is a name: it has a capital where others
// have none, or stands where all have one and is no common word. In German a
// capital tells nothing.
func (m *memory) isName(t, low string, anywhere, listed bool) bool {
	first, n := utf8.DecodeRuneInString(t)
	switch {
	case !unicode.IsUpper(first) || nameless[low]:
		return false
	case m.lang == "de" || m.lang == unknown:
		return listed || strings.ContainsFunc(t[n:], unicode.IsUpper)
	case !anywhere || m.inner[low]:
		return true
	}
	return !(m.lang == "en" && (m.common[stem(low, "en")] || m.stop["en"][low]))
}

// repeats says whether a sentence is no news to those who read what was told.
func (m *memory) repeats(s string, a digest.Article) bool {
	if !m.told {
		return false
	}
	n := m.news(s, a)
	return len(n.strict()) == 0 && (m.foreign || float64(len(n.loose)) <= leastNews*float64(n.telling))
}

// worth is what a sentence's news makes of its quality: 1 where nothing was told
// before, up to double for other news, and more than any other sentence has for
// what turns back what was told.
func (m *memory) worth(s string, a digest.Article) float64 {
	if !m.told {
		return 1
	}
	n := m.news(s, a)
	if len(n.turns) > 0 {
		return turnNews
	}
	return 1 + min(1, n.weight()/turnNews)
}

// days of the week hang on when a report was written.
var days = set(`monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow`)
