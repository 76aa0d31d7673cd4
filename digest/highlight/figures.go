package highlight

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// figure is a number as it is written and without the ways of writing it, so
// that "$1.25B", "1,25 Milliarden" and "12.5亿" are one.
type figure struct {
	text     string
	values   []string // one, or all that it may be where languages write two numbers alike
	measured bool     // it has a currency, a per cent sign, a weight or a large scale
	day      time.Time
	from, to int
}

// told says whether a figure may be one of those that are known.
func (f figure) told(known map[string]bool) bool {
	return slices.ContainsFunc(f.values, func(v string) bool { return known[v] })
}

// wideFigure is a number that Chinese, Japanese or Korean words scale.
var wideFigure = regexp.MustCompile(`^(?:(?:` + numberRE + `)\s?(?:` + wideRE + `))+(?:` + numberRE + `)?`)

// scaleWords are the words behind a number that scale it, whatever the language:
// of those that languages read in two ways, both factors.
var scaleWords = readScales(`1e3 k thousand tausend tsd. tsd mil mila mille milliers тыс. тыс тысяч тысячи nghìn ngàn
	1e5 lakh
	1e6 m mn mln million millions mio. mio mill. millionen millón millones milhão milhões mi milione milioni млн. млн миллион миллиона миллионов triệu
	1e7 crore
	1e9 b bn bln billion billions mrd. mrd milliarde milliarden milliard milliards mds md bilhão bilhões bi miliardo miliardi mld млрд. млрд
	1e9 миллиард миллиарда миллиардов tỷ tỉ mil_millones mil_milhões mille_millions thousand_million
	1e12 tn trn trillion trillions billion billions billionen bio. billón billones bilião biliões trilhão trilhões трлн. трлн триллион триллиона триллионов nghìn_tỷ nghìn_tỉ ngàn_tỷ
	1 mi`)

// scaleWord is a word and what it may be worth.
type scaleWord struct {
	word    string
	factors []float64
}

// readScales reads factors, each with its words behind it; longest first.
func readScales(list string) []scaleWord {
	var out []scaleWord
	factor := 0.0
	for w := range strings.FieldsSeq(list) {
		if f, err := strconv.ParseFloat(w, 64); err == nil {
			factor = f
			continue
		}
		w = strings.ReplaceAll(w, "_", " ")
		i := slices.IndexFunc(out, func(s scaleWord) bool { return s.word == w })
		if i < 0 {
			i, out = len(out), append(out, scaleWord{word: w})
		}
		out[i].factors = append(out[i].factors, factor)
	}
	slices.SortStableFunc(out, func(a, b scaleWord) int { return len(b.word) - len(a.word) })
	return out
}

// scaleAt is the scale that begins a text, with a space or hyphen before it, and
// how long that is.
func scaleAt(rest string) ([]float64, int) {
	word := strings.TrimLeft(rest[:min(len(rest), 1)], " -")
	skip := min(len(rest), 1) - len(word)
	low := lower(rest[skip:min(len(rest), skip+besides)])
	for _, s := range scaleWords {
		if !strings.HasPrefix(low, s.word) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(low[len(s.word):])
		if len(low) == len(s.word) || !unicode.IsLetter(next) && !unicode.IsDigit(next) || wide(next) {
			return s.factors, skip + len(s.word)
		}
	}
	return []float64{1}, 0
}

// What stands behind and before a figure that measures something.
var (
	measureAfter = regexp.MustCompile(`(?i)^[\s-]?(?:de |d['’]|di |of )?(?:(?:us|u\.s\.|australian|canadian)[ -])?(?:[%％€$£]|per ?cent|prozent|por ciento|por cento|pour cent|процент|phần trăm|퍼센트|美元|欧元|歐元|日元|元|달러|유로|엔|원|위안|ドル|ユーロ|円|公吨|吨|噸|톤|トン|公斤|` +
		`(?:kg|tonn?e?s?|tonnen|toneladas?|t|dollars?|d[óo]lares|d[ôo]lar|euros?|yuan(?:es|s)?|reais|won|yen)\b|тонн|долл|евро|руб|юан|tấn|đồng|usd|đô la)`)
	measureBefore = regexp.MustCompile(`(?i)(?:[$€¥£￦₩￥]|\busd|\beur)\s?$|百分之$`)
	// chartsAfter stands behind the number of charts in which something is explained.
	chartsAfter = regexp.MustCompile(`(?i)^\s(?:charts?|graphics|maps|things|takeaways|reasons|questions|facts|points|ways)\b`)
)

// large is the scale from which on a figure counts as measured.
const large = 1e6

// besides is how many bytes beside a figure are looked at.
const besides = 32

// figures are the numbers of a text in a language, in order. written is when.
func figures(s, lang string, written time.Time) []figure {
	var out []figure
	for at := 0; ; {
		next := numeral.FindStringIndex(s[at:])
		if next == nil {
			return out
		}
		for _, f := range figuresAt(s, at+next[0], at+next[1], lang) {
			before, after := s[max(0, f.from-besides):f.from], s[f.to:min(len(s), f.to+besides)]
			if at = f.to; len(f.values) == 0 || chartsAfter.MatchString(after) {
				continue
			}
			f.measured = f.measured || measureAfter.MatchString(after) || measureBefore.MatchString(before)
			f.day = dayOf(f.text, before, after, written)
			out = append(out, f)
		}
	}
}

// figuresAt are the figures that s[from:to], digits with what may part them,
// makes with the scale behind them: one, or several where a space parts them.
func figuresAt(s string, from, to int, lang string) []figure {
	if text := wideFigure.FindString(s[from:]); text != "" {
		f := figure{text: text, from: from, to: from + len(text), measured: true}
		if v, ok := composite(text); ok {
			f.values = []string{plainNumber(v)}
		}
		return []figure{f}
	}
	token := s[from:to]
	if i := strings.IndexByte(token, ' '); i >= 0 && plainNumeral(token, marksOf(lang)) == "" {
		return append(figuresAt(s, from, from+i, lang), figuresAt(s, from+i+1, to, lang)...)
	}
	factors, n := scaleAt(s[to:])
	if lang == "en" {
		factors = factors[:1]
	}
	f := figure{text: s[from : to+n], from: from, to: to + n}
	readings := []string{plainNumeral(token, marksOf(lang))}
	if readings[0] == "" || lang == "" {
		readings = append(readings, plainNumeral(token, marksPoint), plainNumeral(token, marksComma))
	}
	for _, number := range readings {
		for _, factor := range factors {
			if v := amount(number, factor); v != "" && !slices.Contains(f.values, v) {
				f.values = append(f.values, v)
			}
			f.measured = f.measured || factor >= large
		}
	}
	return []figure{f}
}

// months12 are the first letters of the months' names in the languages of the news.
var months12 = [12]string{
	"jan ene янв jän", "feb fév fev фев", "mar mär мар", "apr avr abr апр", "may mai мая май", "jun juin июн", "jul juil июл",
	"aug aoû ago авг", "sep set сен", "oct okt out окт", "nov ноя", "dec dez déc dic дек",
}

// What stands beside a figure that is a day.
var (
	monthAfter  = regexp.MustCompile(`(?i)^(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(\pL{3,10})`)
	monthBefore = regexp.MustCompile(`(?i)(?:^|[^\pL])(\pL{3,9})\.?\s$`)
	dayWide     = regexp.MustCompile(`(\d{1,2})\s?[月월]\s?$`)
	afterDay    = regexp.MustCompile(`^\s?[日号號일]`)
	afterMonth  = regexp.MustCompile(`^\s?[月월]\s?(\d{1,2})\s?[日号號일]`)
)

// dayOf is the day that a figure stands for; zero where it is none.
func dayOf(text, before, after string, written time.Time) time.Time {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 31 || written.IsZero() {
		return time.Time{}
	}
	day := func(month, day int) time.Time {
		return time.Date(written.Year(), time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	if m := afterMonth.FindStringSubmatch(after); m != nil {
		other, _ := strconv.Atoi(m[1])
		return day(n, other)
	}
	if m := dayWide.FindStringSubmatch(before); m != nil && afterDay.MatchString(after) {
		month, _ := strconv.Atoi(m[1])
		return day(month, n)
	}
	for _, m := range [][]string{monthAfter.FindStringSubmatch(after), monthBefore.FindStringSubmatch(before)} {
		if m == nil {
			continue
		}
		name := strings.ToLower(m[1])
		for i, list := range months12 {
			for start := range strings.FieldsSeq(list) {
				if strings.HasPrefix(name, start) {
					return day(i+1, n)
				}
			}
		}
	}
	return time.Time{}
}

// thisWeek is how far a day may be from a report's own to say only when it was written.
const thisWeek = 7 * 24 * time.Hour

// date says whether a figure is a day about when the report was written.
func (f figure) date(written time.Time) bool {
	return !f.day.IsZero() && written.Sub(f.day).Abs() <= thisWeek
}
