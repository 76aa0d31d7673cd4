package parse

import (
	"net/url"
	"strings"
)

func (m *mender) push(t token, r rule, mark int) {
	parent := m.top()
	e := elem{raw: t.name, out: r.out, role: r.role, mark: mark, base: parent.base, lang: parent.lang}
	e.context(t.attrs)
	if r.role == roleItem {
		m.itemAt = len(m.doc.xml)
		o := outline{lang: e.lang, base: e.base}
		if e.lang == m.stack[min(1, len(m.stack)-1)].lang {
			o.lang = "" // the feed's, not the item's own
		}
		for _, a := range t.attrs {
			if strings.EqualFold(a.name, "rdf:about") || a.name == "about" {
				o.about = strings.TrimSpace(unescape(a.value))
			}
		}
		m.doc.items = append(m.doc.items, o)
	}
	if r.role == roleRoot || r.role == roleChannel {
		m.doc.lang = first(m.doc.lang, e.lang)
	}
	if e.out != "" {
		m.count++
		m.doc.xml = append(m.doc.xml, '<')
		m.doc.xml = append(m.doc.xml, e.out...)
		if r.role == roleChannel && e.lang != "" {
			m.doc.xml = appendAttr(m.doc.xml, "lang", e.lang)
		}
		m.doc.xml = append(m.doc.xml, '>')
	}
	m.stack = append(m.stack, e)
	if m.doc.kind == "rss" && (r.role == roleChannel || r.role == roleItem) {
		m.fromAttributes(t.attrs)
	}
}

// fromAttributes writes what CDF, the oldest kind of feed, says in attributes.
func (m *mender) fromAttributes(attrs []attr) {
	for _, a := range attrs {
		r := rule{}
		switch strings.ToLower(a.name) {
		case "href":
			r = rule{out: "link", leaf: leafLink}
		case "lastmod":
			r = rule{out: "dcterms:modified", leaf: leafDate}
		default:
			continue
		}
		m.leaf = &leaf{rule: r, base: m.top().base, text: []byte(unescape(a.value))}
		m.closeLeaf()
	}
}

// context takes xml:base and xml:lang, which hold for all inside.
func (e *elem) context(attrs []attr) {
	for _, a := range attrs {
		switch strings.ToLower(a.name) {
		case "xml:lang", "lang":
			e.lang = strings.TrimSpace(unescape(a.value))
		case "xml:base":
			if u, err := url.Parse(strings.TrimSpace(unescape(a.value))); err == nil {
				if e.base != nil {
					u = e.base.ResolveReference(u)
				}
				e.base = u
			}
		}
	}
}

// close ends the nearest open element of this name, and what is open inside
// it; an end without a beginning is no end.
func (m *mender) close(raw string) {
	for i := len(m.stack) - 1; i >= 1; i-- {
		if strings.EqualFold(m.stack[i].raw, raw) {
			m.closeTo(i)
			return
		}
	}
}

// closeTo ends the elements from the innermost to the i-th.
func (m *mender) closeTo(i int) {
	for i >= 1 && len(m.stack) > i {
		m.pop()
	}
}

func (m *mender) indexOf(r role) int {
	for i := len(m.stack) - 1; i >= 1; i-- {
		if m.stack[i].role == r {
			return i
		}
	}
	return -1
}

func (m *mender) pop() {
	e := m.top()
	m.ns.undo(e.mark)
	if e.out != "" {
		m.doc.xml = appendEnd(m.doc.xml, e.out)
	}
	m.stack = m.stack[:len(m.stack)-1]
}
