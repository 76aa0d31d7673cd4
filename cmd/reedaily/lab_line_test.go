package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// TestLabAnswersEveryLine: whatever comes in, each line that is not blank has
// one answer, with its id where one can be read.
func TestLabAnswersEveryLine(t *testing.T) {
	long := `{"id":"long","title":"` + strings.Repeat("rare earths ", (maxLabLine+8<<20)/12) + `"}`
	in := strings.Join([]string{
		`{"id":"a","title":"Rare earth prices rise"}`, "", "   ",
		`{"id":7,"title":"Rare earth prices rise"}`,
		long,
		`{"id":"cut","title":"Rare earth`,
		`{"id":"type","title":5}`,
		`{"title":"no id"}`,
		`{"id":["x"],"title":"a list"}`,
		`null`, `[1,2]`, `"text"`, "\x00\xff", "\ufeff" + `{"id":"bom","title":"Lynas"}`,
		strings.Repeat("[", 20000),
		`{"id":"last","title":"Rare earth prices rise"}`,
	}, "\n")
	want := []struct {
		id    string
		wrong bool
	}{
		{"a", false},
		{"7", false},
		{"long", true},
		{"cut", true},
		{"type", true},
		{"", false},
		{"", true},
		{"", true},
		{"", true},
		{"", true},
		{"", true},
		{"bom", false},
		{"", true},
		{"last", false},
	}
	for _, name := range []string{"relevance", "stories", "highlights", "facts", "pairs"} {
		var out bytes.Buffer
		e := env{stdin: strings.NewReader(in), stdout: &out, stderr: io.Discard, getenv: func(string) string { return "" }}
		if code := run(t.Context(), e, []string{"lab", name}); code != 0 {
			t.Fatalf("%s ends with %d", name, code)
		}
		answers := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(answers) != len(want) {
			t.Fatalf("%s: %d answers to %d lines", name, len(answers), len(want))
		}
		for i, line := range answers {
			var got struct{ ID, Error string }
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				t.Fatalf("%s: %v in %s", name, err, line)
			}
			if (got.Error != "") != want[i].wrong && name != "pairs" || got.ID != want[i].id && name != "pairs" {
				t.Errorf("%s: line %d: %s, want id %q and an error %t", name, i+1, line, want[i].id, want[i].wrong)
			}
		}
	}
}
