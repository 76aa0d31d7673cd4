package check

import (
	"math/big"
	"regexp"
	"strings"
)

// number is a quantity as it stands in a text.
type number struct {
	value *big.Rat // in the unit's base
	raw   string   // in place of value, where the digits make no number
	unit  string
	rate  string // "/kg": per what
	plus  bool   // "+5%"
	year  bool   // 2026: four digits and nothing else
	// annual is set where a year is hidden in the unit: tpa.
	annual bool
	tail   int // tokens taken
}

// key is equal for equal quantities.
func (n *number) key() string {
	s := n.raw
	if n.value != nil {
		s = n.value.RatString()
	}
	if n.plus {
		s = "+" + s
	}
	if n.year {
		return "year " + s
	}
	return s + "|" + n.unit + n.rate
}

var (
	grouped = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\.\d+)?$`)
	simple  = regexp.MustCompile(`^\d+(\.\d+)?$`)
	// 1.250 is read as 1250 by half of the world.
	ambiguous = regexp.MustCompile(`^\d{1,3}\.\d\d0$`)
	// The same where the comma is the decimal mark, as in German and French.
	groupedComma = regexp.MustCompile(`^\d{1,3}(\.\d{3})+(,\d+)?$`)
	simpleComma  = regexp.MustCompile(`^\d+(,\d+)?$`)
)

// maxDigits bounds a number: longer ones are compared as they are written.
const maxDigits = 24

// digits reads "1,800.5"; nil where it is no number. comma says that the comma
// is the decimal mark.
func digits(s string, comma bool) *big.Rat {
	if len(s) > maxDigits {
		return nil
	}
	switch {
	case comma && (groupedComma.MatchString(s) || simpleComma.MatchString(s)):
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case !comma && grouped.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	case comma || !simple.MatchString(s) || ambiguous.MatchString(s):
		return nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil
	}
	return r
}

// number reads the quantity that begins at token i; nil where none does.
func (r *reader) number(i int) *number {
	if n := r.rateFirst(i); n != nil {
		return n
	}
	return r.simpleNumber(i)
}

// rateFirst reads "每吨56万元" and "톤당 56만 원": the rate stands before the
// number, with a word for "per" on either side of the unit.
func (r *reader) rateFirst(i int) *number {
	k := i
	if r.per(k) {
		k++
	}
	u, took := r.lang.unit(r.at(k).fold)
	if !took || !perUnits[u.name] || !r.lang.wide() {
		return nil
	}
	end := k + 1
	if k == i {
		if !r.per(end) {
			return nil
		}
		end++
	}
	n := r.simpleNumber(end)
	if n == nil || n.unit == "" || n.rate != "" {
		return nil
	}
	n.addRate(u)
	n.tail += end - i
	return n
}

func (r *reader) per(i int) bool {
	for _, c := range r.lang.named(r.at(i).fold) {
		if c.name == "per" {
			return true
		}
	}
	return false
}

func (n *number) addRate(u unit) {
	n.rate = "/" + u.name
	if u.times != nil { // $95/kg is $95,000/t, and both are written
		n.rate += "*" + u.times.RatString()
	}
}

func (r *reader) simpleNumber(i int) *number {
	n, j := &number{}, i
	if money, took := r.money(j); took > 0 {
		n.unit, j = money, j+took
	}
	minus := false
	if t := r.at(j); (t.is("-") || t.is("+")) && !t.glued || t.is("-") && n.unit != "" {
		if next := r.at(j + 1); next.kind == digitToken && next.glued || isMoney(next) {
			minus, n.plus, j = t.is("-"), t.is("+"), j+1
		}
	}
	if money, took := r.money(j); took > 0 && n.unit == "" {
		n.unit, j = money, j+took
	}
	value, next := r.amount(j, n)
	if next == j {
		return nil
	}
	n.value, j = value, next
	switch {
	case minus && value != nil:
		value.Neg(value)
	case minus:
		n.raw = "-" + n.raw
	}
	j = r.unit(n, j)
	n.year = n.year && n.unit == "" && n.rate == ""
	n.tail = j - i
	return n
}

func isMoney(t token) bool { return t.is("$") || moneyWords[t.fold] }

// money reads "$", "US$", "€", "USD" before a number.
func (r *reader) money(i int) (unit string, took int) {
	t := r.at(i)
	if t.is("$") {
		return dollarSigns[""], 1
	}
	if name, ok := dollarSigns[t.fold]; ok && t.kind == wordToken && r.at(i+1).is("$") && r.at(i+1).glued {
		return name, 2
	}
	if moneyWords[t.fold] && (r.at(i+1).kind == digitToken || r.at(i+1).is("-")) {
		return unitWords[t.fold].name, 1
	}
	return "", 0
}

// amount reads the value: digits or number words, with powers behind them.
func (r *reader) amount(i int, n *number) (*big.Rat, int) {
	t := r.at(i)
	var value *big.Rat
	j := i
	switch {
	case t.kind == digitToken:
		if value = digits(t.text, r.comma); value == nil {
			n.raw = t.text
			return nil, i + 1
		}
		n.year = len(t.text) == 4 && (t.text[:2] == "19" || t.text[:2] == "20")
		if next := r.at(i + 1); next.glued && next.fold == "s" && n.year {
			n.raw, n.year = t.text+"s", false // the 1990s
			return nil, i + 2
		}
		j++
	case r.article(t) && n.unit == "" && r.power(i+1) != nil && r.power(i+1).Cmp(big.NewRat(12, 1)) >= 0:
		value, j = big.NewRat(1, 1), i+1 // "a million", "a dozen"
	case r.article(t) && n.unit == "" && r.prep != "" && r.timeSpan(i+1):
		value, j = big.NewRat(1, 1), i+1 // "for a year"
	default:
		if value, j = r.spelled(i); value == nil {
			return nil, i
		}
	}
	if r.at(j).fold == "and" && r.article(r.at(j+1)) && r.at(j+2).fold == "half" {
		value, j = value.Add(value, big.NewRat(1, 2)), j+3
	}
	return r.powers(value, j, n)
}

// timeSpan says whether a unit of time stands at i: year, month, week, day, hour.
func (r *reader) timeSpan(i int) bool {
	u, took := r.unitAt(i)
	return took == 1 && (u.name == "year" || u.name == "month" || u.name == "week" || u.name == "day" || u.name == "hour")
}

// powers multiplies value by "million", "bn" and the like from j on.
func (r *reader) powers(value *big.Rat, j int, n *number) (*big.Rat, int) {
	for range 3 {
		t, k := r.at(j), j
		if t.is("-") && t.glued && r.at(j+1).glued {
			t, k = r.at(j+1), j+1
		}
		if p, ok := gluedPowers[t.fold]; ok && k == j && t.glued && r.at(j-1).kind == digitToken && (n.unit != "" || t.text == "M" || t.text == "B" || len(t.fold) > 1 || t.fold == "k") {
			value, j, n.year = value.Mul(value, big.NewRat(p, 1)), j+1, false
			continue
		}
		if t.glued && k == j && t.fold == "t" && n.unit != "" && r.at(j-1).kind == digitToken {
			value, j, n.year = value.Mul(value, big.NewRat(1e12, 1)), j+1, false
			continue
		}
		p := r.power(k)
		if p == nil {
			break
		}
		value, j, n.year = value.Mul(value, p), k+1, false
	}
	return value, j
}

// spelled reads "three", "twenty-five", "one hundred and twenty"; powers of a
// thousand are left to [reader.powers].
func (r *reader) spelled(i int) (*big.Rat, int) {
	v, j := r.belowHundred(i)
	if j == i {
		return nil, i
	}
	if p := r.power(j); p != nil && p.Cmp(big.NewRat(100, 1)) == 0 {
		v, j = v*100, j+1
		k := j
		if r.at(k).fold == "and" {
			k++
		}
		if w, end := r.belowHundred(k); end > k {
			v, j = v+w, end
		}
	}
	return big.NewRat(v, 1), j
}

func (r *reader) belowHundred(i int) (int64, int) {
	v, ok := r.lang.cardinals[r.at(i).fold]
	if !ok {
		return 0, i
	}
	j := i + 1
	if v < 20 || v%10 != 0 {
		return v, j
	}
	k := j
	if r.at(k).is("-") && r.at(k).glued {
		k++
	}
	if w, ok := r.lang.cardinals[r.at(k).fold]; ok && w > 0 && w < 10 {
		return v + w, k + 1
	}
	return v, j
}

func (r *reader) power(i int) *big.Rat {
	if p, ok := r.lang.powers[r.at(i).fold]; ok {
		return big.NewRat(p, 1)
	}
	return nil
}

// unit reads what stands behind the value: a unit, and per what.
func (r *reader) unit(n *number, j int) int {
	k := j
	if r.at(k).is("-") && r.at(k).glued && r.at(k+1).glued {
		k++
	}
	if u, took := r.unitAt(k); took > 0 && n.unit == "" {
		n.unit, j = u.name, k+took
		if u.times != nil && n.value != nil {
			n.value = new(big.Rat).Mul(n.value, u.times)
		}
	} else if t := r.at(j); t.glued && (t.fold == "m" || t.fold == "c") && r.at(j-1).kind == digitToken {
		n.unit, j = t.fold+"?", j+1 // million or metres: the same letter only
	}
	if n.unit == "" {
		return j
	}
	return r.rate(n, j)
}

func (r *reader) unitAt(k int) (unit, int) {
	word := r.at(k).fold
	if r.at(k).is("°") {
		word += r.at(k + 1).fold
		if u, ok := unitWords[word]; ok {
			return u, 2
		}
	}
	if word == "tpa" {
		return unitWords["t"], 1
	}
	for n := 3; n >= 1; n-- {
		name := word
		for i := 1; i < n; i++ {
			name += " " + r.at(k+i).fold
		}
		if u, ok := r.lang.unit(name); ok {
			return u, n
		}
	}
	return unit{}, 0
}

// rate reads "/kg", "a kilogram", "per tonne", "-per-kilogram", and notes a
// year that is hidden in the unit: "tpa", "t/y".
func (r *reader) rate(n *number, j int) int {
	if r.at(j-1).fold == "tpa" {
		n.annual = true
		return j
	}
	k := j
	if r.at(k).is("-") && r.at(k).glued {
		k++
	}
	switch t := r.at(k); {
	case t.is("/"), r.per(k), t.fold == "a", t.fold == "an", t.fold == "each", t.fold == "every":
	default:
		return j
	}
	slash := r.at(k).is("/")
	k++
	if r.at(k).is("-") && r.at(k).glued {
		k++
	}
	if w := r.at(k).fold; slash && (w == "y" || w == "yr" || w == "a" || w == "year") {
		n.annual = true
		return k + 1
	}
	u, took := r.unitAt(k)
	if took == 0 || !perUnits[u.name] {
		return j
	}
	n.addRate(u)
	return k + took
}
