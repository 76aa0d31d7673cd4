package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// world is a folder, a configuration and a clock in which the whole program is
// started, in this process, as its user would.
type world struct {
	t      testing.TB
	dir    string
	config string
	clock  *clock
	after  func(step string)
	log    *syncBuffer // of what serve started
}

// newWorld writes a configuration; text is YAML in which DIR stands for the folder.
func newWorld(t testing.TB, text string) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{t: t, dir: dir, config: filepath.Join(dir, "config.yaml"), clock: newClock(time.Now()), log: &syncBuffer{}}
	w.configure(text)
	return w
}

func (w *world) configure(text string) {
	w.t.Helper()
	if err := os.WriteFile(w.config, []byte(strings.ReplaceAll(text, "DIR", w.dir)), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// start runs the program until it ends.
func (w *world) start(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	w.t.Helper()
	var out, errs syncBuffer
	code = run(ctx, w.env(&out, &errs), append([]string{"--config", w.config}, args...))
	return code, out.String(), errs.String()
}

// must runs the program and wants it to end well.
func (w *world) must(args ...string) string {
	w.t.Helper()
	code, out, errs := w.start(w.t.Context(), args...)
	if code != 0 {
		w.t.Fatalf("reedaily %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	if errs != "" {
		w.t.Logf("reedaily %s:\n%s", strings.Join(args, " "), errs)
	}
	return out
}

func (w *world) env(out, errs io.Writer) env {
	return env{
		stdin: strings.NewReader(""), stdout: out, stderr: errs,
		getenv: func(string) string { return "" },
		now:    w.clock.now, sleep: w.clock.sleep, after: w.after,
	}
}

// serve starts the program in the background; stop ends it and waits.
func (w *world) serve(args ...string) (stop func()) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	var out syncBuffer
	errs := w.log
	done := make(chan int, 1)
	go func() { done <- run(ctx, w.env(&out, errs), append([]string{"--config", w.config}, args...)) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			select {
			case code := <-done:
				if code != 0 {
					w.t.Errorf("reedaily %s: exit %d\n%s%s", strings.Join(args, " "), code, out.String(), errs.String())
				}
			case <-time.After(patience(w.t)):
				w.t.Errorf("reedaily %s does not stop\n%s", strings.Join(args, " "), errs.String())
			}
		})
	}
	w.t.Cleanup(stop)
	return stop
}

// syncBuffer may be written by several goroutines.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// clock is turned by the test: real sockets would stop a synctest bubble.
type clock struct {
	mu     sync.Mutex
	at     time.Time
	turned chan struct{} // closed at every turn
}

func newClock(at time.Time) *clock { return &clock{at: at, turned: make(chan struct{})} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// turn sets the clock and wakes who sleeps.
func (c *clock) turn(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = to
	close(c.turned)
	c.turned = make(chan struct{})
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	until := c.at.Add(d)
	for c.at.Before(until) {
		turned := c.turned
		c.mu.Unlock()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-turned:
		}
		c.mu.Lock()
	}
	c.mu.Unlock()
	return ctx.Err()
}

// freePort is a loopback address that nobody listens on just now.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// patience is how long a slow machine may take: nearly all the time that the
// tests have left, so that a hanging test still says what it waited for.
func patience(t testing.TB) time.Duration {
	const usual, spare = 2 * time.Minute, 10 * time.Second
	if test, ok := t.(*testing.T); ok {
		if end, ok := test.Deadline(); ok {
			return min(usual, time.Until(end)-spare)
		}
	}
	return usual
}

// eventually waits for what another goroutine is about to do.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience(t)); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func feedsYAML(base string, names []string) string {
	var b strings.Builder
	b.WriteString("feeds:\n")
	for _, n := range names {
		fmt.Fprintf(&b, "  - {name: %q, url: %q, aggregator: %v}\n", n, base+"/"+n+".xml", strings.HasPrefix(n, "google-news"))
	}
	return b.String()
}
