// Package store keeps everything: feeds and articles, what was found out about
// them, editions, readers and the outbox. It has all SQL of reedaily, the same
// text for SQLite and PostgreSQL, and no rule of its own but those that keep
// rows true: which move a reader may make is in package digest, when to look
// at a feed or to send is for those who call.
//
// Every change is one transaction, and no transaction leaves the package.
// Every step may run twice: rows have the keys that the world gives.
//
// Two clocks: what is due and what is too late is compared with the time that
// the caller hands in; leases, on a delivery or on the building of an edition,
// run by the clock of the database, so that workers need not agree on one.
//
// One file per noun. To change the tables, add a numbered file to sqlite/ and
// to postgres/ and say in storetest what must hold.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"reedaily/digest"
)

// ErrUnknownCommit says that a COMMIT failed, so that nobody knows whether the
// change was kept. Read the row again before doing anything.
var ErrUnknownCommit = errors.New("it is not known whether the change was kept")

// Options say where the data is.
type Options struct {
	// URL is a path to an SQLite file, which is made where there is none, or
	// the address of a PostgreSQL database: postgres://user@host/name.
	URL string
	// Now dates rows for which the caller has no time; nil is the system's clock.
	Now func() time.Time
}

// DB is an open store. It is safe for concurrent use.
type DB struct {
	write   *sql.DB // SQLite: one connection, so that writers queue here and not in the file
	read    *sql.DB
	dialect dialect
	now     func() time.Time
	path    string // of the SQLite file; empty for PostgreSQL

	queueChunk int
}

// Open opens the store, makes it where it is missing, and brings its tables up
// to date. Errors tell the operator what to do.
func Open(ctx context.Context, o Options) (*DB, error) {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	open := openSQLite
	scheme, rest, hasScheme := strings.Cut(o.URL, ":")
	switch {
	case o.URL == "":
		return nil, &digest.InputError{What: "database", Want: "a file such as reedaily.db, or postgres://user@host/name"}
	case scheme == "postgres" || scheme == "postgresql":
		open = openPostgres
	case hasScheme && (scheme == "sqlite" || scheme == "file"):
		o.URL = strings.TrimPrefix(rest, "//")
	case hasScheme && strings.HasPrefix(rest, "//"):
		return nil, &digest.InputError{What: "database", Got: scheme + "://…", Want: "a file such as reedaily.db, or postgres://user@host/name"}
	}
	db, err := open(ctx, o.URL)
	if err != nil {
		return nil, err
	}
	db.now, db.queueChunk = now, defaultChunk
	return db, nil
}

// Close lets go of the database. No transaction may be under way.
func (db *DB) Close() error {
	if db.read == db.write {
		return db.write.Close()
	}
	return errors.Join(db.read.Close(), db.write.Close())
}

// querier is what a statement needs: a pool, a connection or a transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// tries is how often a transaction is begun anew where the database itself
// says that it only met another one.
const tries = 5

// tx runs fn in one transaction of the writer. fn may run more than once.
func (db *DB) tx(ctx context.Context, what string, fn func(q querier) error) error {
	for try := 1; ; try++ {
		err := db.once(ctx, fn)
		if err == nil {
			return nil
		}
		if try < tries && !errors.Is(err, ErrUnknownCommit) && db.dialect.again(err) {
			continue
		}
		return db.say(what, err)
	}
}

func (db *DB) once(ctx context.Context, fn func(q querier) error) error {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it is a no-op, after an error that error counts
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		// The connection may be anywhere: it is closed, the next one is new.
		_ = discard(conn)
		return fmt.Errorf("commit: %w: %w", ErrUnknownCommit, err)
	}
	return nil
}

// say adds what was tried, and a hint where the database's error has one.
// Decisions of package digest pass as they are.
func (db *DB) say(what string, err error) error {
	var move *digest.MoveError
	var skip *digest.SkipError
	var input *digest.InputError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &move), errors.As(err, &skip), errors.As(err, &input):
		return err
	case strings.Contains(err.Error(), digest.ErrFrozen.Error()) && !errors.Is(err, digest.ErrFrozen):
		err = digest.ErrFrozen
	}
	return fmt.Errorf("%s: %w", what, db.dialect.explain(err))
}

// scanner is a row of a result.
type scanner interface{ Scan(dest ...any) error }

// list reads all rows of a query.
func list[T any](ctx context.Context, q querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// one reads one row; [digest.ErrNotFound] where there is none.
func one[T any](ctx context.Context, q querier, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	v, err := scan(q.QueryRowContext(ctx, query, args...))
	return v, notFound(err)
}

// exec runs a statement and tells how many rows it changed.
func exec(ctx context.Context, q querier, query string, args ...any) (int, error) {
	return changed(q.ExecContext(ctx, query, args...))
}

// changed is how many rows a statement changed.
func changed(res sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// discard closes a connection instead of giving it back to its pool.
func discard(conn *sql.Conn) error {
	err := conn.Raw(func(any) error { return driver.ErrBadConn })
	if errors.Is(err, driver.ErrBadConn) {
		return nil
	}
	return err
}

// Check looks for damage in the whole database, which takes seconds where it
// is large: for the start of a process that is going to send.
func (db *DB) Check(ctx context.Context) error {
	if db.path == "" {
		return db.say("check the database", db.read.PingContext(ctx))
	}
	var verdict string
	err := db.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict)
	if err == nil && verdict != "ok" {
		err = digest.Hint(errors.New(verdict), damaged)
	}
	return db.say("check the database "+db.path, err)
}
