package check

import "slices"

// alignment is the search for what each item of the model's sentence stands for.
type alignment struct {
	src, out []item
	options  [][]int // for each of out, the places in src it may stand for
	to       []int   // the choice
	used     []bool  // of src
	steps    int
	why      error // the first thing that went wrong in the end

	srcSpeaker, outSpeaker []bool // items of "Lynas said", which may change its place
}

// maxSteps bounds the search; a sentence that needs more is refused.
const maxSteps = 20000

// candidates are the places of src that the i-th item of out may stand for.
func (a *alignment) candidates(i int) ([]int, error) {
	o := a.out[i]
	var same, fit []int
	why := ""
	for k, s := range a.src {
		if !matches(o, s) {
			continue
		}
		same = append(same, k)
		switch {
		case !related(o, s):
			why = "stands in another relation"
		case o.passive != s.passive:
			why = "changes between active and passive"
		case !sameTime(o, s):
			why = "changes its time"
		default:
			fit = append(fit, k)
		}
	}
	if len(same) == 0 {
		return nil, refuse("%s is not in the source", describe(o))
	}
	if len(fit) == 0 {
		return nil, refuse("%s %s", describe(o), why)
	}
	return fit, nil
}

// matches says whether o says what s says, or less.
func matches(o, s item) bool {
	switch {
	case o.approx != s.approx:
		return false
	case o.kind == numberItem || s.kind == numberItem:
		return o.kind == s.kind && sameNumber(o, s)
	case o.kind == dateItem || s.kind == dateItem:
		return o.kind == s.kind && (o.key == s.key || o.key == s.month)
	}
	if shareMeaning(o.concepts, s.concepts) {
		return true
	}
	if o.capital && !o.initial && !s.capital || s.capital && !s.initial && !o.capital {
		return false
	}
	if o.kind == nameItem || s.kind == nameItem {
		return bare(o.fold) == bare(s.fold)
	}
	return alike(o.fold, s.fold)
}

func sameNumber(o, s item) bool {
	if o.key == s.key {
		return true
	}
	// US$5 may be called $5; the reverse names a country.
	if o.num == nil || s.num == nil || o.num.unit != "$" || s.num.unit != "USD" {
		return false
	}
	n := *o.num
	n.unit = "USD"
	return n.key() == s.key
}

// shareMeaning says whether a concept of o is one of s, or a parent of one.
func shareMeaning(o, s []*concept) bool {
	for _, c := range s {
		for ; c != nil; c = c.parent {
			if slices.ContainsFunc(o, func(d *concept) bool { return d.name == c.name }) {
				return true
			}
		}
	}
	return false
}

// related says whether the same relating word leads to both: "to 5%" is not "by 5%".
func related(o, s item) bool {
	if o.loose != "" && s.loose != "" && o.loose != s.loose && o.loose != s.far && s.loose != o.far {
		return false
	}
	op, or, sp, sr := o.prep, o.reach, s.prep, s.reach
	if s.kind == numberItem && s.num != nil && s.num.unit != "" { // rose 5%, rose by 5%
		op, or, sp, sr = byIsLoose(op), byIsLoose(or), byIsLoose(sp), byIsLoose(sr)
	}
	return (!special(op) || op == sr || op == s.outer && !o.again) && (!special(sp) || sp == or || sp == o.outer && !s.again)
}

func byIsLoose(p string) string {
	if p == "by" {
		return loose
	}
	return p
}

func special(p string) bool { return p != "" && p != loose }

// search places the items of out from i on.
func (a *alignment) search(i int) bool {
	if i == len(a.out) {
		err := a.faithful()
		if a.why == nil {
			a.why = err
		}
		return err == nil
	}
	for _, k := range a.options[i] {
		if a.steps++; a.steps > maxSteps {
			return false
		}
		if a.used[k] || !a.follows(i, k) {
			continue
		}
		a.to[i], a.used[k] = k, true
		if a.search(i + 1) {
			return true
		}
		a.used[k] = false
	}
	return false
}

// follows says whether placing item i of out at k keeps the order with all
// items before it.
func (a *alignment) follows(i, k int) bool {
	for j := range i {
		if a.to[j] > k && !a.maySwap(k, a.to[j], i, j) {
			return false
		}
	}
	return true
}

// maySwap says whether src[x] and src[y], x < y, may stand the other way round,
// as out[i] and out[j], j < i.
func (a *alignment) maySwap(x, y, i, j int) bool {
	if a.srcSpeaker != nil && (a.srcSpeaker[x] || a.srcSpeaker[y]) {
		if a.srcSpeaker[x] != a.outSpeaker[i] || a.srcSpeaker[y] != a.outSpeaker[j] {
			return false
		}
		// The whole of "Lynas said" moves, or its two parts change places.
		if a.srcSpeaker[x] != a.srcSpeaker[y] || a.src[x].has(says) != a.src[y].has(says) {
			return true
		}
	}
	if a.dateMoves(x, y, i, j) {
		return true
	}
	return a.compound(x, y, i, j)
}

// compound says whether the swap is that of "price of oxide" and "oxide price".
func (a *alignment) compound(x, y, i, j int) bool {
	sx, sy := a.src[x], a.src[y]
	if sx.segment != sy.segment || a.out[i].segment != a.out[j].segment || y-x > 3 || i-j > 3 {
		return false
	}
	if special(sy.prep) || sx.has(keeps|says) || sy.has(keeps|says) {
		return false
	}
	if counts(sx) || counts(sy) {
		return false
	}
	// A word that one of the sentences writes small is no name.
	if sx.hard() && sy.hard() && a.out[i].hard() && a.out[j].hard() {
		return y-x <= 2 && (sx.has(moves) && sy.kind == numberItem || sx.kind == numberItem && sy.has(moves))
	}
	return prepositional(a.src, x, y) != prepositional(a.out, j, i)
}

// prepositional says whether a loose word ties two items together, as in "price
// of oxide"; "oxide price" has none.
func prepositional(items []item, from, to int) bool {
	for k := from + 1; k <= to; k++ {
		if items[k].prep == loose {
			return true
		}
	}
	return false
}

// counts says that a number has no unit: it counts the word behind it.
func counts(it item) bool {
	return it.kind == numberItem && (it.num == nil || it.num.unit == "")
}

// dateMoves says whether one of src[x] and src[y] is the sentence's only date
// and stands in front in one of the sentences: "In May, Lynas opened a mine."
func (a *alignment) dateMoves(x, y, i, j int) bool {
	d, o := x, i
	if a.src[y].kind == dateItem {
		d, o = y, j
	}
	first, last := dates(a.src)
	if first < 0 || d < first || d > last || last-first > 1 {
		return false
	}
	outFirst, outLast := dates(a.out)
	if o < outFirst || o > outLast || outLast-outFirst > 1 {
		return false
	}
	return outFirst == 0 && mayLead(a.src, first) || first == 0 && mayLead(a.out, outFirst)
}

// dates are where the first and the last date stand.
func dates(items []item) (first, last int) {
	first, last = -1, -1
	for k, it := range items {
		if it.kind != dateItem {
			continue
		}
		if first < 0 {
			first = k
		}
		last = k
	}
	return first, last
}

// mayLead says whether the date at d belongs to the first verb of the sentence,
// so that it might as well begin it: what stands before it is short, in one
// piece, and nobody says or plans anything in it before the very last word.
func mayLead(items []item, d int) bool {
	if d > 6 || items[d].prep != loose {
		return false
	}
	for k := range d {
		it := items[k]
		if it.part != items[d].part || it.relative || k < d-1 && it.has(keeps|says) {
			return false
		}
		if next := items[k+1]; next.segment != it.segment && (it.kind != nameItem || next.kind != nameItem) {
			return false
		}
	}
	return true
}

// findSpeaker marks "Lynas said" in both sentences: a part of its own at either
// end, or the first words.
func (a *alignment) findSpeaker() {
	src := speaker(a.src)
	out := speaker(a.out)
	if src == nil || out == nil {
		return
	}
	for i, in := range out {
		if in && !slices.ContainsFunc(a.options[i], func(k int) bool { return src[k] }) {
			return
		}
	}
	a.srcSpeaker, a.outSpeaker = src, out
}

// maxSpeaker is how many items "X of Y said on Monday" may have.
const maxSpeaker = 7

// speaker marks the items that tell who says it; nil where there are none, or
// more than one voice.
func speaker(items []item) []bool {
	at := -1
	for i, it := range items {
		if it.has(says|keeps) && !slices.ContainsFunc(it.concepts, func(c *concept) bool { return !c.has(says) }) {
			if at >= 0 {
				return nil
			}
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	from, to := at, at
	for from > 0 && items[from-1].part == items[at].part && items[from-1].segment == items[at].segment {
		from--
	}
	last := len(items) - 1
	switch {
	case from == 0 && items[at].part == items[last].part || from == 0 && items[at].fold != "according to":
	case items[at].part == items[last].part, items[at].fold == "according to":
		for to < last && items[to+1].part == items[at].part {
			to++
		}
	default:
		return nil
	}
	if to-from >= maxSpeaker || to < last && from > 0 {
		return nil
	}
	mark := make([]bool, len(items))
	for i := from; i <= to; i++ {
		if it := items[i]; it.kind == numberItem || i != at && it.has(keeps|moves) && !it.has(isRole) {
			return nil
		}
		mark[i] = true
	}
	return mark
}
