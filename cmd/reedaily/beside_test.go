package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// TestTwoBuilders: while serve makes the morning, run neither takes it over nor
// fails; and what serve's slow feed says is told, whoever made the edition.
func TestTwoBuilders(t *testing.T) {
	asked, answer := make(chan struct{}), make(chan struct{})
	var first atomic.Bool
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		if r.URL.Path != "/slow.xml" {
			fmt.Fprint(w, feed("Ore Weekly", "Rare earth plant opens in Texas", "Rare earths flow."))
			return
		}
		if first.CompareAndSwap(false, true) {
			close(asked)
			<-answer
		}
		fmt.Fprint(w, feed("Sand Weekly", "Dysprosium oxide price falls in Rotterdam", "Dysprosium is cheaper."))
	}))
	defer web.Close()
	w := newWorld(t, fmt.Sprintf(`
edition: {schedule: "30 6 * * *"}
site: {listen: "127.0.0.1:0"}
mail: {outbox: {dir: DIR/outbox, listen: ""}}
collect: {allow_private: [127.0.0.0/8], per_host: {gap: 0s}, pages: false}
feeds:
  - {name: Ore Weekly, url: "%[1]s/feed.xml"}
  - {name: Sand Weekly, url: "%[2]s/slow.xml"}
`, web.URL, strings.Replace(web.URL, "127.0.0.1", "localhost", 1)))
	w.clock.turn(at(t, "2026-02-14T06:30:00Z"))
	w.serve("serve")
	<-asked
	code, out, errs := w.start(t.Context(), "run")
	if code != 0 || !strings.Contains(out, "The edition of 2026-02-14 is being made by another process (") || !strings.Contains(out, "serve") {
		t.Errorf("run beside a serve that builds: exit %d\n%s%s", code, out, errs)
	}
	close(answer)
	eventually(t, "the edition", func() bool {
		_, out, _ := w.start(t.Context(), "editions", "show", "2026-02-14")
		return strings.Contains(out, "Dysprosium") && strings.Contains(out, "Texas")
	})
	if code, out, errs := w.start(t.Context(), "run"); code != 0 || strings.Contains(w.log.String(), "level=ERROR") {
		t.Errorf("run after it: exit %d\n%s%s\n%s", code, out, errs, w.log)
	}
}
