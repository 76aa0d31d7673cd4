package deliver_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"reedaily/digest"
	"reedaily/digest/deliver"
	"reedaily/digest/digesttest"
	"reedaily/store"
)

// TestMatrix lets a relay misbehave once, at each stage, in each way, with the
// first letter and the second, and holds the end to the invariants: every
// reader has the letter once, and twice only where an answer to the dot was
// lost after the relay kept the letter.
func TestMatrix(t *testing.T) {
	faults := map[string]digesttest.SMTPFault{
		"421":     {Reply: "421 4.3.2 closing", Drop: true},
		"450":     {Reply: "450 4.2.0 busy"},
		"550":     {Reply: "550 5.1.1 nobody"},
		"drop":    {Drop: true},
		"hang":    {Hang: true},
		"garbage": {Reply: "\x00\xff\xfe what"},
		"twice":   {Reply: "250 2.0.0 Ok\r\n250 2.0.0 Ok"},
		"bomb":    {Raw: strings.Repeat("250-more\r\n", 20_000)},
	}
	for _, stage := range digesttest.SMTPStages() {
		if stage == digesttest.SMTPStartTLS {
			continue // TestFaultStages has it; certificates are costly
		}
		t.Run(string(stage), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db := outbox(t, matrixReaders)
				defer func() { _ = db.Close() }()
				key, day := morning, 0
				for name, fault := range faults {
					for n := 1; n <= letterOf(stage); n++ {
						if day++; day > 1 {
							key.Day = digest.Day(fmt.Sprintf("2026-03-%02d", day))
							queue(t, db, key, matrixReaders)
						}
						if bad := matrix(t, db, key, stage, fault, n); bad != "" {
							t.Errorf("%s at letter %d: %s", name, n, bad)
						}
					}
				}
			})
		})
	}
}

const matrixReaders = 3

// letterOf is how many letters are worth a try: what comes before a letter, or
// after it, is the same for each.
func letterOf(s digesttest.SMTPStage) int {
	switch s {
	case digesttest.SMTPBanner, digesttest.SMTPEhlo, digesttest.SMTPAuth, digesttest.SMTPRset, digesttest.SMTPQuit:
		return 1
	}
	return 2
}

// matrix sends one edition through a relay that misbehaves the nth time that
// the stage is reached.
func matrix(t *testing.T, db *store.DB, key digest.EditionKey, stage digesttest.SMTPStage, fault digesttest.SMTPFault, n int) string {
	var mu sync.Mutex
	hits := 0
	srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{
		CloseAfter: 2, Users: map[string]string{"u": "p"},
		Fault: func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
			mu.Lock()
			defer mu.Unlock()
			if p.Stage != stage {
				return nil
			}
			if hits++; hits != n {
				return nil
			}
			return &fault
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	p := poolFor(db, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial, Username: "u", Password: "p"}, 1)
	p.Sleep = coarse
	rows := runUntilDone(t, p, db, matrixReaders, 40*time.Minute)
	// A relay that says the one and does the other cannot be seen through.
	lies := stage == digesttest.SMTPKept && (fault.Reply != "" && fault.Reply[0] != '2') ||
		stage == digesttest.SMTPDot && strings.HasPrefix(fault.Reply, "250")
	got := map[string]int{}
	for _, l := range srv.Letters() {
		if strings.Contains(string(l.Data), "Subject: "+key.Ref()+"\r\n") {
			got[l.To]++
		}
	}
	for _, d := range rows {
		accepted := got[d.Email]
		switch {
		case d.Ref != key.Ref():
			return "another edition's letter"
		case lies && d.State != digest.DeliveryQueued:
		case d.State == digest.DeliverySubmitted && accepted >= 1 && accepted <= 1+d.Ambiguous:
		case d.State == digest.DeliveryRefused && accepted == 0 && strings.HasPrefix(fault.Reply, "5"):
		case d.State == digest.DeliveryQueued && stage == digesttest.SMTPAuth && strings.HasPrefix(fault.Reply, "5"):
			// A relay that does not want our password is left alone.
		default:
			return fmt.Sprintf("accepted %d times: %+v", accepted, d)
		}
		tookAll := stage == digesttest.SMTPDot || stage == digesttest.SMTPKept || stage == digesttest.SMTPBody && fault.Hang
		if d.Ambiguous > 0 && !tookAll {
			return fmt.Sprintf("uncertain for no reason: %+v", d)
		}
	}
	return ""
}

// TestFlapping sends through a relay that fails at random, and holds the day to
// the same invariants. The seed is in the failure's text.
func TestFlapping(t *testing.T) {
	const readers = 50
	unsure := 0 // over all seeds: one alone may be lucky
	for seed := range uint64(3) {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			dice := rand.New(rand.NewPCG(seed, 1))
			faults := []digesttest.SMTPFault{
				{Reply: "421 4.3.2 closing", Drop: true}, {Reply: "451 4.3.0 busy"}, {Drop: true}, {Hang: true}, {Reply: "what?"},
			}
			srv, err := digesttest.NewSMTP(digesttest.SMTPSettings{CloseAfter: 9, Fault: func(p digesttest.SMTPPoint) *digesttest.SMTPFault {
				mu.Lock()
				defer mu.Unlock()
				// A fault in a twentieth of eight stages: two of five letters meet one.
				if dice.IntN(20) > 0 {
					return nil
				}
				f := faults[dice.IntN(len(faults))]
				if p.Stage == digesttest.SMTPKept && f.Reply != "" {
					f = digesttest.SMTPFault{Drop: true} // no relay refuses what it keeps
				}
				return &f
			}})
			if err != nil {
				t.Fatal(err)
			}
			defer srv.Close()
			db := outbox(t, readers)
			defer func() { _ = db.Close() }()
			p := poolFor(db, deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: srv.Dial}, 4)
			p.Sleep = coarse
			rows := runUntilDone(t, p, db, readers, 11*time.Hour)
			got := copies(srv)
			for _, d := range rows {
				unsure += d.Ambiguous
				n := got[d.Email]
				ok := d.State == digest.DeliverySubmitted && n >= 1 && n <= 1+d.Ambiguous ||
					d.State == digest.DeliveryUncertain && d.Ambiguous == 2
				if !ok {
					t.Errorf("seed %d: accepted %d times: %+v", seed, n, d)
				}
			}
			if len(srv.Letters()) < readers {
				t.Errorf("seed %d: %d accepted", seed, len(srv.Letters()))
			}
		})
	}
	if unsure == 0 {
		t.Error("the relay was too kind: nothing was ever uncertain")
	}
}

// runUntilDone runs a pool until none of the n newest letters is open, or for
// so long.
func runUntilDone(t *testing.T, p *deliver.Pool, db *store.DB, n int, most time.Duration) []digest.Delivery {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Run(ctx)
	}()
	newest := func() []digest.Delivery {
		rows, err := db.Deliveries(t.Context(), "", n)
		if err != nil || len(rows) != n {
			t.Fatal(len(rows), err)
		}
		return rows
	}
	open := func(d digest.Delivery) bool { return d.DoneAt.IsZero() }
	for sleep(ctx, time.Minute) == nil && slices.ContainsFunc(newest(), open) {
	}
	cancel()
	<-done
	return newest()
}
