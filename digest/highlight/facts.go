package highlight

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reedaily/digest"
)

// Finder reads facts out of articles. It may be used by several goroutines.
type Finder struct {
	names    *gazetteer
	units    units
	stop     stopWords
	refrains *Refrains
}

// NewFinder makes a finder; an error is a mistake in a list of names or units.
func NewFinder() (*Finder, error) {
	names, err := readGazetteer()
	if err != nil {
		return nil, err
	}
	words, err := readUnits()
	if err != nil {
		return nil, err
	}
	return &Finder{names: names, units: words, stop: readStopWords()}, nil
}

// Without is the finder that reads no facts out of refrains: what an outlet says
// under every headline is not about this article.
func (f *Finder) Without(r *Refrains) *Finder {
	return &Finder{names: f.names, units: f.units, stop: f.stop, refrains: r}
}

// maxFacts bounds the facts of one article.
const maxFacts = 200

// Facts are what an article says in names and numbers, each once, with the
// sentence that says it first; the headline is the last to be asked.
func (f *Finder) Facts(a digest.Article) []digest.Fact {
	var facts []digest.Fact
	seen := map[digest.Fact]bool{}
	read := heard(a)
	c := f.contextOf(a)
	old := f.refrains.of(a, nil)
	for i, s := range append(read.all, headline(a)) {
		if i < len(read.said) && old.has(read.said[i]) {
			continue
		}
		if s == "" || !utf8.ValidString(s) || junk.MatchString(s) && !strings.Contains(s, "(opens in") {
			continue
		}
		said := f.read(s, c)
		for _, m := range said {
			not := m.unit != "" && denied(s, m)
			if not { // what there is not is of nothing
				m.unit, _, _ = strings.Cut(m.unit, " ")
			}
			key := digest.Fact{Kind: m.kind, Value: m.value, Unit: m.unit}
			if m.value == "" || seen[key] || len(facts) >= maxFacts {
				continue
			}
			seen[key] = true
			key.Sentence, key.ArticleID = s, a.ID
			if m.unit != "" && !not {
				key.Of = nounOf(s, m, said)
			}
			facts = append(facts, key)
		}
	}
	return facts
}

// script is the language that a text's letters give away; empty for most.
func script(s string) string {
	lang := ""
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Hangul, r):
			return "ko"
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "ja"
		case unicode.Is(unicode.Han, r):
			lang = "zh"
		}
	}
	return lang
}

// headline is the title without the outlet that aggregators put behind it.
func headline(a digest.Article) string {
	title := fold(a.Title)
	if len(title) > maxSentence {
		return ""
	}
	for _, dash := range []string{" - ", " | ", " – ", " — "} {
		i := strings.LastIndex(title, dash)
		if i < 0 {
			continue
		}
		outlet := title[i+len(dash):]
		if strings.EqualFold(outlet, fold(a.Source)) || outletName.MatchString(outlet) {
			return title[:i]
		}
	}
	return title
}

// outletName is a site's address, or a few words of which none is a number.
var outletName = regexp.MustCompile(`^(?:[\w-]+\.)+[a-z]{2,}$|^(?:[\p{Lu}\p{Han}\p{Hangul}][^\s\d]*(?: (?:of|the|and|&|[\p{Lu}][^\s\d]*))?(?: [\p{Lu}][^\s\d]*)?)$`)

// read is what one sentence says, from left to right.
func (f *Finder) read(s string, c context) []measured {
	c.lang = cmp.Or(c.lang, script(s))
	var out []measured
	taken := f.names.find(s, c.lang)
	for _, n := range taken {
		if n.value != trap {
			out = append(out, measured{n.kind, n.value, "", n.from, n.to})
		}
	}
	for _, p := range f.names.patterns {
		for _, m := range p.re.FindAllStringSubmatchIndex(s, -1) {
			value, from := expand(p, s, m)
			out = append(out, measured{p.kind, value, "", from, m[1]})
		}
	}
	out = append(out, symbols(s)...)
	for _, m := range unlisted(s) {
		if !slices.ContainsFunc(taken, func(t found) bool { return t.from < m.to && m.from < t.to }) {
			out = append(out, m)
		}
	}
	plain := plainNumerals(s, marksOf(c.numbers))
	numbers := slices.Concat(f.units.amounts(plain, c), monies(plain, c), quantities(plain), percents(plain))
	for i := range numbers {
		numbers[i] = priced(plain, numbers[i])
	}
	slices.SortStableFunc(numbers, func(a, b measured) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	end, apart := 0, numbers[:0]
	for _, m := range numbers { // of two that overlap, the longer one
		if m.from >= end {
			apart, end = append(apart, m), m.to
		}
	}
	out = append(out, betweens(plain, apart)...)
	slices.SortStableFunc(out, func(a, b measured) int { return cmp.Compare(a.from, b.from) })
	return out
}

// expand fills the groups of a pattern's match into its value, and says where
// that stands.
func expand(p pattern, s string, m []int) (value string, from int) {
	if !strings.Contains(p.value, "$1") {
		return p.value, m[0]
	}
	for n := 1; 2*n < len(m); n++ {
		if got := group(s, m, n); got != "" {
			return strings.ReplaceAll(p.value, "$1", got), m[2*n]
		}
	}
	return "", m[0]
}

const symbolRE = `(?:Nd|Pr|Dy|Tb|La|Ce|Sm|Eu|Gd|Ho|Er|Tm|Yb|Lu|Sc|Y)`

var (
	symbolList = regexp.MustCompile(`\b` + symbolRE + `(?:(?:, and |, | and | & |/|\+)` + symbolRE + `\b)+|\b` + symbolRE + ` (?:oxide|metal)\b|\bDyTb\b`)
	symbol     = regexp.MustCompile(symbolRE)
)

var elements = map[string]string{
	"Nd": "neodymium", "Pr": "praseodymium", "Dy": "dysprosium", "Tb": "terbium", "La": "lanthanum", "Ce": "cerium",
	"Sm": "samarium", "Eu": "europium", "Gd": "gadolinium", "Ho": "holmium", "Er": "erbium", "Tm": "thulium",
	"Yb": "ytterbium", "Lu": "lutetium", "Sc": "scandium", "Y": "yttrium",
}

// symbols are elements written as chemists do, where two stand together: one
// alone may be anything.
func symbols(s string) []measured {
	var out []measured
	for _, at := range symbolList.FindAllStringIndex(s, -1) {
		list := s[at[0]:at[1]]
		if list == "Nd/Pr" || list == "Pr/Nd" {
			continue
		}
		for _, sym := range symbol.FindAllString(list, -1) {
			out = append(out, measured{"element", elements[sym], "", at[0], at[1]})
		}
	}
	return out
}
