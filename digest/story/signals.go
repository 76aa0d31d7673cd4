package story

import "math"

// signals are what two articles are judged by.
type signals struct {
	gap     float64 // log(1 + days) between them; 0 where one has no date
	amount  float64 // 1: both titles name one sum
	below   float64 // how much of one title stands in the other article, the better of both
	belowBy float64 // the same for all words alike, mean of both
	heads   float64 // cosine of the titles
	held    float64 // how much of the poorer title stands in the other
	rareSum float64 // weight of the rare words that the titles share
	rare    float64 // cosine of their rare words
	pairs   float64 // shared pairs of neighbouring words, at the top
	texts   float64 // cosine of all words
	heavy   float64 // root of the cosine of the words that say most
	names   float64 // cosine of the names
	figures float64 // share of figures in common
	runs    float64 // share of runs of words in common
	opening float64 // how much of one's first sentences stands in the other, mean of both
	duos    float64 // root of the cosine of pairs of telling words
}

func compareProfiles(a, b *profile) signals {
	var s signals
	s.gap = math.Log1p(apart(a, b).Hours() / 24)
	s.amount = float64(flag(sameAmount(a.figures, b.figures)))
	t := share(a.title, b.title)
	s.heads = t.cosine(a.title, b.title)
	s.held = ratio(t.square, min(a.title.square, b.title.square))
	s.rareSum = t.rare / 20
	s.rare = ratio(t.rareSq, math.Sqrt(a.title.rareSq*b.title.rareSq))
	ab, ba := share(a.title, b.all), share(b.title, a.all)
	s.below = max(ratio(ab.square, a.title.square), ratio(ba.square, b.title.square))
	s.belowBy = (ratio(ab.weight, a.title.weight) + ratio(ba.weight, b.title.weight)) / 2
	s.pairs = held(a.pairs, b.pairs)
	s.figures = figuresHeld(a.figures, b.figures)
	if a.text == 0 || b.text == 0 {
		return s
	}
	s.texts = share(a.all, b.all).cosine(a.all, b.all)
	s.heavy = math.Sqrt(share(a.heavy, b.heavy).cosine(a.heavy, b.heavy))
	s.names = share(a.names, b.names).cosine(a.names, b.names)
	s.runs = held(a.runs, b.runs)
	s.opening = (ratio(share(a.lead, b.all).square, a.lead.square) + ratio(share(b.lead, a.all).square, b.lead.square)) / 2
	s.duos = math.Sqrt(share(a.duos, b.duos).cosine(a.duos, b.duos))
	return s
}
