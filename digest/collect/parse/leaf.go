package parse

import (
	"encoding/base64"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// leaf is a text that is being collected, as HTML. Markup inside it is part of
// the text and reaches gofeed escaped, so that no element is ever inside it.
type leaf struct {
	enclosure
	rule  rule
	text  []byte
	attrs []attr
	base  *url.URL
	// literal is a text in which "<" means "<": it is escaped to become HTML.
	literal bool
	// literalCDATA is the same for CDATA sections in it.
	literalCDATA bool
	base64       bool
}

// maxLeaf bounds one text; what is longer is cut.
const maxLeaf = 1 << 20

func (m *mender) openLeaf(t token, r rule, mark int) {
	e := elem{base: m.top().base}
	e.context(t.attrs)
	l := &leaf{enclosure: enclosure{raw: t.name}, rule: r, base: e.base}
	switch {
	case r.leaf == leafLink:
		l.attrs = pick(t.attrs, "href", "rel", "type")
	case r.out == "guid":
		l.attrs = pick(t.attrs, "isPermaLink")
	case r.leaf == leafHTML && m.doc.kind == "atom":
		l.construct(t.attrs)
	}
	m.ns.undo(mark)
	m.leaf = l
	if t.empty {
		m.closeLeaf()
	}
}

// construct reads the type of an Atom text construct (RFC 4287 §3.1, and mode
// of Atom 0.3). Without a type the text is taken as HTML, as it is in most
// feeds that say nothing.
func (l *leaf) construct(attrs []attr) {
	kind := strings.ToLower(strings.TrimSpace(attrValue(attrs, "type")))
	mode := strings.ToLower(strings.TrimSpace(attrValue(attrs, "mode")))
	switch {
	case mode == "base64", mode == "" && binaryType(kind):
		l.base64 = true
	case strings.Contains(kind, "xhtml") && mode != "escaped":
		l.literal = true
	case kind == "text" || kind == "text/plain":
		l.literal, l.literalCDATA = true, true
	case mode == "xml" && strings.Contains(kind, "html"):
		l.literal = true
	}
}

func binaryType(t string) bool {
	switch {
	case t == "", strings.HasPrefix(t, "text"), strings.Contains(t, "xml"), strings.Contains(t, "html"):
		return false
	}
	return strings.Contains(t, "/")
}

func (m *mender) inLeaf(t token) {
	l := m.leaf
	if done, outside := l.track(t, m.stack); done {
		m.closeLeaf()
		if outside {
			m.close(t.name)
		}
		return
	}
	if len(l.text) >= maxLeaf {
		return
	}
	if len(t.text) > maxLeaf {
		t.text = strings.ToValidUTF8(t.text[:maxLeaf], "")
	}
	switch t.kind {
	case tokenText:
		l.text = appendText(l.text, t.text, l.literal)
	case tokenCDATA:
		l.text = appendPlain(l.text, t.text, l.literalCDATA)
	case tokenOpen:
		l.text = appendTag(l.text, t)
	case tokenClose:
		l.text = append(l.text, '<', '/')
		l.text = append(l.text, localName(t.name)...)
		l.text = append(l.text, '>')
	}
}

// closeLeaf writes the collected text.
func (m *mender) closeLeaf() {
	l := m.leaf
	m.leaf = nil
	text := string(l.text)
	if l.rule.leaf == leafHTML {
		// Before it is trimmed: a no-break space may be half of a letter.
		text = unscramble(text)
	}
	text = strings.TrimSpace(unwrapped(text))
	switch l.rule.leaf {
	case leafURL, leafLink:
		text = unwrapped(unescape(text)) // again: some escape twice, or inside CDATA
		if l.rule.leaf == leafLink {
			text = l.link(m.doc.kind, text)
		} else {
			text = m.identity(l, text)
		}
	case leafDate:
		text = m.date(unescape(text))
	case leafHTML:
		if l.base64 {
			if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err == nil && utf8.Valid(raw) {
				text = strings.TrimSpace(unwrapped(unscramble(string(raw))))
			}
		}
	}
	m.whole(l.rule.out, text)
	if l.rule.out == "language" || l.rule.out == "dc:language" {
		m.doc.lang = first(m.doc.lang, text)
	}
	if text != "" {
		m.top().titled = m.top().titled || l.rule.out == "title"
		m.top().described = m.top().described || l.rule.out == "description"
	}
	m.count++
	out := append(m.doc.xml, '<')
	out = append(out, l.rule.out...)
	for _, a := range l.attrs {
		out = appendAttr(out, a.name, a.value)
	}
	out = append(out, '>')
	if l.rule.leaf == leafHTML && len(text) >= asideFrom {
		out = m.doc.aside.put(out, text)
	} else {
		out = appendEscaped(out, text)
	}
	m.doc.xml = appendEnd(out, l.rule.out)
}

// date writes a date in the one form that gofeed tries early. One that is not
// understood is kept aside: gofeed would try all its two hundred forms on it.
func (m *mender) date(text string) string {
	m.slashed.see(text)
	at, ok := ParseDateIn(text, m.order)
	if ok {
		return at.Format(time.RFC3339)
	}
	if m.top().role == roleItem {
		m.doc.items[len(m.doc.items)-1].badDate = text[:min(len(text), maxDate)]
	}
	return ""
}

// identity keeps ids aside: gofeed changes those of Atom as if they were
// addresses to be opened.
func (m *mender) identity(l *leaf, text string) string {
	if l.rule.out == "guid" {
		return text
	}
	text = resolve(l.base, text)
	switch {
	case l.rule.out != "id":
	case m.top().role == roleItem:
		m.doc.items[len(m.doc.items)-1].id = text
	case m.top().role == roleChannel:
		m.doc.id = text
	}
	return text
}

// whole notes what an item has got so far: one that is cut off later is kept
// if its title and address were whole by then.
func (m *mender) whole(name, text string) {
	if m.top().role != roleItem {
		return
	}
	o := &m.doc.items[len(m.doc.items)-1]
	switch name {
	case "title":
		o.hasTitle = o.hasTitle || text != ""
	case "link":
		o.hasLink = true
	}
}

// link settles where a link leads: Atom says it in href, RSS in the text, and
// some say it the other way round. It is made absolute here, where xml:base
// is known.
func (l *leaf) link(kind, text string) string {
	href := -1
	for i, a := range l.attrs {
		if a.name == "href" {
			l.attrs[i].value = resolve(l.base, a.value)
			href = i
		}
	}
	text = resolve(l.base, text)
	if kind == "atom" || strings.HasPrefix(l.rule.out, "atom:") {
		if href < 0 && text != "" {
			l.attrs = append(l.attrs, attr{"href", text})
		}
		return ""
	}
	rel := attrValue(l.attrs, "rel")
	if text == "" && href >= 0 && (rel == "" || strings.EqualFold(rel, "alternate")) {
		text = l.attrs[href].value
	}
	l.attrs = nil // gofeed would take an href whatever its rel
	return text
}

func resolve(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	if base == nil || ref == "" {
		return ref
	}
	u, err := url.Parse(ref)
	if err != nil || u.IsAbs() {
		return ref
	}
	out := base.ResolveReference(u)
	if base.Scheme == "" && base.Host == "" && !strings.HasPrefix(base.Path, "/") && !strings.HasPrefix(u.Path, "/") {
		out.Path = strings.TrimPrefix(out.Path, "/") // of a base that is itself relative
	}
	return out.String()
}

// pick keeps the named attributes, decoded, under these names. Some feeds escape
// addresses twice.
func pick(attrs []attr, names ...string) []attr {
	var out []attr
	for _, n := range names {
		for _, a := range attrs {
			if strings.EqualFold(localName(a.name), n) {
				out = append(out, attr{n, strings.TrimSpace(unescape(unescape(a.value)))})
				break
			}
		}
	}
	return out
}

func attrValue(attrs []attr, name string) string {
	for _, a := range attrs {
		if strings.EqualFold(a.name, name) {
			return unescape(a.value)
		}
	}
	return ""
}

func localName(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// unescape decodes the character references of an attribute or an address:
// those with their ";", as "?id=1&section=2" has none.
func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return string(appendText(nil, s, false))
}

// appendTag writes a tag that stands inside a text, with the attributes that
// tell something.
func appendTag(out []byte, t token) []byte {
	out = append(out, '<')
	out = append(out, localName(t.name)...)
	for _, name := range [...]string{"alt", "datetime", "href", "src", "title"} {
		for _, a := range t.attrs {
			if a.name != name {
				continue
			}
			out = append(out, ' ')
			out = append(out, a.name...)
			out = append(out, '=', '"')
			out = append(out, html.EscapeString(unescape(a.value))...)
			out = append(out, '"')
			break
		}
	}
	if t.empty {
		out = append(out, '/')
	}
	return append(out, '>')
}

// appendText decodes the XML character references of s. With literal, what
// comes out is text and is escaped to become HTML.
func appendText(out []byte, s string, literal bool) []byte {
	for s != "" {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return appendPlain(out, s, literal)
		}
		out = appendPlain(out, s[:i], literal)
		s = s[i:]
		ref := closedReference(s)
		if dec := html.UnescapeString(ref); dec != ref && !strings.HasSuffix(dec, ";") {
			out = appendPlain(out, dec, literal)
			s = s[len(ref):]
			continue
		}
		out = appendPlain(out, "&", literal)
		s = s[1:]
	}
	return out
}

// closedReference is the character reference that s begins with, from its "&"
// to its ";", or "". Of "&section=2&amp;x" it is "": what is between the two is
// no name.
func closedReference(s string) string {
	for end := 1; end < min(len(s), maxReference); end++ {
		switch c := s[end]; {
		case c == ';':
			return s[:end+1]
		case c != '#' && !(c >= '0' && c <= '9') && !(c|0x20 >= 'a' && c|0x20 <= 'z'):
			return ""
		}
	}
	return ""
}

// maxReference is the longest character reference, with some room.
const maxReference = 40

func appendPlain(out []byte, s string, literal bool) []byte {
	if !literal || !strings.ContainsAny(s, "&<>") {
		return append(out, s...)
	}
	return append(out, html.EscapeString(s)...)
}

// appendEscaped writes text for XML, without the characters that XML does not
// have (XML 1.0 §2.2).
func appendEscaped(out []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == '&':
				out = append(out, "&amp;"...)
			case c == '<':
				out = append(out, "&lt;"...)
			case c == '>':
				out = append(out, "&gt;"...)
			case c >= ' ' || c == '\t' || c == '\n' || c == '\r':
				out = append(out, c)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r != '\ufffe' && r != '\uffff' && r != asideMark && (r != utf8.RuneError || size > 1) {
			out = append(out, s[i:i+size]...)
		}
		i += size
	}
	return out
}

func appendAttr(out []byte, name, value string) []byte {
	out = append(out, ' ')
	out = append(out, name...)
	out = append(out, '=', '"')
	out = appendEscaped(out, strings.ReplaceAll(value, `"`, "%22"))
	return append(out, '"')
}

func appendEnd(out []byte, name string) []byte {
	out = append(out, '<', '/')
	out = append(out, name...)
	return append(out, '>')
}
