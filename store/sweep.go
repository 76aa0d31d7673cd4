package store

import (
	"context"
	"time"

	"reedaily/digest"
)

// Reasons of uncertain letters that no worker saw the end of.
const (
	reasonCrash   = "crash"
	reasonRestart = "host-restart"
)

// Sweep takes up what nobody holds any more. Letters whose lease ran out go
// back to the queue, or become uncertain where the dot may have gone out;
// uncertain letters whose time has come are queued for their second and last
// attempt; what is too late is skipped. all is for the one sender's start:
// every lease is then a leftover. boot names this run, see [digest.Claim].
func (db *DB) Sweep(ctx context.Context, boot string, all bool, now time.Time) (swept digest.Swept, err error) {
	err = db.tx(ctx, "sweep the outbox", func(q querier) error {
		swept = digest.Swept{}
		held, err := list(ctx, q, scanDelivery, `SELECT `+deliveryColumns+` FROM delivery d WHERE `+heldSQL+`
			AND (d.lease_until <= `+db.dialect.clock+` OR $1 = 1) ORDER BY d.id`+db.dialect.skipLocked, flag(all))
		if err != nil {
			return err
		}
		for _, d := range held {
			lost, err := sweepHeld(ctx, q, d, boot, now)
			if err != nil {
				return err
			}
			if lost {
				swept.Uncertain++
			} else {
				swept.Requeued++
			}
		}
		n, err := db.sweepUncertain(ctx, q, now)
		if err != nil {
			return err
		}
		swept.Requeued += n
		swept.Expired, err = db.sweepExpired(ctx, q, now)
		return err
	})
	return swept, err
}

// heldSQL and doubtfulSQL are worded like the index of held rows. An uncertain
// letter keeps its lease for a late answer.
const (
	heldSQL     = `d.done_at IS NULL AND d.lease IS NOT NULL AND d.state IN ('leased', 'inflight')`
	doubtfulSQL = `d.done_at IS NULL AND d.lease IS NOT NULL AND d.state = 'uncertain' AND d.next_at <= $1`
)

func sweepHeld(ctx context.Context, q querier, d digest.Delivery, boot string, now time.Time) (lost bool, err error) {
	if d.State == digest.DeliveryLeased {
		// No dot was sent: as if it had never been taken.
		_, err := exec(ctx, q, `UPDATE delivery SET state = 'queued', lease = NULL, lease_until = NULL WHERE id = $1`, d.ID)
		return false, err
	}
	var old string
	if err := q.QueryRowContext(ctx, `SELECT boot FROM delivery WHERE id = $1`, d.ID).Scan(&old); err != nil {
		return true, err
	}
	o := digest.Outcome{State: digest.DeliveryUncertain, Reason: reasonRestart}
	if old == boot {
		o.Reason = reasonCrash
	}
	settle(&d, o, now)
	if err := keepOutcome(ctx, q, d); err != nil {
		return true, err
	}
	return true, keepAttempt(ctx, q, d, now)
}

// sweepUncertain queues uncertain letters for their second attempt, and lets
// those rest, as uncertain, that must not go out any more.
func (db *DB) sweepUncertain(ctx context.Context, q querier, now time.Time) (int, error) {
	_, err := exec(ctx, q, `UPDATE delivery AS d SET done_at = $1 WHERE `+doubtfulSQL+` AND `+whyNot+` <> ''`, now.UnixMilli())
	if err != nil {
		return 0, err
	}
	return exec(ctx, q, `UPDATE delivery AS d SET state = 'queued', lease = NULL, lease_until = NULL WHERE `+doubtfulSQL, now.UnixMilli())
}

// sweepExpired skips what is too late, and counts it. Digests have their
// edition's deadline, so that the many open letters of an edition in good time
// are not looked at.
func (db *DB) sweepExpired(ctx context.Context, q querier, now time.Time) (expired int, err error) {
	refs, err := list(ctx, q, func(row scanner) (ref string, err error) {
		err = row.Scan(&ref)
		return ref, err
	}, `SELECT cadence || '/' || day FROM edition WHERE state = 'sending' AND deadline <= $1`, now.UnixMilli())
	if err != nil {
		return 0, err
	}
	const skip = `UPDATE delivery SET state = 'skipped', reason = 'expired', done_at = $1
		WHERE done_at IS NULL AND urgency = $2 AND state = 'queued' AND deadline <= $1`
	for _, ref := range refs {
		n, err := exec(ctx, q, skip+` AND ref = $3`, now.UnixMilli(), normal, ref)
		if err != nil {
			return 0, err
		}
		expired += n
		// What may have arrived is not called skipped.
		if _, err := exec(ctx, q, `UPDATE delivery SET done_at = $1
			WHERE done_at IS NULL AND urgency = $2 AND ref = $3 AND state = 'uncertain' AND deadline <= $1`, now.UnixMilli(), normal, ref); err != nil {
			return 0, err
		}
	}
	n, err := exec(ctx, q, skip, now.UnixMilli(), urgent)
	return expired + n, err
}
