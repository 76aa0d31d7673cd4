package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reedaily/digest/daily"
	"reedaily/store"
)

// slowPress has a feed that answers at once and one that keeps its first visitor
// waiting: asked is closed when it comes, and answer lets it go on.
func slowPress(t *testing.T) (yaml string, asked chan struct{}, answer func()) {
	asked = make(chan struct{})
	held := make(chan struct{})
	answer = sync.OnceFunc(func() { close(held) })
	var first atomic.Bool
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		if r.URL.Path != "/slow.xml" {
			fmt.Fprint(w, feed("Ore Weekly", "Rare earth plant opens in Texas", "Rare earths flow."))
			return
		}
		if first.CompareAndSwap(false, true) {
			close(asked)
			<-held
		}
		fmt.Fprint(w, feed("Sand Weekly", "Dysprosium oxide price falls in Rotterdam", "Dysprosium is cheaper."))
	}))
	t.Cleanup(web.Close)
	t.Cleanup(answer) // it comes first: Close waits for who is being answered
	return fmt.Sprintf(`
edition: {schedule: "30 6 * * *"}
site: {listen: "127.0.0.1:0"}
mail: {outbox: {dir: DIR/outbox, listen: ""}}
collect: {allow_private: [127.0.0.0/8], per_host: {gap: 0s}, pages: false}
feeds:
  - {name: Ore Weekly, url: "%[1]s/feed.xml"}
  - {name: Sand Weekly, url: "%[2]s/slow.xml"}
`, web.URL, strings.Replace(web.URL, "127.0.0.1", "localhost", 1)), asked, answer
}

// TestTwoBuilders: while serve makes the morning, run neither takes it over nor
// fails; and what serve's slow feed says is told, whoever made the edition.
func TestTwoBuilders(t *testing.T) {
	yaml, asked, answer := slowPress(t)
	w := newWorld(t, yaml)
	// An hour late: serve catches up, which is no trouble of those beside it.
	w.clock.turn(at(t, "2026-02-14T07:30:00Z"))
	w.serve("serve")
	<-asked
	for _, args := range [][]string{{"run"}, {"run", "--json"}} {
		code, out, errs := w.start(t.Context(), args...)
		said := strings.Contains(out, "The edition of 2026-02-14 is being made by another process (") && strings.Contains(out, "serve")
		if code != 0 || !said && len(args) == 1 || len(args) == 2 && !strings.Contains(out, `"state":"building"`) {
			t.Errorf("%s beside a serve that builds: exit %d\n%s%s", args, code, out, errs)
		}
	}
	answer()
	eventually(t, "the edition", func() bool {
		_, out, _ := w.start(t.Context(), "editions", "show", "2026-02-14")
		return strings.Contains(out, "Dysprosium") && strings.Contains(out, "Texas")
	})
	if code, out, errs := w.start(t.Context(), "run"); code != 0 || strings.Contains(w.log.String(), "level=ERROR") {
		t.Errorf("run after it: exit %d\n%s%s\n%s", code, out, errs, w.log)
	}
}

// TestRunWaitsForAnotherDay: who builds another day keeps run waiting, and then
// today's edition is made.
func TestRunWaitsForAnotherDay(t *testing.T) {
	yaml, asked, answer := slowPress(t)
	w := newWorld(t, yaml)
	w.clock.turn(at(t, "2026-02-14T06:30:00Z"))
	yesterday, today := make(chan int, 1), make(chan int, 1)
	begin := func(done chan int, args ...string) {
		code, out, errs := w.start(t.Context(), args...)
		if code != 0 {
			t.Errorf("%s: exit %d\n%s%s", args, code, out, errs)
		}
		done <- code
	}
	go begin(yesterday, "run", "--at", "2026-02-13T06:30:00Z")
	<-asked
	go begin(today, "run", "--json")
	select {
	case <-today:
		t.Error("run did not wait for yesterday's")
	case <-time.After(300 * time.Millisecond):
	}
	answer()
	<-yesterday
	eventually(t, "today's edition", func() bool {
		w.clock.turn(w.clock.now().Add(time.Second))
		_, out, _ := w.start(t.Context(), "editions", "list")
		return strings.Contains(out, "2026-02-14")
	})
	<-today
}

// TestStuckBuilder: serve says so, once, where another process lives and holds
// today's edition for longer than any morning takes, and makes it when that ends.
func TestStuckBuilder(t *testing.T) {
	yaml, asked, answer := slowPress(t)
	w := newWorld(t, yaml)
	w.clock.turn(at(t, "2026-02-14T06:29:00Z")) // shortly before an edition serve asks nobody
	w.serve("serve")
	eventually(t, "serve", func() bool { return strings.Contains(w.log.String(), "reedaily serves") })
	stuck, end := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.start(stuck, "run")
	}()
	<-asked
	look := func(d time.Duration) {
		time.Sleep(20 * time.Millisecond) // serve's look at the time before
		w.clock.turn(w.clock.now().Add(d))
	}
	told := func() int { return strings.Count(w.log.String(), "the edition waits and is tried again") }
	for range 5 {
		look(time.Minute)
	}
	if told() > 0 {
		t.Errorf("a healthy builder is called stuck:\n%s", w.log)
	}
	eventually(t, "a word about the process that is stuck", func() bool {
		look(time.Minute)
		return told() > 0
	})
	for range 5 {
		look(time.Minute)
	}
	if log := w.log.String(); told() != 1 || !strings.Contains(log, "held by another process for") || !strings.Contains(log, "reedaily run, process") || strings.Contains(log, "made again") {
		t.Errorf("told %d times:\n%s", told(), log)
	}
	end()
	answer()
	<-ended
	eventually(t, "today's edition", func() bool {
		look(time.Minute)
		return strings.Contains(w.log.String(), "edition frozen") && strings.Contains(w.log.String(), "editions are made again")
	})
}

// TestRunSendsWhatABusySenderLeft: who was the sender when run began has ended
// when its letters are queued, or queues letters when run has looked last.
func TestRunSendsWhatABusySenderLeft(t *testing.T) {
	yaml, asked, answer := slowPress(t)
	w := newWorld(t, yaml)
	w.clock.turn(at(t, "2026-02-14T06:30:00Z"))
	w.must("subscribers", "add", "ann@example.com")
	db, err := store.Open(t.Context(), store.Options{URL: filepath.Join(w.dir, "reedaily.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	release, err := db.SenderLock(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 1)
	go func() { done <- w.must("run") }()
	<-asked
	if err := release(); err != nil {
		t.Error(err)
	}
	answer()
	if out := <-done; !strings.Contains(out, "Letters: 1 submitted") {
		t.Errorf("nobody sends the letter:\n%s", out)
	}
	// Two that begin together, each morning anew.
	for day := 15; day < 25; day++ {
		w.clock.turn(at(t, fmt.Sprintf("2026-02-%dT06:30:00Z", day)))
		w.configure(strings.Replace(yaml, "edition: {", "edition: {quiet: letter, ", 1))
		var ended atomic.Int32
		for range 2 {
			go func() {
				w.start(t.Context(), "run")
				ended.Add(1)
			}()
		}
		eventually(t, "two runs", func() bool { // one may sleep while the other builds
			w.clock.turn(w.clock.now().Add(time.Second))
			return ended.Load() == 2
		})
		if out := w.must("editions", "list", "--limit", "1"); !strings.Contains(out, "done") {
			t.Fatalf("a letter is left:\n%s", out)
		}
	}
}

// TestInterruptedRun says so, what it leaves, and that it did not end well.
func TestInterruptedRun(t *testing.T) {
	yaml, asked, answer := slowPress(t)
	w := newWorld(t, yaml)
	w.clock.turn(at(t, "2026-02-14T06:30:00Z"))
	w.must("subscribers", "add", "ann@example.com")
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		<-asked
		interrupt()
	}()
	for _, args := range [][]string{{"run"}, {"collect"}} {
		if code, out, errs := w.start(ctx, args...); code != 1 || !strings.Contains(errs, "interrupted") {
			t.Errorf("%s: exit %d\n%s%s", args, code, out, errs)
		}
	}
	answer()
	ctx, interrupt = context.WithCancel(t.Context())
	w.after = func(step string) {
		if step == daily.StepQueued {
			interrupt()
		}
	}
	code, out, errs := w.start(ctx, "run")
	if code != 1 || !strings.Contains(errs, "interrupted") || !strings.Contains(out, "1 letter still waits") {
		t.Errorf("run: exit %d\n%s%s", code, out, errs)
	}
	w.after = nil
	if out := w.must("run"); !strings.Contains(out, "Letters: 1 submitted") {
		t.Errorf("the next run does not go on:\n%s", out)
	}
	// Letters that nobody sent in time are no good morning's.
	w.clock.turn(at(t, "2026-02-15T06:30:00Z"))
	w.configure(strings.Replace(yaml, "edition: {", "edition: {quiet: letter, ", 1))
	ctx, interrupt = context.WithCancel(t.Context())
	w.after = func(step string) {
		if step == daily.StepQueued {
			interrupt()
		}
	}
	w.start(ctx, "run")
	w.after = nil
	w.clock.turn(at(t, "2026-02-17T06:30:00Z"))
	if _, out, errs := w.start(t.Context(), "run"); !strings.Contains(errs, "1 letter came too late") {
		t.Errorf("nothing is said of the letter that was not sent:\n%s%s", out, errs)
	}
}
