// Package plain turns HTML into plain text for people, and cleans text of what
// nobody can see. It keeps no markup and decides nothing about meaning.
package plain

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// Line makes one line of a piece of HTML: tags and what they hide are gone,
// entities are characters, white space is folded to single spaces.
func Line(s string) string { return Clean(visible(s, false)) }

// Text is like [Line], with a line break between blocks such as paragraphs.
func Text(s string) string {
	raw := visible(s, true)
	lines := strings.Split(raw, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = Clean(l); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// Shown is a piece of HTML without its scripts and styles, which no reader
// ever sees; all else stays as it is.
func Shown(s string) string {
	if !mayHide(s) {
		return s
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(0)
	for hide := atom.Atom(0); ; {
		kind := z.Next()
		raw := z.Raw()
		if kind == html.ErrorToken {
			return b.String()
		}
		a := atom.Atom(0)
		if kind == html.StartTagToken || kind == html.EndTagToken {
			a = nameOf(raw)
		}
		switch {
		case hide == 0 && kind == html.StartTagToken && (a == atom.Script || a == atom.Style || a == atom.Applet):
			hide = a
		case hide == 0:
			b.Write(raw)
		case kind == html.EndTagToken && a == hide:
			hide = 0
		}
	}
}

func mayHide(s string) bool {
	for i := strings.IndexByte(s, '<'); i >= 0 && i+7 < len(s); {
		switch strings.ToLower(s[i+1 : i+6]) {
		case "scrip", "style", "apple":
			return true
		}
		next := strings.IndexByte(s[i+1:], '<')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// Clean folds white space and removes control characters and those that change
// direction or have no width; what is left is in Unicode normal form C.
func Clean(s string) string {
	if isPlainASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufffc':
			space = true
		case unicode.IsControl(r), hidden(r):
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// hidden characters are of no use to a reader and of much to an attacker:
// those that change direction, that join or split words unseen, tags,
// variation selectors apart (an emoji needs them).
func hidden(r rune) bool {
	switch {
	case r == '\u200d': // joins emoji and Indic letters
		return false
	case r == '\u200c': // Persian and Indic spelling needs it
		return false
	case unicode.Is(unicode.Cf, r), r == '\ufffd', r == '\ufeff':
		return true
	case r >= 0xfff0 && r <= 0xffff, r >= 0xe0000 && r <= 0xe0fff:
		return true
	case unicode.Is(unicode.Co, r):
		return true
	}
	return false
}

func isPlainASCII(s string) bool {
	space := true
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

// Cut keeps the first n runes, at a word's end where one is near, with "…".
func Cut(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)[:n-1]
	for i := len(runes) - 1; i > len(runes)-30 && i > 0; i-- {
		if unicode.IsSpace(runes[i]) {
			runes = runes[:i]
			break
		}
	}
	return strings.TrimRightFunc(string(runes), unicode.IsSpace) + "…"
}

// visible strips twice: feeds escape their markup once too often.
func visible(s string, breaks bool) string {
	s = strip(s, breaks)
	if strings.Contains(s, "<") {
		s = strip(s, breaks)
	}
	return s
}

// strip removes tags. A "<" that begins no element of HTML stays: headlines
// say "profit < cost" and "<name> leaves".
func strip(s string, breaks bool) string {
	if strings.IndexByte(s, '<') < 0 {
		return unwrapped(entities(s), breaks)
	}
	var b strings.Builder
	b.Grow(len(s))
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(0)
	hide := atom.Atom(0) // inside this element nothing is shown
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			if hide == 0 {
				b.Write(unfinished(z.Raw()))
			}
			return b.String()
		case html.TextToken:
			switch raw := z.Raw(); {
			case hide != 0:
			case bytes.ContainsAny(raw, "&\n"):
				b.WriteString(unwrapped(entities(string(raw)), breaks))
			default:
				b.Write(raw)
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			raw := z.Raw()
			a := nameOf(raw)
			switch {
			case hide != 0:
				if kind == html.EndTagToken && a == hide {
					hide = 0
				}
			case a == 0 || !element(a):
				if known := bytes.ContainsAny(raw, ":-"); !known {
					b.WriteString(entities(string(raw)))
				}
			case kind == html.StartTagToken && hides(a):
				hide = a
			default:
				b.WriteString(gap(a, breaks))
			}
		}
	}
}

// nameOf is the name of a tag, "<p …>" or "</p>", if it is one of HTML's. (The
// tokenizer's own way to it changes the tag's letters.)
func nameOf(tag []byte) atom.Atom {
	tag = bytes.TrimPrefix(bytes.TrimPrefix(tag, []byte("<")), []byte("/"))
	if end := bytes.IndexAny(tag, " \t\r\n\f/>"); end >= 0 {
		tag = tag[:end]
	}
	var name [longestName]byte
	if len(tag) > len(name) {
		return 0
	}
	for i, c := range tag {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		name[i] = c
	}
	return atom.Lookup(name[:len(tag)])
}

// longestName is more than the length of any name in HTML, in bytes.
const longestName = 32

// unwrapped makes line ends within a paragraph into spaces: they are HTML's
// white space. An empty line parts paragraphs in texts without markup.
func unwrapped(s string, breaks bool) string {
	if !breaks || !strings.Contains(s, "\n") {
		return s
	}
	lines := strings.Split(s, "\n")
	var b strings.Builder
	for i, l := range lines {
		switch {
		case i > 0 && strings.TrimSpace(l) == "" && i < len(lines)-1:
			b.WriteByte('\n')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(l)
	}
	return b.String()
}

// unfinished is a tag that was cut off at the end: what comes before it counts.
func unfinished(raw []byte) []byte {
	if len(raw) > 0 && raw[0] == '<' {
		return nil
	}
	return raw
}

// entities decodes character references, twice over where a feed escaped its
// escapes ("AT&amp;amp;T").
func entities(s string) string {
	for range 2 {
		if !strings.Contains(s, "&") {
			break
		}
		s = references(s)
	}
	return s
}

// references decodes the character references of s. Those without a ";", which
// HTML still knows, count where no letter follows: "&copy 2026" is one, and
// "R&Degree" is none.
func references(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		start := strings.IndexByte(s, '&')
		if start < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:start])
		s = s[start:]
		end := 1
		for end < len(s) && (s[end] == '#' && end == 1 || isAlphanumeric(s[end])) {
			end++
		}
		closed := end < len(s) && s[end] == ';'
		if closed {
			end++
		}
		b.WriteString(reference(s[:end], closed, end < len(s) && s[end] == '='))
		s = s[end:]
	}
}

// reference is what ref stands for, if it is a character reference as a whole.
func reference(ref string, closed, assigned bool) string {
	dec := html.UnescapeString(ref)
	switch {
	case strings.HasPrefix(ref, "&#"):
		return dec
	case closed && dec != ";" && strings.HasSuffix(dec, ";"), !closed && (assigned || utf8.RuneCountInString(dec) != 1):
		return ref
	}
	return dec
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func hides(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Object,
		atom.Svg, atom.Math, atom.Select, atom.Textarea, atom.Title, atom.Head:
		return true
	}
	return false
}

// gap is what stands where a tag was: nothing within a word (<b>), a space or
// a line break between blocks.
func gap(a atom.Atom, breaks bool) string {
	switch a {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data,
		atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S,
		atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt,
		atom.U, atom.Var, atom.Wbr, atom.Nobr, atom.Ruby, atom.Rb, atom.Rt, atom.Rp:
		return ""
	case atom.Td, atom.Th, atom.Img, atom.Input, atom.Button:
		return " "
	}
	if breaks {
		return "\n"
	}
	return " "
}

// element says whether the name is one that HTML pages use.
func element(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Audio, atom.Base, atom.Blockquote, atom.Body, atom.Br,
		atom.Canvas, atom.Caption, atom.Center, atom.Col, atom.Colgroup, atom.Dd, atom.Details, atom.Dialog, atom.Dir,
		atom.Div, atom.Dl, atom.Dt, atom.Embed, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html,
		atom.Img, atom.Input, atom.Legend, atom.Li, atom.Link, atom.Main, atom.Map, atom.Menu, atom.Meta, atom.Nav,
		atom.Ol, atom.Optgroup, atom.Option, atom.P, atom.Picture, atom.Pre, atom.Progress, atom.Section,
		atom.Source, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead,
		atom.Tr, atom.Track, atom.Ul, atom.Video, atom.Button, atom.Param, atom.Area, atom.Blink, atom.Marquee:
		return true
	}
	return hides(a) || gap(a, true) == ""
}
