package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestArticlesAreTheSameAtEveryVisit: announcements that share a link are an
// article each, and a story whose address is never the same is one.
func TestArticlesAreTheSameAtEveryVisit(t *testing.T) {
	var visits atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(visits.Add(1)-1) / 3
		var items strings.Builder
		switch r.URL.Path {
		case "/exchange":
			for i, word := range []string{"Board", "Report", "Halt", "Merger", "Drilling", "Offer", "Output", "Grant", "Delay"}[3*n : 3*n+3] {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://x.example/announcements</link><guid isPermaLink="false">n%d</guid></item>`, word, 3*n+i)
			}
		case "/sessions":
			fmt.Fprintf(&items, `<item><title>Quarry opens</title><link>https://s.example/a?sid=%d</link><guid>https://s.example/?p=1</guid></item>`, n)
			fmt.Fprintf(&items, `<item><title>Magnets get dear</title><link>https://s.example/b;jsessionid=%d</link></item>`, n)
		case "/slugs":
			fmt.Fprintf(&items, `<item><title>Quarry %s in the north</title><link>https://u.example/%d</link><guid>https://u.example/0</guid></item>`, [3]string{"opens", "opened", "is open"}[n], n)
		}
		_, _ = fmt.Fprintf(w, `<rss><channel><title>T</title>%s</channel></rss>`, items.String())
	}))
	defer srv.Close()
	w := newWorld(t, strings.ReplaceAll(`
database: DIR/test.db
collect: {workers: 1, allow_private: [127.0.0.0/8], per_host: {gap: 0s}}
feeds:
  - {name: Exchange, url: "SRV/exchange"}
  - {name: Sessions, url: "SRV/sessions"}
  - {name: Slugs, url: "SRV/slugs"}
`, "SRV", srv.URL))
	for range 3 {
		w.must("collect")
		w.clock.turn(w.clock.now().Add(4 * time.Hour))
	}
	out := strings.Join(strings.Fields(w.must("feeds", "list")), " ")
	for _, want := range []string{"9 0 of 9 0 of 3", "2 0 of 2 0 of 3", "1 0 of 1 0 of 3"} {
		if !strings.Contains(out, want) {
			t.Errorf("without %q: %s", want, out)
		}
	}
}
