package check

import (
	"math/big"
	"strconv"
)

// startsNumber says whether a quantity begins at i, maybe behind an article.
func (r *reader) startsNumber(i int) bool {
	if i >= len(r.tokens) {
		return false
	}
	if r.number(i) != nil || r.half(i) {
		return true
	}
	return r.at(i).fold == "a" && r.at(i+1).fold == "third"
}

func (r *reader) half(i int) bool { return r.lang.tag == english && r.at(i).fold == "half" }

// date reads "14 February", "February 14", "14th of February" and 2026-02-14.
func (r *reader) date(i int) int {
	if end := r.isoDate(i); end > i {
		return end
	}
	if m := r.month(i); m != "" {
		if d, end := r.dayNumber(i + 1); d > 0 {
			return r.addDate(i, end, m, d)
		}
		return i
	}
	d, end := r.dayNumber(i)
	if d == 0 {
		return i
	}
	if r.at(end).fold == "of" {
		end++
	}
	if m := r.month(end); m != "" {
		return r.addDate(i, end+1, m, d)
	}
	return i
}

func (r *reader) addDate(i, end int, month string, day int) int {
	r.add(item{kind: dateItem, key: month + "-" + strconv.Itoa(day), month: month, at: i, end: end})
	if r.at(end).is(",") && r.number(end+1) != nil && r.number(end+1).year {
		return end + 1 // the comma of "February 14, 2026" parts nothing
	}
	return end
}

// month is the name of the month at i.
func (r *reader) month(i int) string {
	if i >= len(r.tokens) || r.at(i).kind != wordToken {
		return ""
	}
	concepts, n := r.lang.match(r.tokens, i, false)
	for _, c := range concepts {
		if n == 1 && isDate(c) && c.name[0] == 'm' {
			return c.name
		}
	}
	return ""
}

// dayNumber reads a day of the month: 14, 14th.
func (r *reader) dayNumber(i int) (int, int) {
	t := r.at(i)
	if t.kind != digitToken || len(t.text) > 2 {
		return 0, i
	}
	d, err := strconv.Atoi(t.text)
	if err != nil || d < 1 || d > 31 {
		return 0, i
	}
	next := r.at(i + 1)
	switch {
	case next.glued && (next.fold == "st" || next.fold == "nd" || next.fold == "rd" || next.fold == "th"):
		return d, i + 2
	case next.glued && next.kind == wordToken, next.is("%"):
		return 0, i
	case next.is(".") && r.lang.tag == "de":
		return d, i + 2
	}
	return d, i + 1
}

// isoDate reads 2026-02-14.
func (r *reader) isoDate(i int) int {
	y, m, d := r.at(i), r.at(i+2), r.at(i+4)
	if len(y.text) != 4 || len(m.text) != 2 || len(d.text) != 2 || y.kind != digitToken || m.kind != digitToken || d.kind != digitToken ||
		!r.at(i+1).is("-") || !r.at(i+3).is("-") || !m.glued || !d.glued {
		return i
	}
	month, err := strconv.Atoi(m.text)
	day, err2 := strconv.Atoi(d.text)
	if err != nil || err2 != nil || month < 1 || month > 12 || day < 1 || day > 31 {
		return i
	}
	name := "m" + strconv.Itoa(month)
	r.add(item{kind: dateItem, key: name + "-" + strconv.Itoa(day), month: name, at: i + 2, end: i + 5})
	r.add(item{kind: dateItem, key: "year " + y.text, month: "year " + y.text, at: i, end: i + 1})
	return i + 5
}

// ordinal reads "third", "21st": a number that says which, not how many.
func (r *reader) ordinal(i int) int {
	t, end := r.at(i), i+1
	n, ok := r.lang.ordinals[t.fold]
	if t.kind == digitToken && len(t.text) < 6 {
		if next := r.at(end); next.glued && (next.fold == "st" || next.fold == "nd" || next.fold == "rd" || next.fold == "th") {
			v, err := strconv.ParseInt(t.text, 10, 64)
			n, ok, end = v, err == nil, end+1
		}
	}
	if !ok {
		if q := t.fold; r.lang.tag == english && len(q) == 2 && (q[0] == 'q' || q[0] == 'h') && q[1] >= '1' && q[1] <= '4' {
			return r.period(i)
		}
		return i
	}
	if r.lang.tag == english && (t.fold == "third" || t.fold == "fifth") && r.article(r.at(i-1)) && r.at(end).fold == "of" {
		return i // a fraction
	}
	r.add(item{kind: numberItem, key: "#" + strconv.FormatInt(n, 10), flags: keepsNext, at: i, end: end})
	return end
}

// period reads Q3 and H1 as "third quarter" and "first half".
func (r *reader) period(i int) int {
	fold := r.at(i).fold
	r.add(item{kind: numberItem, key: "#" + fold[1:], flags: keepsNext, at: i, end: i + 1})
	it := item{kind: numberItem, key: "half", flags: keepsNext, at: i, end: i + 1}
	if fold[0] == 'q' {
		it = item{concepts: r.lang.named("quarter"), at: i, end: i + 1}
	}
	r.add(it)
	return i + 1
}

// named is the concepts of one word.
func (lang *language) named(word string) []*concept {
	var out []*concept
	key := word
	if r := []rune(word); lang.wide() && len(r) > 0 {
		key = string(r[0])
	}
	for _, f := range lang.forms[key] {
		if len(f.words) == 1 && f.words[0] == word {
			out = append(out, f.concept)
		}
	}
	return out
}

// parts are the names of fractions.
var parts = map[string]int64{"third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}

// fraction reads "half", "a third of", "two-thirds", "three quarters of".
func (r *reader) fraction(i int) int {
	if r.lang.tag != english {
		return i
	}
	if r.half(i) {
		r.add(item{kind: numberItem, key: "half", flags: keepsNext, at: i, end: i + 1})
		return i + 1
	}
	over, j := int64(1), i+1
	if !r.article(r.at(i)) {
		var ok bool
		if over, ok = r.lang.cardinals[r.at(i).fold]; !ok {
			if parts[r.at(i).fold] == 0 || !r.article(r.at(i-1)) || r.at(i+1).fold != "of" {
				return i
			}
			over, j = 1, i
		}
	}
	hyphen := r.at(j).is("-") && r.at(j).glued
	if hyphen {
		j++
	}
	under := parts[r.at(j).fold]
	if under == 0 || !hyphen && r.at(j+1).fold != "of" {
		return i
	}
	key := "part " + big.NewRat(over, under).RatString()
	r.add(item{kind: numberItem, key: key, flags: keepsNext, at: i, end: j + 1})
	return j + 1
}

// irregular are participles without "-ed".
var irregular = map[string]bool{
	"bought": true, "sold": true, "built": true, "made": true, "given": true, "taken": true, "shown": true, "known": true,
	"held": true, "cut": true, "set": true, "hit": true, "put": true, "led": true, "fed": true, "won": true, "paid": true,
	"told": true, "found": true, "driven": true, "drawn": true, "hurt": true, "sent": true, "left": true, "lost": true,
	"brought": true, "caught": true, "chosen": true, "done": true, "seen": true, "shut": true, "spent": true, "stolen": true,
	"taught": true, "thought": true, "thrown": true, "written": true, "beaten": true, "broken": true, "forbidden": true,
	"grown": true, "kept": true, "lent": true, "let": true, "met": true, "shot": true, "struck": true, "withdrawn": true, "said": true,
}

// participle says whether a word may be one.
func participle(fold string) bool {
	return irregular[fold] || len(fold) > 4 && fold[len(fold)-2:] == "ed"
}
