package highlight

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// How numbers are written. A range is two numbers with a dash or "to"
// between; "and" joins two sums, unless "between" says otherwise: see [betweens].
const (
	numberRE = `\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
	dashRE   = `\s?(?:-|–|—|~|〜|～|至|到| to )\s?`
	scaleRE  = `(?i:trillion|trn|tn|billion|bln|bn|million|mln|mn|thousand|crore|lakh|[kmb])`
	wideRE   = `万亿|조|兆|억|億|亿|千万|천만|百万|백만|만|万|萬|천|千`
	// composite is a number as Chinese, Japanese and Korean write large ones: 1조 2000억, 3.6万.
	compositeRE = `(?:(?:` + numberRE + `)\s?(?:` + wideRE + `)\s?)+(?:` + numberRE + `)?|(?:` + numberRE + `)`
)

var scales = map[string]float64{
	"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6,
	"b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "tn": 1e12, "trn": 1e12, "trillion": 1e12,
	"lakh": 1e5, "crore": 1e7,
	"천": 1e3, "千": 1e3, "만": 1e4, "万": 1e4, "萬": 1e4, "百万": 1e6, "백만": 1e6, "千万": 1e7, "천만": 1e7,
	"억": 1e8, "億": 1e8, "亿": 1e8, "조": 1e12, "兆": 1e12, "万亿": 1e12,
}

// amount writes a number times a factor, without separators.
func amount(number string, factor float64) string {
	v, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", ""), 64)
	if err != nil {
		return ""
	}
	return strconv.FormatFloat(math.Round(v*factor*1e6)/1e6, 'f', -1, 64)
}

// span is an amount or, where high is not empty, a range of two.
func span(low, high string, factor float64) string {
	if high == "" {
		return amount(low, factor)
	}
	return amount(low, factor) + "-" + amount(high, factor)
}

// bare is the number from which on nobody leaves out a scale: the 500,000 of
// "500,000 to 1 million" is all there is.
const bare = 1000

// spread is a range of which the scale stands only behind its high end: that of
// "5 to 10 million" is of both, that of "500,000 to 1 million" of the second.
// Empty where it may be either: "900 to 1 million".
func spread(low, high string, factor float64) string {
	from, err := strconv.ParseFloat(strings.ReplaceAll(low, ",", ""), 64)
	to, err2 := strconv.ParseFloat(strings.ReplaceAll(high, ",", ""), 64)
	switch {
	case factor == 1 || err != nil || err2 != nil || from <= to:
		return span(low, high, factor)
	case from >= bare:
		return amount(low, 1) + "-" + amount(high, factor)
	}
	return ""
}

// scaled is the factor of a scale word; 1 for none.
func scaled(word string) float64 {
	if f, ok := scales[strings.ToLower(strings.TrimSpace(word))]; ok {
		return f
	}
	return 1
}

var compositePart = regexp.MustCompile(`(` + numberRE + `)\s?(` + wideRE + `)?`)

// composite adds up a number such as 1조 2000억.
func composite(s string) (float64, bool) {
	sum, some := 0.0, false
	for _, m := range compositePart.FindAllStringSubmatch(s, -1) {
		v, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64)
		if err != nil {
			return 0, false
		}
		sum, some = sum+v*scaled(m[2]), true
	}
	return sum, some
}

var scaleWide = regexp.MustCompile(wideRE)

// wideSpan is an amount or a range in the scripts that write large numbers in
// parts; 3-5万 is a range of two large numbers.
func wideSpan(low, high string, factor float64) (string, bool) {
	to, ok := composite(high)
	if !ok || low == "" {
		return plainNumber(to * factor), ok
	}
	from, ok := composite(low)
	if parts := compositePart.FindAllStringSubmatch(high, -1); len(parts) == 1 && !scaleWide.MatchString(low) {
		value := spread(low, parts[0][1], scaled(parts[0][2]))
		first, last, _ := strings.Cut(value, "-")
		if value == "" {
			return "", false
		}
		from, _ = composite(first)
		to, _ = composite(last)
	}
	return plainNumber(from*factor) + "-" + plainNumber(to*factor), ok
}

func plainNumber(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}
