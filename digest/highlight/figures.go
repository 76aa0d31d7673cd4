package highlight

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// figure is a number as it is written and without the ways of writing it, so
// that "$1.25B" and "1.25 billion" are one.
type figure struct {
	text, value string
	measured    bool   // it has a currency, a per cent sign or a weight
	month       string // the first letters of a month that stands beside it
}

var figureRE = regexp.MustCompile(`(?:(?:` + numberRE + `)\s?(?:` + wideRE + `))+(?:` + numberRE + `)?|(?:` + numberRE + `)(?:[\s-]?` + scaleRE + `\b)?`)

var figureParts = regexp.MustCompile(`^(` + numberRE + `)[\s-]?(\pL*)$`)

// What stands behind and before a figure that measures something.
var (
	measureAfter  = regexp.MustCompile(`(?i)^[\s-]?(?:[%％€]|per ?cent|퍼센트|美元|欧元|歐元|日元|元|달러|유로|엔|원|ドル|ユーロ|円|公吨|吨|噸|톤|トン|公斤|kg\b|tonn?e?s?\b|t\b|dollars|euros|yuan|won\b|yen\b)`)
	measureBefore = regexp.MustCompile(`[$€¥£￦₩￥]\s?$|百分之$`)
)

// What stands beside a figure that is a day.
const monthRE = `jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec`

var (
	monthAfter  = regexp.MustCompile(`(?i)^(?:st|nd|rd|th)?\s(` + monthRE + `)[a-z]*\b`)
	monthBefore = regexp.MustCompile(`(?i)\b(` + monthRE + `)[a-z]*\.?\s$`)
	// chartsAfter stands behind the number of charts in which something is explained.
	chartsAfter = regexp.MustCompile(`(?i)^\s(?:charts?|graphics|maps|things|takeaways|reasons|questions|facts|points|ways)\b`)
)

// besides is how many bytes beside a figure are looked at.
const besides = 24

func figures(s string) []figure {
	var out []figure
	for _, at := range figureRE.FindAllStringIndex(s, -1) {
		text, value := s[at[0]:at[1]], ""
		if m := figureParts.FindStringSubmatch(text); m != nil {
			value = amount(m[1], scaled(m[2]))
		} else if v, ok := composite(text); ok {
			value = plainNumber(v)
		}
		before, after := s[max(0, at[0]-besides):at[0]], s[at[1]:min(len(s), at[1]+besides)]
		if value == "" || chartsAfter.MatchString(after) {
			continue
		}
		f := figure{text: text, value: value, measured: measureAfter.MatchString(after) || measureBefore.MatchString(before)}
		if m := monthAfter.FindStringSubmatch(after); m != nil {
			f.month = strings.ToLower(m[1])
		} else if m := monthBefore.FindStringSubmatch(before); m != nil {
			f.month = strings.ToLower(m[1])
		}
		out = append(out, f)
	}
	return out
}

// thisWeek is how far a day may be from a report's own to say only when it was written.
const thisWeek = 7 * 24 * time.Hour

// date says whether a figure is a day about when the report was written.
func (f figure) date(written time.Time) bool {
	day, err := strconv.Atoi(f.value)
	if f.month == "" || err != nil || day < 1 || day > 31 || written.IsZero() {
		return false
	}
	month := strings.Index(monthRE, f.month)/4 + 1
	return written.Sub(time.Date(written.Year(), time.Month(month), day, 0, 0, 0, 0, time.UTC)).Abs() <= thisWeek
}
