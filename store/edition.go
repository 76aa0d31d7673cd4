package store

import (
	"context"
	"fmt"
	"time"

	"reedaily/digest"
)

const editionColumns = `e.cadence, e.day, e.state, e.reason, e.scheduled_at, e.deadline, e.cutoff, e.frozen_at, e.sha256, e.body, e.letters`

func scanEdition(row scanner) (e digest.EditionRow, err error) {
	err = row.Scan(&e.Key.Cadence, &e.Key.Day, &e.State, &e.Reason, at{&e.ScheduledAt}, at{&e.Deadline},
		at{&e.Cutoff}, at{&e.FrozenAt}, &e.SHA256, fromJSON{&e.Edition}, fromJSON{&e.Letters})
	return e, err
}

// BeginEdition makes the edition's row or finds it. mine says that the caller
// is to build it: its row was missing, or was left by a builder whose lease
// ran out, or is the caller's own from before. builder names the process.
//
// The lease runs by the database's clock. Who holds the builder's lock need not
// wait for it: see [DB.TakeEdition].
func (db *DB) BeginEdition(ctx context.Context, row digest.EditionRow, builder string, lease time.Duration, now time.Time) (_ digest.EditionRow, mine bool, err error) {
	what := "begin edition " + row.Key.Ref()
	err = db.tx(ctx, what, func(q querier) error {
		n, err := exec(ctx, q, `INSERT INTO edition (cadence, day, state, scheduled_at, deadline, begun_at, builder, build_until)
			VALUES ($1, $2, 'building', $3, $4, $5, $6, `+db.dialect.clock+` + $7)
			ON CONFLICT (cadence, day) DO UPDATE SET builder = excluded.builder, build_until = excluded.build_until
				WHERE edition.state = 'building'
				  AND (edition.builder = excluded.builder OR edition.build_until <= `+db.dialect.clock+`)`,
			row.Key.Cadence, string(row.Key.Day), row.ScheduledAt.UnixMilli(), ms(row.Deadline), now.UnixMilli(),
			text(builder), lease.Milliseconds())
		if err != nil {
			return err
		}
		mine = n == 1
		row, err = edition(ctx, q, row.Key)
		return err
	})
	return row, mine, err
}

// TakeEdition makes the caller the builder of an edition that is being built,
// whoever began it. It is for the holder of the builder's lock: whoever began it
// is gone, and its lease need not run out. Should the old
// builder still be alive, the first to freeze wins and the other gets
// [digest.ErrFrozen].
func (db *DB) TakeEdition(ctx context.Context, key digest.EditionKey, builder string, lease time.Duration, now time.Time) (row digest.EditionRow, mine bool, err error) {
	err = db.tx(ctx, "take edition "+key.Ref(), func(q querier) error {
		n, err := exec(ctx, q, `UPDATE edition SET builder = $3, build_until = `+db.dialect.clock+` + $4, begun_at = $5
			WHERE cadence = $1 AND day = $2 AND state = 'building'`,
			key.Cadence, string(key.Day), text(builder), lease.Milliseconds(), now.UnixMilli())
		if err != nil {
			return err
		}
		mine = n == 1
		row, err = edition(ctx, q, key)
		return err
	})
	return row, mine, err
}

func edition(ctx context.Context, q querier, key digest.EditionKey) (digest.EditionRow, error) {
	return one(ctx, q, scanEdition, `SELECT `+editionColumns+` FROM edition e WHERE e.cadence = $1 AND e.day = $2`,
		key.Cadence, string(key.Day))
}

// Edition is one edition with the tally of its letters.
func (db *DB) Edition(ctx context.Context, key digest.EditionKey) (digest.EditionRow, error) {
	row, err := edition(ctx, db.read, key)
	if err == nil {
		err = tally(ctx, db.read, &row)
	}
	return row, db.say("read edition "+key.Ref(), err)
}

// Editions are the newest editions of a cadence, newest first; no limit where limit is 0.
func (db *DB) Editions(ctx context.Context, cadence string, limit int) ([]digest.EditionRow, error) {
	return db.editions(ctx, `WHERE e.cadence = $1 ORDER BY e.day DESC LIMIT $2`, cadence, bound(limit))
}

// OpenEditions are those that still have something to be done, oldest first.
func (db *DB) OpenEditions(ctx context.Context) ([]digest.EditionRow, error) {
	return db.editions(ctx, `WHERE e.state IN ('building', 'frozen', 'sending') ORDER BY e.day, e.cadence`)
}

func (db *DB) editions(ctx context.Context, which string, args ...any) ([]digest.EditionRow, error) {
	rows, err := list(ctx, db.read, scanEdition, `SELECT `+editionColumns+` FROM edition e `+which, args...)
	for i := range rows {
		if err == nil {
			err = tally(ctx, db.read, &rows[i])
		}
	}
	return rows, db.say("read the editions", err)
}

// bound is a LIMIT: 0 is none.
func bound(limit int) int64 {
	if limit <= 0 {
		return 1 << 40
	}
	return int64(limit)
}

// tally counts the edition's letters, unless the row has their count.
func tally(ctx context.Context, q querier, row *digest.EditionRow) error {
	if row.Letters != nil {
		return nil
	}
	type count struct {
		state   digest.DeliveryState
		n, open int
	}
	counts, err := list(ctx, q, func(r scanner) (c count, err error) {
		err = r.Scan(&c.state, &c.n, &c.open)
		return c, err
	}, `SELECT state, count(*), count(*) - count(done_at) FROM delivery WHERE kind = 'digest' AND ref = $1 GROUP BY state`,
		row.Key.Ref())
	row.Letters, row.Open = digest.Tally{}, 0
	for _, c := range counts {
		row.Letters[c.state] = c.n
		row.Open += c.open
	}
	return err
}

// LastCutoff is when collecting ended for the newest edition of a cadence that
// was frozen or skipped as quiet; the zero time if there is none. Missed
// editions do not count: what they did not tell falls to the next.
func (db *DB) LastCutoff(ctx context.Context, cadence string) (time.Time, error) {
	var cutoff time.Time
	err := db.read.QueryRowContext(ctx, `SELECT max(cutoff) FROM edition WHERE cadence = $1 AND state <> 'building'`,
		cadence).Scan(at{&cutoff})
	return cutoff, db.say("read the last cutoff", err)
}

// KeepCutoff ends the collecting of an edition that is being built: what is kept
// later belongs to the next one. It gives the cutoff that holds, which is now or,
// where an earlier edition's lies in the future, just after that one.
func (db *DB) KeepCutoff(ctx context.Context, key digest.EditionKey, now time.Time) (cutoff time.Time, err error) {
	err = db.tx(ctx, "keep the cutoff of edition "+key.Ref(), func(q querier) error {
		if db.dialect.cutting != "" {
			if _, err := exec(ctx, q, db.dialect.cutting); err != nil {
				return err
			}
		}
		if cutoff, err = after(ctx, q, now); err != nil {
			return err
		}
		_, err = exec(ctx, q, `UPDATE edition SET cutoff = $3 WHERE cadence = $1 AND day = $2 AND state = 'building'`,
			key.Cadence, string(key.Day), cutoff.UnixMilli())
		return err
	})
	return cutoff, err
}

// firstSeen is when what is kept now counts as seen, if it was seen at a time: a
// visit may have begun before a cutoff that another process made meanwhile.
func (db *DB) firstSeen(ctx context.Context, q querier, at time.Time) (time.Time, error) {
	if db.dialect.keeping != "" {
		if _, err := exec(ctx, q, db.dialect.keeping); err != nil {
			return at, err
		}
	}
	return after(ctx, q, at)
}

// after is a time, or the first one after all cutoffs.
func after(ctx context.Context, q querier, t time.Time) (time.Time, error) {
	var last time.Time
	err := q.QueryRowContext(ctx, `SELECT max(cutoff) FROM edition`).Scan(at{&last})
	if first := last.Add(time.Millisecond); err == nil && !last.IsZero() && t.Before(first) {
		return first, nil
	}
	return t.UTC().Truncate(time.Millisecond), err
}

// Freeze keeps a finished edition with its views, once and for ever, and notes
// its articles as told. Freezing the same content again changes nothing; other
// content is [digest.ErrFrozen], and so is an article that another edition of
// the cadence told meanwhile: compose anew.
func (db *DB) Freeze(ctx context.Context, row digest.EditionRow, views []digest.View) error {
	key := row.Key
	if row.Cutoff.IsZero() || row.FrozenAt.IsZero() {
		return fmt.Errorf("freeze edition %s: it has no cutoff or no time of freezing", key.Ref())
	}
	sha, err := row.Edition.Hash()
	if err != nil {
		return err
	}
	body, err := jsonOf(row.Edition)
	if err != nil {
		return err
	}
	return db.tx(ctx, "freeze edition "+key.Ref(), func(q querier) error {
		// The lock: another builder waits here, and then finds it frozen.
		n, err := exec(ctx, q, `UPDATE edition SET build_until = build_until WHERE cadence = $1 AND day = $2 AND state = 'building'`,
			key.Cadence, string(key.Day))
		if err != nil {
			return err
		}
		if n == 0 {
			return alreadyFrozen(ctx, q, key, sha)
		}
		if err := keepViews(ctx, q, key, views); err != nil {
			return err
		}
		if err := keepItems(ctx, q, key, row.Edition.Stories); err != nil {
			return err
		}
		_, err = exec(ctx, q, `UPDATE edition SET state = 'frozen', subject = $3, body = $4, sha256 = $5, cutoff = $6,
				frozen_at = $7, deadline = coalesce($8, deadline) WHERE cadence = $1 AND day = $2`,
			key.Cadence, string(key.Day), text(row.Edition.Subject), body, sha, ms(row.Cutoff), ms(row.FrozenAt), ms(row.Deadline))
		return err
	})
}

func alreadyFrozen(ctx context.Context, q querier, key digest.EditionKey, sha string) error {
	have, err := edition(ctx, q, key)
	if err != nil {
		return err
	}
	if have.SHA256 == sha {
		return nil
	}
	return fmt.Errorf("it is %s: %w", have.State, digest.ErrFrozen)
}

func keepViews(ctx context.Context, q querier, key digest.EditionKey, views []digest.View) error {
	for _, v := range views {
		if _, err := exec(ctx, q, `INSERT INTO edition_view (cadence, day, name, html, text) VALUES ($1, $2, $3, $4, $5)`,
			key.Cadence, string(key.Day), v.Name, text(v.HTML), text(v.Text)); err != nil {
			return err
		}
	}
	return nil
}

func keepItems(ctx context.Context, q querier, key digest.EditionKey, stories []digest.EditionStory) error {
	position := 0
	for _, s := range stories {
		for _, a := range s.Articles {
			n, err := exec(ctx, q, `INSERT INTO edition_item (cadence, article_id, day, story_id, position)
				VALUES ($1, $2, $3, $4, $5) ON CONFLICT (cadence, article_id) DO NOTHING`,
				key.Cadence, a.ID, string(key.Day), s.ID, position)
			if err != nil {
				return err
			}
			if n == 0 {
				return fmt.Errorf("article %s was told before: %w", a.ID, digest.ErrFrozen)
			}
			position++
		}
	}
	return nil
}

// SkipEdition records that there is no letter on this day, and why. cutoff
// says up to when articles count as looked through; it is not kept for a
// missed edition. A skipped edition stays as it was skipped first.
func (db *DB) SkipEdition(ctx context.Context, key digest.EditionKey, reason string, cutoff, now time.Time) error {
	if reason == digest.SkipMissed {
		cutoff = time.Time{}
	}
	return db.tx(ctx, "skip edition "+key.Ref(), func(q querier) error {
		n, err := exec(ctx, q, `UPDATE edition SET state = 'skipped', reason = $3, cutoff = $4, done_at = $5
			WHERE cadence = $1 AND day = $2 AND state = 'building'`,
			key.Cadence, string(key.Day), reason, ms(cutoff), now.UnixMilli())
		if err != nil || n == 1 {
			return err
		}
		have, err := edition(ctx, q, key)
		if err == nil && have.State != digest.EditionSkipped {
			err = fmt.Errorf("it is %s: %w", have.State, digest.ErrFrozen)
		}
		return err
	})
}

// View is one view of a frozen edition.
func (db *DB) View(ctx context.Context, key digest.EditionKey, name string) (digest.View, error) {
	v, err := one(ctx, db.read, func(row scanner) (v digest.View, err error) {
		err = row.Scan(&v.Name, &v.HTML, &v.Text)
		return v, err
	}, `SELECT name, html, text FROM edition_view WHERE cadence = $1 AND day = $2 AND name = $3`,
		key.Cadence, string(key.Day), name)
	return v, db.say("read view "+name+" of edition "+key.Ref(), err)
}
