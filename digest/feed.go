package digest

import (
	"strings"
	"time"
)

// Feed is one source that the operator named.
//
// ID is [FeedID] of the URL in the configuration, so that a feed keeps its
// rows when it is renamed or its file is reordered.
type Feed struct {
	ID   string
	Name string // the outlet as readers know it
	URL  string // where the operator said it is
	Home string // the outlet's own page; empty if unknown
	Lang string // BCP 47 tag that holds where an item says nothing; empty if mixed

	// Weight is how much the outlet's word counts in ranking, 1 for a normal one.
	Weight float64
	// Aggregator marks a feed that repeats other outlets (a Google News search):
	// its titles end in " - Outlet" and the outlet, not the feed, is the source.
	Aggregator bool
	// OnTopic marks a feed that carries nothing but the topic, so that an item
	// without a telling word is still judged kindly.
	OnTopic bool
	// Owner is who owns the outlet, where the operator says so: outlets of one
	// owner are one witness. The store does not keep it: the configuration holds.
	Owner string
}

// FeedID is the natural key of a feed: a hash of its configured address.
func FeedID(url string) string { return hashID("feed", strings.TrimSpace(url)) }

// FeedState is what the store remembers of a feed between two visits.
type FeedState struct {
	Feed
	// ETag and LastModified are the validators of RFC 9110 §8.8, sent back as
	// received, to the address alone that gave them: ValidFor begins with it.
	ETag, LastModified, ValidFor string
	Wish                         Wish      // of the newest answers
	MovedTo                      string    // the target of a permanent redirect; fetched instead of URL
	Gone                         bool      // 410 at the configured address: not asked again until the operator changes the feed
	NextAt                       time.Time // not asked before this
	LastVisit                    time.Time
	LastOK                       time.Time // the last answer that gave items or a 304
	LastNew                      time.Time // when it last had an item that it had not had before, also where another feed had it first
	Failures                     int       // in a row, of visits that asked it
	LastError                    string    // of the newest failure; empty after a success
	Items                        int       // in the newest full answer
	Retired                      bool      // no longer in the configuration
}

// Wish is how long a feed asks to be left alone after each answer. It holds
// until an answer says otherwise: a 304 repeats nothing of the feed's own, and
// need not repeat Cache-Control.
type Wish struct {
	MaxAge    time.Duration // Cache-Control
	TTL       time.Duration // RSS ttl, or sy:updatePeriod
	SkipHours []int         // hours of the day, UTC, in which RSS asks not to be read
}

// Address is where the next visit goes.
func (s FeedState) Address() string {
	if s.MovedTo != "" {
		return s.MovedTo
	}
	return s.URL
}

// Visit is what came of asking one feed once.
type Visit struct {
	FeedID             string
	At                 time.Time
	Took               time.Duration
	Status             int // the HTTP status; 0 where none came
	Bytes              int // after decompression
	NotModified        bool
	ETag, LastModified string
	ValidFor           string // the address that gave them, after redirects, and for a page how it was read
	Wish               Wish   // none after a failure: that before still holds
	// MovedTo is where the feed is from now on, whatever came of the visit;
	// empty: at its configured address, also where it had moved before.
	MovedTo  string
	Gone     bool      // 410 at the configured address: the feed is closed for good
	NextAt   time.Time // the earliest next visit, as the server or our back-off wants it
	Title    string    // the feed's own title
	Articles []Article
	// Notes tell what was mended or left out ("2 items without a link"), for the operator.
	Notes []string
	// Err is why nothing came of the visit; nil for a 304 and for a feed without items.
	Err error
	// Unasked says that Err is not the feed's: its host is left alone for a
	// time, or the round ended before its turn. It is no failure of the feed.
	Unasked bool
}
