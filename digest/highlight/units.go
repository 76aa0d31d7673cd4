package highlight

import (
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed words/units.tsv
var unitList string

// unitWord is a word or phrase beside a number, and what it stands for.
type unitWord struct{ words, value string }

// units are the words around numbers, by language and kind, longest first.
type units map[string]map[string][]unitWord

// readUnits reads the list; an error is a mistake in it.
func readUnits() (units, error) {
	u := units{}
	for n, line := range strings.Split(unitList, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("read list of units line %d: %q is not a language, a kind, a value and words", n+1, line)
		}
		if u[f[0]] == nil {
			u[f[0]] = map[string][]unitWord{}
		}
		for _, words := range strings.Split(f[3], "|") {
			u[f[0]][f[1]] = append(u[f[0]][f[1]], unitWord{words, f[2]})
		}
	}
	all := u["*"]
	delete(u, "*")
	for _, kinds := range u {
		for kind, words := range all {
			kinds[kind] = append(kinds[kind], words...)
		}
		for _, words := range kinds {
			slices.SortStableFunc(words, func(a, b unitWord) int { return len(b.words) - len(a.words) })
		}
	}
	return u, nil
}

var (
	anyNumber  = regexp.MustCompile(numberRE)
	signBefore = regexp.MustCompile(`(?:^|[^A-Za-z])((?:` + currencyRE + `)\s?)$`)
	rangeDash  = regexp.MustCompile(`^\s?[-–—]\s?`)
)

// unitReader reads the words behind a number.
type unitReader struct {
	text, low string
	words     map[string][]unitWord
	at        int
}

// take steps over the longest phrase of a kind, with or without a space before
// it; empty where there is none.
func (r *unitReader) take(kind string) string {
	from := r.at
	if from < len(r.low) && r.low[from] == ' ' {
		from++
	}
	for _, w := range r.words[kind] {
		end := from + len(w.words)
		if !strings.HasPrefix(r.low[from:], w.words) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(w.words)
		next, _ := utf8.DecodeRuneInString(r.low[end:])
		if end == len(r.low) || !unicode.IsLetter(last) || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
			r.at = end
			return w.value
		}
	}
	return ""
}

// number steps over the second number of a range; empty where there is none.
func (r *unitReader) number() string {
	at := r.at
	if dash := rangeDash.FindString(r.text[r.at:]); dash != "" {
		r.at += len(dash)
	} else if r.take("to") == "" || !strings.HasPrefix(r.text[r.at:], " ") {
		r.at = at
		return ""
	} else {
		r.at++
	}
	m := anyNumber.FindStringIndex(r.text[r.at:])
	if m == nil || m[0] > 0 {
		r.at = at
		return ""
	}
	r.at += m[1]
	return r.text[r.at-m[1] : r.at]
}

// amounts are the sums, masses and shares of a text of a language whose words
// for them are listed; its numbers are plain already.
func (u units) amounts(s string, c context) []measured {
	words := u[base(c.numbers)]
	if words == nil {
		return nil
	}
	var out []measured
	r := &unitReader{text: s, low: lower(s), words: words}
	for _, m := range anyNumber.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		if m[0] < r.at || m[0] > 0 && (unicode.IsLetter(before) || strings.ContainsRune("#.,", before)) {
			continue
		}
		r.at = m[1]
		high := r.number()
		second := r.at - len(high)
		if found, ok := r.measure(m[0], s[m[0]:m[1]], high, c); ok {
			out = append(out, found.parted(s, m[0], m[1], second)...)
			r.at = found.to
		}
	}
	return out
}

// measure reads the unit of the number at text[from:], low, or of the range from low to high.
func (r *unitReader) measure(from int, low, high string, c context) (measured, bool) {
	factor, end := 1.0, r.at
	if scale := r.take("scale"); scale != "" {
		factor, _ = strconv.ParseFloat(scale, 64)
		end = r.at
	}
	r.take("of")
	value := spread(low, high, factor)
	near := max(0, from-8)
	if sign := signBefore.FindStringSubmatch(r.text[near:from]); sign != nil {
		r.at = end
		unit, per := currency(strings.TrimSpace(sign[1]), r.text, c), r.take("per")
		return money(value, unit, per, from-len(sign[1]), r.at), true
	}
	if unit := r.take("currency"); unit != "" {
		if unit == "$" {
			unit = c.dollar
		}
		per := r.take("per")
		return money(value, unit, per, from, r.at), true
	}
	if unit := r.take("mass"); unit != "" {
		thousand := 1.0
		if unit == "kt" {
			unit, thousand = "t", 1e3
		}
		rate := r.take("rate")
		return tonnes(value, thousand, unit, rate, "", from, r.at), true
	}
	if unit := r.take("percent"); unit != "" {
		return measured{"percent", value, unit, from, r.at}, true
	}
	return measured{}, false
}

// speaks is the language whose way of writing numbers a text follows: its own
// where it is known, else what its letters, its small words and its units say;
// empty where they do not.
func (u units) speaks(text, lang string, stop stopWords) string {
	if lang != "" || script(text) != "" {
		return cmp.Or(lang, script(text))
	}
	counts := map[string]int{}
	for i, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if i == mostSpoken {
			break
		}
		if unicode.Is(unicode.Cyrillic, firstRune(w)) {
			counts["ru"]++
		}
		if strings.ContainsFunc(w, vietnamese) {
			counts["vi"]++
		}
		for lang := range stop {
			if stop[lang][w] || slices.ContainsFunc(u[lang]["mass"], func(m unitWord) bool { return m.words == w }) {
				counts[lang]++
			}
		}
	}
	best := ""
	for _, lang := range []string{"de", "es", "fr", "pt", "ru", "vi"} {
		if counts[lang] > counts[best] {
			best = lang
		}
	}
	switch {
	case counts[best] >= 2 && counts[best] >= 2*counts["en"]:
		return best
	case counts["en"] >= 1 && counts["en"] >= 2*counts[best]:
		return "en"
	case counts[best] <= 1 && englishUnits.MatchString(text) && !pointGroups.MatchString(text):
		return "en"
	}
	return ""
}

var (
	// englishUnits are short ways to weigh that no other language has, or shares only with what it writes in English.
	englishUnits = regexp.MustCompile(`\d\s?(?:[kM]?tp[aydm]|mtpa|t REO|t TREO|kt REO|tons|t NdFeB|t NdPr)\b|\bper (?:annum|year|day)\b`)
	// pointGroups are thousands as English does not write them.
	pointGroups = regexp.MustCompile(`\d\.\d{3}\b`)
)

// mostSpoken bounds the words that are read to know a language.
const mostSpoken = 400

// vietnamese says whether only Vietnamese has the letter.
func vietnamese(r rune) bool { return r >= 'ạ' && r <= 'ỹ' || r == 'ư' || r == 'ơ' }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
