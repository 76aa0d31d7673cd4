package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"

	"reedaily/digest"
)

// migrate brings the tables up to date, one process at a time, and refuses
// tables that a newer program made.
func (db *DB) migrate(ctx context.Context, alone func(context.Context) (release func() error, err error)) (err error) {
	files, err := fs.Sub(migrations, db.dialect.folder)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	p, err := goose.NewProvider(db.dialect.goose, db.write, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	sources := p.ListSources()
	known := sources[len(sources)-1].Version
	if ready, err := db.upToDate(ctx, known); ready || err != nil {
		return err
	}
	release, err := alone(ctx)
	if err != nil {
		return fmt.Errorf("wait for another process that migrates: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	if ready, err := db.upToDate(ctx, known); ready || err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// upToDate tells whether there is nothing to migrate.
func (db *DB) upToDate(ctx context.Context, known int64) (bool, error) {
	var tables, have int64
	err := db.write.QueryRowContext(ctx, db.dialect.versions).Scan(&tables)
	if err == nil && tables > 0 {
		err = db.write.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&have)
	}
	if err != nil {
		return false, fmt.Errorf("read the schema's number: %w", err)
	}
	if have > known {
		return false, digest.Hint(
			fmt.Errorf("a newer reedaily made this database: its schema is number %d, and this program knows number %d", have, known),
			"install the newer reedaily, or restore the backup from before the upgrade")
	}
	return have == known, nil
}

// aloneOnFile holds a lock file beside the database. The file stays: to remove
// it would let a third process lock another file of the same name.
func (db *DB) aloneOnFile(ctx context.Context) (func() error, error) {
	f := flock.New(db.path+".migrate", flock.SetPermissions(0o600))
	if _, err := f.TryLockContext(ctx, lockPoll); err != nil {
		return nil, err
	}
	return f.Unlock, nil
}

// refuseForeign keeps our tables out of another program's SQLite file.
func (db *DB) refuseForeign(ctx context.Context) error {
	var tables, ours int
	err := db.write.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(name = 'goose_db_version'), 0)
		FROM sqlite_schema WHERE type = 'table'`).Scan(&tables, &ours)
	if err != nil {
		return err
	}
	if tables > 0 && ours == 0 {
		return digest.Hint(errors.New("this SQLite file belongs to another program"),
			"set `database:` to a path of reedaily's own")
	}
	return nil
}
