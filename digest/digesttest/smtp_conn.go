package digesttest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// errEnd ends a conversation.
var errEnd = errors.New("end of conversation")

// smtpConn is one conversation.
type smtpConn struct {
	server *SMTPServer
	raw    net.Conn // what was accepted
	conn   net.Conn // the same or TLS over it
	r      *bufio.Reader
	n      int // of the connection
	begun  int // letters on it
	number int // of the letter on the server
	hello  string
	user   string
	secure uint16
	from   string
	rcpts  []string
}

func (s *SMTPServer) serve(c net.Conn) {
	s.mu.Lock()
	s.conns++
	n := s.conns
	s.open[c] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.open, c)
		s.mu.Unlock()
		_ = c.Close()
	}()
	select {
	case <-s.done:
		return
	default:
	}
	conv := &smtpConn{server: s, raw: c, conn: c, n: n}
	if s.settings.TLS == "tls" && conv.encrypt() != nil {
		return
	}
	conv.r = bufio.NewReader(conv.conn)
	if conv.answer(SMTPBanner, "220 localhost test server") != nil {
		return
	}
	for conv.next() == nil {
	}
}

func (c *smtpConn) encrypt() error {
	secure := tls.Server(c.raw, &tls.Config{
		Certificates: []tls.Certificate{c.server.cert},
		MinVersion:   tls.VersionTLS10, MaxVersion: c.server.settings.MaxTLS,
	})
	if err := secure.Handshake(); err != nil {
		return err
	}
	c.conn, c.secure = secure, secure.ConnectionState().Version
	c.r = bufio.NewReader(secure)
	return nil
}

// misbehave does what the settings want at this stage; handled says that the
// proper answer must not follow.
func (c *smtpConn) misbehave(at SMTPStage) (handled bool, err error) {
	if c.server.settings.Fault == nil {
		return false, nil
	}
	p := SMTPPoint{Stage: at, Conn: c.n, Message: c.number, OnConn: c.begun, From: c.from}
	if len(c.rcpts) > 0 {
		p.To = c.rcpts[len(c.rcpts)-1]
	}
	f := c.server.settings.Fault(p)
	if f == nil {
		return false, nil
	}
	if f.Wait > 0 && !c.sleep(f.Wait) {
		return true, errEnd
	}
	out := f.Raw
	if f.Reply != "" {
		out = f.Reply + "\r\n" + f.Raw
	}
	if out != "" {
		if err := c.say(out, f.Slow); err != nil {
			return true, err
		}
	}
	switch {
	case f.Hang:
		_, _ = io.Copy(io.Discard, c.conn) // until the client goes
		return true, errEnd
	case f.Drop:
		return true, errEnd
	}
	return out != "", nil
}

func (c *smtpConn) sleep(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-c.server.done:
		return false
	}
}

func (c *smtpConn) say(s string, slow time.Duration) error {
	if slow <= 0 {
		_, err := io.WriteString(c.conn, s)
		return err
	}
	for i := range len(s) {
		if _, err := io.WriteString(c.conn, s[i:i+1]); err != nil {
			return err
		}
		if !c.sleep(slow) {
			return errEnd
		}
	}
	return nil
}

// answer says line unless it misbehaves at this stage.
func (c *smtpConn) answer(at SMTPStage, line string) error {
	handled, err := c.misbehave(at)
	if handled || err != nil {
		return err
	}
	return c.say(line+"\r\n", 0)
}

// next reads and answers one command.
func (c *smtpConn) next() error {
	line, err := c.line()
	if err != nil {
		return err
	}
	verb, arg, _ := strings.Cut(line, " ")
	switch strings.ToUpper(verb) {
	case "EHLO", "HELO":
		c.hello = arg
		return c.answer(SMTPEhlo, c.offer(strings.EqualFold(verb, "EHLO")))
	case "STARTTLS":
		return c.startTLS()
	case "AUTH":
		return c.auth(arg)
	case "MAIL":
		return c.mail(arg)
	case "RCPT":
		return c.rcpt(arg)
	case "DATA":
		return c.data()
	case "RSET":
		c.from, c.rcpts = "", nil
		return c.answer(SMTPRset, "250 2.0.0 OK")
	case "NOOP":
		return c.say("250 2.0.0 OK\r\n", 0)
	case "QUIT":
		if err := c.answer(SMTPQuit, "221 2.0.0 Bye"); err != nil {
			return err
		}
		return errEnd
	}
	return c.say("500 5.5.1 Unknown command\r\n", 0)
}

func (c *smtpConn) line() (string, error) {
	line, err := c.r.ReadString('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// offer is the answer to EHLO.
func (c *smtpConn) offer(extended bool) string {
	lines := []string{"localhost at your service"}
	if extended {
		lines = append(lines, "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "SIZE 26214400")
		lines = append(lines, c.server.settings.Extensions...)
		if c.server.settings.TLS == "starttls" && c.secure == 0 {
			lines = append(lines, "STARTTLS")
		} else if len(c.server.settings.Users) > 0 {
			lines = append(lines, "AUTH "+strings.Join(c.mechanisms(), " "))
		}
	}
	var b strings.Builder
	for i, l := range lines {
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		fmt.Fprintf(&b, "250%s%s\r\n", sep, l)
	}
	return strings.TrimSuffix(b.String(), "\r\n")
}

func (c *smtpConn) startTLS() error {
	if c.server.settings.TLS != "starttls" || c.secure != 0 {
		return c.say("502 5.5.1 Not here\r\n", 0)
	}
	handled, err := c.misbehave(SMTPStartTLS)
	if handled || err != nil {
		return err
	}
	if err := c.say("220 2.0.0 Ready\r\n", 0); err != nil {
		return err
	}
	return c.encrypt()
}

// closing says whether the connection has had its letters.
func (c *smtpConn) closing() bool {
	most := c.server.settings.CloseAfter
	return most > 0 && c.begun >= most
}

func (c *smtpConn) mail(arg string) error {
	switch {
	case c.closing():
		_ = c.say("421 4.7.0 Enough letters for one connection\r\n", 0)
		return errEnd
	case c.server.settings.TLS == "starttls" && c.secure == 0:
		return c.say("530 5.7.0 STARTTLS first\r\n", 0)
	case len(c.server.settings.Users) > 0 && c.user == "":
		return c.say("530 5.7.0 Sign on first\r\n", 0)
	case c.from != "":
		return c.say("503 5.5.1 There is a sender already\r\n", 0)
	}
	from, ok := path(arg, "FROM:")
	if !ok {
		return c.say("501 5.5.4 Want MAIL FROM:<address>\r\n", 0)
	}
	c.begun++
	c.server.mu.Lock()
	c.server.begun++
	c.number = c.server.begun
	c.server.mu.Unlock()
	handled, err := c.misbehave(SMTPMail)
	if handled || err != nil {
		return err
	}
	c.from, c.rcpts = from, nil
	return c.say("250 2.1.0 OK\r\n", 0)
}

func (c *smtpConn) rcpt(arg string) error {
	to, ok := path(arg, "TO:")
	switch {
	case c.from == "":
		return c.say("503 5.5.1 MAIL first\r\n", 0)
	case !ok:
		return c.say("501 5.5.4 Want RCPT TO:<address>\r\n", 0)
	}
	c.rcpts = append(c.rcpts, to)
	handled, err := c.misbehave(SMTPRcpt)
	if handled || err != nil {
		c.rcpts = c.rcpts[:len(c.rcpts)-1]
		return err
	}
	return c.say("250 2.1.5 OK\r\n", 0)
}

// path reads <address> out of the argument of MAIL and RCPT.
func path(arg, prefix string) (string, bool) {
	if len(arg) < len(prefix) || !strings.EqualFold(arg[:len(prefix)], prefix) {
		return "", false
	}
	rest, ok := strings.CutPrefix(strings.TrimSpace(arg[len(prefix):]), "<")
	if !ok {
		return "", false
	}
	address, _, ok := strings.Cut(rest, ">")
	return address, ok
}

func (c *smtpConn) data() error {
	if len(c.rcpts) == 0 {
		return c.say("503 5.5.1 RCPT first\r\n", 0)
	}
	if handled, err := c.misbehave(SMTPData); handled || err != nil {
		return err
	}
	if err := c.say("354 Go on\r\n", 0); err != nil {
		return err
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	letter := SMTPLetter{
		From: c.from, To: c.rcpts[len(c.rcpts)-1], Rcpts: c.rcpts, Data: body,
		User: c.user, TLS: c.secure, Hello: c.hello, Conn: c.n, At: time.Now(),
	}
	defer func() { c.from, c.rcpts = "", nil }()
	if handled, err := c.misbehave(SMTPDot); handled || err != nil {
		return err
	}
	c.server.keep(letter)
	return c.answer(SMTPKept, "250 2.0.0 Kept")
}

// body reads up to the final dot. A line that ends in a bare LF stays in the
// letter as it is.
func (c *smtpConn) body() ([]byte, error) {
	var b bytes.Buffer
	for first := true; ; first = false {
		line, err := c.r.ReadBytes('\n')
		if err != nil {
			return nil, err
		}
		if string(line) == ".\r\n" {
			return b.Bytes(), nil
		}
		if line[0] == '.' {
			line = line[1:]
		}
		b.Write(line)
		if first {
			if _, err := c.misbehave(SMTPBody); err != nil {
				return nil, err
			}
		}
	}
}
