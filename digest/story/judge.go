package story

import "math"

// verdict is what was found out about two articles.
type verdict struct {
	close float64 // how likely they tell one event, 0 … 1
	copy  bool    // the same words
}

// compare judges two profiles; the order does not matter.
func (s Settings) compare(a, b *profile) verdict {
	if a.canonical != "" && a.canonical == b.canonical {
		return verdict{close: 1, copy: true}
	}
	sig := compareProfiles(a, b)
	v := verdict{close: closeness(a, b, sig)}
	if s.copied(a, b, sig) {
		v = verdict{close: 1, copy: true}
	}
	return v
}

// closeness is how likely two articles tell one event: a logistic model over
// the signals, one for titles and two for texts.
//
// The weights were fitted on the shared labelled data (headlines about rare
// earths, pairs of business news, texts on confusable events, pairs judged by
// readers), so that each kind counts about the same, and frozen; what they give
// on parts that were left out of the fitting stands in the test that prints the
// figures. Texts with dates have weights of their own because news of one
// company within three days is alike in all but the event.
func closeness(a, b *profile, s signals) float64 {
	texts := a.text >= shortText && b.text >= shortText
	switch {
	case !texts:
		return logistic(titleScore(s))
	case a.at.IsZero() || b.at.IsZero():
		return logistic(textScore(s))
	}
	return logistic(datedScore(s))
}

func titleScore(s signals) float64 {
	return -2.25 - 1.95*s.gap + 2.84*s.amount + 6.42*s.below - 3.39*s.pairs +
		0.78*s.gap*s.held - 1.88*s.rareSum + 1.57*s.rare
}

func textScore(s signals) float64 {
	return -5.03 - 0.13*s.gap + 1.82*math.Sqrt(s.texts) + 0.73*s.texts + 0.95*s.figures -
		0.23*math.Sqrt(s.pairs) + 1.57*s.belowBy + 2.51*s.names + 0.46*s.heads + 2.78*s.heavy -
		0.98*s.runs*(1-s.figures) + 1.41*s.opening - 1.03*s.duos
}

func datedScore(s signals) float64 {
	return -5.09 - 0.39*s.gap + 2.60*math.Sqrt(s.texts) - 0.46*s.texts + 0.63*s.figures +
		1.13*math.Sqrt(s.pairs) + 1.96*s.belowBy + 3.16*s.names - 0.63*s.heads + 3.90*s.heavy -
		3.67*s.runs*(1-s.figures) + 2.10*s.opening - 5.50*s.duos
}

// likeness is how alike two texts are to a reader, whatever the event: a linear
// model, fitted on pairs that people judged.
func likeness(a, b *profile, s signals) float64 {
	if min(a.text, b.text) < shortText {
		return logistic(titleScore(s))
	}
	return min(1, max(0, -0.08+0.58*s.heavy+0.33*s.belowBy+0.50*math.Sqrt(s.texts)-0.72*s.runs+0.02*s.figures))
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
