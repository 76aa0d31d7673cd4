package story

import (
	"slices"

	"reedaily/digest/story/words"
)

// One company may report, hire and build on one morning, and each of its reports
// ends with what the company is. That two articles have one subject does not say
// that they tell one event; what they share besides it does.

// leastGround is what a word must say to be a ground: "magnet", not "with". A
// pair of characters is a part of a word.
const leastGround, leastPair = 1.3, 0.8

// step is a word of a title in its place.
type step struct {
	id     uint32
	weight float64 // 0 for the topic's own name
	// joined says that it is a pair of characters, linked that it begins with the
	// character that the pair before it ends with.
	joined, linked bool
}

// says is whether it is a ground.
func (x step) says() bool {
	if x.joined {
		return x.weight >= leastPair
	}
	return x.weight >= leastGround
}

// subjectOf is what two titles both call their subject: the shared word that
// says most, with the neighbours that it has in both. Nil if they share none.
func subjectOf(a, b []step) []uint32 {
	var most step
	for _, x := range a {
		if x.weight > most.weight && stands(b, x.id) {
			most = x
		}
	}
	if most.weight < words.Telling {
		return nil
	}
	var subject []uint32
	there := around(b, most.id)
	for _, x := range around(a, most.id) {
		if stands(there, x.id) {
			subject = append(subject, x.id)
		}
	}
	return subject
}

// around is a word of a title with its neighbours: one on each side, or of pairs
// of characters two, as far as they are of one run.
func around(title []step, id uint32) []step {
	at := slices.IndexFunc(title, func(x step) bool { return x.id == id })
	if !title[at].joined {
		return title[max(0, at-1):min(len(title), at+2)]
	}
	from, to := at, at+1
	for from > max(0, at-2) && title[from].linked {
		from--
	}
	for to < min(len(title), at+3) && title[to].linked {
		to++
	}
	return title[from:to]
}

func stands(title []step, id uint32) bool {
	return slices.ContainsFunc(title, func(x step) bool { return x.id == id })
}

// besides is how much two titles share besides their subject.
func besides(a, b []step, subject []uint32) float64 {
	var ground float64
	for i, x := range a {
		if x.says() && !slices.Contains(subject, x.id) && stands(b, x.id) && !stands(a[:i], x.id) {
			ground += x.weight
		}
	}
	return ground
}

// topBesides is how much of the top of one article stands in the other, what
// names the subject left out: the mean of both.
func topBesides(a, b *profile, subject []uint32) float64 {
	return (standsBesides(a.lead, b.all, subject) + standsBesides(b.lead, a.all, subject)) / 2
}

func standsBesides(top, all vector, subject []uint32) float64 {
	shared, whole := share(top, all).square, top.square
	for _, id := range subject {
		x, _ := top.find(id)
		y, _ := all.find(id)
		shared -= min(x, y) * min(x, y)
		whole -= x * x
	}
	return ratio(max(0, shared), max(0, whole))
}
