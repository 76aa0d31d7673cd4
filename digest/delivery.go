package digest

import "time"

// Kind says what a letter is for. All kinds live in one outbox and one state
// machine.
type Kind string

// The kinds of letter.
const (
	KindDigest       Kind = "digest"       // ref is [EditionKey.Ref]
	KindConfirmation Kind = "confirmation" // ref is the pending nonce, hex
	KindTest         Kind = "test"         // ref is whatever the operator asked for; never in the outbox
)

// DeliveryState is where a letter is in its life:
//
//	queued → leased → inflight → submitted | refused | skipped | uncertain
//
// and back to queued with a later time on a 4xx or a failure before the dot.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryQueued    DeliveryState = "queued"
	DeliveryLeased    DeliveryState = "leased"    // taken by a worker; no dot was sent
	DeliveryInflight  DeliveryState = "inflight"  // committed just before the final dot
	DeliverySubmitted DeliveryState = "submitted" // the relay answered 250
	DeliveryRefused   DeliveryState = "refused"   // the relay answered 5xx
	DeliverySkipped   DeliveryState = "skipped"   // never sent, for Reason
	DeliveryUncertain DeliveryState = "uncertain" // the dot went out and no answer was seen
)

// Reasons for a skipped letter.
const (
	SkipUnsubscribed = "unsubscribed"
	SkipSuppressed   = "suppressed"
	SkipPaused       = "paused"
	SkipExpired      = "expired"   // its deadline passed: yesterday's news is not sent tomorrow
	SkipConfirmed    = "confirmed" // a confirmation whose reader confirmed meanwhile or asked anew
)

// Delivery is one letter to one reader: a row of the outbox. Its natural key is
// (Kind, Ref, Reader).
type Delivery struct {
	ID     int64
	Kind   Kind
	Ref    string
	Reader string // Subscriber.ID
	Email  string // read again with every claim

	State     DeliveryState
	Attempts  int // marks: how often a dot was about to go out
	Ambiguous int // how often it became uncertain
	NextAt    time.Time
	Deadline  time.Time // zero: none
	Lease     string    // the worker's claim; whoever lost it changes nothing
	KeyID     int       // of the token key, pinned at the first claim …
	DatedAt   time.Time // … like the Date header, so that a resend has the same bytes

	SHA256   string // of the letter's bytes, set with inflight
	Code     int    // the relay's reply, the newest
	Enhanced string // RFC 3463 status such as 5.1.1
	Reply    string
	Reason   string
	DoneAt   time.Time
}

// Letter is one mail, rendered whole, ready to be handed to a relay.
type Letter struct {
	From      string // envelope sender (RFC 5321 §4.1.1.2), without brackets
	To        string // envelope recipient
	MessageID string // without brackets
	Raw       []byte // RFC 5322 message with CRLF line ends, not dot-stuffed
}

// Outcome is what became of one attempt, as the outcome table maps it.
type Outcome struct {
	State    DeliveryState
	Code     int
	Enhanced string
	Reply    string // the relay's words, cleaned; or ours
	Reason   string
	// RetryAt is when to try again, for DeliveryQueued.
	RetryAt time.Time
}

// Swept counts the letters that nobody held any more.
type Swept struct {
	Requeued  int // back in the queue
	Uncertain int // the dot may have gone out
	Expired   int // too late to go out at all
}

// Claim is what a worker asks of the outbox.
type Claim struct {
	Now   time.Time
	Max   int
	Lease time.Duration
	Boot  string // names this start of the machine, so that a crash is told from a host restart
	KeyID int    // the token key to pin on letters claimed for the first time
}
