package story

import (
	"cmp"
	"slices"

	"reedaily/digest/story/words"
)

// common is what two vectors share.
type common struct {
	dot    float64 // of the damped weights
	weight float64 // sum of the weights
	square float64 // sum of the squared weights
	rare   float64 // sum of the weights of rare words
	rareSq float64 // sum of their squared weights
}

func share(a, b vector) common {
	var c common
	i, j := 0, 0
	for i < len(a.words) && j < len(b.words) {
		x, y := a.words[i], b.words[j]
		switch {
		case x.id < y.id:
			i++
		case y.id < x.id:
			j++
		default:
			w := float64(min(x.weight, y.weight))
			c.dot += float64(x.x) * float64(y.x)
			c.weight += w
			c.square += w * w
			if w >= words.Rare {
				c.rare += w
				c.rareSq += w * w
			}
			i++
			j++
		}
	}
	return c
}

func (c common) cosine(a, b vector) float64 {
	if a.norm == 0 || b.norm == 0 {
		return 0
	}
	return min(1, c.dot/(a.norm*b.norm))
}

// ratio is a/b, and 0 where there is no b.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// held is the share of the smaller of two sorted sets that stands in the other.
func held(a, b []uint32) float64 {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case b[j] < a[i]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return ratio(float64(n), float64(min(len(a), len(b))))
}

// figuresHeld is the share of the figures of the article with fewer of them
// that stand in the other; 1 where one has none, as then nothing contradicts.
func figuresHeld(a, b []figure) float64 {
	var na, nb, n int
	for _, f := range a {
		na += flag(f.kind != words.Year)
	}
	for _, f := range b {
		nb += flag(f.kind != words.Year)
	}
	if na == 0 || nb == 0 {
		return 1
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].id < b[j].id:
			i++
		case b[j].id < a[i].id:
			j++
		default:
			n += flag(a[i].kind != words.Year)
			i++
			j++
		}
	}
	return float64(n) / float64(min(na, nb))
}

// sameAmount says whether both titles name one sum, such as "$1.25B".
func sameAmount(a, b []figure) bool {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch f, g := a[i], b[j]; {
		case f.id < g.id:
			i++
		case g.id < f.id:
			j++
		case f.title && g.title && (f.large() || g.large()):
			return true
		default:
			i++
			j++
		}
	}
	return false
}

// large says whether a figure is a sum or a share, which two events rarely have
// in common.
func (f figure) large() bool { return f.kind == words.Amount || f.kind == words.Percent }

// find is the weight of a word, 0 if it is not there.
func (v vector) find(id uint32) (weight float64, ok bool) {
	i, ok := slices.BinarySearchFunc(v.words, id, func(e entry, id uint32) int { return cmp.Compare(e.id, id) })
	if !ok {
		return 0, false
	}
	return float64(v.words[i].weight), true
}

func (v vector) has(id uint32) bool {
	_, ok := v.find(id)
	return ok
}
