package highlight

import (
	"regexp"
	"strings"
	"unicode"
)

// marks is how a text parts the digits of its numbers.
type marks int

const (
	marksUnknown marks = iota
	marksPoint         // 1,200.5 as English, Chinese, Japanese and Korean texts
	marksComma         // 1.200,5 and 1 200,5 as most of Europe
	marksMixed         // as marksComma, but some outlets write as English ones: es, vi
)

// commaLanguages write a comma before decimals, whether or not their words for
// units are known.
var commaLanguages = set(`de fr it pt ru nl pl cs sk sl hr sr bg uk be ro hu el tr id sv da nb nn no fi is et lv lt ca gl kk uz az ka hy`)

// pointRegions write as English does, whatever their language.
var pointRegions = set(`mx us pr gt hn sv ni pa do pe ch li`)

// marksOf is how texts with a BCP 47 tag write numbers.
func marksOf(lang string) marks {
	parts := strings.Split(strings.ToLower(lang), "-")
	switch {
	case lang == "":
		return marksUnknown
	case len(parts) > 1 && pointRegions[parts[len(parts)-1]]:
		return marksPoint
	case parts[0] == "es" || parts[0] == "vi":
		return marksMixed
	case commaLanguages[parts[0]]:
		return marksComma
	}
	return marksPoint
}

// numeral is digits with what may part them.
var numeral = regexp.MustCompile(`\d+(?:[.,]\d+|['’，]\d{3}\b| \d{3}\b)*`)

// The ways to write a number; the first group of each is its whole part.
var (
	byPoint      = regexp.MustCompile(`^(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$`)
	byComma      = regexp.MustCompile(`^(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$`)
	byLakh       = regexp.MustCompile(`^(\d{1,2}(?:,\d{2})+,\d{3})(?:\.(\d+))?$`)
	bySpace      = regexp.MustCompile(`^(\d{1,3}(?: \d{3})+)(?:,(\d+))?$`)
	byPoor       = regexp.MustCompile(`^(\d{1,3}(?: \d{3})+)(?:\.(\d+))?$`) // 1 200.5
	byApostrophe = regexp.MustCompile(`^(\d{1,3}(?:['’]\d{3})+)(?:[.,](\d+))?$`)
	decimalPoint = regexp.MustCompile(`^(\d+)\.(\d+)$`)
	decimalComma = regexp.MustCompile(`^(\d+),(\d+)$`)
	oneGroup     = regexp.MustCompile(`^[1-9]\d{0,2}[.,]\d{3}$`) // thousands, or three decimals
	roundDecimal = regexp.MustCompile(`^[1-9]\d{0,2}\.\d00$`)    // no English decimal ends so
)

// plainNumerals writes the numbers of a text as 1200.5, with zeros in front to
// keep every place in the text; what cannot be read for certain becomes "#".
func plainNumerals(s string, m marks) string {
	var b strings.Builder
	end := 0
	for _, at := range numeral.FindAllStringIndex(s, -1) {
		b.WriteString(s[end:at[0]])
		token := s[at[0]:at[1]]
		if plain := plainNumeral(token, m); plain != "" || !strings.Contains(token, " ") {
			b.WriteString(padded(plain, len(token)))
		} else { // numbers that stand beside each other
			for i, part := range strings.Split(token, " ") {
				if i > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(padded(besideOthers(part, m), len(part)))
			}
		}
		end = at[1]
	}
	b.WriteString(s[end:])
	return b.String()
}

// besideOthers reads a number that another one stands before or behind: 000 is
// none, and in English, where space parts no thousands, 300 may be half of one.
func besideOthers(part string, m marks) string {
	if m == marksPoint || m == marksUnknown || strings.HasPrefix(part, "00") {
		if len(part) == 3 {
			return ""
		}
	}
	return plainNumeral(part, m)
}

func padded(plain string, width int) string {
	if plain == "" {
		return strings.Repeat("#", width)
	}
	return strings.Repeat("0", max(0, width-len(plain))) + plain
}

// plainNumeral reads one number; empty where it is none or may be two.
func plainNumeral(token string, m marks) string {
	if !strings.ContainsAny(token, ".,'’ ，") {
		return token
	}
	comma := m == marksComma || m == marksMixed
	ways := []*regexp.Regexp{byComma, byLakh, decimalPoint, byApostrophe}
	switch {
	case oneGroup.MatchString(token) && doubtful(token, m):
		return ""
	case comma:
		ways = []*regexp.Regexp{byPoint, bySpace, decimalComma, decimalPoint, byComma, byApostrophe}
	case strings.Contains(token, " 0"): // 4 000: nothing else begins with a zero
		ways = append(ways, bySpace, byPoor)
	case m == marksUnknown:
		ways = append(ways, byPoint, decimalComma)
	}
	for _, way := range ways {
		if g := way.FindStringSubmatch(token); g != nil {
			whole := strings.Map(func(r rune) rune {
				if unicode.IsDigit(r) {
					return r
				}
				return -1
			}, g[1])
			if g[2] != "" {
				whole += "." + g[2]
			}
			return whole
		}
	}
	return ""
}

// doubtful says of 1.200 and 1,200 whether readers of the text may take them
// for two different numbers.
func doubtful(token string, m marks) bool {
	switch m {
	case marksUnknown:
		return true
	case marksMixed:
		return strings.Contains(token, ",")
	case marksPoint:
		return roundDecimal.MatchString(token)
	}
	return false
}
