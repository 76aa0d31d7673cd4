package highlight

import (
	"hash/fnv"
	"strings"

	"reedaily/digest"
)

// A refrain is a sentence that an outlet says under different headlines: an
// invitation to its newsletter, what it or a company says about itself, where
// an article first stood. Whatever its words, it is no news.
//
// One other report that has the sentence is enough, unless most of the article
// stands there too: that may be a second version of the same report. Several
// such reports are no versions any more, but a form that is filled in.
const (
	sameReport = 0.5
	aForm      = 3
)

// Refrains knows what each outlet wrote lately. It may be used by several
// goroutines; a nil one knows no refrain.
type Refrains struct {
	reports map[string][]report // by outlet
}

// report is one article of an outlet.
type report struct {
	id, title string
	says      map[uint64]bool
}

// NewRefrains reads what outlets wrote lately, whatever it is about; of
// several articles under one headline the first.
func NewRefrains(lately []digest.Article) *Refrains {
	r := &Refrains{reports: map[string][]report{}}
	seen := map[[2]string]bool{}
	for _, a := range lately {
		key := [2]string{outlet(a), titleOf(a)}
		if seen[key] {
			continue
		}
		seen[key] = true
		says := map[uint64]bool{}
		for _, s := range sayings(a) {
			says[s] = true
		}
		r.reports[key[0]] = append(r.reports[key[0]], report{a.ID, key[1], says})
	}
	return r
}

// of finds an article's refrains: what its outlet also says in other reports.
// Reports of the same story are not asked: they may well say the same.
func (r *Refrains) of(a digest.Article, story []digest.Article) stale {
	if r == nil || len(r.reports[outlet(a)]) == 0 {
		return nil
	}
	own := map[string]bool{titleOf(a): true}
	for _, b := range story {
		own[b.ID], own[titleOf(b)] = true, true
	}
	prints := sayings(a)
	found := stale{}
	forms := map[uint64]int{}
	for _, b := range r.reports[outlet(a)] {
		if own[b.id] || own[b.title] {
			continue
		}
		var both []uint64
		for _, s := range prints {
			if b.says[s] {
				both = append(both, s)
			}
		}
		version := float64(len(both)) > sameReport*float64(len(prints))
		for _, s := range both {
			if forms[s]++; !version || forms[s] >= aForm {
				found[s] = true
			}
		}
	}
	return found
}

// stale are the refrains of one article.
type stale map[uint64]bool

func (s stale) has(sentence string) bool { return len(s) > 0 && s[printOf(sentence)] }

// sayings are the prints of the different sentences of an article and of the
// bullets above it.
func sayings(a digest.Article) []uint64 {
	var out []uint64
	seen := map[uint64]bool{}
	add := func(s string) {
		if p := printOf(s); !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	for _, s := range heard(a).said {
		add(s)
	}
	for _, s := range a.Highlights {
		add(bullet(s))
	}
	return out
}

func printOf(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64()
}

func outlet(a digest.Article) string { return strings.ToLower(fold(a.Source)) }

func titleOf(a digest.Article) string { return strings.ToLower(fold(a.Title)) }
