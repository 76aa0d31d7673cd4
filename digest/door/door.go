// Package door is what every web request passes before it reaches a page: the
// host it was meant for, its method, its size, where it comes from, how often,
// and the headers of the answer. What is on the pages, and how a refusal
// looks, is left to the rooms behind it.
//
// A site is a list of [Route]. Each names its [Policy]; a route that forgets
// gets the strictest. Nothing here keeps state between requests but the counts
// of [Limiter].
package door

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"time"
)

// MaxBody is how many bytes a request may carry: a form has a few hundred.
const MaxBody = 16 << 10

// Route is one page with its methods. HEAD is answered by Get.
type Route struct {
	Pattern string // a path as [http.ServeMux] takes it, without method and host
	Policy  Policy
	Get     http.HandlerFunc
	Post    http.HandlerFunc
	// Stranger answers a POST that another site sent; nil refuses it with 403.
	Stranger http.HandlerFunc
	// Capability marks a route whose address itself authorises a POST: whoever
	// has the link may press the button, from wherever (RFC 8058 §3.2: a mail
	// client posts without any context of ours).
	Capability bool
	// Secret names the path's wildcard that must not stand in a log.
	Secret string
	// AnyHost lets a request pass that names another host, such as a health check by IP.
	AnyHost bool
	// Quiet logs good answers at debug level only.
	Quiet bool
}

// Door is the way in. Set its fields before calling Handler.
type Door struct {
	Base    string   // public address of the site, from the configuration and nowhere else
	Origins []string // sites that may embed the form and post to it
	Proxies []netip.Prefix
	Now     func() time.Time
	Log     *slog.Logger
	// Refuse answers what does not get through, with a 4xx or 5xx status.
	Refuse func(w http.ResponseWriter, r *http.Request, status int)

	host   string
	https  bool
	cross  *http.CrossOriginProtection
	hidden *proxyHint
}

// Handler opens the door to routes.
func (d *Door) Handler(routes []Route) (http.Handler, error) {
	base, err := url.Parse(d.Base)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("open the site: %q is not an address such as https://news.example.com", d.Base)
	}
	d.host, d.https = bareHost(base.Host), base.Scheme == "https"
	d.hidden = &proxyHint{log: d.Log}
	d.cross = http.NewCrossOriginProtection()
	for _, origin := range d.Origins {
		if err := d.cross.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("open the site: %w", err)
		}
	}
	mux := http.NewServeMux()
	missing := func(w http.ResponseWriter, r *http.Request) { d.Refuse(w, r, http.StatusNotFound) }
	nowhere := d.guard(Route{Pattern: "none", Get: missing, Post: missing, Stranger: missing})
	for _, route := range routes {
		mux.Handle(route.Pattern, d.guard(route))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The mux would redirect /a//b to /a/b; no address of ours redirects.
		_, pattern := mux.Handler(r)
		if pattern == "" || path.Clean(r.URL.Path) != r.URL.Path {
			nowhere.ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	}), nil
}

// guard puts one route behind the checks.
func (d *Door) guard(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := d.Now()
		client := d.client(r)
		r = r.WithContext(context.WithValue(r.Context(), clientKey{}, client))
		rec := &recorder{ResponseWriter: w, head: r.Method == http.MethodHead}
		defer func() {
			if !d.caught(rec, r, recover()) {
				return
			}
			d.logAccess(route, rec, r, client, d.Now().Sub(started))
		}()
		d.Headers(rec.Header(), route.Policy)
		d.pass(rec, r, route)
	})
}

// pass checks one request and hands it on, or refuses it.
func (d *Door) pass(w http.ResponseWriter, r *http.Request, route Route) {
	if !route.AnyHost && bareHost(r.Host) != d.host {
		d.Refuse(w, r, http.StatusMisdirectedRequest)
		return
	}
	switch {
	case (r.Method == http.MethodGet || r.Method == http.MethodHead) && route.Get != nil:
		route.Get(w, r)
		return
	case r.Method == http.MethodPost && route.Post != nil:
	default:
		w.Header().Set("Allow", allowed(route))
		d.Refuse(w, r, http.StatusMethodNotAllowed)
		return
	}
	if status := readBody(w, r); status != 0 {
		d.Refuse(w, r, status)
		return
	}
	if !route.Capability && d.stranger(r) {
		if route.Stranger == nil {
			d.Refuse(w, r, http.StatusForbidden)
			return
		}
		route.Stranger(w, r)
		return
	}
	route.Post(w, r)
}

// stranger says whether another site sent the POST. A page without referrer,
// as ours are, posts "Origin: null"; an old browser, or one on plain http,
// says nothing else. That is let through here: the form's own token decides.
func (d *Door) stranger(r *http.Request) bool {
	if r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "null" {
		return false
	}
	return d.cross.Check(r) != nil
}

// readBody reads the whole body before anybody decides on it, so that no
// handler can be surprised in the middle. The status is 0 if all is well.
func readBody(w http.ResponseWriter, r *http.Request) (status int) {
	if r.ContentLength > MaxBody {
		w.Header().Set("Connection", "close")
		return http.StatusRequestEntityTooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case err != nil:
		return http.StatusBadRequest
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return 0
}

func allowed(route Route) string {
	var methods []string
	if route.Get != nil {
		methods = append(methods, http.MethodGet, http.MethodHead)
	}
	if route.Post != nil {
		methods = append(methods, http.MethodPost)
	}
	return strings.Join(methods, ", ")
}

// bareHost is a host in lower case without the port that its scheme implies.
func bareHost(host string) string {
	host = strings.ToLower(host)
	for _, port := range []string{":80", ":443"} {
		if bare, ok := strings.CutSuffix(host, port); ok && !strings.HasSuffix(bare, ":") {
			return bare
		}
	}
	return host
}
