package render

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/templates"
)

var update = flag.Bool("update", false, "write the golden files anew; then look at the diff")

var testSite = Site{
	Name: "Rare Earth Daily", URL: "https://news.example.com",
	Address: "Rare Earth Daily, 12 Quarry Lane, Exampleton", Contact: "editor@example.com",
}

var testSender = Sender{
	Name: "Rare Earth Daily", Address: "news@example.com", Bounce: "bounce@example.com",
	ReplyTo: "editor@example.com", ListID: "daily.news.example.com",
}

func newRenderer(t testing.TB) *Renderer {
	t.Helper()
	r, err := New(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// golden compares got with testdata/name, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (run with -update and look):\n%s", name, diff)
	}
}

func TestGolden(t *testing.T) {
	r := newRenderer(t)
	for _, name := range r.samples {
		t.Run(name, func(t *testing.T) {
			e, err := r.Sample(name)
			if err != nil {
				t.Fatal(err)
			}
			v, err := r.View(e, testSite)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".html", v.HTML)
			golden(t, name+".txt", v.Text)
			letter, err := r.Digest(v, Personal{
				Sender: testSender, To: "reader@example.org", Subject: e.Subject, MessageID: "digest.0123456789ab@news.example.com",
				Date: time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC), Unsubscribe: "https://news.example.com/u/AQBjAAAAAABbWFja2V0c29mcmFuZG9tYnl0ZXNhbmRhbWFjMTIz",
			})
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".eml", string(letter.Raw))
		})
	}
	letter, err := r.Confirmation(Confirmation{
		Sender: testSender, Site: testSite, To: "reader@example.org", MessageID: "confirmation.0123456789ab@news.example.com",
		Date: time.Date(2026, 2, 14, 9, 0, 0, 0, time.UTC), Link: "https://news.example.com/c/AQBjAAAAAABbWFja2V0c29mcmFuZG9tYnl0ZXNhbmRhbWFjMTIz",
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "confirmation.eml", string(letter.Raw))
}
