package daily

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"

	"reedaily/digest"
)

func mustCron(t testing.TB, line string) Schedule {
	t.Helper()
	s, err := cron.ParseStandard(line)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDue(t *testing.T) {
	for _, tc := range []struct {
		name, line, zone, since, now, want string
	}{
		{"a plain day", "30 6 * * *", "UTC", "2026-02-13T12:00:00Z", "2026-02-14T07:00:00Z", "2026-02-14@2026-02-14T06:30:00Z"},
		{"not yet", "30 6 * * *", "UTC", "2026-02-13T12:00:00Z", "2026-02-14T06:29:59Z", ""},
		{"on the second", "30 6 * * *", "UTC", "2026-02-13T12:00:00Z", "2026-02-14T06:30:00Z", "2026-02-14@2026-02-14T06:30:00Z"},
		{"two days missed", "30 6 * * *", "UTC", "2026-02-11T12:00:00Z", "2026-02-13T07:00:00Z", "2026-02-12@2026-02-12T06:30:00Z 2026-02-13@2026-02-13T06:30:00Z"},
		{"weekdays only", "30 6 * * 1-5", "UTC", "2026-02-13T12:00:00Z", "2026-02-16T07:00:00Z", "2026-02-16@2026-02-16T06:30:00Z"},
		{"spring gap", "30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", "2026-03-29@2026-03-29T01:00:00Z"},
		{"autumn hour twice", "30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", "2026-10-25@2026-10-25T00:30:00Z"},
		{"midnight gap", "0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T12:00:00Z", "2018-11-04@2018-11-04T03:00:00Z"},
		{"a day that never was", "30 6 * * *", "Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-31T00:00:00Z", "2011-12-31@2011-12-30T16:30:00Z"},
		{"the first of the day counts", "0 6,18 * * *", "UTC", "2026-02-13T12:00:00Z", "2026-02-14T20:00:00Z", "2026-02-14@2026-02-14T06:00:00Z"},
		{"another zone's day", "30 6 * * *", "Asia/Shanghai", "2026-02-13T12:00:00Z", "2026-02-14T00:00:00Z", "2026-02-14@2026-02-13T22:30:00Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			zone, err := time.LoadLocation(tc.zone)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range Due(mustCron(t, tc.line), zone, parse(t, tc.since), parse(t, tc.now)) {
				got = append(got, string(f.Day)+"@"+f.At.Format(time.RFC3339))
			}
			if s := strings.Join(got, " "); s != tc.want {
				t.Errorf("got  %s\nwant %s", s, tc.want)
			}
		})
	}
}

func parse(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestDueAgainstTheMinuteHand walks the changes of many zones minute by minute
// and holds Due against what a person at the wall clock would say: each
// calendar day of the zone once, at the first minute that shows the time or
// has passed it.
func TestDueAgainstTheMinuteHand(t *testing.T) {
	zones := []string{
		"UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Havana",
		"Asia/Shanghai", "Asia/Kolkata", "Asia/Tehran", "Asia/Gaza", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca", "Antarctica/Troll",
	}
	if os.Getenv("REEDAILY_ALL_ZONES") != "" {
		zones = allZones(t)
	}
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range changes(zone, 2011, 2037) {
			for _, clock := range []string{"00:00", "00:30", "01:59", "02:00", "02:30", "03:00", "06:30", "23:45"} {
				from, to := at.Add(-30*time.Hour), at.Add(30*time.Hour)
				want := byHand(zone, clock, from, to)
				var hour, minute int
				if _, err := fmt.Sscanf(clock, "%d:%d", &hour, &minute); err != nil {
					t.Fatal(err)
				}
				got := map[digest.Day]time.Time{}
				for _, f := range Due(mustCron(t, fmt.Sprintf("%d %d * * *", minute, hour)), zone, from, to) {
					if _, twice := got[f.Day]; twice {
						t.Fatalf("%s at %s: %s twice", name, clock, f.Day)
					}
					got[f.Day] = f.At
				}
				for day, when := range want {
					if !got[day].Equal(when) {
						t.Fatalf("%s at %s: %s is due %s, want %s", name, clock, day, got[day], when)
					}
				}
				if len(got) > len(want)+1 { // a day at the edge that the hand began too late to see
					t.Fatalf("%s at %s: got %v, want %v", name, clock, got, want)
				}
			}
		}
	}
}

// byHand watches the wall clock each minute: for each day that begins within
// the watch, the first minute at or past the time.
func byHand(zone *time.Location, clock string, from, to time.Time) map[digest.Day]time.Time {
	due, begun := map[digest.Day]time.Time{}, map[digest.Day]bool{}
	last := digest.DayOf(from, zone)
	for t := from.Truncate(time.Minute).Add(time.Minute); !t.After(to); t = t.Add(time.Minute) {
		day, shown := digest.DayOf(t, zone), t.In(zone).Format("15:04")
		if day != last && day > last {
			begun[day] = true
		}
		if _, done := due[day]; !done && begun[day] && shown >= clock {
			due[day] = t.UTC()
		}
		last = day
	}
	return due
}

func changes(zone *time.Location, from, to int) []time.Time {
	var all []time.Time
	t := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC)
	for {
		_, end := t.In(zone).ZoneBounds()
		if end.IsZero() || end.Year() > to {
			break
		}
		all = append(all, end)
		t = end
	}
	return append(all, time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC), time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC))
}

func allZones(t testing.TB) []string {
	t.Helper()
	root := "/usr/share/zoneinfo"
	var names []string
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimPrefix(path, root+"/")
		if _, bad := time.LoadLocation(name); bad == nil && strings.Contains(name, "/") && !strings.HasPrefix(name, "right/") && !strings.HasPrefix(name, "posix/") {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestNext(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	f, ok := Next(mustCron(t, "30 6 * * 1-5"), zone, parse(t, "2026-02-13T12:00:00Z"))
	if want := parse(t, "2026-02-16T05:30:00Z"); !ok || !f.At.Equal(want) || f.Day != "2026-02-16" {
		t.Errorf("got %v %v, want %v", f, ok, want)
	}
	if _, ok := Next(mustCron(t, "0 6 31 2 *"), zone, parse(t, "2026-02-13T12:00:00Z")); ok {
		t.Error("the 31st of February came")
	}
}
