package check

import "strings"

// faithful says whether what is left out changes what is said.
func (a *alignment) faithful() error {
	kept := make([]bool, len(a.src))
	for _, k := range a.to {
		kept[k] = true
	}
	for _, test := range []func([]bool) error{a.partsWhole, a.keepers, a.namesWhole} {
		if err := test(kept); err != nil {
			return err
		}
	}
	return a.counted()
}

// partsWhole wants every part of the sentence, between commas and words such as
// "and", "which" or "after", whole or not at all; only dates, adjectives and
// adverbs may go. So nothing is said of another subject, object or quantity
// than in the source. A part that begins with "which" speaks of the word before it.
func (a *alignment) partsWhole(kept []bool) error {
	some := map[int]bool{} // segments of which something is kept
	for k, s := range a.src {
		some[s.segment] = some[s.segment] || kept[k]
	}
	for k, s := range a.src {
		if kept[k] && s.relative && k > 0 && !a.src[k-1].relative && !kept[k-1] {
			return refuse("%s was left out, and what is said of it was not", describe(a.src[k-1]))
		}
		if kept[k] && s.joined && k > 0 && s.segment != a.src[k-1].segment && !kept[k-1] {
			return refuse("%s was left out, and what it is joined to was not", describe(a.src[k-1]))
		}
		if !kept[k] && some[s.segment] && !a.mayGo(kept, k) {
			return refuse("%s was left out", describe(s))
		}
	}
	return nil
}

// mayGo says whether a word may be left out of a part that is kept: a date, the
// "Ltd" of a name, an adverb, or what only describes the word behind it.
func (a *alignment) mayGo(kept []bool, k int) bool {
	s := a.src[k]
	if s.kind == dateItem && !special(s.prep) || s.has(isSuffix) || adverb(s) && spare(s) {
		return true
	}
	behind := k+1 < len(a.src) && a.src[k+1].attached && a.src[k+1].prep == ""
	if !behind || !kept[k+1] && !a.mayGo(kept, k+1) {
		return false
	}
	return spare(s) || s.has(isRole) && a.src[k+1].kind == nameItem
}

// keepers are the words without which something else is not said.
func (a *alignment) keepers(kept []bool) error {
	for p, s := range a.src {
		if kept[p] {
			continue
		}
		if s.has(keepsAll) || s.has(keeps) && a.reaches(kept, p) || s.has(bounds) && a.anyBefore(kept, p) ||
			s.has(keepsNext) && p+1 < len(a.src) && kept[p+1] && a.src[p+1].attached {
			return refuse("%s was left out", describe(s))
		}
	}
	return nil
}

// reaches says whether something is kept that "not" or "may" at p is about: all
// behind it in its clause, or everything where nothing is.
func (a *alignment) reaches(kept []bool, p int) bool {
	behind := 0
	for q := p + 1; q < len(a.src) && a.src[q].clause == a.src[p].clause; q++ {
		if kept[q] {
			return true
		}
		behind++
	}
	return behind == 0
}

func (a *alignment) anyBefore(kept []bool, p int) bool {
	for q := p - 1; q >= 0 && a.src[q].clause == a.src[p].clause; q-- {
		if kept[q] {
			return true
		}
	}
	return false
}

// namesWhole wants names of several words whole and together: New Mexico is not
// Mexico. "Ltd" may go.
func (a *alignment) namesWhole(kept []bool) error {
	at := make([]int, len(a.src)) // where in out
	for i, k := range a.to {
		at[k] = i
	}
	for p := 0; p < len(a.src); p++ {
		q := p
		for q+1 < len(a.src) && a.src[q+1].run > 0 && a.src[q+1].run == a.src[p].run {
			q++
		}
		last := -1
		some, missing := false, false
		for k := p; k <= q && q > p; k++ {
			if !kept[k] {
				missing = missing || !a.src[k].has(isSuffix)
				continue
			}
			if some && at[k] != last+1 {
				return refuse("the name %s is broken up", describe(a.src[p]))
			}
			some, last = true, at[k]
		}
		if some && missing {
			return refuse("a part of the name %s was left out", describe(a.src[p]))
		}
		p = q
	}
	for i := 1; i < len(a.out); i++ {
		if o := a.out[i]; o.run > 0 && o.run == a.out[i-1].run && a.src[a.to[i]].run != a.src[a.to[i-1]].run {
			return refuse("%s and %s are two names", describe(a.out[i-1]), describe(o))
		}
	}
	return nil
}

// spare says whether a word adds a shade only: one of the list, for most words
// on -ly, -ous and -ful turn the sense (nominally, fictitious, doubtful).
func spare(it item) bool {
	if it.has(keeps|keepsNext|moves|isTop|bounds|says) || it.kind != wordItem {
		return false
	}
	return it.has(isSpare)
}

// adverb says whether a spare word ends as adverbs do, so that it belongs to no
// word behind it.
func adverb(it item) bool { return strings.HasSuffix(it.fold, "ly") }

// counted wants a bare number before the same word in both sentences: 300
// workers in 20 plants are not 20 workers.
func (a *alignment) counted() error {
	for i, o := range a.out {
		if !counts(o) || i+1 >= len(a.out) {
			continue
		}
		k := a.to[i]
		if next := a.out[i+1]; next.attached && next.prep == "" && next.kind != numberItem {
			at := a.to[i+1]
			if at < k || at > k+4 || a.src[at].segment != a.src[k].segment {
				return refuse("%s counts something else", describe(o))
			}
			for between := k + 1; between <= at; between++ {
				if s := a.src[between]; special(s.prep) || s.kind == numberItem || s.prep == loose && s.loose != "loose_of" {
					return refuse("%s counts something else", describe(o))
				}
			}
		}
	}
	return nil
}
