package relevance

import (
	"cmp"
	"slices"
)

// automaton finds all terms of the lexicons in one pass (Aho and Corasick,
// 1975), so that a judgement costs the length of the text and not the length
// of the lexicons.
type automaton struct {
	first [128]int32 // the root's children that are ASCII
	nodes []node
}

type node struct {
	next []edge // sorted by rune
	fail int32
	term int32 // ends here; -1 none
	also int32 // the nearest node on the way of fails that ends a term; -1 none
}

type edge struct {
	r  rune
	to int32
}

// hit is a term found: runes start to end of a folded text.
type hit struct {
	term       int32
	start, end int32
}

func newAutomaton(terms []term) *automaton {
	a := &automaton{nodes: []node{{term: -1, also: -1}}}
	for i, t := range terms {
		at := int32(0)
		for _, r := range t.folded {
			to := a.child(at, r)
			if to < 0 {
				to = int32(len(a.nodes))
				a.nodes = append(a.nodes, node{term: -1, also: -1})
				next := &a.nodes[at].next
				where, _ := slices.BinarySearchFunc(*next, r, func(e edge, r rune) int { return cmp.Compare(e.r, r) })
				*next = slices.Insert(*next, where, edge{r, to})
			}
			at = to
		}
		a.nodes[at].term = int32(i)
	}
	for _, e := range a.nodes[0].next {
		if e.r < 128 {
			a.first[e.r] = e.to
		}
	}
	a.link()
	return a
}

// link sets the fails, breadth first.
func (a *automaton) link() {
	var queue []int32
	for _, e := range a.nodes[0].next {
		queue = append(queue, e.to)
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, e := range a.nodes[at].next {
			queue = append(queue, e.to)
			fail := a.step(a.nodes[at].fail, e.r)
			n := &a.nodes[e.to]
			n.fail = fail
			n.also = a.nodes[fail].also
			if a.nodes[fail].term >= 0 {
				n.also = fail
			}
		}
	}
}

func (a *automaton) child(at int32, r rune) int32 {
	if at == 0 && r < 128 && a.first[r] != 0 {
		return a.first[r]
	}
	next := a.nodes[at].next
	if len(next) <= 8 {
		for _, e := range next {
			if e.r == r {
				return e.to
			}
		}
		return -1
	}
	if i, ok := slices.BinarySearchFunc(next, r, func(e edge, r rune) int { return cmp.Compare(e.r, r) }); ok {
		return next[i].to
	}
	return -1
}

func (a *automaton) step(at int32, r rune) int32 {
	for {
		if to := a.child(at, r); to >= 0 {
			return to
		}
		if at == 0 {
			return 0
		}
		at = a.nodes[at].fail
	}
}

// find appends the terms of text to hits, in the order in which they begin. A
// term inside a longer one does not count: what "rare earth hypothesis" says
// is not what "rare earth" says.
// A limit hides nothing.
func (a *automaton) find(f *folded, terms []term, hits []hit) []hit {
	hits = hits[:0]
	at := int32(0)
	for i, r := range f.r {
		at = a.step(at, r)
		for n := at; n >= 0; n = a.nodes[n].also {
			t := a.nodes[n].term
			if t < 0 {
				continue
			}
			start, end := i+1-len(terms[t].folded), i+1
			if terms[t].standsAt(f, start, end) {
				hits = append(hits, hit{t, int32(start), int32(end)})
			}
		}
	}
	slices.SortFunc(hits, func(x, y hit) int {
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(y.end, x.end))
	})
	kept, reach := hits[:0], int32(-1)
	for _, h := range hits {
		if h.end <= reach {
			continue
		}
		kept = append(kept, h)
		if terms[h.term].kind != kindLimit {
			reach = h.end
		}
	}
	return kept
}

// standsAt says whether the term may stand here: where a script marks the ends
// of words, only as whole words.
func (t *term) standsAt(f *folded, start, end int) bool {
	if start > 0 && spelled(f.r[start]) && spelled(f.r[start-1]) {
		return false
	}
	if !t.prefix && end < len(f.r) && spelled(f.r[end-1]) && spelled(f.r[end]) {
		return false
	}
	return t.exact == "" || f.words(start, end) == t.exact
}
