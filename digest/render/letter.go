package render

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	netmail "net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"reedaily/digest"
)

// Sender is what all letters of an installation have in common.
type Sender struct {
	Name    string // shown as the sender
	Address string // the From address
	Bounce  string // envelope sender, where refusals go; empty: Address
	ReplyTo string // empty: none
	ListID  string // RFC 2919 id such as daily.news.example.com; empty: none
}

// Envelope is one letter before it is MIME.
type Envelope struct {
	Sender
	To        string
	Subject   string
	MessageID string // without brackets
	Date      time.Time
	HTML      string
	Text      string
	// Unsubscribe is the target of RFC 8058's one-click POST; empty: none. Over
	// plain http it is advertised as one-click on loopback only.
	Unsubscribe string
	// Automatic marks a letter that answers what somebody did (RFC 3834 §5).
	Automatic bool
}

var (
	idLike   = regexp.MustCompile(`^[A-Za-z0-9._+-]{1,128}@[A-Za-z0-9.-]{1,200}$`)
	listLike = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
)

// Letter makes the message: multipart/alternative of text and HTML, UTF-8,
// quoted-printable, CRLF. Equal envelopes give equal bytes. A body in which the
// reader's place was never filled is an error: that reader could not leave.
func (r *Renderer) Letter(e Envelope) (digest.Letter, error) {
	text, html := encode(e.Text), encode(e.HTML)
	if text.personal() || html.personal() {
		return digest.Letter{}, fmt.Errorf("write the letter: the reader's link is not filled in")
	}
	return letter(e, text, html, "", "")
}

// letter puts two encoded bodies into the frame that go-mail writes around
// them. The bodies are encoded apart from it because all readers of an edition
// share them but for a line or two.
func letter(e Envelope, text, html body, textLink, htmlLink string) (digest.Letter, error) {
	mark := boundary(e.MessageID)
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP),
		gomail.WithNoDefaultUserAgent(), gomail.WithBoundary(mark))
	from, err := addresses(msg, e)
	if err != nil {
		return digest.Letter{}, fmt.Errorf("write the letter's head: %w", err)
	}
	if err := fields(msg, e); err != nil {
		return digest.Letter{}, fmt.Errorf("write the letter's head: %w", err)
	}
	textMark, htmlMark := "text."+mark, "html."+mark
	msg.SetBodyString(gomail.TypeTextPlain, textMark)
	msg.AddAlternativeString(gomail.TypeTextHTML, htmlMark)
	var frame strings.Builder
	if _, err := msg.WriteTo(&frame); err != nil {
		return digest.Letter{}, fmt.Errorf("write the letter: %w", err)
	}
	head, rest, ok := strings.Cut(frame.String(), textMark)
	between, end, ok2 := strings.Cut(rest, htmlMark)
	if !ok || !ok2 {
		return digest.Letter{}, fmt.Errorf("write the letter: the frame has lost its parts")
	}
	raw := make([]byte, 0, frame.Len()+text.size()+html.size())
	raw = text.append(append(raw, head...), textLink)
	raw = html.append(append(raw, between...), htmlLink)
	raw = append(raw, end...)
	return digest.Letter{From: from, To: e.To, MessageID: e.MessageID, Raw: raw}, nil
}

// addresses sets the address fields and returns the envelope sender.
func addresses(msg *gomail.Msg, e Envelope) (string, error) {
	for _, a := range []struct{ what, value string }{
		{"mail.from", e.Address}, {"mail.bounce", e.Bounce}, {"mail.reply_to", e.ReplyTo}, {"recipient", e.To},
	} {
		if a.value == "" && (a.what == "mail.bounce" || a.what == "mail.reply_to") {
			continue
		}
		if got, err := digest.ParseAddress(a.value, nil); err != nil || !strings.EqualFold(got, a.value) {
			return "", fmt.Errorf("%s: %w", a.what, &digest.InputError{What: "address", Got: a.value, Want: "a plain address such as news@example.com"})
		}
	}
	msg.FromMailAddress(&netmail.Address{Name: header(e.Name, maxName), Address: e.Address})
	msg.ToMailAddress(&netmail.Address{Address: e.To})
	if e.ReplyTo != "" {
		msg.ReplyToMailAddress(&netmail.Address{Address: e.ReplyTo})
	}
	if e.Bounce != "" {
		return e.Bounce, nil
	}
	return e.Address, nil
}

// fields sets all other header fields. Each value is checked or cleaned here;
// go-mail encodes and folds.
func fields(msg *gomail.Msg, e Envelope) error {
	if !idLike.MatchString(e.MessageID) {
		return &digest.InputError{What: "Message-ID", Got: header(e.MessageID, 80), Want: "name@host"}
	}
	if e.Date.IsZero() {
		return fmt.Errorf("the letter has no date")
	}
	msg.SetMessageIDWithValue(e.MessageID)
	msg.SetDateWithValue(e.Date.UTC())
	msg.Subject(header(e.Subject, maxSubject))
	if e.ListID != "" {
		if !listLike.MatchString(e.ListID) {
			return &digest.InputError{What: "List-Id", Got: header(e.ListID, 80), Want: "a name such as daily.news.example.com"}
		}
		msg.SetGenHeader("List-Id", "<"+e.ListID+">")
	}
	if e.Automatic {
		msg.SetGenHeader("Auto-Submitted", "auto-generated")
	}
	if e.Unsubscribe == "" {
		return nil
	}
	target, oneClick := leaving(e.Unsubscribe)
	if target == "" {
		return &digest.InputError{What: "unsubscribe link", Got: header(e.Unsubscribe, 80), Want: "an http or https address"}
	}
	msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+target+">")
	if oneClick {
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	return nil
}

// leaving checks the unsubscribe link and says whether a mail client may POST
// to it: RFC 8058 §3 wants https; loopback is the demo's exception.
func leaving(raw string) (target string, oneClick bool) {
	target = link(raw)
	u, err := url.Parse(target)
	if err != nil || target != raw || len(target) > 900 {
		return "", false
	}
	return target, u.Scheme == "https" || loopback(u.Hostname())
}

// boundary separates the parts. It comes from the Message-ID, which nobody who
// writes a feed can foretell, so that it cannot stand in a body.
func boundary(messageID string) string {
	sum := sha256.Sum256([]byte("boundary\x00" + messageID))
	return hex.EncodeToString(sum[:20])
}

// Personal is what a reader's letter has of its own.
type Personal struct {
	Sender
	To          string
	Subject     string // of the edition
	MessageID   string
	Date        time.Time
	Unsubscribe string // the reader's own link
}

// Digest makes one reader's letter of a frozen view.
func (r *Renderer) Digest(v digest.View, p Personal) (digest.Letter, error) {
	if target, _ := leaving(p.Unsubscribe); target == "" {
		return digest.Letter{}, &digest.InputError{What: "unsubscribe link", Got: header(p.Unsubscribe, 80), Want: "an http or https address"}
	}
	ready := r.prepare(v)
	if !ready.text.personal() || !ready.html.personal() {
		return digest.Letter{}, fmt.Errorf("view %s has no place for the reader's link", v.Name)
	}
	e := Envelope{
		Sender: p.Sender, To: p.To, Subject: p.Subject, MessageID: p.MessageID, Date: p.Date, Unsubscribe: p.Unsubscribe,
	}
	return letter(e, ready.text, ready.html, p.Unsubscribe, html.EscapeString(p.Unsubscribe))
}
