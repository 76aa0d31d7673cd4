package story

import (
	"math"
	"slices"
)

// Two events with one cast (a fight and the fight after it, two fires of one
// chain's shops) look like one, as all that is rare is shared. Seen from within,
// it is the other way round: what all share says nothing, and if there are two
// events, each side has words of its own that nearly all its articles have and
// none of the others.

const (
	// contrastFrom and contrastTo are the sizes of groups that are looked at:
	// in smaller ones chance makes such words, larger ones would cost too much.
	contrastFrom, contrastTo = 8, 120
	// smallestSide is the fewest articles that are an event of their own.
	smallestSide = 3
	// contrast is how sure (log-likelihood ratio, summed over the averages of
	// both sides) the words of the two sides must tell them apart.
	contrast = 36
	// sideWords is over how many words of each side that is averaged.
	sideWords = 3
	// starts is from how many articles a division is tried.
	starts = 12
)

// apartFrom divides a group while its words fall apart in two.
func apartFrom(group []*profile) [][]*profile {
	if len(group) < contrastFrom || len(group) > contrastTo {
		return [][]*profile{group}
	}
	slices.SortFunc(group, before)
	left, right, sure := divide(group)
	if sure < contrast {
		return [][]*profile{group}
	}
	return append(apartFrom(left), apartFrom(right)...)
}

// divide finds the division of a group in two that keeps most likeness inside
// the sides, and how surely words tell them apart.
func divide(group []*profile) (left, right []*profile, sure float64) {
	alike := inside(group)
	best := 0.0
	var side []bool
	for s := range min(starts, len(group)) {
		if d, score := divideFrom(alike, s); score > best {
			side, best = d, score
		}
	}
	for i, p := range group {
		switch {
		case side == nil:
		case side[i]:
			right = append(right, p)
		default:
			left = append(left, p)
		}
	}
	if side == nil {
		return group, nil, 0
	}
	return left, right, ownWords(left, right) + ownWords(right, left)
}

// inside is how alike the members of a group are by the words that not all of
// them have.
func inside(group []*profile) [][]float64 {
	in := map[uint32]float64{}
	for _, p := range group {
		for _, e := range p.all.words {
			in[e.id]++
		}
	}
	local := make([]vector, len(group))
	for i, p := range group {
		var words []entry
		for _, e := range p.all.words {
			if in[e.id] > 1 {
				e.x *= float32(math.Log(float64(len(group)+1) / in[e.id]))
				words = append(words, e)
			}
		}
		local[i] = summed(words)
	}
	alike := make([][]float64, len(group))
	for i := range local {
		alike[i] = make([]float64, len(group))
		for j := range i {
			c := share(local[i], local[j]).cosine(local[i], local[j])
			alike[i][j], alike[j][i] = c, c
		}
	}
	return alike
}

// divideFrom divides by who is nearer to one article than to the one that is
// farthest from it, and then moves each to the side it is more alike to.
func divideFrom(alike [][]float64, start int) (side []bool, score float64) {
	far := start
	for j := range alike {
		if j != start && (far == start || alike[start][j] < alike[start][far]) {
			far = j
		}
	}
	side = make([]bool, len(alike))
	for j := range side {
		side[j] = j == far || j != start && alike[j][far] > alike[j][start]
	}
	for range 20 {
		if !settleSides(alike, side) {
			break
		}
	}
	return side, separation(alike, side)
}

// settleSides moves each article to the side it is more alike to.
func settleSides(alike [][]float64, side []bool) (moved bool) {
	for j := range side {
		var sum, n [2]float64
		for k := range side {
			if k != j {
				sum[flag(side[k])] += alike[j][k]
				n[flag(side[k])]++
			}
		}
		if n[0] == 0 || n[1] == 0 {
			continue
		}
		if want := sum[1]/n[1] > sum[0]/n[0]; want != side[j] {
			side[j], moved = want, true
		}
	}
	return moved
}

// separation is how much more alike articles are within the sides than across;
// 0 if a side is too small.
func separation(alike [][]float64, side []bool) float64 {
	var within, across, nw, na, right float64
	for i := range side {
		right += float64(flag(side[i]))
		for j := range i {
			if side[i] == side[j] {
				within += alike[i][j]
				nw++
			} else {
				across += alike[i][j]
				na++
			}
		}
	}
	if right < smallestSide || float64(len(side))-right < smallestSide {
		return 0
	}
	return within / nw / (across/na + 0.01)
}

// ownWords is how surely the words that most set a side apart do so: the mean
// log-likelihood ratio of the few best.
func ownWords(side, other []*profile) float64 {
	here, there := counts(side), counts(other)
	n, m := float64(len(side)), float64(len(other))
	var best []float64
	for id, k := range here {
		if j := there[id]; k/n > j/m {
			best = append(best, 2*(likelihood(k, n)+likelihood(j, m)-likelihood(k+j, n+m)))
		}
	}
	if len(best) < sideWords {
		return 0
	}
	slices.Sort(best)
	var sum float64
	for _, x := range best[len(best)-sideWords:] {
		sum += x
	}
	return sum / sideWords
}

func counts(side []*profile) map[uint32]float64 {
	in := map[uint32]float64{}
	for _, p := range side {
		for _, e := range p.all.words {
			in[e.id]++
		}
	}
	return in
}

func likelihood(k, n float64) float64 {
	if k <= 0 || k >= n {
		return 0
	}
	return k*math.Log(k/n) + (n-k)*math.Log(1-k/n)
}
