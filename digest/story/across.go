package story

import (
	"time"

	"reedaily/digest/story/words"
)

// Reports in two languages have hardly a word in common, but figures are spelled
// alike, and names often are.

const (
	// acrossGap is how far apart such reports may be: figures come back.
	acrossGap = 4 * 24 * time.Hour
	// acrossGround is what the figures and names at their tops must say together.
	acrossGround = 8
	// acrossClose is how close that makes them.
	acrossClose = 0.8
)

// acrossLanguages is how close two articles of different languages are: they share
// an exact figure at least, and with it enough.
func acrossLanguages(a, b *profile) float64 {
	if apart(a, b) > acrossGap || share(a.lead, b.lead).weight < acrossGround {
		return 0
	}
	for _, f := range a.figures {
		x, here := a.lead.find(f.id)
		if _, there := b.lead.find(f.id); here && there && x >= words.Telling {
			return acrossClose
		}
	}
	return 0
}
