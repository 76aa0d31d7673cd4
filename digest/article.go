package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Article is one item of one outlet.
//
// ID is [ArticleID] of the canonical address, so that seeing it again, in
// another feed or after a crash, is harmless. All text is plain: no markup, no
// control or direction-changing characters, white space folded; Text has a line
// end between paragraphs.
type Article struct {
	ID        string
	URL       string // where a reader goes
	Canonical string // the address without tracking, mobile and print variants
	FeedID    string // the feed that showed it first
	// GUID is the feed's own id of it, in one spelling; empty if it has none or
	// gives it to several. The store keeps it to recognize the article by (see
	// [Recognize]) and does not give it back.
	GUID    string
	Source  string // the outlet as readers know it
	Title   string
	Summary string // what the feed says of it
	Text    string // the article itself, where the feed or its page gave it
	Author  string
	Lang    string // BCP 47 tag; empty if unknown
	// Highlights are the publisher's own bullets, where the page has such a list.
	Highlights []string
	// Published is when the outlet says; zero where it does not say. A date in
	// the future is clamped to FirstSeen.
	Published time.Time
	FirstSeen time.Time // when reedaily first saw it
	Version   int       // 1, and one more for each change of title or text by the outlet
}

// Dated is the time that counts for "is it fresh": Published, or FirstSeen
// where the outlet does not say.
func (a Article) Dated() time.Time {
	if a.Published.IsZero() {
		return a.FirstSeen
	}
	return a.Published
}

// Body is the longest text that we have of the article.
func (a Article) Body() string {
	if len(a.Text) >= len(a.Summary) {
		return a.Text
	}
	return a.Summary
}

// Fingerprint changes when title or text do: a new one is a new version.
func (a Article) Fingerprint() string {
	return hashID("version", a.Title+"\x00"+a.Summary+"\x00"+a.Text)
}

// ArticleID is the natural key of an article: a hash of its canonical address.
func ArticleID(canonical string) string { return hashID("article", canonical) }

// hashID makes a key of 128 bits: enough that a hostile feed cannot find a
// second article with the key of another.
func hashID(kind, s string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + s))
	return hex.EncodeToString(sum[:16])
}

// Grade is how much of an article is about the topic.
type Grade string

// The grades. Only a core article is told.
const (
	GradeCore   Grade = "core"   // it is about the topic
	GradePartly Grade = "partly" // it touches the topic
	GradeNo     Grade = "no"
)

// Reason is one ground for a judgement, in words an operator can check:
// the signal, and the words of the article that set it off.
type Reason struct {
	Signal string  `json:"signal"`          // "term", "trap", "element", "source" …
	Words  string  `json:"words,omitempty"` // as they stand in the article
	Where  string  `json:"where,omitempty"` // title, summary, text, source
	Weight float64 `json:"weight"`          // what it added or took away
}

// Judgement says whether an article is about the topic, and why.
type Judgement struct {
	ArticleID string
	Version   int    // of the article that was judged
	Ruler     string // names the lexicons and settings that judged, so that a new ruler judges anew
	Relevant  bool
	Grade     Grade
	Score     float64 // 0 … 1
	Reasons   []Reason
	At        time.Time
}

// Day is a calendar day in the newsletter's zone, as 2006-01-02.
type Day string

// DayOf names the day of t in zone.
func DayOf(t time.Time, zone *time.Location) Day { return Day(t.In(zone).Format(time.DateOnly)) }

// ParseDay reads 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil {
		return "", &InputError{What: "day", Got: s, Want: "a day such as 2026-02-14"}
	}
	return Day(t.Format(time.DateOnly)), nil
}

// Time is the day's midnight in UTC, for formatting; the zero time if d is not a day.
func (d Day) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}
