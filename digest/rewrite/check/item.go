package check

import (
	"cmp"
	"math/big"
	"strings"
)

// itemKind tells what an item is compared as.
type itemKind int

const (
	wordItem itemKind = iota
	nameItem
	numberItem
	dateItem
)

// item is one thing that a sentence says: a word with a meaning, a name, a
// quantity, a date. Words that say nothing are no items.
type item struct {
	kind     itemKind
	text     string // as written, for the reason
	fold     string
	concepts []*concept
	flags    flag
	num      *number
	key      string // of a number, an ordinal or a date
	month    string // of a date: what it may be shortened to
	approx   string // how exact the number is said to be

	// prep is the word that relates the item when it stands right before it:
	// "" for none, loose for one that means little; reach is the same for an
	// item a few words on.
	prep, reach string
	outer       string // the reach of what a loose word ties it to: "to a buyer of ore"
	attached    bool   // nothing but an article stands between it and the item before
	again       bool   // the relating word is that of the item before: "to a buyer to …"
	linked      bool   // a loose word, a hyphen or 's stands before it
	tie, far    string // loose, as it reaches over attached words, and that of the word before it
	loose       string // the loose word before it, by its kind: of, in, for, with
	aux         string // present, past or perfect, where "is", "was" or "has" stands before it
	ongoing     bool   // "is building"
	segment     int    // words do not change places between segments
	relative    bool   // its segment began with "which"
	joined      bool   // its segment began with "and"
	part        int    // what stands between commas and the like
	clause      int    // what "not" and "may" reach to
	run         int    // names that stand together; 0 for none
	capital     bool
	initial     bool
	passive     bool
	at, end     int // tokens
}

const loose = "~"

func (it *item) has(f flag) bool { return it.flags&f != 0 }

// hard items never change places with each other.
func (it *item) hard() bool {
	return it.kind != wordItem || it.has(keeps|moves|isTop|says|keepsNext|isElement)
}

// quantity adds a number.
func (r *reader) quantity(i int, n *number) int {
	end := i + n.tail
	it := item{kind: numberItem, num: n, key: n.key(), at: i, end: end}
	if n.year {
		it.kind, it.month = dateItem, it.key
	}
	if n.value == nil {
		it.key = "raw " + it.key
	}
	r.shareUnit(i, n)
	r.add(it)
	if n.annual {
		r.add(item{concepts: []*concept{r.lang.annual()}, at: end - 1, end: end})
	}
	return end
}

// annual is the meaning of "a year".
func (lang *language) annual() *concept {
	for _, f := range lang.forms["annual"] {
		return f.concept
	}
	return &concept{name: "annual"}
}

// shareUnit gives the unit of "5 to 10%" to the first number as well.
func (r *reader) shareUnit(i int, n *number) {
	if len(r.items) == 0 || n.unit == "" {
		return
	}
	last := &r.items[len(r.items)-1]
	if last.kind != numberItem || last.num == nil || last.num.unit != "" || last.end != i-1 {
		return
	}
	switch t := r.at(i - 1); {
	case t.is("-"), t.is("—"):
		r.prep = "to"
	case t.fold == "to":
	case t.fold == "and" && last.prep == "between":
	default:
		return
	}
	last.num.unit, last.num.rate = n.unit, n.rate
	if u, ok := unitWords[r.at(i+n.tail-1).fold]; ok && u.times != nil && u.name == n.unit && last.num.value != nil {
		last.num.value = new(big.Rat).Mul(last.num.value, u.times)
	}
	last.key = last.num.key()
}

// add keeps an item with what was gathered about its place.
func (r *reader) add(it item) {
	words := r.tokens[it.at:it.end]
	var text, fold []string
	for _, t := range words {
		text, fold = append(text, t.text), append(fold, t.fold)
	}
	it.approx = r.approx
	it.text, it.fold = strings.Join(text, " "), strings.Join(fold, " ")
	for _, c := range it.concepts {
		it.flags |= c.flags
		if c.has(isApprox) {
			it.flags |= keeps
		}
	}
	it.capital, it.initial = words[0].capital(), r.initial(it.at)
	if it.kind == wordItem && it.capital && (!it.initial || it.concepts == nil) {
		it.kind = nameItem
	}
	it.prep, it.linked, it.segment, it.clause = r.prep, r.linked, r.segment, r.clause
	it.attached = r.attached && len(r.items) > 0
	it.loose, it.aux, it.part, it.relative = r.loose, r.aux, r.part, r.which == r.segment && r.which > 0
	it.joined = r.and == r.segment && r.and > 0
	r.place(&it)
	it.passive = participle(it.fold) && (r.afterBe || r.at(it.end).fold == "by" && !r.startsNumber(it.end+1))
	it.ongoing = r.afterBe && strings.HasSuffix(it.fold, "ing")
	if !strings.HasSuffix(it.fold, "ly") && it.fold != "not" && it.fold != "now" {
		r.afterBe, r.aux = false, ""
	}
	r.items = append(r.items, it)
	r.approx, r.prep, r.loose, r.linked, r.attached = "", "", "", false, true
}

// place says how far a relating word reaches, and which names stand together.
func (r *reader) place(it *item) {
	it.reach, it.tie = it.prep, it.loose
	if n := len(r.items); n > 0 {
		it.again = special(it.prep) && r.items[n-1].reach == it.prep && r.items[n-1].segment == it.segment
	}
	if len(r.items) == 0 {
		if it.kind == nameItem {
			r.runs++
			it.run = r.runs
		}
		return
	}
	last := &r.items[len(r.items)-1]
	if it.prep == "" && it.attached && last.segment == it.segment {
		it.reach = last.reach
	}
	if it.tie == "" && it.attached && last.segment == it.segment {
		it.tie = last.tie
	}
	if it.prep == loose && last.segment == it.segment {
		it.far = cmp.Or(last.far, last.tie)
		it.outer = cmp.Or(last.outer, last.reach)
	}
	if it.kind != nameItem {
		return
	}
	between := r.tokens[min(last.end, it.at):it.at]
	joined := len(between) == 0 || len(between) == 1 && (between[0].is("-") || between[0].is("&") || between[0].fold == "of" && !last.initial)
	if last.run > 0 && joined {
		it.run = last.run
		return
	}
	r.runs++
	it.run = r.runs
}
