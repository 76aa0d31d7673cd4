package store

import (
	"context"
	"fmt"
	"time"

	"reedaily/digest"
)

// Urgencies: which letters go first.
const (
	urgent = 0 // somebody waits for it
	normal = 1
)

// defaultChunk is how many letters one transaction queues, so that others get
// their turn in between.
const defaultChunk = 5000

// deliveryColumns are unqualified: SQLite's RETURNING does not know an alias.
const deliveryColumns = `id, kind, ref, reader, (SELECT s.email FROM subscriber s WHERE s.id = reader),
	state, attempts, ambiguous, next_at, deadline, lease, key_id, dated_at,
	sha256, code, enhanced, reply, reason, done_at`

func scanDelivery(row scanner) (d digest.Delivery, err error) {
	var key *int64
	err = row.Scan(&d.ID, &d.Kind, &d.Ref, &d.Reader, &d.Email,
		&d.State, &d.Attempts, &d.Ambiguous, at{&d.NextAt}, at{&d.Deadline}, str{&d.Lease}, &key, at{&d.DatedAt},
		&d.SHA256, &d.Code, &d.Enhanced, &d.Reply, &d.Reason, at{&d.DoneAt})
	if key != nil {
		d.KeyID = int(*key)
	}
	return d, err
}

// QueueEdition makes a row of the outbox for every reader who is confirmed now,
// and tells how many are new. It goes on where it was interrupted, and does
// nothing where all are queued: who confirms later gets the next edition. When
// a reader confirmed is not compared with the edition's time, so that a past
// morning can be played for the readers of today.
func (db *DB) QueueEdition(ctx context.Context, key digest.EditionKey, now time.Time) (n int, err error) {
	for more := true; more; {
		var added int
		err := db.tx(ctx, "queue edition "+key.Ref(), func(q querier) error {
			added, more, err = db.queueSome(ctx, q, key, now)
			return err
		})
		if err != nil {
			return n, err
		}
		n += added
	}
	return n, nil
}

func (db *DB) queueSome(ctx context.Context, q querier, key digest.EditionKey, now time.Time) (n int, more bool, err error) {
	var state digest.EditionState
	var queued time.Time
	var deadline *int64
	var cursor string
	err = q.QueryRowContext(ctx, `SELECT state, deadline, queue_cursor, queued_at FROM edition
		WHERE cadence = $1 AND day = $2`+db.dialect.lock, key.Cadence, string(key.Day)).
		Scan(&state, &deadline, &cursor, at{&queued})
	switch {
	case err != nil:
		return 0, false, notFound(err)
	case state == digest.EditionBuilding:
		return 0, false, fmt.Errorf("it is not frozen yet")
	case state == digest.EditionSkipped, !queued.IsZero():
		return 0, false, nil
	}
	last, more, err := db.chunkEnd(ctx, q, cursor)
	if err != nil {
		return 0, false, err
	}
	n, err = exec(ctx, q, `INSERT INTO delivery (kind, ref, reader, urgency, state, next_at, deadline)
		SELECT 'digest', $1, s.id, $2, 'queued', $3, $4 FROM subscriber s
		WHERE s.state = 'confirmed' AND s.id > $5 AND (s.id <= $6 OR $6 = '')
		ORDER BY s.id ON CONFLICT (kind, ref, reader) DO NOTHING`,
		key.Ref(), normal, now.UnixMilli(), deadline, cursor, last)
	if err != nil {
		return 0, false, err
	}
	var done any
	if !more {
		done = now.UnixMilli()
	}
	_, err = exec(ctx, q, `UPDATE edition SET state = 'sending', queue_cursor = $3, queued_at = $4 WHERE cadence = $1 AND day = $2`,
		key.Cadence, string(key.Day), last, done)
	return n, more, err
}

// chunkEnd is the last reader of the next chunk; empty for the last chunk.
func (db *DB) chunkEnd(ctx context.Context, q querier, cursor string) (last string, more bool, err error) {
	ends, err := list(ctx, q, func(row scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	}, `SELECT s.id FROM subscriber s WHERE s.state = 'confirmed' AND s.id > $1
		ORDER BY s.id LIMIT 1 OFFSET $2`, cursor, db.queueChunk-1)
	if err != nil || len(ends) == 0 {
		return "", false, err
	}
	return ends[0], true, nil
}

// CloseEditions ends the sending of editions of which no letter is open, and
// keeps the tally of their letters.
func (db *DB) CloseEditions(ctx context.Context, now time.Time) error {
	return db.tx(ctx, "close the editions", func(q querier) error {
		rows, err := list(ctx, q, scanEdition, `SELECT `+editionColumns+` FROM edition e
			WHERE e.state = 'sending' AND e.queued_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM delivery d
				WHERE d.done_at IS NULL AND d.urgency = $1 AND d.ref = e.cadence || '/' || e.day)`, normal)
		for _, row := range rows {
			if err == nil {
				err = closeEdition(ctx, q, row, now)
			}
		}
		return err
	})
}

func closeEdition(ctx context.Context, q querier, row digest.EditionRow, now time.Time) error {
	if err := tally(ctx, q, &row); err != nil {
		return err
	}
	letters, err := jsonOf(row.Letters)
	if err != nil {
		return err
	}
	_, err = exec(ctx, q, `UPDATE edition SET state = 'done', done_at = $3, letters = $4 WHERE cadence = $1 AND day = $2`,
		row.Key.Cadence, string(row.Key.Day), now.UnixMilli(), letters)
	return err
}

// Deliveries are rows of the outbox in a state, or in any where it is empty,
// newest first; no limit where limit is 0.
func (db *DB) Deliveries(ctx context.Context, state digest.DeliveryState, limit int) ([]digest.Delivery, error) {
	all, err := list(ctx, db.read, scanDelivery, `SELECT `+deliveryColumns+` FROM delivery d
		WHERE d.state = $1 OR $1 = '' ORDER BY d.id DESC LIMIT $2`, string(state), bound(limit))
	return all, db.say("read the outbox", err)
}

// NextDue is when the outbox next wants somebody: the earliest time of an open
// letter that nobody holds. It may be past. False where there is none.
func (db *DB) NextDue(ctx context.Context, _ time.Time) (next time.Time, ok bool, err error) {
	for _, urgency := range []int{urgent, normal} {
		due, err := list(ctx, db.read, func(row scanner) (t time.Time, err error) {
			err = row.Scan(at{&t})
			return t, err
		}, nextDueSQL, urgency)
		if err != nil {
			return time.Time{}, false, db.say("look into the outbox", err)
		}
		if len(due) == 1 && (!ok || due[0].Before(next)) {
			next, ok = due[0], true
		}
	}
	return next, ok, nil
}

const nextDueSQL = `SELECT d.next_at FROM delivery d
	WHERE d.done_at IS NULL AND d.urgency = $1 AND d.state IN ('queued', 'uncertain') ORDER BY d.next_at LIMIT 1`
