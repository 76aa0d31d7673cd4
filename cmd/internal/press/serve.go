package press

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"net/http"
	"time"
)

// Handler serves feeds, article pages, each outlet's front page and the list
// of outlets. Feeds have a strong ETag and a Last-Modified, and answer 304.
func (p *Press) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		p.write(w, "index", p.outlets)
	})
	for _, o := range p.outlets {
		mux.HandleFunc("GET "+o.feedPath(), func(w http.ResponseWriter, r *http.Request) { p.serveFeed(w, r, o) })
		mux.HandleFunc("GET /"+o.slug+"/{$}", func(w http.ResponseWriter, _ *http.Request) {
			p.write(w, "front", front{o, p.of(o)})
		})
	}
	for path, a := range p.articles {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { p.write(w, "article", a) })
	}
	return mux
}

func (p *Press) serveFeed(w http.ResponseWriter, r *http.Request, o *outlet) {
	body, contentType, err := p.feed(o, "http://"+r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256(body)
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, "", p.newest[o.slug], bytes.NewReader(body))
}

type front struct {
	Outlet   *outlet
	Articles []*article
}

func (p *Press) write(w http.ResponseWriter, name string, data any) {
	var b bytes.Buffer
	if err := p.page.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(b.Bytes()) // the reader went away: nobody to tell
}

// What the pages show; methods, since templates see exported names only.

// Name is the outlet as readers know it.
func (o *outlet) Name() string { return o.name }

// About is the outlet's own line.
func (o *outlet) About() string { return o.about }

// Lang is the language of its texts.
func (o *outlet) Lang() string { return o.lang }

// Home is the path of its front page.
func (o *outlet) Home() string { return "/" + o.slug + "/" }

// Feed is the path of its feed.
func (o *outlet) Feed() string { return o.feedPath() }

// Outlet is who published the article.
func (a *article) Outlet() *outlet { return a.outlet }

// Title is the headline.
func (a *article) Title() string { return a.title }

// Author is the byline.
func (a *article) Author() string { return a.author }

// Path is the address of its page.
func (a *article) Path() string { return a.path() }

// Text is its paragraphs.
func (a *article) Text() []string { return a.text }

// Highlights is the outlet's own list.
func (a *article) Highlights() []string { return a.highlights }

// Published is the time as machines read it.
func (a *article) Published() string { return a.published.Format(time.RFC3339) }

// When is the time as people read it.
func (a *article) When() string { return a.published.Format("2 January 2006, 15:04 UTC") }

func pages() *template.Template { return template.Must(template.New("press").Parse(pageText)) }
