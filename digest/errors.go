package digest

import (
	"errors"
	"fmt"
	"strings"
)

// Sentinels for decisions; compare with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	// ErrMove says that a reader cannot make this move from this state.
	ErrMove = errors.New("not possible from here")
	// ErrFenced says that somebody else holds the row by now: change nothing.
	ErrFenced = errors.New("the lease was lost")
	// ErrBadToken says that a link's token is forged, mangled or meant for
	// something else; which of these is not told.
	ErrBadToken = errors.New("this link is not valid")
	// ErrExpired says that a genuine token is too old.
	ErrExpired = errors.New("this link has expired")
	// ErrBusy says that another process holds what only one may hold; see [Holder].
	ErrBusy = errors.New("held by another process")
	// ErrFrozen says that a frozen edition was about to be changed.
	ErrFrozen = errors.New("a frozen edition never changes")
)

// InputError is a value from outside that cannot be taken, in words for the
// person who gave it.
type InputError struct {
	What string // "address", "day" …
	Got  string
	Want string // what would be taken
}

func (e *InputError) Error() string {
	return fmt.Sprintf("%s %q cannot be used: want %s", e.What, e.Got, e.Want)
}

// MoveError is an impossible move; errors.Is(err, ErrMove) holds.
type MoveError struct {
	From  SubscriberState
	Event ReaderEvent
}

func (e *MoveError) Error() string {
	from := string(e.From)
	if e.From == NewReader {
		from = "unknown"
	}
	return fmt.Sprintf("reader is %s: %s is %v", from, e.Event, ErrMove)
}

// Is makes errors.Is(err, ErrMove) true.
func (e *MoveError) Is(target error) bool { return target == ErrMove }

// HintError is an error for the operator with the next step to take.
type HintError struct {
	Err  error
	Hint string // "set mail.relay.password_file" …
}

func (e *HintError) Error() string { return fmt.Sprintf("%v (%s)", e.Err, e.Hint) }

func (e *HintError) Unwrap() error { return e.Err }

// Hint adds the next step to err; nil stays nil.
func Hint(err error, hint string) error {
	if err == nil {
		return nil
	}
	return &HintError{Err: err, Hint: hint}
}

// SkipError says that a letter must not go out any more, and why: one of the
// skip reasons. It is found when the row is marked, in the same statement that
// would have let the letter go.
type SkipError struct{ Reason string }

func (e *SkipError) Error() string { return "the letter is skipped: " + e.Reason }

// Holder is who holds what an [ErrBusy] is about, as far as it says so.
func Holder(err error) string {
	_, who, ok := strings.Cut(err.Error(), ErrBusy.Error()+": ")
	if !ok {
		return err.Error()
	}
	return who
}
