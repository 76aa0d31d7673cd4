package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	sqlitedriver "modernc.org/sqlite" // registers itself as "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"reedaily/digest"
)

// sqliteReaders is how many readers may be at work beside the one writer.
const sqliteReaders = 4

func sqlite() dialect {
	return dialect{
		goose:    goose.DialectSQLite3,
		folder:   "sqlite",
		versions: "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'goose_db_version'",
		clock:    "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
		again:    func(error) bool { return false },
		explain:  explainSQLite,
	}
}

// pragma is a setting of a connection and what it must read back as: SQLite
// ignores a misspelt one without a word.
type pragma struct{ name, set, want string }

func pragmas(readOnly bool) []pragma {
	all := []pragma{
		{"busy_timeout", "10000", "10000"},
		{"journal_mode", "WAL", "wal"},
		{"synchronous", "FULL", "2"}, // NORMAL loses acknowledged commits in a power cut
		{"foreign_keys", "ON", "1"},
		{"secure_delete", "ON", "1"}, // an erased address is gone from the file too
	}
	if readOnly {
		all = append(all, pragma{"query_only", "ON", "1"})
	}
	return all
}

func sqliteDSN(path string, readOnly bool) string {
	// Without "file:" SQLite takes no parameters; these three would end or
	// change the path inside a URI.
	dsn := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) + "?"
	for _, p := range pragmas(readOnly) {
		dsn += "_pragma=" + p.name + "(" + p.set + ")&"
	}
	if readOnly {
		return dsn + "_txlock=deferred"
	}
	return dsn + "_txlock=immediate"
}

func openSQLite(ctx context.Context, path string) (*DB, error) {
	path, err := prepareFile(path)
	if err != nil {
		return nil, err
	}
	db := &DB{dialect: sqlite(), path: path}
	what := "open the database " + path
	if db.write, err = openPool(ctx, path, false); err != nil {
		return nil, db.say(what, err)
	}
	db.read = db.write
	if err = db.refuseForeign(ctx); err == nil {
		err = db.tryWriting(ctx)
	}
	if err == nil {
		err = db.migrate(ctx, db.aloneOnFile)
	}
	if err != nil {
		return nil, errors.Join(db.say(what, err), db.Close())
	}
	readers, err := openPool(ctx, path, true)
	if err != nil {
		return nil, errors.Join(db.say(what, err), db.Close())
	}
	db.read = readers
	return db, nil
}

// tryWriting finds out now, not at half past six, that a file is read-only:
// SQLite opens such a file without a word, and even begins a transaction.
func (db *DB) tryWriting(ctx context.Context) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `CREATE TABLE write_probe (x INTEGER)`)
	return errors.Join(err, tx.Rollback())
}

// prepareFile makes the folder and the file, for our eyes only. SQLite gives
// the files it lays beside it the same rights.
func prepareFile(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find the database %s: %w", path, err)
	}
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return "", digest.Hint(fmt.Errorf("open the database: %s is a folder", path),
				"name a file in it, such as "+filepath.Join(path, "reedaily.db"))
		}
		return path, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", digest.Hint(fmt.Errorf("make the database's folder: %w", err),
			"set `database:` to a path that this user may write")
	}
	// Only a file that is not there is ever opened here: closing one that
	// SQLite holds would drop its locks.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return path, nil
	}
	if err != nil {
		return "", digest.Hint(fmt.Errorf("make the database: %w", err),
			"set `database:` to a path that this user may write")
	}
	return path, f.Close()
}

// openPool opens connections to the file and reads their settings back.
func openPool(ctx context.Context, path string, readOnly bool) (*sql.DB, error) {
	pool, err := sql.Open("sqlite", sqliteDSN(path, readOnly))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	if readOnly {
		pool.SetMaxOpenConns(sqliteReaders)
		pool.SetMaxIdleConns(sqliteReaders)
	}
	for _, p := range pragmas(readOnly) {
		var got string
		if err := pool.QueryRowContext(ctx, "PRAGMA "+p.name).Scan(&got); err != nil {
			return nil, errors.Join(err, pool.Close())
		}
		if got != p.want {
			return nil, errors.Join(fmt.Errorf("setting %s is %s, not %s", p.name, got, p.want), pool.Close())
		}
	}
	return pool, nil
}

const damaged = "the database is damaged: stop, keep a copy of the file, and restore the newest backup"

func explainSQLite(err error) error {
	var e *sqlitedriver.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return digest.Hint(err, "another program holds the database: wait, or end it")
	case sqlite3.SQLITE_READONLY:
		return digest.Hint(err, "the database or its folder is read-only: give this user the right to write both")
	case sqlite3.SQLITE_CORRUPT:
		return digest.Hint(err, damaged)
	case sqlite3.SQLITE_FULL:
		return digest.Hint(err, "the disk is full: make room; nothing is lost")
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return digest.Hint(err, "see that this user may read and write the file and its folder")
	case sqlite3.SQLITE_IOERR:
		return digest.Hint(err, "the disk answered with an error: look at the system's log")
	case sqlite3.SQLITE_NOTADB:
		return digest.Hint(err, "the file is no SQLite database: set `database:` to another path")
	}
	return err
}
