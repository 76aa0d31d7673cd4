package render

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"reedaily/digest"
	"reedaily/templates"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOverlay(t *testing.T) {
	css, err := fs.ReadFile(templates.FS, "mail/style.css")
	if err != nil {
		t.Fatal(err)
	}
	sample, err := fs.ReadFile(templates.FS, "sample/quiet-day.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := folder(t, map[string]string{
		"mail/style.css":   string(css) + ".card{border:1px solid #123456}\n",
		"sample/mine.json": string(sample),
		"notes.txt":        "not a template, and no harm",
	})
	files, err := Overlay(templates.FS, dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(files)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(r.samples, "mine") || !slices.Contains(r.samples, "full-day") {
		t.Errorf("samples: %v", r.samples)
	}
	e, err := r.Sample("mine")
	if err != nil {
		t.Fatal(err)
	}
	v, err := r.View(e, testSite)
	if err != nil || !strings.Contains(v.HTML, "#123456") {
		t.Errorf("the operator's style sheet is not used (%v)", err)
	}
	if same, err := Overlay(templates.FS, ""); err != nil || same != fs.FS(templates.FS) {
		t.Errorf("no folder: %v", err)
	}
	if _, err := r.Sample("../mail/digest"); !errors.Is(err, digest.ErrNotFound) {
		t.Errorf("a sample outside its folder: %v", err)
	}
}

// TestOverlayMistakes: each is found at start, in one sentence with a hint.
func TestOverlayMistakes(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"an empty folder":       {},
		"a misspelt name":       {"mail/digets.html": "x"},
		"a broken template":     {"mail/digest.html": `{{define "content"}}{{range}}`},
		"an unknown field":      {"mail/digest.txt": "{{.Nmae}} {{.Unsubscribe}}"},
		"no way to leave":       {"mail/digest.txt": "{{.Name}}"},
		"an image":              {"mail/digest.html": `{{define "content"}}<tr><td><img src="https://x.example/a.png"></td></tr>{{end}}{{define "small"}}<a href="{{.Unsubscribe}}">x</a>{{end}}{{template "frame" .}}`},
		"a broken confirmation": {"mail/confirmation.html": "{{.Nope}}"},
		"a broken sample":       {"sample/x.json": "{"},
		"a misspelt sample":     {"sample/x.json": `{"tilte":"x"}`},
	} {
		over, err := Overlay(templates.FS, folder(t, files))
		if err == nil {
			_, err = New(over)
		}
		if err == nil {
			t.Errorf("%s: nothing was said", name)
			continue
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: more than one line: %v", name, err)
		}
	}
	_, err := Overlay(templates.FS, filepath.Join(t.TempDir(), "nowhere"))
	var hint *digest.HintError
	if !errors.As(err, &hint) {
		t.Errorf("a missing folder: %v", err)
	}
	dir := folder(t, map[string]string{"mail/style.css": ""})
	secret := folder(t, map[string]string{"secret": "SECRET"})
	if err := os.Symlink(filepath.Join(secret, "secret"), filepath.Join(dir, "mail", "digest.txt")); err != nil {
		t.Fatal("make a symbolic link:", err)
	}
	over, err := Overlay(templates.FS, dir)
	if err == nil {
		if body, err := fs.ReadFile(over, "mail/digest.txt"); err == nil && strings.Contains(string(body), "SECRET") {
			t.Error("a symbolic link led out of the folder")
		}
	}
}

// TestNewWithoutFiles: a missing file is named.
func TestNewWithoutFiles(t *testing.T) {
	_, err := New(fstest.MapFS{})
	if err == nil || !strings.Contains(err.Error(), "digest.html") {
		t.Errorf("an empty folder: %v", err)
	}
}
