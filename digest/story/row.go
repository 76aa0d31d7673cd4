package story

import "slices"

// What makes a row, such as price lists, that looks alike each day.
const (
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
