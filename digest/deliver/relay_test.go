package deliver_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"reedaily/digest"
	"reedaily/digest/deliver"
	"reedaily/digest/digesttest"
)

const (
	sender = "news@example.com"
	reader = "reader@example.org"
)

var letter = digest.Letter{
	From: sender, To: reader, MessageID: "test@example.com",
	Raw: []byte("From: <news@example.com>\r\nTo: <reader@example.org>\r\nSubject: test\r\n\r\n.a dot\r\n..two\r\n\r\n.\r\nend\r\n"),
}

func startSMTP(t *testing.T, s digesttest.SMTPSettings) *digesttest.SMTPServer {
	t.Helper()
	srv, err := digesttest.StartSMTP(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	return srv
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func newPool(r deliver.Relay) *deliver.Pool {
	return &deliver.Pool{Relay: r, Workers: 1, Now: time.Now, Sleep: sleep, Boot: "boot", Log: quiet()}
}

func TestSendOne(t *testing.T) {
	users := map[string]string{"user": "pass word"}
	for name, c := range map[string]struct {
		server digesttest.SMTPSettings
		relay  deliver.Relay
		tls    uint16
		user   string
	}{
		"plain on loopback":  {relay: deliver.Relay{TLS: deliver.NoTLS}},
		"starttls":           {server: digesttest.SMTPSettings{TLS: "starttls"}, tls: tls.VersionTLS13},
		"tls":                {server: digesttest.SMTPSettings{TLS: "tls"}, relay: deliver.Relay{TLS: deliver.TLS}, tls: tls.VersionTLS13},
		"starttls and plain": {server: digesttest.SMTPSettings{TLS: "starttls", Users: users, Mechanisms: []string{"LOGIN", "PLAIN"}}, relay: deliver.Relay{Username: "user", Password: "pass word"}, tls: tls.VersionTLS13, user: "user"},
		"starttls and login": {server: digesttest.SMTPSettings{TLS: "starttls", Users: users, Mechanisms: []string{"LOGIN"}}, relay: deliver.Relay{Username: "user", Password: "pass word"}, tls: tls.VersionTLS13, user: "user"},
		"scram":              {server: digesttest.SMTPSettings{TLS: "starttls", Users: users, Mechanisms: []string{"PLAIN", "SCRAM-SHA-256"}}, relay: deliver.Relay{Username: "user", Password: "pass word"}, tls: tls.VersionTLS13, user: "user"},
		"chosen mechanism":   {server: digesttest.SMTPSettings{TLS: "starttls", Users: users, Mechanisms: []string{"SCRAM-SHA-256", "LOGIN"}}, relay: deliver.Relay{Username: "user", Password: "pass word", Auth: "login"}, tls: tls.VersionTLS13, user: "user"},
		"plain and password": {server: digesttest.SMTPSettings{Users: users}, relay: deliver.Relay{TLS: deliver.NoTLS, Username: "user", Password: "pass word"}, user: "user"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := startSMTP(t, c.server)
			r := c.relay
			r.Host, r.Port, r.RootCAs, r.HELO = srv.Host(), srv.Port(), srv.RootCAs(), "news.example.com"
			o, err := newPool(r).SendOne(t.Context(), letter)
			if err != nil || o.State != digest.DeliverySubmitted || o.Code != 250 {
				t.Fatalf("%+v, %v", o, err)
			}
			got := srv.Letters()
			if len(got) != 1 || !bytes.Equal(got[0].Data, letter.Raw) {
				t.Fatalf("arrived: %+v", got)
			}
			l := got[0]
			if l.From != sender || l.To != reader || l.TLS != c.tls || l.User != c.user || l.Hello != "news.example.com" {
				t.Errorf("envelope: %+v", l)
			}
		})
	}
}

// TestRelayTrouble holds every mistake of the relay's to one sentence with the
// next step, and never a letter out.
func TestRelayTrouble(t *testing.T) {
	users := map[string]string{"user": "pass word"}
	for name, c := range map[string]struct {
		server digesttest.SMTPSettings
		relay  func(r *deliver.Relay)
		want   []string
	}{
		"nobody there":     {relay: func(r *deliver.Relay) { r.Port = 1 }, want: []string{"the relay 127.0.0.1:1 cannot be reached: ", "refused", "mail.relay.port"}},
		"no STARTTLS":      {want: []string{"no safe connection", "does not offer STARTTLS", "mail.relay.tls"}},
		"unknown CA":       {server: digesttest.SMTPSettings{TLS: "starttls"}, relay: func(r *deliver.Relay) { r.RootCAs = nil }, want: []string{"no safe connection", "unknown authority", "mail.relay.ca_file"}},
		"unknown CA, tls":  {server: digesttest.SMTPSettings{TLS: "tls"}, relay: func(r *deliver.Relay) { r.RootCAs, r.TLS = nil, deliver.TLS }, want: []string{"no safe connection", "unknown authority"}},
		"old TLS":          {server: digesttest.SMTPSettings{TLS: "starttls", MaxTLS: tls.VersionTLS11}, want: []string{"no safe connection", "version"}},
		"plain port":       {relay: func(r *deliver.Relay) { r.TLS = deliver.TLS }, want: []string{"no safe connection", "mail.relay.tls"}},
		"wrong password":   {server: digesttest.SMTPSettings{TLS: "starttls", Users: users}, relay: func(r *deliver.Relay) { r.Username, r.Password = "user", "tip-top-secret" }, want: []string{"does not let us sign on", "535", "mail.relay.username"}},
		"no password":      {server: digesttest.SMTPSettings{TLS: "starttls", Users: users}, want: []string{"takes no letters from us", "530"}},
		"no AUTH":          {server: digesttest.SMTPSettings{TLS: "starttls"}, relay: func(r *deliver.Relay) { r.Username, r.Password = "user", "tip-top-secret" }, want: []string{"sign on", "does not offer authentication"}},
		"unknown AUTH":     {server: digesttest.SMTPSettings{TLS: "starttls", Users: users, Mechanisms: []string{"GSSAPI"}}, relay: func(r *deliver.Relay) { r.Username, r.Password = "user", "tip-top-secret" }, want: []string{"sign on", "GSSAPI"}},
		"busy":             {server: digesttest.SMTPSettings{Fault: at(digesttest.SMTPBanner, "421 4.3.2 come back\r\n tomorrow\x1b[31m")}, want: []string{"does not greet us", "421"}},
		"not for mail":     {server: digesttest.SMTPSettings{Fault: at(digesttest.SMTPBanner, "HTTP/1.1 400 Bad Request")}, want: []string{"does not greet us"}},
		"sender not liked": {server: digesttest.SMTPSettings{TLS: "starttls", Fault: at(digesttest.SMTPMail, "553 5.7.1 not you")}, want: []string{"takes no letters", "553 5.7.1 not you", "mail.from"}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := startSMTP(t, c.server)
			r := deliver.Relay{Host: srv.Host(), Port: srv.Port(), RootCAs: srv.RootCAs()}
			if c.relay != nil {
				c.relay(&r)
			}
			_, err := newPool(r).SendOne(t.Context(), letter)
			var hint *digest.HintError
			if !errors.As(err, &hint) || hint.Hint == "" {
				t.Fatalf("no hint: %v", err)
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q has no %q", err, w)
				}
			}
			if s := err.Error(); strings.ContainsAny(s, "\r\n\x1b") || strings.Contains(s, "secret") {
				t.Errorf("not one clean sentence: %q", s)
			}
			if got := srv.Letters(); len(got) > 0 {
				t.Errorf("letters went out: %d", len(got))
			}
		})
	}
}

// at answers with reply at one stage, always.
func at(s digesttest.SMTPStage, reply string) func(digesttest.SMTPPoint) *digesttest.SMTPFault {
	return func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
		if p.Stage != s {
			return nil
		}
		return &digesttest.SMTPFault{Reply: reply}
	}
}

// TestEarlyAnswer: a yes before the dot is not the answer to it.
func TestEarlyAnswer(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{Fault: func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
		switch p.Stage {
		case digesttest.SMTPBody:
			return &digesttest.SMTPFault{Reply: "250 2.0.0 already"}
		case digesttest.SMTPDot:
			return &digesttest.SMTPFault{Drop: true}
		}
		return nil
	}})
	o, err := newPool(plain(srv)).SendOne(t.Context(), letter)
	if o.State == digest.DeliverySubmitted || len(srv.Letters()) > 0 {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestHello(t *testing.T) {
	for name, want := range map[string]string{
		"": "localhost", "news.example.com": "news.example.com", "127.0.0.1": "[127.0.0.1]", "2001:db8::1": "[IPv6:2001:db8::1]",
	} {
		srv := startSMTP(t, digesttest.SMTPSettings{})
		r := plain(srv)
		r.HELO = name
		if _, err := newPool(r).SendOne(t.Context(), letter); err != nil {
			t.Fatal(err)
		}
		if got := srv.Letters()[0].Hello; got != want {
			t.Errorf("HELO %q says %q, want %q", name, got, want)
		}
	}
}

func TestRelayCheck(t *testing.T) {
	good := deliver.Relay{Host: "mail.example.com", Port: 587}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*deliver.Relay){
		"no host":          func(r *deliver.Relay) { r.Host = "" },
		"no port":          func(r *deliver.Relay) { r.Port = 0 },
		"odd port":         func(r *deliver.Relay) { r.Port = 65536 },
		"odd TLS":          func(r *deliver.Relay) { r.TLS = "maybe" },
		"plain to another": func(r *deliver.Relay) { r.TLS = deliver.NoTLS },
		"nameless":         func(r *deliver.Relay) { r.Password = "x" },
	} {
		r := good
		change(&r)
		if r.Check() == nil {
			t.Errorf("%s is taken", name)
		}
	}
	for _, r := range []deliver.Relay{
		{Host: "localhost", Port: 25, TLS: deliver.NoTLS},
		{Host: "127.0.0.2", Port: 25, TLS: deliver.NoTLS},
		{Host: "::1", Port: 25, TLS: deliver.NoTLS},
		{Host: "mail.example.com", Port: 25, TLS: deliver.NoTLS, Insecure: true},
	} {
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", r, err)
		}
	}
}

func TestPasswordIsNotPrinted(t *testing.T) {
	r := deliver.Relay{Host: "mail.example.com", Port: 587, Username: "user", Password: "hush-hush"}
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("relay", "relay", r)
	for _, s := range []string{fmt.Sprint(r), fmt.Sprintf("%+v", r), fmt.Sprintf("%#v", r), fmt.Sprintf("%v", &r), logged.String()} {
		if strings.Contains(s, "hush") || !strings.Contains(s, "mail.example.com:587") {
			t.Errorf("printed as %s", s)
		}
	}
}

// relayFaults are the ways in which a relay goes wrong.
func relayFaults() map[string]digesttest.SMTPFault {
	return map[string]digesttest.SMTPFault{
		"421":     {Reply: "421 4.3.2 closing", Drop: true},
		"450":     {Reply: "450 4.2.0 busy"},
		"452":     {Reply: "452 4.3.1 full"},
		"535":     {Reply: "535 5.7.8 who are you"},
		"550":     {Reply: "550 5.1.1 nobody"},
		"552":     {Reply: "552 5.2.2 full"},
		"drop":    {Drop: true},
		"hang":    {Hang: true},
		"garbage": {Reply: "\x00\xff\xfe what"},
		"slow":    {Reply: "250 " + strings.Repeat("x", 2000), Slow: time.Second},
		"bomb":    {Raw: strings.Repeat("250-more\r\n", 200_000)},
	}
}

// row is what becomes of a letter by fault.
type row map[string]digest.DeliveryState

// faultOutcomes is what becomes of a letter by the stage at which a fault comes.
func faultOutcomes(faults map[string]digesttest.SMTPFault) map[digesttest.SMTPStage]row {
	const (
		queued, submitted  = digest.DeliveryQueued, digest.DeliverySubmitted
		refused, uncertain = digest.DeliveryRefused, digest.DeliveryUncertain
	)
	relayTrouble := row{}
	for name := range faults {
		relayTrouble[name] = queued
	}
	letterTrouble := row{
		"421": queued, "450": queued, "452": queued, "535": queued, "550": refused, "552": refused,
		"drop": queued, "hang": queued, "garbage": queued, "slow": queued, "bomb": queued,
	}
	afterDot := row{
		"421": queued, "450": queued, "452": queued, "535": queued, "550": refused, "552": refused,
		"drop": uncertain, "hang": uncertain, "garbage": uncertain, "bomb": uncertain,
		// The code and the space after it were in before the time was up: that
		// is an answer, whatever text was to follow.
		"slow": submitted,
	}
	midBody := maps.Clone(letterTrouble)
	midBody["hang"] = uncertain // it took the whole letter and never answered
	harmless := row{}
	for name := range faults {
		harmless[name] = submitted
	}
	return map[digesttest.SMTPStage]row{
		digesttest.SMTPBanner: relayTrouble, digesttest.SMTPEhlo: relayTrouble, digesttest.SMTPStartTLS: relayTrouble,
		digesttest.SMTPAuth: relayTrouble, digesttest.SMTPMail: relayTrouble, digesttest.SMTPRcpt: letterTrouble,
		digesttest.SMTPData: letterTrouble, digesttest.SMTPBody: midBody, digesttest.SMTPDot: afterDot, digesttest.SMTPKept: afterDot, digesttest.SMTPQuit: harmless,
	}
}

// TestFaultStages walks one letter into every fault at every stage and compares
// what becomes of it. Clocks are turned, so that hanging relays cost no time.
func TestFaultStages(t *testing.T) {
	faults := relayFaults()
	for stage, want := range faultOutcomes(faults) {
		for name, fault := range faults {
			t.Run(fmt.Sprintf("%s/%s", stage, name), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{
						TLS: "starttls", Users: map[string]string{"u": "p"},
						Fault: func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
							if p.Stage == stage {
								return &fault
							}
							return nil
						},
					})
					if err != nil {
						t.Fatal(err)
					}
					defer srv.Close()
					r := deliver.Relay{Host: "localhost", RootCAs: srv.RootCAs(), Dial: srv.Dial, Username: "u", Password: "p"}
					o, err := newPool(r).SendOne(t.Context(), letter)
					if err != nil && o.State == "" {
						o.State = digest.DeliveryQueued // no conversation at all
					}
					if o.State != want[name] {
						t.Errorf("%s (%v), want %s", o.State, err, want[name])
					}
					if kept := len(srv.Letters()); kept > 0 && stage != digesttest.SMTPKept && stage != digesttest.SMTPQuit {
						t.Errorf("%s, and the relay has %d letters", o.State, kept)
					}
				})
			})
		}
	}
}
