package words

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is the sort of a number.
type Kind byte

// The sorts of number.
const (
	NotNumber Kind = iota
	Plain          // a count, a date, a model
	Percent
	Amount // money, or a large round figure such as "1.25 billion"
	Year
)

// number is a number of a text.
type number struct {
	value float64
	kind  Kind
}

// term spells a number so that "$1.25B", "1.25 billion dollars" and
// "US$1,250m" are one: three digits of the mantissa are enough.
func (n number) term() string {
	v := strconv.FormatFloat(n.value, 'e', 2, 64)
	switch n.kind {
	case Percent:
		return "%" + v
	case Year:
		return strconv.Itoa(int(n.value))
	}
	return "#" + v
}

// commonness is in what share of articles a number stands: a count or a year
// stands in many that have nothing else in common, an exact figure in few.
func (t Token) commonness() float64 {
	switch {
	case t.Number == Year:
		return 0.4
	case t.Number == Amount:
		return 0.002
	case t.Number == Percent:
		return 0.01
	case strings.Contains(t.Word, ".00e"): // one digit and zeros
		return 0.1
	case strings.Contains(t.Word, "0e"):
		return 0.05
	}
	return 0.005
}

// scanNumber reads a number with its currency sign before and its multiplier or
// percent sign behind.
func (s *scanner) scanNumber() bool {
	text := s.rest
	money := false
	for r, size := utf8.DecodeRuneInString(text); isCurrency(r); r, size = utf8.DecodeRuneInString(text) {
		money = true
		text = text[size:]
	}
	digits := digitRun(text)
	if digits == 0 {
		s.rest = text
		return money
	}
	value, err := strconv.ParseFloat(decimal(text[:digits]), 64)
	if err != nil { // more digits than a number has
		s.rest = text[digits:]
		return true
	}
	n := number{value: value, kind: Plain}
	if value >= 1900 && value < 2100 && value == float64(int(value)) && digits == 4 {
		n.kind = Year
	}
	if money {
		n.kind = Amount
	}
	text = text[digits:]
	unit, size := unitAfter(text, money)
	switch {
	case size < 0: // letters that make it a Name: "777X", "5G"
		s.scanWordFrom(s.rest)
		return true
	case unit == percentUnit:
		n.kind = Percent
	case unit > 1:
		n.kind, n.value = Amount, value*unit
		more, length := smallerUnit(text[size:], unit)
		n.value += more
		size += length
	}
	s.rest = text[size:]
	s.add(Token{Word: n.term(), Number: n.kind})
	return true
}

// scanWordFrom reads a word that begins with a digit.
func (s *scanner) scanWordFrom(text string) {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !isCurrency(r) })
	if end < 0 {
		end = len(text)
	}
	s.rest = text[end:]
	s.add(Token{Word: strings.ToLower(strings.ToValidUTF8(text[:min(end, maxWord)], "")), Name: true})
}

// decimal writes digits as programs read them. Much of the world writes 1,5 and
// 4.000 for what English has as 1.5 and 4,000: a comma before one or two digits
// is a decimal comma, and a point before groups of three that end in 0 parts
// thousands, as English hardly ever writes so.
func decimal(digits string) string {
	if i := strings.LastIndexByte(digits, ','); i >= 0 && len(digits)-i <= 3 {
		return strings.ReplaceAll(digits[:i], ".", "") + "." + digits[i+1:]
	}
	if i := strings.LastIndexByte(digits, '.'); i > 0 && i <= 3 && len(digits)-i == 4 && digits[0] != '0' && strings.HasSuffix(digits, "0") {
		return digits[:i] + digits[i+1:]
	}
	return strings.ReplaceAll(digits, ",", "")
}

// digitRun is the length of the digits at the start of text, with inner commas
// between groups of three and one decimal point or comma.
func digitRun(text string) int {
	i, point := 0, false
	for i < len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			i++
		case c == ',' && i > 0 && !point && groupOfThree(text[i+1:]):
			i += 4
		case c == ',' && i > 0 && !point && digitsOf(text[i+1:]) > 0 && digitsOf(text[i+1:]) < 3:
			return i + 1 + digitsOf(text[i+1:])
		case c == '.' && i > 0 && !point && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			point = true
			i++
		default:
			return i
		}
	}
	return i
}

func groupOfThree(text string) bool { return digitsOf(text) == 3 }

func digitsOf(text string) (n int) {
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}

// percentUnit stands for a percent sign among the multipliers.
const percentUnit = -1

// unitAfter reads the multiplier or percent sign behind a number, and how long it
// is; a length below zero says that letters follow which are no unit.
func unitAfter(text string, money bool) (unit float64, size int) {
	for _, sign := range []string{"%", " %", "\u00a0%", "\u202f%"} {
		if strings.HasPrefix(text, sign) {
			return percentUnit, len(sign)
		}
	}
	gap := 0
	if strings.HasPrefix(text, " ") || strings.HasPrefix(text, "-") {
		gap = 1
	}
	word := text[gap:]
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = word[:end]
	}
	if word == "" {
		return 1, 0
	}
	if r, n := utf8.DecodeRuneInString(word); spaceless(r) {
		if m, ok := multiplier(word[:n]); ok {
			return m, gap + n
		}
		return 1, 0
	}
	lower := strings.ToLower(word)
	if lower == "per" && strings.HasPrefix(text[gap+len(word):], " cent") {
		return percentUnit, gap + len("per cent")
	}
	if m, ok := multiplier(lower); ok {
		return m, gap + len(word)
	}
	if gap > 0 {
		return 1, 0
	}
	switch lower {
	case "b":
		return 1e9, 1
	case "m":
		if money || word == "M" {
			return 1e6, 1
		}
		return 1, 0
	case "k":
		return 1e3, 1
	case "t":
		if money {
			return 1e12, 1
		}
		return 1, 0
	}
	switch word {
	case "st", "nd", "rd", "th", "s", "kg", "g", "km", "h", "mm", "cm", "MW", "GW", "MWh", "GWh":
		return 1, 0
	}
	return 0, -1
}

// smallerUnit reads the rest of a number in two units, such as the second half of
// "7억5000만", and its length.
func smallerUnit(text string, above float64) (value float64, size int) {
	digits := digitRun(text)
	if digits == 0 {
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(text[digits:])
	unit, ok := multiplier(text[digits : digits+n])
	if !ok || !spaceless(r) || unit >= above {
		return 0, 0
	}
	value, err := strconv.ParseFloat(decimal(text[:digits]), 64)
	if err != nil {
		return 0, 0
	}
	return value * unit, digits + n
}

func multiplier(word string) (float64, bool) {
	switch word {
	case "thousand", "천", "千":
		return 1e3, true
	case "lakh":
		return 1e5, true
	case "million", "millions", "mln", "mn", "mio", "millón", "millones", "milhão", "milhões", "millionen", "triệu",
		"млн", "миллион", "миллиона", "миллионов":
		return 1e6, true
	case "crore", "crores", "cr":
		return 1e7, true
	case "billion", "billions", "bln", "bn", "mrd", "milliard", "milliards", "milliarde", "milliarden", "bilhão", "bilhões", "tỷ",
		"млрд", "миллиард", "миллиарда", "миллиардов":
		return 1e9, true
	case "trillion", "trillions", "trln", "tn":
		return 1e12, true
	case "万", "萬", "만":
		return 1e4, true
	case "亿", "億", "억":
		return 1e8, true
	case "조":
		return 1e12, true
	case "percent", "pct", "pc", "procent", "prozent":
		return percentUnit, true
	}
	return 0, false
}

// numberWord reads the small numbers that news spells out.
func numberWord(word string) (float64, bool) {
	switch word {
	case "two":
		return 2, true
	case "three":
		return 3, true
	case "four":
		return 4, true
	case "five":
		return 5, true
	case "six":
		return 6, true
	case "seven":
		return 7, true
	case "eight":
		return 8, true
	case "nine":
		return 9, true
	case "ten":
		return 10, true
	case "eleven":
		return 11, true
	case "twelve":
		return 12, true
	}
	return 0, false
}
