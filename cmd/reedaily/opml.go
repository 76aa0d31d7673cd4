package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"

	"reedaily/digest"
)

// subscriptions are the feeds of a list of a feed reader's.
type subscriptions struct {
	feeds []subscription
	left  []string // outlines that name something and give no feed, with the reason
	// broken says why the list was not read to its end; empty if it was.
	broken string
}

type subscription struct{ name, address, home, lang string }

// readOPML gives the feeds of a list, however deep in its folders. Names are
// taken in any case, and of a list that breaks off the whole outlines.
func readOPML(body []byte) (subscriptions, error) {
	var list subscriptions
	text, decoded := opmlText(body)
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	dec.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if decoded || strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return in, nil // else its label could not have been read
		}
		return charset.NewReaderLabel(label, in)
	}
	seen, depth := false, 0
	for {
		tok, err := dec.RawToken()
		if err != nil {
			if !seen {
				return list, digest.Hint(errors.New("it is no OPML list"), "export the list from your feed reader again")
			}
			if !errors.Is(err, io.EOF) {
				list.broken = err.Error()
			} else if depth > 0 {
				list.broken = "it breaks off"
			}
			break
		}
		switch e := tok.(type) {
		case xml.StartElement:
			name := strings.ToLower(e.Name.Local)
			seen = seen || name == "opml"
			depth++
			if seen && name == "outline" {
				list.outline(e)
			}
		case xml.EndElement:
			depth--
		}
	}
	if len(list.feeds) == 0 {
		return list, errors.New("there is no feed in it")
	}
	return list, nil
}

// opmlText undoes UTF-16, and bytes that contradict UTF-8; then a declaration
// of the encoding does not count any more.
func opmlText(body []byte) (text []byte, decoded bool) {
	var enc encoding.Encoding
	head := bytes.ToLower(body[:min(len(body), 200)])
	switch {
	case bytes.HasPrefix(body, []byte("<\x00")):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(body, []byte("\x00<")):
		enc = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("\xfe\xff")):
		enc = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		enc = unicode.UTF8BOM
	case !utf8.Valid(body) && (!bytes.Contains(head, []byte("encoding=")) || bytes.Contains(head, []byte("utf-8"))):
		enc = charmap.Windows1252
	default:
		return body, false
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return body, false
	}
	return text, true
}

// outline takes one outline of a list.
func (l *subscriptions) outline(e xml.StartElement) {
	attrs := map[string]string{}
	for _, a := range e.Attr {
		attrs[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
	}
	name := attrs["title"]
	if name == "" {
		name = attrs["text"]
	}
	address, typ := attrs["xmlurl"], strings.ToLower(attrs["type"])
	if address == "" && typ != "link" && typ != "include" {
		address = attrs["url"]
	}
	if address == "" {
		// A folder names nothing; a page alone would be lost without a word.
		if page := attrs["htmlurl"]; page != "" {
			l.left = append(l.left, fmt.Sprintf("%q has a page and no feed; reedaily feeds check %s may find it", name, page))
		} else if u := attrs["url"]; u != "" {
			l.left = append(l.left, fmt.Sprintf("%q is a link (%s) and no feed", name, u))
		}
		return
	}
	clean, why := feedAddress(address)
	if why != "" {
		l.left = append(l.left, fmt.Sprintf("%q, %s", name, why))
		return
	}
	s := subscription{name: name, address: clean}
	if home, why := feedAddress(attrs["htmlurl"]); why == "" {
		s.home = home
	}
	if tag, err := language.Parse(attrs["language"]); err == nil && tag != language.Und {
		s.lang = tag.String()
	}
	l.feeds = append(l.feeds, s)
}

// feedAddress is an address as config.yaml takes it, or why it cannot.
func feedAddress(raw string) (address, why string) {
	for _, scheme := range []string{"feed:https://", "feed:http://", "feed://"} {
		if len(raw) > len(scheme) && strings.EqualFold(raw[:len(scheme)], scheme) {
			if scheme == "feed://" {
				raw = "http://" + raw[len(scheme):]
			} else {
				raw = raw[len("feed:"):]
			}
			break
		}
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return "", fmt.Sprintf("%q: it is no http or https address", raw)
	case u.User != nil:
		return "", u.Redacted() + ": it holds a user name, and feeds with a login are not supported"
	}
	// Schemes are written in lower case; all else stays as the outlet spells it.
	return u.Scheme + raw[len(u.Scheme):], ""
}
