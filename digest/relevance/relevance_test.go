package relevance

import "testing"

func TestBuiltIn(t *testing.T) {
	if _, err := New(Defaults()); err != nil {
		t.Fatal(err)
	}
}
