package check

import (
	"maps"
	"slices"
	"strings"
)

// tags are the languages, in order.
func (l *lexicon) tags() []string { return slices.Sorted(maps.Keys(l.languages)) }

// translation is a sentence in another language and what a model made of it.
type translation struct {
	from     *language
	src, out []item
	to       []int // for each of out, the place in src; -1 for none
	of       []int // the reverse
}

// translated says whether out says all that src says and nothing else. Every
// word of both must be known and have its counterpart; numbers, names and
// movements must follow each other in the same order. What the order cannot
// show, such as who did it in a passive, is refused.
func translated(from *language, src, out []item) error {
	t := &translation{from: from, src: meanings(src), out: meanings(out)}
	if err := t.pair(); err != nil {
		return err
	}
	for _, test := range []func() error{t.complete, t.relations, t.order, t.roles, t.scope} {
		if err := test(); err != nil {
			return err
		}
	}
	return nil
}

// meanings leaves out the items that only stand for a relating word.
func meanings(items []item) []item {
	return slices.DeleteFunc(slices.Clone(items), func(it item) bool {
		return len(it.concepts) == 1 && strings.HasPrefix(it.concepts[0].name, "prep ")
	})
}

// pair finds for each word of out one of src that means the same.
func (t *translation) pair() error {
	t.to, t.of = make([]int, len(t.out)), make([]int, len(t.src))
	for k := range t.of {
		t.of[k] = -1
	}
	for i := range t.out {
		t.to[i] = -1
		if !t.find(i, make([]bool, len(t.src))) {
			return refuse("%s is not in the source", describe(t.out[i]))
		}
	}
	return nil
}

// find gives out[i] a free counterpart, moving others where that helps.
func (t *translation) find(i int, tried []bool) bool {
	for _, free := range []bool{true, false} {
		for k, s := range t.src {
			if tried[k] || free != (t.of[k] < 0) || !means(t.out[i], s) {
				continue
			}
			tried[k] = true
			if free || t.find(t.of[k], tried) {
				t.to[i], t.of[k] = k, i
				return true
			}
		}
	}
	return false
}

func means(o, s item) bool {
	if o.kind == numberItem || s.kind == numberItem || o.kind == dateItem || s.kind == dateItem {
		return matches(o, s)
	}
	if len(s.concepts) > 0 {
		return shareMeaning(o.concepts, s.concepts)
	}
	return s.capital && o.capital && bare(o.fold) == bare(s.fold)
}

// complete wants every word of src in out; adverbs and adjectives may be missing.
func (t *translation) complete() error {
	for k, s := range t.src {
		if t.of[k] >= 0 || len(s.concepts) > 0 && s.has(isSpare|isLight) {
			continue
		}
		if len(s.concepts) == 0 && s.kind != numberItem && s.kind != dateItem {
			return refuse("%s of the source cannot be checked", describe(s))
		}
		return refuse("%s was left out", describe(s))
	}
	return nil
}

// relations wants the same relating words in both, counted, and the same before
// each number: "to 5%" is not "by 5%".
func (t *translation) relations() error {
	count := map[string]int{}
	for _, s := range t.src {
		count[relation(s)]++
	}
	for i, o := range t.out {
		count[relation(o)]--
		s := t.src[t.to[i]]
		if o.kind == numberItem && limits(o.prep) != limits(s.prep) {
			return refuse("%s stands in another relation", describe(o))
		}
	}
	for p, n := range count {
		if special(p) && n != 0 && (p != "to" || n > 0) {
			return refuse("%q relates something else, or nothing", p)
		}
	}
	return nil
}

// relation is the word before an item; "by 5%" has none.
func relation(it item) string {
	if it.kind == numberItem {
		return limits(it.prep)
	}
	return it.prep
}

// limits is a relating word as it matters before a number.
func limits(p string) string {
	if p == "by" || p == loose {
		return ""
	}
	return p
}

// order wants numbers, names and whoever acts, movements, and words such as
// "not" and "plan" each in the order of the source.
func (t *translation) order() error {
	for _, class := range []func(item) bool{
		func(it item) bool { return it.kind == numberItem },
		func(it item) bool { return it.kind == dateItem && strings.HasPrefix(it.key, "year") },
		acts,
		func(it item) bool { return it.has(moves) },
		func(it item) bool { return it.has(keeps) && !it.has(says) && !t.from.free },
	} {
		last := -1
		for i, o := range t.out {
			if k := t.to[i]; class(o) {
				if k < last {
					return refuse("%s stands in another order", describe(o))
				}
				last = k
			}
		}
	}
	for i := 1; i < len(t.out); i++ {
		// A bare number counts the word beside it in both.
		if o := t.out[i-1]; counts(o) && t.out[i].attached && t.out[i].kind == wordItem {
			if d := t.to[i] - t.to[i-1]; d < -2 || d > 2 {
				return refuse("%s counts something else", describe(o))
			}
		}
	}
	return nil
}

// acts says whether an item is somebody who can do something.
func acts(it item) bool { return it.kind == nameItem || it.has(isActor) }

// roles refuses sentences with two of these where the order does not say who
// did what to whom.
func (t *translation) roles() error {
	who := map[string]bool{}
	passive := false
	for i, o := range t.out {
		passive = passive || o.passive || o.prep == "by" && o.kind != numberItem
		if acts(o) && !(o.attached && acts(t.out[i-1])) { // "a South Korean company" is one
			who[o.fold] = true
		}
	}
	for _, s := range t.src {
		passive = passive || s.has(isAgent) || s.prep == "by"
	}
	if len(who) > 1 && (passive || t.from.free) {
		return refuse("who did what to whom cannot be checked")
	}
	return nil
}

// scope refuses sentences of several parts in which a denial or a movement might
// belong to any of them.
func (t *translation) scope() error {
	bound, moving := 0, 0
	for _, o := range t.out {
		if o.has(keeps) && !o.has(says) {
			bound++
		}
		if o.has(moves) {
			moving++
		}
	}
	parts := map[int]bool{}
	for _, o := range t.out {
		if o.kind != dateItem {
			parts[o.segment] = true
		}
	}
	if moving > 1 || bound > 1 && t.from.free || bound+moving > 0 && len(parts) > 2 {
		return refuse("too much is said at once to be checked")
	}
	return nil
}
