package deliver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"reedaily/digest"
)

// The ways to speak to a relay, for Relay.TLS.
const (
	STARTTLS = "starttls" // plain greeting, then TLS or nothing; the default
	TLS      = "tls"      // TLS from the first byte, port 465 by custom
	NoTLS    = "none"     // to this machine only, unless Insecure
)

// Relay is the mail server that letters are handed to.
type Relay struct {
	Host     string
	Port     int
	TLS      string // STARTTLS, TLS or NoTLS; empty is STARTTLS
	Username string // empty: no authentication
	Password string
	// Auth names the mechanism; empty takes the best one that is offered.
	Auth string
	// HELO is the name we greet with; empty is "localhost".
	HELO string
	// Insecure lets letters and passwords travel unencrypted to another
	// machine, where TLS is NoTLS. Certificates are checked all the same
	// where there is TLS.
	Insecure bool
	// RootCAs replaces the machine's certificate authorities where it is set.
	RootCAs *x509.CertPool
	// Dial replaces the network: for an inbox in this process, and for tests.
	Dial func(ctx context.Context) (net.Conn, error)
	// Timeouts that are zero have the values of RFC 5321.
	Timeouts Timeouts
}

// Timeouts bound each step of a conversation (RFC 5321 §4.5.3.2).
type Timeouts struct {
	Dial    time.Duration // 10 s
	Command time.Duration // 5 min, for each command and for the body
	Dot     time.Duration // 10 min, from the final dot to its answer
	Quit    time.Duration // 5 s, for RSET and QUIT, whose answers change nothing
	// Grace is how long an answer to the dot is waited for once we are told to
	// stop: 10 s. Every answer that is not waited for is a letter that perhaps
	// goes out twice.
	Grace time.Duration
}

func (t Timeouts) orDefault() Timeouts {
	set := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	set(&t.Dial, 10*time.Second)
	set(&t.Command, 5*time.Minute)
	set(&t.Dot, 10*time.Minute)
	set(&t.Quit, 5*time.Second)
	set(&t.Grace, 10*time.Second)
	return t
}

// String names the relay without its password.
func (r Relay) String() string {
	if r.Port == 0 {
		return r.Host
	}
	return net.JoinHostPort(r.Host, strconv.Itoa(r.Port))
}

// GoString keeps the password out of %#v.
func (r Relay) GoString() string { return "deliver.Relay(" + r.String() + ")" }

// LogValue keeps the password out of logs.
func (r Relay) LogValue() slog.Value { return slog.StringValue(r.String()) }

// Check finds the mistakes that can be seen without a connection.
func (r Relay) Check() error {
	switch {
	case r.Host == "":
		return &digest.InputError{What: "relay host", Got: "", Want: "the name of a mail server such as mail.example.com"}
	case r.Dial == nil && (r.Port < 1 || r.Port > 65535):
		return &digest.InputError{What: "relay port", Got: strconv.Itoa(r.Port), Want: "1 to 65535, mostly 587 or 465"}
	case r.Username == "" && r.Password != "":
		return digest.Hint(errors.New("the relay has a password and no user name"), "set mail.relay.username")
	}
	switch r.TLS {
	case "", STARTTLS, TLS:
	case NoTLS:
		if r.Dial == nil && !r.Insecure && !loopbackName(r.Host) {
			return digest.Hint(fmt.Errorf("letters to the relay %s would travel unencrypted", r),
				"set mail.relay.tls to starttls or tls; none is for this machine only")
		}
	default:
		return &digest.InputError{What: "relay tls", Got: r.TLS, Want: "starttls, tls or none"}
	}
	return nil
}

func loopbackName(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// open connects, greets, encrypts and signs on. Its failures are the relay's
// and never a letter's.
func (r Relay) open(ctx context.Context) (*session, *answer) {
	if err := r.Check(); err != nil {
		return nil, &answer{stage: atConnect, err: err}
	}
	times := r.Timeouts.orDefault()
	raw, err := r.dial(ctx, times.Dial)
	if err != nil {
		return nil, &answer{stage: atConnect, err: err}
	}
	s := &session{wire: &wire{Conn: raw}, times: times}
	defer context.AfterFunc(ctx, s.cut)()
	if bad := s.greet(r); bad != nil {
		s.cut()
		if ctx.Err() != nil {
			bad.err = context.Cause(ctx)
		}
		return nil, bad
	}
	return s, nil
}

func (r Relay) dial(ctx context.Context, limit time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if r.Dial != nil {
		return r.Dial(ctx)
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", r.String())
	if err != nil {
		return nil, err
	}
	// A name that says loopback may lead elsewhere.
	if r.TLS == NoTLS && !r.Insecure {
		if to, ok := conn.RemoteAddr().(*net.TCPAddr); !ok || !to.IP.IsLoopback() {
			_ = conn.Close()
			return nil, fmt.Errorf("%s is not this machine, and letters would travel unencrypted", r)
		}
	}
	return conn, nil
}

func (r Relay) tlsConfig() *tls.Config {
	return &tls.Config{ServerName: r.Host, RootCAs: r.RootCAs, MinVersion: tls.VersionTLS12}
}

// greet goes from an open connection to one that takes letters.
func (s *session) greet(r Relay) *answer {
	s.allow(s.times.Command)
	var conn net.Conn = s.wire
	if r.TLS == TLS {
		secure := tls.Client(conn, r.tlsConfig())
		if err := secure.Handshake(); err != nil {
			return &answer{stage: atTLS, err: err}
		}
		conn = secure
	}
	client, err := smtp.NewClient(conn, r.Host)
	if err != nil {
		return &answer{stage: atBanner, err: err}
	}
	// Our addresses are ASCII; asking for SMTPUTF8 would only lose relays.
	client.SkipSMTPUTF8(true)
	s.client = client
	s.allow(s.times.Command)
	if err := client.Hello(r.hello()); err != nil {
		return &answer{stage: atHello, err: err}
	}
	if r.TLS == "" || r.TLS == STARTTLS {
		if ok, _ := client.Extension("STARTTLS"); !ok {
			return &answer{stage: atTLS, err: errNoSTARTTLS}
		}
		s.allow(s.times.Command)
		if err := client.StartTLS(r.tlsConfig()); err != nil {
			return &answer{stage: atTLS, err: err}
		}
	}
	return s.signOn(r)
}

// hello is the name we greet with; a bare address is written as a literal
// (RFC 5321 §4.1.3).
func (r Relay) hello() string {
	if r.HELO == "" {
		return "localhost"
	}
	ip, err := netip.ParseAddr(r.HELO)
	switch {
	case err != nil:
		return r.HELO
	case ip.Is6():
		return "[IPv6:" + ip.String() + "]"
	}
	return "[" + ip.String() + "]"
}

// signOn authenticates where a user name is set.
func (s *session) signOn(r Relay) *answer {
	if r.Username == "" {
		return nil
	}
	ok, offered := s.client.Extension("AUTH")
	if !ok {
		return &answer{stage: atAuth, err: errNoAuth}
	}
	mech := r.Auth
	if mech == "" {
		mech = bestMechanism(offered)
	}
	auth := r.mechanism(mech)
	if auth == nil {
		return &answer{stage: atAuth, err: fmt.Errorf("%w: it offers %q", errNoMechanism, clean(offered))}
	}
	s.allow(s.times.Command)
	if err := s.client.Auth(auth); err != nil {
		return &answer{stage: atAuth, err: err}
	}
	return nil
}

// mechanisms in our order of liking: SCRAM keeps the password from the relay's
// memory; the others rely on TLS, which is checked before.
var mechanisms = []string{"SCRAM-SHA-256", "PLAIN", "LOGIN", "SCRAM-SHA-1"}

func bestMechanism(offered string) string {
	for _, m := range mechanisms {
		for f := range strings.FieldsSeq(offered) {
			if strings.EqualFold(f, m) {
				return m
			}
		}
	}
	return ""
}

func (r Relay) mechanism(name string) smtp.Auth {
	// Whether a password may travel unencrypted was decided by Check and dial.
	plaintext := r.TLS == NoTLS
	switch strings.ToUpper(name) {
	case "SCRAM-SHA-256":
		return smtp.ScramSHA256Auth(r.Username, r.Password)
	case "SCRAM-SHA-1":
		return smtp.ScramSHA1Auth(r.Username, r.Password)
	case "PLAIN":
		return smtp.PlainAuth("", r.Username, r.Password, r.Host, plaintext)
	case "LOGIN":
		return smtp.LoginAuth(r.Username, r.Password, r.Host, plaintext)
	}
	return nil
}
