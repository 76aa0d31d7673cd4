package digest

import "time"

// SubscriberState is where a reader is in the life of a subscription.
type SubscriberState string

// The states of a reader.
const (
	ReaderPending      SubscriberState = "pending" // asked, not confirmed: gets the confirmation and nothing else
	ReaderConfirmed    SubscriberState = "confirmed"
	ReaderPaused       SubscriberState = "paused"
	ReaderUnsubscribed SubscriberState = "unsubscribed"
	ReaderSuppressed   SubscriberState = "suppressed" // bounced hard or complained
	ReaderErased       SubscriberState = "erased"     // the address is gone; a keyed hash stays
)

// ReaderEvent is something that happens to a reader.
type ReaderEvent string

// The events of a reader's life.
const (
	ReaderAsks     ReaderEvent = "ask"     // filled in the form
	ReaderConfirms ReaderEvent = "confirm" // pressed the button behind the mailed link
	ReaderImported ReaderEvent = "import"  // added by the operator, who attests consent
	ReaderPauses   ReaderEvent = "pause"
	ReaderResumes  ReaderEvent = "resume"
	ReaderLeaves   ReaderEvent = "leave"
	ReaderReturns  ReaderEvent = "undo"   // took the leaving back by an own link
	ReaderRejected ReaderEvent = "reject" // hard bounce or complaint
	ReaderForgot   ReaderEvent = "erase"
)

// NewReader is the state before the first event.
const NewReader SubscriberState = ""

// ReaderMoves is the whole life of a reader: what is not in it cannot happen.
// A state that maps to itself is a harmless repeat. Treat it as read-only;
// it is a function so that nobody can change it.
func ReaderMoves() map[SubscriberState]map[ReaderEvent]SubscriberState {
	const (
		p, c, z = ReaderPending, ReaderConfirmed, ReaderPaused
		u, s, e = ReaderUnsubscribed, ReaderSuppressed, ReaderErased
	)
	return map[SubscriberState]map[ReaderEvent]SubscriberState{
		NewReader: {ReaderAsks: p, ReaderImported: c, ReaderRejected: s},
		p:         {ReaderAsks: p, ReaderConfirms: c, ReaderImported: c, ReaderLeaves: u, ReaderRejected: s, ReaderForgot: e},
		c:         {ReaderConfirms: c, ReaderImported: c, ReaderPauses: z, ReaderLeaves: u, ReaderRejected: s, ReaderForgot: e},
		z:         {ReaderPauses: z, ReaderResumes: c, ReaderLeaves: u, ReaderRejected: s, ReaderForgot: e},
		u:         {ReaderAsks: p, ReaderLeaves: u, ReaderReturns: c, ReaderRejected: s, ReaderForgot: e},
		// An import never lifts a suppression or an erasure; the reader's own
		// new double opt-in does.
		s: {ReaderAsks: p, ReaderLeaves: s, ReaderRejected: s, ReaderForgot: e},
		e: {ReaderAsks: p, ReaderLeaves: e, ReaderForgot: e},
	}
}

// Move is the state after event, or an error that is [ErrMove].
func Move(from SubscriberState, event ReaderEvent) (SubscriberState, error) {
	to, ok := ReaderMoves()[from][event]
	if !ok {
		return from, &MoveError{From: from, Event: event}
	}
	return to, nil
}

// Subscriber is a reader of the newsletter, or somebody who asked to be one.
type Subscriber struct {
	// ID is 16 random bytes as hex: the handle inside the reader's own links.
	// It says nothing of how many readers there are.
	ID    string
	Email string
	State SubscriberState
	// Nonce is 16 random bytes as hex for the pending confirmation: new with
	// each asking, and the handle of the confirm link.
	Nonce       string
	CreatedAt   time.Time
	ConfirmedAt time.Time // zero until confirmed
	ChangedAt   time.Time
	Lang        string
}

// Signup is one filled-in form, kept before anything is decided, so that the
// form costs and says the same for every address.
type Signup struct {
	ID       int64
	Email    string
	At       time.Time
	Client   string // the reader's network address, as evidence of consent
	FormText string // the exact words agreed to
}

// Consent is one entry of the ledger: who agreed to what, when and how.
type Consent struct {
	Reader   string
	Event    ReaderEvent
	At       time.Time
	Client   string
	How      string // "form", "link", "one-click", "operator: …"
	FormText string
}

// AskBudget bounds the confirmation letters that forms can cause, so that
// nobody's mailbox can be flooded through us.
type AskBudget struct {
	Gap    time.Duration // between two letters to one address
	Most   int           // letters to one address within Window, until its owner acts
	Window time.Duration
	Hourly int // letters to all addresses within an hour; more wait
}

// DefaultAskBudget is 1 in 10 minutes and 3 in 30 days an address, 100 an hour in all.
func DefaultAskBudget() AskBudget {
	return AskBudget{Gap: 10 * time.Minute, Most: 3, Window: 30 * 24 * time.Hour, Hourly: 100}
}
