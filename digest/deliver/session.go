package deliver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/textproto"
	"os"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"reedaily/digest"
)

var (
	errNoSTARTTLS  = errors.New("it does not offer STARTTLS")
	errNoAuth      = errors.New("it does not offer authentication")
	errNoMechanism = errors.New("it offers no way to sign on that we know")
	errEarly       = errors.New("the relay answered before it was asked")
	errTooLong     = errors.New("the relay's answer has no end")
)

// maxReply is how many bytes a relay may send between two of ours, a
// certificate chain included.
const maxReply = 64 << 10

// wire is the connection below TLS. It counts, so that an endless answer ends
// and so that we know whether the final dot left at all.
type wire struct {
	net.Conn
	heard int
	sent  int64
}

func (w *wire) Read(p []byte) (int, error) {
	if w.heard >= maxReply {
		return 0, errTooLong
	}
	n, err := w.Conn.Read(p)
	w.heard += n
	return n, err
}

func (w *wire) Write(p []byte) (int, error) {
	w.heard = 0
	n, err := w.Conn.Write(p)
	w.sent += int64(n)
	return n, err
}

// session is one connection to a relay. It is used by one worker.
type session struct {
	wire   *wire
	client *smtp.Client
	times  Timeouts
	open   bool // a mail transaction is under way: RSET before the next
	dead   bool // cut, or not in a known state
}

// allow gives the next step d; connection deadlines run on the machine's own
// clock, whatever clock the rows are judged by.
func (s *session) allow(d time.Duration) { _ = s.wire.SetDeadline(time.Now().Add(d)) }

// cut ends the connection without a word: the only safe end inside DATA, where
// a QUIT would be part of the letter. It may be called from anywhere.
func (s *session) cut() { _ = s.wire.Close() }

// end leaves politely. What the relay says to that changes nothing.
func (s *session) end(log *slog.Logger) {
	if !s.dead {
		s.allow(s.times.Quit)
		if err := s.client.Quit(); err != nil {
			log.Debug("the relay did not say goodbye", "error", clean(err.Error()))
		}
	}
	s.cut()
}

// ready clears what a refused letter left behind.
func (s *session) ready() error {
	if s.client.Text.R.Buffered() > 0 {
		return errEarly // its next answer would be taken for another's
	}
	if !s.open {
		return nil
	}
	s.allow(s.times.Quit)
	if err := s.client.Reset(); err != nil {
		return fmt.Errorf("reset the connection: %w", err)
	}
	s.open = false
	return nil
}

// send walks one letter through MAIL, RCPT, DATA, body and dot. mark is called
// when all but the dot is out; the dot follows only if it returns nil. The
// session is dead wherever its state is not certain any more; its owner cuts it.
func (s *session) send(ctx context.Context, l digest.Letter, mark func() error) *answer {
	stop := context.AfterFunc(ctx, s.cut)
	defer func() { stop() }()
	if bad := s.offer(l); bad != nil {
		return bad
	}
	if bad := s.body(l.Raw); bad != nil {
		s.dead = true
		return bad
	}
	if err := mark(); err != nil {
		s.dead = true
		return &answer{stage: atMark, err: err}
	}
	if !stop() {
		s.dead = true
		// Told to stop, and the connection is gone: no dot went out.
		return &answer{stage: atBody, err: context.Cause(ctx)}
	}
	// From here an answer is worth waiting for: a stop leaves it some time.
	s.allow(s.times.Dot)
	stop = context.AfterFunc(ctx, func() { _ = s.wire.SetDeadline(time.Now().Add(s.times.Grace)) })
	return s.dot()
}

// offer names sender and recipient and asks to go on.
func (s *session) offer(l digest.Letter) *answer {
	s.allow(s.times.Command)
	if err := s.client.Mail("<" + l.From + ">"); err != nil {
		return s.refused(atMail, err)
	}
	s.open = true
	s.allow(s.times.Command)
	if err := s.client.Rcpt("<" + l.To + ">"); err != nil {
		return s.refused(atRcpt, err)
	}
	s.allow(s.times.Command)
	// Not client.Data: its writer would send the dot by itself.
	text := s.client.Text
	id, err := text.Cmd("DATA")
	if err != nil {
		return s.refused(atData, err)
	}
	text.StartResponse(id)
	_, _, err = text.ReadResponse(354)
	text.EndResponse(id)
	if err != nil {
		return s.refused(atData, err)
	}
	return nil
}

// refused keeps the connection after a proper refusal and cuts it otherwise.
func (s *session) refused(at stage, err error) *answer {
	bad := &answer{stage: at, err: err}
	if c := bad.class(); c != saidLater && c != saidNo {
		s.dead = true
	}
	return bad
}

// body sends the letter but its final dot.
func (s *session) body(raw []byte) *answer {
	s.allow(s.times.Command)
	w := s.client.Text.W
	if err := writeStuffed(w, raw); err != nil {
		return &answer{stage: atBody, err: err}
	}
	if err := w.Flush(); err != nil {
		return &answer{stage: atBody, err: err}
	}
	return s.silence()
}

// earlyWait is how long we listen before the dot.
const earlyWait = 200 * time.Microsecond

// silence makes sure that the relay has said nothing since it asked for the
// letter. A relay that refuses half-way or hangs up is then known not to have
// the letter, where after the dot nobody could tell; and one that lost count
// cannot have an early answer taken for that to the dot.
func (s *session) silence() *answer {
	_ = s.wire.SetReadDeadline(time.Now().Add(earlyWait))
	_, err := s.client.Text.R.Peek(1)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil
	}
	if err != nil {
		return &answer{stage: atBody, err: err}
	}
	s.allow(s.times.Quit)
	reply, err := s.reply()
	if err == nil && reply.Code < 400 {
		err = errEarly
	}
	if err != nil {
		return &answer{stage: atBody, err: err}
	}
	return &answer{stage: atBody, err: reply}
}

// writer is the part of bufio.Writer that a body needs.
type writer interface {
	Write([]byte) (int, error)
	WriteString(string) (int, error)
}

// writeStuffed doubles the dots that begin a line (RFC 5321 §4.5.2).
func writeStuffed(w writer, raw []byte) error {
	if bytes.HasPrefix(raw, []byte(".")) {
		if _, err := w.WriteString("."); err != nil {
			return err
		}
	}
	for {
		at := bytes.Index(raw, []byte("\n."))
		if at < 0 {
			_, err := w.Write(raw)
			return err
		}
		if _, err := w.Write(raw[:at+2]); err != nil {
			return err
		}
		raw = raw[at+1:]
	}
}

// dot ends the letter and waits for the relay's word.
func (s *session) dot() *answer {
	before := s.wire.sent
	text := s.client.Text
	_, err := text.W.WriteString(".\r\n")
	if err == nil {
		err = text.W.Flush()
	}
	if err != nil {
		s.dead = true
		if s.wire.sent == before {
			return &answer{stage: atBody, err: err}
		}
		return &answer{stage: atDot, err: err}
	}
	reply, err := s.reply()
	switch {
	case err != nil:
		return s.refused(atDot, err)
	case reply.Code/100 != 2:
		return s.refused(atDot, reply)
	}
	s.open = false
	return &answer{stage: atDot, reply: reply}
}

// reply reads one answer, whatever it is.
func (s *session) reply() (*textproto.Error, error) {
	code, msg, err := s.client.Text.ReadResponse(0)
	if err != nil {
		return nil, err
	}
	return &textproto.Error{Code: code, Msg: msg}, nil
}

// checkLetter refuses what would not arrive as it was written: line ends other
// than CRLF (which also are how letters are smuggled), lines over the limit of
// RFC 5321 §4.5.3.1.6, addresses with line ends in them.
func checkLetter(l digest.Letter) error {
	const maxLine = 998
	for _, a := range []string{l.From, l.To} {
		if a == "" || bytes.ContainsAny([]byte(a), "\r\n<> ") {
			return errors.New("check the letter: an envelope address is not plain")
		}
	}
	if len(l.Raw) == 0 {
		return errors.New("check the letter: it is empty")
	}
	rest := l.Raw
	for n := 1; len(rest) > 0; n++ {
		at := bytes.IndexByte(rest, '\n')
		if at < 1 || rest[at-1] != '\r' || bytes.IndexByte(rest[:at-1], '\r') >= 0 {
			return fmt.Errorf("check the letter: line %d does not end in CRLF", n)
		}
		if at-1 > maxLine {
			return fmt.Errorf("check the letter: line %d is longer than %d bytes", n, maxLine)
		}
		rest = rest[at+1:]
	}
	return nil
}
