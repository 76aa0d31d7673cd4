package story

import "math"

// verdict is what was found out about two articles.
type verdict struct {
	close   float64 // how likely they tell one event, 0 … 1
	copy    bool    // the same words
	across  bool    // of two languages, which share figures and concepts at most
	spoken  float64 // how close their concepts make two of one language
	head    float64 // how much of one title stands in the other article
	besides float64 // how much the titles share besides their subject
	top     float64 // how much of the tops is the same, besides the subject
}

// compare judges two profiles; the order does not matter.
func (s Settings) compare(a, b *profile) verdict {
	// One order, as two words may say as much and sums of floats depend on theirs.
	if before(b, a) < 0 {
		a, b = b, a
	}
	if a.canonical != "" && a.canonical == b.canonical {
		return verdict{close: 1, copy: true}
	}
	if anotherOfRow(a, b) {
		return verdict{}
	}
	if a.tongue != b.tongue || a.spaceless != b.spaceless {
		if close := acrossLanguages(a, b); close > 0 || a.spaceless != b.spaceless {
			return verdict{close: close, across: true}
		}
	}
	sig := compareProfiles(a, b)
	switch {
	case s.copied(a, b, sig):
		return verdict{close: 1, copy: true}
	case nextOfRow(a, b, sig):
		return verdict{}
	}
	subject := subjectOf(a.steps, b.steps)
	v := verdict{close: closeness(questionOf(a, b), sig), head: sig.below, besides: besides(a.steps, b.steps, subject)}
	if min(a.text, b.text) < shortText && elsewhereTold(a, b) {
		v.close = 0
	} else if a.spaceless {
		v.spoken = byConcepts(a, b)
		v.close = max(v.close, v.spoken)
	}
	if min(a.text, b.text) > 0 {
		v.top = topBesides(a, b, subject)
	}
	return v
}

// question is which of the three comparisons two articles allow.
type question int

const (
	ofTitles     question = iota // one has no text to speak of
	ofTexts                      // both have, but not both a date
	ofDatedTexts                 // both have both
)

func questionOf(a, b *profile) question {
	switch {
	case min(a.text, b.text) < shortText:
		return ofTitles
	case a.at.IsZero() || b.at.IsZero():
		return ofTexts
	}
	return ofDatedTexts
}

// enough is how close two articles must be to tell one event when they are all
// that is known: what divided the labelled pairs of each kind best. What joins a
// story is another question, as there several articles speak for it.
func (q question) enough() float64 {
	switch q {
	case ofTexts:
		return 0.34
	case ofDatedTexts:
		return 0.25
	}
	return 0.28
}

// Grounds for joining dated reports.
const (
	// even is from where two reports with texts are one event rather than two.
	even = 0.45
	// topWith is how much of their tops must be the same besides the subject,
	// topAlone the same where their titles share nothing but that.
	topWith, topAlone = 0.35, 0.6
	// evenHead and oneHead hold where only one of them has a text: how close they
	// must be, and how much of one's title must stand in the other article.
	evenHead, oneHead = 0.65, 0.5
)

// joining is the closeness that decides whether articles are put into one story.
//
// The reports of one morning on one topic share its places, substances and
// measures, whatever they report, those of one company its name, and those of
// one outlet its standing phrases. Two dated reports join only on grounds
// besides their subject: in the titles, and where they have texts, at their
// tops. Undated texts are not a morning's: there the closeness stands.
//
// Where words hardly meet, what they stand for may say enough.
func (v verdict) joining(a, b *profile, least float64) float64 {
	return max(v.spoken, v.byWords(a, b, least))
}

// byWords is that closeness as far as words tell.
func (v verdict) byWords(a, b *profile, least float64) float64 {
	if v.copy || v.across || a.at.IsZero() || b.at.IsZero() {
		return v.close
	}
	enough, grounds := even, false
	switch {
	case a.text+b.text == 0:
		enough, grounds = least, v.besides > 0
	case min(a.text, b.text) == 0:
		enough, grounds = evenHead, v.besides > 0 && v.head >= oneHead
	case v.besides > 0:
		grounds = v.top >= topWith
	default:
		grounds = v.top >= topAlone
	}
	if !grounds || v.close < enough {
		return min(v.close, enough) * least / enough * 0.9
	}
	return least + (v.close-enough)*(1-least)/(1-enough)
}

// closeness is how likely two articles tell one event: a logistic model over
// the signals, one for titles and two for texts.
//
// The weights were fitted on the shared labelled data (headlines about rare
// earths, pairs of business news, texts on confusable events, pairs judged by
// readers), so that each kind counts about the same, and frozen; what they give
// on parts that were left out of the fitting stands above the test that prints
// the figures. Texts with dates have weights of their own because news of one
// company within three days is alike in all but the event.
func closeness(q question, s signals) float64 {
	switch q {
	case ofTexts:
		return logistic(textScore(s))
	case ofDatedTexts:
		return logistic(datedScore(s))
	}
	return logistic(titleScore(s))
}

func titleScore(s signals) float64 {
	return -2.34 - 1.96*s.gap + 2.71*s.amount + 6.11*s.below - 2.79*s.pairs +
		0.72*s.gap*s.held - 2.51*s.rareSum + 1.57*s.rare
}

func textScore(s signals) float64 {
	return -4.99 - 0.18*s.gap + 1.80*math.Sqrt(s.texts) + 0.64*s.texts + 0.79*s.figures -
		0.22*math.Sqrt(s.pairs) + 1.62*s.belowBy + 1.92*s.names + 0.35*s.heads + 2.94*s.heavy -
		1.32*s.runs*(1-s.figures) + 1.50*s.opening - 0.91*s.duos
}

func datedScore(s signals) float64 {
	return -5.20 - 0.47*s.gap + 1.73*math.Sqrt(s.texts) - 0.78*s.texts + 0.35*s.figures +
		1.00*math.Sqrt(s.pairs) + 1.28*s.belowBy + 0.09*s.names - 2.48*s.heads + 3.64*s.heavy -
		3.96*s.runs*(1-s.figures) + 2.27*s.opening - 2.88*s.duos + 2.41*math.Sqrt(s.names) +
		2.33*s.held
}

// likeness is how alike two articles are to a reader, whatever the event: for
// texts a linear model, fitted on pairs that people judged.
func likeness(q question, s signals) float64 {
	if q == ofTitles {
		return logistic(titleScore(s))
	}
	return min(1, max(0, -0.07+0.44*s.heavy+0.46*s.belowBy+0.47*math.Sqrt(s.texts)-0.65*s.runs+0.01*s.figures))
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
