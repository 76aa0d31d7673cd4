package edition

import (
	"strconv"
	"strings"

	"reedaily/digest"
)

// coin is how readers write a currency: a sign before the number, or a name behind it.
type coin struct{ sign, name string }

var coins = map[string]coin{
	"USD": {sign: "$"}, "$": {sign: "$"}, "AUD": {sign: "A$"}, "CAD": {sign: "C$"}, "NZD": {sign: "NZ$"}, "HKD": {sign: "HK$"},
	"SGD": {sign: "S$"}, "BRL": {sign: "R$"}, "GBP": {sign: "£"}, "EUR": {sign: "€"},
	"CHF": {name: "Swiss francs"}, "RUB": {name: "roubles"}, "VND": {name: "dong"},
	"CNY": {name: "yuan"}, "JPY": {name: "yen"}, "KRW": {name: "won"}, "INR": {name: "rupees"}, "MYR": {name: "ringgit"},
}

var (
	eachOf = map[string]string{"kg": "a kilogram", "t": "a tonne", "lb": "a pound", "share": "a share"}
	rates  = map[string]string{"y": " a year", "d": " a day"}
)

// spell writes a number as a reader likes it: "$95 a kilogram", "1.25 billion
// yuan", "1,800 tonnes a year", "70%"; empty for a unit that it does not know.
// small says that the number hardly ever matters: shares, single tonnes, pocket money.
func spell(f digest.Fact) (words string, small bool) {
	low, high, err := bounds(f.Value)
	unit, _, _ := strings.Cut(f.Unit, " ")
	if err != nil {
		return "", false
	}
	switch f.Kind {
	case "price", "money":
		money, per, _ := strings.Cut(unit, "/")
		c, ok := coins[money]
		if !ok || per != "" && eachOf[per] == "" {
			return "", false
		}
		words = c.sign + cents(span(low, high))
		if c.sign == "" {
			words += " " + c.name
		}
		if per != "" {
			return words + " " + eachOf[per], per == "share"
		}
		return words, high < 1e6
	case "quantity":
		mass, per, _ := strings.Cut(unit, "/")
		name := map[string]string{"t": "tonnes", "kg": "kilograms", "lb": "pounds", "ppm": "ppm"}[mass]
		if name == "" || per != "" && rates[per] == "" {
			return "", false
		}
		if high == 1 {
			name = strings.TrimSuffix(name, "s")
		}
		return span(low, high) + " " + name + rates[per], mass != "t" || high < 10
	case "percent":
		switch unit {
		case "%":
			return span(low, high) + "%", false
		case "pp":
			return span(low, high) + " percentage points", false
		}
	}
	return "", false
}

// bounds reads a value; a single number is both.
func bounds(value string) (low, high float64, err error) {
	first, second, isRange := strings.Cut(value, "-")
	if low, err = amount(first); err != nil || !isRange {
		return low, low, err
	}
	high, err = amount(second)
	return low, high, err
}

// amount reads a number of digits and a point.
func amount(s string) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err == nil && strings.Trim(s, "0123456789.") != "" {
		err = strconv.ErrSyntax
	}
	return v, err
}

// cents are two digits, where it is not "1.7 billion".
func cents(words string) string {
	if at := strings.IndexByte(words, '.'); at >= 0 && at == len(words)-2 {
		return words + "0"
	}
	return words
}

// span is a number or a range, large ones in words.
func span(low, high float64) string {
	a, scale := short(low)
	if low == high {
		return a + scale
	}
	b, scaleB := short(high)
	if scale == scaleB {
		return a + "–" + b + scaleB
	}
	return a + scale + " to " + b + scaleB
}

// short writes a number in at most four digits where that loses nothing.
func short(v float64) (digits, scale string) {
	for _, s := range []struct {
		factor float64
		name   string
	}{{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		if v < s.factor {
			continue
		}
		if d := strconv.FormatFloat(v/s.factor, 'f', -1, 64); len(d) <= 6 {
			return grouped(d), s.name
		}
	}
	return grouped(strconv.FormatFloat(v, 'f', -1, 64)), ""
}

// grouped puts commas between the thousands.
func grouped(digits string) string {
	whole, rest, point := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		return whole + "." + rest
	}
	return whole
}
