package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"reedaily/digest"
)

// pageDir is where the public pages live in the templates; pagePieces are the
// files there that are parts of pages and no pages themselves.
const (
	pageDir    = "page"
	pagePieces = "layout.html form.html bar.html"
)

// The parts of bar.html.
const (
	barHead = "barhead"
	bar     = "bar"
)

// Asset is a file that pages point to: a style sheet, an icon.
type Asset struct {
	Name string // with a hash of its bytes inside, so that it may be cached for ever
	Type string // the Content-Type
	Body []byte
}

// pages is templates/page, parsed.
//
// To add one: write templates/page/NAME.html that defines "main", say in
// [PageData] what it needs, and call Page("NAME", data).
type pages struct {
	named  map[string]*template.Template
	pieces *template.Template // what several pages share
	assets map[string]Asset   // by hashed name
	hashed map[string]string  // file name → address
}

// parsePages parses the pages and makes each of them once from a sample, so
// that a mistake in a template is found at start and not by a reader.
func parsePages(templates fs.FS) (pages, error) {
	p := pages{named: map[string]*template.Template{}, assets: map[string]Asset{}, hashed: map[string]string{}}
	files, err := fs.ReadDir(templates, pageDir)
	if err != nil {
		return p, fmt.Errorf("read the page templates: %w", err)
	}
	var names []string
	for _, f := range files {
		name := f.Name()
		switch ext := path.Ext(name); {
		case f.IsDir():
		case ext == ".html":
			names = append(names, name)
		case assetTypes[ext] != "":
			if err := p.addAsset(templates, name); err != nil {
				return p, err
			}
		}
	}
	if err := p.parse(templates, names); err != nil {
		return p, err
	}
	return p, p.tryAll()
}

var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
}

func (p *pages) addAsset(templates fs.FS, name string) error {
	body, err := fs.ReadFile(templates, path.Join(pageDir, name))
	if err != nil {
		return fmt.Errorf("read page/%s: %w", name, err)
	}
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	p.assets[hashed] = Asset{Name: hashed, Type: assetTypes[ext], Body: body}
	p.hashed[name] = "/assets/" + hashed
	return nil
}

func (p *pages) parse(templates fs.FS, names []string) error {
	base := template.New("pages").Funcs(template.FuncMap{
		"asset": p.address,
		"line":  func(s string) string { return line(s, maxSubject) },
		"tile":  func(day string) Tile { return tile(digest.Day(day)) },
	}).Option("missingkey=error")
	pieces := strings.Fields(pagePieces)
	for _, name := range pieces {
		if err := parseInto(base, templates, name); err != nil {
			return err
		}
	}
	p.pieces = base
	for _, name := range names {
		if strings.Contains(" "+pagePieces+" ", " "+name+" ") {
			continue
		}
		page, err := base.Clone()
		if err != nil {
			return fmt.Errorf("prepare page/%s: %w", name, err)
		}
		if err := parseInto(page, templates, name); err != nil {
			return err
		}
		p.named[strings.TrimSuffix(name, ".html")] = page
	}
	return nil
}

func parseInto(t *template.Template, templates fs.FS, name string) error {
	text, err := fs.ReadFile(templates, path.Join(pageDir, name))
	if err != nil {
		return fmt.Errorf("read page/%s: %w", name, err)
	}
	if _, err := t.New(name).Parse(string(text)); err != nil {
		return fmt.Errorf("parse page/%s: %w", name, err)
	}
	return nil
}

// address is what templates call as {{asset "page.css"}}.
func (p pages) address(name string) (string, error) {
	if address, ok := p.hashed[name]; ok {
		return address, nil
	}
	return "", fmt.Errorf("there is no page/%s", name)
}

// tryAll makes every page that the site needs from a sample, with a header and bare.
func (p pages) tryAll() error {
	for _, name := range pageNames() {
		for _, bare := range []bool{false, true} {
			sample := samplePage()
			sample.Bare = bare
			if _, err := p.page(name, sample); err != nil {
				return err
			}
		}
	}
	for _, name := range []string{barHead, bar} {
		if _, err := p.piece(name, Site{}); err != nil {
			return err
		}
	}
	return nil
}

// piece is a part that is put into a page of another's making.
func (p pages) piece(name string, site Site) (string, error) {
	var b strings.Builder
	if err := p.pieces.ExecuteTemplate(&b, name, PageData{Site: site}); err != nil {
		return "", fmt.Errorf("make %q of page/bar.html: %w", name, err)
	}
	return b.String(), nil
}

func (p pages) page(name string, data any) ([]byte, error) {
	t, ok := p.named[name]
	if !ok {
		return nil, fmt.Errorf("make page %q: there is no page/%s.html", name, name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", data); err != nil {
		return nil, fmt.Errorf("make page %q: %w", name, err)
	}
	return b.Bytes(), nil
}

// Page makes one page of the public site, such as "home"; data is a [PageData].
func (r *Renderer) Page(name string, data any) ([]byte, error) { return r.pages.page(name, data) }

// Asset is the file that pages name as /assets/NAME.
func (r *Renderer) Asset(name string) (Asset, bool) {
	a, ok := r.pages.assets[name]
	return a, ok
}

// WebPage is an edition's page on the site: [Web] with the site's line on top.
func (r *Renderer) WebPage(v digest.View, site Site) ([]byte, error) {
	page := Web(v, site)
	for _, put := range []struct{ piece, from, to string }{
		{barHead, "</head", ""},
		{bar, "<body", ">"},
	} {
		text, err := r.pages.piece(put.piece, site)
		if err != nil {
			return nil, err
		}
		at := strings.Index(page, put.from)
		if at < 0 {
			return nil, fmt.Errorf("make the page of view %s: it has no %s", v.Name, put.from)
		}
		if put.to != "" {
			at += strings.Index(page[at:], put.to) + len(put.to)
		}
		page = page[:at] + text + page[at:]
	}
	return []byte(page), nil
}
