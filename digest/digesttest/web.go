package digesttest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// Request is one line of a server's log.
type Request struct {
	Host        string // as asked for, with the port
	Path        string
	Agent       string
	Conditional bool // it had If-None-Match or If-Modified-Since
	Status      int
	Start, End  time.Time
}

// Web is a web server on loopback that logs what it is asked.
type Web struct {
	// URL is its address, without a slash at the end.
	URL string

	mu     sync.Mutex
	pages  map[string]http.HandlerFunc
	log    []Request
	inside map[string]int
	peak   map[string]int
}

// NewWeb starts a server; it answers 404 to what no [Web.Handle] knows.
func NewWeb(t testing.TB) *Web {
	t.Helper()
	w := &Web{pages: map[string]http.HandlerFunc{}, inside: map[string]int{}, peak: map[string]int{}}
	srv := httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	w.URL = srv.URL
	return w
}

// Handle answers requests for path ("/feed.xml") and returns its address. The
// handler should end when the request's context does.
func (w *Web) Handle(path string, h http.HandlerFunc) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[path] = h
	return w.URL + path
}

// Document serves body under path as it is and returns its address.
func (w *Web) Document(path, contentType string, body []byte) string {
	return w.Handle(path, func(rw http.ResponseWriter, _ *http.Request) {
		if contentType != "" {
			rw.Header().Set("Content-Type", contentType)
		}
		_, _ = rw.Write(body)
	})
}

// Hang accepts requests for path and never answers.
func (w *Web) Hang(path string) string {
	return w.Handle(path, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
}

func (w *Web) serve(rw http.ResponseWriter, r *http.Request) {
	req := Request{
		Host: r.Host, Path: r.URL.Path, Agent: r.UserAgent(), Start: time.Now(),
		Conditional: r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "",
	}
	w.mu.Lock()
	h := w.pages[r.URL.Path]
	w.inside[r.Host]++
	w.peak[r.Host] = max(w.peak[r.Host], w.inside[r.Host])
	w.mu.Unlock()
	if h == nil {
		h = http.NotFound
	}
	rec := &statusRecorder{ResponseWriter: rw, status: http.StatusOK}
	defer func() {
		req.Status, req.End = rec.status, time.Now()
		w.mu.Lock()
		w.inside[r.Host]--
		w.log = append(w.log, req)
		w.mu.Unlock()
	}()
	h(rec, r)
}

// Log is what was asked so far, in the order in which answers ended.
func (w *Web) Log() []Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.log)
}

// Peak is the most requests that any one host name saw at once.
func (w *Web) Peak() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	most := 0
	for _, n := range w.peak {
		most = max(most, n)
	}
	return most
}

// statusRecorder notes the status; it lets a handler reach the connection.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (s *statusRecorder) WriteHeader(code int) {
	s.status = code
	s.ResponseWriter.WriteHeader(code)
}

// Unwrap serves http.ResponseController.
func (s *statusRecorder) Unwrap() http.ResponseWriter { return s.ResponseWriter }
