package deliver

import (
	"sync"
	"time"

	"reedaily/digest"
)

// Summary says what a Drain did.
type Summary struct {
	Submitted int // the relay took them
	Refused   int // the relay will never take them
	Skipped   int // they were not to go out any more
	Uncertain int // the relay's answer was not seen
	Waiting   int // taken up now, and queued again for later
	Expired   int // nobody took them up in time
	// NextAt is when the next letter falls due; zero if none is queued.
	NextAt time.Time
}

// Total is how many letters are settled.
func (s Summary) Total() int { return s.Submitted + s.Refused + s.Skipped + s.Uncertain }

// Plus is what two drains did, one after the other.
func (s Summary) Plus(next Summary) Summary {
	next.Submitted += s.Submitted
	next.Refused += s.Refused
	next.Skipped += s.Skipped
	next.Uncertain += s.Uncertain
	next.Expired += s.Expired
	return next
}

// tally counts for a Summary; a nil tally counts nothing.
type tally struct {
	mu   sync.Mutex
	last map[int64]digest.DeliveryState
}

func newTally() *tally { return &tally{last: map[int64]digest.DeliveryState{}} }

func (t *tally) count(d digest.Delivery, s digest.DeliveryState) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last[d.ID] = s
}

func (t *tally) summary() Summary {
	t.mu.Lock()
	defer t.mu.Unlock()
	var s Summary
	for _, state := range t.last {
		switch state {
		case digest.DeliverySubmitted:
			s.Submitted++
		case digest.DeliveryRefused:
			s.Refused++
		case digest.DeliverySkipped:
			s.Skipped++
		case digest.DeliveryUncertain:
			s.Uncertain++
		case digest.DeliveryQueued:
			s.Waiting++
		}
	}
	return s
}
