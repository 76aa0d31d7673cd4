package inbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

const (
	maxListed  = 500      // the newest letters that the page shows
	maxLetter  = 25 << 20 // bytes of one letter
	maxHeld    = 64 << 20 // bytes of all letters, where they are kept in memory
	stampForm  = "20060102T150405.000Z"
	letterFile = ".eml"
	halfFile   = ".letter-" // begins the names of letters that are being written
)

// ErrGone says that a letter is not, or not any more, in the inbox.
var ErrGone = errors.New("the letter is not in the inbox")

// Message is one letter as the list shows it.
type Message struct {
	ID        string // its file name without .eml
	At        time.Time
	From      string   // of the header, or else the envelope's sender
	To        []string // the envelope's recipients; of letters read from files, those of the header
	Subject   string
	MessageID string
	Size      int

	raw []byte // where there is no folder
}

// Inbox keeps letters. Its methods may be used by many at once.
type Inbox struct {
	// Now and Zone may be set before the inbox is used: when letters come in,
	// and in which zone the page tells the time.
	Now  func() time.Time
	Zone *time.Location

	dir    string
	server *smtp.Server
	local  *pipes

	mu   sync.Mutex
	list []Message // oldest first
	held int
	news chan struct{} // closed with the next letter
}

// Open makes an inbox that keeps letters as files in dir, which is made if need
// be, or in memory if dir is empty. Letters that are in dir already are shown.
func Open(dir string) (*Inbox, error) {
	b := &Inbox{Now: time.Now, Zone: time.Local, dir: dir, news: make(chan struct{}), local: newPipes()}
	if dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the inbox folder: %w", err)
		}
		if err := b.load(); err != nil {
			return nil, err
		}
	}
	b.server = b.newServer()
	go func() { _ = b.server.Serve(b.local) }() // ends with Close
	return b, nil
}

// Close ends all conversations. Letters that were accepted are on disk already.
func (b *Inbox) Close() error {
	_ = b.local.Close()
	err := b.server.Close()
	if errors.Is(err, smtp.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Messages lists the newest letters, newest first.
func (b *Inbox) Messages() []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := slices.Clone(b.list)
	slices.Reverse(list)
	return list
}

// Wait returns the oldest letter that ok likes, waiting for it until ctx ends.
func (b *Inbox) Wait(ctx context.Context, ok func(Message) bool) (Message, error) {
	for {
		b.mu.Lock()
		list, news := slices.Clone(b.list), b.news
		b.mu.Unlock()
		for _, m := range list {
			if ok(m) {
				return m, nil
			}
		}
		select {
		case <-news:
		case <-ctx.Done():
			return Message{}, fmt.Errorf("wait for a letter: %w", context.Cause(ctx))
		}
	}
}

// Raw returns the bytes of a letter.
func (b *Inbox) Raw(id string) ([]byte, error) {
	m, ok := b.find(id)
	if !ok {
		return nil, ErrGone
	}
	if b.dir == "" {
		return m.raw, nil
	}
	// The name is one that we made or found in the folder: find checked it.
	f, err := os.Open(filepath.Join(b.dir, id+letterFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrGone
	}
	if err != nil {
		return nil, fmt.Errorf("open a letter: %w", err)
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, maxLetter))
	if err != nil {
		return nil, fmt.Errorf("read a letter: %w", err)
	}
	return raw, nil
}

func (b *Inbox) find(id string) (Message, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.list {
		if m.ID == id {
			return m, true
		}
	}
	return Message{}, false
}

// keep takes a letter in; when it returns nil, the letter is on disk.
func (b *Inbox) keep(from string, to []string, raw []byte) error {
	m := describe(raw)
	m.At, m.Size = b.Now().UTC().Truncate(time.Millisecond), len(raw) // as the name has it
	m.To = slices.Clone(to)
	if m.From == "" {
		m.From = from
	}
	sum := sha256.Sum256([]byte(m.MessageID))
	b.mu.Lock()
	defer b.mu.Unlock()
	// The time leads, so that files sort as they came; the hash follows, so
	// that a second copy of a letter is easy to see.
	name := m.At.Format(stampForm) + "-" + hex.EncodeToString(sum[:6])
	for n := 1; ; n++ {
		m.ID = name
		if n > 1 {
			m.ID = fmt.Sprintf("%s-%d", name, n)
		}
		if !b.taken(m.ID) {
			break
		}
	}
	if b.dir == "" {
		m.raw = raw
	} else if err := writeFile(b.dir, m.ID+letterFile, raw); err != nil {
		return err
	}
	b.add(m)
	close(b.news)
	b.news = make(chan struct{})
	return nil
}

func (b *Inbox) taken(id string) bool {
	if b.dir == "" {
		return slices.ContainsFunc(b.list, func(m Message) bool { return m.ID == id })
	}
	_, err := os.Lstat(filepath.Join(b.dir, id+letterFile))
	return err == nil
}

// add appends to the list and forgets the oldest beyond the limits; files stay.
func (b *Inbox) add(m Message) {
	b.list = append(b.list, m)
	b.held += len(m.raw)
	for len(b.list) > maxListed || b.held > maxHeld && len(b.list) > 1 {
		b.held -= len(b.list[0].raw)
		b.list[0] = Message{} // lets its bytes go
		b.list = b.list[1:]
	}
}

// load lists the newest letters in the folder.
func (b *Inbox) load() error {
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
	for _, name := range names[max(0, len(names)-maxListed):] {
		m, err := describeFile(filepath.Join(b.dir, name+letterFile))
		if err != nil {
			return fmt.Errorf("read a letter in the inbox folder: %w", err)
		}
		m.ID = name
		if stamp, _, ok := strings.Cut(name, "-"); ok {
			if at, err := time.Parse(stampForm, stamp); err == nil {
				m.At = at
			}
		}
		b.add(m)
	}
	return nil
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
