package door_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"reedaily/digest/door"
)

const (
	base     = "https://news.example.com"
	friend   = "https://www.example.org"
	theToken = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefghijklmnop"
)

// open builds a small house behind a door and gives what it logs.
func open(t *testing.T, change func(*door.Door)) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	d := &door.Door{
		Base: base, Origins: []string{friend}, Now: time.Now,
		Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Refuse: func(w http.ResponseWriter, _ *http.Request, status int) {
			w.WriteHeader(status)
			fmt.Fprint(w, "refused")
		},
	}
	if change != nil {
		change(d)
	}
	say := func(word string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%s %d bytes from %s", word, len(body), door.Client(r.Context()))
		}
	}
	h, err := d.Handler([]door.Route{
		{Pattern: "/{$}", Policy: door.Public, Get: say("home")},
		{Pattern: "/form", Policy: door.Public, Get: say("look"), Post: say("form"), Stranger: say("stranger")},
		{Pattern: "/own", Policy: door.Public, Post: say("own")},
		{Pattern: "/u/{token}", Get: say("look"), Post: say("left"), Capability: true, Secret: "token"},
		{Pattern: "/embed", Policy: door.Embed, Get: say("embed")},
		{Pattern: "/old/{day}", Policy: door.Archive, Get: say("old")},
		{Pattern: "/feed", Policy: door.Feed, Get: say("feed")},
		{Pattern: "/file", Policy: door.Asset, Get: say("file")},
		{Pattern: "/well", Policy: door.Plain, Get: say("well"), AnyHost: true, Quiet: true},
		{Pattern: "/broken", Policy: door.Public, Get: func(http.ResponseWriter, *http.Request) { panic("a mistake of ours") }},
		{Pattern: "/gone", Policy: door.Public, Get: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h, &log
}

func send(h http.Handler, method, path string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, base+path, body)
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestWhoGetsThrough(t *testing.T) {
	h, _ := open(t, nil)
	large := strings.Repeat("x", door.MaxBody)
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		says                     string // how the answer begins
	}{
		{"a page", "GET", "/", "", nil, 200, "home"},
		{"a page by its head", "HEAD", "/", "", nil, 200, ""},
		{"no page", "GET", "/nothing", "", nil, 404, "refused"},
		{"no page, posted to", "POST", "/nothing", "x", nil, 404, "refused"},
		{"a path that the mux would redirect", "GET", "//evil.example/", "", nil, 404, "refused"},
		{"dots", "GET", "/u/../own", "", nil, 404, "refused"},
		{"a slash too many", "POST", "/u//" + theToken, "", nil, 404, "refused"},

		{"the host in capitals", "GET", "/", "", []string{"Host", "NEWS.example.com"}, 200, "home"},
		{"the host with its port", "GET", "/", "", []string{"Host", "news.example.com:443"}, 200, "home"},
		{"another port", "GET", "/", "", []string{"Host", "news.example.com:8025"}, 421, "refused"},
		{"another host", "GET", "/", "", []string{"Host", "evil.example"}, 421, "refused"},
		{"no host", "GET", "/", "", []string{"Host", ""}, 421, "refused"},
		{"another host, posted to", "POST", "/u/" + theToken, "", []string{"Host", "evil.example"}, 421, "refused"},
		{"a health check by address", "GET", "/well", "", []string{"Host", "10.0.0.1:8025"}, 200, "well"},

		{"a wrong method", "DELETE", "/form", "", nil, 405, "refused"},
		{"TRACE", "TRACE", "/", "", nil, 405, "refused"},
		{"OPTIONS", "OPTIONS", "/form", "", nil, 405, "refused"},
		{"post to a page without a form", "POST", "/", "", nil, 405, "refused"},

		{"as much as fits", "POST", "/form", large, nil, 200, "form 16384 bytes"},
		{"one byte more", "POST", "/form", large + "x", nil, 413, "refused"},

		{"posted by our page", "POST", "/form", "x", []string{"Sec-Fetch-Site", "same-origin", "Origin", "null"}, 200, "form"},
		{"posted by a program", "POST", "/form", "x", nil, 200, "form"},
		{"posted by an old browser from our page", "POST", "/form", "x", []string{"Origin", "null"}, 200, "form"},
		{"the same with an origin", "POST", "/form", "x", []string{"Origin", base}, 200, "form"},
		{"posted by a site on the list", "POST", "/form", "x", []string{"Sec-Fetch-Site", "cross-site", "Origin", friend}, 200, "form"},
		{"posted by another site", "POST", "/form", "x", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 200, "stranger"},
		{"from a sandbox of another site", "POST", "/form", "x", []string{"Sec-Fetch-Site", "cross-site", "Origin", "null"}, 200, "stranger"},
		{"by an old browser from another site", "POST", "/form", "x", []string{"Origin", "https://evil.example"}, 200, "stranger"},
		{"from a sister host", "POST", "/form", "x", []string{"Sec-Fetch-Site", "same-site", "Origin", "https://x.example.com"}, 200, "stranger"},
		{"where strangers have no business", "POST", "/own", "x", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 403, "refused"},
		{"webmail leaves for its reader", "POST", "/u/" + theToken, "x", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://mail.example"}, 200, "left"},

		{"a page that breaks", "GET", "/broken", "", nil, 500, "refused"},
	} {
		w := send(h, c.method, c.path, strings.NewReader(c.body), c.headers...)
		if w.Code != c.status || !strings.HasPrefix(w.Body.String(), c.says) || c.says == "" && w.Body.Len() > 0 {
			t.Errorf("%s: %d %q, want %d %q", c.name, w.Code, w.Body, c.status, c.says)
		}
		if len(w.Result().Cookies()) > 0 || w.Header().Get("Location") != "" {
			t.Errorf("%s: sets a cookie or redirects: %v", c.name, w.Header())
		}
	}
}

func TestALargeBodyOfUnknownLength(t *testing.T) {
	h, _ := open(t, nil)
	r := httptest.NewRequest("POST", base+"/form", io.MultiReader(strings.NewReader(strings.Repeat("x", 20<<10))))
	r.ContentLength = -1
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("%d, want 413", w.Code)
	}
}

func TestAllowNamesTheMethods(t *testing.T) {
	h, _ := open(t, nil)
	for path, want := range map[string]string{"/": "GET, HEAD", "/form": "GET, HEAD, POST", "/own": "POST"} {
		if got := send(h, "PUT", path, nil).Header().Get("Allow"); got != want {
			t.Errorf("PUT %s: Allow %q, want %q", path, got, want)
		}
	}
}

func TestHeaders(t *testing.T) {
	h, _ := open(t, nil)
	always := map[string]string{
		"X-Content-Type-Options":     "nosniff",
		"Referrer-Policy":            "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
		"Strict-Transport-Security":  "max-age=31536000",
	}
	for _, c := range []struct {
		path, cache, frames, robots, style string
	}{
		{"/", "no-cache", "'none'", "", "'self'"},
		{"/u/" + theToken, "no-store", "'none'", "noindex, nofollow", "'self'"},
		{"/embed", "no-store", friend, "noindex, nofollow", "'self'"},
		{"/old/2026-02-14", "public, max-age=300", "'none'", "", "'unsafe-inline'"},
		{"/feed", "public, max-age=300", "'none'", "", "'self'"},
		{"/file", "public, max-age=31536000, immutable", "'none'", "", "'self'"},
		{"/well", "no-cache", "'none'", "", "'self'"},
		{"/nothing", "no-store", "'none'", "noindex, nofollow", "'self'"},
	} {
		got := send(h, "GET", c.path, nil).Header()
		for name, want := range always {
			if got.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", c.path, name, got.Get(name), want)
			}
		}
		if got.Get("Cache-Control") != c.cache || got.Get("X-Robots-Tag") != c.robots {
			t.Errorf("%s: kept %q, found %q; want %q, %q", c.path, got.Get("Cache-Control"), got.Get("X-Robots-Tag"), c.cache, c.robots)
		}
		csp := got.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "style-src " + c.style, "frame-ancestors " + c.frames, "base-uri 'none'", "form-action"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: policy %q lacks %s", c.path, csp, want)
			}
		}
		if strings.Contains(csp, "script-src") || got.Get("Server") != "" || got.Get("Access-Control-Allow-Origin") != "" || !strings.Contains(got.Get("Permissions-Policy"), "camera=()") {
			t.Errorf("%s: %v", c.path, got)
		}
		if framed := got.Get("X-Frame-Options") == ""; framed != (c.path == "/embed") {
			t.Errorf("%s: X-Frame-Options %q", c.path, got.Get("X-Frame-Options"))
		}
	}
}

func TestHeadersWithoutHTTPSAndOrigins(t *testing.T) {
	h, _ := open(t, func(d *door.Door) { d.Base, d.Origins = "http://news.example.com", nil })
	got := send(h, "GET", "/embed", nil).Header()
	if got.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS over plain http")
	}
	if csp := got.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors 'none'") || got.Get("X-Frame-Options") != "DENY" {
		t.Errorf("nobody is on the list, but the box may be framed: %q", csp)
	}
}

func TestBadSettings(t *testing.T) {
	for _, d := range []door.Door{
		{Base: "news.example.com", Log: slog.New(slog.DiscardHandler)},
		{Base: base, Origins: []string{"www.example.org"}, Log: slog.New(slog.DiscardHandler)},
		{Base: base, Origins: []string{"https://www.example.org/path"}, Log: slog.New(slog.DiscardHandler)},
	} {
		if _, err := d.Handler(nil); err == nil {
			t.Errorf("%s %v is taken", d.Base, d.Origins)
		}
	}
}

func TestTheLogTellsNoSecrets(t *testing.T) {
	h, log := open(t, nil)
	send(h, "GET", "/u/"+theToken+"?email=reader@example.com", nil, "Referer", "https://x.example/"+theToken)
	send(h, "POST", "/u/"+theToken, strings.NewReader("email=reader@example.com"), "X-Forwarded-For", "reader@example.com")
	send(h, "GET", "/u/"+theToken+"/more", nil)
	send(h, "GET", "/reader@example.com", nil)
	send(h, "GET", "/u/abc", nil)
	send(h, "READER", "/", nil)
	said := log.String()
	for _, secret := range []string{theToken[:5], "reader@", "READER", "192.0.2.1"} { // the last is httptest's client
		if strings.Contains(said, secret) {
			t.Errorf("the log tells %q:\n%s", secret, said)
		}
	}
	for _, want := range []string{`"token":"AbCd"`, `"route":"/u/{token}"`, `"client":"192.0.2.0/24"`, `"route":"none"`, `"token":"abc"`, `"method":"other"`} {
		if !strings.Contains(said, want) {
			t.Errorf("the log lacks %s:\n%s", want, said)
		}
	}
}

func TestAPanicIsLoggedOnce(t *testing.T) {
	h, log := open(t, nil)
	w := send(h, "GET", "/broken", nil)
	if w.Code != 500 || w.Body.String() != "refused" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if n := strings.Count(log.String(), `"level":"ERROR"`); n != 1 {
		t.Errorf("%d errors in the log, want 1:\n%s", n, log)
	}
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("a request given up on purpose: %v", p)
		}
	}()
	send(h, "GET", "/gone", nil)
}

func TestQuietRoutes(t *testing.T) {
	h, log := open(t, nil)
	send(h, "GET", "/well", nil)
	if !strings.Contains(log.String(), `"level":"DEBUG"`) || strings.Contains(log.String(), `"level":"INFO"`) {
		t.Errorf("a health check is not at debug level: %s", log)
	}
	log.Reset()
	send(h, "PUT", "/well", nil)
	if !strings.Contains(log.String(), `"level":"INFO"`) {
		t.Errorf("a refused one is: %s", log)
	}
}

func TestAnUntrustedProxyIsToldOnce(t *testing.T) {
	h, log := open(t, nil)
	for _, peer := range []string{"127.0.0.1:1", "127.0.0.1:2", "8.8.8.8:1"} {
		r := httptest.NewRequest("GET", base+"/", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", "203.0.113.9")
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	if n := strings.Count(log.String(), "site.trusted_proxies"); n != 1 {
		t.Errorf("told %d times, want once:\n%s", n, log)
	}
}

func TestServerGivesUpOnDrips(t *testing.T) {
	s := door.NewServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("something is unbounded: %+v", s)
	}
}

var trusted = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"), netip.MustParsePrefix("127.0.0.1/32")}
