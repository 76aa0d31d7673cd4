package story

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"reedaily/digest/story/words"
)

// Reports in two languages have hardly a word in common. They meet in exact
// figures, which are spelled alike, and in what they speak of: who, what was
// done, and with what, as far as the lists of concepts know it. So may two reports of
// one language that is written without spaces or hangs endings on its words.

const (
	// acrossGap is how far apart such reports may be: figures come back.
	acrossGap = 4 * 24 * time.Hour
	// acrossGround is what the figures and names at their tops must say together.
	acrossGround = 8
	// acrossClose is how close that makes them.
	acrossClose = 0.8

	// conceptGap is how far apart reports may be that share concepts alone: what
	// a country does this week it did last week.
	conceptGap = 3 * 24 * time.Hour
	// conceptGround is what those that they share must say, less what sets them
	// apart, and gapGround how much more for each day between them.
	conceptGround, gapGround = 5, 0.3
	// daily is what a concept of the daily fare says: nothing.
	daily = 1
	// conceptClose is how close concepts make two reports at least, conceptMost
	// at most, and conceptRise how fast it grows with what they say.
	conceptClose, conceptMost, conceptRise = 0.55, 0.8, 0.05
)

// How much of what a concept says counts, by where both reports have it.
const (
	oneTitle  = 0.7 // in one title, and at the top of the other article
	neither   = 0.3 // at both tops
	unsaid    = 0.5 // an act that one only implies, as a ban does a curb
	actApart  = 0.3 // as a difference: acts have many names
	apartBoth = 1.5 // if each report has something the other has not
	apartOne  = 0.25
	// nothingApart counts where no title has anything besides what they share.
	nothingApart = 1.0
	opposed      = 4.0 // one says that it rises, the other that it falls
	unlisted     = 2.5 // a name that no list has
	sameSum      = 3.0 // a figure that few have
)

// ground is why two reports are one event by what they speak of.
type ground struct {
	says   float64          // the concepts in common, less the differences
	shared []*words.Concept // those that say most first
	whole  bool             // nothing sets the two apart
}

// acrossLanguages is how close two articles of different languages are: they
// share an exact figure and with it enough, or concepts enough.
func acrossLanguages(a, b *profile) float64 {
	if sharedFigure(a, b) {
		return acrossClose
	}
	return byConcepts(a, b)
}

// byConcepts is how close two articles are by what they speak of; 0 if that is no
// ground.
func byConcepts(a, b *profile) float64 {
	gap := apart(a, b)
	if a.at.IsZero() || b.at.IsZero() {
		gap = conceptGap // it may be, so they must say as much
	}
	if gap > conceptGap {
		return 0
	}
	g, enough := agreement(a, b), conceptGround+gapGround*gap.Hours()/24
	if !g.carries(enough) {
		return 0
	}
	return min(conceptMost, conceptClose+conceptRise*(g.says-enough))
}

// sharedFigure says whether two articles share an exact figure, and with it names
// or figures enough.
func sharedFigure(a, b *profile) bool {
	if apart(a, b) > acrossGap || share(a.lead, b.lead).weight < acrossGround {
		return false
	}
	for _, f := range a.figures {
		x, here := a.lead.find(f.id)
		if _, there := b.lead.find(f.id); here && there && x >= words.Telling {
			return true
		}
	}
	return false
}

// agreement is what two articles agree on by their concepts.
func agreement(a, b *profile) ground {
	var g ground
	said := map[*words.Concept]float64{}
	for _, x := range a.speech.told {
		y, ok := b.speech.find(x.ID)
		if !ok || x.Topic || x.implied && y.implied {
			continue
		}
		said[x.Concept] = inCommon(x, y)
		if x.title || y.title {
			g.shared = append(g.shared, x.Concept)
		}
	}
	// A part says what its whole does.
	for c := range said {
		for _, whole := range c.Of {
			delete(said, whole)
		}
	}
	g.shared = slices.DeleteFunc(g.shared, func(c *words.Concept) bool { return said[c] == 0 })
	slices.SortFunc(g.shared, func(x, y *words.Concept) int {
		return cmp.Or(cmp.Compare(said[y], said[x]), cmp.Compare(x.ID, y.ID))
	})
	g.says = summedUp(said) + sameSum*float64(sharedSums(a, b)) + unlisted*float64(sharedNames(a, b))
	x, y := a.speech.besides(&b.speech), b.speech.besides(&a.speech)
	if x+y == 0 && a.speech.namesStand(&b.speech) && b.speech.namesStand(&a.speech) {
		g.says += nothingApart
		g.whole = true
	}
	g.says -= apartBoth * min(x, y)
	if !a.speech.sameDeed(&b.speech) {
		g.says -= apartOne * max(x, y)
	}
	if contradict(&a.speech, &b.speech) || contradict(&b.speech, &a.speech) {
		g.says -= opposed
	}
	return g
}

// inCommon is what a concept says that two articles have in common.
func inCommon(x, y told) float64 {
	part := neither
	switch {
	case x.title && y.title:
		part = 1
	case x.title || y.title:
		part = oneTitle
	}
	if (x.implied || y.implied) && !x.Class.Acts() {
		part *= unsaid
	}
	return part * says(x.Concept)
}

// summedUp adds in one order, as sums of floats depend on it.
func summedUp(said map[*words.Concept]float64) float64 {
	list := slices.Sorted(maps.Values(said))
	var sum float64
	for _, x := range list {
		sum += x
	}
	return sum
}

// carries says whether concepts are a ground: somebody, and what was done or with
// what, and of a country more than one such thing, if anything sets the two apart.
func (g ground) carries(enough float64) bool {
	if g.says < enough {
		return false
	}
	var named, actors, acts, things int
	for _, c := range g.shared {
		switch {
		case c.Class == words.Named:
			named++
		case c.Class.Acts():
			actors++
		case c.Class == words.Act:
			acts++
		default:
			things++
		}
	}
	if named > 0 {
		return acts+things > 0
	}
	if g.whole && g.says >= enough+nothingApart {
		return actors > 0 && acts+things > 0
	}
	return actors > 0 && (acts > 0 || things > 1) && len(g.shared) > 2
}

// contradict says whether one title has the opposite of what the other has.
func contradict(s, other *speech) bool {
	for _, t := range s.told {
		if !t.title || t.implied || t.Against == nil {
			continue
		}
		_, both := other.find(t.ID)
		opposite, there := other.find(t.Against.ID)
		_, here := s.find(t.Against.ID)
		if there && !both && !here && opposite.title {
			return true
		}
	}
	return false
}

// sharedNames is how many words that no list has, and that may be names, stand
// at both tops and in a title.
func sharedNames(a, b *profile) int {
	return min(max(a.speech.namesIn(&b.speech), b.speech.namesIn(&a.speech)), mostNames)
}

// mostNames is how many of them count: one name may be three words.
const mostNames = 2

// sharedSums is how many sums and shares stand at both tops.
func sharedSums(a, b *profile) (n int) {
	for _, f := range a.figures {
		if !f.large() {
			continue
		}
		_, here := a.lead.find(f.id)
		_, there := b.lead.find(f.id)
		n += flag(here && there)
	}
	return min(n, mostNames)
}
