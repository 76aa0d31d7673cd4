package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"reedaily/digest"
)

// resendAfter is how long after an uncertain attempt the letter goes out a
// second time. After a second uncertain attempt it is taken for sent.
const resendAfter = 15 * time.Minute

// whyNot is SQL for the reason why a letter must not go out at time $1, or ”
// if it may: the one place of this rule. d is the delivery.
const whyNot = `(SELECT CASE
	WHEN d.deadline <= $1 THEN 'expired'
	WHEN d.kind = 'confirmation' THEN CASE WHEN s.state = 'pending' AND s.nonce = d.ref THEN '' ELSE 'confirmed' END
	WHEN s.state = 'confirmed' THEN ''
	WHEN s.state IN ('unsubscribed', 'paused') THEN s.state
	ELSE 'suppressed' END FROM subscriber s WHERE s.id = d.reader)`

// Claim leases up to c.Max due letters to the caller, urgent ones first, and
// pins the token key and the date of those that are claimed for the first
// time. Letters that must not go out any more are skipped on the way.
func (db *DB) Claim(ctx context.Context, c digest.Claim) (claimed []digest.Delivery, err error) {
	err = db.tx(ctx, "claim letters", func(q querier) error {
		claimed = nil
		lease := digest.NewHandle().String()
		for _, urgency := range []int{urgent, normal} {
			for len(claimed) < c.Max {
				room := c.Max - len(claimed)
				some, err := list(ctx, q, scanDelivery, db.claimSQL(),
					c.Now.UnixMilli(), urgency, room, lease, c.Lease.Milliseconds(), text(c.Boot), c.KeyID)
				if err != nil {
					return err
				}
				claimed = append(claimed, some...)
				if len(some) == room {
					break
				}
				skipped, err := exec(ctx, q, db.skipSQL(), c.Now.UnixMilli(), urgency, room)
				if err != nil {
					return err
				}
				if skipped == 0 {
					break
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// RETURNING promises no order.
	slices.SortStableFunc(claimed, func(a, b digest.Delivery) int {
		return cmp.Or(cmp.Compare(urgencyOf(a.Kind), urgencyOf(b.Kind)), a.NextAt.Compare(b.NextAt), cmp.Compare(a.ID, b.ID))
	})
	return claimed, nil
}

func urgencyOf(k digest.Kind) int {
	if k == digest.KindDigest {
		return normal
	}
	return urgent
}

// dueSQL picks due letters in their order.
const dueSQL = `WITH due AS MATERIALIZED (SELECT d.id FROM delivery d
	WHERE d.done_at IS NULL AND d.state = 'queued' AND d.urgency = $2 AND d.next_at <= $1
	ORDER BY d.next_at, d.id LIMIT $3`

func (db *DB) claimSQL() string {
	return dueSQL + db.dialect.skipLocked + `)
	UPDATE delivery AS d SET state = 'leased', lease = $4, lease_until = ` + db.dialect.clock + ` + $5, boot = $6,
		key_id = coalesce(key_id, $7), dated_at = coalesce(dated_at, $1)
	WHERE d.id IN (SELECT id FROM due) AND ` + whyNot + ` = '' RETURNING ` + deliveryColumns
}

func (db *DB) skipSQL() string {
	return dueSQL + db.dialect.skipLocked + `)
	UPDATE delivery AS d SET state = 'skipped', done_at = $1, reason = ` + whyNot + `
	WHERE d.id IN (SELECT id FROM due) AND ` + whyNot + ` <> ''`
}

// Mark commits that the letter's final dot is about to go out. The reader's
// state and the deadline are looked at in the same statement: where the letter
// must not go any more the row is skipped and the error is a
// [digest.SkipError]. [digest.ErrFenced] says that the lease was lost. After
// any error no dot may be sent; after [ErrUnknownCommit] the row may say
// inflight although none was, and the sweep settles it.
func (db *DB) Mark(ctx context.Context, d digest.Delivery, sha string, lease time.Duration, now time.Time) error {
	var skip *digest.SkipError
	err := db.tx(ctx, "mark a letter", func(q querier) error {
		skip = nil
		n, err := exec(ctx, q, `UPDATE delivery AS d SET state = 'inflight', attempts = attempts + 1, sha256 = $2,
				lease_until = `+db.dialect.clock+` + $3
			WHERE d.id = $4 AND d.lease = $5 AND d.state = 'leased' AND d.lease_until > `+db.dialect.clock+`
			  AND `+whyNot+` = ''`, now.UnixMilli(), sha, lease.Milliseconds(), d.ID, d.Lease)
		if err != nil || n == 1 {
			return err
		}
		skip, err = skipMarked(ctx, q, d, now)
		return err
	})
	if err == nil && skip != nil {
		return skip
	}
	return err
}

// skipMarked finds out why a letter could not be marked.
func skipMarked(ctx context.Context, q querier, d digest.Delivery, now time.Time) (*digest.SkipError, error) {
	_, err := exec(ctx, q, `UPDATE delivery AS d SET state = 'skipped', done_at = $1, reason = `+whyNot+`
		WHERE d.id = $2 AND d.lease = $3 AND d.state = 'leased' AND `+whyNot+` <> ''`, now.UnixMilli(), d.ID, d.Lease)
	if err != nil {
		return nil, err
	}
	var reason string
	err = q.QueryRowContext(ctx, `SELECT reason FROM delivery WHERE id = $1 AND lease = $2 AND state = 'skipped'`, d.ID, d.Lease).Scan(&reason)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, digest.ErrFenced
	}
	return &digest.SkipError{Reason: reason}, err
}

// Finish records what became of an attempt. Only who holds the row's lease may
// ([digest.ErrFenced] else), also after the row was swept to uncertain: a late
// true answer settles it.
//
// Uncertain is settled by policy: the first time the letter goes out once
// more, with the same bytes, at least 15 minutes later; the second time it is
// taken for sent.
func (db *DB) Finish(ctx context.Context, d digest.Delivery, o digest.Outcome, now time.Time) error {
	return db.tx(ctx, "record an outcome", func(q querier) error {
		row, err := one(ctx, q, scanDelivery, `SELECT `+deliveryColumns+` FROM delivery d
			WHERE d.id = $1 AND d.lease = $2 AND d.state IN ('leased', 'inflight', 'uncertain')`+db.dialect.lock, d.ID, d.Lease)
		if errors.Is(err, digest.ErrNotFound) {
			return digest.ErrFenced
		}
		if err != nil {
			return err
		}
		if row.State == digest.DeliveryUncertain && o.State == digest.DeliveryUncertain {
			return nil // the sweep counted it already
		}
		if !row.DoneAt.IsZero() { // a late answer, after the letter was taken for sent
			if err := countAnew(ctx, q, row); err != nil {
				return err
			}
		}
		tried := !givenBack(row, o)
		settle(&row, o, now)
		if err := keepOutcome(ctx, q, row); err != nil || !tried {
			return err
		}
		return keepAttempt(ctx, q, row, now)
	})
}

// givenBack tells whether a worker only puts a letter back that it did not
// try: of a list that waits for a dead relay that is no attempt.
func givenBack(row digest.Delivery, o digest.Outcome) bool {
	return row.State == digest.DeliveryLeased && o.State == digest.DeliveryQueued &&
		o.Code == row.Code && o.Enhanced == row.Enhanced && o.Reply == row.Reply && o.Reason == row.Reason
}

// settle is the state machine of a row that somebody holds.
func settle(row *digest.Delivery, o digest.Outcome, now time.Time) {
	row.State, row.Code, row.Enhanced, row.Reply, row.Reason = o.State, o.Code, o.Enhanced, o.Reply, o.Reason
	row.DoneAt = time.Time{}
	switch o.State {
	case digest.DeliveryQueued:
		if row.NextAt = o.RetryAt; row.NextAt.IsZero() {
			row.NextAt = now
		}
		// At its deadline it falls due, and is skipped as expired.
		if !row.Deadline.IsZero() && row.NextAt.After(row.Deadline) {
			row.NextAt = row.Deadline
		}
		row.Lease = ""
	case digest.DeliveryUncertain:
		row.Ambiguous++
		row.NextAt = now.Add(resendAfter)
		if o.RetryAt.After(row.NextAt) {
			row.NextAt = o.RetryAt
		}
		if row.Ambiguous > 1 {
			row.DoneAt = now
		}
	default:
		row.DoneAt = now
	}
}

func keepOutcome(ctx context.Context, q querier, d digest.Delivery) error {
	var lease any
	if d.Lease != "" {
		lease = d.Lease
	}
	_, err := exec(ctx, q, `UPDATE delivery SET state = $2, ambiguous = $3, next_at = $4, lease = $5, lease_until = NULL,
			code = $6, enhanced = $7, reply = $8, reason = $9, done_at = $10 WHERE id = $1`,
		d.ID, string(d.State), d.Ambiguous, d.NextAt.UnixMilli(), lease,
		d.Code, text(d.Enhanced), text(d.Reply), text(d.Reason), ms(d.DoneAt))
	return err
}

// countAnew forgets the kept tally of a closed edition.
func countAnew(ctx context.Context, q querier, d digest.Delivery) error {
	_, err := exec(ctx, q, `UPDATE edition SET letters = NULL WHERE cadence || '/' || day = $1`, d.Ref)
	return err
}

func keepAttempt(ctx context.Context, q querier, d digest.Delivery, now time.Time) error {
	_, err := exec(ctx, q, `INSERT INTO attempt (delivery_id, n, at, state, code, enhanced, reply, reason, sha256)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		d.ID, d.Attempts, now.UnixMilli(), string(d.State), d.Code, text(d.Enhanced), text(d.Reply), text(d.Reason), d.SHA256)
	return err
}
