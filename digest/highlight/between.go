package highlight

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	// betweenBefore stands before the second number of "between 80 and 90 dollars"; its groups are the
	// sign, the first number, and the scale or unit behind that.
	betweenBefore = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:between|entre|zwischen|tra|fra|между)\s((?:` + currencyRE + `)?\s?)(` +
		numberRE + `)(?:\s?([\pL%％$€£.]{1,16}))?\s(?:and|et|y|e|und|и)\s$`)
	// perBefore stands before a price in scripts that say first what it is the price of: "kg당 85달러".
	perBefore = regexp.MustCompile(`(?i)(?:^|[^\d.,])(1?\s?(kg|킬로그램|킬로|キログラム|キロ|公斤|千克|톤|t|トン|吨|噸|파운드|ポンド|磅|주|株|股)\s?(?:당|当たり|当り|あたり|につき)\s?(?:약|約|최대|최소|평균|平均)?\s?)$`)
)

// besideNumber is how many bytes before a number are asked what belongs to it.
const besideNumber = 48

// near is the end of a text, and where that begins.
func near(before string) (tail string, from int) {
	from = max(0, len(before)-besideNumber)
	return before[from:], from
}

// priced makes a price of a sum of money that says before it for how much.
func priced(s string, m measured) measured {
	if m.kind != "money" {
		return m
	}
	tail, from := near(s[:m.from])
	at := perBefore.FindStringSubmatchIndex(tail)
	if at == nil {
		return m
	}
	return money(m.value, m.unit, group(tail, at, 2), from+at[2], m.to)
}

// betweens makes one range of two numbers of which a text says that something
// lies between them: neither alone is what it says. s has plain numbers, all is
// in its order.
func betweens(s string, all []measured) []measured {
	var out []measured
	for _, m := range all {
		tail, from := near(s[:m.from])
		at := betweenBefore.FindStringSubmatchIndex(tail)
		if at == nil || strings.Contains(m.value, "-") {
			out = append(out, m)
			continue
		}
		low, start := "", from+at[2]
		if n := len(out) - 1; n >= 0 && out[n].from >= start && out[n].kind != "quantity" == (m.kind != "quantity") {
			first := out[n] // it has a unit of its own
			if unit, _, _ := strings.Cut(m.unit, "/"); first.unit == m.unit || first.unit == unit {
				low, out = first.value, out[:n]
			}
		} else {
			low = lowEnd(group(tail, at, 2), group(tail, at, 3), s[m.from:m.to], m.value)
		}
		if low != "" && rises(low, m.value, 0) {
			m.value, m.from = low+"-"+m.value, start
		}
		out = append(out, m)
	}
	return out
}

// lowEnd is the value of a number without a unit, with the scale that it shares
// with the high end of its range; empty where that is not certain.
func lowEnd(low, scale, high, value string) string {
	number := anyNumber.FindString(high)
	v, err := strconv.ParseFloat(value, 64)
	n, err2 := strconv.ParseFloat(strings.ReplaceAll(number, ",", ""), 64)
	switch {
	case err != nil || err2 != nil || n == 0 || scale != "" && !strings.Contains(high, scale):
		return ""
	case scale != "":
		return amount(low, v/n)
	case v == n:
		return amount(low, 1)
	}
	first, _, _ := strings.Cut(spread(low, number, v/n), "-")
	return first
}
