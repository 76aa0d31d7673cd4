package rewrite

import (
	"maps"
	"slices"
)

// translated says whether out, in English, says what source says.
func (l *lexicon) translated(source string, from *language, src, out []item) error {
	return refuse("translations cannot be checked")
}

// tags are the languages, in order.
func (l *lexicon) tags() []string { return slices.Sorted(maps.Keys(l.languages)) }
