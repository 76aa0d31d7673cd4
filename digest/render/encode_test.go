package render

import (
	"bytes"
	"html"
	netmail "net/mail"
	"strings"
	"testing"

	gomail "github.com/wneessen/go-mail"

	"reedaily/digest"
)

// FuzzEncode: a letter put together of pieces has the same bytes as one that
// go-mail encodes whole.
func FuzzEncode(f *testing.F) {
	place := digest.PersonalUnsubscribe
	f.Add(place)
	f.Add("a\nb " + place + " c\nd")
	f.Add(place + place + "\n" + place)
	f.Add("trailing \n" + place + " \t\n ends with blanks  ")
	f.Add("\r\n" + place + "\r\nx\r" + place + "\r")
	f.Add(strings.Repeat("稀土 = ", 40) + place + strings.Repeat("x", 200) + "\n.\n")
	f.Add("no place at all = ")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		e := testEnvelope()
		e.Text, e.HTML = s, s
		link := leaveLink + "?a&b=" + strings.Repeat("long", 20)
		got, err := letter(e, encode(s), encode(s), link, html.EscapeString(link))
		if err != nil {
			t.Fatal(err)
		}
		msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent(), gomail.WithBoundary(boundary(e.MessageID)))
		if err := fields(msg, e); err != nil {
			t.Fatal(err)
		}
		msg.FromMailAddress(&netmail.Address{Name: e.Name, Address: e.Address})
		msg.ToMailAddress(&netmail.Address{Address: e.To})
		msg.ReplyToMailAddress(&netmail.Address{Address: e.ReplyTo})
		msg.SetBodyString(gomail.TypeTextPlain, strings.ReplaceAll(s, digest.PersonalUnsubscribe, link))
		msg.AddAlternativeString(gomail.TypeTextHTML, strings.ReplaceAll(s, digest.PersonalUnsubscribe, html.EscapeString(link)))
		var want bytes.Buffer
		if _, err := msg.WriteTo(&want); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Raw, want.Bytes()) {
			t.Errorf("of %q\n%q\nwant\n%q", s, got.Raw, want.Bytes())
		}
		if _, err := new(Renderer).Letter(e); (err != nil) != strings.Contains(s, digest.PersonalUnsubscribe) {
			t.Errorf("Letter of %q: %v", s, err)
		}
	})
}
