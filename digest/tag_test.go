package digest

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTagSlug(t *testing.T) {
	for name, want := range map[string]string{
		"dysprosium":             "dysprosium",
		"heavy rare earths":      "heavy-rare-earths",
		"MP Materials":           "mp-materials",
		"  U.S.  ":               "u-s",
		"Araxá":                  "araxá",
		"稀土":                     "稀土",
		"../../u/token?x=1#y":    "u-token-x-1-y",
		"<script>":               "script",
		"…":                      "",
		"":                       "",
		"\xff":                   "",
		strings.Repeat("ab", 90): strings.Repeat("ab", 30),
	} {
		if got := TagSlug(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// FuzzTagSlug: a slug is safe in an address, bounded, and its own slug.
func FuzzTagSlug(f *testing.F) {
	f.Add("MP Materials")
	f.Add("İstanbul \u0301x")
	f.Add(strings.Repeat("é ", 90))
	f.Fuzz(func(t *testing.T, name string) {
		slug := TagSlug(name)
		if TagSlug(slug) != slug || !utf8.ValidString(slug) || utf8.RuneCountInString(slug) > 2*maxSlug ||
			strings.ContainsAny(slug, "/\\?#%<>\"'& .:\n\x00") || strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-") {
			t.Fatalf("%q: %q", name, slug)
		}
	})
}
