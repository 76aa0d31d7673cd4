package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"reedaily/digest"
)

const keysHeader = `# The keys of the links in readers' mail. Keep this file, keep it secret, and
# back it up apart from the database: without it the links in old mails end.
`

// loadKeys reads the keys of readers' links, and makes the file with a first
// key where there is none. One key a line: its number and 32 bytes in hex.
func loadKeys(path string) ([]digest.Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKeys(path); err != nil {
			return nil, digest.Hint(fmt.Errorf("make the key file: %w", err), "site.keys names a file in a folder that reedaily may write")
		}
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	var keys []digest.Key
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		var k digest.Key
		var secret string
		if _, err := fmt.Sscanf(string(line), "%d %s", &k.ID, &secret); err == nil {
			k.Secret, err = hex.DecodeString(secret)
			if err == nil && len(k.Secret) >= 32 {
				keys = append(keys, k)
				continue
			}
		}
		return nil, digest.Hint(fmt.Errorf("read the key file %s: line %d is not a number and 64 hex digits", path, n), "restore it from its backup")
	}
	return keys, lines.Err()
}

// makeKeys writes the file whole or not at all; of two processes that start at
// once, one wins and both read the winner's.
func makeKeys(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails: crypto/rand ends the process instead
	tmp, err := os.CreateTemp(filepath.Dir(path), ".keys-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = fmt.Fprintf(tmp, "%s0 %s\n", keysHeader, hex.EncodeToString(secret))
	if err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := os.Link(tmp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
