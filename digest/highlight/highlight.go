// Package highlight quotes articles: two or three sentences that tell a story,
// each standing word for word in one of its reports, and the facts that they
// name, each with the sentence it was read in. It rewrites nothing, so that a
// highlight cannot say what no source said. What an outlet says under every
// headline is never quoted; see [Refrains].
//
// It leaves to others which articles make a story (digest/story), which stories
// are told (digest/edition), and how a quotation looks (digest/render).
//
// To add one: names (companies, places, projects, policy instruments) are lines
// of names/*.tsv; units and the words of numbers are in words/units.tsv; words that
// tell nothing in words/stop.txt, and those that say what somebody did next, which
// is always news, in words/acts.txt.
package highlight

import (
	"slices"
	"strings"

	"reedaily/digest"
)

// Settings are the picker's few knobs; [Defaults] has the measured ones.
type Settings struct {
	Max int // highlights a story, at most
}

// Defaults are the settings that the figures in the tests are measured with.
func Defaults() Settings { return Settings{Max: 3} }

// maxReports bounds how many reports of one story are read: the first ones are
// the lead's and the weightiest outlets'.
const maxReports = 12

// How much of one report is read: bytes, sentences after which no paragraph is
// begun, and the bytes from which on a text without a stop is no sentence.
const (
	maxText      = 64 << 10
	maxSentences = 1000
	maxSentence  = 6 << 10
)

// Picker chooses highlights. It keeps nothing between calls and may be used by
// several goroutines.
type Picker struct {
	s        Settings
	stop     stopWords
	again    map[string]map[string]bool // by language
	common   map[string]bool
	acts     acts
	names    *gazetteer
	refrains *Refrains
}

// New makes a picker. Lists of names that have a mistake know no names to it:
// [NewFinder] says what is wrong with them.
func New(s Settings) *Picker {
	names, err := readGazetteer()
	if err != nil {
		names = &gazetteer{}
	}
	return &Picker{s: s, stop: readStopWords(), again: readAgain(), common: readCommon(), acts: readActs(), names: names}
}

// Without is the picker that quotes no refrain.
func (p *Picker) Without(r *Refrains) *Picker {
	without := *p
	without.refrains = r
	return &without
}

// Pick quotes the reports of one story, given lead article first: at most
// Settings.Max sentences, none that merely repeats a title or another one. The
// publisher's own highlights come first; nil where there are only titles.
// Reports in another language than the lead's are quoted only where there is
// nothing to quote in that one. Of a story with a thread only what is new is
// quoted: see [Picker.News].
func (p *Picker) Pick(articles []digest.Article, told digest.Thread) []digest.Highlight {
	readable := slices.DeleteFunc(slices.Clone(articles), func(a digest.Article) bool { return !sameLanguage(a, articles[0]) })
	if picked := p.pick(readable, told); len(picked) > 0 || len(readable) == len(articles) {
		return picked
	}
	return p.pick(articles, told)
}

// sameLanguage says whether who reads one article can read the other. Where a
// language is not known, it goes by the script.
func sameLanguage(a, b digest.Article) bool {
	if a.Lang != "" && b.Lang != "" {
		return base(a.Lang) == base(b.Lang)
	}
	return script(a.Title) == script(b.Title)
}

func (p *Picker) pick(articles []digest.Article, told digest.Thread) []digest.Highlight {
	articles = articles[:min(len(articles), maxReports)]
	r, m := newReports(p.stop), p.memory(told)
	for i, a := range articles {
		r.headline(headline(a), a.Lang)
		blocks := article(a)
		m.begin(a, blocks)
		for _, s := range blocks.all {
			r.hear(s, a.Lang)
		}
		old, at := p.refrains.of(a, articles), 0
		for _, q := range blocks.quotable {
			if old.has(q.said) || m.repeats(q.text, a) {
				continue
			}
			q.at = at
			at++
			r.add(q, i, a.Lang, m.worth(q.text, a))
		}
	}
	said := map[int]bool{}
	picked := p.publishers(articles, r, m, said)
	for _, c := range r.choose(p.s.Max-len(picked), said) {
		picked = append(picked, digest.Highlight{
			Text: c.text, Source: articles[c.article].Source, ArticleID: articles[c.article].ID,
		})
	}
	return picked
}

// publishers are the bullets that outlets themselves wrote, word for word.
func (p *Picker) publishers(articles []digest.Article, r *reports, m *memory, said map[int]bool) []digest.Highlight {
	var picked []digest.Highlight
	for _, a := range articles {
		if len(a.Highlights) == 0 {
			continue
		}
		old := p.refrains.of(a, articles)
		m.begin(a, article(a))
		for _, text := range a.Highlights {
			text = bullet(text)
			words, _, _, _ := r.read(text, a.Lang)
			c := candidate{words: unique(words)}
			if len(picked) >= p.s.Max || len(words) < 3 || len(text) > 4*maxRunes || old.has(text) || r.repeats(&c, said) || m.repeats(text, a) {
				continue
			}
			for _, w := range words {
				said[w] = true
			}
			picked = append(picked, digest.Highlight{Text: text, Source: a.Source, ArticleID: a.ID, Publisher: true})
		}
	}
	return picked
}

// bullet is an outlet's own highlight without the sign before it.
func bullet(text string) string { return strings.TrimLeft(fold(text), bullets) }
