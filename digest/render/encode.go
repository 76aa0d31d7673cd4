package render

import (
	"bytes"
	"mime/quotedprintable"
	"strings"

	"reedaily/digest"
)

// body is one part of a letter in quoted-printable, with gaps for what is
// personal. Quoted-printable (RFC 2045 §6.7) is made line by line, so that a
// line can be encoded anew without touching its neighbours.
type body []piece

// piece is either encoded, or a line that has the reader's place in it.
type piece struct {
	encoded []byte
	line    string
}

// encode makes a body of s.
func encode(s string) body {
	var b body
	for s != "" {
		at := strings.Index(s, digest.PersonalUnsubscribe)
		if at < 0 {
			return append(b, piece{encoded: quoted(s)})
		}
		start := strings.LastIndexByte(s[:at], '\n') + 1
		end := len(s)
		if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
			end = at + n + 1
		}
		if start > 0 {
			b = append(b, piece{encoded: quoted(s[:start])})
		}
		b = append(b, piece{line: s[start:end]})
		s = s[end:]
	}
	return b
}

// append adds the body to dst with link in the reader's places.
func (b body) append(dst []byte, link string) []byte {
	for _, p := range b {
		if p.line == "" {
			dst = append(dst, p.encoded...)
			continue
		}
		dst = append(dst, quoted(strings.ReplaceAll(p.line, digest.PersonalUnsubscribe, link))...)
	}
	return dst
}

// personal says whether the reader's link has a place.
func (b body) personal() bool {
	for _, p := range b {
		if p.line != "" {
			return true
		}
	}
	return false
}

// size is about how many bytes the body takes.
func (b body) size() int {
	n := 0
	for _, p := range b {
		n += len(p.encoded) + 4*len(p.line)
	}
	return n
}

func quoted(s string) []byte {
	var out bytes.Buffer
	out.Grow(len(s) + len(s)/8)
	w := quotedprintable.NewWriter(&out)
	_, _ = w.Write([]byte(s)) // a bytes.Buffer never fails
	_ = w.Close()
	return out.Bytes()
}

// prepared is a view with its bodies encoded.
type prepared struct {
	view       digest.View
	text, html body
}

// prepare encodes a view, or remembers it: letters of one edition come in a row.
func (r *Renderer) prepare(v digest.View) *prepared {
	if p := r.ready.Load(); p != nil && p.view == v {
		return p
	}
	p := &prepared{view: v, text: encode(v.Text), html: encode(v.HTML)}
	r.ready.Store(p)
	return p
}
