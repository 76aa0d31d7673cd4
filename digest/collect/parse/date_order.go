package parse

import (
	"regexp"
	"strconv"
	"strings"
)

// Order is which comes first in a date such as 05/11/2026.
type Order int

// The two orders. Without a reason for the other the month is first, as in
// most feeds that write so.
const (
	MonthFirst Order = iota
	DayFirst
)

var slashed = regexp.MustCompile(`(?:^|[^0-9/])([0-9]{1,2})/([0-9]{1,2})/(?:[0-9]{4}|[0-9]{2})(?:[^0-9/]|$)`)

// slashes is what the dates of one feed show of their order.
type slashes struct {
	dayFirst, monthFirst int          // dates with one reading only
	first, second        map[int]bool // the numbers of those with two
}

// see takes a date into account.
func (s *slashes) see(date string) {
	if len(date) > maxDate || !strings.Contains(date, "/") {
		return
	}
	m := slashed.FindStringSubmatch(date)
	if m == nil {
		return
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	switch {
	case a > 31 || b > 31 || a == 0 || b == 0:
	case a > 12 && b <= 12:
		s.dayFirst++
	case b > 12 && a <= 12:
		s.monthFirst++
	case a <= 12:
		if s.first == nil {
			s.first, s.second = map[int]bool{}, map[int]bool{}
		}
		s.first[a], s.second[b] = true, true
	}
}

// unsure says whether a date was seen that has two readings.
func (s *slashes) unsure() bool { return len(s.first) > 0 }

// manyDays is how many numbers in one place, beside a single one in the other,
// are days of one month.
const manyDays = 3

// order is that of the feed's other dates, which have one reading; else that of
// a language that names its region; else of days within one month, which may
// also be months with one day; else of the language.
func (s *slashes) order(lang string) Order {
	dayFirst := isDayFirst(lang)
	switch {
	case s.dayFirst > 0 != (s.monthFirst > 0):
		dayFirst = s.dayFirst > 0
	case namesRegion(lang):
	case len(s.first) >= manyDays && len(s.second) == 1:
		dayFirst = true
	case len(s.second) >= manyDays && len(s.first) == 1:
		dayFirst = false
	}
	if dayFirst {
		return DayFirst
	}
	return MonthFirst
}

// OrderOf is the order of a list of dates in a language, a BCP 47 tag or "".
func OrderOf(lang string, dates ...string) Order {
	var s slashes
	for _, d := range dates {
		s.see(d)
	}
	return s.order(lang)
}

// isDayFirst says whether a language's readers take 05/11/2026 for the fifth of
// November. English that does not say where it is from may be of the USA, and
// where the year comes first, a date with the year last is a foreign one.
func isDayFirst(lang string) bool {
	lang, region := languageAndRegion(lang)
	switch lang {
	case "", "zh", "ja", "ko", "mn", "fil", "tl", "und":
		return false
	case "en":
		return region != "" && region != "us" && region != "ph" && region != "ca"
	}
	return region != "us"
}

func namesRegion(lang string) bool {
	_, region := languageAndRegion(lang)
	return len(region) == 2
}

// languageAndRegion are the first and the last part of a tag, in lower case.
func languageAndRegion(tag string) (lang, region string) {
	lang, region, _ = strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	if i := strings.LastIndexByte(region, '-'); i >= 0 {
		region = region[i+1:]
	}
	return lang, region
}
