package door

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"
)

// shown is how much of a token a log may tell.
const shown = 4

// recorder remembers what was answered, and keeps the body of a HEAD back.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
	head   bool
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.WriteHeader(http.StatusOK)
	}
	if r.head {
		return len(b), nil
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap serves http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// caught turns a panic into a page and one line in the log. It is false where
// the request was given up on purpose.
func (d *Door) caught(w *recorder, r *http.Request, p any) bool {
	if p == nil {
		return true
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	d.Log.Error("a page failed", "error", fmt.Sprint(p), "stack", string(debug.Stack()))
	if w.status == 0 {
		d.Refuse(w, r, http.StatusInternalServerError)
	}
	return true
}

// logAccess writes one line for one answer. The path is told by its route
// only, and the client by its network: neither a token nor a mail address nor
// a person's own address stands in a log.
func (d *Door) logAccess(route Route, w *recorder, r *http.Request, client netip.Addr, took time.Duration) {
	level := slog.LevelInfo
	if route.Quiet && w.status < http.StatusBadRequest {
		level = slog.LevelDebug
	}
	if !d.Log.Enabled(r.Context(), level) {
		return
	}
	args := []any{
		"method", method(r.Method), "route", route.Pattern, "status", w.status, "bytes", w.bytes,
		"took", took.Round(time.Microsecond), "client", network(client, true).String(),
	}
	if route.Secret != "" {
		token := r.PathValue(route.Secret)
		args = append(args, "token", token[:min(shown, len(token))])
	}
	d.Log.Log(r.Context(), level, "web", args...)
}

// method keeps invented methods out of the log.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodTrace, http.MethodConnect:
		return m
	}
	return "other"
}
