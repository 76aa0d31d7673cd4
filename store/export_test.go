package store

import "database/sql"

// Raw lets tests do to the tables what no method does.
func (db *DB) Raw() *sql.DB { return db.write }

// QueueBy makes QueueEdition take n readers a transaction.
func (db *DB) QueueBy(n int) { db.queueChunk = n }

// IsSQLite tells the two databases apart.
func (db *DB) IsSQLite() bool { return db.path != "" }

// HotQueries are those that run all the time, with the index that each must
// go by.
func (db *DB) HotQueries() map[string]string {
	return map[string]string{
		db.claimSQL(): "delivery_open",
		db.skipSQL():  "delivery_open",
		nextDueSQL:    "delivery_open",
		`SELECT ` + deliveryColumns + ` FROM delivery d WHERE ` + heldSQL: "delivery_held",
		`UPDATE delivery AS d SET done_at = $1 WHERE ` + doubtfulSQL:      "delivery_held",
	}
}
