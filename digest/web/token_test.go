package web_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
)

func (h *house) state(email string) digest.SubscriberState {
	h.t.Helper()
	s, err := h.db.Subscriber(context.Background(), email)
	h.must(err)
	return s.State
}

func TestConfirming(t *testing.T) {
	h := newHouse(t, nil)
	h.publish("2026-02-14", "full-day")
	const email = "reader@example.com"
	_, confirm, _ := h.reader(email, digest.ReaderPending)
	page := h.get(confirm)
	if page.status != 200 || !strings.Contains(page.body, ">Confirm</button>") || strings.Contains(page.body, email) || h.state(email) != digest.ReaderPending {
		t.Fatalf("%d, reader %s\n%s", page.status, h.state(email), page.body)
	}
	for _, press := range []string{"first", "second"} {
		done := h.post(confirm, nil, "Sec-Fetch-Site", "cross-site", "Origin", "https://mail.example")
		if done.status != 200 || !strings.Contains(done.body, ">Fantastic! Thanks for subscribing, you won't regret it.</h1>") {
			t.Errorf("%s press: %d\n%s", press, done.status, done.body)
		}
		if !strings.Contains(done.body, `href="/editions/2026-02-14"`) {
			t.Errorf("%s press: no way to the latest edition", press)
		}
		if h.state(email) != digest.ReaderConfirmed {
			t.Errorf("%s press: reader is %s", press, h.state(email))
		}
	}
}

func TestLeaving(t *testing.T) {
	h := newHouse(t, nil)
	const email = "reader@example.com"
	_, _, leave := h.reader(email, digest.ReaderConfirmed)
	page := h.get(leave)
	if page.status != 200 || !strings.Contains(page.body, "Unsubscribe from Rare Earth Daily?") || strings.Contains(page.body, email) || h.state(email) != digest.ReaderConfirmed {
		t.Fatalf("%d, reader %s\n%s", page.status, h.state(email), page.body)
	}
	for _, press := range []string{"first", "second"} {
		done := h.post(leave, nil)
		if done.status != 200 || !strings.Contains(done.body, "You are unsubscribed") || !strings.Contains(done.body, `href="/"`) || strings.Contains(done.body, email) {
			t.Errorf("%s press: %d\n%s", press, done.status, done.body)
		}
		wellBehaved(t, press, done)
		if h.state(email) != digest.ReaderUnsubscribed {
			t.Errorf("%s press: reader is %s", press, h.state(email))
		}
	}
}

// RFC 8058: whatever shape a mail client gives its POST, the reader is out.
func TestOneClick(t *testing.T) {
	multi := func(field, value string) (string, string) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		_ = m.WriteField(field, value)
		_ = m.Close()
		return b.String(), m.FormDataContentType()
	}
	multiBody, multiType := multi("List-Unsubscribe", "One-Click")
	const encoded = "application/x-www-form-urlencoded"
	for _, c := range []struct{ name, body, kind, how string }{
		{"a form", "List-Unsubscribe=One-Click", encoded, "one-click"},
		{"a form with its charset", "List-Unsubscribe=One-Click", encoded + "; charset=utf-8", "one-click"},
		{"multipart", multiBody, multiType, "one-click"},
		{"an empty body", "", "", "link"},
		{"an empty form", "", encoded, "link"},
		{"text", "List-Unsubscribe=One-Click", "text/plain", "link"},
		{"JSON", `{"List-Unsubscribe":"One-Click"}`, "application/json", "link"},
		{"a multipart that is none", "x", "multipart/form-data", "link"},
		{"rubbish", "%zz", encoded, "link"},
		{"a broken type", "x", ";;;", "link"},
	} {
		h := newHouse(t, nil)
		s, _, leave := h.reader("reader@example.com", digest.ReaderConfirmed)
		headers := []string{"User-Agent", "a mail client", "Sec-Fetch-Site", "cross-site", "Origin", "https://mail.example"}
		if c.kind != "" {
			headers = append(headers, "Content-Type", c.kind)
		}
		a := h.do("POST", leave, strings.NewReader(c.body), headers...)
		if a.status != 200 || h.state("reader@example.com") != digest.ReaderUnsubscribed {
			t.Errorf("%s: %d, reader is %s", c.name, a.status, h.state("reader@example.com"))
		}
		wellBehaved(t, c.name, a)
		ledger, err := h.db.Consents(context.Background(), s.ID)
		h.must(err)
		if last := ledger[len(ledger)-1]; last.Event != digest.ReaderLeaves || last.How != c.how || last.Client != "127.0.0.1" {
			t.Errorf("%s: the ledger says %+v, want %s", c.name, last, c.how)
		}
	}
}

// Nobody learns from the answer what is wrong with a link.
func TestWrongLinks(t *testing.T) {
	h := newHouse(t, nil)
	_, confirm, leave := h.reader("reader@example.com", digest.ReaderPending)
	before := h.dump()
	c, u := strings.TrimPrefix(confirm, "/c/"), strings.TrimPrefix(leave, "/u/")
	other, err := digest.NewLinks(h.url, []digest.Key{{ID: 1, Secret: []byte(strings.Repeat("x", 32))}})
	h.must(err)
	forged, err := other.Unsubscribe(digest.NewHandle(), 1)
	h.must(err)
	want := h.get("/nothing").body
	for _, path := range []string{
		"/c/" + u, "/u/" + c, "/c/" + h.ripe(),
		"/c/" + c[:51], "/u/" + u[:51], "/u/" + u + "A", "/u/" + strings.ToLower(u),
		"/u/" + flip(u, 0), "/u/" + flip(u, 20), "/u/" + flip(u, 51), "/c/" + flip(c, 30),
		"/u/" + strings.Repeat("A", 52), "/u/x", "/c/%00", "/c/" + strings.Repeat("é", 26),
		strings.TrimPrefix(forged, h.url),
	} {
		for _, method := range []string{"GET", "POST"} {
			a := h.do(method, path, nil)
			if a.status != 404 || a.body != want {
				t.Errorf("%s %s: %d, and the page of all wrong links: %v", method, path, a.status, a.body == want)
			}
			if a.header.Get("Cache-Control") != "no-store" || a.header.Get("X-Robots-Tag") != "noindex, nofollow" {
				t.Errorf("%s %s: %v", method, path, a.header)
			}
		}
	}
	if h.dump() != before {
		t.Error("a wrong link changed something")
	}
	nobody, err := h.links.Unsubscribe(digest.NewHandle(), 1)
	h.must(err)
	known, unknown := h.post(leave, nil), h.post(strings.TrimPrefix(nobody, h.url), nil)
	if unknown.status != 200 || unknown.body != known.body {
		t.Errorf("a genuine link of nobody: %d, told from that of a reader: %v", unknown.status, unknown.body != known.body)
	}
}

// flip changes one character of a token.
func flip(token string, i int) string {
	c := byte('A')
	if token[i] == c {
		c = 'B'
	}
	return token[:i] + string(c) + token[i+1:]
}

func TestOldLinks(t *testing.T) {
	h := newHouse(t, nil)
	const email = "reader@example.com"
	_, old, _ := h.reader(email, digest.ReaderPending)
	h.clock.turn(time.Hour)
	_, confirm, leave := h.reader(email, digest.ReaderPending)

	if a := h.post(old, nil); a.status != 410 || h.state(email) != digest.ReaderPending {
		t.Errorf("a link that a newer mail replaced: %d, reader is %s", a.status, h.state(email))
	}
	h.clock.turn(digest.ConfirmLife + time.Hour)
	for _, method := range []string{"GET", "POST"} {
		a := h.do(method, confirm, nil)
		if a.status != 410 || !strings.Contains(a.body, "This link has expired") || h.state(email) != digest.ReaderPending {
			t.Errorf("%s too late: %d, reader is %s\n%s", method, a.status, h.state(email), a.body)
		}
		wellBehaved(t, method, a)
		h.clock.turn(digest.FormMinAge)
		again := h.post("/subscribe", url.Values{"email": {email}, "form": {a.token()}})
		if !strings.Contains(again.body, "Check your inbox") {
			t.Errorf("asking anew: %d\n%s", again.status, again.body)
		}
	}
	h.clock.turn(10 * 365 * 24 * time.Hour)
	if a := h.post(leave, nil); a.status != 200 || h.state(email) != digest.ReaderUnsubscribed {
		t.Errorf("leaving by a mail of ten years ago: %d, reader is %s", a.status, h.state(email))
	}
	if a := h.post(confirm, nil); a.status != 410 {
		t.Errorf("confirming after leaving: %d", a.status)
	}
}

func TestTheLogHasNoTokensAndAddresses(t *testing.T) {
	h := newHouse(t, nil)
	const email = "canary@example.com"
	_, confirm, leave := h.reader(email, digest.ReaderPending)
	h.get(confirm)
	h.post(confirm, nil)
	h.post("/subscribe", url.Values{"email": {email}, "form": {h.ripe()}})
	h.post("/subscribe?email="+email, url.Values{"email": {"canary@@example.com"}})
	h.post(leave, nil)
	h.get(leave + "/x")
	h.get("/" + email)
	for _, secret := range []string{confirm[3:], leave[3:], confirm[7:20], leave[7:20], "canary"} {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	if !strings.Contains(h.log.String(), "token="+leave[3:7]) {
		t.Errorf("the log does not tell the first characters either:\n%s", h.log.String())
	}
}
