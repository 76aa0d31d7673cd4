package parse

import (
	"strings"
	"unicode/utf8"
)

// Bounds of the scanner: what is above them is read over, never kept.
const (
	maxAttrs     = 64
	maxAttrValue = 16 << 10
	maxName      = 200
)

type tokenKind int

const (
	tokenEnd   tokenKind = iota // of the document
	tokenText                   // with character references still in it
	tokenCDATA                  // as it stands
	tokenOpen
	tokenClose
)

type token struct {
	kind  tokenKind
	text  string
	name  string // as written, with its prefix
	attrs []attr
	empty bool // <name/>
}

type attr struct{ name, value string }

// scanner splits a document that may be broken in any way into tokens, in time
// linear in its length. It never fails: what cannot be a tag is text. Comments,
// processing instructions and the document type, with all entities it
// declares, are left out.
type scanner struct {
	s   string
	pos int
	// cut is set when the document ends inside a tag or section.
	cut bool
	// absent remembers marks that do not occur any more, so that a document of
	// a million beginnings without an end is not searched a million times.
	absent  map[string]bool
	attrs   []attr
	endless int // declarations without an end
	// crowded is set when a tag had more attributes than are kept.
	crowded bool
	// entities is set when an entity was declared.
	entities bool
}

// find is the index of mark at or after from, or -1.
func (z *scanner) find(mark string, from int) int {
	if from >= len(z.s) || z.absent[mark] {
		return -1
	}
	i := strings.Index(z.s[from:], mark)
	if i < 0 {
		if z.absent == nil {
			z.absent = map[string]bool{}
		}
		z.absent[mark] = true
		return -1
	}
	return from + i
}

// next is the next token. within is the name of the element whose text is
// being read, by which a CDATA section that never ends is ended.
func (z *scanner) next(within string) token {
	for z.pos < len(z.s) {
		rest := z.s[z.pos:]
		if rest[0] != '<' {
			end := strings.IndexByte(rest, '<')
			if end < 0 {
				end = len(rest)
			}
			z.pos += end
			return token{kind: tokenText, text: rest[:end]}
		}
		switch {
		case strings.HasPrefix(rest, "<![CDATA["):
			return z.cdata(within)
		case strings.HasPrefix(rest, "<!--"):
			z.skipTo("-->", 4)
		case strings.HasPrefix(rest, "<?"):
			z.skipTo("?>", 2)
		case strings.HasPrefix(rest, "<!"):
			z.skipDeclaration()
		case strings.HasPrefix(rest, "</"):
			if t, ok := z.closing(); ok {
				return t
			}
		case len(rest) > 1 && nameStart(rest[1]):
			if t, ok := z.opening(); ok {
				return t
			}
		default:
			z.pos++
			return token{kind: tokenText, text: "&lt;"}
		}
	}
	return token{kind: tokenEnd}
}

// skipTo moves behind mark; where there is none, behind the opening alone.
func (z *scanner) skipTo(mark string, opening int) {
	if i := z.find(mark, z.pos+opening); i >= 0 {
		z.pos = i + len(mark)
		return
	}
	z.pos += opening
}

// skipDeclaration moves behind <!DOCTYPE …> with its internal subset. A
// document has one; where the first few have no end, no more are looked for.
func (z *scanner) skipDeclaration() {
	start := z.pos
	defer func() { z.entities = z.entities || indexFold(z.s[start:z.pos], "<!entity") >= 0 }()
	if z.endless >= 4 || !hasPrefixFold(z.s[z.pos:], "<!doctype") {
		z.skipTo(">", 2)
		return
	}
	depth, quote := 0, byte(0)
	limit := min(len(z.s), z.pos+maxDeclaration)
	for i := z.pos + 2; i < limit; i++ {
		c := z.s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == '>' && depth <= 0:
			z.pos = i + 1
			return
		}
	}
	// Not a declaration after all, or one with an odd quote: up to the next ">".
	z.endless++
	z.skipTo(">", 2)
}

// maxDeclaration is the longest document type that is read as one.
const maxDeclaration = 64 << 10

func (z *scanner) cdata(within string) token {
	const open, end = "<![CDATA[", "]]>"
	from := z.pos + len(open)
	to := z.find(end, from)
	closed := to >= 0
	if !closed {
		to = len(z.s)
	}
	content := z.s[from:to]
	// A section that was never closed runs into the next one: it ends where
	// its element does.
	if !closed || strings.Contains(content, open) {
		if i := indexFold(content, "</"+within); within != "" && i >= 0 && (!closed || i < strings.Index(content, open)) {
			z.pos = from + i
			return token{kind: tokenCDATA, text: content[:i]}
		}
	}
	if !closed {
		z.pos, z.cut = len(z.s), true
		return token{kind: tokenCDATA, text: content}
	}
	z.pos = to + len(end)
	return token{kind: tokenCDATA, text: content}
}

func (z *scanner) closing() (token, bool) {
	from := z.pos + 2
	end := strings.IndexAny(z.s[from:min(len(z.s), from+maxName)], "<>")
	switch {
	case end < 0 && from+maxName >= len(z.s):
		z.pos, z.cut = len(z.s), true
		return token{}, false
	case end < 0:
		z.pos = from
		return token{}, false
	}
	name := strings.TrimSpace(z.s[from : from+end])
	z.pos = from + end
	if z.s[z.pos] == '>' {
		z.pos++
	}
	if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	return token{kind: tokenClose, name: name}, name != ""
}

func (z *scanner) opening() (token, bool) {
	i := z.pos + 1
	for i < len(z.s) && !strings.ContainsRune(" \t\r\n/><", rune(z.s[i])) {
		i++
	}
	t := token{kind: tokenOpen, name: z.s[z.pos+1 : i]}
	if len(t.name) > maxName {
		t.name = t.name[:maxName]
	}
	z.attrs = z.attrs[:0]
	for i < len(z.s) {
		switch c := z.s[i]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			i++
		case c == '>':
			z.pos = i + 1
			t.attrs = z.attrs
			return t, true
		case c == '/':
			t.empty = i+1 < len(z.s) && z.s[i+1] == '>'
			i++
		case c == '<': // the tag was never closed
			z.pos = i
			t.attrs = z.attrs
			return t, true
		default:
			i = z.attribute(i)
		}
	}
	z.pos, z.cut = len(z.s), true
	return token{}, false
}

// attribute reads name, name=value, name='value' or name="value" at i and
// returns the index behind it.
func (z *scanner) attribute(i int) int {
	start := i
	for i < len(z.s) && !strings.ContainsRune(" \t\r\n/><=", rune(z.s[i])) {
		i++
	}
	a := attr{name: z.s[start:i]}
	j := skipSpace(z.s, i)
	if j < len(z.s) && z.s[j] == '=' {
		i = skipSpace(z.s, j+1)
		a.value, i = z.value(i)
	}
	if i == start {
		return i + 1
	}
	switch {
	case a.name == "" || len(a.name) > maxName:
	case len(z.attrs) < maxAttrs:
		z.attrs = append(z.attrs, a)
	default:
		z.crowded = true
	}
	return i
}

func (z *scanner) value(i int) (string, int) {
	if i < len(z.s) && (z.s[i] == '"' || z.s[i] == '\'') {
		window := z.s[i+1 : min(len(z.s), i+1+maxAttrValue)]
		if end := strings.IndexByte(window, z.s[i]); end >= 0 {
			return window[:end], i + 1 + end + 1
		}
		i++
	}
	start := i
	for i < len(z.s) && !strings.ContainsRune(" \t\r\n><", rune(z.s[i])) && i-start < maxAttrValue {
		i++
	}
	return z.s[start:i], i
}

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n') {
		i++
	}
	return i
}

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= utf8.RuneSelf
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// indexFold is strings.Index without regard to ASCII case; sub begins with "<".
func indexFold(s, sub string) int {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], sub[0])
		if i < 0 || from+i+len(sub) > len(s) {
			return -1
		}
		if i += from; strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
		from = i + 1
	}
}
