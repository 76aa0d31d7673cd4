package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"reedaily/digest"
)

// ms is a time as the store keeps it; the zero time is NULL.
func ms(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// flag is a bool as the store keeps it.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// text makes a string that comes from outside fit for both databases:
// PostgreSQL takes neither NUL nor broken UTF-8.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// jsonOf is v as JSON text. v is one of our own plain structs or slices.
func jsonOf(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write %T as JSON: %w", v, err)
	}
	return text(string(raw)), nil
}

// at scans a column of milliseconds; NULL is the zero time.
type at struct{ t *time.Time }

// Scan implements sql.Scanner.
func (a at) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*a.t = time.Time{}
	case int64:
		*a.t = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("read a time: it is a %T", src)
	}
	return nil
}

// span scans a column of milliseconds that are a length of time.
type span struct{ d *time.Duration }

// Scan implements sql.Scanner.
func (s span) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("read a length of time: it is a %T", src)
	}
	*s.d = time.Duration(n) * time.Millisecond
	return nil
}

// fromJSON scans a column of JSON text; NULL leaves the target as it is.
type fromJSON struct{ v any }

// Scan implements sql.Scanner.
func (j fromJSON) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(v), j.v)
	case []byte:
		return json.Unmarshal(v, j.v)
	}
	return fmt.Errorf("read JSON: it is a %T", src)
}

// str scans a column of text; NULL is the empty string.
type str struct{ s *string }

// Scan implements sql.Scanner.
func (t str) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t.s = ""
	case string:
		*t.s = v
	case []byte:
		*t.s = string(v)
	default:
		return fmt.Errorf("read text: it is a %T", src)
	}
	return nil
}

// notFound turns the lack of a row into our own word for it.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return digest.ErrNotFound
	}
	return err
}
