package web_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"reedaily/digest"
)

// Whatever arrives, the site answers it, says what it says of itself on every
// page, and has no failure of its own.
func FuzzForm(f *testing.F) {
	h := newHouse(f, many)
	h.publish("2026-02-14", "hostile-day")
	_, confirm, leave := h.reader("reader@example.com", digest.ReaderConfirmed)
	host := "\r\nHost: " + strings.TrimPrefix(h.url, "http://") + "\r\n"
	form := url.Values{"email": {"a@example.com"}, "form": {h.ripe()}}.Encode()
	post := func(path, kind, body string) string {
		return "POST " + path + " HTTP/1.1" + host + "Content-Type: " + kind + "\r\nConnection: close\r\nContent-Length: " +
			strconv.Itoa(len(body)) + "\r\n\r\n" + body
	}
	const encoded = "application/x-www-form-urlencoded"
	for _, raw := range []string{
		"GET / HTTP/1.1" + host + "\r\n",
		"HEAD /editions/2026-02-14 HTTP/1.1" + host + "X-Forwarded-For: 1.2.3.4\r\n\r\n",
		"GET " + confirm + " HTTP/1.0" + host + "\r\n",
		"OPTIONS * HTTP/1.1" + host + "\r\n",
		"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
		"GET http://evil.example/ HTTP/1.1" + host + "\r\n",
		"GET //evil.example/%2e%2e/ HTTP/1.1" + host + "\r\n",
		"POST /subscribe HTTP/1.1" + host + "Transfer-Encoding: chunked\r\n\r\n5\r\nemail\r\n0\r\n\r\n",
		"POST /subscribe HTTP/1.1" + host + "Sec-Fetch-Site: cross-site\r\nOrigin: null\r\nContent-Length: 0\r\n\r\n",
		post("/subscribe", encoded, form),
		post("/embed", encoded, "email=%00%ff&email=x&note=1"),
		post("/subscribe", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.example\r\n--x--\r\n"),
		post("/subscribe", "multipart/form-data", "x"),
		post(leave, encoded, "List-Unsubscribe=One-Click"),
		post(confirm, "text/plain", strings.Repeat("x", 20<<10)),
	} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(string(raw))))
		if err != nil {
			return // net/http answers these itself
		}
		r.RemoteAddr = "203.0.113.7:1234"
		w := httptest.NewRecorder()
		h.handler.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code < 200 || w.Code/100 == 3 {
			t.Fatalf("%d for %q\n%s", w.Code, raw, w.Body)
		}
		wellBehaved(t, "the answer", answer{w.Code, w.Header(), w.Body.String()})
		if r.Method == http.MethodHead && w.Body.Len() > 0 {
			t.Fatalf("HEAD has a body of %d bytes", w.Body.Len())
		}
	})
}
