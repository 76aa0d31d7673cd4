package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"reedaily/digest"
)

const readerColumns = `s.id, s.email, s.state, s.nonce, s.created_at, s.confirmed_at, s.changed_at, s.lang`

func scanReader(row scanner) (s digest.Subscriber, err error) {
	err = row.Scan(&s.ID, &s.Email, &s.State, str{&s.Nonce}, at{&s.CreatedAt}, at{&s.ConfirmedAt}, at{&s.ChangedAt}, &s.Lang)
	return s, err
}

// readerByEmail finds a reader to be changed; there is one per address, however
// it is spelt in upper and lower case.
func (db *DB) readerByEmail(ctx context.Context, q querier, email string) (digest.Subscriber, error) {
	return one(ctx, q, scanReader, `SELECT `+readerColumns+` FROM subscriber s WHERE s.email_key = $1`+db.dialect.lock, emailKey(email))
}

func emailKey(email string) string { return strings.ToLower(text(strings.TrimSpace(email))) }

func keepReader(ctx context.Context, q querier, s digest.Subscriber) error {
	var nonce any
	if s.Nonce != "" {
		nonce = s.Nonce
	}
	_, err := exec(ctx, q, `INSERT INTO subscriber (id, email, email_key, state, nonce, created_at, confirmed_at, changed_at, lang)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, nonce = excluded.nonce,
			confirmed_at = excluded.confirmed_at, changed_at = excluded.changed_at`,
		s.ID, text(s.Email), emailKey(s.Email), string(s.State), nonce, s.CreatedAt.UnixMilli(),
		ms(s.ConfirmedAt), s.ChangedAt.UnixMilli(), s.Lang)
	return err
}

func keepConsent(ctx context.Context, q querier, c digest.Consent) error {
	_, err := exec(ctx, q, `INSERT INTO consent (reader, event, at, client, how, form_text) VALUES ($1, $2, $3, $4, $5, $6)`,
		c.Reader, string(c.Event), c.At.UnixMilli(), text(c.Client), text(c.How), text(c.FormText))
	return err
}

// move makes a reader's move with its entry in the ledger. A repeat that
// changes nothing writes nothing.
func (db *DB) move(ctx context.Context, q querier, s digest.Subscriber, event digest.ReaderEvent, c digest.Consent) (digest.Subscriber, error) {
	to, err := digest.Move(s.State, event)
	if err != nil || to == s.State {
		return s, err
	}
	if c.At.IsZero() {
		c.At = db.now()
	}
	s.State, s.ChangedAt = to, c.At
	if to == digest.ReaderConfirmed {
		s.ConfirmedAt = c.At
	}
	if s.ID == "" {
		s.ID, s.CreatedAt = digest.NewHandle().String(), c.At
	}
	if err := keepReader(ctx, q, s); err != nil {
		return s, err
	}
	c.Reader, c.Event = s.ID, event
	if err := keepConsent(ctx, q, c); err != nil {
		return s, err
	}
	return s, settleReader(ctx, q, s, c.At)
}

// settleReader skips the open letters that a reader in this state must not get.
func settleReader(ctx context.Context, q querier, s digest.Subscriber, now time.Time) error {
	if s.State != digest.ReaderPending && s.Nonce != "" {
		if err := settleLetters(ctx, q, digest.KindConfirmation, s.Nonce, s.ID, skipReason(s.State), now); err != nil {
			return err
		}
	}
	if s.State == digest.ReaderConfirmed {
		return nil
	}
	refs, err := list(ctx, q, func(row scanner) (ref string, err error) {
		err = row.Scan(&ref)
		return ref, err
	}, `SELECT cadence || '/' || day FROM edition WHERE state = 'sending'`)
	for _, ref := range refs {
		if err == nil {
			err = settleLetters(ctx, q, digest.KindDigest, ref, s.ID, skipReason(s.State), now)
		}
	}
	return err
}

// skipReason says why a reader in this state gets no letter.
func skipReason(state digest.SubscriberState) string {
	switch state {
	case digest.ReaderConfirmed:
		return digest.SkipConfirmed
	case digest.ReaderUnsubscribed:
		return digest.SkipUnsubscribed
	case digest.ReaderPaused:
		return digest.SkipPaused
	}
	return digest.SkipSuppressed
}

// settleLetters ends an open letter without sending it. One whose dot went out
// stays uncertain, and is not sent again.
func settleLetters(ctx context.Context, q querier, kind digest.Kind, ref, reader, reason string, now time.Time) error {
	_, err := exec(ctx, q, `UPDATE delivery SET done_at = $5,
			reason = CASE WHEN state = 'uncertain' THEN reason ELSE $4 END,
			state = CASE WHEN state = 'uncertain' THEN state ELSE 'skipped' END
		WHERE id = (SELECT x.id FROM delivery x WHERE x.kind = $1 AND x.ref = $2 AND x.reader = $3)
		  AND done_at IS NULL AND state IN ('queued', 'leased', 'uncertain')`,
		string(kind), ref, reader, reason, now.UnixMilli())
	return err
}

// Confirm takes the press of the button behind a confirmation link. Pressing
// it again shows the same reader; a nonce that was replaced or never given is
// [digest.ErrNotFound]; who left meanwhile must ask anew ([digest.ErrMove]).
func (db *DB) Confirm(ctx context.Context, nonce digest.Handle, c digest.Consent) (reader digest.Subscriber, err error) {
	err = db.tx(ctx, "confirm a reader", func(q querier) error {
		reader, err = one(ctx, q, scanReader, `SELECT `+readerColumns+` FROM subscriber s WHERE s.nonce = $1`+db.dialect.lock, nonce.String())
		if err != nil {
			return err
		}
		reader, err = db.move(ctx, q, reader, digest.ReaderConfirms, c)
		return err
	})
	return reader, err
}

// Leave unsubscribes the reader with this handle and skips the letters that
// are still open. Leaving twice, and a handle that is not known, are no errors.
func (db *DB) Leave(ctx context.Context, handle digest.Handle, c digest.Consent) error {
	return db.tx(ctx, "unsubscribe a reader", func(q querier) error {
		reader, err := one(ctx, q, scanReader, `SELECT `+readerColumns+` FROM subscriber s WHERE s.id = $1`+db.dialect.lock, handle.String())
		if errors.Is(err, digest.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		_, err = db.move(ctx, q, reader, digest.ReaderLeaves, c)
		return err
	})
}

// AddSubscriber takes a reader from the operator, who attests the consent in
// c.How. It never brings back who left, bounced or was erased ([digest.ErrMove]).
func (db *DB) AddSubscriber(ctx context.Context, email string, c digest.Consent) (reader digest.Subscriber, err error) {
	err = db.tx(ctx, "add a reader", func(q querier) error {
		reader, err = db.readerByEmail(ctx, q, email)
		if errors.Is(err, digest.ErrNotFound) {
			reader, err = digest.Subscriber{Email: strings.TrimSpace(email)}, nil
		}
		if err != nil {
			return err
		}
		reader, err = db.move(ctx, q, reader, digest.ReaderImported, c)
		return err
	})
	return reader, err
}

// RemoveSubscriber unsubscribes a reader for the operator; an address that is
// not known is [digest.ErrNotFound].
func (db *DB) RemoveSubscriber(ctx context.Context, email string, c digest.Consent) error {
	return db.tx(ctx, "remove a reader", func(q querier) error {
		reader, err := db.readerByEmail(ctx, q, email)
		if err != nil {
			return err
		}
		_, err = db.move(ctx, q, reader, digest.ReaderLeaves, c)
		return err
	})
}

// Subscriber finds a reader by address.
func (db *DB) Subscriber(ctx context.Context, email string) (digest.Subscriber, error) {
	s, err := one(ctx, db.read, scanReader, `SELECT `+readerColumns+` FROM subscriber s WHERE s.email_key = $1`, emailKey(email))
	return s, db.say("find a reader", err)
}

// Subscribers are the readers in a state, or in any where it is empty, newest
// first; no limit where limit is 0.
func (db *DB) Subscribers(ctx context.Context, state digest.SubscriberState, limit int) ([]digest.Subscriber, error) {
	all, err := list(ctx, db.read, scanReader, `SELECT `+readerColumns+` FROM subscriber s
		WHERE s.state = $1 OR $1 = '' ORDER BY s.created_at DESC, s.id LIMIT $2`, string(state), bound(limit))
	return all, db.say("read the readers", err)
}

// Consents is a reader's entries in the ledger, oldest first.
func (db *DB) Consents(ctx context.Context, reader string) ([]digest.Consent, error) {
	all, err := list(ctx, db.read, func(row scanner) (c digest.Consent, err error) {
		err = row.Scan(&c.Reader, &c.Event, at{&c.At}, &c.Client, &c.How, &c.FormText)
		return c, err
	}, `SELECT reader, event, at, client, how, form_text FROM consent WHERE reader = $1 ORDER BY id`, reader)
	return all, db.say("read the consent ledger", err)
}
