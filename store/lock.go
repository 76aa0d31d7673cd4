package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"reedaily/digest"
)

const lockPoll = 50 * time.Millisecond

// SenderLock makes the caller the one process that sends from this database,
// until release or the end of the process. who says what it is, for the others
// ("serve", "run"). Where another has it the error is [digest.ErrBusy] and
// says who.
func (db *DB) SenderLock(ctx context.Context, who string) (release func() error, err error) {
	return db.lock(ctx, lock{name: "sender", key: senderLock}, who)
}

// BuilderLock makes the caller the one process that builds editions in this
// database, in the way of [DB.SenderLock]: who holds it knows that whoever left
// an edition half-built is gone.
func (db *DB) BuilderLock(ctx context.Context, who string) (release func() error, err error) {
	return db.lock(ctx, lock{name: "builder", key: builderLock}, who)
}

// lock is what one process at a time may be: a file beside the database, or a
// key of the server.
type lock struct {
	name string
	key  int
}

func (db *DB) lock(ctx context.Context, l lock, who string) (release func() error, err error) {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	// The host last: PostgreSQL keeps no more than 63 bytes of it. The time is
	// that of the machine, also where an earlier morning is played.
	who = fmt.Sprintf("%s, process %d since %s on %s", who, os.Getpid(), time.Now().UTC().Format("2006-01-02T15:04Z"), host)
	if db.path == "" {
		return db.advisoryLock(ctx, l, who)
	}
	return l.file(db.path, who)
}

// file holds an OS lock, which the system drops with the process, on a file
// that says who holds it.
func (l lock) file(path, who string) (func() error, error) {
	path += "." + l.name
	f := flock.New(path, flock.SetPermissions(0o600))
	ok, err := f.TryLock()
	if err != nil {
		return nil, fmt.Errorf("take the %s's lock: %w", l.name, err)
	}
	if !ok {
		holder, _ := os.ReadFile(path) // an unreadable name does not make the lock free
		return nil, l.busy(string(holder))
	}
	if err := os.WriteFile(path, []byte(who+"\n"), 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("sign the %s's lock: %w", l.name, err), f.Unlock())
	}
	return func() error { return errors.Join(os.Truncate(path, 0), f.Unlock()) }, nil
}

func (l lock) busy(holder string) error {
	if holder = strings.TrimSpace(text(holder)); holder == "" {
		holder = "somebody who did not sign"
	}
	return fmt.Errorf("take the %s's lock: %w: %s", l.name, digest.ErrBusy, holder)
}
