package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"reedaily/digest/digesttest"
)

// BenchmarkMorning is one whole process a round: the fullest recorded morning
// of all feeds, from the first request to the last of 100 letters. It reports
// the items of that morning and the largest resident memory, of this process
// alone: what wait tells of a child has its parent's peak in it, which is that
// of every test before.
func BenchmarkMorning(b *testing.B) {
	day, items := fullestDay(b)
	memory, most := filepath.Join(b.TempDir(), "status"), 0.0
	for b.Loop() {
		b.StopTimer()
		r := newReplay(b, "DIR/reedaily.db", "")
		r.days.SetDay(day)
		cmd := exec.CommandContext(b.Context(), os.Args[0], "--config", r.config, "run", "--at", day+morningHour)
		cmd.Env = append(os.Environ(), beReedaily+"=1", memoryTo+"="+memory)
		b.StartTimer()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		b.StopTimer()
		if n := len(r.smtp.Letters()); n != replayReaders {
			b.Fatalf("%d letters", n)
		}
		most = max(most, peakMegabytes(b, memory))
		b.StartTimer()
	}
	b.ReportMetric(float64(items), "items")
	b.ReportMetric(most, "MB-resident")
}

// peakMegabytes is the largest resident memory that a process's status tells.
func peakMegabytes(b *testing.B, file string) float64 {
	b.Helper()
	status, err := os.ReadFile(file)
	if err != nil {
		b.Skipf("only Linux tells the peak of a process: %v", err)
	}
	_, peak, _ := strings.Cut(string(status), "\nVmHWM:")
	var kilobytes float64
	if _, err := fmt.Sscan(peak, &kilobytes); err != nil {
		b.Fatalf("no peak in\n%s", status)
	}
	return kilobytes / 1024
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
