package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/store"
	"reedaily/store/storetest"
)

// TestOpenRefuses: what cannot be opened is said in one sentence with the next step.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		ok(t, os.WriteFile(path, content, 0o600))
		return path
	}
	cases := []struct{ name, url, says string }{
		{"nothing", "", "database"},
		{"a folder", dir, "is a folder"},
		{"text", file("text.db", bytes.Repeat([]byte("no database at all "), 300)), "no SQLite database"},
		{"below a file", filepath.Join(file("plain", nil), "reedaily.db"), "user may write"},
		{"another kind", "mysql://localhost/x", "postgres://"},
		{"a bad address", "postgres://user:secret@host:port:port/", "PGPASSWORD"},
		{"nobody there", "postgres://user:secret@127.0.0.1:1/x?connect_timeout=2", "server runs"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			db, err := store.Open(t.Context(), store.Options{URL: c.url})
			if err == nil {
				t.Fatal("it was opened", db.Close())
			}
			if !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "secret") {
				t.Errorf("the error is %q", err)
			}
			var hint *digest.HintError
			var input *digest.InputError
			if !errors.As(err, &hint) && !errors.As(err, &input) {
				t.Errorf("there is no next step in %q", err)
			}
		})
	}
}

func TestForeignFile(t *testing.T) {
	path := storetest.SQLite(t)
	db := open(t, path)
	ok(t, db.Exec(t.Context(), `DROP TABLE goose_db_version`))
	_, err := store.Open(t.Context(), store.Options{URL: path})
	if err == nil || !strings.Contains(err.Error(), "belongs to another program") {
		t.Errorf("a file with strange tables: %v", err)
	}
}

// TestDamage: a page of nonsense is found by Check and named.
func TestDamage(t *testing.T) {
	path := storetest.SQLite(t)
	db, err := store.Open(t.Context(), store.Options{URL: path})
	ok(t, err)
	for i := range 200 {
		ok(t, db.KeepSignup(t.Context(), digest.Signup{Email: strings.Repeat("x", 100+i) + "@example.com", At: morning}))
	}
	ok(t, db.Check(t.Context()))
	ok(t, db.Close())
	raw, err := os.ReadFile(path)
	ok(t, err)
	for i := range len(raw) / 2 {
		raw[len(raw)/2+i] = 0x5a
	}
	ok(t, os.WriteFile(path, raw, 0o600))
	db, err = store.Open(t.Context(), store.Options{URL: path})
	if err == nil {
		err = errors.Join(db.Check(t.Context()), db.Close())
	}
	if err == nil || !strings.Contains(err.Error(), "restore the newest backup") {
		t.Errorf("a damaged database: %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t) // root may write everywhere
		return
	}
	path := storetest.SQLite(t)
	db, err := store.Open(t.Context(), store.Options{URL: path})
	ok(t, err)
	ok(t, db.Close())
	refused := func(what string) {
		t.Helper()
		db, err := store.Open(t.Context(), store.Options{URL: path})
		if err == nil {
			t.Errorf("%s was opened: %v", what, db.Close())
		} else if !strings.Contains(err.Error(), "right to write") {
			t.Errorf("%s: %v", what, err)
		}
	}
	ok(t, os.Chmod(path, 0o400))
	refused("a read-only file")
	ok(t, os.Chmod(path, 0o600))
	ok(t, os.Chmod(filepath.Dir(path), 0o500))
	refused("a file in a read-only folder")
	ok(t, os.Chmod(filepath.Dir(path), 0o700))
}

// asNobody runs the same test in a process without root's rights.
func asNobody(t *testing.T) {
	t.Helper()
	dir, err := os.MkdirTemp("", "reedaily-nobody-")
	ok(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	ok(t, os.Chmod(dir, 0o777)) // past the umask
	self, err := os.ReadFile(os.Args[0])
	ok(t, err)
	ok(t, os.WriteFile(filepath.Join(dir, "self"), self, 0o755))
	const nobody = 65534
	cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "self"), "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "TMPDIR="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("without root's rights: %v\n%s", err, out)
	}
}

// TestFiles: an odd path is taken as it is, and nobody else may read it.
func TestFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder", "100% sure?", "#1")
	path := filepath.Join(dir, "reed daily.db")
	db := open(t, path)
	_, err := db.AddSubscriber(t.Context(), "a@example.com", digest.Consent{At: morning})
	ok(t, err)
	release, err := db.SenderLock(t.Context(), "test")
	ok(t, err)
	defer func() { ok(t, release()) }()
	ok(t, filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		ok(t, err)
		info, err := e.Info()
		ok(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v", p, info.Mode())
		}
		return nil
	}))
	if _, err := os.Stat(path + "-wal"); err != nil {
		t.Errorf("no write-ahead log beside the file: %v", err)
	}
	for _, url := range []string{"file:" + path, "sqlite:" + path, "sqlite://" + path} {
		same := open(t, url)
		if _, err := same.Subscriber(t.Context(), "a@example.com"); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestSecureDelete: what is deleted is gone from the file.
func TestSecureDelete(t *testing.T) {
	path := storetest.SQLite(t)
	db, err := store.Open(t.Context(), store.Options{URL: path})
	ok(t, err)
	const address = "somebody-to-be-forgotten@example.com"
	ok(t, db.KeepSignup(t.Context(), digest.Signup{Email: address, At: morning}))
	ok(t, db.Exec(t.Context(), `DELETE FROM signup`))
	ok(t, db.Close()) // which ends the write-ahead log
	raw, err := os.ReadFile(path)
	ok(t, err)
	if bytes.Contains(raw, []byte(address)) {
		t.Error("a deleted address is still in the file")
	}
}

// TestBusy: a file that another program holds is named so, in time.
func TestBusy(t *testing.T) {
	path := storetest.SQLite(t)
	db := open(t, path)
	_, err := db.Raw().ExecContext(t.Context(), "PRAGMA busy_timeout = 100") // instead of 10 seconds
	ok(t, err)
	other := open(t, path)
	tx, err := other.Raw().BeginTx(t.Context(), nil)
	ok(t, err)
	defer tx.Rollback() //nolint:errcheck // nothing was written
	err = db.KeepSignup(t.Context(), digest.Signup{Email: "a@example.com", At: morning})
	if err == nil || !strings.Contains(err.Error(), "another program holds the database") {
		t.Errorf("a held database: %v", err)
	}
}

// TestLibc: modernc.org/sqlite works with exactly the libc that it names.
func TestLibc(t *testing.T) {
	list := func(args ...string) string {
		out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-m"}, args...)...).Output()
		ok(t, err)
		return strings.TrimSpace(string(out))
	}
	ours := list("-f", "{{.Version}}", "modernc.org/libc")
	raw, err := os.ReadFile(list("-f", "{{.GoMod}}", "modernc.org/sqlite"))
	ok(t, err)
	for line := range strings.Lines(string(raw)) {
		if name, version, found := strings.Cut(strings.TrimSpace(line), " "); found && name == "modernc.org/libc" {
			if version != ours {
				t.Errorf("go.mod has modernc.org/libc %s, modernc.org/sqlite wants %s", ours, version)
			}
			return
		}
	}
	t.Error("modernc.org/sqlite's go.mod names no libc")
}

// TestKilled: what was acknowledged before a kill is there after it.
func TestKilled(t *testing.T) {
	const env = "STORE_TEST_VICTIM"
	if path := os.Getenv(env); path != "" {
		victim(t, path)
		return
	}
	for range 3 {
		path := storetest.SQLite(t)
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), env+"="+path)
		out, err := cmd.StdoutPipe()
		ok(t, err)
		ok(t, cmd.Start())
		var said bytes.Buffer
		buf := make([]byte, 4096)
		for until := time.Now().Add(time.Minute); strings.Count(said.String(), "\n") < 20 && time.Now().Before(until); {
			n, err := out.Read(buf)
			said.Write(buf[:n])
			if err != nil {
				break
			}
		}
		ok(t, cmd.Process.Kill())
		for {
			n, err := out.Read(buf)
			said.Write(buf[:n])
			if err != nil {
				break
			}
		}
		_ = cmd.Wait() // it was killed

		db := open(t, path)
		acknowledged := strings.Split(said.String(), "\n")
		acknowledged = acknowledged[:len(acknowledged)-1] // the last line may be cut
		if len(acknowledged) < 20 {
			t.Fatalf("the victim said %q", said.String())
		}
		for _, email := range acknowledged {
			s, err := db.Subscriber(t.Context(), email)
			if err != nil {
				t.Fatalf("reader %s is lost: %v", email, err)
			}
			if ledger, err := db.Consents(t.Context(), s.ID); err != nil || len(ledger) != 1 {
				t.Errorf("reader %s has %d entries in the ledger, %v", email, len(ledger), err)
			}
		}
		ok(t, db.Check(t.Context()))
		release, err := db.SenderLock(t.Context(), "test")
		ok(t, err) // the dead process's lock is free
		ok(t, release())
	}
}

// victim adds readers until it is killed, and says each that is kept.
func victim(t *testing.T, path string) {
	db := open(t, path)
	_, err := db.SenderLock(t.Context(), "victim")
	ok(t, err)
	for i := range 1_000_000 {
		email := strings.Repeat("v", i%50+1) + "." + time.Now().Format("150405.000000000") + "@example.com"
		_, err := db.AddSubscriber(t.Context(), email, digest.Consent{At: morning})
		ok(t, err)
		if _, err := os.Stdout.WriteString(email + "\n"); err != nil {
			return
		}
	}
}
