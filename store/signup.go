package store

import (
	"context"
	"errors"
	"time"

	"reedaily/digest"
)

// KeepSignup keeps a filled-in form: one INSERT, whatever the address.
func (db *DB) KeepSignup(ctx context.Context, s digest.Signup) error {
	return db.tx(ctx, "keep the form", func(q querier) error {
		_, err := exec(ctx, q, `INSERT INTO signup (email, at, client, form_text) VALUES ($1, $2, $3, $4)`,
			text(s.Email), s.At.UnixMilli(), text(s.Client), text(s.FormText))
		return err
	})
}

// Signups are the first n forms that wait for [DB.Ask].
func (db *DB) Signups(ctx context.Context, n int) ([]digest.Signup, error) {
	all, err := list(ctx, db.read, func(row scanner) (s digest.Signup, err error) {
		err = row.Scan(&s.ID, &s.Email, at{&s.At}, &s.Client, &s.FormText)
		return s, err
	}, `SELECT id, email, at, client, form_text FROM signup ORDER BY id LIMIT $1`, bound(n))
	return all, db.say("read the forms", err)
}

// errLater rolls an asking back: its form waits until the hourly budget allows it.
var errLater = errors.New("over the hourly budget")

// Ask takes a form: the reader becomes pending with a new nonce, and a
// confirmation letter is queued. Nothing happens, but that the form is gone,
// where the reader may not ask in this state (a confirmed one) or the
// address's own budget is spent. Over the hourly budget the form stays. A form
// that is gone already was taken before.
func (db *DB) Ask(ctx context.Context, s digest.Signup, b digest.AskBudget, now time.Time) (queued bool, err error) {
	err = db.tx(ctx, "take a form", func(q querier) error {
		queued = false
		n, err := exec(ctx, q, `DELETE FROM signup WHERE id = $1`, s.ID)
		if err != nil || n == 0 {
			return err
		}
		reader, err := db.readerByEmail(ctx, q, s.Email)
		if err != nil && !errors.Is(err, digest.ErrNotFound) {
			return err
		}
		to, err := digest.Move(reader.State, digest.ReaderAsks)
		if err != nil {
			return nil // not an error: the form says the same to everybody
		}
		if spent, err := addressSpent(ctx, q, reader.ID, b, now); spent || err != nil {
			return err
		}
		if over, err := hourSpent(ctx, q, b, now); err != nil {
			return err
		} else if over {
			return errLater
		}
		queued = true
		return db.askLetter(ctx, q, reader, to, s, now)
	})
	if errors.Is(err, errLater) {
		return false, nil
	}
	return queued && err == nil, err
}

// addressSpent tells whether this address had its share of letters. Only
// confirming, which takes the mailbox itself, opens a new window: leaving does
// not, for everybody who was forwarded a letter can do that.
func addressSpent(ctx context.Context, q querier, reader string, b digest.AskBudget, now time.Time) (bool, error) {
	var recent, asked int
	err := q.QueryRowContext(ctx, `SELECT coalesce(sum(CASE WHEN at > $2 THEN 1 ELSE 0 END), 0), count(*)
		FROM consent WHERE reader = $1 AND event = 'ask' AND at > $3
		  AND id > coalesce((SELECT max(o.id) FROM consent o WHERE o.reader = $1 AND o.event = 'confirm'), 0)`,
		reader, now.Add(-b.Gap).UnixMilli(), now.Add(-b.Window).UnixMilli()).Scan(&recent, &asked)
	return recent > 0 || asked >= b.Most, err
}

func hourSpent(ctx context.Context, q querier, b digest.AskBudget, now time.Time) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM consent WHERE event = 'ask' AND at > $1`,
		now.Add(-time.Hour).UnixMilli()).Scan(&n)
	return n >= b.Hourly, err
}

// askLetter makes the reader pending and queues the letter for the new nonce.
func (db *DB) askLetter(ctx context.Context, q querier, reader digest.Subscriber, to digest.SubscriberState, s digest.Signup, now time.Time) error {
	if reader.ID == "" {
		reader = digest.Subscriber{ID: digest.NewHandle().String(), Email: s.Email, CreatedAt: now}
	} else if err := settleLetters(ctx, q, digest.KindConfirmation, reader.Nonce, reader.ID, digest.SkipConfirmed, now); err != nil {
		return err
	}
	reader.State, reader.Nonce, reader.ChangedAt = to, digest.NewHandle().String(), now
	if err := keepReader(ctx, q, reader); err != nil {
		return err
	}
	err := keepConsent(ctx, q, digest.Consent{
		Reader: reader.ID, Event: digest.ReaderAsks, At: now, Client: s.Client, How: "form", FormText: s.FormText,
	})
	if err != nil {
		return err
	}
	_, err = exec(ctx, q, `INSERT INTO delivery (kind, ref, reader, urgency, state, next_at, deadline)
		VALUES ('confirmation', $1, $2, $3, 'queued', $4, $5)`,
		reader.Nonce, reader.ID, urgent, now.UnixMilli(), now.Add(digest.ConfirmLife).UnixMilli())
	return err
}
