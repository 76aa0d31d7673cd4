package parse

import (
	"fmt"
	"net/url"
	"strings"
)

// Bounds of what is written for gofeed. They hold for any input: the document
// it sees is at most five elements deep, without attributes but a few known
// ones, without namespaces, comments, entities or CDATA.
const (
	maxChildren = 200     // passed on per item or channel, items apart
	maxElements = 100_000 // passed on in all
	maxNesting  = 12      // of structure; documents of sense need five
	maxWritten  = 12 << 20
	maxDepth    = 1000 // of what is read over; browsers give up at half of it
)

// outline is what the scanner saw of an item and gofeed does not report.
type outline struct {
	about string // rdf:about
	lang  string
	base  *url.URL
	id    string // of Atom
	// badDate is a date that was not understood.
	badDate string
	// hasTitle and hasLink say what was whole before the document broke off.
	hasTitle, hasLink bool
}

// mended is a document written anew.
type mended struct {
	xml      []byte
	aside    aside
	kind     string // "rss" or "atom"
	version  string
	id       string // of Atom
	lang     string // of the feed, as far as it says
	items    []outline
	left     int    // items beyond the limit
	cut      string // why not all was read, if it goes beyond all sense
	notes    []string
	webPage  bool
	index    bool // a sitemap index
	foundAny bool
}

// mender reads tokens and writes the clean document.
type mender struct {
	z       scanner
	doc     mended
	rules   rules
	own     string // the space that is native here
	root    string // address of the root's own space
	rootNS  int    // declarations that the root made
	ns      bindings
	stack   []elem
	leaf    *leaf
	skip    *enclosure
	limit   int  // items to keep
	count   int  // elements written
	itemAt  int  // where the open item begins in doc.xml
	channel bool // one was written
	order   Order
	slashed slashes // what its dates show of their order
}

// elem is an open element of the structure.
type elem struct {
	raw      string // as written
	out      string // as passed on; empty if it is not
	role     role
	mark     int
	base     *url.URL
	lang     string
	children int
	// titled and described say that it has such a text already; the first one counts.
	titled, described bool
}

func (e *elem) has(r rule) bool {
	return r.out == "title" && e.titled || r.out == "description" && e.described
}

// enclosure is a part of the document that is read as a whole, until its own
// end or that of an element around it.
type enclosure struct {
	raw   string
	depth int  // open elements inside of the same name
	level int  // open elements inside of any name
	deep  bool // level was above maxDepth
	// inner counts open elements inside that go by the name of one around.
	inner map[string]int
}

// mend reads the whole document. It never fails: a document without a feed in
// it gives foundAny false.
func mend(text string, src Source) mended {
	m := mendIn(text, src, MonthFirst)
	if m.slashed.unsure() && m.slashed.order(m.doc.lang) == DayFirst {
		// Only its end tells how its dates are meant.
		m = mendIn(text, src, DayFirst)
	}
	return m.doc
}

func mendIn(text string, src Source, order Order) *mender {
	m := &mender{z: scanner{s: text}, limit: src.MaxItems, order: order}
	m.doc.xml = make([]byte, 0, len(text)/4+1024)
	if u, err := url.Parse(strings.TrimSpace(src.URL)); err == nil && u.IsAbs() {
		m.stack = append(m.stack, elem{base: u})
	} else {
		m.stack = append(m.stack, elem{})
	}
	for {
		t := m.z.next(m.within())
		if t.kind == tokenEnd {
			break
		}
		m.token(t)
		if m.count > maxElements || len(m.doc.xml)+m.doc.aside.size > maxWritten {
			m.doc.cut = tooLarge
			m.note("%s; the rest was left out", tooLarge)
			m.z.cut = true
			break
		}
		if m.doc.foundAny && len(m.stack) == 1 {
			break // what follows the root is not the feed's
		}
	}
	m.finish()
	if m.doc.cut == "" && m.z.crowded {
		m.doc.cut = "a tag of the feed has more attributes than any that makes sense"
	}
	if m.doc.left > 0 {
		m.note("%d items beyond the first %d were left out", m.doc.left, m.limit)
	}
	return m
}

// tooLarge is said of a document beyond maxElements, maxWritten or maxJSONTokens.
const tooLarge = "the feed is larger than any that makes sense"

func (m *mender) note(format string, args ...any) {
	m.doc.notes = append(m.doc.notes, fmt.Sprintf(format, args...))
}

func (m *mender) top() *elem { return &m.stack[len(m.stack)-1] }

// within names the element whose text is being read.
func (m *mender) within() string {
	switch {
	case m.leaf != nil:
		return m.leaf.raw
	case m.skip != nil:
		return m.skip.raw
	}
	return ""
}

func (m *mender) token(t token) {
	if m.leaf != nil && m.leaf.deep || m.skip != nil && m.skip.deep {
		m.doc.cut = "the feed is nested deeper than any that makes sense"
	}
	switch {
	case m.leaf != nil:
		m.inLeaf(t)
	case m.skip != nil:
		m.inSkip(t)
	case t.kind == tokenOpen:
		m.open(t)
	case t.kind == tokenClose:
		m.close(t.name)
	}
}

// track follows the nesting inside an enclosure; done is true when the token
// ends it. A true outside says that an element around it ended instead.
func (e *enclosure) track(t token, stack []elem) (done, outside bool) {
	switch {
	case t.kind == tokenOpen && !t.empty:
		if e.level++; e.level > maxDepth {
			e.deep = true
		}
		if t.name == e.raw {
			e.depth++
		} else if onStack(stack, t.name) {
			if e.inner == nil {
				e.inner = map[string]int{}
			}
			e.inner[t.name]++
		}
	case t.kind == tokenClose:
		e.level--
		switch {
		case strings.EqualFold(t.name, e.raw):
			e.depth--
			return e.depth < 0, false
		case onStack(stack, t.name):
			if e.inner[t.name] == 0 {
				return true, true
			}
			e.inner[t.name]--
		}
	}
	return false, false
}

func onStack(stack []elem, raw string) bool {
	for i := range stack {
		if stack[i].raw == raw && raw != "" {
			return true
		}
	}
	return false
}

func (m *mender) inSkip(t token) {
	if done, outside := m.skip.track(t, m.stack); done {
		m.skip = nil
		if outside {
			m.close(t.name)
		}
	}
}

// open handles the start of an element of the structure.
func (m *mender) open(t token) {
	if len(m.stack) == 1 {
		m.openRoot(t)
		return
	}
	mark := m.ns.declare(t.attrs)
	name := m.resolve(t.name)
	parent := m.top()
	if (name == "item" || name == "entry") && parent.role >= roleItem {
		// The item before was never closed.
		m.closeTo(m.indexOf(roleItem))
		parent = m.top()
	}
	r, ok := m.rules[parent.role][name]
	if r.out == "channel" {
		if m.channel {
			r = rule{role: roleFurther} // gofeed keeps the last one and drops the others' items
		}
		m.channel = true
	}
	isItem := r.role == roleItem
	switch {
	case !ok, len(m.stack) > maxNesting, !isItem && parent.children >= maxChildren, parent.has(r):
		ok = false
	case isItem && len(m.doc.items) >= m.limit:
		m.doc.left++
		ok = false
	}
	if !ok {
		m.ns.undo(mark)
		if !t.empty {
			m.skip = &enclosure{raw: t.name}
		}
		return
	}
	parent.children++
	if r.leaf != leafNone {
		m.openLeaf(t, r, mark)
		return
	}
	m.push(t, r, mark)
	if t.empty {
		m.pop()
	}
}

// openRoot looks for the beginning of a feed; anything before it is junk.
func (m *mender) openRoot(t token) {
	mark := m.ns.declare(t.attrs)
	space, uri, local, _ := m.ns.lookup(t.name)
	r := rule{out: "rss", role: roleRoot}
	m.doc.kind, m.own, m.rules = "rss", "rss", rssRules
	implied := false
	switch strings.ToLower(local) {
	case "rss":
	case "rdf":
		uri = "" // what has the root's space in RDF is not RSS
	case "channel", "item":
		implied = true
	case "feed":
		r = rule{out: "feed", role: roleChannel}
		m.doc.kind, m.own, m.rules = "atom", "atom", atomRules
	case "entry":
		implied = space == "atom"
		r = rule{out: "feed", role: roleChannel}
		m.doc.kind, m.own, m.rules = "atom", "atom", atomRules
		if !implied {
			m.noRoot(t, mark)
			return
		}
	case "urlset":
		m.own, m.rules = "sitemap", sitemapRules
		r.role = roleChannel
	default:
		m.noRoot(t, mark)
		return
	}
	m.doc.foundAny = true
	if m.z.entities {
		// To refuse the feed would lose news: some old ones declare &nbsp; and
		// never need it. To expand would be an attacker's wish.
		m.note("the feed declares entities of its own, which are never expanded; where one is used, its name stands in the text")
	}
	m.root = uri
	if implied {
		m.push(token{}, r, mark)
		m.rootNS = len(m.ns.list)
		m.open(t)
		return
	}
	if m.doc.version == "" {
		m.doc.version = attrValue(t.attrs, "version")
	}
	m.push(t, r, mark)
	m.rootNS = len(m.ns.list)
}

func (m *mender) noRoot(t token, mark int) {
	m.ns.undo(mark)
	m.doc.kind = ""
	switch strings.ToLower(localName(t.name)) {
	case "sitemapindex":
		m.doc.index = true
	case "html", "head", "script", "meta", "title", "div", "p":
		m.doc.webPage = true
	}
}

// resolve gives the key by which the rules know a name.
func (m *mender) resolve(raw string) string {
	space, uri, local, declared := m.ns.lookup(raw)
	prefixed := strings.Contains(raw, ":")
	switch {
	case space == m.own, declared && uri == "", uri != "" && uri == m.root:
		space = native
	case space == "rdf" && m.own == "rss" && !prefixed:
		space = native
	case space == foreign && declared && !prefixed && m.byRoot(uri):
		space = native // an invented default namespace
	}
	local = strings.ToLower(local)
	if space == native {
		return local
	}
	return space + ":" + local
}

// byRoot says whether the root declared this address.
func (m *mender) byRoot(uri string) bool {
	for _, b := range m.ns.list[:min(m.rootNS, len(m.ns.list))] {
		if b.uri == uri {
			return true
		}
	}
	return false
}

// finish ends the document. Of an item that was cut off, the texts that were
// whole are kept if they are enough for an article.
func (m *mender) finish() {
	if m.leaf != nil && !m.z.cut && m.indexOf(roleItem) < 0 {
		m.closeLeaf()
	}
	m.leaf = nil
	if i := m.indexOf(roleItem); i >= 1 {
		if last := m.doc.items[len(m.doc.items)-1]; last.hasTitle && last.hasLink {
			m.note("the document breaks off; its last item may lack something")
			m.closeTo(1)
			return
		}
		m.doc.xml = m.doc.xml[:m.itemAt]
		m.doc.items = m.doc.items[:len(m.doc.items)-1]
		m.stack = m.stack[:i]
		m.note("the document breaks off; its last item was left out")
	}
	m.closeTo(1)
}
