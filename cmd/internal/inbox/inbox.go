package inbox

import (
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

	lookAgain = 500 * time.Millisecond // between looks at the folder while waiting
	settled   = 2 * time.Second        // after which a folder's time tells of any change
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
	// Failed may be set, too: it is told why a letter could not be kept. The
	// sender is only told to try again.
	Failed func(error)

	dir    string
	server *smtp.Server
	local  *pipes

	mu   sync.Mutex
	list []Message // oldest first
	held int
	news chan struct{} // closed with the next letter
	seen time.Time     // the folder's own time when it was last read; zero to read it again
}

// Open makes an inbox that keeps letters as files in dir, which is made if need
// be, or in memory if dir is empty. Letters that are in dir already are shown,
// and so are those that other processes write there later.
func Open(dir string) (*Inbox, error) {
	b := &Inbox{Now: time.Now, Zone: time.Local, dir: dir, news: make(chan struct{}), local: newPipes()}
	if dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the inbox folder: %w", err)
		}
		if err := b.refresh(); err != nil {
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
	_ = b.refresh() // what was read before is better than nothing
	list := slices.Clone(b.list)
	slices.Reverse(list)
	return list
}

// Wait returns the oldest letter that ok likes, waiting for it until ctx ends.
func (b *Inbox) Wait(ctx context.Context, ok func(Message) bool) (Message, error) {
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	for {
		b.mu.Lock()
		_ = b.refresh()
		list, news := slices.Clone(b.list), b.news
		b.mu.Unlock()
		for _, m := range list {
			if ok(m) {
				return m, nil
			}
		}
		select {
		case <-news:
		case <-look.C: // other processes do not tell
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
	_ = b.refresh()
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
