package daily

import (
	"time"

	"reedaily/digest"
)

// Schedule says when the wall clock asks for an edition. A robfig/cron schedule
// is one; it is only ever asked about wall times, so that its trouble with
// daylight saving (a skipped day in spring, a doubled one in autumn) cannot
// reach us.
type Schedule interface {
	// Next is the first activation later than t; the zero time for never.
	Next(t time.Time) time.Time
}

// Fire is one edition that the schedule asks for.
type Fire struct {
	Day digest.Day
	At  time.Time
}

// lookBack is how far back the clock looks for editions that nobody made.
const lookBack = 7 * 24 * time.Hour

// Due lists what the schedule asked for between since (exclusive) and now,
// oldest first, at most one for each day of the zone: the day's first. A wall
// time in the gap of a spring night means the first instant after it, a
// repeated one in autumn its first occurrence, and a day that the zone never
// had (a move across the date line) has no edition. Pure.
func Due(s Schedule, zone *time.Location, since, now time.Time) []Fire {
	if oldest := now.Add(-lookBack); since.Before(oldest) {
		since = oldest
	}
	var fires []Fire
	// A day earlier than asked, because a gap moves a wall time forward.
	wall := asWall(since.In(zone)).AddDate(0, 0, -1)
	// And a day later, because zones move wall times backward.
	for end := asWall(now.In(zone)).AddDate(0, 0, 1); ; {
		wall = s.Next(wall)
		if wall.IsZero() || wall.After(end) {
			return fires
		}
		fire := Fire{Day: digest.Day(wall.Format(time.DateOnly))}
		var ok bool
		if fire.At, ok = instant(wall, zone); !ok {
			continue
		}
		if fire.At.After(since) && !fire.At.After(now) && first(s, wall) {
			fires = append(fires, fire)
		}
	}
}

// Next is the first fire after now.
func Next(s Schedule, zone *time.Location, now time.Time) (Fire, bool) {
	wall := asWall(now.In(zone)).AddDate(0, 0, -1)
	for range 10_000 { // a line such as "* * * * *" has 1,440 walls a day
		wall = s.Next(wall)
		if wall.IsZero() {
			return Fire{}, false
		}
		if at, ok := instant(wall, zone); ok && at.After(now) && first(s, wall) {
			return Fire{Day: digest.Day(wall.Format(time.DateOnly)), At: at}, true
		}
	}
	return Fire{}, false
}

// first says whether wall is the first activation of its calendar day.
func first(s Schedule, wall time.Time) bool {
	midnight := time.Date(wall.Year(), wall.Month(), wall.Day(), 0, 0, 0, 0, time.UTC)
	return s.Next(midnight.Add(-time.Second)).Equal(wall)
}

// asWall reads the clock on the wall and writes it down as if it hung in
// Greenwich, where no hour is ever missing.
func asWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// instant is when the wall clock of zone first shows wall or, where it never
// does, the first instant after the gap; false if the zone has no such day.
func instant(wall time.Time, zone *time.Location) (time.Time, bool) {
	t := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	start, end := t.ZoneBounds()
	shown := asWall(t)
	if shown.Equal(wall) {
		// The same wall time may have been shown once before the last change.
		if !start.IsZero() {
			_, old := start.Add(-time.Nanosecond).In(zone).Zone()
			if earlier := wall.Add(-time.Duration(old) * time.Second); earlier.Before(start) && asWall(earlier.In(zone)).Equal(wall) {
				return earlier.UTC(), true
			}
		}
		return t.UTC(), true
	}
	// A gap. time.Date promises only one of the two offsets around it: settle on
	// the change that jumps over wall.
	for _, change := range []time.Time{start, end} {
		if change.IsZero() {
			continue
		}
		was := asWall(change.Add(-time.Nanosecond).In(zone))
		if wall.After(was) && wall.Before(asWall(change.In(zone))) {
			t = change
		}
	}
	return t.UTC(), dayExists(wall, zone)
}

// dayExists says whether the zone has any instant of wall's calendar day.
func dayExists(wall time.Time, zone *time.Location) bool {
	noon := time.Date(wall.Year(), wall.Month(), wall.Day(), 12, 0, 0, 0, zone)
	return noon.Day() == wall.Day()
}
