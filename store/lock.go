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
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	// The host last: PostgreSQL keeps no more than 63 bytes of it.
	who = fmt.Sprintf("%s since %s, process %d on %s", who, db.now().UTC().Format("2006-01-02T15:04Z"), os.Getpid(), host)
	if db.path == "" {
		return db.advisoryLock(ctx, who)
	}
	return lockFile(db.path+".sender", who)
}

// lockFile holds an OS lock, which the system drops with the process, on a
// file that says who holds it.
func lockFile(path, who string) (func() error, error) {
	f := flock.New(path, flock.SetPermissions(0o600))
	ok, err := f.TryLock()
	if err != nil {
		return nil, fmt.Errorf("take the sender's lock: %w", err)
	}
	if !ok {
		holder, _ := os.ReadFile(path) // an unreadable name does not make the lock free
		return nil, busy(string(holder))
	}
	if err := os.WriteFile(path, []byte(who+"\n"), 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("sign the sender's lock: %w", err), f.Unlock())
	}
	return func() error { return errors.Join(os.Truncate(path, 0), f.Unlock()) }, nil
}

func busy(holder string) error {
	if holder = strings.TrimSpace(text(holder)); holder == "" {
		holder = "somebody who did not sign"
	}
	return fmt.Errorf("take the sender's lock: %w: %s", digest.ErrBusy, holder)
}
