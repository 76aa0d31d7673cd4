package deliver

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"reedaily/digest"
)

// unsureWait is how long a letter rests whose answer was not seen: long enough
// for a relay to have passed on the first copy, so that receivers see two equal
// Message-IDs and keep one.
const unsureWait = 15 * time.Minute

// steps are the waits between two attempts at a letter that was put off
// (RFC 5321 §4.5.4.1; greylisting mostly ends within the first two).
var steps = []time.Duration{
	5 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour,
}

// slowly puts a letter off: by the steps, spread by ±20 % so that a list does
// not come back as one. The reason ends in how often it was put off, so that
// the count needs no column of its own and survives a restart; after trouble of
// the relay's it begins anew.
func slowly(d digest.Delivery, why string, now time.Time) (reason string, at time.Time) {
	n := putOff(d.Reason) + 1
	step := min(n, len(steps)) - 1
	at = now.Add(spread(d, step, steps[step]))
	if !d.Deadline.IsZero() && at.After(d.Deadline) {
		at = d.Deadline // not later than the row can be settled as expired
	}
	return fmt.Sprintf("%s %d", why, n), at
}

// putOff is how often a letter was put off in a row, as its reason says.
func putOff(reason string) int {
	at := strings.LastIndexByte(reason, ' ')
	n, err := strconv.Atoi(reason[at+1:])
	if err != nil || at < 0 || n < 0 {
		return 0
	}
	return min(n, 1000)
}

// spread moves a wait by up to 20 % either way, always the same for one letter
// and step.
func spread(d digest.Delivery, step int, wait time.Duration) time.Duration {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%d", d.Kind, d.Ref, d.Reader, step)
	part := time.Duration(h.Sum32()%401) - 200 // thousandths
	return wait + wait*part/1000
}
