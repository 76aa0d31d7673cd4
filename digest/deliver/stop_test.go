package deliver_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"reedaily/digest"
	"reedaily/digest/deliver"
	"reedaily/digest/digesttest"
	"reedaily/store"
)

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// wrapped is the store with a failure where one is wanted.
type wrapped struct {
	*store.DB
	mark   func(d digest.Delivery) error
	finish func(d digest.Delivery, o digest.Outcome) error
	claim  func(c digest.Claim)
}

func (w *wrapped) Claim(ctx context.Context, c digest.Claim) ([]digest.Delivery, error) {
	if w.claim != nil {
		w.claim(c)
	}
	return w.DB.Claim(ctx, c)
}

func (w *wrapped) Mark(ctx context.Context, d digest.Delivery, sha string, lease time.Duration, now time.Time) error {
	if w.mark != nil {
		if err := w.mark(d); err != nil {
			return err
		}
	}
	return w.DB.Mark(ctx, d, sha, lease, now)
}

func (w *wrapped) Finish(ctx context.Context, d digest.Delivery, o digest.Outcome, now time.Time) error {
	if w.finish != nil {
		if err := w.finish(d, o); err != nil {
			return err
		}
	}
	return w.DB.Finish(ctx, d, o, now)
}

// TestNoDotWithoutMark: a letter whose mark fails is never accepted by the
// relay, not even cut short.
func TestNoDotWithoutMark(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{})
	db := outbox(t, 6)
	broken := errors.New("disk full")
	n := 0
	w := &wrapped{DB: db, mark: func(digest.Delivery) error {
		if n++; n == 3 {
			return broken
		}
		return nil
	}}
	sum, err := poolFor(w, plain(srv), 1).Drain(t.Context())
	if !errors.Is(err, broken) || sum.Submitted != 2 {
		t.Fatalf("%+v, %v", sum, err)
	}
	if len(srv.Letters()) != 2 {
		t.Errorf("the relay has %d letters", len(srv.Letters()))
	}
	if s := states(t, db); s[digest.DeliveryQueued] != 4 {
		t.Errorf("rows: %v", s)
	}
	sum, err = poolFor(w, plain(srv), 1).Drain(t.Context())
	if err != nil || sum.Submitted != 4 || len(srv.Letters()) != 6 {
		t.Errorf("afterwards: %+v, %v, %d letters", sum, err, len(srv.Letters()))
	}
}

// TestHangUpBeforeTheDot: a relay that goes while the row is marked cannot have
// the letter: its dot never left. That is no uncertain letter.
func TestHangUpBeforeTheDot(t *testing.T) {
	srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	db := outbox(t, 3)
	n := 0
	w := &wrapped{DB: db, mark: func(digest.Delivery) error {
		if n++; n == 2 {
			srv.Cut()
		}
		return nil
	}}
	p := poolFor(w, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial}, 1)
	sum, err := p.Drain(t.Context())
	if err != nil || sum.Submitted != 2 || sum.Waiting != 1 || sum.Uncertain != 0 || len(srv.Letters()) != 2 {
		t.Errorf("%+v, %v, %d letters", sum, err, len(srv.Letters()))
	}
}

// TestLeftHalfWay: a lease that runs out while the pool is running is noticed.
func TestLeftHalfWay(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{})
	db := outbox(t, 0)
	var turn sync.Mutex
	rounds := make(chan struct{}, 1)
	w := &wrapped{DB: db, claim: func(digest.Claim) {
		turn.Lock() // the pool waits here while the test has its turn
		defer turn.Unlock()
		select {
		case rounds <- struct{}{}:
		default:
		}
	}}
	p := poolFor(w, plain(srv), 1)
	p.Sleep = func(ctx context.Context, d time.Duration) error { return sleep(ctx, min(d, 20*time.Millisecond)) }
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Run(ctx)
	}()
	defer func() {
		cancel()
		<-done
	}()
	<-rounds // it has swept at its start
	turn.Lock()
	if _, err := db.AddSubscriber(ctx, "late@example.org", digest.Consent{At: time.Now(), How: "operator: test"}); err != nil {
		t.Fatal(err)
	}
	queue(t, db, digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-15"}, 1)
	// Taken by somebody who dies.
	got, err := db.Claim(ctx, digest.Claim{Now: time.Now(), Max: 10, Lease: 50 * time.Millisecond, Boot: "another"})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	turn.Unlock()
	wait, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	if _, err := srv.Wait(wait, 1); err != nil {
		t.Errorf("never sent: %v", err)
	}
}

// TestLeaverGetsNothing: who leaves while the letter is on its way to the dot
// is skipped, and the relay never has a whole letter (I7).
func TestLeaverGetsNothing(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{})
	db := outbox(t, 3)
	w := &wrapped{DB: db, mark: func(d digest.Delivery) error {
		if d.Email != "reader001@example.org" {
			return nil
		}
		h, err := digest.ParseHandle(d.Reader)
		if err != nil {
			return err
		}
		return db.Leave(context.Background(), h, digest.Consent{At: time.Now(), How: "link"})
	}}
	sum, err := poolFor(w, plain(srv), 1).Drain(t.Context())
	if err != nil || sum.Submitted != 2 || sum.Skipped != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	if got := copies(srv); got["reader001@example.org"] != 0 || len(got) != 2 {
		t.Errorf("accepted: %v", got)
	}
}

// TestOutcomeIsOfferedAgain: a 250 survives a store that fails for a moment.
func TestOutcomeIsOfferedAgain(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{})
	db := outbox(t, 1)
	n := 0
	w := &wrapped{DB: db, finish: func(digest.Delivery, digest.Outcome) error {
		if n++; n < 3 {
			return errors.New("busy")
		}
		return nil
	}}
	p := poolFor(w, plain(srv), 1)
	p.Sleep = func(context.Context, time.Duration) error { return nil }
	if sum, err := p.Drain(t.Context()); err != nil || sum.Submitted != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
}

// TestStoreStaysBroken: what cannot be written down stops the sending, so that
// at most one letter for each connection is in doubt.
func TestStoreStaysBroken(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{})
	db := outbox(t, 20)
	broken := errors.New("disk full")
	w := &wrapped{DB: db, finish: func(digest.Delivery, digest.Outcome) error { return broken }}
	p := poolFor(w, plain(srv), 2)
	p.Sleep = func(context.Context, time.Duration) error { return nil }
	if _, err := p.Drain(t.Context()); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if n := len(srv.Letters()); n > 2 {
		t.Errorf("%d letters went out without a word of it", n)
	}
}

// TestLetterThatCannotBeMade waits and holds nobody up.
func TestLetterThatCannotBeMade(t *testing.T) {
	srv := startSMTP(t, digesttest.SMTPSettings{})
	db := outbox(t, 4)
	p := poolFor(db, plain(srv), 1)
	p.Letters = letters{fail: func(d digest.Delivery) error {
		switch d.Email {
		case "reader001@example.org":
			return errors.New("the view is missing\r\n")
		case "reader002@example.org":
			return &digest.SkipError{Reason: digest.SkipConfirmed}
		}
		return nil
	}}
	sum, err := p.Drain(t.Context())
	if err != nil || sum.Submitted != 2 || sum.Waiting != 1 || sum.Skipped != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	rows, _ := db.Deliveries(t.Context(), digest.DeliveryQueued, 0)
	if len(rows) != 1 || rows[0].Reply != "the view is missing" || rows[0].Attempts != 0 {
		t.Errorf("%+v", rows)
	}
}

// TestStop: told to stop, a pool waits a while for the answer to a dot, gives
// the rest back, and loses nothing.
func TestStop(t *testing.T) {
	for name, c := range map[string]struct {
		stage         digesttest.SMTPStage
		fault         digesttest.SMTPFault
		submitted     int
		uncertain     int
		after, within time.Duration
	}{
		"answer comes":  {digesttest.SMTPKept, digesttest.SMTPFault{Wait: 8 * time.Second}, 1, 0, 4 * time.Second, 6 * time.Second},
		"answer is due": {digesttest.SMTPKept, digesttest.SMTPFault{Hang: true}, 0, 1, 9 * time.Second, 11 * time.Second},
		"before":        {digesttest.SMTPRcpt, digesttest.SMTPFault{Hang: true}, 0, 0, 0, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{Fault: when(c.stage, nil, c.fault)})
				if err != nil {
					t.Fatal(err)
				}
				defer srv.Close()
				db := outbox(t, 3)
				defer func() { _ = db.Close() }()
				p := poolFor(db, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial}, 1)
				ctx, cancel := context.WithCancel(t.Context())
				done := make(chan struct{})
				go func() {
					defer close(done)
					p.Run(ctx)
				}()
				time.Sleep(3 * time.Second)
				begin := time.Now()
				cancel()
				<-done
				if took := time.Since(begin); took < c.after || took > c.within {
					t.Errorf("stopping took %v", took)
				}
				s := states(t, db)
				if s[digest.DeliverySubmitted] != c.submitted || s[digest.DeliveryUncertain] != c.uncertain ||
					s[digest.DeliveryQueued] != 3-c.submitted-c.uncertain {
					t.Errorf("rows: %v", s)
				}
			})
		})
	}
}

// TestWake: a letter that is queued while everybody rests goes out at once.
func TestWake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{})
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		db := outbox(t, 0)
		defer func() { _ = db.Close() }()
		p := poolFor(db, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial}, 3)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			p.Run(ctx)
		}()
		defer func() {
			cancel()
			<-done
		}()
		time.Sleep(10*time.Minute + time.Second)
		now := time.Now()
		budget := digest.DefaultAskBudget()
		if err := db.KeepSignup(ctx, digest.Signup{Email: "new@example.org", At: now}); err != nil {
			t.Fatal(err)
		}
		asked, err := db.Signups(ctx, 1)
		if err != nil || len(asked) != 1 {
			t.Fatal(asked, err)
		}
		if queued, err := db.Ask(ctx, asked[0], budget, now); err != nil || !queued {
			t.Fatal(queued, err)
		}
		p.Wake()
		wait, stop := context.WithTimeout(ctx, time.Hour)
		defer stop()
		if _, err := srv.Wait(wait, 1); err != nil || time.Since(now) > time.Second {
			t.Errorf("after %v: %v", time.Since(now), err)
		}
	})
}

// TestSlowRelay: letters that cannot be tried while the claim is fresh go back
// and are claimed again; each still arrives once.
func TestSlowRelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{Fault: when(digesttest.SMTPRcpt, nil, digesttest.SMTPFault{Wait: 40 * time.Second})})
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		db := outbox(t, 8)
		defer func() { _ = db.Close() }()
		var back, claims int
		w := &wrapped{DB: db, finish: func(_ digest.Delivery, o digest.Outcome) error {
			if o.State == digest.DeliveryQueued {
				back++
			}
			return nil
		}, claim: func(digest.Claim) { claims++ }}
		sum, err := poolFor(w, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial}, 1).Drain(t.Context())
		if err != nil || sum.Submitted != 8 || sum.Waiting != 0 || len(srv.Letters()) != 8 || srv.Conns() != 1 {
			t.Fatalf("%+v, %v, %d letters", sum, err, len(srv.Letters()))
		}
		// The first claim takes all; after two and a half minutes the rest goes
		// back, and from then on one letter is taken at a time.
		if back != 4 || claims != 1+4+1 {
			t.Errorf("%d given back, %d claims", back, claims)
		}
	})
}

// TestDrainStops: a stopped drain says so and gives its letters back.
func TestDrainStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	srv := startSMTP(t, digesttest.SMTPSettings{Kept: func(digesttest.SMTPLetter) { cancel() }})
	db := outbox(t, 5)
	sum, err := poolFor(db, plain(srv), 1).Drain(ctx)
	if !errors.Is(err, context.Canceled) || sum.Submitted != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if s := states(t, db); s[digest.DeliverySubmitted] != 1 || s[digest.DeliveryQueued] != 4 {
		t.Errorf("rows: %v", s)
	}
}

var _ deliver.Outbox = (*store.DB)(nil)
