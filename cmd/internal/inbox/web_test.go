package inbox

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// hostile are letters as nobody well-meaning writes them. No test of a page
// may find anything in it that runs.
func hostile() map[string]string {
	script := `<script>alert(document.cookie)</script>`
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	return map[string]string{
		"script in subject": crlf("From: " + script + " <a@example.com>\nTo: \"" + script + "\" <b@example.com>\nSubject: " + script +
			"\nMessage-ID: <" + script + "@x>\nX-" + script + ": " + script + "\n\n" + script + "\n"),
		"script in HTML": crlf("Subject: html\nContent-Type: text/html; charset=utf-8\n\n<html><head><title>x</title>" + script +
			"<meta http-equiv=refresh content=\"0;url=https://evil.example\"><base href=https://evil.example/ target=_self></head>" +
			"<body onload=alert(1)><img src=https://evil.example/pixel.gif><iframe src=/></iframe>" +
			"<form action=https://evil.example><button>Press</button></form><a href=\"javascript:alert(1)\">x</a></body></html>\n"),
		"huge header":     "Subject: huge\r\n" + strings.Repeat("X-Long: "+strings.Repeat("y", 900)+"\r\n", 2000) + "\r\nbody\r\n",
		"one long header": "Subject: " + strings.Repeat("long ", 100_000) + "\r\n\r\nbody\r\n",
		"many recipients": "Subject: many\r\nTo: " + strings.Repeat("<r@example.org>,\r\n ", 20_000) + "<last@example.org>\r\n\r\nbody\r\n",
		"no header":       "just text\r\n",
		"nothing":         "\r\n",
		"binary":          "\x00\x01\x02\xff\xfe\r\n\r\n\x00\xff\r\n",
		"broken multipart": crlf("Subject: broken\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nfirst part\n" +
			"--b\nContent-Type: text/html\n\n<p>no end"),
		"no boundary":     crlf("Subject: none\nContent-Type: multipart/mixed\n\nbody\n"),
		"bad type":        crlf("Subject: type\nContent-Type: ;;;//\n\nbody\n"),
		"deep":            deep(400),
		"wide":            crlf("Subject: wide\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: application/x-y\n\nx\n", 5000) + "--b--\n"),
		"bad base64":      crlf("Subject: b64\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!!\n"),
		"unknown charset": crlf("Subject: =?x-none?B?AAAA?=\nContent-Type: text/plain; charset=x-none\n\nplain words\n"),
		"unknown coding":  crlf("Subject: enc\nContent-Type: text/plain\nContent-Transfer-Encoding: x-none\n\nplain words\n"),
		"turned around":   "Subject: =?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte("abc\u202edcba\u2066\x07")) + "?=\r\n\r\nbody\r\n",
		"long HTML":       crlf("Subject: long\nContent-Type: text/html\n\n" + strings.Repeat("<div>"+strings.Repeat("x", 500)+"\n", 12_000)),
	}
}

func deep(n int) string {
	var b strings.Builder
	b.WriteString("Subject: deep\r\n")
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("Content-Type: text/plain\r\n\r\nbottom\r\n")
	return b.String()
}

func ask(t *testing.T, h http.Handler, method, url string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, url, nil)
	r.Host = "localhost:8025"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestHostileLetters(t *testing.T) {
	for name, raw := range hostile() {
		t.Run(name, func(t *testing.T) {
			b := opened(t, t.TempDir())
			if err := b.keep("a@example.com", []string{"b@example.com"}, []byte(raw)); err != nil {
				t.Fatal(err)
			}
			h := b.Handler()
			id := b.Messages()[0].ID
			begin := time.Now()
			for _, path := range []string{"/", "/?to=b@", "/m/" + id, "/m/" + id + "/text", "/m/" + id + "/headers"} {
				w := ask(t, h, "GET", path)
				if w.Code != http.StatusOK {
					t.Fatalf("%s: %d", path, w.Code)
				}
				checkQuietPage(t, path, w)
			}
			frame := ask(t, h, "GET", "/m/"+id+"/frame")
			if csp := frame.Header().Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';") ||
				strings.Contains(csp, "allow-scripts") || strings.Contains(csp, "allow-same-origin") {
				t.Errorf("frame: %s", csp)
			}
			if got := ask(t, h, "GET", "/m/"+id+"/raw"); got.Body.String() != raw || !strings.HasPrefix(got.Header().Get("Content-Disposition"), "attachment;") {
				t.Error("the raw letter is not the letter")
			}
			if again := opened(t, b.dir).Messages(); len(again) != 1 {
				t.Errorf("read from its folder: %+v", again)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// checkQuietPage finds anything on a page of ours that runs, loads from
// elsewhere, or leaves the sandbox.
func checkQuietPage(t *testing.T, path string, w *httptest.ResponseRecorder) {
	t.Helper()
	if csp := w.Header().Get("Content-Security-Policy"); csp != pagePolicy {
		t.Errorf("%s: policy %q", path, csp)
	}
	for z := html.NewTokenizer(w.Body); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				t.Errorf("%s: %v", path, z.Err())
			}
			return
		}
		tok := z.Token()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		switch tok.Data {
		case "script", "object", "embed", "img", "base":
			t.Errorf("%s: %s", path, tok)
		}
		for _, a := range tok.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "javascript:") || strings.HasPrefix(a.Val, "http") || strings.HasPrefix(a.Val, "//") {
				t.Errorf("%s: %s", path, tok)
			}
			if tok.Data == "iframe" && a.Key == "sandbox" && a.Val != "allow-popups allow-popups-to-escape-sandbox" {
				t.Errorf("%s: %s", path, tok)
			}
		}
	}
}

func TestFrameOpensLinksElsewhere(t *testing.T) {
	for name, c := range map[string]struct{ html, want string }{
		"head":      {"<!doctype html><html><HEAD lang=en><title>x</title></head>", `<!doctype html><html><HEAD lang=en><base target="_blank"><title>`},
		"no head":   {"<p>hello", `<base target="_blank"><p>hello`},
		"header":    {"<header>x</header>", `<base target="_blank"><header>`},
		"own base":  {"<head><base target=_top></head>", `<head><base target="_blank"><base target=_top>`},
		"endless":   {"<head " + strings.Repeat("x", 2000) + ">", `<base target="_blank"><head x`},
		"half head": {"<head", `<base target="_blank"><head`},
	} {
		t.Run(name, func(t *testing.T) {
			b := opened(t, "")
			raw := "Content-Type: text/html; charset=utf-8\r\n\r\n" + c.html
			if err := b.keep("a@example.com", []string{"b@example.com"}, []byte(raw)); err != nil {
				t.Fatal(err)
			}
			w := ask(t, b.Handler(), "GET", "/m/"+b.Messages()[0].ID+"/frame")
			if !strings.HasPrefix(w.Body.String(), c.want) {
				t.Errorf("%.80s", w.Body)
			}
		})
	}
}

func TestCharsets(t *testing.T) {
	b := opened(t, "")
	raw := "From: =?gb2312?B?z6HNwQ==?= <news@example.com>\r\nSubject: =?iso-8859-1?Q?Caf=E9?= =?utf-8?B?56iA5Zyf?=\r\nTo: =?utf-8?Q?J=C3=B6rg?= <joerg@example.org>\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\nz6HNwQ==\r\n" +
		"--b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=80 5</p>\r\n--b--\r\n"
	if err := b.keep("bounce@example.com", []string{"joerg@example.org"}, []byte(raw)); err != nil {
		t.Fatal(err)
	}
	m := b.Messages()[0]
	c, err := b.Read(m.ID)
	if err != nil || m.Subject != "Café稀土" || m.From != "稀土 <news@example.com>" || c.Text != "稀土" || c.HTML != "<p>€ 5</p>" || c.Broken {
		t.Errorf("%+v, %+v, %v", m, c, err)
	}
	if c.Fields[3].Name != "MIME-Version" {
		t.Errorf("spelt anew: %+v", c.Fields)
	}
	w := ask(t, b.Handler(), "GET", "/m/"+m.ID+"/text")
	if !strings.Contains(w.Body.String(), "稀土") || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%s", w.Body)
	}
}

func TestHostNames(t *testing.T) {
	h := opened(t, "").Handler()
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8025": 200, "LOCALHOST.:1": 200, "127.0.0.1:8025": 200, "127.9.9.9": 200, "[::1]:8025": 200, "inbox.localhost": 200,
		"": 421, "example.com": 421, "localhost.example.com": 421, "127.0.0.1.nip.example": 421, "192.0.2.1:8025": 421, "[::]": 421, "0.0.0.0": 421, "169.254.1.1": 421,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("Host %q: %d, want %d", host, w.Code, want)
		}
	}
}

func TestMethodsAndMissing(t *testing.T) {
	b := opened(t, t.TempDir())
	if err := hand(t, b, "reader@example.org", letter("reader@example.org", "one", "x")); err != nil {
		t.Fatal(err)
	}
	h, id := b.Handler(), b.Messages()[0].ID
	for path, want := range map[string]int{
		"/": 200, "/style.css": 200, "/m/" + id: 200, "/m/none": 404, "/m/none/raw": 404, "/m/none/frame": 404, "/other": 404,
		"/m/..%2f..%2fetc%2fpasswd": 404, "/m/" + id + "/other": 404,
	} {
		for _, method := range []string{"GET", "HEAD"} {
			w := ask(t, h, method, path)
			if w.Code != want || w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s: %d %v", method, path, w.Code, w.Header())
			}
		}
		for _, method := range []string{"POST", "PUT", "DELETE"} {
			if w := ask(t, h, method, path); w.Code != 405 {
				t.Errorf("%s %s: %d", method, path, w.Code)
			}
		}
	}
	if err := os.Remove(b.dir + "/" + id + letterFile); err != nil {
		t.Fatal(err)
	}
	if w := ask(t, h, "GET", "/m/"+id); w.Code != 404 || !strings.Contains(w.Body.String(), "not in the inbox any more") {
		t.Errorf("a removed file: %d", w.Code)
	}
}

func TestSearch(t *testing.T) {
	b := opened(t, "")
	for _, to := range []string{"Anna@example.org", "bert@example.org", "anna@example.net"} {
		if err := hand(t, b, to, letter(to, "to "+to, "x")); err != nil {
			t.Fatal(err)
		}
	}
	for typed, want := range map[string]int{"anna": 2, "ANNA@": 2, "example.org": 2, "": 3, "nobody": 0, "%3Cscript%3E": 0} {
		page := ask(t, b.Handler(), "GET", "/?to="+typed).Body.String()
		if got := strings.Count(page, `class="subject"`); got != want {
			t.Errorf("%q finds %d, want %d", typed, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, raw := range hostile() {
		if len(raw) < 5000 {
			f.Add([]byte(raw))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c := parse(raw)
		m := describe(raw)
		for _, s := range append([]string{m.Subject, m.From, m.MessageID}, m.To...) {
			if strings.ContainsAny(s, "\r\n\x00\x1b\u202e") || len([]rune(s)) > maxField+1 {
				t.Errorf("in the list: %q", s)
			}
		}
		if len(c.HTML) > 3*maxShown || len(c.Text) > 3*maxShown {
			t.Error("too much is shown")
		}
	})
}
