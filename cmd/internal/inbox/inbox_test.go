package inbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

func letter(to, subject, body string) string {
	return strings.ReplaceAll(fmt.Sprintf("From: News <news@example.com>\nTo: <%s>\nSubject: %s\nMessage-ID: <%s@example.com>\nDate: Sat, 14 Feb 2026 06:30:00 +0000\n\n%s\n",
		to, subject, subject, body), "\n", "\r\n")
}

func opened(t *testing.T, dir string) *Inbox {
	t.Helper()
	b, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// hand sends a letter by SMTP through the in-process connection.
func hand(t *testing.T, b *Inbox, to, raw string) error {
	t.Helper()
	conn, err := b.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return talk(conn, to, raw)
}

func talk(conn net.Conn, to, raw string) error {
	c, err := smtp.NewClient(conn, "localhost")
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if err := c.Mail("<news@example.com>"); err != nil {
		return err
	}
	if err := c.Rcpt("<" + to + ">"); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(raw)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}

func TestKeepsBytes(t *testing.T) {
	for name, dir := range map[string]string{"memory": "", "folder": filepath.Join(t.TempDir(), "out", "box")} {
		t.Run(name, func(t *testing.T) {
			b := opened(t, dir)
			raw := letter("reader@example.org", "one", ".dots\n..\n.\nend")
			for range 2 {
				if err := hand(t, b, "reader@example.org", raw); err != nil {
					t.Fatal(err)
				}
			}
			if err := hand(t, b, "other@example.org", letter("other@example.org", "two", "x")); err != nil {
				t.Fatal(err)
			}
			list := b.Messages()
			if len(list) != 3 || list[0].Subject != "two" || list[2].Subject != "one" || list[2].To[0] != "reader@example.org" {
				t.Fatalf("%+v", list)
			}
			got, err := b.Raw(list[2].ID)
			if err != nil || string(got) != raw {
				t.Errorf("%q, %v", got, err)
			}
			// The second copy of one letter is another file with the same hash.
			if list[1].ID == list[2].ID || list[1].ID[20:33] != list[2].ID[20:33] || list[0].ID[20:33] == list[1].ID[20:33] {
				t.Errorf("names: %s %s %s", list[2].ID, list[1].ID, list[0].ID)
			}
			if _, err := b.Raw("../../../etc/passwd"); err != ErrGone {
				t.Errorf("a name from outside: %v", err)
			}
		})
	}
}

func TestFilesAreWholeAndFoundAgain(t *testing.T) {
	dir := t.TempDir()
	b := opened(t, dir)
	for i := range 3 {
		if err := hand(t, b, "reader@example.org", letter("reader@example.org", fmt.Sprint("letter", i), "x")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond) // their names tell the millisecond
	}
	before := b.Messages()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && !strings.HasSuffix(path, ".eml") {
			t.Errorf("left behind: %s", path)
		}
		if info, err := e.Info(); err == nil && !e.IsDir() && info.Mode().Perm() != 0o600 {
			t.Errorf("%s is readable by others: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "zz-no-mail.eml"), []byte("\x00\xff no mail at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	old, fresh := filepath.Join(dir, ".letter-1"), filepath.Join(dir, ".letter-2")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	after := opened(t, dir).Messages()
	if _, err := os.Stat(old); err == nil {
		t.Error("a half letter of long ago is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("a letter on its way was removed")
	}
	if len(after) != 4 {
		t.Fatalf("%d letters", len(after))
	}
	for i, m := range after[1:] {
		want := before[i]
		if m.ID != want.ID || !m.At.Equal(want.At) || m.Subject != want.Subject || m.To[0] != want.To[0] || m.Size != want.Size {
			t.Errorf("%+v, want %+v", m, want)
		}
	}
}

// TestLettersOfOtherProcesses: what `reedaily send` or `run` writes into the
// folder of a running `serve` is shown at once, beside what is known already.
func TestLettersOfOtherProcesses(t *testing.T) {
	dir := t.TempDir()
	b, other := opened(t, dir), opened(t, dir)
	subjects := func() string {
		var all []string
		for _, m := range b.Messages() {
			all = append(all, m.Subject+" to "+m.To[0])
		}
		return strings.Join(all, ", ")
	}
	want := ""
	for i, box := range []*Inbox{b, other, other, b, other} {
		// The envelope says more than the file: a re-reading must not lose it.
		to := map[bool]string{true: "envelope@example.org", false: "reader@example.org"}[box == b]
		if err := hand(t, box, to, letter("reader@example.org", fmt.Sprint("letter", i), "x")); err != nil {
			t.Fatal(err)
		}
		want = strings.TrimSuffix(fmt.Sprintf("letter%d to %s, %s", i, to, want), ", ")
		if got := subjects(); got != want {
			t.Errorf("shown: %s\nwant:  %s", got, want)
		}
		time.Sleep(2 * time.Millisecond) // their names tell the millisecond
	}
	// Long after, when the folder's time is an old one, a change is seen, too.
	if err := os.Chtimes(dir, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := subjects(); got != want {
		t.Errorf("shown: %s\nwant:  %s", got, want)
	}
	newest := other.Messages()[0]
	if err := os.Remove(filepath.Join(dir, newest.ID+letterFile)); err != nil {
		t.Fatal(err)
	}
	if list := b.Messages(); len(list) != 4 {
		t.Errorf("%d letters after one was removed", len(list))
	}
	for i := range maxListed {
		name := fmt.Sprintf("20300101T000000.%03dZ-x%s", i, letterFile)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(letter("a@example.org", fmt.Sprint(i), "x")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if list := b.Messages(); len(list) != maxListed || list[0].Subject != fmt.Sprint(maxListed-1) || list[maxListed-1].Subject != "0" {
		t.Errorf("%d letters, from %s to %s", len(list), list[len(list)-1].Subject, list[0].Subject)
	}
}

// TestUnchangedFolderIsNotRead: a look at the list costs no reading.
func TestUnchangedFolderIsNotRead(t *testing.T) {
	dir := t.TempDir()
	b := opened(t, dir)
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(dir, time.Time{}, old); err != nil {
		t.Fatal(err)
	}
	b.Messages()
	if err := os.WriteFile(filepath.Join(dir, "x.eml"), []byte("Subject: x\r\n\r\nx"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(dir, time.Time{}, old); err != nil { // as if nothing had come
		t.Fatal(err)
	}
	if list := b.Messages(); len(list) != 0 {
		t.Errorf("read again: %+v", list)
	}
}

func TestWaitForAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	b, other := opened(t, dir), opened(t, dir)
	time.AfterFunc(50*time.Millisecond, func() { _ = other.keep("a@example.com", nil, []byte(letter("b@example.org", "late", "x"))) })
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if m, err := b.Wait(ctx, func(m Message) bool { return m.Subject == "late" }); err != nil {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestListIsBounded(t *testing.T) {
	b := opened(t, "")
	for i := range maxListed + 20 {
		if err := b.keep("a@example.com", []string{"b@example.com"}, []byte(letter("b@example.com", fmt.Sprint(i), "x"))); err != nil {
			t.Fatal(err)
		}
	}
	if list := b.Messages(); len(list) != maxListed || list[0].Subject != fmt.Sprint(maxListed+19) {
		t.Errorf("%d letters, newest %s", len(list), list[0].Subject)
	}
	big := []byte(strings.Repeat("x", 20<<20))
	for range 10 {
		if err := b.keep("a@example.com", []string{"b@example.com"}, big); err != nil {
			t.Fatal(err)
		}
	}
	if b.held > maxHeld {
		t.Errorf("%d bytes held", b.held)
	}
}

func TestTooBigOrBroken(t *testing.T) {
	dir := t.TempDir()
	b := opened(t, dir)
	if err := hand(t, b, "reader@example.org", strings.Repeat("x", 70)+"\r\n"+strings.Repeat(strings.Repeat("y", 70)+"\r\n", 400_000)); err == nil {
		t.Error("28 MB were taken")
	}
	// A letter whose end never comes is no letter.
	conn, err := b.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := smtp.NewClient(conn, "localhost")
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Mail("<news@example.com>")
	_ = c.Rcpt("<reader@example.org>")
	w, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte("Subject: half\r\n\r\nhalf"))
	_ = conn.Close()
	time.Sleep(20 * time.Millisecond)
	if list := b.Messages(); len(list) != 0 {
		t.Errorf("kept: %+v", list)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("files: %v", files)
	}
}

// TestFullFolder: what cannot be kept is not acknowledged.
func TestFullFolder(t *testing.T) {
	dir := t.TempDir()
	b := opened(t, dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 1)
	b.Failed = func(err error) { failed <- err }
	err := hand(t, b, "reader@example.org", letter("reader@example.org", "one", "x"))
	if err == nil || !strings.HasPrefix(err.Error(), "451 ") {
		t.Errorf("answered %v", err)
	}
	if err := <-failed; !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("failed with %v", err)
	}
}

func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, err := Open("")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = b.Close() }()
		go func() {
			for i := range 3 {
				time.Sleep(time.Second)
				_ = hand(t, b, "reader@example.org", letter("reader@example.org", fmt.Sprint("letter", i), "x"))
			}
		}()
		m, err := b.Wait(t.Context(), func(m Message) bool { return m.Subject == "letter2" })
		if err != nil || m.Subject != "letter2" {
			t.Errorf("%+v, %v", m, err)
		}
		if m, err = b.Wait(t.Context(), func(m Message) bool { return m.goesTo("READER@") }); err != nil || m.Subject != "letter0" {
			t.Errorf("%+v, %v", m, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := b.Wait(ctx, func(Message) bool { return false }); err == nil {
			t.Error("waited for nothing, and got it")
		}
	})
}

func TestServeSMTP(t *testing.T) {
	b := opened(t, "")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- b.ServeSMTP(ctx, l) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := talk(conn, "reader@example.org", letter("reader@example.org", "by port", "x")); err != nil {
		t.Fatal(err)
	}
	if list := b.Messages(); len(list) != 1 || list[0].Subject != "by port" {
		t.Errorf("%+v", list)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("still listening")
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if err := b.Close(); err != nil {
		t.Error("a second close:", err)
	}
	if _, err := b.Dial(t.Context()); err == nil {
		t.Error("a closed inbox takes letters")
	}
}
