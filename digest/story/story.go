// Package story finds copies and stories: which arriving article is a
// near-duplicate of one that is known, which reports the same event, which
// brings news of an older event, and which begins a story of its own.
//
// It compares by words alone, without a network or a model download: rare words,
// names, sums, word sequences and time, and across languages by the concepts that
// words stand for, weighed by lists that never change while it runs. So the same articles have the same places in any order of a batch and
// after every restart, and unrelated articles beside them change nothing.
//
// It holds a window of known articles in memory and does no I/O; keeping the
// places is left to the store, and choosing what to tell to the edition.
//
// To add a language, a topic or words that stand for one another: see the lists of
// the folder words.
package story

import (
	"cmp"
	"slices"
	"time"

	"reedaily/digest"
	"reedaily/digest/story/words"
)

// Settings are the grouper's few knobs.
type Settings struct {
	// Window is how long an article is remembered: what comes later begins a
	// story of its own.
	Window time.Duration
	// Story is how close (0 … 1) an article must be to the nearest of a story to
	// belong to it. Higher splits, lower merges.
	Story float64
	// Copy is how sure (0 … 1) the grouper must be to call an article a copy.
	Copy float64
	// Name is the words that name the topic, Topic those that most articles on it
	// have besides: they say little of the event. Rare earths are built in.
	Name, Topic []string
}

// Defaults are the settings that the figures were measured with.
func Defaults() Settings {
	return Settings{Window: 14 * 24 * time.Hour, Story: 0.18, Copy: 0.65}
}

// The answers of [Grouper.Compare].
const (
	sameWords = "copy"
	sameEvent = "story"
	different = "different"
)

// updateAfter is how long a story must have been silent for a further report to
// be news of an older story.
const updateAfter = 20 * time.Hour

// A Grouper places articles in stories. It is not safe for concurrent use.
type Grouper struct {
	set    Settings
	words  *words.List
	window *window
}

// New makes a grouper that knows nothing yet. Settings that are zero are taken
// from [Defaults].
func New(s Settings) *Grouper {
	d := Defaults()
	s.Window, s.Story, s.Copy = cmp.Or(s.Window, d.Window), cmp.Or(s.Story, d.Story), cmp.Or(s.Copy, d.Copy)
	return &Grouper{set: s, words: words.New(s.Name, s.Topic), window: newWindow()}
}

// Remember adds articles that were placed before, in any order: after it the
// grouper places as if it had placed them itself. What is older than the window
// is passed over.
func (g *Grouper) Remember(placed []digest.Placed) {
	newest := g.window.newest
	for _, p := range placed {
		if at := p.Dated(); at.After(newest) {
			newest = at
		}
	}
	g.window.forget(newest.Add(-g.set.Window))
	g.window.newest = newest
	for _, p := range placed {
		if at := p.Dated(); at.IsZero() || newest.Sub(at) <= g.set.Window {
			known := read(g.words, p.Article)
			known.story = p.Place.StoryID
			g.window.add(known)
		}
	}
}

// Place finds the place of each article of a batch, in the batch's order, and
// remembers them. Articles of one batch are judged together: their order does
// not matter. An article that was placed before is judged anew.
func (g *Grouper) Place(batch []digest.Article) []digest.Place {
	fresh := make([]*profile, len(batch))
	newest := g.window.newest
	for i, a := range batch {
		fresh[i] = read(g.words, a)
		if fresh[i].at.After(newest) {
			newest = fresh[i].at
		}
	}
	g.window.forget(newest.Add(-g.set.Window))
	g.window.newest = newest
	for _, p := range fresh {
		g.window.drop(p.id)
	}
	for _, p := range fresh {
		g.window.add(p)
	}
	nodes := g.neighbours(fresh)
	mine := make([]*node, len(fresh))
	for i, p := range fresh {
		mine[i] = nodes[p]
		mine[i].fresh = true
	}
	for _, members := range g.link(mine, nodes) {
		name(members)
	}
	places := make([]digest.Place, len(batch))
	for i, p := range fresh {
		places[i] = g.place(batch[i], nodes[p])
	}
	for _, p := range fresh {
		g.window.settle(p)
	}
	return places
}

// Compare says how two articles stand to each other: "copy" (the same words),
// "story" (the same event) or "different". The score is how alike they are to a
// reader, 0 … 1.
func (g *Grouper) Compare(a, b digest.Article) (relation string, score float64) {
	x, y := read(g.words, a), read(g.words, b)
	v, q := g.set.compare(x, y), questionOf(x, y)
	if v.copy {
		return sameWords, 1
	}
	score = likeness(q, compareProfiles(x, y))
	if v.across {
		score = max(score, v.close)
	}
	score = max(score, v.spoken)
	if v.close >= q.enough() {
		return sameEvent, score
	}
	return different, score
}

// neighbours compares each fresh article with those that share its telling
// words, known or fresh.
func (g *Grouper) neighbours(fresh []*profile) map[*profile]*node {
	nodes := make(map[*profile]*node, 2*len(fresh))
	of := func(p *profile) *node {
		n := nodes[p]
		if n == nil {
			n = &node{profile: p}
			nodes[p] = n
		}
		return n
	}
	done := map[[2]*profile]bool{}
	for _, p := range fresh {
		n := of(p)
		for _, q := range slices.Concat(g.window.candidates(p), g.window.elsewhere(p)) {
			if done[[2]*profile{q, p}] || done[[2]*profile{p, q}] {
				continue
			}
			done[[2]*profile{p, q}] = true
			v, m := g.set.compare(p, q), of(q)
			v.close = v.joining(p, q, g.set.Story)
			n.edges = append(n.edges, edge{to: m, verdict: v})
			m.edges = append(m.edges, edge{to: n, verdict: v})
		}
	}
	for _, n := range nodes {
		slices.SortFunc(n.edges, func(a, b edge) int {
			if a.close != b.close {
				return cmp.Compare(b.close, a.close)
			}
			return before(a.to.profile, b.to.profile)
		})
	}
	return nodes
}

// name gives the articles of a group that have no story yet the one that is
// there, or that of their first.
func name(members []*profile) {
	slices.SortFunc(members, before)
	id := members[0].id
	for _, p := range members {
		if p.story != "" {
			id = p.story
			break
		}
	}
	for _, p := range members {
		p.story = id
	}
}

// before orders articles by time, and equals by what they say.
func before(a, b *profile) int {
	if !a.at.Equal(b.at) {
		return a.at.Compare(b.at)
	}
	if a.tie != b.tie {
		return cmp.Compare(a.tie, b.tie)
	}
	return cmp.Compare(a.id, b.id)
}

// place words what was found for an article.
func (g *Grouper) place(a digest.Article, p *node) digest.Place {
	out := digest.Place{ArticleID: p.id, StoryID: p.story, Relation: digest.RelationFirst}
	if p.story == p.id {
		return out
	}
	out.Relation = digest.RelationReport
	for _, e := range p.edges {
		if e.to.story != p.story || out.Nearest != "" && !e.copy {
			continue
		}
		if out.Nearest == "" {
			out.Nearest, out.Score = e.to.id, e.close
		}
		// What was known before may have been told, whatever its date.
		if e.copy && (!e.to.fresh || before(e.to.profile, p.profile) < 0) {
			out.Relation, out.Nearest, out.Score = digest.RelationCopy, e.to.id, 1
			break
		}
	}
	if out.Relation == digest.RelationReport && p.at.Sub(g.window.latest(p.story, p.at)) > updateAfter {
		out.Relation = digest.RelationUpdate
	}
	out.Reasons = g.reasons(a, p.profile, out)
	return out
}
