package storetest

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/store"
)

// openAgain: many processes may open, and so migrate, one database at once.
func openAgain(t *testing.T, url string) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			db, err := store.Open(t.Context(), store.Options{URL: url})
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	w := open(t, url)
	kept := w.reader("reader@example.com")
	again := open(t, url)
	got, err := again.db.Subscriber(again.ctx, "reader@example.com")
	again.ok(err)
	if got.ID != kept.ID {
		t.Errorf("after opening again the reader is %s, was %s", got.ID, kept.ID)
	}
	again.ok(again.db.Check(again.ctx))
}

func oneBuilderAtATime(t *testing.T, url string) {
	one, two := open(t, url), open(t, url)
	sender, err := two.db.SenderLock(two.ctx, "serve")
	two.ok(err)
	release, err := one.db.BuilderLock(one.ctx, "run")
	one.ok(err) // whoever sends
	_, err = two.db.BuilderLock(two.ctx, "serve")
	two.want(err, digest.ErrBusy)
	if !strings.Contains(err.Error(), "run") {
		t.Errorf("the error does not say who builds: %v", err)
	}
	one.ok(release())
	two.ok(sender())
}

func oneSender(t *testing.T, url string) {
	one, two := open(t, url), open(t, url)
	release, err := one.db.SenderLock(one.ctx, "serve")
	one.ok(err)
	_, err = two.db.SenderLock(two.ctx, "run")
	two.want(err, digest.ErrBusy)
	if !strings.Contains(err.Error(), "serve") {
		t.Errorf("the error does not say who holds the lock: %v", err)
	}
	if _, err := one.db.SenderLock(one.ctx, "run"); !errors.Is(err, digest.ErrBusy) {
		t.Errorf("the same process took the lock twice: %v", err)
	}
	one.ok(release())
	// A server hears of a closed connection a moment later.
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		release, err = two.db.SenderLock(two.ctx, "run")
		if err == nil || time.Now().After(deadline) {
			break
		}
	}
	two.ok(err)
	two.ok(release())
}
