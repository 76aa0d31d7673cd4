package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"reedaily/cmd/internal/press"
	"reedaily/digest"
	"reedaily/digest/digesttest"
)

// TestAReadersLife drives a reader's whole life in a browser against the
// running program, as a process of its own: sign up, confirm, receive, read on
// the web, leave. The letters are read in the outbox's own view.
func TestAReadersLife(t *testing.T) {
	browser := digesttest.NewBrowser(t)
	papers := press.New(time.Now())
	web := httptest.NewServer(papers.Handler())
	t.Cleanup(web.Close)
	site, outbox := freePort(t), freePort(t)
	w := newWorld(t, lifeConfig(papers.Feeds(web.URL), site, outbox))
	w.servesApart(t)

	const reader = "reader@example.com"
	browser.Open("http://" + site + "/")
	browser.Heading("Straight Into Your Inbox")
	if got := browser.Text("main"); !strings.Contains(got, "Receive a Daily News Update Intended to Help You Keep Pace With the Rapidly Evolving REE Market.") {
		t.Errorf("the box says %q", got)
	}
	browser.Look("life-1-box")
	browser.Type("#email", reader)
	time.Sleep(digest.FormMinAge + time.Second) // nobody types faster
	browser.Press("main button")
	browser.Heading("Check your inbox")
	browser.Look("life-2-asked")

	confirm := linkIn(t, w.letter(t, 1), "/c/")
	browser.Open(confirm)
	browser.Look("life-3-confirm")
	browser.Press("main button")
	browser.Heading("Fantastic! Thanks for subscribing, you won't regret it.")
	browser.Look("life-4-confirmed")

	// The morning comes: a run beside the serve collects and queues.
	out, err := w.process("", "run")
	if err != nil || !strings.Contains(out, "The letters are sent by another process") || !strings.Contains(out, "reedaily serve") {
		t.Fatalf("run beside serve: %v\n%s", err, out)
	}
	digestMail := w.letter(t, 2)
	browser.Open("http://" + outbox + "/")
	browser.Look("life-5-outbox")
	browser.Open(linkIn(t, digestMail, "/editions/"))
	browser.Heading("Rare Earth Daily")
	browser.Look("life-6-edition")

	browser.Open(linkIn(t, digestMail, "/u/"))
	browser.Heading("Unsubscribe from Rare Earth Daily?")
	if state := w.must("subscribers", "show", reader); !strings.Contains(state, "confirmed") {
		t.Errorf("looking at the page unsubscribed the reader:\n%s", state)
	}
	browser.Look("life-7-leave")
	browser.Press("main button")
	browser.Heading("You are unsubscribed")
	browser.Look("life-8-left")
	if state := w.must("subscribers", "show", reader); !strings.Contains(state, "unsubscribed") {
		t.Errorf("the reader is still there:\n%s", state)
	}
}

// servesApart starts serve as a process of its own, which must end well when
// the test does.
func (w *world) servesApart(t *testing.T) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "--config", w.config, "serve") // not ended with the context: it is to stop by itself
	cmd.Env = append(os.Environ(), beReedaily+"=1")
	cmd.Stderr, cmd.Stdout = w.log, w.log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve ended with %v\n%s", err, w.log.String())
		}
	})
	eventually(t, "the site is up", func() bool { return strings.Contains(w.log.String(), "reedaily serves") })
}

// lifeConfig has no relay, and a schedule that is hours away.
func lifeConfig(feeds []digest.Feed, site, outbox string) string {
	later := time.Now().UTC().Add(12 * time.Hour)
	var b strings.Builder
	fmt.Fprintf(&b, `
database: DIR/reedaily.db
collect: {allow_private: [127.0.0.0/8], per_host: {connections: 16, gap: 0s}}
edition: {schedule: "%d %d * * *"}
mail: {outbox: {dir: DIR/outbox, listen: %q}}
site: {url: "http://%s", listen: %q}
feeds:
`, later.Minute(), later.Hour(), outbox, site, site)
	for _, f := range feeds {
		fmt.Fprintf(&b, "  - {name: %q, url: %q, aggregator: %v}\n", f.Name, f.URL, f.Aggregator)
	}
	return b.String()
}

// letter waits for the nth letter of the outbox and returns its text, with soft
// line breaks undone.
func (w *world) letter(t testing.TB, n int) string {
	t.Helper()
	var names []string
	eventually(t, fmt.Sprintf("letter %d", n), func() bool {
		names = nil
		entries, err := os.ReadDir(w.dir + "/outbox")
		if err != nil {
			return false
		}
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".eml") {
				names = append(names, e.Name())
			}
		}
		return len(names) == n
	})
	raw, err := os.ReadFile(w.dir + "/outbox/" + names[n-1]) // names begin with the time
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(raw), "=\r\n", "")
}

func linkIn(t testing.TB, letter, path string) string {
	t.Helper()
	link := regexp.MustCompile(`http://127\.0\.0\.1:\d+` + regexp.QuoteMeta(path) + `[A-Za-z0-9_-]+`).FindString(letter)
	if link == "" {
		t.Fatalf("there is no %s link in the letter:\n%.3000s", path, letter)
	}
	return link
}
