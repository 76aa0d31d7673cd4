package deliver

import (
	"errors"
	"net"
	"net/textproto"
	"time"

	"reedaily/digest"
)

// stage is how far a letter came.
type stage int

const (
	atConnect stage = iota
	atBanner
	atHello
	atTLS
	atAuth
	atMail
	atRcpt
	atData
	atBody // the body is under way or out, the dot is not
	atMark // the row could not be marked: no dot went out
	atDot  // the dot went out
	stages
)

// class is what the relay said, as far as it matters.
type class int

const (
	saidYes    class = iota
	saidLater        // 4xx
	saidNo           // 5xx
	saidBye          // 421: the relay ends the conversation
	saidSignOn       // 530, 534, 535, 538: it does not accept who we are
	saidLost         // nothing, or nothing that can be read
	classes
)

// effect is what an answer says about the relay.
type effect int

const (
	relayFine   effect = iota
	relayShaky         // a lost connection: several in a row are trouble
	relayDown          // wait before anything else is tried
	relayLocked        // nothing helps but another configuration
)

// retry is when a letter is tried again.
type retry int

const (
	retryNever  retry = iota
	retryFirst        // as soon as the relay is well: the letter did nothing wrong
	retrySlowly       // by the back-off of slowly
	retryUnsure       // once, a while later, with the same bytes
)

// rule is one row of the outcome table.
type rule struct {
	from, to stage // both included
	said     []class
	state    digest.DeliveryState
	relay    effect
	again    retry
	reason   string
}

// outcomes is the outcome table: the only place that says what an answer of
// the relay means for a letter and for the relay. The first row that fits holds.
var outcomes = []rule{
	// The relay's own trouble: no letter is charged for it.
	{atConnect, atDot, []class{saidBye}, digest.DeliveryQueued, relayDown, retryFirst, "relay"},
	{atConnect, atDot, []class{saidSignOn}, digest.DeliveryQueued, relayLocked, retryFirst, "relay"},
	{atAuth, atAuth, []class{saidNo}, digest.DeliveryQueued, relayLocked, retryFirst, "relay"},
	{atConnect, atAuth, []class{saidLater, saidNo, saidLost}, digest.DeliveryQueued, relayDown, retryFirst, "relay"},
	{atMail, atMail, []class{saidLater, saidNo}, digest.DeliveryQueued, relayDown, retryFirst, "relay"},

	// Before the dot.
	{atRcpt, atBody, []class{saidLater}, digest.DeliveryQueued, relayFine, retrySlowly, "deferred"},
	{atRcpt, atBody, []class{saidNo}, digest.DeliveryRefused, relayFine, retryNever, "refused"},
	{atMail, atBody, []class{saidLost}, digest.DeliveryQueued, relayShaky, retrySlowly, "connection lost"},

	// After it.
	{atDot, atDot, []class{saidYes}, digest.DeliverySubmitted, relayFine, retryNever, ""},
	{atDot, atDot, []class{saidLater}, digest.DeliveryQueued, relayFine, retrySlowly, "deferred"},
	{atDot, atDot, []class{saidNo}, digest.DeliveryRefused, relayFine, retryNever, "refused"},
	{atDot, atDot, []class{saidLost}, digest.DeliveryUncertain, relayShaky, retryUnsure, "network"},
}

// ruleFor finds the row. What no row covers (a yes where the conversation then
// ends) cannot come from a session; it counts as a lost connection.
func ruleFor(at stage, said class) rule {
	for _, r := range outcomes {
		if at < r.from || at > r.to {
			continue
		}
		for _, c := range r.said {
			if c == said {
				return r
			}
		}
	}
	return rule{at, at, []class{said}, digest.DeliveryQueued, relayShaky, retrySlowly, "connection lost"}
}

// answer is how an attempt ended: the stage it came to and the relay's words.
type answer struct {
	stage stage
	err   error            // nil only for an accepted letter
	reply *textproto.Error // set for an accepted letter
}

func (a *answer) class() class {
	if a.err == nil {
		return saidYes
	}
	r := a.words()
	if r == nil {
		return saidLost
	}
	switch r.Code {
	case 421:
		return saidBye
	case 530, 534, 535, 538:
		return saidSignOn
	}
	switch r.Code / 100 {
	case 4:
		return saidLater
	case 5:
		return saidNo
	}
	return saidLost // an answer that cannot follow here: one of us lost count
}

// slow says that the relay kept us waiting rather than hung up.
func (a *answer) slow() bool {
	var t net.Error
	return errors.As(a.err, &t) && t.Timeout()
}

// words is the relay's reply, nil where there was none.
func (a *answer) words() *textproto.Error {
	if a.reply != nil {
		return a.reply
	}
	var r *textproto.Error
	if errors.As(a.err, &r) {
		return r
	}
	return nil
}

// outcome writes an answer down as the row will keep it.
func (a *answer) outcome(d digest.Delivery, now time.Time) (digest.Outcome, effect) {
	r := ruleFor(a.stage, a.class())
	o := digest.Outcome{State: r.state, Reason: r.reason}
	if w := a.words(); w != nil {
		o.Code = w.Code
		o.Enhanced = enhanced(w.Msg)
		o.Reply = clean(w.Msg)
	} else {
		o.Reply = clean(a.err.Error())
	}
	switch r.again {
	case retryFirst:
		// The relay's breaker holds everything back; the row itself stays due,
		// so that a start with a better configuration finds it at once.
		o.RetryAt = now
	case retrySlowly:
		o.Reason, o.RetryAt = slowly(d, r.reason, now)
	case retryUnsure:
		if d.Ambiguous == 0 {
			o.RetryAt = now.Add(unsureWait)
		}
	}
	return o, r.relay
}
