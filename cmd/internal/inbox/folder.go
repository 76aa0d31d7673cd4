package inbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// refresh reads the folder again if it changed since: other processes, such as
// a morning run by hand, write their letters there, too. It costs one look at
// the folder's time where nothing changed, and one look into each new letter.
// The lock is held, or nobody else knows the inbox yet.
func (b *Inbox) refresh() error {
	if b.dir == "" {
		return nil
	}
	info, err := os.Stat(b.dir)
	if err != nil {
		return fmt.Errorf("read the inbox folder: %w", err)
	}
	at := info.ModTime()
	if at.Equal(b.seen) {
		return nil
	}
	if err := b.read(); err != nil {
		return err
	}
	b.seen = at
	if time.Since(at) < settled {
		b.seen = time.Time{} // one more letter may come within the same tick of the clock
	}
	return nil
}

// read lists the newest letters in the folder. What is known of a letter is
// kept: the envelope of one that came by SMTP is not in its file. One letter
// that cannot be read hides no other.
func (b *Inbox) read() error {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return fmt.Errorf("read the inbox folder: %w", err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), halfFile) {
			b.sweep(e)
		}
		if name, ok := strings.CutSuffix(e.Name(), letterFile); ok && e.Type().IsRegular() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = names[max(0, len(names)-maxListed):]
	there := make(map[string]bool, len(names))
	for _, name := range names {
		there[name] = true
	}
	var list []Message
	var bad error
	known := map[string]bool{}
	for _, m := range b.list {
		if known[m.ID] = true; there[m.ID] {
			list = append(list, m)
		}
	}
	for _, name := range names {
		if known[name] {
			continue
		}
		m, err := describeFile(filepath.Join(b.dir, name+letterFile))
		if errors.Is(err, fs.ErrNotExist) {
			continue // somebody tidied up meanwhile
		}
		if err != nil {
			bad = errors.Join(bad, fmt.Errorf("read a letter in the inbox folder: %w", err))
			continue
		}
		m.ID = name
		if at, err := time.Parse(stampForm, stamp(name)); err == nil {
			m.At = at
		}
		list = append(list, m)
	}
	// By the time in the name alone: of one millisecond, the order in which
	// letters came to us is the better one.
	slices.SortStableFunc(list, func(a, b Message) int { return strings.Compare(stamp(a.ID), stamp(b.ID)) })
	b.list = list
	return bad
}

// stamp is the time in a letter's name.
func stamp(name string) string {
	stamp, _, _ := strings.Cut(name, "-")
	return stamp
}

// sweep removes what a crash left half-written. A fresh one may be another
// process's letter on its way.
func (b *Inbox) sweep(e fs.DirEntry) {
	if info, err := e.Info(); err == nil && b.Now().Sub(info.ModTime()) > time.Hour {
		_ = os.Remove(filepath.Join(b.dir, e.Name()))
	}
}

// describeFile reads no more of a file than its header.
func describeFile(path string) (Message, error) {
	f, err := os.Open(path)
	if err != nil {
		return Message{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return Message{}, err
	}
	head, err := io.ReadAll(io.LimitReader(f, maxHeader))
	if err != nil {
		return Message{}, err
	}
	m := describe(head)
	m.At, m.Size = info.ModTime().UTC(), int(info.Size())
	return m, nil
}

// writeFile makes a file that is there whole or not at all, after a power cut too.
func writeFile(dir, name string, data []byte) (err error) {
	f, err := os.CreateTemp(dir, halfFile+"*")
	if err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err = io.Copy(f, bytes.NewReader(data)); err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	if err = f.Sync(); err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	if err = f.Close(); err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	if err = os.Rename(f.Name(), filepath.Join(dir, name)); err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	return nil
}
