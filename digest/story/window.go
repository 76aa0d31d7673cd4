package story

import (
	"cmp"
	"slices"
	"time"

	"reedaily/digest/story/words"
)

// window is the known articles, found by their telling words, so that a new one
// is compared with few of them however many there are.
type window struct {
	newest  time.Time          // of all articles
	oldest  time.Time          // what is older was forgotten
	slots   []*profile         // nil: free
	free    []int32            // free slots
	at      map[string]int32   // article id → slot
	with    map[uint32][]int32 // key → slots of the articles that have it
	stories map[string][]*profile
	tongues map[string]int // how many articles are in each language
	score   []float32      // scratch: what each slot shares with the one asked about
	touched []int32        // scratch
}

// most is how many articles one is compared with.
const most = 64

// mostElsewhere is how many more in other languages.
const mostElsewhere = 32

// commonest is the most articles a word may stand in to be looked up: a word of
// more says nothing about the event.
const commonest = 2000

func newWindow() *window {
	return &window{at: map[string]int32{}, with: map[uint32][]int32{}, stories: map[string][]*profile{}, tongues: map[string]int{}}
}

// keys are what an article is found by: the words of its title, those that say
// most of its text, and its spelling for copies.
func (p *profile) keys(yield func(key uint32, weight float32)) {
	i, j := 0, 0
	a, b := p.title.words, p.heavy.words
	for i < len(a) || j < len(b) {
		var e entry
		switch {
		case j == len(b) || i < len(a) && a[i].id < b[j].id:
			e = a[i]
			i++
		case i == len(a) || b[j].id < a[i].id:
			e = b[j]
			j++
		default:
			e = a[i]
			i++
			j++
		}
		if e.weight >= words.Heard {
			yield(e.id, e.weight)
		}
	}
}

func (w *window) add(p *profile) {
	w.drop(p.id)
	var slot int32
	if n := len(w.free); n > 0 {
		slot = w.free[n-1]
		w.free = w.free[:n-1]
		w.slots[slot] = p
	} else {
		slot = int32(len(w.slots))
		w.slots = append(w.slots, p)
		w.score = append(w.score, 0)
	}
	w.at[p.id] = slot
	p.keys(func(key uint32, _ float32) { w.with[key] = append(w.with[key], slot) })
	for _, pair := range p.speech.meets {
		key := heardIn(pair, p.tongue)
		w.with[key] = append(w.with[key], slot)
	}
	w.tongues[p.tongue]++
	if p.story != "" {
		w.stories[p.story] = append(w.stories[p.story], p)
	}
}

// settle notes the story of an article that was added without one.
func (w *window) settle(p *profile) { w.stories[p.story] = append(w.stories[p.story], p) }

// drop takes an article out.
func (w *window) drop(id string) {
	slot, ok := w.at[id]
	if !ok {
		return
	}
	p := w.slots[slot]
	delete(w.at, id)
	w.slots[slot] = nil
	w.free = append(w.free, slot)
	p.keys(func(key uint32, _ float32) { w.unlist(key, slot) })
	for _, pair := range p.speech.meets {
		w.unlist(heardIn(pair, p.tongue), slot)
	}
	if w.tongues[p.tongue]--; w.tongues[p.tongue] == 0 {
		delete(w.tongues, p.tongue)
	}
	if rest := without(w.stories[p.story], p); len(rest) > 0 {
		w.stories[p.story] = rest
	} else {
		delete(w.stories, p.story)
	}
}

// unlist takes an article off what it was found by.
func (w *window) unlist(key uint32, slot int32) {
	rest := without(w.with[key], slot)
	if len(rest) == 0 {
		delete(w.with, key)
		return
	}
	w.with[key] = rest
}

func without[T comparable](list []T, x T) []T {
	if i := slices.Index(list, x); i >= 0 {
		list[i] = list[len(list)-1]
		return list[:len(list)-1]
	}
	return list
}

// forget drops what is dated before a time. An article without a date stays.
func (w *window) forget(cutoff time.Time) {
	if !cutoff.After(w.oldest) {
		return
	}
	w.oldest = cutoff
	for _, p := range w.slots {
		if p != nil && !p.at.IsZero() && p.at.Before(cutoff) {
			w.drop(p.id)
		}
	}
}

// candidates are the articles that share most telling words with p, the most
// promising first.
func (w *window) candidates(p *profile) []*profile {
	w.touched = w.touched[:0]
	p.keys(func(key uint32, weight float32) { w.count(key, weight*weight) })
	return w.foremost(p, most)
}

// elsewhere are the articles that share most pairs of concepts with p, the most
// promising first: those in other languages, and in its own where that writes no
// spaces between words.
func (w *window) elsewhere(p *profile) []*profile {
	w.touched = w.touched[:0]
	for tongue := range w.tongues {
		if tongue == p.tongue && !p.spaceless {
			continue
		}
		for _, pair := range p.speech.meets {
			w.count(heardIn(pair, tongue), 1)
		}
	}
	return w.foremost(p, mostElsewhere)
}

// heardIn is the key of a pair of concepts in one language.
func heardIn(pair uint32, tongue string) uint32 { return pair ^ words.Hash(tongue)*16777619 }

// count notes that the articles of a key share it.
func (w *window) count(key uint32, weight float32) {
	slots := w.with[key]
	if len(slots) > commonest {
		return
	}
	for _, s := range slots {
		if w.score[s] == 0 {
			w.touched = append(w.touched, s)
		}
		w.score[s] += weight
	}
}

// foremost are the articles other than p that were counted most, and forgets the
// counts.
func (w *window) foremost(p *profile, most int) []*profile {
	var best []candidate
	var floor float32
	for _, s := range w.touched {
		if q := w.slots[s]; q != p && w.score[s] >= floor {
			best = append(best, candidate{q, w.score[s]})
		}
		w.score[s] = 0
		if len(best) == 4*most {
			best = foremost(best, most)
			floor = best[most-1].score
		}
	}
	best = foremost(best, most)
	out := make([]*profile, len(best))
	for i, c := range best {
		out[i] = c.p
	}
	return out
}

type candidate struct {
	p     *profile
	score float32
}

// foremost keeps the most promising candidates, in order.
func foremost(c []candidate, most int) []candidate {
	slices.SortFunc(c, func(a, b candidate) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return before(a.p, b.p)
	})
	return c[:min(most, len(c))]
}

// latest is when a story was last reported before a time; that time itself for
// a story that began with the batch.
func (w *window) latest(story string, at time.Time) time.Time {
	var last time.Time
	for _, q := range w.stories[story] {
		if !q.at.After(at) && q.at.After(last) {
			last = q.at
		}
	}
	if last.IsZero() {
		return at
	}
	return last
}
