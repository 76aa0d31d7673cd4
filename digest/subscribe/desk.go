// Package subscribe is where readers come and go: they ask, confirm and leave,
// and the operator adds and removes. It knows nothing of HTTP and of mail: a
// confirmation letter is a row that the store writes in the same transaction
// as the reader's pending state.
//
// The form costs and says the same for every address: [Desk.Ask] checks how
// the address is written and inserts one row, whoever it belongs to. What
// follows from it is decided later, by [Desk.Work].
package subscribe

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/net/idna"

	"reedaily/digest"
)

// Store is what the desk asks of the database. Each method is one transaction
// and leaves its consent row in it. It may be called from several goroutines.
type Store interface {
	KeepSignup(ctx context.Context, s digest.Signup) error
	// Signups is the oldest n that wait.
	Signups(ctx context.Context, n int) ([]digest.Signup, error)
	// Ask turns a signup into a pending reader with a queued confirmation, or
	// drops it where the budget of its address is used up or where its reader
	// is confirmed already. Over the hourly budget of all it leaves it waiting.
	Ask(ctx context.Context, s digest.Signup, b digest.AskBudget, now time.Time) (queued bool, err error)
	// Confirm is [digest.ErrNotFound] for a nonce that a newer asking replaced,
	// and [digest.ErrMove] where its reader has left since.
	Confirm(ctx context.Context, nonce digest.Handle, c digest.Consent) (digest.Subscriber, error)
	Leave(ctx context.Context, reader digest.Handle, c digest.Consent) error
	AddSubscriber(ctx context.Context, email string, c digest.Consent) (digest.Subscriber, error)
	RemoveSubscriber(ctx context.Context, email string, c digest.Consent) error
}

// Ways in which a reader's wish reached us, as the consent ledger names them.
const (
	HowLink     = "link"      // a button on the page behind a mailed link
	HowOneClick = "one-click" // RFC 8058
	operator    = "operator: "
)

// Desk serves readers. Set its fields before the first use.
type Desk struct {
	Store  Store
	Links  *digest.Links
	Budget digest.AskBudget
	Now    func() time.Time
	Sleep  func(ctx context.Context, d time.Duration) error
	Log    *slog.Logger
	// Wake, if set, is called when confirmations were queued, so that they
	// leave at once.
	Wake func()

	once sync.Once
	bell chan struct{}
}

// Address checks a typed address and brings it into the form that is kept;
// international domains become A-labels (RFC 5891). The error is a
// [*digest.InputError].
func Address(typed string) (string, error) {
	return digest.ParseAddress(typed, idna.Lookup.ToASCII)
}

// Ask keeps the wish of somebody to subscribe. client is the network address
// it came from and formText the exact words agreed to. It is the same work for
// every address; a malformed one is a [*digest.InputError].
func (d *Desk) Ask(ctx context.Context, typed, client, formText string) error {
	email, err := Address(typed)
	if err != nil {
		return err
	}
	s := digest.Signup{Email: email, At: d.Now().UTC(), Client: client, FormText: formText}
	if err := d.Store.KeepSignup(ctx, s); err != nil {
		return fmt.Errorf("keep a signup: %w", err)
	}
	select {
	case d.ring() <- struct{}{}:
	default: // the worker is told already
	}
	return nil
}

// Confirm makes the reader behind a confirm token a subscriber; doing it again
// is harmless. A forged or mangled token is [digest.ErrBadToken]; one that is
// too old, replaced by a newer mail or used up by leaving is [digest.ErrExpired].
func (d *Desk) Confirm(ctx context.Context, token, client string) error {
	nonce, err := d.Links.Parse(digest.PurposeConfirm, token, d.Now())
	if err != nil {
		return err
	}
	c := digest.Consent{Event: digest.ReaderConfirms, At: d.Now().UTC(), Client: client, How: HowLink}
	_, err = d.Store.Confirm(ctx, nonce, c)
	switch {
	case errors.Is(err, digest.ErrNotFound), errors.Is(err, digest.ErrMove):
		return digest.ErrExpired
	case err != nil:
		return fmt.Errorf("confirm a reader: %w", err)
	}
	return nil
}

// CheckConfirm says whether a confirm token is genuine and young enough. It
// asks nobody.
func (d *Desk) CheckConfirm(token string) error {
	_, err := d.Links.Parse(digest.PurposeConfirm, token, d.Now())
	return err
}

// Leave unsubscribes the reader behind a token, now; doing it again is
// harmless, and a genuine token whose reader is unknown by now is answered
// like any other. A forged or mangled one is [digest.ErrBadToken].
func (d *Desk) Leave(ctx context.Context, token, how, client string) error {
	reader, err := d.Links.Parse(digest.PurposeUnsubscribe, token, d.Now())
	if err != nil {
		return err
	}
	c := digest.Consent{Event: digest.ReaderLeaves, At: d.Now().UTC(), Client: client, How: how}
	err = d.Store.Leave(ctx, reader, c)
	if err != nil && !errors.Is(err, digest.ErrNotFound) && !errors.Is(err, digest.ErrMove) {
		return fmt.Errorf("unsubscribe a reader: %w", err)
	}
	return nil
}

// CheckLeave says whether an unsubscribe token is genuine. It asks nobody.
func (d *Desk) CheckLeave(token string) error {
	_, err := d.Links.Parse(digest.PurposeUnsubscribe, token, d.Now())
	return err
}

// Add subscribes an address on the operator's word; attestation says where the
// reader's consent is, such as "signed list of the 2025 conference".
func (d *Desk) Add(ctx context.Context, typed, attestation string) (digest.Subscriber, error) {
	email, err := Address(typed)
	if err != nil {
		return digest.Subscriber{}, err
	}
	if attestation == "" {
		return digest.Subscriber{}, digest.Hint(errors.New("add a subscriber: nobody attests that the reader agreed"),
			"say in a few words where the consent is")
	}
	c := digest.Consent{Event: digest.ReaderImported, At: d.Now().UTC(), How: operator + attestation}
	s, err := d.Store.AddSubscriber(ctx, email, c)
	switch {
	case errors.Is(err, digest.ErrMove):
		return s, digest.Hint(err,
			"who left or was rejected comes back by the form of the site only")
	case err != nil:
		return s, fmt.Errorf("add a subscriber: %w", err)
	}
	return s, nil
}

// Remove unsubscribes an address on the operator's word; an unknown one is
// [digest.ErrNotFound].
func (d *Desk) Remove(ctx context.Context, typed string) error {
	email, err := Address(typed)
	if err != nil {
		return err
	}
	c := digest.Consent{Event: digest.ReaderLeaves, At: d.Now().UTC(), How: operator + "removed"}
	if err := d.Store.RemoveSubscriber(ctx, email, c); err != nil {
		return fmt.Errorf("remove a subscriber: %w", err)
	}
	return nil
}

// ring is the bell by which Ask wakes Work.
func (d *Desk) ring() chan struct{} {
	d.once.Do(func() { d.bell = make(chan struct{}, 1) })
	return d.bell
}
