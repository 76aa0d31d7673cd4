package store

import (
	"context"
	"database/sql"
)

// Raw lets tests do to the tables what no method does.
func (db *DB) Raw() *sql.DB { return db.write }

// QueueBy makes QueueEdition take n readers a transaction.
func (db *DB) QueueBy(n int) { db.queueChunk = n }

// Exec runs statements in one transaction of the store.
func (db *DB) Exec(ctx context.Context, statements ...string) error {
	return db.tx(ctx, "do as the test says", func(q querier) error {
		for _, s := range statements {
			if _, err := q.ExecContext(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// HotQuery is one that runs all the time, with the index that it must go by.
type HotQuery struct {
	Name, SQL, Index string
	Args             []any
}

// HotQueries are all of them.
func (db *DB) HotQueries() []HotQuery {
	return []HotQuery{
		{"claim", db.claimSQL(), "delivery_open", []any{0, normal, 500, "lease", 0, "boot", 0}},
		{"skip", db.skipSQL(), "delivery_open", []any{0, normal, 500}},
		{"next due", nextDueSQL, "delivery_open", []any{normal}},
		{"sweep held", `SELECT ` + deliveryColumns + ` FROM delivery d WHERE ` + heldSQL, "delivery_held", nil},
		{"sweep uncertain", `UPDATE delivery AS d SET done_at = $1 WHERE ` + doubtfulSQL, "delivery_held", []any{0}},
	}
}
