package digest

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestTroubleIsToldOnceAndHourly(t *testing.T) {
	locked := errors.New("database is locked")
	start := time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC)
	var trouble Trouble
	if trouble.Over() {
		t.Error("the end of no trouble is news")
	}
	for _, c := range []struct {
		after time.Duration
		what  string
		err   error
		want  bool
	}{
		{0, "letters wait", locked, true},
		{time.Second, "letters wait", locked, false},
		{2 * time.Second, "signups wait", locked, true},
		{3 * time.Second, "letters wait", errors.New("claim letter 7: broken"), true},
		{4 * time.Second, "letters wait", errors.New("claim letter 18: broken"), false},
		{5 * time.Second, "letters wait", Hint(locked, "wait"), true},
		{6 * time.Second, "letters wait", fmt.Errorf("mark: %w", Hint(errors.New("held"), "wait")), false},
		{59 * time.Minute, "letters wait", locked, false},
		{time.Hour, "letters wait", locked, true},
		{61 * time.Minute, "letters wait", locked, false},
	} {
		if got := trouble.News(c.what, c.err, start.Add(c.after)); got != c.want {
			t.Errorf("after %s: %s: %v is news: %v, want %v", c.after, c.what, c.err, got, c.want)
		}
	}
	if !trouble.Over() || trouble.Over() {
		t.Error("want its end told once")
	}
	if !trouble.News("letters wait", locked, start.Add(62*time.Minute)) {
		t.Error("want a trouble that comes back told anew")
	}
}
