package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"reedaily/digest"
)

// migrateSQLite brings the tables up to date. A lock file keeps two processes
// from doing it at once; it is gone when the tables are new.
func (db *DB) migrateSQLite(ctx context.Context) error {
	if err := refuseForeign(ctx, db.write); err != nil {
		return err
	}
	p, err := provider(goose.DialectSQLite3, db.write, db.dialect.folder)
	if err != nil {
		return err
	}
	if ready, err := upToDate(ctx, p); ready || err != nil {
		return err
	}
	guard := flock.New(db.path+".migrate", flock.SetPermissions(0o600))
	if _, err := guard.TryLockContext(ctx, lockPoll); err != nil {
		return fmt.Errorf("wait for another process to migrate: %w", err)
	}
	defer guard.Unlock() //nolint:errcheck // the system drops it with the process at the latest
	if ready, err := upToDate(ctx, p); ready || err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	// Whoever waits for it finds nothing left to do.
	return os.Remove(guard.Path())
}

// migratePostgres does the same under an advisory lock of the server.
func (db *DB) migratePostgres(ctx context.Context) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
	if err != nil {
		return err
	}
	p, err := provider(goose.DialectPostgres, db.write, db.dialect.folder, goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	if ready, err := upToDate(ctx, p); ready || err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func provider(d goose.Dialect, pool *sql.DB, folder string, more ...goose.ProviderOption) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	options := append(more, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	return goose.NewProvider(d, pool, files, options...)
}

// upToDate tells whether there is nothing to migrate, and refuses tables that
// a newer program made.
func upToDate(ctx context.Context, p *goose.Provider) (bool, error) {
	have, known, err := p.GetVersions(ctx)
	if err != nil {
		return false, fmt.Errorf("read the schema's version: %w", err)
	}
	if have > known {
		return false, digest.Hint(
			fmt.Errorf("the database was made by a newer reedaily: its schema is number %d, this program knows %d", have, known),
			"install the newer reedaily, or restore the backup from before the upgrade")
	}
	return have == known, nil
}

// refuseForeign keeps our tables out of another program's database.
func refuseForeign(ctx context.Context, pool *sql.DB) error {
	var tables, ours int
	err := pool.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(name = 'goose_db_version'), 0)
		FROM sqlite_schema WHERE type = 'table'`).Scan(&tables, &ours)
	if err != nil {
		return err
	}
	if tables > 0 && ours == 0 {
		return digest.Hint(errors.New("this SQLite database belongs to another program"),
			"set `database:` to a path of our own")
	}
	return nil
}
