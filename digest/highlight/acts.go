package highlight

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed words/acts.txt
var actLists string

// acts has the words of headlines that say what somebody did next.
type acts struct {
	words map[string]map[string][]string // by language and word, stem or two stems: acts
	wide  []actWord                      // in scripts without spaces
	turns map[string]bool                // acts that turn back what was told
}

// actWord is a piece of text that means an act.
type actWord struct{ text, act string }

func readActs() acts {
	a := acts{words: map[string]map[string][]string{}, turns: map[string]bool{}}
	for line := range strings.Lines(actLists) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		lang, act := f[0], strings.TrimSuffix(f[1], "!")
		if act != f[1] {
			a.turns[act] = true
		}
		if a.words[lang] == nil {
			a.words[lang] = map[string][]string{}
		}
		for _, w := range f[2:] {
			if len(tokens(w)) > 0 && wide([]rune(w)[0]) {
				a.wide = append(a.wide, actWord{w, act})
				continue
			}
			a.words[lang][actKey(w, lang)] = append(a.words[lang][actKey(w, lang)], act)
		}
	}
	a.words[""] = a.words["en"]
	return a
}

// actKey is how a word of the list is looked up.
func actKey(w, lang string) string {
	if strings.HasPrefix(w, "=") {
		return w
	}
	parts := strings.Split(w, "_")
	for i, p := range parts {
		parts[i] = stem(p, lang)
	}
	return strings.Join(parts, "_")
}

// deed is what a sentence says was done.
type deed struct {
	text string   // as it is written
	acts []string // what it may mean; what was not done has a name of its own
	turn bool     // it turns back what was told; a "not" may, and counts as an act
}

// negations are the words that turn a sentence round.
var negations = map[string]map[string]bool{
	"en": set("not never cannot"), "": set("not never cannot"), "de": set("nicht kein keine keinen nie"), "fr": set("pas jamais"),
	"es": set("no nunca"), "pt": set("não nunca"), "ru": set("не никогда"),
}

// silent is what outlets write under every report: "did not respond", "could not
// immediately be reached", "not only".
var silent = set(`respond repli comment immedi return disclos specifi say said identifi name elabor answer provid give given
	only know known yet necessarili reach detail reveal clear avail confirm verifi mention alway possibl respons`)

// read finds what a sentence says was done, by its words in order.
func (a acts) read(s string, toks []string, lang string, stop map[string]bool) []deed {
	var out []deed
	list, last := a.words[base(lang)], ""
	for i, t := range toks {
		low := strings.ToLower(t)
		root := stem(low, lang)
		found := slices.Concat(list["="+low], list[root])
		text := t
		if two := list[last+"_"+root]; last != "" && two != nil {
			found, text = append(found, two...), toks[i-1]+" "+t
		}
		if len(found) > 0 {
			out = append(out, deed{text, found, slices.ContainsFunc(found, func(act string) bool { return a.turns[act] })})
		}
		if what, n := negated(toks, i, lang, stop); n > 0 {
			text := strings.Join(toks[i:i+n], " ")
			if low == "t" {
				text = toks[i-1] + "'" + text
			}
			out = append(out, deed{text, []string{"not " + what}, false})
		}
		last = root
	}
	for _, w := range a.wide {
		if strings.Contains(s, w.text) {
			out = append(out, deed{w.text, []string{w.act}, a.turns[w.act]})
		}
	}
	return out
}

// negated says what the negation at toks[i] turns round, as a stem, and how many
// words that takes; 0 where there is none or where it says nothing.
func negated(toks []string, i int, lang string, stop map[string]bool) (what string, n int) {
	low := strings.ToLower(toks[i])
	short := base(lang) == "en" || lang == ""
	if !negations[base(lang)][low] && !(short && low == "t" && i > 0 && strings.HasSuffix(toks[i-1], "n")) {
		return "", 0
	}
	for j := i + 1; j < len(toks) && j < i+4; j++ {
		next := strings.ToLower(toks[j])
		root := stem(next, lang)
		switch {
		case silent[root] || silent[next]:
			return "", 0
		case !stop[next] && len(next) > 1:
			return root, j + 1 - i
		}
	}
	return "", 0
}
