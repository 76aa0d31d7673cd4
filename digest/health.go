package digest

import (
	"slices"
	"time"
)

// FeedHealth is how a feed fares, counted over a period.
type FeedHealth struct {
	FeedState
	Since    time.Time // when the period begins
	Visits   int
	Failed   int // of them
	Articles int // first shown by this feed in the period
	Told     int // of them, in an edition
	// Gaps are the times between the arrivals of items that were new to it,
	// also where another feed had them first, newest last.
	Gaps []time.Duration
}

// Times by which a silence is measured.
const (
	leastSilence = 48 * time.Hour      // a weekend is no silence
	mostSilence  = 21 * 24 * time.Hour // even a slow feed is looked after by then
	fewestGaps   = 3                   // below that a feed's rhythm is not known
)

// Silence is how long the feed may say nothing new before that is strange: three
// times its ninth longest gap of ten, so that each feed has its own measure.
func (h FeedHealth) Silence() time.Duration {
	if len(h.Gaps) < fewestGaps {
		return mostSilence
	}
	gaps := slices.Sorted(slices.Values(h.Gaps))
	return min(max(3*gaps[(len(gaps)*9)/10], leastSilence), mostSilence)
}

// Silent says whether the feed has said nothing new for strangely long, though
// it may answer: the quiet way in which sources are lost.
func (h FeedHealth) Silent(now time.Time) bool {
	last := h.LastNew
	if last.IsZero() {
		last = h.Since
	}
	return !h.Retired && h.Visits > 0 && now.Sub(last) > h.Silence()
}

// PerWeek is how many articles a week the feed showed first, over a week at
// least: what a first visit brings is no rhythm.
func (h FeedHealth) PerWeek(now time.Time) float64 {
	return float64(h.Articles) / max(1, now.Sub(h.Since).Hours()/(7*24))
}
