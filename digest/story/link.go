package story

import (
	"cmp"
	"container/heap"
	"slices"
)

// edge is what an article has to do with another.
type edge struct {
	to *profile
	verdict
}

// voices is how many articles of a group speak for a newcomer: with fewer, one
// chance likeness would chain two events together; with all, the many ways of
// telling a large event would keep the next one out.
const voices = 3

// cluster is articles that belong together so far.
type cluster struct {
	members []*profile
	known   bool // a story that was there before; two of them never merge
	dead    bool
	version int
	near    map[*cluster]bool
}

// first names a cluster for the order of equals.
func (c *cluster) first() *profile { return slices.MinFunc(c.members, before) }

// linker merges clusters, the closest first.
type linker struct {
	found map[*profile][]edge
	owner map[*profile]*cluster
	queue merges
}

// link groups the fresh articles with each other and with known stories.
func (g *Grouper) link(fresh []*profile, found map[*profile][]edge) [][]*profile {
	l := &linker{found: found, owner: make(map[*profile]*cluster, 2*len(fresh))}
	fresh = slices.SortedFunc(slices.Values(fresh), before)
	for _, p := range fresh {
		l.owner[p] = &cluster{members: []*profile{p}}
	}
	stories := map[string]*cluster{}
	for _, p := range fresh {
		for _, e := range found[p] {
			if id := e.to.story; id != "" && stories[id] == nil {
				stories[id] = &cluster{members: slices.Clone(g.window.stories[id]), known: true}
				for _, m := range stories[id].members {
					l.owner[m] = stories[id]
				}
			}
		}
	}
	l.joinCopies(fresh)
	l.prepare(g.set.Story)
	l.merge(g.set.Story)
	return l.groups(fresh)
}

// joinCopies puts copies with what they are copies of.
func (l *linker) joinCopies(fresh []*profile) {
	for _, p := range fresh {
		for _, e := range l.found[p] {
			a, b := l.owner[p], l.owner[e.to]
			if e.copy && a != b && !(a.known && b.known) {
				l.absorb(a, b)
			}
		}
	}
}

// absorb puts two clusters together and gives what is left of them.
func (l *linker) absorb(a, b *cluster) *cluster {
	if b.known || !a.known && len(b.members) > len(a.members) {
		a, b = b, a
	}
	a.members = append(a.members, b.members...)
	for _, m := range b.members {
		l.owner[m] = a
	}
	b.dead = true
	a.version++
	return a
}

// prepare finds which clusters have to do with each other.
func (l *linker) prepare(least float64) {
	var all []*cluster
	for p, c := range l.owner {
		if c.near == nil {
			c.near = map[*cluster]bool{}
			all = append(all, c)
		}
		for _, e := range l.found[p] {
			if other := l.owner[e.to]; other != c {
				c.near[other] = true
			}
		}
	}
	for _, c := range all {
		for other := range c.near {
			l.consider(c, other, least)
		}
	}
}

// consider queues a merge if the two are close enough.
func (l *linker) consider(a, b *cluster, least float64) {
	if a.known && b.known {
		return
	}
	if s := l.closeness(a, b); s >= least {
		m := merge{a: a, b: b, va: a.version, vb: b.version, score: s, x: a.first(), y: b.first()}
		if before(m.y, m.x) < 0 {
			m.x, m.y = m.y, m.x
		}
		heap.Push(&l.queue, m)
	}
}

// closeness of two clusters is how close the members of the smaller one are to
// those few of the larger one that are closest to them. Where both are groups,
// the larger one is asked too: it must not be a part of it alone that is close.
func (l *linker) closeness(a, b *cluster) float64 {
	if len(a.members) > len(b.members) {
		a, b = b, a
	}
	s := l.towards(a, b)
	if len(a.members) > voices || len(a.members) == len(b.members) {
		s = min(s, l.towards(b, a))
	}
	return s
}

func (l *linker) towards(a, b *cluster) float64 {
	most := min(voices, len(b.members))
	var sum float64
	for _, p := range a.members {
		n := 0
		for _, e := range l.found[p] {
			if n < most && l.owner[e.to] == b {
				sum += e.close
				n++
			}
		}
	}
	return sum / float64(most*len(a.members))
}

// merge joins clusters until none is close enough.
func (l *linker) merge(least float64) {
	for l.queue.Len() > 0 {
		m := heap.Pop(&l.queue).(merge)
		if m.a.dead || m.b.dead || m.a.version != m.va || m.b.version != m.vb {
			continue
		}
		near := m.a.near
		for other := range m.b.near {
			near[other] = true
		}
		c := l.absorb(m.a, m.b)
		c.near = map[*cluster]bool{}
		for other := range near {
			if other.dead || other == c {
				continue
			}
			c.near[other] = true
			delete(other.near, m.a)
			delete(other.near, m.b)
			other.near[c] = true
			l.consider(c, other, least)
		}
	}
}

// groups are the clusters with fresh articles in them.
func (l *linker) groups(fresh []*profile) [][]*profile {
	var out [][]*profile
	seen := map[*cluster]bool{}
	for _, p := range fresh {
		c := l.owner[p]
		if seen[c] {
			continue
		}
		seen[c] = true
		if c.known {
			out = append(out, c.members)
			continue
		}
		out = append(out, apartFrom(c.members)...)
	}
	return out
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
	return cmp.Or(cmp.Compare(m[j].score, m[i].score), before(m[i].x, m[j].x), before(m[i].y, m[j].y)) < 0
}

func (m *merges) Pop() any {
	last := len(*m) - 1
	x := (*m)[last]
	*m = (*m)[:last]
	return x
}
