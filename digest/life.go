package digest

import (
	"slices"
	"time"
)

// Life is all that the rows tell of one article: what an operator asks for who
// wonders why it was told, or was not.
type Life struct {
	Article    Article
	Feed       Feed        // that showed it first
	Notes      []string    // of the visit that showed it first
	Sightings  []Sighting  // other feeds that showed it, too, the earliest first
	Page       Page        // what came of reading its own page, without the text; zero if it was not read
	Judgements []Judgement // the one that counts last
	Place      Place       // zero where it has none
	Story      []Relative  // the other articles of its story, by date
	Told       Telling     // zero where no edition told it
	Morning    Morning
}

// Sighting is a further feed that showed an article.
type Sighting struct {
	Feed Feed
	At   time.Time // when it did so first
}

// Relative is another article of the same story.
type Relative struct {
	ID, URL, Title, Source string
	Dated                  time.Time
	Place                  Place
	Told                   Day // the edition that told it; empty if none did
}

// Telling is where an article stands in an edition.
type Telling struct {
	Day      Day
	Position int // of the story in the edition, from 1
	Stories  int // in the edition
	Nth      int // of the article in the story, from 1: the lead
	Story    EditionStory
}

// Morning is the one edition that could have told an article: the first that
// was made after the article was seen. What is seen later belongs to the next.
type Morning struct {
	// Edition is zero while there is none yet. It has no stories.
	Edition EditionRow
	// Closed is the edition that the article came too late for; zero if it is the first.
	Closed EditionRow
	Missed []Day // between the two, nobody made these
}

// MorningOf finds the edition that an article first seen then was there for.
// The rows are of one cadence, in any order.
func MorningOf(rows []EditionRow, seen time.Time) Morning {
	var m Morning
	for _, r := range rows {
		switch {
		case r.State == EditionBuilding || r.Cutoff.IsZero():
		case r.Cutoff.Before(seen):
			if m.Closed.Cutoff.IsZero() || r.Cutoff.After(m.Closed.Cutoff) {
				m.Closed = r
			}
		case m.Edition.Cutoff.IsZero() || r.Cutoff.Before(m.Edition.Cutoff):
			m.Edition = r
		}
	}
	for _, r := range rows {
		missed := r.State == EditionSkipped && r.Reason == SkipMissed && !r.ScheduledAt.Before(seen)
		if missed && (m.Edition.Cutoff.IsZero() || r.ScheduledAt.Before(m.Edition.ScheduledAt)) {
			m.Missed = append(m.Missed, r.Key.Day)
		}
	}
	slices.Sort(m.Missed)
	return m
}

// Fate is what became of an article.
type Fate string

// The fates.
const (
	FateTold     Fate = "told"
	FateWaiting  Fate = "waiting"   // for the next edition
	FateOffTopic Fate = "off-topic" // judged so on its morning
	FateTooOld   Fate = "too-old"   // on its morning
	FateCopy     Fate = "copy"      // an earlier edition told an article with the same words
	FateLate     Fate = "late"      // found to be news only after its morning
	FateLeftOut  Fate = "left-out"  // it was fit to be told, and the rows do not say more
)

// Verdict is an article's fate with what decided it.
type Verdict struct {
	Fate Fate
	Day  Day      // of the edition that told it or did not; empty for one that waits
	Copy Relative // for FateCopy: the article that was told
}

// Verdict says what became of the article and why. maxAge is the edition's, as
// it is now: nobody keeps what it was. 0 is unknown.
func (l Life) Verdict(maxAge time.Duration) Verdict {
	newest := l.Judgement()
	judged := newest.Version > 0
	morning := l.Morning.Edition
	v := Verdict{Day: morning.Key.Day}
	switch {
	case l.Told.Day != "":
		return Verdict{Fate: FateTold, Day: l.Told.Day}
	case v.Day == "" && judged && !newest.Relevant:
		v.Fate = FateOffTopic
		return v
	case v.Day == "":
		v.Fate = FateWaiting
		return v
	}
	then, ok := l.judgedBy(morning.Cutoff)
	copied, told := l.toldCopy(v.Day)
	switch {
	case !ok && judged && newest.Relevant, ok && !then.Relevant && newest.Relevant:
		v.Fate = FateLate
	case judged && !(ok && then.Relevant):
		v.Fate = FateOffTopic
	case maxAge > 0 && l.Article.Dated().Before(morning.ScheduledAt.Add(-maxAge)):
		v.Fate = FateTooOld
	case told:
		v.Fate, v.Copy = FateCopy, copied
	default:
		v.Fate = FateLeftOut
	}
	return v
}

// Judgement is the one that counts; zero where nobody has judged yet.
func (l Life) Judgement() Judgement {
	if len(l.Judgements) == 0 {
		return Judgement{}
	}
	return l.Judgements[len(l.Judgements)-1]
}

// judgedBy is the judgement that held at a time.
func (l Life) judgedBy(at time.Time) (held Judgement, ok bool) {
	for _, j := range l.Judgements {
		if !j.At.After(at) && (!ok || !j.At.Before(held.At)) {
			held, ok = j, true
		}
	}
	return held, ok
}

// toldCopy is an article with the same words that was told before day, of
// several the one told last.
func (l Life) toldCopy(day Day) (told Relative, ok bool) {
	all := append(slices.Clone(l.Story), Relative{ID: l.Article.ID, Place: l.Place})
	same := map[string]bool{l.Article.ID: true}
	for grown := true; grown; {
		grown = false
		for _, r := range all {
			if r.Place.Relation == RelationCopy && r.Place.Nearest != "" && same[r.ID] != same[r.Place.Nearest] {
				same[r.ID], same[r.Place.Nearest], grown = true, true, true
			}
		}
	}
	for _, r := range l.Story {
		if same[r.ID] && r.Told != "" && r.Told < day && r.Told >= told.Told {
			told, ok = r, true
		}
	}
	return told, ok
}
