package inbox

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var files embed.FS

// The page's own documents run no script at all and load from here only. The
// frame holds what somebody else wrote: it may show inline styles and embedded
// pictures, loads nothing (so that opening a letter tells nobody), and cannot
// reach the page around it.
const (
	pagePolicy = "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self' data:; form-action 'self'; " +
		"base-uri 'none'; frame-ancestors 'none'"
	framePolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
		"style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)

// view is what the templates show.
type view struct {
	Title   string
	Query   string
	Letters []Message
	Total   int
	Most    int
	Letter  Message
	Content Content
	Tab     string
	Problem string
	// Searchable pages have the search box, others the way back to the list.
	Searchable bool
	Zone       *time.Location
}

// Clock tells a letter's time in the inbox's zone.
func (v view) Clock(t time.Time) string { return t.In(v.Zone).Format("2 Jan 2006, 15:04:05 MST") }

// Stamp is the machine's form of a time.
func (v view) Stamp(t time.Time) string { return t.Format(time.RFC3339) }

// Bytes is a size for people.
func (v view) Bytes(n int) string {
	switch {
	case n < 1000:
		return strconv.Itoa(n) + " bytes"
	case n < 1_000_000:
		return strconv.Itoa((n+500)/1000) + " kB"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

// Handler is the inbox's web view. It changes nothing, and answers to the
// names of the loopback interface only, so that no page out in the web can
// read letters through the reader's own browser (DNS rebinding).
func (b *Inbox) Handler() http.Handler {
	w := &web{inbox: b, pages: template.Must(template.ParseFS(files, "page/*.html"))}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.list)
	mux.HandleFunc("GET /style.css", w.style)
	mux.HandleFunc("GET /m/{id}", w.letter("html"))
	mux.HandleFunc("GET /m/{id}/text", w.letter("text"))
	mux.HandleFunc("GET /m/{id}/headers", w.letter("headers"))
	mux.HandleFunc("GET /m/{id}/frame", w.frame)
	mux.HandleFunc("GET /m/{id}/raw", w.raw)
	mux.HandleFunc("GET /", func(rw http.ResponseWriter, _ *http.Request) {
		w.problem(rw, http.StatusNotFound, "There is nothing at this address.")
	})
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cache-Control", "no-store")
		if !loopback(r.Host) {
			w.problem(rw, http.StatusMisdirectedRequest, "The inbox answers to localhost only.")
			return
		}
		mux.ServeHTTP(rw, r)
	})
}

// loopback says whether a Host header names this machine.
func loopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

type web struct {
	inbox *Inbox
	pages *template.Template
}

func (w *web) list(rw http.ResponseWriter, r *http.Request) {
	all := w.inbox.Messages()
	v := view{Title: "Letters", Searchable: true, Query: strings.TrimSpace(r.URL.Query().Get("to")), Total: len(all), Most: maxListed}
	for _, m := range all {
		if m.goesTo(v.Query) || v.Query == "" {
			v.Letters = append(v.Letters, m)
		}
	}
	w.show(rw, http.StatusOK, "list.html", v)
}

func (w *web) letter(tab string) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		m, content, ok := w.read(rw, r)
		if !ok {
			return
		}
		v := view{Title: m.Subject, Letter: m, Content: content, Tab: tab}
		if tab == "html" && content.HTML == "" {
			v.Tab = "text"
		}
		w.show(rw, http.StatusOK, "letter.html", v)
	}
}

func (w *web) read(rw http.ResponseWriter, r *http.Request) (Message, Content, bool) {
	id := r.PathValue("id")
	m, _ := w.inbox.find(id)
	content, err := w.inbox.Read(id)
	if err != nil {
		w.missing(rw, err)
		return Message{}, Content{}, false
	}
	return m, content, true
}

func (w *web) missing(rw http.ResponseWriter, err error) {
	if errors.Is(err, ErrGone) {
		w.problem(rw, http.StatusNotFound, "This letter is not in the inbox any more.")
		return
	}
	w.problem(rw, http.StatusInternalServerError, "This letter cannot be read: its file is damaged or locked.")
}

var headTag = regexp.MustCompile(`(?i)<head(?:\s[^>]{0,500})?>`)

// frame is the HTML part as its own document, for the sandboxed frame only.
func (w *web) frame(rw http.ResponseWriter, r *http.Request) {
	_, content, ok := w.read(rw, r)
	if !ok {
		return
	}
	// Links open beside the inbox. Before the head's own content, the first
	// base element counts; a document without head gets it in front.
	const base = `<base target="_blank">`
	html := base + content.HTML
	if at := headTag.FindStringIndex(content.HTML); at != nil {
		html = content.HTML[:at[1]] + base + content.HTML[at[1]:]
	}
	rw.Header().Set("Content-Security-Policy", framePolicy)
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = rw.Write([]byte(html))
}

func (w *web) raw(rw http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	raw, err := w.inbox.Raw(id)
	if err != nil {
		w.missing(rw, err)
		return
	}
	rw.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	rw.Header().Set("Content-Type", "message/rfc822")
	rw.Header().Set("Content-Disposition", `attachment; filename="`+fileName.ReplaceAllString(id, "_")+`.eml"`)
	_, _ = rw.Write(raw)
}

var fileName = regexp.MustCompile(`[^A-Za-z0-9._-]`)

func (w *web) style(rw http.ResponseWriter, _ *http.Request) {
	css, err := files.ReadFile("page/style.css")
	if err != nil {
		http.Error(rw, "the style sheet is missing", http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = rw.Write(css)
}

func (w *web) problem(rw http.ResponseWriter, code int, what string) {
	w.show(rw, code, "problem.html", view{Title: "Problem", Problem: what})
}

// show renders before it answers, so that a page is whole or an error.
func (w *web) show(rw http.ResponseWriter, code int, name string, v view) {
	v.Zone = w.inbox.Zone
	var page bytes.Buffer
	if err := w.pages.ExecuteTemplate(&page, name, v); err != nil {
		http.Error(rw, "the page cannot be shown", http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.WriteHeader(code)
	_, _ = rw.Write(page.Bytes())
}
