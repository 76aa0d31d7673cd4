package render

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"reedaily/digest"
)

// Overlay is base with the files in dir standing in for those of the same
// name; an empty dir gives base. Nothing outside dir is read, symbolic links
// that lead out of it included. A dir that stands in for nothing is an error:
// somebody misspelt a name and would look for the change in vain.
func Overlay(base fs.FS, dir string) (fs.FS, error) {
	if dir == "" {
		return base, nil
	}
	const hint = "name files as the built-in ones are: mail/digest.html, mail/style.css, page/page.css …"
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, digest.Hint(fmt.Errorf("open templates folder: %w", err), hint)
	}
	over := root.FS()
	used, unknown := 0, ""
	err = fs.WalkDir(over, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		sample, _ := path.Match("sample/*.json", name) // the pattern is right
		if _, err := fs.Stat(base, name); err == nil || sample {
			used++
		} else if unknown == "" {
			unknown = name
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("read templates folder %s: %w", dir, err)
	case used == 0 && unknown != "":
		return nil, digest.Hint(fmt.Errorf("templates folder %s: %s stands in for no template", dir, unknown), hint)
	case used == 0:
		return nil, digest.Hint(fmt.Errorf("templates folder %s is empty", dir), hint)
	}
	return overlay{over: over, base: base}, nil
}

type overlay struct{ over, base fs.FS }

// Open opens a file of over, else of base. Folders are listed by ReadDir.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}

// ReadDir lists what is in either, each name once.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	base, err := fs.ReadDir(o.base, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	over, overErr := fs.ReadDir(o.over, name)
	if overErr != nil && !errors.Is(overErr, fs.ErrNotExist) {
		return nil, overErr
	}
	if err != nil && overErr != nil {
		return nil, err
	}
	byName := map[string]fs.DirEntry{}
	for _, e := range slices.Concat(base, over) {
		byName[e.Name()] = e
	}
	out := make([]fs.DirEntry, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		out = append(out, byName[name])
	}
	return out, nil
}
