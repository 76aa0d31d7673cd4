// Package relevance says whether an article is about the newsletter's topic,
// and why, in words that stand in the article.
//
// It is arithmetic over lexicons: no network, no model, the same article gives
// the same judgement. It leaves to others what the text of a page is (collect)
// and which articles tell the same event (story).
//
// # How it judges
//
// Each term of a lexicon that is found adds its weight, in points. In the title
// it counts once, the topic's own words for somewhat more than they weigh. In
// summary and text it counts how often the topic comes up for the length: a
// long article that names it once is about something else. Words of context
// support others and are never enough alone; traps take points away. The score
// is 1 − ½^points: one point is .5, and each further point halves the doubt. At
// Settings.Threshold an article is core, and told; from Settings.Partly on it
// touches the topic.
//
// # Another topic
//
// Another topic is another folder of lexicons: *.tsv files with term, weight,
// kind and note between tabs, one file a language. A term stands for whole
// words in any case and width; * at its end takes any ending, = before it only
// this very spelling; a longer term hides the shorter ones within. The kinds:
//
//	core     names the topic
//	element  a part of the topic that has its own name
//	name     a company, project or place known for it
//	context  supports other words; like core and element, it tells no event from another
//	trap     the same words about something else
//	limit    about the topic, and no news (market reports, stock tips): at most partly,
//	         where 0.2 of them stand in the title, or 0.4 in the text (0.8 if the title
//	         names the topic: news has such words in passing); 0.1 is for words that
//	         news has in titles too, 0.4 for those of no news at all
//	ignore   hides the shorter terms within, and says nothing
//
// To add a language: a file in lexicon/rareearth and a row in the table of
// TestLanguages.
package relevance

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"reedaily/digest"
)

// Settings are the few knobs of the judge.
type Settings struct {
	// Topic is the built-in folder of lexicons.
	Topic string
	// Dir is a folder of *.tsv files used instead; empty for the built-in one.
	Dir string
	// Threshold is the score (0 … 1) from which an article is told.
	Threshold float64
	// Partly is the score from which an article touches the topic; never more
	// than Threshold.
	Partly float64
}

// Defaults are the settings that an installation starts with.
func Defaults() Settings {
	return Settings{Topic: "rareearth", Threshold: 0.5, Partly: 0.3}
}

// Judge judges articles. It is safe for concurrent use.
type Judge struct {
	set   Settings
	terms []term
	find  *automaton
	ruler string
	desks sync.Pool // of *desk
}

// New reads the lexicons; the error lists all their mistakes.
func New(s Settings) (*Judge, error) {
	for _, v := range []float64{s.Threshold, s.Partly} {
		if !(v > 0 && v <= 1) {
			return nil, &digest.InputError{What: "relevance threshold", Got: fmt.Sprint(v), Want: "more than 0 and at most 1"}
		}
	}
	s.Partly = min(s.Partly, s.Threshold)
	dir, err := lexicons(s)
	if err != nil {
		return nil, err
	}
	terms, err := readLexicons(dir)
	if err != nil {
		return nil, err
	}
	j := &Judge{set: s, terms: terms, find: newAutomaton(terms), ruler: ruler(s, terms)}
	j.desks.New = func() any { return &desk{} }
	return j, nil
}

// rulesVersion changes with the arithmetic below, so that articles are judged anew.
const rulesVersion = 2

// ruler names lexicons and settings by a hash of what they say.
func ruler(s Settings, terms []term) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %g %g\n", rulesVersion, s.Threshold, s.Partly)
	for _, t := range terms {
		fmt.Fprintf(h, "%s\t%t\t%s\t%g\t%s\n", string(t.folded), t.prefix, t.exact, t.weight, t.kind)
	}
	name := s.Topic
	if s.Dir != "" {
		name = "own"
	}
	return name + "-" + hex.EncodeToString(h.Sum(nil)[:6])
}

// TopicWords are the words that articles on the topic have in common: those that
// name it, and besides them its parts and what supports it. Names of companies
// and places are not among them, for these tell one event from another.
func (j *Judge) TopicWords() (name, others []string) {
	for _, t := range j.terms {
		switch t.kind {
		case kindCore:
			name = append(name, string(t.folded))
		case kindElement, kindContext:
			others = append(others, string(t.folded))
		}
	}
	return name, others
}

// Ruler names the lexicons and settings that judge.
func (j *Judge) Ruler() string { return j.ruler }

// maxReasons is how many reasons a judgement keeps, the weightiest.
const maxReasons = 12

// Judge judges one article of one feed. At is left to the caller.
func (j *Judge) Judge(a digest.Article, f digest.Feed) digest.Judgement {
	d := j.desks.Get().(*desk)
	defer j.desks.Put(d)
	d.reset()
	points, limited := j.weigh(d, a, f)
	out := digest.Judgement{ArticleID: a.ID, Version: a.Version, Ruler: j.ruler, Score: score(points)}
	if limited && out.Score >= j.set.Threshold {
		out.Score = round((j.set.Threshold + j.set.Partly) / 2)
	}
	switch {
	case out.Score >= j.set.Threshold:
		out.Relevant, out.Grade = true, digest.GradeCore
	case out.Score >= j.set.Partly:
		out.Grade = digest.GradePartly
	default:
		out.Grade = digest.GradeNo
	}
	slices.SortStableFunc(d.reasons, func(a, b digest.Reason) int {
		return cmp.Compare(abs(b.Weight), abs(a.Weight))
	})
	out.Reasons = slices.Clone(d.reasons[:min(len(d.reasons), maxReasons)])
	return out
}
