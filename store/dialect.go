package store

import (
	"embed"

	"github.com/pressly/goose/v3"
)

//go:embed sqlite/*.sql postgres/*.sql
var migrations embed.FS

// dialect is all in which the two databases differ.
type dialect struct {
	goose  goose.Dialect
	folder string // of the migrations
	// versions is SQL that counts the tables named goose_db_version: 0 or 1.
	versions string
	// clock is SQL for the database's own time in milliseconds.
	clock string
	// lock ends a SELECT of rows that the transaction is about to change;
	// SQLite's transactions hold the whole file from the start.
	lock string
	// skipLocked ends a SELECT of rows that other workers may be taking.
	skipLocked string
	// keeping and cutting order what is kept before and after a cutoff: the
	// second waits for all that began with the first. Empty where transactions
	// that write are one after the other anyway.
	keeping, cutting string
	// again tells whether a transaction failed only because it met another.
	again func(error) bool
	// explain adds the next step to errors that an operator can act on.
	explain func(error) error
}
