package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"reedaily/digest"
	"reedaily/digest/deliver"
	"reedaily/digest/digesttest"
	"reedaily/store"
)

var morning = digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}

// outbox is a real store with an edition queued for n readers.
func outbox(t *testing.T, n int) *store.DB {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, store.Options{URL: filepath.Join(t.TempDir(), "news.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for i := range n {
		_, err := db.AddSubscriber(ctx, fmt.Sprintf("reader%03d@example.org", i), digest.Consent{At: time.Now(), How: "operator: test"})
		if err != nil {
			t.Fatal(err)
		}
	}
	queue(t, db, morning, n)
	return db
}

// queue makes an edition with a letter for each of the n readers.
func queue(t *testing.T, db *store.DB, key digest.EditionKey, n int) {
	t.Helper()
	ctx, now := context.Background(), time.Now()
	row := digest.EditionRow{Key: key, ScheduledAt: now, Deadline: now.Add(12 * time.Hour)}
	row, mine, err := db.BeginEdition(ctx, row, "test", time.Minute, now)
	if err != nil || !mine {
		t.Fatal(mine, err)
	}
	row.Edition = digest.Edition{Key: key, Subject: "Test"}
	row.Cutoff, row.FrozenAt = now, now
	if err := db.Freeze(ctx, row, []digest.View{{Name: "mail", HTML: "x", Text: "x"}}); err != nil {
		t.Fatal(err)
	}
	if got, err := db.QueueEdition(ctx, key, now); err != nil || got != n {
		t.Fatal(got, err)
	}
}

// letters makes a letter from a row alone.
type letters struct{ fail func(digest.Delivery) error }

func (l letters) Letter(_ context.Context, d digest.Delivery) (digest.Letter, error) {
	if l.fail != nil {
		if err := l.fail(d); err != nil {
			return digest.Letter{}, err
		}
	}
	raw := fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s.%s@example.com>\r\nDate: %s\r\nSubject: %s\r\n\r\n.Good morning\r\n",
		sender, d.Email, d.Kind, d.Reader, d.DatedAt.UTC().Format(time.RFC1123Z), d.Ref)
	return digest.Letter{From: sender, To: d.Email, MessageID: d.Reader + "@example.com", Raw: []byte(raw)}, nil
}

func poolFor(db deliver.Outbox, r deliver.Relay, workers int) *deliver.Pool {
	p := newPool(r)
	p.Outbox, p.Letters, p.Workers = db, letters{}, workers
	return p
}

func plain(srv *digesttest.SMTPServer) deliver.Relay {
	return deliver.Relay{Host: srv.Host(), Port: srv.Port(), TLS: deliver.NoTLS}
}

// coarse looks around less often than a pool wants to: hours of it, with turned
// clocks, are what a test's time goes into.
func coarse(ctx context.Context, d time.Duration) error {
	if d == 30*time.Second || d == 3*time.Second { // the sweep, and the look for others' letters
		d = 3 * time.Minute
	}
	return sleep(ctx, d)
}

// states counts the rows of the outbox.
func states(t *testing.T, db *store.DB) map[digest.DeliveryState]int {
	t.Helper()
	rows, err := db.Deliveries(context.Background(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	got := map[digest.DeliveryState]int{}
	for _, d := range rows {
		got[d.State]++
	}
	return got
}

// copies counts how often each recipient's letter was accepted.
func copies(srv *digesttest.SMTPServer) map[string]int {
	got := map[string]int{}
	for _, l := range srv.Letters() {
		got[l.To]++
	}
	return got
}

func TestDrainSendsEachOnce(t *testing.T) {
	for name, c := range map[string]struct {
		readers, workers int
		server           digesttest.SMTPSettings
	}{
		"one connection":      {30, 1, digesttest.SMTPSettings{}},
		"four connections":    {60, 4, digesttest.SMTPSettings{}},
		"one letter a time":   {7, 1, digesttest.SMTPSettings{CloseAfter: 1}},
		"ten letters a time":  {45, 2, digesttest.SMTPSettings{CloseAfter: 10}},
		"hangs up after each": {7, 1, digesttest.SMTPSettings{Fault: when(digesttest.SMTPMail, func(p digesttest.SMTPPoint) bool { return p.OnConn > 1 }, digesttest.SMTPFault{Drop: true})}},
		"resets at RSET":      {7, 1, digesttest.SMTPSettings{Fault: when(digesttest.SMTPRset, nil, digesttest.SMTPFault{Drop: true})}},
		"rude at QUIT":        {7, 2, digesttest.SMTPSettings{Fault: when(digesttest.SMTPQuit, nil, digesttest.SMTPFault{Reply: "550 never"})}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := startSMTP(t, c.server)
			db := outbox(t, c.readers)
			sum, err := poolFor(db, plain(srv), c.workers).Drain(t.Context())
			if err != nil || sum.Submitted != c.readers || sum.Total() != c.readers || sum.Waiting != 0 || !sum.NextAt.IsZero() {
				t.Fatalf("%+v, %v", sum, err)
			}
			got := copies(srv)
			if len(got) != c.readers || slices.Max(slices.Collect(maps.Values(got))) != 1 {
				t.Errorf("accepted: %v", got)
			}
			if s := states(t, db); s[digest.DeliverySubmitted] != c.readers {
				t.Errorf("rows: %v", s)
			}
			if most := c.workers; c.server.CloseAfter == 0 && c.server.Fault == nil && srv.Conns() > most {
				t.Errorf("%d connections for %d workers", srv.Conns(), most)
			}
			sum, err = poolFor(db, plain(srv), c.workers).Drain(t.Context())
			if err != nil || sum != (deliver.Summary{}) {
				t.Errorf("a second drain did something: %+v, %v", sum, err)
			}
		})
	}
}

// when misbehaves at a stage where ok says so.
func when(s digesttest.SMTPStage, ok func(digesttest.SMTPPoint) bool, f digesttest.SMTPFault) func(digesttest.SMTPPoint) *digesttest.SMTPFault {
	return func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
		if p.Stage != s || ok != nil && !ok(p) {
			return nil
		}
		return &f
	}
}

// TestStoredBytes compares what the row says with what the relay has.
func TestStoredBytes(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{Fault: when(digesttest.SMTPKept, nil, digesttest.SMTPFault{Reply: "250 2.6.0 <4711> Queued\x07\u202e mail"})})
	db := outbox(t, 3)
	if _, err := poolFor(db, plain(srv), 1).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := db.Deliveries(t.Context(), digest.DeliverySubmitted, 0)
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	for _, d := range rows {
		want, _ := letters{}.Letter(t.Context(), d)
		var found bool
		for _, l := range srv.Letters() {
			found = found || string(l.Data) == string(want.Raw)
		}
		if !found || d.SHA256 != hash(want.Raw) || d.Attempts != 1 || d.Code != 250 || d.Enhanced != "2.6.0" || d.Reply != "2.6.0 <4711> Queued mail" {
			t.Errorf("row %+v", d)
		}
	}
}

// TestRefusals: a refused reader does not touch the others, on one connection.
func TestRefusals(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{Fault: func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
		switch n := p.Message; {
		case p.Stage == digesttest.SMTPRcpt && n == 2:
			return &digesttest.SMTPFault{Reply: "550 5.1.1 nobody here"}
		case p.Stage == digesttest.SMTPRcpt && n == 4:
			return &digesttest.SMTPFault{Reply: "451 4.7.1 greylisted"}
		case p.Stage == digesttest.SMTPData && n == 6:
			return &digesttest.SMTPFault{Reply: "552 5.3.4 too big"}
		case p.Stage == digesttest.SMTPDot && n == 8:
			return &digesttest.SMTPFault{Reply: "554 5.7.1 smells"}
		case p.Stage == digesttest.SMTPDot && n == 9:
			return &digesttest.SMTPFault{Reply: "452 4.3.1 full"}
		}
		return nil
	}})
	db := outbox(t, 10)
	sum, err := poolFor(db, plain(srv), 1).Drain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	next := sum.NextAt
	sum.NextAt = time.Time{}
	if want := (deliver.Summary{Submitted: 5, Refused: 3, Waiting: 2}); sum != want {
		t.Errorf("%+v, want %+v", sum, want)
	}
	if wait := time.Until(next); wait < 3*time.Minute || wait > 6*time.Minute {
		t.Errorf("the next attempt is in %v", wait)
	}
	if srv.Conns() != 1 {
		t.Errorf("%d connections", srv.Conns())
	}
}

// TestRelayDown: one attempt, one sentence, every letter still queued and due.
func TestRelayDown(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(digesttest.SMTPPoint) *digesttest.SMTPFault
		want  string
	}{
		"banner": {at(digesttest.SMTPBanner, "554 5.3.2 no"), "does not greet us: it says 554 5.3.2 no"},
		"421":    {at(digesttest.SMTPRcpt, "421 4.3.2 bye <reader000@example.org>"), "broke off: it says 421 4.3.2 bye <…@example.org>"},
		"mail":   {at(digesttest.SMTPMail, "451 4.3.0 disk"), "takes no letters from us: it says 451"},
		"drops":  {when(digesttest.SMTPRcpt, nil, digesttest.SMTPFault{Drop: true}), "broke off: EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := startSMTP(t, digesttest.SMTPSettings{Fault: c.fault})
			db := outbox(t, 50)
			p := poolFor(db, plain(srv), 1)
			sum, err := p.Drain(t.Context())
			var hint *digest.HintError
			if !errors.As(err, &hint) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%v, want %q", err, c.want)
			}
			if sum.Total() != 0 || srv.Conns() > 8 {
				t.Errorf("%+v after %d connections", sum, srv.Conns())
			}
			rows, _ := db.Deliveries(t.Context(), digest.DeliveryQueued, 0)
			due := 0
			for _, d := range rows {
				if d.Attempts != 0 {
					t.Errorf("an attempt was charged: %+v", d)
				}
				if !d.NextAt.After(time.Now()) {
					due++
				}
			}
			if len(rows) != 50 || due < 47 {
				t.Errorf("%d queued, %d due", len(rows), due)
			}
			conns := srv.Conns()
			if _, err := p.Drain(t.Context()); err == nil || srv.Conns() != conns {
				t.Errorf("the breaker lets another drain try at once: %v", err)
			}
		})
	}
}

func TestWrongPasswordIsTriedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{Users: map[string]string{"u": "right"}})
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		db := outbox(t, 5)
		defer func() { _ = db.Close() }()
		var alarms atomic.Int32
		p := poolFor(db, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial, Username: "u", Password: "wrong"}, 3)
		p.Log = slog.New(countErrors{&alarms})
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Hour)
		defer cancel()
		p.Run(ctx)
		if n := srv.Conns(); n > 3 {
			t.Errorf("signed on %d times with a wrong password", n)
		}
		if alarms.Load() != 1 {
			t.Errorf("%d alarms", alarms.Load())
		}
		if s := states(t, db); s[digest.DeliveryQueued] != 5 {
			t.Errorf("rows: %v", s)
		}
	})
}

type countErrors struct{ n *atomic.Int32 }

func (c countErrors) Enabled(context.Context, slog.Level) bool { return true }
func (c countErrors) Handle(_ context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		c.n.Add(1)
	}
	return nil
}
func (c countErrors) WithAttrs([]slog.Attr) slog.Handler { return c }
func (c countErrors) WithGroup(string) slog.Handler      { return c }

// TestRunOutlastsTrouble runs a server's morning with turned clocks: the relay is
// away for hours, then greylists everyone, then loses an answer after the dot.
func TestRunOutlastsTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var mu sync.Mutex
		seen := map[string]int{}
		srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{Fault: func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case p.Stage == digesttest.SMTPBanner && time.Since(begin) < 2*time.Hour:
				return &digesttest.SMTPFault{Reply: "421 4.3.2 not yet", Drop: true}
			case p.Stage == digesttest.SMTPRcpt:
				if seen[p.To]++; seen[p.To] < 3 {
					return &digesttest.SMTPFault{Reply: "450 4.7.1 greylisted"}
				}
			case p.Stage == digesttest.SMTPKept && p.To == "reader003@example.org" && seen[p.To] == 3:
				return &digesttest.SMTPFault{Drop: true}
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		db := outbox(t, 10)
		defer func() { _ = db.Close() }()
		p := poolFor(db, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial}, 2)
		p.Sleep = coarse
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Hour)
		defer cancel()
		p.Run(ctx)
		if s := states(t, db); s[digest.DeliverySubmitted] != 10 {
			t.Errorf("rows: %v", s)
		}
		for to, n := range copies(srv) {
			want := 1
			if to == "reader003@example.org" {
				want = 2 // kept, then its answer was lost: resent once
			}
			if n != want {
				t.Errorf("%s has %d letters", to, n)
			}
		}
		var twice []string
		for _, l := range srv.Letters() {
			if l.To == "reader003@example.org" {
				twice = append(twice, string(l.Data))
			}
		}
		if len(twice) != 2 || twice[0] != twice[1] {
			t.Errorf("the resent letter differs: %q", twice)
		}
		// 2 h of rests of 30 s, 1, 2, 4, 8, 15 … min, by two workers at most each.
		if n := srv.Conns(); n > 60 {
			t.Errorf("%d connections", n)
		}
	})
}
