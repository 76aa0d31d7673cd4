package words

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed lists/series.txt
var seriesList string

// Series is what a headline shows of a row that it may be of, such as a price list.
type Series struct {
	Price, List bool // it names a price, or is a list, a daily note or a form

	days    []day
	figures []uint32 // what numbers it has besides, sorted
	rest    []uint32 // its words without days and numbers, sorted
}

// dayKind is what sort of a day a headline names.
type dayKind byte

const (
	dateOf    dayKind = iota // day and month
	numberOf                 // of an issue or a notice
	monthOf                  // a month alone
	weekOf                   // the number of a week
	weekdayOf                // Monday is 1
	dayOf                    // a day without its month
)

// day is a day that a headline names. Its month and its day are in the order of
// their size, as languages have them in either.
type day struct {
	kind      dayKind
	low, high int
}

// dayPattern is a way to write days: its groups are digits, numerals of Chinese or
// names of months.
type dayPattern struct {
	kind dayKind
	at   *regexp.Regexp
}

// seriesForms are the lists of what shows a row.
type seriesForms struct {
	patterns []dayPattern
	months   map[string]int
	weekdays []seriesForm
	prices   []seriesForm
	lists    []seriesForm
}

// seriesForm is a form of a list.
type seriesForm struct {
	text        string
	before, end bool // any letters may stand there
	number      int  // of a weekday
}

// readSeries reads the list of what shows a row.
func readSeries() *seriesForms {
	s := &seriesForms{months: map[string]int{}}
	var names []string
	month, weekday := 0, 0
	for line := range strings.Lines(seriesList) {
		kind, forms, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		switch kind {
		case "month":
			month++
		case "weekday":
			weekday++
		}
		for form := range strings.SplitSeq(forms, ", ") {
			f := seriesForm{text: strings.Trim(form, "*"), before: strings.HasPrefix(form, "*"), end: strings.HasSuffix(form, "*"), number: weekday}
			switch kind {
			case "month":
				s.months[form] = month
				names = append(names, form)
			case "weekday":
				s.weekdays = append(s.weekdays, f)
			case "price":
				s.prices = append(s.prices, f)
			case "list":
				s.lists = append(s.lists, f)
			}
		}
	}
	s.patterns = dayPatterns(names)
	return s
}

// dayPatterns are the ways to write days, those first that others would cut.
func dayPatterns(months []string) []dayPattern {
	slices.SortFunc(months, func(a, b string) int { return len(b) - len(a) })
	month := "(" + strings.Join(months, "|") + ")"
	numeral := `([一二三四五六七八九十廿]{1,3})`
	var out []dayPattern
	for _, p := range []struct {
		kind dayKind
		text string
	}{
		{dateOf, `(?:19|20)\d\d ?[-/.年년] ?(\d{1,2}) ?[-/.月월] ?(\d{1,2}) ?[日号號일]?`},
		{dateOf, `20\d\d([01]\d)([0-3]\d)`},
		{dateOf, `(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]?`},
		{dateOf, numeral + `月` + numeral + `[日号號]`},
		{dateOf, `(\d{1,2}) tháng (\d{1,2})`},
		{dateOf, `(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de |of )?` + month},
		{dateOf, month + `\.? (\d{1,2})(?:st|nd|rd|th)?`},
		{dateOf, `(\d{1,2}) ?[-/] ?(\d{1,2})(?: ?[-/] ?(?:20)?\d\d)?`},
		{dateOf, `(\d{1,2})\. ?(\d{1,2})\.(?:20\d\d|\d\d)?`},
		{weekOf, `\b(?:week|kw|semana|semaine|tuần|неделя) (\d{1,2})`},
		{weekOf, `(\d{1,2}) ?[周週주]차?`},
		{numberOf, `(?:\bno\.?|\bnr\.?|\bn[º°]\.?|№|#|第|제) ?(\d{1,5}) ?[期号號호]?`},
		{dayOf, `(\d{1,2})[日号號일]`},
	} {
		out = append(out, dayPattern{p.kind, regexp.MustCompile(p.text)})
	}
	return out
}

// Series reads what a headline shows of a row.
func (v *List) Series(title string) Series {
	s := v.series
	title = strings.ToLower(strings.Map(narrow, strings.ToValidUTF8(title[:min(len(title), maxTitle)], " ")))
	var out Series
	out.Price, out.List = stands(title, s.prices), stands(title, s.lists)
	title = out.cutDays(title, s)
	for _, f := range s.weekdays {
		if f.in(title) {
			out.days = append(out.days, day{weekdayOf, 0, f.number})
		}
	}
	for _, t := range Tokens(title) {
		n, isMonth := s.months[t.Word]
		switch {
		case t.Number == Year:
		case t.Number != NotNumber:
			out.figures = append(out.figures, Hash(t.Word))
		case isMonth && utf8.RuneCountInString(t.Word) >= longMonth:
			out.days = append(out.days, day{monthOf, 0, n})
		default:
			out.rest = append(out.rest, Hash(t.Word))
		}
	}
	for _, list := range []*[]uint32{&out.figures, &out.rest} {
		slices.Sort(*list)
		*list = slices.Clone(slices.Compact(*list))
	}
	return out
}

// longMonth is from how many letters on a word is a month without its day: "may" and
// "march" are other words too.
const longMonth = 6

// maxTitle is how many bytes of a headline are read for its row.
const maxTitle = 600

// narrow writes the wide digits and signs of East Asia as others do.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	if r == '　' || r == '\u00a0' || r == '\u202f' {
		return ' '
	}
	return r
}

// cutDays notes the days that a headline names and gives what is left of it.
func (x *Series) cutDays(title string, s *seriesForms) string {
	if !strings.ContainsAny(title, "0123456789") && !strings.Contains(title, "月") {
		return title
	}
	for _, p := range s.patterns {
		from := 0
		for from < len(title) {
			at := p.at.FindStringSubmatchIndex(title[from:])
			if at == nil {
				break
			}
			start, end := from+at[0], from+at[1]
			d, ok := s.dayIn(p.kind, title[from:], at)
			if !ok || !apartFrom(title, start, end) {
				_, size := utf8.DecodeRuneInString(title[start:])
				from = start + size
				continue
			}
			x.days = append(x.days, d)
			title = title[:start] + " " + title[end:]
			from = start + 1
		}
	}
	return title
}

// dayIn reads what a pattern found; false if there is no such day.
func (s *seriesForms) dayIn(kind dayKind, text string, at []int) (day, bool) {
	d := day{kind: kind}
	first, isMonth := s.numeral(text[at[2]:at[3]])
	if len(at) == 4 {
		d.high = first
		return d, first > 0 && (kind != dayOf || first <= 31)
	}
	second, alsoMonth := s.numeral(text[at[4]:at[5]])
	d.low, d.high = min(first, second), max(first, second)
	return d, d.low >= 1 && d.low <= 12 && d.high <= 31 && !(isMonth && alsoMonth)
}

// numeral reads the number of a day, or the name of a month.
func (s *seriesForms) numeral(text string) (n int, month bool) {
	if n, ok := s.months[text]; ok {
		return n, true
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n, false
	}
	for _, r := range text {
		switch digit := strings.IndexRune("一二三四五六七八九", r); {
		case digit >= 0:
			n += digit/len("一") + 1
		case r == '十':
			n = max(1, n) * 10
		case r == '廿':
			n = 20
		}
	}
	return n, false
}

// apartFrom says whether a day is not a part of a number, a sum or a word.
func apartFrom(title string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(title[:start])
	after, size := utf8.DecodeRuneInString(title[end:])
	first, _ := utf8.DecodeRuneInString(title[start:])
	last, _ := utf8.DecodeLastRuneInString(title[:end])
	switch {
	case isWordLetter(last) && isWordLetter(after):
		return false
	case unicode.IsDigit(before) && unicode.IsDigit(first), unicode.IsDigit(last) && unicode.IsDigit(after):
		return false
	case isCurrency(before) || strings.ContainsRune(".,/-", before) && start > 1 && unicode.IsDigit(rune(title[start-2])):
		return false
	case after == '%' || strings.ContainsRune("间間간", after):
		return false
	case strings.ContainsRune(",./", after) && end+size < len(title) && unicode.IsDigit(rune(title[end+size])):
		return false
	}
	return !isWordLetter(before) || !isWordLetter(first) && !unicode.IsDigit(first)
}

// isWordLetter says whether a letter is of a script with spaces between words.
func isWordLetter(r rune) bool { return unicode.IsLetter(r) && !spaceless(r) }

func stands(title string, forms []seriesForm) bool {
	return slices.ContainsFunc(forms, func(f seriesForm) bool { return f.in(title) })
}

// in says whether a form stands in a text.
func (f seriesForm) in(text string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], f.text)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(f.text)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, size := utf8.DecodeRuneInString(text[end:])
		first, _ := utf8.DecodeRuneInString(f.text)
		if (f.before || !isWordLetter(before) || !isWordLetter(first)) && (f.end || !isWordLetter(after) || spaceless(first)) {
			return true
		}
		if at = end + size; at >= len(text) {
			return false
		}
	}
}

// Standing says whether a headline is one that an outlet may print again each day.
func (x Series) Standing() bool { return x.Price || x.List }

// OtherDay says whether two headlines name other days. Days without their month are
// only heard in standing titles.
func (x Series) OtherDay(y Series) bool {
	for kind := dateOf; kind <= dayOf; kind++ {
		if kind >= weekOf && !(x.Standing() && y.Standing()) {
			return false
		}
		if common, both := x.meet(y, kind); both {
			return !common
		}
	}
	return false
}

// SameDay says whether two headlines name one date.
func (x Series) SameDay(y Series) bool {
	common, _ := x.meet(y, dateOf)
	return common
}

// meet says whether two headlines have days of a kind, and one of them in common. A
// day without its month is that day of any month.
func (x Series) meet(y Series, kind dayKind) (common, both bool) {
	for _, a := range x.days {
		for _, b := range y.days {
			switch {
			case a.kind == kind && b.kind == kind:
				both = true
				common = common || a == b
			case kind == dayOf && (a.kind == kind && b.kind == dateOf || a.kind == dateOf && b.kind == kind):
				both = true
				common = common || a.high == b.high || a.high == b.low || a.low == b.high
			}
		}
	}
	return common, both
}

// OtherFigures says whether both headlines have figures, and not the same.
func (x Series) OtherFigures(y Series) bool {
	return len(x.figures) > 0 && len(y.figures) > 0 && !slices.Equal(x.figures, y.figures)
}

// Alike is how much of two headlines is the same, their days and figures left out.
func (x Series) Alike(y Series) float64 {
	if len(x.rest)+len(y.rest) == 0 {
		return 1
	}
	n := 0
	for _, id := range x.rest {
		if _, there := slices.BinarySearch(y.rest, id); there {
			n++
		}
	}
	return 2 * float64(n) / float64(len(x.rest)+len(y.rest))
}
