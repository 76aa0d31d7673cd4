package render

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
)

const leaveLink = "https://news.example.com/u/AQBjAAAAAABbWFja2V0c29mcmFuZG9tYnl0ZXNhbmRhbWFjMTIz"

func testEnvelope() Envelope {
	return Envelope{
		Sender: testSender, To: "reader@example.org", Subject: "A plain subject",
		MessageID: "digest.0123456789ab@news.example.com", Date: time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC),
		HTML: "<p>Grüße, 稀土</p>\n", Text: "Grüße, 稀土\n.\nFrom here on\n", Unsubscribe: leaveLink,
	}
}

// opened is a letter as a strict reader sees it.
type opened struct {
	head       netmail.Header
	text, html string
}

// open reads a letter, and fails on everything that RFC 5322 and 2046 forbid.
func open(t testing.TB, raw []byte) opened {
	t.Helper()
	if bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\n")) || bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\r")) {
		t.Error("there is a bare CR or LF")
	}
	for n, l := range bytes.Split(raw, []byte("\r\n")) {
		if len(l) > 998 {
			t.Errorf("line %d has %d octets", n+1, len(l))
		}
	}
	for _, c := range raw {
		if c >= 0x80 || c == 0 {
			t.Errorf("octet %#x: the letter must pass relays without 8BITMIME", c)
			break
		}
	}
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for _, once := range []string{"From", "To", "Subject", "Date", "Message-Id", "Mime-Version", "Content-Type"} {
		if len(msg.Header[once]) != 1 {
			t.Errorf("%d fields %s: %q", len(msg.Header[once]), once, msg.Header[once])
		}
	}
	allowed := map[string]bool{
		"From": true, "To": true, "Subject": true, "Date": true, "Message-Id": true, "Mime-Version": true, "Content-Type": true,
		"Reply-To": true, "List-Id": true, "List-Unsubscribe": true, "List-Unsubscribe-Post": true, "Auto-Submitted": true,
	}
	for name := range msg.Header {
		if !allowed[name] {
			t.Errorf("field %s: %q", name, msg.Header[name])
		}
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("Content-Type %q: %v", msg.Header.Get("Content-Type"), err)
	}
	o := opened{head: msg.Header}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for _, want := range []string{"text/plain; charset=UTF-8", "text/html; charset=UTF-8"} {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		if p.Header.Get("Content-Type") != want || p.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Errorf("part: %v, want %s in quoted-printable", p.Header, want)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(want, "text/html") {
			o.html = string(body)
		} else {
			o.text = string(body)
		}
	}
	if _, err := parts.NextRawPart(); err != io.EOF {
		t.Errorf("after two parts: %v", err)
	}
	return o
}

// crlf is s as a mail has it.
func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func TestLetter(t *testing.T) {
	r := newRenderer(t)
	e := testEnvelope()
	letter, err := r.Letter(e)
	if err != nil {
		t.Fatal(err)
	}
	if letter.From != "bounce@example.com" || letter.To != e.To || letter.MessageID != e.MessageID {
		t.Errorf("envelope: %q %q %q", letter.From, letter.To, letter.MessageID)
	}
	o := open(t, letter.Raw)
	for name, want := range map[string]string{
		"From": `"Rare Earth Daily" <news@example.com>`, "To": "<reader@example.org>", "Reply-To": "<editor@example.com>",
		"Subject": "A plain subject", "Date": "Sat, 14 Feb 2026 06:30:00 +0000", "Message-ID": "<digest.0123456789ab@news.example.com>",
		"List-Id": "<daily.news.example.com>", "List-Unsubscribe": "<" + leaveLink + ">",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "",
	} {
		if got := strings.TrimSpace(o.head.Get(name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if o.text != crlf(e.Text) || o.html != crlf(e.HTML) {
		t.Errorf("bodies changed: %q %q", o.text, o.html)
	}
	again, err := r.Letter(e)
	if err != nil || !bytes.Equal(again.Raw, letter.Raw) {
		t.Errorf("the same envelope gives other bytes (%v)", err)
	}
	e.MessageID = "digest.ba9876543210@news.example.com"
	other, err := r.Letter(e)
	if err != nil || bytes.Contains(other.Raw, []byte(boundary("digest.0123456789ab@news.example.com"))) {
		t.Errorf("the boundary does not depend on the Message-ID (%v)", err)
	}
}

func TestLetterWithoutExtras(t *testing.T) {
	e := testEnvelope()
	e.Sender = Sender{Address: "news@example.com"}
	e.Unsubscribe, e.Automatic = "", true
	letter, err := newRenderer(t).Letter(e)
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, letter.Raw)
	for _, name := range []string{"Reply-To", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"} {
		if v := o.head.Get(name); v != "" {
			t.Errorf("%s: %q", name, v)
		}
	}
	if letter.From != "news@example.com" || o.head.Get("From") != "<news@example.com>" || o.head.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("From %q, sender %q, Auto-Submitted %q", o.head.Get("From"), letter.From, o.head.Get("Auto-Submitted"))
	}
}

// TestOneClick: RFC 8058 wants https; plain http counts on loopback only.
func TestOneClick(t *testing.T) {
	r := newRenderer(t)
	for link, want := range map[string]string{
		"https://news.example.com/u/x":    "List-Unsubscribe=One-Click",
		"http://127.0.0.1:8080/u/x":       "List-Unsubscribe=One-Click",
		"http://[::1]:8080/u/x":           "List-Unsubscribe=One-Click",
		"http://localhost:8080/u/x":       "List-Unsubscribe=One-Click",
		"http://news.example.com/u/x":     "",
		"http://127.0.0.1.example.com/ux": "",
	} {
		e := testEnvelope()
		e.Unsubscribe = link
		letter, err := r.Letter(e)
		if err != nil {
			t.Errorf("%s: %v", link, err)
			continue
		}
		o := open(t, letter.Raw)
		if got := o.head.Get("List-Unsubscribe-Post"); got != want {
			t.Errorf("%s: List-Unsubscribe-Post %q, want %q", link, got, want)
		}
		if got := o.head.Get("List-Unsubscribe"); got != "<"+link+">" {
			t.Errorf("%s: List-Unsubscribe %q", link, got)
		}
	}
}

// TestLetterRefuses: what cannot stand in a header is an error, not a letter.
func TestLetterRefuses(t *testing.T) {
	r := newRenderer(t)
	for name, spoil := range map[string]func(*Envelope){
		"recipient with a second one": func(e *Envelope) { e.To = "a@example.org, b@example.org" },
		"recipient with a line break": func(e *Envelope) { e.To = "a@example.org\r\nBcc: b@example.org" },
		"recipient with a name":       func(e *Envelope) { e.To = "A <a@example.org>" },
		"no recipient":                func(e *Envelope) { e.To = "" },
		"no sender":                   func(e *Envelope) { e.Address = "" },
		"sender without a dot":        func(e *Envelope) { e.Address = "news@localhost" },
		"bounce with a space":         func(e *Envelope) { e.Bounce = "a b@example.com" },
		"reply-to with brackets":      func(e *Envelope) { e.ReplyTo = "<a@example.com>" },
		"no Message-ID":               func(e *Envelope) { e.MessageID = "" },
		"Message-ID with a break":     func(e *Envelope) { e.MessageID = "a@example.com>\r\nBcc: b@example.org" },
		"Message-ID with brackets":    func(e *Envelope) { e.MessageID = "<a@example.com>" },
		"no date":                     func(e *Envelope) { e.Date = time.Time{} },
		"List-Id with a break":        func(e *Envelope) { e.ListID = "daily.example.com\r\nBcc: b@example.org" },
		"unsubscribe with a break":    func(e *Envelope) { e.Unsubscribe = "https://news.example.com/u/x\r\nBcc: b@example.org" },
		"unsubscribe with two links":  func(e *Envelope) { e.Unsubscribe = "https://news.example.com/u/x>, <https://evil.example" },
		"unsubscribe by script":       func(e *Envelope) { e.Unsubscribe = "javascript:alert(1)" },
		"unsubscribe placeholder":     func(e *Envelope) { e.Unsubscribe = digest.PersonalUnsubscribe },
	} {
		e := testEnvelope()
		spoil(&e)
		if letter, err := r.Letter(e); err == nil {
			t.Errorf("%s: a letter came of it:\n%.400s", name, letter.Raw)
		}
	}
}

func TestDigestLetter(t *testing.T) {
	r := newRenderer(t)
	e, err := r.Sample("full-day")
	if err != nil {
		t.Fatal(err)
	}
	v, err := r.View(e, testSite)
	if err != nil {
		t.Fatal(err)
	}
	p := Personal{Sender: testSender, To: "reader@example.org", Subject: e.Subject, MessageID: "digest.01@news.example.com", Date: e.ScheduledAt, Unsubscribe: leaveLink + "?a=1&b=2"}
	letter, err := r.Digest(v, p)
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, letter.Raw)
	if strings.Contains(o.html+o.text, "unsubscribe.invalid") {
		t.Error("the place of the reader's link is still there")
	}
	if !strings.Contains(o.html, `href="`+leaveLink+`?a=1&amp;b=2"`) || !strings.Contains(o.text, "\r\n"+leaveLink+"?a=1&b=2\r\n") {
		t.Error("the reader's own link is not in both parts")
	}
	if o.head.Get("Auto-Submitted") != "" {
		t.Error("a digest is not an automatic answer")
	}
	p.Unsubscribe = `https://x.example/"><script>`
	if _, err := r.Digest(v, p); err == nil {
		t.Error("a reader's link with markup was taken")
	}
}

func TestConfirmationLetter(t *testing.T) {
	r := newRenderer(t)
	c := Confirmation{
		Sender: testSender, Site: testSite, To: "reader@example.org", MessageID: "confirmation.01@news.example.com",
		Date: time.Date(2026, 2, 14, 9, 0, 0, 0, time.UTC), Link: "https://news.example.com/c/TOKEN",
	}
	letter, err := r.Confirmation(c)
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, letter.Raw)
	if strings.Count(o.html, c.Link) != 2 || !strings.Contains(o.text, "\r\n"+c.Link+"\r\n") {
		t.Error("the link is not in both parts")
	}
	if o.head.Get("Auto-Submitted") != "auto-generated" || o.head.Get("List-Unsubscribe")+o.head.Get("List-Id") != "" {
		t.Error("a confirmation answers a form and has no list to leave")
	}
	for _, f := range preflight(digest.View{HTML: o.html + digest.PersonalUnsubscribe, Text: digest.PersonalUnsubscribe}) {
		t.Error(f)
	}
	c.Link = "javascript:alert(1)"
	if _, err := r.Confirmation(c); err == nil {
		t.Error("a confirm link that is a script was taken")
	}
}

// FuzzHeader: a subject comes out of the letter as it was cleaned, and adds no field.
func FuzzHeader(f *testing.F) {
	for _, s := range []string{
		"plain", "Grüße an alle", "稀土价格上涨" + strings.Repeat("长", 250), "a\r\nBcc: x@example.com\r\n\r\nbody",
		"\u202egnp.exe", "=?utf-8?q?=0D=0ABcc:_x@example.com?=", "= ?", "=\u200b?utf-8?b?QQ==?=", "  spaced \t out  ",
		strings.Repeat("word ", 60), strings.Repeat("x", 900), "e\u200b\u0301", "\xff\xfe", "a" + strings.Repeat("\u0301", 50), `"quoted" \ (comment) <a@b>`,
		"https://unsubscribe.invalid/https://unsubscribe.invalid/readerreader", "", " ", "\u2028", "?==?", "a =?= ?= b",
	} {
		f.Add(s)
	}
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, s string) {
		e := testEnvelope()
		e.Subject, e.Name = s, s
		letter, err := r.Letter(e)
		if err != nil {
			t.Fatal(err)
		}
		o := open(t, letter.Raw)
		var d mime.WordDecoder
		got, err := d.DecodeHeader(o.head.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		want := header(s, maxSubject)
		if got != want {
			t.Errorf("subject %q came out as %q", want, got)
		}
		if strings.ContainsAny(want, "\r\n\x00\u202e\u2066") || len([]rune(want)) > maxSubject || header(want, maxSubject) != want {
			t.Errorf("subject %q is not clean", want)
		}
		from, err := netmail.ParseAddress(o.head.Get("From"))
		if err != nil || from.Address != testSender.Address || from.Name != header(s, maxName) {
			t.Errorf("From %q: %v, %v", o.head.Get("From"), from, err)
		}
		if strings.Contains(want, digest.PersonalUnsubscribe) {
			t.Errorf("subject %q has the reader's place", want)
		}
	})
}
