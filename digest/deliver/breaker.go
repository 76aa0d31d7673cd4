package deliver

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"sync"
	"syscall"
	"time"

	"reedaily/digest"
)

const (
	shortestRest = 30 * time.Second
	longestRest  = 15 * time.Minute
	// shakyRow is how many lost connections in a row make a relay down.
	shakyRow = 3
)

// breaker keeps a relay that is in trouble from being asked for every letter.
type breaker struct {
	mu     sync.Mutex
	until  time.Time
	rest   time.Duration
	locked bool
	lost   int // connections lost in a row
	cause  error
}

// open says whether to leave the relay alone at now, until when, and why.
// A locked breaker stays open for the life of the program: until is zero.
func (b *breaker) open(now time.Time) (until time.Time, cause error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.locked {
		return time.Time{}, b.cause
	}
	if now.Before(b.until) {
		return b.until, b.cause
	}
	return time.Time{}, nil
}

// note takes in what an answer said about the relay and tells whether the
// breaker opened by it.
func (b *breaker) note(e effect, cause error, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e {
	case relayFine:
		b.rest, b.lost, b.until = 0, 0, time.Time{}
		if !b.locked {
			b.cause = nil
		}
		return false
	case relayShaky:
		if b.lost++; b.lost < shakyRow {
			return false
		}
	}
	if b.locked || (e != relayLocked && now.Before(b.until)) {
		return false // another worker saw the same trouble
	}
	b.lost = 0
	b.locked = e == relayLocked
	b.rest = min(max(2*b.rest, shortestRest), longestRest)
	b.until, b.cause = now.Add(b.rest), cause
	return true
}

// explain makes one clear sentence of an answer that is the relay's trouble,
// with the next step.
func (a *answer) explain(r Relay) error {
	words := a.err
	if w := a.words(); w != nil {
		msg := clean(w.Msg)
		if a.stage > atMail {
			msg = veil(msg) // these words go to the log and to the terminal
		}
		words = fmt.Errorf("it says %d %s", w.Code, msg)
	}
	switch a.stage {
	case atConnect:
		return digest.Hint(fmt.Errorf("the relay %s cannot be reached: %w", r, reason(words)),
			"check mail.relay.host and mail.relay.port; letters wait and nothing is lost")
	case atBanner, atHello:
		return digest.Hint(fmt.Errorf("the relay %s does not greet us: %w", r, words),
			"check that host and port are those of a mail server; letters wait and nothing is lost")
	case atTLS:
		return digest.Hint(fmt.Errorf("the relay %s gives no safe connection: %w", r, words), tlsHint(a.err))
	case atAuth:
		return digest.Hint(fmt.Errorf("the relay %s does not let us sign on: %w", r, words),
			"check mail.relay.username and its password, then start again; letters wait and nothing is lost")
	case atMail:
		return digest.Hint(fmt.Errorf("the relay %s takes no letters from us: %w", r, words),
			"check that it may send for the address in mail.from; letters wait and nothing is lost")
	}
	return digest.Hint(fmt.Errorf("the relay %s broke off: %w", r, words), "letters wait and nothing is lost")
}

// reason is why there is no connection, without the words of the network library.
func reason(err error) error {
	var dns *net.DNSError
	var number syscall.Errno
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("there is no host named %s", dns.Name)
	case errors.As(err, &number):
		return number // "connection refused"
	}
	return err
}

func tlsHint(err error) string {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	switch {
	case errors.Is(err, errNoSTARTTLS):
		return "set mail.relay.tls to tls, with port 465, or choose another relay"
	case errors.As(err, &unknown):
		return "name the authority that signed its certificate in mail.relay.ca_file"
	case errors.As(err, &name):
		return "set mail.relay.host to a name in its certificate"
	}
	return "check mail.relay.tls (starttls with port 587, tls with port 465) and the relay's certificate"
}
