// Package parse reads feeds, whatever state they are in: bytes in, items out.
// It does no I/O, knows no clock and never fails for one bad item.
//
// The order is fixed: the encoding is found and undone (charset.go), the
// document is read once by our own forgiving scanner, which counts, bounds and
// writes it anew as clean XML (mend.go), gofeed parses that (read.go), and its
// result becomes a [Feed] (kinds.go). JSON Feed is read without gofeed
// (jsonfeed.go). gofeed never sees what a server sent, so its depth, memory and
// time are bounded by what our own writer lets through.
//
// What an item means to the newsletter is not decided here.
package parse

import "time"

// Source says where a document came from and how much of it to keep.
type Source struct {
	// URL is where it was fetched, for relative links; may be empty.
	URL string
	// ContentType is the HTTP header; may be empty.
	ContentType string
	// MaxItems bounds the items kept, the first ones; 0 means [MaxItems].
	MaxItems int
}

// MaxItems is how many items of one feed are kept unless a [Source] says otherwise.
const MaxItems = 5000

// Feed is a feed as read. Title and Summary may be HTML, like those of items.
type Feed struct {
	Kind    string // "rss", "atom" or "json"
	Version string
	Title   string
	URL     string // the site's page, absolute where possible
	ID      string
	Summary string
	Lang    string
	// Published and Updated are zero where the feed does not say or the words
	// are not understood.
	Published, Updated time.Time
	Items              []Item
	// TTL is how long the feed asks to be left alone (RSS ttl, sy:updatePeriod).
	TTL time.Duration
	// SkipHours are hours of the day, UTC, in which RSS asks not to be read.
	SkipHours []int
	// Notes tell what was mended or left out.
	Notes []string
}

// Item is one item as read. Texts may be HTML.
type Item struct {
	Title   string
	URL     string // absolute where possible; empty if the item has none
	ID      string
	Summary string
	Content string
	// BadDate is a date that was not understood, as it stands in the feed.
	BadDate            string
	Published, Updated time.Time
	Author             string
	Lang               string
	// Source is the outlet that an aggregator names (RSS <source>).
	Source string
	// Original is the publisher's own address where a distributor put its own
	// in URL (feedburner:origLink).
	Original string
}
