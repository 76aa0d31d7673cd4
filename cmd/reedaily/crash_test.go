package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"reedaily/digest/daily"
	"reedaily/digest/digesttest"
)

// The test binary is also reedaily itself, so that a real process can be
// killed: dieAfter names the step after which it kills itself with SIGKILL.
// memoryTo names a file that tells, when it ends, what memory it took.
const (
	beReedaily = "REEDAILY_TEST_BE"
	dieAfter   = "REEDAILY_TEST_DIE_AFTER"
	memoryTo   = "REEDAILY_TEST_MEMORY_TO"
)

func TestMain(m *testing.M) {
	if os.Getenv(beReedaily) == "" {
		testscript.Main(m, map[string]func(){"reedaily": main}) // for the scripts; never returns
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, env{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, now: time.Now, sleep: sleep,
		after: func(step string) {
			if step == os.Getenv(dieAfter) {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				time.Sleep(time.Minute)
			}
		},
	}, os.Args[1:])
	stop()
	if file := os.Getenv(memoryTo); file != "" {
		if status, err := os.ReadFile("/proc/self/status"); err == nil {
			_ = os.WriteFile(file, status, 0o600)
		}
	}
	os.Exit(code)
}

// process starts reedaily as a process of its own; step "" lets it live.
func (w *world) process(step string, args ...string) (string, error) {
	w.t.Helper()
	cmd := exec.CommandContext(w.t.Context(), os.Args[0], append([]string{"--config", w.config}, args...)...)
	cmd.Env = append(os.Environ(), beReedaily+"=1", dieAfter+"="+step)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestKilledAfterEveryStep kills a morning after each of its steps; the next
// start finishes it, with nothing lost and nothing twice.
func TestKilledAfterEveryStep(t *testing.T) {
	const day = "2026-02-26"
	whole := crashWorld(t)
	want := whole.parse(whole.must("run", "--json", "--at", day+morningHour))
	if want.State != "done" || len(want.Stories) == 0 {
		t.Fatalf("without a crash: %+v", want)
	}
	for _, step := range daily.Steps() {
		t.Run(step, func(t *testing.T) {
			r := crashWorld(t)
			out, err := r.process(step, "run", "--at", day+morningHour)
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("the process was not killed after %s: %v\n%s", step, err, out)
			}
			if n := len(r.smtp.Letters()); n != 0 {
				t.Fatalf("%d letters went out before the sending began", n)
			}
			out, err = r.process("", "run", "--json", "--at", day+"T06:35:00Z")
			if err != nil {
				t.Fatalf("the next start: %v\n%s", err, out)
			}
			if got := r.parse(out); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("after the crash\n%v\nwant\n%v", got, want)
			}
			r.checkLetters(replayReaders)
		})
	}
}

// TestKilledTwice kills the second start, too, after the same or a later step.
func TestKilledTwice(t *testing.T) {
	const day = "2026-02-26"
	steps := daily.Steps()
	for i, first := range steps {
		second := steps[min(i+1, len(steps)-1)]
		t.Run(first+","+second, func(t *testing.T) {
			r := crashWorld(t)
			for n, step := range []string{first, second} {
				if out, err := r.process(step, "run", "--at", fmt.Sprintf("%sT06:%d0:00Z", day, 3+n)); err == nil && second != first {
					t.Fatalf("start %d was not killed after %s:\n%s", n+1, step, out)
				}
			}
			if out, err := r.process("", "run", "--at", day+"T06:55:00Z"); err != nil {
				t.Fatalf("the third start: %v\n%s", err, out)
			}
			r.checkLetters(replayReaders)
		})
	}
}

// TestKilledWhileSending kills the process in the middle of its letters: each
// reader gets the edition once, or once more with the same Message-ID where the
// relay's answer was not seen.
func TestKilledWhileSending(t *testing.T) {
	const day, after = "2026-02-26", 37
	r := crashWorld(t)
	taken := 0
	kill := make(chan struct{})
	r.onLetter(func(digesttest.SMTPLetter) {
		if taken++; taken == after {
			close(kill)
			time.Sleep(200 * time.Millisecond) // the answer to this dot is never seen
		}
	})
	cmd := exec.CommandContext(t.Context(), os.Args[0], "--config", r.config, "run", "--at", day+morningHour)
	cmd.Env = append(os.Environ(), beReedaily+"=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-kill
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	r.onLetter(nil)
	if n := len(r.smtp.Letters()); n < after-1 || n >= replayReaders {
		t.Fatalf("killed after %d letters, want about %d", n, after)
	}
	for _, hour := range []string{"T06:35:00Z", "T07:05:00Z"} { // at once, and when the uncertain ones are due again
		if out, err := r.process("", "run", "--at", day+hour); err != nil {
			t.Fatalf("the next start: %v\n%s", err, out)
		}
	}
	times, ids := map[string]int{}, map[string]string{}
	for _, l := range r.smtp.Letters() {
		times[l.To]++
		id := messageID(t, l)
		if first, again := ids[l.To]; again && first != id {
			t.Errorf("%s got two letters of different Message-ID", l.To)
		}
		ids[l.To] = id
	}
	if len(times) != replayReaders {
		t.Errorf("%d readers got a letter, want %d", len(times), replayReaders)
	}
	twice := 0
	for _, n := range times {
		if n > 2 {
			t.Errorf("a reader got %d letters", n)
		}
		if n == 2 {
			twice++
		}
	}
	if twice > 4 { // one for each connection
		t.Errorf("%d readers got two letters, want at most one for each connection", twice)
	}
}

func messageID(t testing.TB, l digesttest.SMTPLetter) string {
	t.Helper()
	for line := range strings.SplitSeq(string(l.Data), "\r\n") {
		if id, ok := strings.CutPrefix(line, "Message-ID: "); ok {
			return id
		}
	}
	t.Fatalf("a letter without Message-ID:\n%.400s", l.Data)
	return ""
}

func crashWorld(t testing.TB) *replay {
	t.Helper()
	r := newReplay(t, "DIR/reedaily.db", "")
	r.days.SetDay("2026-02-26")
	return r
}
