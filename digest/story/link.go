package story

import (
	"cmp"
	"container/heap"
	"slices"
)

// node is an article while a batch is judged.
type node struct {
	*profile
	edges []edge // the closest first
	fresh bool   // of this batch
	owner *cluster
}

// edge is what an article has to do with another.
type edge struct {
	to *node
	verdict
}

// voices is how many articles of a group speak for a newcomer: with fewer, one
// chance likeness would chain two events together; with all, the many ways of
// telling a large event would keep the next one out.
const voices = 3

// cluster is articles that belong together so far.
type cluster struct {
	members []*node
	known   bool     // a story that was there before; two of them never merge
	first   *profile // names it in the order of equals
	dead    bool
	version int
	near    map[*cluster]bool
}

// join makes n a member.
func (c *cluster) join(n *node) {
	c.members = append(c.members, n)
	n.owner = c
	if c.first == nil || before(n.profile, c.first) < 0 {
		c.first = n.profile
	}
}

// linker merges clusters, the closest first.
type linker struct {
	least float64
	queue merges
}

// link groups the fresh articles with each other and with known stories.
func (g *Grouper) link(fresh []*node, nodes map[*profile]*node) [][]*profile {
	l := &linker{least: g.set.Story}
	slices.SortFunc(fresh, func(a, b *node) int { return before(a.profile, b.profile) })
	for _, n := range fresh {
		new(cluster).join(n)
	}
	for _, n := range fresh {
		for _, e := range n.edges {
			if e.to.owner == nil {
				g.gather(e.to.story, nodes)
			}
		}
	}
	joinCopies(fresh)
	l.prepare(fresh)
	l.merge()
	return groups(fresh)
}

// gather makes a cluster of a known story.
func (g *Grouper) gather(story string, nodes map[*profile]*node) {
	c := &cluster{known: true}
	// In one order after every restart, as sums of floats depend on it.
	for _, p := range slices.SortedFunc(slices.Values(g.window.stories[story]), before) {
		if nodes[p] == nil {
			nodes[p] = &node{profile: p}
		}
		c.join(nodes[p])
	}
}

// joinCopies puts copies with what they are copies of.
func joinCopies(fresh []*node) {
	for _, n := range fresh {
		for _, e := range n.edges {
			a, b := n.owner, e.to.owner
			if e.copy && a != b && !(a.known && b.known) {
				absorb(a, b)
			}
		}
	}
}

// absorb puts two clusters together and gives what is left of them.
func absorb(a, b *cluster) *cluster {
	if b.known || !a.known && len(b.members) > len(a.members) {
		a, b = b, a
	}
	for _, n := range b.members {
		a.join(n)
	}
	b.dead = true
	a.version++
	return a
}

// prepare finds which clusters have to do with each other.
func (l *linker) prepare(fresh []*node) {
	for _, n := range fresh {
		for _, e := range n.edges {
			if a, b := n.owner, e.to.owner; a != b && !a.near[b] {
				a.meet(b)
				b.meet(a)
				l.consider(a, b)
			}
		}
	}
}

func (c *cluster) meet(other *cluster) {
	if c.near == nil {
		c.near = map[*cluster]bool{}
	}
	c.near[other] = true
}

// consider queues a merge if the two are close enough.
func (l *linker) consider(a, b *cluster) {
	if a.known && b.known {
		return
	}
	if before(b.first, a.first) < 0 {
		a, b = b, a
	}
	if s := closenessOf(a, b); s >= l.least {
		heap.Push(&l.queue, merge{a: a, b: b, va: a.version, vb: b.version, score: s, x: a.first, y: b.first})
	}
}

// closenessOf two clusters is how close the members of the smaller one are to
// those few of the larger one that are closest to them. Where both are groups,
// the larger one is asked too: it must not be a part of it alone that is close.
func closenessOf(a, b *cluster) float64 {
	if len(a.members) > len(b.members) {
		a, b = b, a
	}
	s := towards(a, b)
	if len(a.members) > voices || len(a.members) == len(b.members) {
		s = min(s, towards(b, a))
	}
	return s
}

func towards(a, b *cluster) float64 {
	most := min(voices, len(b.members))
	var sum float64
	for _, p := range a.members {
		left := most
		for _, e := range p.edges {
			if e.to.owner == b {
				sum += e.close
				if left--; left == 0 {
					break
				}
			}
		}
	}
	return sum / float64(most*len(a.members))
}

// merge joins clusters until none is close enough.
func (l *linker) merge() {
	for l.queue.Len() > 0 {
		m := heap.Pop(&l.queue).(merge)
		if m.a.dead || m.b.dead || m.a.version != m.va || m.b.version != m.vb {
			continue
		}
		m = l.older(m)
		c := absorb(m.a, m.b)
		near := m.a.near
		for other := range m.b.near {
			near[other] = true
		}
		c.near = near
		for other := range near {
			if other.dead || other == c {
				delete(near, other)
				continue
			}
			other.meet(c)
			l.consider(c, other)
		}
	}
}

// nearly is how much less close an older story may be than the closest one: what
// two threads of one event share with a report is nearly the same, and the older
// one is what readers know.
const nearly = 0.1

// older is the step with the oldest of the known stories that are nearly as close.
func (l *linker) older(m merge) merge {
	known, c := m.a, m.b
	if c.known {
		known, c = c, known
	}
	if !known.known {
		return m
	}
	for other := range c.near {
		if other.dead || !other.known || before(other.first, known.first) >= 0 {
			continue
		}
		if closenessOf(c, other) >= max(l.least, m.score-nearly) {
			known = other
		}
	}
	m.a, m.b = known, c
	return m
}

// groups are the clusters with fresh articles in them.
func groups(fresh []*node) [][]*profile {
	var out [][]*profile
	seen := map[*cluster]bool{}
	for _, n := range fresh {
		c := n.owner
		if seen[c] {
			continue
		}
		seen[c] = true
		if c.known {
			out = append(out, profiles(c.members))
			continue
		}
		out = append(out, c.divided()...)
	}
	return out
}

func profiles(nodes []*node) []*profile {
	out := make([]*profile, len(nodes))
	for i, n := range nodes {
		out[i] = n.profile
	}
	return out
}

// divided is a group as two events or more, if its words fall apart: those of its
// main language, as two languages fall apart whatever they report. What is in
// other languages goes where it is closest.
func (c *cluster) divided() [][]*profile {
	count := map[string]int{}
	main := c.first.tongue
	for _, n := range c.members {
		count[n.tongue]++
	}
	for tongue, n := range count {
		if n > count[main] || n == count[main] && tongue < main {
			main = tongue
		}
	}
	var own, others []*node
	for _, n := range c.members {
		if n.tongue == main {
			own = append(own, n)
		} else {
			others = append(others, n)
		}
	}
	parts := apartFrom(profiles(own))
	part := map[*profile]int{}
	for i, members := range parts {
		for _, p := range members {
			part[p] = i
		}
	}
	slices.SortFunc(others, func(a, b *node) int { return before(a.profile, b.profile) })
	for _, n := range others {
		i := n.closest(part, len(parts))
		parts[i] = append(parts[i], n.profile)
	}
	return parts
}

// closest is the part of a group that the nearest articles are in.
func (n *node) closest(part map[*profile]int, parts int) int {
	near := make([]float64, parts)
	for _, e := range n.edges {
		if i, ok := part[e.to.profile]; ok {
			near[i] += e.close
		}
	}
	best := 0
	for i := range near {
		if near[i] > near[best] {
			best = i
		}
	}
	return best
}

// merge is a possible step; x and y order equals by what they say.
type merge struct {
	a, b   *cluster
	va, vb int
	score  float64
	x, y   *profile
}

// merges is a heap of possible steps, the closest first.
type merges []merge

func (m merges) Len() int      { return len(m) }
func (m merges) Swap(i, j int) { m[i], m[j] = m[j], m[i] }
func (m *merges) Push(x any)   { *m = append(*m, x.(merge)) }

func (m merges) Less(i, j int) bool {
	if m[i].score != m[j].score {
		return m[i].score > m[j].score
	}
	return cmp.Or(before(m[i].x, m[j].x), before(m[i].y, m[j].y)) < 0
}

func (m *merges) Pop() any {
	last := len(*m) - 1
	x := (*m)[last]
	*m = (*m)[:last]
	return x
}
