package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	gojson "github.com/mmcdole/gofeed/json"
)

// maxJSONTokens bounds the work on one document; a feed of 5 MB has fewer.
const maxJSONTokens = 1_000_000

// readJSON reads a JSON Feed (jsonfeed.org, 1.0 and 1.1). Like XML it is
// written anew first: the fields we know, each of the type that gofeed wants,
// and of a document that breaks off the items that are whole.
func readJSON(text string, src Source) (Feed, error) {
	m := &jsonMender{dec: json.NewDecoder(strings.NewReader(spaceControls(text))), limit: src.MaxItems}
	m.dec.UseNumber()
	top, err := m.document()
	if !isJSONFeed(top) && (!errors.Is(err, errTooManyTokens) || top["items"] == nil) {
		return Feed{}, ErrNoFeed
	}
	clean, jerr := json.Marshal(top)
	if jerr != nil {
		return Feed{}, fmt.Errorf("the feed cannot be read: %w", jerr)
	}
	got, perr := newParser().Parse(bytes.NewReader(clean))
	if perr != nil {
		return Feed{}, fmt.Errorf("the feed cannot be read: %w", perr)
	}
	original, _ := got.OriginalFeed().(*gojson.Feed)
	feed := fromJSON(got, original)
	feed.absolute(src)
	switch {
	case errors.Is(err, errTooManyTokens) && len(feed.Items) == 0:
		return Feed{}, fmt.Errorf("no item can be read: %s", tooLarge)
	case errors.Is(err, errTooManyTokens):
		feed.Notes = append(feed.Notes, tooLarge+"; the rest was left out")
	case err != nil:
		feed.Notes = append(feed.Notes, "the document breaks off; its last item was left out")
	}
	if m.left > 0 {
		feed.Notes = append(feed.Notes, fmt.Sprintf("%d items beyond the first %d were left out", m.left, src.MaxItems))
	}
	return feed, nil
}

// isJSONFeed says whether an object is a feed: it has a list of items, and where
// that is empty the word that a feed is meant. All else is some answer of a
// program, such as {"status":"error"}.
func isJSONFeed(top map[string]any) bool {
	items, ok := top["items"].([]any)
	version, _ := top["version"].(string)
	return ok && (len(items) > 0 || strings.Contains(version, "jsonfeed.org"))
}

func fromJSON(got *gofeed.Feed, original *gojson.Feed) Feed {
	// The universal form borrows the feed's dates from the first item.
	got.PublishedParsed, got.UpdatedParsed = nil, nil
	feed := translate(got)
	feed.Kind = "json"
	if original == nil || len(original.Items) != len(feed.Items) {
		return feed
	}
	feed.ID = original.FeedURL
	var seen slashes
	for _, it := range original.Items {
		seen.see(it.DatePublished)
		seen.see(it.DateModified)
	}
	order := seen.order(feed.Lang)
	for i, it := range original.Items {
		mine := &feed.Items[i]
		mine.URL = first(mine.URL, it.ExternalURL)
		if mine.URL == "" && strings.Contains(it.ID, "://") {
			mine.URL = it.ID
		}
		mine.Lang = it.Language
		var ok bool
		if mine.Published, ok = ParseDateIn(it.DatePublished, order); !ok {
			mine.BadDate = it.DatePublished
		}
		mine.Updated, _ = ParseDateIn(it.DateModified, order)
		if it.ContentHTML == "" && it.ContentText != "" {
			mine.Content = htmlOf(it.ContentText)
		}
		if mine.Author == "" {
			for _, a := range original.Authors {
				mine.Author = first(mine.Author, a.Name)
			}
		}
	}
	return feed
}

// htmlOf makes HTML of plain text: our texts are HTML.
func htmlOf(text string) string { return string(appendPlain(nil, text, true)) }

// spaceControls makes raw control characters, which JSON forbids and some
// feeds have, into spaces.
func spaceControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == '\u2028' {
			return ' '
		}
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}

// jsonMender reads tokens and keeps what it knows.
type jsonMender struct {
	dec    *json.Decoder
	tokens int
	limit  int
	left   int
}

var errTooManyTokens = errors.New("too many tokens")

func (m *jsonMender) token() (json.Token, error) {
	if m.tokens++; m.tokens > maxJSONTokens {
		return nil, errTooManyTokens
	}
	return m.dec.Token()
}

var (
	jsonFeedFields = []string{"version", "title", "home_page_url", "feed_url", "description", "language"}
	jsonItemFields = []string{"id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published", "date_modified", "language"}
)

// document reads the outermost object. With an error, what was read until
// then is returned too.
func (m *jsonMender) document() (map[string]any, error) {
	out := map[string]any{}
	if t, err := m.token(); err != nil || t != json.Delim('{') {
		return out, errors.Join(err, ErrNoFeed)
	}
	return out, m.object(out, jsonFeedFields, func(key string) error {
		switch key {
		case "items":
			var list []any
			err := m.items(&list)
			if list != nil {
				out["items"] = list
			}
			return err
		case "author", "authors":
			return m.authors(out)
		}
		return m.skip()
	})
}

// object reads the members of an object whose "{" was read; other handles the
// members that are not plain fields.
func (m *jsonMender) object(out map[string]any, fields []string, other func(key string) error) error {
	for {
		t, err := m.token()
		if err != nil {
			return err
		}
		key, isKey := t.(string)
		if !isKey {
			return nil // the closing brace
		}
		if !slices.Contains(fields, key) {
			if err := other(key); err != nil {
				return err
			}
			continue
		}
		if err := m.plain(out, key); err != nil {
			return err
		}
	}
}

// plain reads a value that should be a string; numbers become strings, other
// types are left out.
func (m *jsonMender) plain(out map[string]any, key string) error {
	t, err := m.token()
	if err != nil {
		return err
	}
	switch v := t.(type) {
	case string:
		if strings.HasPrefix(key, "date_") && len(v) > maxDate {
			break // gofeed would try its two hundred forms on it
		}
		out[key] = unwrapped(v)
	case json.Number:
		out[key] = v.String()
	case json.Delim:
		return m.skipRest()
	}
	return nil
}

// items reads the list of items; what is no list is passed over.
func (m *jsonMender) items(list *[]any) error {
	t, err := m.token()
	switch {
	case err != nil:
		return err
	case t == json.Delim('{'):
		return m.skipRest()
	case t != json.Delim('['):
		return nil
	}
	*list = []any{}
	for {
		t, err := m.token()
		switch {
		case err != nil:
			return err
		case t == json.Delim(']'):
			return nil
		case t == json.Delim('['):
			if err := m.skipRest(); err != nil {
				return err
			}
			continue
		case t != json.Delim('{'):
			continue
		}
		item := map[string]any{}
		if err := m.object(item, jsonItemFields, func(key string) error {
			if key == "author" || key == "authors" {
				return m.authors(item)
			}
			return m.skip()
		}); err != nil {
			return err
		}
		if len(*list) >= m.limit {
			m.left++
			continue
		}
		*list = append(*list, item)
	}
}

// authors reads one author or a list of them, objects with a name or names.
func (m *jsonMender) authors(out map[string]any) error {
	var names []any
	depth := 0
	for {
		t, err := m.token()
		if err != nil {
			return err
		}
		switch v := t.(type) {
		case json.Delim:
			if v == '[' || v == '{' {
				depth++
			} else {
				depth--
			}
		case string:
			if depth == 0 {
				names = append(names, map[string]any{"name": v})
				break
			}
			if v != "name" {
				break
			}
			if n, err := m.token(); err != nil {
				return err
			} else if name, ok := n.(string); ok {
				names = append(names, map[string]any{"name": name})
			} else if d, ok := n.(json.Delim); ok && (d == '[' || d == '{') {
				depth++
			}
		}
		if depth <= 0 {
			break
		}
	}
	if len(names) > 0 {
		out["authors"] = names[:min(len(names), 20)]
	}
	return nil
}

// skip reads over the next value.
func (m *jsonMender) skip() error {
	t, err := m.token()
	if d, ok := t.(json.Delim); err == nil && ok && (d == '[' || d == '{') {
		return m.skipRest()
	}
	return err
}

// skipRest reads to the end of the array or object whose beginning was read.
func (m *jsonMender) skipRest() error {
	for depth := 1; depth > 0; {
		t, err := m.token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return io.ErrUnexpectedEOF
			}
			return err
		}
		if d, ok := t.(json.Delim); ok {
			if d == '[' || d == '{' {
				depth++
			} else {
				depth--
			}
		}
	}
	return nil
}
