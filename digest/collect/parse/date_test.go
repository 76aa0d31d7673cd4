package parse

import (
	"testing"
	"time"
)

// TestNamedZones: a zone's name counts by the rules of its place and day, and
// an offset beside it counts more.
func TestNamedZones(t *testing.T) {
	for s, want := range map[string]string{
		"2026-02-13 08:30 Europe/Berlin":                      "2026-02-13T07:30:00Z",
		"2026-07-13 08:30 Europe/Berlin":                      "2026-07-13T06:30:00Z",
		"13 Feb 2026 08:30:00 America/Argentina/Buenos_Aires": "2026-02-13T11:30:00Z",
		"Fri, 13 Feb 2026 08:30 (Asia/Shanghai)":              "2026-02-13T00:30:00Z",
		"2026-02-13T08:30:00+02:00[Europe/Berlin]":            "2026-02-13T06:30:00Z",
		"2026-02-13 08:30 Europe/Nowhere":                     "2026-02-13T08:30:00Z",
		"2026-02-13 08:30 Europe/../../etc/passwd":            "2026-02-13T08:30:00Z",
	} {
		if at, ok := ParseDate(s); !ok || at.Format(time.RFC3339) != want {
			t.Errorf("%s: %v, %v, want %s", s, at, ok, want)
		}
	}
}
