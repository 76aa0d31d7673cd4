package render

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"reedaily/digest"
)

// Sizes that mail clients are known to mind, in bytes of HTML.
const (
	// clipAt is where Gmail cuts a message off and hides the rest, our
	// unsubscribe link included.
	clipAt = 102 << 10
	// roomFor is what the reader's own links add to a view at most.
	roomFor = 2 << 10
	// styleAt is where Gmail drops a style sheet.
	styleAt = 8 << 10
)

// finding is something in a mail that would hurt it or its readers.
type finding struct {
	// Fatal findings must not go out: scripts, images, forms, links that are
	// not links, no way to leave. The others are worth a look.
	Fatal bool
	What  string
}

// preflight reads a view as a mail client does and tells what is wrong with
// it. It trusts neither our templates nor an operator's.
func preflight(v digest.View) []finding {
	var c check
	c.size(v)
	z := html.NewTokenizer(strings.NewReader(v.HTML))
	style := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return c.findings
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			style = t.Data == "style"
			c.element(t)
		case html.EndTagToken:
			style = false
		case html.TextToken:
			if text := string(z.Raw()); style {
				c.css("the style sheet", text)
				if len(text) > styleAt {
					c.note("the style sheet has %d KB: Gmail drops one above %d KB", len(text)>>10, styleAt>>10)
				}
			}
		}
	}
}

type check struct{ findings []finding }

func (c *check) fatal(format string, args ...any) {
	c.findings = append(c.findings, finding{Fatal: true, What: fmt.Sprintf(format, args...)})
}

func (c *check) note(format string, args ...any) {
	c.findings = append(c.findings, finding{What: fmt.Sprintf(format, args...)})
}

func (c *check) size(v digest.View) {
	if n := len(v.HTML) + roomFor; n > clipAt {
		c.note("the HTML has %d KB: Gmail cuts a mail off at %d KB", n>>10, clipAt>>10)
	}
	for _, part := range []struct{ name, text string }{{"HTML", v.HTML}, {"plain text", v.Text}} {
		if !strings.Contains(part.text, digest.PersonalUnsubscribe) {
			c.fatal("the %s has no unsubscribe link: put {{.Unsubscribe}} into the template", part.name)
		}
	}
}

// elements are all that a mail of ours is made of.
var elements = map[string]bool{
	"html": true, "head": true, "meta": true, "title": true, "style": true, "body": true,
	"div": true, "span": true, "p": true, "br": true, "hr": true, "a": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "ul": true, "ol": true, "li": true,
	"strong": true, "em": true, "b": true, "i": true, "small": true, "blockquote": true,
	"table": true, "thead": true, "tbody": true, "tr": true, "td": true, "th": true,
}

// loads are attributes that fetch or send something.
var loads = map[string]bool{
	"src": true, "srcset": true, "background": true, "poster": true, "data": true,
	"action": true, "formaction": true, "ping": true, "http-equiv": true, "srcdoc": true,
}

func (c *check) element(t html.Token) {
	if !elements[t.Data] {
		c.fatal("<%s> has no place in a mail", t.Data)
	}
	for _, a := range t.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), loads[a.Key]:
			c.fatal("<%s %s> has no place in a mail", t.Data, a.Key)
		case a.Key == "style":
			c.css("<"+t.Data+" style>", a.Val)
		case a.Key == "href":
			c.href(a.Val)
		}
	}
}

func (c *check) href(raw string) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		c.fatal("the link %q is not an address", line(raw, 80))
	case u.Scheme == "mailto" && u.Opaque != "":
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		c.fatal("the link %q is neither http, https nor mailto", line(raw, 80))
	case u.User != nil:
		c.fatal("the link %q has a user name, which hides where it leads", line(raw, 80))
	}
}

func (c *check) css(where, text string) {
	low := strings.ToLower(text)
	for _, bad := range []string{"url(", "@import", "expression(", "javascript:", "behavior:", "-moz-binding", `\`} {
		if strings.Contains(low, bad) {
			c.fatal("%s has %q, which can load or run something", where, bad)
		}
	}
}
