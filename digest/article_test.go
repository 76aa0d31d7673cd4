package digest_test

import (
	"testing"

	"reedaily/digest"
)

func TestBodyIsTheLongest(t *testing.T) {
	for _, c := range []struct{ text, summary, want string }{
		{"", "", ""},
		{"", "What the feed says.", "What the feed says."},
		{"Loading…", "What the feed says of it.", "What the feed says of it."},
		{"The whole article, as it stands on its page.", "What the feed says.", "The whole article, as it stands on its page."},
	} {
		if got := (digest.Article{Text: c.text, Summary: c.summary}).Body(); got != c.want {
			t.Errorf("text %q, summary %q: %q", c.text, c.summary, got)
		}
	}
}
