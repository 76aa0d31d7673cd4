// Package story finds copies and stories: which arriving article is a
// near-duplicate of one that is known, which reports the same event, which
// brings news of an older event, and which begins a story of its own.
//
// It holds a window of known articles in memory and does no I/O; keeping the
// places is left to the store, and choosing what to tell to the edition.
package story

import (
	"sort"
	"time"

	"reedaily/digest"
)

// Settings are the grouper's few knobs.
type Settings struct {
	// Window is how long an article is remembered.
	Window time.Duration
	// Reach is how far apart two articles of one story may be dated.
	Reach time.Duration
	// Story is how close (0 … 1) an article must be to a story to belong to it.
	Story float64
	// Copy is how much of the shorter text must stand in the longer one, word
	// for word (0 … 1), for a copy.
	Copy float64
}

// Defaults are the settings that the figures were measured with.
func Defaults() Settings {
	return Settings{Window: 14 * 24 * time.Hour, Reach: 72 * time.Hour, Story: 0.42, Copy: 0.8}
}

// A Grouper places articles in stories. It is not safe for concurrent use.
type Grouper struct {
	set   Settings
	known []*entry
	df    map[string]int
}

// entry is a known article.
type entry struct {
	id    string
	story string
	at    time.Time
	f     *features
}

// New makes a grouper that knows nothing yet.
func New(s Settings) *Grouper {
	return &Grouper{set: s, df: map[string]int{}}
}

// Remember adds articles that were placed before, in any order: after it the
// grouper places as if it had placed them itself.
func (g *Grouper) Remember(placed []digest.Placed) {
	for _, p := range placed {
		g.add(&entry{id: p.ID, story: p.Place.StoryID, at: p.Dated(), f: read(p.Article)})
	}
	g.sortKnown()
}

// Place finds the place of each article of a batch, in the batch's order, and
// remembers them. Articles of one batch are judged together: their order does
// not matter.
func (g *Grouper) Place(batch []digest.Article) []digest.Place {
	fresh := make([]*entry, len(batch))
	where := make(map[*entry]int, len(batch))
	for i, a := range batch {
		fresh[i] = &entry{id: a.ID, at: a.Dated(), f: read(a)}
		where[fresh[i]] = i
		for t := range fresh[i].f.title {
			g.df[t]++
		}
	}
	sort.SliceStable(fresh, func(i, j int) bool { return earlier(fresh[i], fresh[j]) })
	places := make([]digest.Place, len(batch))
	for _, e := range fresh {
		places[where[e]] = g.place(e)
		g.known = append(g.known, e)
	}
	g.sortKnown()
	g.forget()
	return places
}

func (g *Grouper) place(e *entry) digest.Place {
	var best *entry
	var bestScore float64
	var bestCopy bool
	for _, k := range g.known {
		gap := e.at.Sub(k.at).Abs()
		if !e.at.IsZero() && !k.at.IsZero() && gap > g.set.Window {
			continue
		}
		relation, score := g.compare(e, k)
		if relation == different {
			continue
		}
		if best == nil || score > bestScore {
			best, bestScore, bestCopy = k, score, relation == same
		}
	}
	p := digest.Place{ArticleID: e.id, StoryID: e.id, Relation: digest.RelationFirst}
	if best != nil {
		p.StoryID, p.Nearest, p.Score = best.story, best.id, bestScore
		p.Relation = digest.RelationReport
		switch newest := g.newest(best.story); {
		case bestCopy:
			p.Relation = digest.RelationCopy
		case e.at.Sub(newest) > updateAfter:
			p.Relation = digest.RelationUpdate
		}
	}
	e.story = p.StoryID
	return p
}

// updateAfter is how long a story must have been silent for a further report
// to be news of an older story.
const updateAfter = 20 * time.Hour

// newest is when the story was last reported.
func (g *Grouper) newest(story string) time.Time {
	var at time.Time
	for _, k := range g.known {
		if k.story == story && k.at.After(at) {
			at = k.at
		}
	}
	return at
}

func (g *Grouper) add(e *entry) {
	g.known = append(g.known, e)
	for t := range e.f.title {
		g.df[t]++
	}
}

func (g *Grouper) sortKnown() {
	sort.SliceStable(g.known, func(i, j int) bool { return earlier(g.known[i], g.known[j]) })
}

// forget drops what is older than the window.
func (g *Grouper) forget() {
	if len(g.known) == 0 {
		return
	}
	newest := g.known[len(g.known)-1].at
	kept := g.known[:0]
	for _, k := range g.known {
		if !k.at.IsZero() && newest.Sub(k.at) > g.set.Window {
			for t := range k.f.title {
				g.df[t]--
			}
			continue
		}
		kept = append(kept, k)
	}
	g.known = kept
}

func earlier(a, b *entry) bool {
	if !a.at.Equal(b.at) {
		return a.at.Before(b.at)
	}
	return a.id < b.id
}
