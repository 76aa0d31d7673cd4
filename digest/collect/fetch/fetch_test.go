package fetch

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func client(t *testing.T, change func(*Settings)) *Client {
	t.Helper()
	s := Settings{UserAgent: "reedaily-test/1 (mail@example.com)", AllowPrivate: loopback, Timeout: 5 * time.Second}
	if change != nil {
		change(&s)
	}
	c := New(s)
	t.Cleanup(c.Close)
	return c
}

func server(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func kindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func TestDecompression(t *testing.T) {
	const text = "the quarry opened"
	pack := func(f func(io.Writer) io.WriteCloser) []byte {
		var b bytes.Buffer
		w := f(&b)
		_, _ = io.WriteString(w, text)
		_ = w.Close()
		return b.Bytes()
	}
	gz := pack(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	zl := pack(func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	br := pack(func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
	twice := func(b []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, _ = w.Write(b)
		_ = w.Close()
		return out.Bytes()
	}
	cases := []struct {
		name, encoding string
		body           []byte
		kind           Kind
	}{
		{"none", "", []byte(text), ""},
		{"gzip", "gzip", gz, ""},
		{"x-gzip", "X-Gzip", gz, ""},
		{"deflate", "deflate", zl, ""},
		{"bare deflate", "deflate", zl[2 : len(zl)-4], ""},
		{"brotli", "br", br, ""},
		{"labelled gzip and is not", "gzip", []byte(text), ""},
		{"gzip with a wrong checksum", "gzip", append(bytes.Clone(gz[:len(gz)-8]), 0, 0, 0, 0, byte(len(text)), 0, 0, 0), ""},
		{"gzip twice", "gzip, gzip", twice(gz), ""},
		{"three times", "gzip, gzip, gzip", twice(twice(gz)), KindEncoding},
		{"a compressed file", "", gz, ""},
		{"unknown", "zstd", []byte(text), KindEncoding},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			srv := server(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.encoding != "" {
					w.Header().Set("Content-Encoding", c.encoding)
				}
				_, _ = w.Write(c.body)
			})
			resp, err := client(t, nil).Get(t.Context(), Request{URL: srv.URL})
			defer resp.Release()
			if kindOf(err) != c.kind {
				t.Fatalf("error %v, want kind %q", err, c.kind)
			}
			if err == nil && (string(resp.Body) != text || resp.Broken != "") {
				t.Errorf("body %q, broken %q", resp.Body, resp.Broken)
			}
		})
	}
}

func TestBodiesAreBounded(t *testing.T) {
	bomb := func() []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(make([]byte, 50<<20))
		_ = w.Close()
		return b.Bytes()
	}()
	for name, size := range map[string]int{"under": 900_000, "exactly": 1_000_000, "over": 1_000_001} {
		t.Run(name, func(t *testing.T) {
			srv := server(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, size)) })
			resp, err := client(t, func(s *Settings) { s.MaxBytes = 1_000_000 }).Get(t.Context(), Request{URL: srv.URL})
			defer resp.Release()
			if over := size > 1_000_000; over != (kindOf(err) == KindSize) {
				t.Errorf("%d bytes: %v", size, err)
			}
			if err == nil && len(resp.Body) != size {
				t.Errorf("%d bytes came", len(resp.Body))
			}
		})
	}
	srv := server(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb)
	})
	if _, err := client(t, nil).Get(t.Context(), Request{URL: srv.URL}); kindOf(err) != KindSize {
		t.Errorf("a gzip bomb: %v", err)
	}
	srv = server(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Long", strings.Repeat("a", 100<<10)) })
	if _, err := client(t, nil).Get(t.Context(), Request{URL: srv.URL}); kindOf(err) != KindSize {
		t.Errorf("long headers: %v", err)
	}
}

func TestRedirects(t *testing.T) {
	var base string
	srv := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/end":
			_, _ = io.WriteString(w, "here")
		case "/permanent":
			http.Redirect(w, r, "/end", http.StatusMovedPermanently)
		case "/permanent2":
			http.Redirect(w, r, "/permanent", http.StatusPermanentRedirect)
		case "/temporary":
			http.Redirect(w, r, "/end", http.StatusFound)
		case "/mixed":
			http.Redirect(w, r, "/temporary", http.StatusMovedPermanently)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/login":
			http.Redirect(w, r, strings.Replace(base, "://", "://user:secret@", 1)+"/end", http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		}
	})
	base = srv.URL
	cases := []struct {
		path, moved string
		kind        Kind
	}{
		{"/end", "", ""},
		{"/permanent", "/end", ""},
		{"/permanent2", "/end", ""},
		{"/temporary", "", ""},
		{"/mixed", "/temporary", ""},
		{"/loop", "", KindRedirect},
		{"/file", "", KindRedirect},
		{"/login", "", KindRedirect},
	}
	c := client(t, nil)
	for _, tc := range cases {
		resp, err := c.Get(t.Context(), Request{URL: base + tc.path})
		if kindOf(err) != tc.kind {
			t.Errorf("%s: %v, want kind %q", tc.path, err, tc.kind)
			continue
		}
		want := ""
		if tc.moved != "" {
			want = base + tc.moved
		}
		if err == nil && (resp.MovedTo != want || string(resp.Body) != "here") {
			t.Errorf("%s: moved to %q, body %q", tc.path, resp.MovedTo, resp.Body)
		}
	}
	if resp, err := c.Get(t.Context(), Request{URL: base + "/nowhere"}); err != nil || resp.Status != http.StatusFound {
		t.Errorf("a redirect to nowhere: %d, %v", resp.Status, err)
	}
}

// TestBlockedNetworks: no address that is not public is ever connected to,
// however it is written and whoever sends us there.
func TestBlockedNetworks(t *testing.T) {
	hosts := []string{
		"127.0.0.1", "127.255.255.254", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
		"169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
		"240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fc00::1]", "[fd12:3456::1]", "[fe80::1]", "[ff02::1]",
		"[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2001:db8::1]",
		"[100::1]", "[2001::1]", "[::127.0.0.1]",
	}
	var hits atomic.Int64
	srv := server(t, func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		http.Redirect(w, r, "http://"+r.URL.Query().Get("to")+"/", http.StatusFound)
	})
	guarded := client(t, func(s *Settings) { s.AllowPrivate = nil; s.Timeout = 2 * time.Second })
	onlyServer := client(t, func(s *Settings) {
		s.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		s.Timeout = 2 * time.Second
	})
	refused := func(err error) bool {
		// A machine without IPv6 fails before the guard is asked.
		return kindOf(err) == KindForbidden || kindOf(err) == KindNetwork && strings.Contains(err.Error(), "no way to")
	}
	for _, h := range hosts {
		if _, err := guarded.Get(t.Context(), Request{URL: "http://" + h + "/"}); !refused(err) {
			t.Errorf("%s asked: %v", h, err)
		}
		if h == "127.0.0.1" || h == "localhost" || h == "[::ffff:127.0.0.1]" {
			continue
		}
		if _, err := onlyServer.Get(t.Context(), Request{URL: srv.URL + "/?to=" + h}); !refused(err) {
			t.Errorf("redirect to %s followed: %v", h, err)
		}
	}
	if _, err := guarded.Get(t.Context(), Request{URL: srv.URL}); kindOf(err) != KindForbidden {
		t.Errorf("the server itself: %v", err)
	}
	if hits.Load() != int64(len(hosts)-3) {
		t.Errorf("%d requests arrived", hits.Load())
	}
}

func TestAddressesThatAreNotAsked(t *testing.T) {
	c := client(t, nil)
	for _, u := range []string{"", "feed", "ftp://example.com/", "file:///etc/passwd", "http://", "https://user:pw@example.com/", "javascript:alert(1)", "http://exa mple.com/", "http://[::1"} {
		if _, err := c.Get(t.Context(), Request{URL: u}); kindOf(err) != KindAddress {
			t.Errorf("%q: %v", u, err)
		}
	}
}

func TestFailuresAreOneSentence(t *testing.T) {
	hang := server(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := l.Addr().String()
	_ = l.Close()
	hangUp := server(t, func(w http.ResponseWriter, _ *http.Request) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	})
	tls := httptest.NewUnstartedServer(http.NotFoundHandler())
	tls.Config.ErrorLog = log.New(io.Discard, "", 0)
	tls.StartTLS()
	t.Cleanup(tls.Close)
	plain := server(t, func(http.ResponseWriter, *http.Request) {})
	cases := []struct {
		name, url string
		kind      Kind
		words     string
	}{
		{"hang", hang.URL, KindTimeout, "within"},
		{"refused", "http://" + closed, KindNetwork, "refuses connections"},
		{"hang up", hangUp.URL, KindNetwork, "closed the connection"},
		{"self-signed", tls.URL, KindTLS, "certificate"},
		{"no TLS", strings.Replace(plain.URL, "http://", "https://", 1), KindTLS, "does not speak https"},
		{"unknown name", "http://nobody.invalid/", KindNetwork, "nobody.invalid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cl := client(t, func(s *Settings) {
				if s.Timeout = 30 * time.Second; c.url == hang.URL {
					s.Timeout = 500 * time.Millisecond
				}
			})
			_, err := cl.Get(t.Context(), Request{URL: c.url})
			if err == nil || kindOf(err) != c.kind || !strings.Contains(err.Error(), c.words) || strings.Contains(err.Error(), "\n") {
				t.Errorf("kind %q: %v", kindOf(err), err)
			}
		})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := client(t, nil).Get(ctx, Request{URL: hang.URL}); kindOf(err) != KindDeadline {
		t.Errorf("the caller's own deadline: %v", err)
	}
}

func TestHeadersAndConditions(t *testing.T) {
	var got http.Header
	srv := server(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		w.WriteHeader(http.StatusNotModified)
	})
	resp, err := client(t, nil).Get(t.Context(), Request{URL: srv.URL, ETag: `W/"x"`, LastModified: "yesterday", ValidFor: srv.URL, Accept: "text/xml"})
	if err != nil || resp.Status != http.StatusNotModified {
		t.Fatalf("%d, %v", resp.Status, err)
	}
	for k, v := range map[string]string{"User-Agent": "reedaily-test/1 (mail@example.com)", "If-None-Match": `W/"x"`, "If-Modified-Since": "yesterday", "Accept": "text/xml", "Accept-Encoding": "gzip, deflate, br"} {
		if got.Get(k) != v {
			t.Errorf("%s: %q, want %q", k, got.Get(k), v)
		}
	}
}

func TestStallIsToldAndTheFetchGoesOn(t *testing.T) {
	srv := server(t, func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(300 * time.Millisecond)
		_, _ = io.WriteString(w, "late")
	})
	var stalls atomic.Int64
	c := client(t, func(s *Settings) { s.Stalled = 50 * time.Millisecond })
	resp, err := c.Get(t.Context(), Request{URL: srv.URL, OnStall: func() { stalls.Add(1) }})
	if err != nil || string(resp.Body) != "late" || stalls.Load() != 1 {
		t.Errorf("body %q, %v, told %d times", resp.Body, err, stalls.Load())
	}
}

func TestAnAnswerThatBreaksOffIsKept(t *testing.T) {
	srv := server(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "half")
	})
	resp, err := client(t, nil).Get(t.Context(), Request{URL: srv.URL})
	if err != nil || string(resp.Body) != "half" || resp.Broken == "" {
		t.Errorf("body %q, broken %q, %v", resp.Body, resp.Broken, err)
	}
}

func TestTurnsKeepTheGap(t *testing.T) {
	var slept []time.Duration
	at := time.Unix(1000, 0)
	now := func() time.Time { return at }
	sleep := func(_ context.Context, d time.Duration) error {
		slept = append(slept, d)
		at = at.Add(d)
		return nil
	}
	turns := newTurns(1, time.Second)
	for i := range 3 {
		leave, err := turns.enter(t.Context(), "ore.example", 0, clock{now, sleep})
		if err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Duration(i) * 400 * time.Millisecond)
		leave()
	}
	leave, err := turns.enter(t.Context(), "other.example", 0, clock{now, sleep})
	if err != nil {
		t.Fatal(err)
	}
	leave()
	if fmt.Sprint(slept) != "[1s 600ms]" {
		t.Errorf("slept %v", slept)
	}
	// A clock that stands still does not add up waits.
	still := newTurns(1, time.Second)
	slept = nil
	for range 4 {
		leave, err := still.enter(t.Context(), "ore.example", 0, clock{func() time.Time { return time.Unix(0, 0) }, sleep})
		if err != nil {
			t.Fatal(err)
		}
		leave()
	}
	if fmt.Sprint(slept) != "[1s 1s 1s]" {
		t.Errorf("slept %v", slept)
	}
	// Whoever gives up frees the turn.
	leave, err = turns.enter(t.Context(), "ore.example", 0, clock{now, sleep})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := turns.enter(ctx, "ore.example", 0, clock{now, sleep}); err == nil {
		t.Error("a second turn beside the first")
	}
	leave()
}
