package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"reedaily/digest/digesttest"
)

// BenchmarkMorning is one whole process a round: the fullest recorded morning
// of all feeds, from the first request to the last of 100 letters. It reports
// the items of that morning and the largest resident memory.
func BenchmarkMorning(b *testing.B) {
	day, items := fullestDay(b)
	var most int64
	for b.Loop() {
		b.StopTimer()
		r := newReplay(b, "DIR/reedaily.db", "")
		r.days.SetDay(day)
		cmd := exec.CommandContext(b.Context(), os.Args[0], "--config", r.config, "run", "--at", day+morningHour)
		cmd.Env = append(os.Environ(), beReedaily+"=1")
		b.StartTimer()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		b.StopTimer()
		if n := len(r.smtp.Letters()); n != replayReaders {
			b.Fatalf("%d letters", n)
		}
		if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			most = max(most, use.Maxrss)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(items), "items")
	b.ReportMetric(float64(most)/1024, "MB-resident")
}

// fullestDay is the recorded day with the most items.
func fullestDay(t testing.TB) (day string, items int) {
	t.Helper()
	paths, err := filepath.Glob(digesttest.Shared(t, "data", "days", "*", "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		count[filepath.Base(filepath.Dir(p))] += strings.Count(string(text), "<item>")
	}
	for d, n := range count {
		if n > items {
			day, items = d, n
		}
	}
	return day, items
}
