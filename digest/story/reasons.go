package story

import "reedaily/digest"

// reasons words a place for people: how close to what.
func (g *Grouper) reasons(p *profile, place digest.Place) []digest.Reason {
	slot, ok := g.window.at[place.Nearest]
	if !ok {
		return nil
	}
	s := compareProfiles(p, g.window.slots[slot])
	signal := func(name string, weight float64) digest.Reason { return digest.Reason{Signal: name, Weight: weight} }
	out := []digest.Reason{signal("title in the other", s.below)}
	if s.texts > 0 {
		out = append(out, signal("texts", s.texts), signal("same words in a row", s.runs))
	}
	if s.amount > 0 {
		out = append(out, signal("same sum", 1))
	}
	return out
}
