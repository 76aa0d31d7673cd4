// Package render turns an edition and a reader into a letter, and names into
// web pages. It is arithmetic over templates: no clock, no network, no disk;
// equal input gives equal bytes. What to say is decided by edition; when and
// to whom by daily and deliver.
//
// A template sees only the values of model.go: text that is cleaned of control
// and direction-changing characters, and links that are http or https. All HTML
// goes through html/template, so that nothing of a feed is ever markup.
//
// To add a mail: 1. put its HTML and text beside each other into
// templates/mail; 2. give it a model here and a method that makes its
// Envelope; 3. render it in New, so that a broken template is found at start.
package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	texttemplate "text/template"

	"reedaily/digest"
)

// Site is what mails and pages say of the installation.
type Site struct {
	Name    string // the newsletter's name; an edition's own title goes before it
	URL     string // public address without a slash at the end; empty: there is no site
	Address string // the postal or contact line that the law asks for
	Contact string // a mail address of the editor, for readers; may be empty
}

// Renderer holds the parsed templates. It may be used by several goroutines.
type Renderer struct {
	files   fs.FS
	mails   map[string]mail
	pages   pages
	samples []string
	ready   atomic.Pointer[prepared]
}

// mail is one kind of letter: its HTML and text.
type mail struct {
	html *htmltemplate.Template
	text *texttemplate.Template
}

// The mails that templates/mail must hold.
const (
	mailDigest       = "digest"
	mailConfirmation = "confirmation"
)

// New parses all templates in files, which has the folders mail, page and
// sample, and renders every mail once, the digest with every sample edition:
// a broken template stops the program at its start, not at half past six.
func New(files fs.FS) (*Renderer, error) {
	r := &Renderer{files: files, mails: map[string]mail{}}
	for _, name := range []string{mailDigest, mailConfirmation} {
		m, err := parseMail(files, name)
		if err != nil {
			return nil, err
		}
		r.mails[name] = m
	}
	pages, err := parsePages(files)
	if err != nil {
		return nil, err
	}
	r.pages = pages
	names, err := fs.Glob(files, "sample/*.json")
	if err != nil {
		return nil, fmt.Errorf("list sample editions: %w", err)
	}
	for _, name := range names {
		r.samples = append(r.samples, strings.TrimSuffix(path.Base(name), ".json"))
	}
	slices.Sort(r.samples)
	return r, r.rehearse()
}

// Sample is a committed edition of our own writing; an unknown name is
// [digest.ErrNotFound].
func (r *Renderer) Sample(name string) (digest.Edition, error) {
	var e digest.Edition
	if !slices.Contains(r.samples, name) {
		return e, fmt.Errorf("sample edition %q: %w; there are %s", name, digest.ErrNotFound, strings.Join(r.samples, ", "))
	}
	body, err := fs.ReadFile(r.files, "sample/"+name+".json")
	if err != nil {
		return e, fmt.Errorf("read sample edition %s: %w", name, err)
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return e, fmt.Errorf("read sample edition %s: %w", name, err)
	}
	return e, nil
}

// rehearse renders each mail once.
func (r *Renderer) rehearse() error {
	site := Site{Name: "Rehearsal", URL: "https://news.example.com", Address: "Rehearsal, 1 Example Street", Contact: "editor@example.com"}
	for _, name := range r.samples {
		e, err := r.Sample(name)
		if err != nil {
			return err
		}
		if _, err := r.View(e, site); err != nil {
			return fmt.Errorf("rehearse with sample edition %s: %w", name, err)
		}
	}
	_, _, err := r.confirmation(Confirmation{Site: site, Link: site.URL + "/c/rehearsal"})
	if err != nil {
		return fmt.Errorf("rehearse the confirmation: %w", err)
	}
	return nil
}

// shared are the files that every HTML mail is parsed with.
var shared = []string{"mail/frame.html", "mail/inline.html", "mail/style.css"}

func parseMail(files fs.FS, name string) (mail, error) {
	hint := "mend the file, or take it out of the templates folder to use the built-in one"
	html, err := htmltemplate.New(name+".html").Option("missingkey=error").
		ParseFS(files, append([]string{"mail/" + name + ".html"}, shared...)...)
	if err != nil {
		return mail{}, digest.Hint(fmt.Errorf("parse template mail/%s.html: %w", name, err), hint)
	}
	text, err := texttemplate.New(name+".txt").Option("missingkey=error").Funcs(textFuncs()).
		ParseFS(files, "mail/"+name+".txt")
	if err != nil {
		return mail{}, digest.Hint(fmt.Errorf("parse template mail/%s.txt: %w", name, err), hint)
	}
	return mail{html: html, text: text}, nil
}

// run fills both halves of a mail.
func (r *Renderer) run(name string, model any) (html, text string, err error) {
	m := r.mails[name]
	var h, t bytes.Buffer
	if err := m.html.Execute(&h, model); err != nil {
		return "", "", fmt.Errorf("fill template mail/%s.html: %w", name, err)
	}
	if err := m.text.Execute(&t, model); err != nil {
		return "", "", fmt.Errorf("fill template mail/%s.txt: %w", name, err)
	}
	return strings.TrimLeft(h.String(), "\n"), t.String(), nil
}
