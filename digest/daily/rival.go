package daily

import (
	"fmt"
	"time"

	"reedaily/digest"
)

// rival is another process that was met building an edition, in one look of the
// clock after the other.
type rival struct {
	who    string // empty: none was met
	key    digest.EditionKey
	since  time.Time // of the first of these looks
	latest time.Time // look that met it
}

// met notes that a process builds an edition at now.
func (r *rival) met(who string, key digest.EditionKey, now time.Time) {
	if r.who != who || r.key != key {
		*r = rival{who: who, key: key, since: now}
	}
	r.latest = now
}

// busy says whether a look that began at a time met the other process.
func (r *rival) busy(begun time.Time) bool { return r.who != "" && !r.latest.Before(begun) }

// stuck is an error if the other process has been at one edition for longer than
// any morning takes: it lives, as it holds the builder's lock, but does not go on.
func (r *rival) stuck() error {
	long := r.latest.Sub(r.since)
	if r.who == "" || long < buildLease {
		return nil
	}
	return digest.Hint(fmt.Errorf("make edition %s: %w for %s: %s", r.key.Ref(), digest.ErrBusy, long.Truncate(time.Minute), r.who),
		"see whether that process still works; if it does not, end it: the edition is made then")
}
