package story

import (
	"strings"
	"unicode/utf8"

	"reedaily/digest"
	"reedaily/digest/story/words"
)

// reasons words a place for people: how close to what, and by which words.
func (g *Grouper) reasons(a digest.Article, p *profile, place digest.Place) []digest.Reason {
	slot, ok := g.window.at[place.Nearest]
	if !ok {
		return nil
	}
	near := g.window.slots[slot]
	v := g.set.compare(p, near)
	if v.across || v.spoken > 0 && v.spoken >= v.byWords(p, near, g.set.Story) {
		return []digest.Reason{across(p, near, place.Score)}
	}
	s := compareProfiles(p, near)
	signal := func(name string, weight float64) digest.Reason { return digest.Reason{Signal: name, Weight: weight} }
	out := []digest.Reason{{Signal: "title in the other", Words: g.shared(a, p, near), Where: "title", Weight: s.below}}
	if s.texts > 0 {
		out = append(out, signal("texts", s.texts), signal("same words in a row", s.runs))
	}
	if s.amount > 0 {
		out = append(out, signal("same sum", 1))
	}
	return out
}

// across words why two reports are one event that have hardly a word in common: "the
// same in Korean: Japan, subsidy, recycle".
func across(p, near *profile, close float64) digest.Reason {
	var said []string
	for _, c := range agreement(p, near).shared {
		said = append(said, c.Name)
	}
	signal := "the same in another language"
	switch name := words.TongueName(near.tongue); {
	case p.tongue == near.tongue:
		signal = "the same in other words"
	case name != "":
		signal = "the same in " + name
	}
	if sharedFigure(p, near) {
		said = append(said, "the same figures")
	}
	return digest.Reason{Signal: signal, Words: strings.Join(said, ", "), Weight: close}
}

// shared is the words of an article's title that stand in another, as the
// article has them and in its order, without those that say nothing.
func (g *Grouper) shared(a digest.Article, p, near *profile) string {
	lang := language(a)
	var found []string
	before := ""
	for _, t := range words.Tokens(withoutOutlet(strings.TrimSpace(a.Title), a.Source)) {
		w := g.words.Look(t, lang)
		x := step{id: w.ID, weight: float64(w.Weight), joined: t.Joined}
		if w.Topic || t.Number != words.NotNumber || !x.says() || !near.all.has(w.ID) {
			before = ""
			continue
		}
		if last := len(found) - 1; t.Joined && before != "" && overlap(before, t.Word) {
			_, size := utf8.DecodeRuneInString(t.Word)
			found[last] += t.Word[size:]
		} else {
			found = append(found, t.Word)
		}
		before = t.Word
	}
	return strings.Join(found, ", ")
}
