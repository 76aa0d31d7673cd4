package deliver

import (
	"fmt"
	"hash/fnv"
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

// slowly is when a letter that was put off is tried again: by the steps, spread
// by ±20 % so that a list does not come back as one. The step follows from how
// long the letter has been under way, as in Postfix, so that it needs no column
// and survives a restart; a letter that nobody put off before begins at the first.
func slowly(d digest.Delivery, now time.Time) time.Time {
	step := 0
	if d.Code/100 == 4 && !d.DatedAt.IsZero() {
		age, due := now.Sub(d.DatedAt), time.Duration(0)
		for step < len(steps)-1 {
			due += steps[step]
			if age < due*3/4 { // earlier than any spread makes the next step
				break
			}
			step++
		}
	}
	at := now.Add(spread(d, step, steps[step]))
	if !d.Deadline.IsZero() && at.After(d.Deadline) {
		// Not later than the row can be settled as expired.
		return d.Deadline
	}
	return at
}

// spread moves a wait by up to 20 % either way, always the same for one letter
// and step.
func spread(d digest.Delivery, step int, wait time.Duration) time.Duration {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%d", d.Kind, d.Ref, d.Reader, step)
	part := time.Duration(h.Sum32()%401) - 200 // thousandths
	return wait + wait*part/1000
}
