package collect

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/language"

	"reedaily/digest"
	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

// Bounds of an article's texts, in runes.
const (
	maxTitle   = 300
	maxSummary = 2000
	maxText    = 20_000
	maxName    = 120
)

// Articles makes articles of a feed's items, in the feed's order; items that
// are the same article, or none, are left out and told in the notes.
func Articles(f parse.Feed, feed digest.Feed, now time.Time) ([]digest.Article, []string) {
	m := maker{feed: feed, kind: f, now: now.UTC(), front: Canonical(f.URL)}
	out := make([]digest.Article, 0, len(f.Items))
	for _, it := range f.Items {
		if a, ok := m.article(it); ok {
			out = append(out, a)
		}
	}
	apart(out)
	return m.once(out), m.notes()
}

// Usable says why a feed that has items gives no article at all; an empty feed
// is no failure. notes are those of [Articles].
func Usable(f parse.Feed, articles []digest.Article, notes []string) error {
	if len(f.Items) == 0 || len(articles) > 0 {
		return nil
	}
	items := "its only item cannot be used"
	if n := len(f.Items); n > 1 {
		items = fmt.Sprintf("none of its %d items can be used", n)
	}
	return digest.Hint(fmt.Errorf("%s: %s", items, strings.Join(notes, "; ")), "look for another feed of the outlet, or say where its page has the headlines (page: in config.yaml)")
}

// maker makes the articles of one visit and counts what it left out.
type maker struct {
	feed  digest.Feed
	kind  parse.Feed
	now   time.Time
	front string // canonical address of the feed's own page

	noLink, noTitle, twice int
	future, badDates       doubts
}

func (m *maker) article(it parse.Item) (digest.Article, bool) {
	link := m.link(it)
	if link == "" {
		m.noLink++
		return digest.Article{}, false
	}
	a := digest.Article{
		URL: link, Canonical: Canonical(link), FeedID: m.feed.ID, Source: m.feed.Name,
		Title:   plain.Line(it.Title),
		Summary: plain.Line(it.Summary),
		Text:    plain.Text(it.Content),
		Author:  authorName(it.Author), FirstSeen: m.now, Version: 1,
	}
	if a.Source == "" {
		a.Source = plain.Line(m.kind.Title)
	}
	if m.feed.Aggregator {
		a.Title, a.Source = splitOutlet(a.Title, plain.Line(it.Source), a.Source)
	}
	m.texts(&a)
	if a.Title == "" {
		m.noTitle++
		return a, false
	}
	m.identify(&a, it)
	a.Published = m.published(it, a.Title)
	a.Lang = m.lang(it, a)
	return a, true
}

// texts bounds the texts and drops those that repeat another.
func (m *maker) texts(a *digest.Article) {
	if a.Summary == "" && a.Text != "" {
		a.Summary = firstLine(a.Text)
	}
	if a.Title == "" {
		a.Title = plain.Cut(a.Summary, 100)
	}
	if repeats(a.Summary, a.Title, a.Source) {
		a.Summary = ""
	}
	if a.Text == a.Summary || repeats(a.Text, a.Title, a.Source) {
		a.Text = ""
	}
	a.Title = plain.Cut(a.Title, maxTitle)
	a.Summary = plain.Cut(a.Summary, maxSummary)
	a.Text = plain.Cut(a.Text, maxText)
	a.Source = plain.Cut(a.Source, maxName)
	a.Author = plain.Cut(a.Author, maxName)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// link is where a reader goes: the publisher's own address where the feed
// gives it, else the item's, else an id that is an address.
func (m *maker) link(it parse.Item) string {
	for _, raw := range []string{it.Original, it.URL, it.ID} {
		if u := webAddress(raw); u != "" {
			return unwrap(u)
		}
	}
	return ""
}

// maxAddress bounds an address, in bytes.
const maxAddress = 4096

// webAddress is raw if a browser may be sent there, without a password in it.
// A host in other letters than ASCII is shown as what it is in the DNS, so
// that it cannot pass for another.
func webAddress(raw string) string {
	if len(raw) > maxAddress {
		return ""
	}
	u, err := url.Parse(cleanAddress(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !hostName(strings.TrimSuffix(u.Hostname(), ".")) {
		return ""
	}
	u.User = nil
	if ascii, err := idna.Lookup.ToASCII(u.Hostname()); err == nil && ascii != u.Hostname() && !strings.Contains(u.Host, ":") {
		u.Host = ascii
	}
	return u.String()
}

// lang is the item's own language, the operator's word, the feed's word; a
// title in a script that contradicts them wins.
func (m *maker) lang(it parse.Item, a digest.Article) string {
	declared := ""
	for _, l := range []string{it.Lang, m.feed.Lang, m.kind.Lang} {
		if declared = tagOf(l); declared != "" {
			break
		}
	}
	if s := scriptLang(a.Title); s != "" {
		base, _, _ := strings.Cut(declared, "-")
		if s != base && (s != "zh" || base != "ja" && base != "yue") {
			return s
		}
	}
	return declared
}

// tagOf is the BCP 47 tag that a language is written as, or "".
func tagOf(l string) string {
	tag, err := language.Parse(strings.TrimSpace(l))
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// scriptLang is the language that a title's letters alone tell, or "".
func scriptLang(title string) string {
	var han, kana, hangul, letters int
	for _, r := range title {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		}
	}
	switch {
	case letters == 0 || 2*(han+kana+hangul) < letters:
		return ""
	case hangul > han+kana:
		return "ko"
	case kana > 0:
		return "ja"
	case hangul > 0:
		return "ko"
	}
	return "zh"
}
