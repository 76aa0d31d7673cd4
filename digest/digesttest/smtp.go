package digesttest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strconv"
	"sync"
	"time"
)

// SMTPStage is a point of a conversation at which an SMTP server can misbehave.
type SMTPStage string

// The stages, in order.
const (
	SMTPBanner   SMTPStage = "banner"
	SMTPEhlo     SMTPStage = "ehlo"
	SMTPStartTLS SMTPStage = "starttls"
	SMTPAuth     SMTPStage = "auth"
	SMTPMail     SMTPStage = "mail"
	SMTPRcpt     SMTPStage = "rcpt"
	SMTPData     SMTPStage = "data"    // instead of 354
	SMTPBody     SMTPStage = "body"    // after some bytes of the letter
	SMTPDot      SMTPStage = "dot"     // the letter is whole and not kept
	SMTPKept     SMTPStage = "dotkept" // the letter is whole and kept
	SMTPRset     SMTPStage = "rset"
	SMTPQuit     SMTPStage = "quit"
)

// SMTPStages lists them all.
func SMTPStages() []SMTPStage {
	return []SMTPStage{
		SMTPBanner, SMTPEhlo, SMTPStartTLS, SMTPAuth, SMTPMail, SMTPRcpt,
		SMTPData, SMTPBody, SMTPDot, SMTPKept, SMTPRset, SMTPQuit,
	}
}

// SMTPPoint says where a conversation is.
type SMTPPoint struct {
	Stage    SMTPStage
	Conn     int // 1 for the server's first connection
	Message  int // letters begun on the server, this one included
	OnConn   int // letters begun on the connection, this one included
	From, To string
}

// SMTPFault is what the server does instead of behaving. The zero value of
// every field does nothing.
type SMTPFault struct {
	Reply string        // sent as it is, CRLF added: "451 4.7.1 Greylisted"
	Raw   string        // sent as it is, without CRLF
	Slow  time.Duration // between two bytes of what is sent
	Wait  time.Duration // before anything else
	Hang  bool          // say nothing and keep the connection until the client goes
	Drop  bool          // close the connection, after Reply and Raw if they are set
}

// SMTPSettings describe a server. The zero value takes every letter in plain text.
type SMTPSettings struct {
	// TLS is "" or "none", "starttls" (offered and, as submission servers do,
	// required), or "tls" (from the first byte).
	TLS string
	// MaxTLS is the newest version of TLS that the server speaks; 0 is no limit.
	MaxTLS uint16
	// Users who may sign on, name → password; with any, signing on is required.
	Users map[string]string
	// Mechanisms offered for it; PLAIN and LOGIN if empty.
	Mechanisms []string
	// Extensions are further lines of the EHLO answer, such as "PIPELINING".
	Extensions []string
	// Fault is asked at every stage; nil behaves. It is called by many
	// connections at once.
	Fault func(SMTPPoint) *SMTPFault
	// Kept is called for every letter before it is acknowledged.
	Kept func(SMTPLetter)
	// CloseAfter ends a connection with 421 after so many letters; 0 never.
	CloseAfter int
}

// SMTPLetter is an accepted letter.
type SMTPLetter struct {
	From, To string // To is the last recipient
	Rcpts    []string
	Data     []byte // as it was before dot-stuffing
	User     string // who signed on
	TLS      uint16 // version, 0 for plain text
	Hello    string
	Conn     int
	At       time.Time
}

// SMTPServer is a real mail server for tests: it keeps every letter that it
// acknowledges, and misbehaves on request.
type SMTPServer struct {
	settings SMTPSettings
	listener net.Listener
	cert     tls.Certificate
	roots    *x509.CertPool
	done     chan struct{}
	wg       sync.WaitGroup

	mu      sync.Mutex
	open    map[net.Conn]bool
	conns   int
	begun   int
	letters []SMTPLetter
	news    chan struct{}
}

// StartSMTP starts a server on a free loopback port.
func StartSMTP(s SMTPSettings) (*SMTPServer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	srv, err := NewSMTP(s)
	if err != nil {
		_ = l.Close()
		return nil, err
	}
	srv.listener = l
	srv.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			srv.wg.Go(func() { srv.serve(c) })
		}
	})
	return srv, nil
}

// NewSMTP makes a server without a port, to be reached by Dial: for tests with
// a turned clock (testing/synctest), which real sockets would stop.
func NewSMTP(s SMTPSettings) (*SMTPServer, error) {
	srv := &SMTPServer{
		settings: s, done: make(chan struct{}),
		open: map[net.Conn]bool{}, news: make(chan struct{}),
	}
	if s.TLS == "starttls" || s.TLS == "tls" {
		var err error
		if srv.cert, srv.roots, err = newCertificate("localhost"); err != nil {
			return nil, err
		}
	}
	return srv, nil
}

// Close ends all conversations at once and waits for them.
func (s *SMTPServer) Close() {
	close(s.done)
	if s.listener != nil {
		_ = s.listener.Close()
	}
	s.Cut()
	s.wg.Wait()
}

// Cut ends all conversations of the moment.
func (s *SMTPServer) Cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.open {
		_ = c.Close()
	}
}

// Host and Port are where the server listens.
func (s *SMTPServer) Host() string { return "127.0.0.1" }

// Port is 0 for a server without one.
func (s *SMTPServer) Port() int {
	if s.listener == nil {
		return 0
	}
	_, port, _ := net.SplitHostPort(s.listener.Addr().String())
	n, _ := strconv.Atoi(port)
	return n
}

// RootCAs vouch for the server's certificate, which is for localhost and 127.0.0.1.
func (s *SMTPServer) RootCAs() *x509.CertPool { return s.roots }

// Dial opens a conversation without a port.
func (s *SMTPServer) Dial(context.Context) (net.Conn, error) {
	select {
	case <-s.done:
		return nil, errors.New("the test's mail server is closed")
	default:
	}
	ours, theirs := net.Pipe()
	s.wg.Go(func() { s.serve(theirs) })
	return ours, nil
}

// Letters are all letters that were acknowledged, or kept without being so at
// stage SMTPKept, in order.
func (s *SMTPServer) Letters() []SMTPLetter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]SMTPLetter(nil), s.letters...)
}

// Conns is how many connections there were.
func (s *SMTPServer) Conns() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

// Wait waits until the server has n letters, and returns them.
func (s *SMTPServer) Wait(ctx context.Context, n int) ([]SMTPLetter, error) {
	for {
		s.mu.Lock()
		news := s.news
		s.mu.Unlock()
		if got := s.Letters(); len(got) >= n {
			return got, nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return s.Letters(), context.Cause(ctx)
		}
	}
}

func (s *SMTPServer) keep(l SMTPLetter) {
	if s.settings.Kept != nil {
		s.settings.Kept(l)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, l)
	close(s.news)
	s.news = make(chan struct{})
}
