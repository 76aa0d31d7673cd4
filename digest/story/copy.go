package story

import (
	"slices"
	"time"

	"reedaily/digest/story/words"
)

// Limits of what may be called a copy. A copy of what was told is never told,
// so a doubt makes a report.
const (
	// fewestTextWords is how long texts must be to tell by them.
	fewestTextWords = 20
	// fewestRuns is how much of the shorter text must stand in the longer one in
	// the same order: half.
	fewestRuns = 0.5
	// fewestHead is how much of each title must stand in the other article: what
	// a page shows to those who do not pay is the same under any title.
	fewestHead = 0.5
	// reissue is how long after an outlet's own title the same title is that
	// article again, and not the next of a row that always has that title.
	reissue = 18 * time.Hour
	// syndication is how long other outlets go on printing a title.
	syndication = 4 * 24 * time.Hour
	// fewestWords and leastSaid are what a title must have to be nobody else's,
	// as "Rare earth prices today" is not: five words, two of them rare.
	fewestWords, leastSaid = 5, 12
	// fewestTitle, leastTold and fewestLong are what a title must have not to be a
	// rubric: four words, and among them an act or one that tells something; six are
	// too long for one.
	fewestTitle, leastTold, fewestLong = 4, 4, 6
	// sameTexts is how alike the short texts below one title must be that an outlet
	// shows again.
	sameTexts = 0.5
)

// copied says whether two articles have the same words: re-issued, syndicated,
// or sent twice.
func (s Settings) copied(a, b *profile, sig signals) bool {
	if min(a.text, b.text) < fewestTextWords {
		return sameHead(a, b, sig) && !contradicted(a, b, sig)
	}
	return sig.runs >= fewestRuns && sig.belowBy >= fewestHead && logistic(copyScore(sig)) >= s.Copy
}

// copyScore is a logistic model fitted on re-issues of one report against
// reports of the same template on another day: there the words are the same,
// but figures or days are not.
func copyScore(s signals) float64 {
	return -6.00 - 3.07*s.gap + 2.05*s.runs + 1.52*s.texts + 3.89*s.figures + 3.02*s.belowBy
}

// contradicted says whether what short texts say beside the title speaks
// against a copy: other figures.
func contradicted(a, b *profile, sig signals) bool {
	return a.text > 0 && b.text > 0 && sig.figures < 0.5
}

// sameHead says whether two titles are one, and so much one's own that nobody
// else would have it, near enough in time. An outlet's own title is the same article
// again as long as it is known, unless it is a standing one.
func sameHead(a, b *profile, s signals) bool {
	if len(a.spelled) == 0 || !slices.Equal(a.spelled, b.spelled) && !nearlyEqual(a.spelled, b.spelled) {
		return false
	}
	gap, own := apart(a, b), sameOutlet(a.outlet, b.outlet)
	if own && gap > reissue && mayStand(a, b) {
		return false
	}
	if len(a.spelled) >= fewestWords && a.title.said() >= leastSaid && gap <= syndication {
		return true
	}
	return own && (gap <= reissue || slices.Equal(a.spelled, b.spelled) && (min(a.text, b.text) == 0 || s.texts >= sameTexts))
}

// mayStand says whether a title that comes again may be a standing one: it says that
// it is, it tells no event, or is as short as a rubric.
func mayStand(a, b *profile) bool {
	if a.series.Standing() && !a.series.SameDay(b.series) {
		return true
	}
	return len(a.spelled) < fewestTitle || len(a.spelled) < fewestLong && a.title.said() < leastTold && !a.speech.acts()
}

// nearlyEqual takes titles for one that differ by a word put before or behind,
// such as "Exclusive" or "Column".
func nearlyEqual(a, b []uint32) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 7 || len(b)-len(a) > 2 {
		return false
	}
	return slices.Equal(a, b[:len(a)]) || slices.Equal(a, b[len(b)-len(a):])
}

// said is what the telling words of a title weigh together.
func (v vector) said() float64 {
	var sum float64
	for _, e := range v.words {
		if e.weight >= words.Telling {
			sum += float64(e.weight)
		}
	}
	return sum
}

// apart is the time between two articles; none where one has no date.
func apart(a, b *profile) time.Duration {
	if a.at.IsZero() || b.at.IsZero() {
		return 0
	}
	return a.at.Sub(b.at).Abs()
}
