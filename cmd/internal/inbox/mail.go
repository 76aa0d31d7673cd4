package inbox

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/textproto"
)

// Bounds for letters that somebody else wrote.
const (
	maxHeader = 256 << 10 // bytes of a header block
	maxShown  = 4 << 20   // bytes of a part that are shown
	maxDepth  = 12        // multiparts within multiparts
	maxParts  = 200
	maxField  = 400 // runes of a header field in the list
	maxNames  = 100 // recipients of the header
)

// Field is one header field, decoded.
type Field struct{ Name, Value string }

// Content is a letter taken apart.
type Content struct {
	HTML   string // the first HTML part, UTF-8; empty if there is none
	Text   string // the first plain part, UTF-8
	Fields []Field
	Broken bool // something in it could not be read
}

// Read takes a letter apart.
func (b *Inbox) Read(id string) (Content, error) {
	raw, err := b.Raw(id)
	if err != nil {
		return Content{}, err
	}
	return parse(raw), nil
}

// describe reads the header only. A letter that is no mail has an empty one.
func describe(raw []byte) Message {
	h, err := textproto.ReadHeader(bufio.NewReader(io.LimitReader(bytes.NewReader(raw), maxHeader)))
	if err != nil && h.Len() == 0 {
		return Message{}
	}
	m := Message{
		Subject:   tidy(decode(h.Get("Subject"))),
		MessageID: strings.Trim(tidy(h.Get("Message-Id")), "<> "),
	}
	m.From = sender(h.Get("From"))
	m.To = addresses(h.Get("To"))
	return m
}

// sender is the From field for people: name and address, without quotes and
// encoded words.
func sender(value string) string {
	p := mail.AddressParser{WordDecoder: &decoder}
	from, err := p.Parse(value)
	switch {
	case err != nil:
		return tidy(decode(value))
	case from.Name == "":
		return tidy(from.Address)
	}
	return tidy(from.Name + " <" + from.Address + ">")
}

func addresses(value string) []string {
	p := mail.AddressParser{WordDecoder: &decoder}
	list, err := p.ParseList(value)
	if err != nil {
		if value = tidy(value); value == "" {
			return nil
		}
		return []string{value}
	}
	var out []string
	for _, a := range list[:min(len(list), maxNames)] {
		out = append(out, tidy(a.Address))
	}
	return out
}

// parse never fails: what cannot be read is left out, and Broken says so.
func parse(raw []byte) Content {
	var c Content
	h, err := textproto.ReadHeader(bufio.NewReader(io.LimitReader(bytes.NewReader(raw), maxHeader)))
	c.Broken = err != nil
	for f := h.Fields(); f.Next(); {
		c.Fields = append(c.Fields, Field{Name: fieldName(f), Value: visible(decode(f.Value()))})
	}
	e, err := message.ReadWithOptions(bytes.NewReader(raw), &message.ReadOptions{MaxHeaderBytes: maxHeader})
	if e == nil {
		c.Broken = true
		return c
	}
	w := walker{content: &c}
	w.walk(e, err, 0)
	return c
}

// fieldName is a field's name as the letter spells it.
func fieldName(f textproto.HeaderFields) string {
	if raw, err := f.Raw(); err == nil {
		if name, _, ok := strings.Cut(string(raw), ":"); ok {
			return tidy(name)
		}
	}
	return tidy(f.Key())
}

// walker looks for the first HTML and the first plain part.
type walker struct {
	content *Content
	parts   int
}

func (w *walker) walk(e *message.Entity, err error, depth int) {
	w.parts++
	if err != nil {
		w.content.Broken = true // an unknown charset or encoding: shown as it is
	}
	if w.parts > maxParts || depth > maxDepth {
		w.content.Broken = true
		return
	}
	if parts := e.MultipartReader(); parts != nil {
		for w.parts <= maxParts {
			part, err := parts.NextPart()
			if err == io.EOF {
				return
			}
			if part == nil {
				w.content.Broken = true
				return
			}
			w.walk(part, err, depth+1)
		}
		return
	}
	kind, _, err := e.Header.ContentType()
	if err != nil {
		kind = "text/plain"
	}
	switch {
	case kind == "text/html" && w.content.HTML == "":
		w.content.HTML = w.take(e.Body)
	case kind == "text/plain" && w.content.Text == "":
		w.content.Text = w.take(e.Body)
	}
}

func (w *walker) take(r io.Reader) string {
	b, err := io.ReadAll(io.LimitReader(r, maxShown+1))
	if err != nil || len(b) > maxShown {
		w.content.Broken = true
	}
	return strings.ToValidUTF8(string(b[:min(len(b), maxShown)]), "\uFFFD")
}

// decoder reads encoded words (RFC 2047) in any charset that we know.
var decoder = mime.WordDecoder{CharsetReader: charset.Reader}

func decode(value string) string {
	out, err := decoder.DecodeHeader(value)
	if err != nil {
		return value
	}
	return out
}

// tidy makes a header value one short line without control or direction
// characters.
func tidy(s string) string {
	s = strings.Join(strings.Fields(visible(s)), " ")
	if utf8.RuneCountInString(s) > maxField {
		s = string([]rune(s)[:maxField]) + "…"
	}
	return s
}

// visible drops what could hide or turn around text; line ends and tabs stay.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// goesTo says whether a letter's recipients contain what was typed.
func (m Message) goesTo(typed string) bool {
	typed = strings.ToLower(strings.TrimSpace(typed))
	return slices.ContainsFunc(m.To, func(to string) bool { return strings.Contains(strings.ToLower(to), typed) })
}
