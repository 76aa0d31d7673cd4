package story

import (
	"cmp"
	"slices"

	"reedaily/digest/story/words"
)

// told is a concept at the top of an article.
type told struct {
	*words.Concept
	title   bool // in the title
	implied bool // goes without saying with another
}

// speech is what an article says to readers of another language.
type speech struct {
	told  []told
	names []words.Spelled // rare words of the title that may be names
	top   []uint32        // all such words at the top
	meets []uint32        // pairs of concepts to be found by
}

// conceptLead is how much text below the title is read for concepts: two or
// three sentences. A character of a script without spaces is worth more.
const conceptLead, conceptLeadEast = 320, 130

// conceptTitle is how much of a title is: some feeds put a whole article there.
const conceptTitle = 300

// hear finds the language of an article and what its top speaks of.
func hear(v *words.List, title, text, lang string) (tongue string, s speech) {
	title, text = opening(title, conceptTitle), opening(text, conceptLead)
	tongue = v.Tongue(title+" "+text, lang)
	if tongue == "zh" || tongue == "ja" || tongue == "ko" {
		text = opening(text, conceptLeadEast)
	}
	if noHeadline(title) {
		title, text = text, ""
	}
	head, below := v.Concepts(title, tongue), v.Concepts(text, tongue)
	s.say(head.Concepts, true)
	s.say(below.Concepts, false)
	s.names = head.Spelled
	for _, n := range slices.Concat(head.Spelled, below.Spelled) {
		s.top = append(s.top, n.ID)
	}
	s.meets = s.pairs()
	return tongue, s
}

// opening is the first characters of a text.
func opening(text string, n int) string {
	runes := 0
	for i := range text {
		if runes == n {
			return text[:i]
		}
		runes++
	}
	return text
}

// say notes concepts and what goes without saying with them.
func (s *speech) say(concepts []*words.Concept, title bool) {
	for _, c := range concepts {
		s.note(told{Concept: c, title: title})
	}
	for _, c := range concepts {
		for _, whole := range c.Of {
			s.note(told{Concept: whole, title: title, implied: true})
		}
	}
}

func (s *speech) note(t told) {
	i := slices.IndexFunc(s.told, func(o told) bool { return o.ID == t.ID })
	if i < 0 {
		s.told = append(s.told, t)
		return
	}
	s.told[i].implied = s.told[i].implied && t.implied
}

func (s *speech) find(id uint32) (told, bool) {
	for _, t := range s.told {
		if t.ID == id {
			return t, true
		}
	}
	return told{}, false
}

// says is what a concept says beyond the daily fare.
func says(c *words.Concept) float64 { return max(0, float64(c.Weight)-daily) }

// besides is what a title has that the top of the other article has not.
func (s *speech) besides(other *speech) float64 {
	var sum, acts float64
	for _, t := range s.told {
		if !t.title || t.implied || t.Topic {
			continue
		}
		if _, there := other.find(t.ID); there || other.hasWhole(t.Concept) {
			continue
		}
		if t.Class == words.Act {
			acts += actApart * says(t.Concept)
		} else {
			sum += says(t.Concept)
		}
	}
	if !s.sameAct(other) {
		sum += acts
	}
	for _, n := range s.names {
		if n.Sure && !slices.Contains(other.top, n.ID) {
			sum += unlisted
			break
		}
	}
	return sum
}

// sameAct says whether two titles have an act in common: what else was done is
// then told in other words.
func (s *speech) sameAct(other *speech) bool {
	return slices.ContainsFunc(s.told, func(t told) bool {
		o, there := other.find(t.ID)
		return t.Class == words.Act && t.title && there && o.title && says(t.Concept) >= leastAct
	})
}

// sameDeed says whether two titles have in common who did it, what was done, and
// what with or what else: more of it in one of them is detail.
func (s *speech) sameDeed(other *speech) bool {
	var actors, acts, more int
	for _, t := range s.told {
		o, there := other.find(t.ID)
		if !there || !t.title || !o.title || t.implied || o.implied || t.Topic || says(t.Concept) < leastAct {
			continue
		}
		switch {
		case t.Class.Acts():
			actors++
		case t.Class == words.Act:
			acts++
		default:
			more++
		}
	}
	return actors > 0 && acts > 0 && acts+more > 1
}

// acts says whether a title tells an act.
func (s *speech) acts() bool {
	return slices.ContainsFunc(s.told, func(t told) bool { return t.Class == words.Act && t.title && !t.implied })
}

// leastAct is what such an act must say: one may produce and expand in many ways.
const leastAct = 1.7

// hasWhole says whether an article speaks of what a concept is a part of, and of
// no other part of it: rare earths, where another has neodymium.
func (s *speech) hasWhole(c *words.Concept) bool {
	if c.Class == words.Named || len(c.Of) == 0 {
		return false
	}
	whole, ok := s.find(c.Of[0].ID)
	return ok && !whole.implied && !slices.ContainsFunc(s.told, func(t told) bool {
		return t.ID != c.ID && len(t.Of) > 0 && t.Of[0] == c.Of[0] && !t.implied
	})
}

// namesIn is how many words of the title that may be names stand at the top of
// another article.
func (s *speech) namesIn(other *speech) (n int) {
	for _, x := range s.names {
		n += flag(slices.Contains(other.top, x.ID))
	}
	return n
}

// namesStand says whether all of them do.
func (s *speech) namesStand(other *speech) bool { return s.namesIn(other) == len(s.names) }

// elsewhereTold says whether two headlines of one language tell two events, though
// their words are alike: each has a country, a firm or an element that the other
// article has not, as two deals of one morning do. In a script without spaces it is
// enough that each tells another deed, or the opposite, as there one long name alone
// makes headlines alike; elsewhere if a country is all that they have in common. The
// same sum is the same event.
func elsewhereTold(a, b *profile) bool {
	switch {
	case sameAmount(a.figures, b.figures):
		return false
	case a.spaceless && (contradict(&a.speech, &b.speech) || contradict(&b.speech, &a.speech)):
		return true
	case (a.spaceless || a.text+b.text == 0 && a.speech.onlyPlaces(&b.speech)) && a.speech.otherDeed(&b.speech) && b.speech.otherDeed(&a.speech):
		return true
	}
	return min(a.speech.most(&b.speech), b.speech.most(&a.speech)) >= leastElsewhere
}

// onlyPlaces says whether a place is what two titles have in common, and nothing
// else: no firm, act or thing.
func (s *speech) onlyPlaces(other *speech) bool {
	places := false
	for _, t := range s.told {
		if _, there := other.find(t.ID); !there || t.Topic || t.implied {
			continue
		}
		if t.Class != words.Place {
			return false
		}
		places = true
	}
	return places
}

// otherDeed says whether a title has acts and things, and none that the other
// article has.
func (s *speech) otherDeed(other *speech) bool {
	own := false
	for _, t := range s.told {
		if t.Class.Acts() || t.Topic || t.implied || !t.title {
			continue
		}
		_, there := other.find(t.ID)
		if there && says(t.Concept) >= leastOwn {
			return false
		}
		own = own || !there && says(t.Concept) >= leastOwn
	}
	return own
}

// leastOwn is what an act or a thing must say to be a deed: exports are in many.
const leastOwn = 1.2

// leastElsewhere is what such a concept must say: China and the United States are
// named beside anything.
const leastElsewhere = 1.5

// most is what the most telling country, firm or part of a whole says that a title
// has and the top of the other article has not.
func (s *speech) most(other *speech) float64 {
	var most float64
	for _, t := range s.told {
		part := t.Class == words.Thing && len(t.Of) > 0
		if !t.title || t.implied || t.Topic || !t.Class.Acts() && !part {
			continue
		}
		if _, there := other.find(t.ID); !there && !other.hasWhole(t.Concept) {
			most = max(most, says(t.Concept))
		}
	}
	return most
}

// An article is found in other languages by pairs of concepts: one alone stands
// in too many.
const (
	// meeting is how many of its concepts pairs are made of.
	meeting = 8
	// leastPairSays is what a pair must say: less is on every morning.
	leastPairSays = 3
)

// pairs are the keys that an article is found by.
func (s *speech) pairs() []uint32 {
	var best []told
	for _, t := range s.told {
		if !t.Topic && !t.implied {
			best = append(best, t)
		}
	}
	slices.SortFunc(best, func(x, y told) int {
		return cmp.Or(flag(y.title)-flag(x.title), cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.ID, y.ID))
	})
	best = best[:min(meeting, len(best))]
	var keys []uint32
	for i, x := range best {
		for _, y := range best[:i] {
			if says(x.Concept)+says(y.Concept) >= leastPairSays {
				keys = append(keys, pairKey(x.ID, y.ID))
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func pairKey(x, y uint32) uint32 {
	if y < x {
		x, y = y, x
	}
	return (x*16777619 ^ y) * 2654435761
}
