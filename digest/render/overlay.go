package render

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"reedaily/digest"
)

// Overlay is base with the files in dir standing in for those of the same
// name; an empty dir gives base. Nothing outside dir is read, symbolic links
// that lead out of it included.
func Overlay(base fs.FS, dir string) (fs.FS, error) {
	if dir == "" {
		return base, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, digest.Hint(fmt.Errorf("open templates folder: %w", err), "give a folder that has mail/ or page/ in it")
	}
	return overlay{over: root.FS(), base: base}, nil
}

type overlay struct{ over, base fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	if err != nil {
		return nil, err
	}
	// A folder must show the files of both, so it is listed by ReadDir.
	if st, err := f.Stat(); err == nil && st.IsDir() {
		if base, err := o.base.Open(name); err == nil {
			return base, f.Close()
		}
	}
	return f, nil
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
	return merge(over, base), nil
}

func merge(lists ...[]fs.DirEntry) []fs.DirEntry {
	byName := map[string]fs.DirEntry{}
	for _, list := range lists {
		for _, e := range list {
			if _, ok := byName[e.Name()]; !ok {
				byName[e.Name()] = e
			}
		}
	}
	out := make([]fs.DirEntry, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		out = append(out, byName[name])
	}
	return out
}
