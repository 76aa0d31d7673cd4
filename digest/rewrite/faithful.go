package rewrite

// faithful says whether what is left out changes what is said.
func (a *alignment) faithful() error {
	kept := make([]bool, len(a.src))
	for _, k := range a.to {
		kept[k] = true
	}
	for _, test := range []func([]bool) error{a.keepers, a.namesWhole, a.subjects, a.interior, a.numbers} {
		if err := test(kept); err != nil {
			return err
		}
	}
	return a.counted()
}

// keepers are the words without which something else is not said.
func (a *alignment) keepers(kept []bool) error {
	for p, s := range a.src {
		if kept[p] {
			if s.has(isTop) && a.dropped(kept, p+1, s.segment) {
				return refuse("what bounds %s was left out", describe(s))
			}
			continue
		}
		if s.has(keepsAll) || s.has(keeps) && a.reaches(kept, p) || s.has(bounds) && a.anyBefore(kept, p) ||
			s.has(keepsNext) && p+1 < len(a.src) && kept[p+1] && a.src[p+1].attached {
			return refuse("%s was left out", describe(s))
		}
	}
	return nil
}

// dropped says whether an item from p on in the segment was left out.
func (a *alignment) dropped(kept []bool, p, segment int) bool {
	for ; p < len(a.src) && a.src[p].segment == segment; p++ {
		if !kept[p] && !a.src[p].has(isSuffix) {
			return true
		}
	}
	return false
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

// subjects wants the first word of every part of which something is kept: what
// rose must not be taken from another part. A part that begins with "which"
// speaks of the word before it.
func (a *alignment) subjects(kept []bool) error {
	for p := 0; p < len(a.src); {
		q := p
		for q < len(a.src) && a.src[q].segment == a.src[p].segment {
			q++
		}
		some := false
		for k := p; k < q; k++ {
			some = some || kept[k]
		}
		for k := p; some && k < q; k++ {
			s := a.src[k]
			if kept[k] {
				break
			}
			if s.kind != dateItem && !s.has(isRole) {
				return refuse("%s was left out, and what follows it was not", describe(s))
			}
		}
		if some && a.src[p].relative && p > 0 && !kept[p-1] {
			return refuse("%s was left out, and what is said of it was not", describe(a.src[p-1]))
		}
		p = q
	}
	return nil
}

// interior wants that inside a part only plain words are left out; from its end
// on anything may be.
func (a *alignment) interior(kept []bool) error {
	last := map[int]int{} // of each segment, the last that is kept
	for k := range a.src {
		if kept[k] {
			last[a.src[k].segment] = k
		}
	}
	for k, s := range a.src {
		end, some := last[s.segment]
		if kept[k] || !some || k > end || s.has(isRole) || s.has(isSuffix) {
			continue
		}
		if s.kind == dateItem && s.prep != "" && !special(s.prep) {
			continue
		}
		if s.hard() && !s.has(keepsNext) || s.prep != "" || s.kind == numberItem {
			return refuse("%s was left out of the middle", describe(s))
		}
	}
	return nil
}

// numbers wants what a share is of: 5% of sales is not 5%.
func (a *alignment) numbers(kept []bool) error {
	for k, s := range a.src {
		if !kept[k] || s.kind != numberItem || k+1 >= len(a.src) {
			continue
		}
		of := a.src[k+1]
		if !kept[k+1] && of.segment == s.segment && of.of && of.kind != dateItem {
			return refuse("what %s is of was left out", describe(s))
		}
	}
	return nil
}

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
				if s := a.src[between]; special(s.prep) || s.kind == numberItem || s.prep == loose && !s.of {
					return refuse("%s counts something else", describe(o))
				}
			}
		}
	}
	return nil
}
