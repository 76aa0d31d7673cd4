package story

import (
	"slices"

	"reedaily/digest/story/words"
)

// What makes a row, such as price lists, that looks alike each day.
const (
	// rowRuns, rowFigures and rowHeads are how much of the text or the title is the
	// same, and how many figures it has to differ in.
	rowRuns, rowFigures, rowHeads = 0.4, 3, 0.5
	// rowTitle is how much of two titles is the same, days and figures left out,
	// where these alone show the row; rowStanding where both are price lists or
	// standing titles.
	rowTitle, rowStanding = 0.8, 0.5
)

// anotherOfRow says whether two titles are of one row by what they say: the same words
// on other days, prices with other figures, an outlet's list of the next day. The next
// list is another report, whichever of its figures stayed, and whoever prints it.
func anotherOfRow(a, b *profile) bool {
	x, y := a.series, b.series
	standing := x.Price && y.Price || x.List && y.List
	alike := x.Alike(y)
	if x.OtherDay(y) {
		return alike >= rowTitle || standing && (alike >= rowStanding || a.tongue != b.tongue)
	}
	if !standing || x.SameDay(y) || apart(a, b) < reissue {
		return false
	}
	if slices.Equal(a.spelled, b.spelled) {
		return false
	}
	own := sameOutlet(a.outlet, b.outlet)
	switch {
	case alike < rowStanding:
		return false
	case x.List && y.List && own, contradict(&a.speech, &b.speech), contradict(&b.speech, &a.speech):
		return true
	}
	return x.OtherFigures(y) && (own || alike >= rowTitle)
}

// nextOfRow says whether two articles are of a row by their texts or by the outlet:
// the same words round other figures, or an outlet's standing title. They are neither
// copies nor one event.
func nextOfRow(a, b *profile, s signals) bool {
	if apart(a, b) < reissue {
		return false
	}
	others := s.figures < 0.5 && min(len(a.figures), len(b.figures)) >= rowFigures
	if s.runs >= rowRuns && others {
		return true
	}
	if !sameOutlet(a.outlet, b.outlet) {
		return false
	}
	if slices.Equal(a.spelled, b.spelled) {
		return mayStand(a, b) || contradicted(a, b, s)
	}
	return s.heads >= rowHeads && otherFigures(a, b)
}

// otherFigures says whether both titles name figures, and none in common.
func otherFigures(a, b *profile) bool {
	in := map[uint32]bool{}
	for _, f := range a.figures {
		if f.title && f.kind != words.Year {
			in[f.id] = true
		}
	}
	other := false
	for _, f := range b.figures {
		if f.title && f.kind != words.Year {
			if in[f.id] {
				return false
			}
			other = true
		}
	}
	return other && len(in) > 0
}
