package deliver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"reedaily/digest"
)

func said(code int, msg string) error { return &textproto.Error{Code: code, Msg: msg} }

// TestOutcomeTable spells out RELIABILITY §2.4 for every stage and kind of
// answer, independently of the table's own ranges.
func TestOutcomeTable(t *testing.T) {
	const (
		q, ok, no, unsure = digest.DeliveryQueued, digest.DeliverySubmitted, digest.DeliveryRefused, digest.DeliveryUncertain
		fine, shaky, down = relayFine, relayShaky, relayDown
		locked            = relayLocked
	)
	type want struct {
		state digest.DeliveryState
		relay effect
	}
	lost := io.EOF
	answers := map[string]error{
		"421": said(421, "4.3.2 closing"), "450": said(450, "busy"), "451": said(451, "4.7.1 greylisted"), "452": said(452, "full"),
		"454": said(454, "try later"), "530": said(530, "sign on"), "535": said(535, "5.7.8 wrong"), "550": said(550, "5.1.1 who"),
		"552": said(552, "5.2.2 full"), "554": said(554, "no"), "eof": lost, "timeout": os.ErrDeadlineExceeded,
		"garbage": textproto.ProtocolError("short response"), "odd": said(354, "go on"), "reset": errors.New("connection reset by peer"),
	}
	relayTrouble := map[string]want{
		"421": {q, down}, "450": {q, down}, "451": {q, down}, "452": {q, down}, "454": {q, down}, "530": {q, locked}, "535": {q, locked},
		"550": {q, down}, "552": {q, down}, "554": {q, down}, "eof": {q, down}, "timeout": {q, down}, "garbage": {q, down},
		"odd": {q, down}, "reset": {q, down},
	}
	letterTrouble := map[string]want{
		"421": {q, down}, "450": {q, fine}, "451": {q, fine}, "452": {q, fine}, "454": {q, fine}, "530": {q, locked}, "535": {q, locked},
		"550": {no, fine}, "552": {no, fine}, "554": {no, fine}, "eof": {q, shaky}, "timeout": {q, shaky}, "garbage": {q, shaky},
		"odd": {q, shaky}, "reset": {q, shaky},
	}
	with := func(base map[string]want, more map[string]want) map[string]want {
		m := map[string]want{}
		for k, v := range base {
			m[k] = v
		}
		for k, v := range more {
			m[k] = v
		}
		return m
	}
	table := map[stage]map[string]want{
		atConnect: relayTrouble, atBanner: relayTrouble, atHello: relayTrouble, atTLS: relayTrouble,
		atAuth: with(relayTrouble, map[string]want{"550": {q, locked}, "552": {q, locked}, "554": {q, locked}}),
		atMail: with(relayTrouble, map[string]want{
			"eof": {q, shaky}, "timeout": {q, shaky}, "garbage": {q, shaky}, "odd": {q, shaky}, "reset": {q, shaky},
		}),
		atRcpt: letterTrouble, atData: letterTrouble, atBody: letterTrouble,
		atDot: with(letterTrouble, map[string]want{
			"eof": {unsure, shaky}, "timeout": {unsure, shaky}, "garbage": {unsure, shaky}, "odd": {unsure, shaky}, "reset": {unsure, shaky},
		}),
	}
	now := time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC)
	d := digest.Delivery{Kind: digest.KindDigest, Ref: "daily/2026-02-14", Reader: "aa"}
	for at, row := range table {
		if len(row) != len(answers) {
			t.Errorf("stage %d: %d answers of %d", at, len(row), len(answers))
		}
		for name, w := range row {
			a := &answer{stage: at, err: answers[name]}
			got, relay := a.outcome(d, now)
			if got.State != w.state || relay != w.relay {
				t.Errorf("stage %d, %s: %s relay %d, want %s relay %d", at, name, got.State, relay, w.state, w.relay)
			}
			checkRetry(t, fmt.Sprintf("stage %d, %s", at, name), got, now, relay)
		}
	}
	yes := &answer{stage: atDot, reply: &textproto.Error{Code: 250, Msg: "2.0.0 Ok: queued as 4711"}}
	got, relay := yes.outcome(d, now)
	if got.State != ok || relay != fine || got.Code != 250 || got.Enhanced != "2.0.0" || got.Reply != "2.0.0 Ok: queued as 4711" {
		t.Errorf("250 after the dot: %+v, relay %d", got, relay)
	}
}

func checkRetry(t *testing.T, name string, o digest.Outcome, now time.Time, relay effect) {
	t.Helper()
	switch {
	case o.State == digest.DeliveryUncertain:
		if !o.RetryAt.Equal(now.Add(15 * time.Minute)) {
			t.Errorf("%s: resend at %v", name, o.RetryAt)
		}
	case o.State == digest.DeliveryQueued && (relay == relayDown || relay == relayLocked):
		if !o.RetryAt.Equal(now) {
			t.Errorf("%s: the relay's trouble put the letter off to %v", name, o.RetryAt)
		}
	case o.State == digest.DeliveryQueued:
		if o.RetryAt.Before(now.Add(4*time.Minute)) || o.RetryAt.After(now.Add(6*time.Minute)) {
			t.Errorf("%s: first retry at %v", name, o.RetryAt)
		}
	case !o.RetryAt.IsZero():
		t.Errorf("%s: %s with a retry", name, o.State)
	}
}

// TestOutcomesCover finds stages and answers that no row of the table covers.
func TestOutcomesCover(t *testing.T) {
	for at := atConnect; at < stages; at++ {
		if at == atMark {
			continue
		}
		for c := saidLater; c < classes; c++ {
			found := false
			for _, r := range outcomes {
				for _, s := range r.said {
					found = found || at >= r.from && at <= r.to && s == c
				}
			}
			if !found {
				t.Errorf("no row for stage %d, answer %d", at, c)
			}
		}
	}
}

func TestUncertainIsResentOnce(t *testing.T) {
	now := time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC)
	a := &answer{stage: atDot, err: io.EOF}
	if o, _ := a.outcome(digest.Delivery{Ambiguous: 1}, now); o.State != digest.DeliveryUncertain || !o.RetryAt.IsZero() {
		t.Errorf("a second uncertain end is retried: %+v", o)
	}
}

func TestSlowly(t *testing.T) {
	now := time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC)
	spreads := map[time.Duration]bool{}
	for reader := range 200 {
		d := digest.Delivery{Kind: digest.KindDigest, Ref: "daily/2026-02-14", Reader: fmt.Sprint(reader)}
		for i, want := range []time.Duration{5, 15, 30, 60, 120, 240, 240, 240} {
			want *= time.Minute
			reason, next := slowly(d, "deferred", now)
			if wait := next.Sub(now); wait < want*8/10 || wait > want*12/10 {
				t.Fatalf("reader %d, retry %d after %v: want %v ±20 %%", reader, i+1, wait, want)
			}
			if _, again := slowly(d, "deferred", now); !next.Equal(again) {
				t.Fatal("the spread is not the same twice")
			}
			if reason != fmt.Sprintf("deferred %d", i+1) {
				t.Fatalf("reason %q", reason)
			}
			d.Reason = reason
			spreads[next.Sub(now)] = true
		}
	}
	if len(spreads) < 300 {
		t.Errorf("only %d different waits: a list comes back as one", len(spreads))
	}
	late := digest.Delivery{Deadline: now.Add(time.Minute)}
	if _, got := slowly(late, "deferred", now); !got.Equal(late.Deadline) {
		t.Errorf("retry after the deadline: %v", got)
	}
	for reason, want := range map[string]int{
		"": 0, "relay": 0, "deferred": 0, "deferred 3": 3, "connection lost 2": 2, "letter not made 12": 12, "7": 0, "x -3": 0, "x 99999999": 1000,
	} {
		if got := putOff(reason); got != want {
			t.Errorf("put off by %q: %d, want %d", reason, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"2.0.0 Ok\nqueued":                     "2.0.0 Ok queued",
		" a\x00b\x1b[31m\r\n\tc\u202e\u200bd ": "a b [31m cd",
		"bad \xff\xfe utf":                     "bad utf",
		strings.Repeat("é", 400):               strings.Repeat("é", 250),
		strings.Repeat("x", 10_000):            strings.Repeat("x", 500),
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%.40q) = %.60q, want %.60q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"5.1.1 who": "5.1.1", "5.1.1": "5.1.1", "4.7.1\nmore": "4.7.1", "who": "", "9.1.1 x": "", "5.1.1x": "", "see 5.1.1": "",
	} {
		if got := enhanced(in); got != want {
			t.Errorf("enhanced(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("5.1.1 <a@example.com>\r\nwho")
	f.Add(strings.Repeat("\u202e世", 300))
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(s)
		if len(got) > maxKept || !utf8.ValidString(got) || strings.ContainsAny(got, "\r\n\x00\x1b\u202e") || clean(got) != got {
			t.Errorf("clean(%q) = %q", s, got)
		}
	})
}

func TestCheckLetter(t *testing.T) {
	good := digest.Letter{From: "news@example.com", To: "reader@example.org", Raw: []byte("Subject: x\r\n\r\nhello\r\n")}
	if err := checkLetter(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*digest.Letter){
		"bare LF":      func(l *digest.Letter) { l.Raw = []byte("Subject: x\r\n\r\nhello\n.\nMAIL FROM:<x@y>\r\n") },
		"bare CR":      func(l *digest.Letter) { l.Raw = []byte("Subject: x\r\n\r\nhello\r.\r\n") },
		"no end":       func(l *digest.Letter) { l.Raw = []byte("Subject: x\r\n\r\nhello") },
		"empty":        func(l *digest.Letter) { l.Raw = nil },
		"only LF":      func(l *digest.Letter) { l.Raw = []byte("\n") },
		"long line":    func(l *digest.Letter) { l.Raw = []byte(strings.Repeat("x", 999) + "\r\n") },
		"no sender":    func(l *digest.Letter) { l.From = "" },
		"two commands": func(l *digest.Letter) { l.To = "a@example.org>\r\nRCPT TO:<b@example.org" },
		"brackets":     func(l *digest.Letter) { l.To = "a@example.org> NOTIFY=NEVER <" },
	} {
		l := good
		change(&l)
		if checkLetter(l) == nil {
			t.Errorf("%s is let through", name)
		}
	}
}

func TestStuffing(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\n":                   "a\r\n",
		".\r\n":                   "..\r\n",
		"a\r\n.\r\n..b\r\n.c\r\n": "a\r\n..\r\n...b\r\n..c\r\n",
		"a.\r\nb.c\r\n":           "a.\r\nb.c\r\n",
	} {
		var b strings.Builder
		if err := writeStuffed(&b, []byte(in)); err != nil || b.String() != want {
			t.Errorf("stuffed %q: %q, want %q", in, b.String(), want)
		}
	}
}

// endless is a connection that never stops talking.
type endless struct {
	net.Conn
	said int
}

func (e *endless) Read(p []byte) (int, error) {
	const more = "250-and more\r\n"
	if e.said += len(more); e.said > 100<<20 {
		return 0, io.EOF
	}
	return copy(p, more), nil
}
func (e *endless) Write(p []byte) (int, error)      { return len(p), nil }
func (e *endless) Close() error                     { return nil }
func (e *endless) SetDeadline(time.Time) error      { return nil }
func (e *endless) SetReadDeadline(time.Time) error  { return nil }
func (e *endless) SetWriteDeadline(time.Time) error { return nil }

func TestEndlessAnswerEnds(t *testing.T) {
	conn := &endless{}
	r := Relay{Host: "localhost", TLS: NoTLS, Dial: func(context.Context) (net.Conn, error) { return conn, nil }}
	if _, bad := r.open(t.Context()); bad == nil || conn.said > 2*maxReply {
		t.Errorf("%v after %d bytes", bad, conn.said)
	}
}
