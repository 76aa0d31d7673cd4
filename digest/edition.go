package digest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// CadenceDaily is the only cadence so far: one edition a morning.
const CadenceDaily = "daily"

// EditionState is where an edition is in its life:
// building → frozen → sending → done, or skipped.
type EditionState string

// The states of an edition.
const (
	EditionBuilding EditionState = "building" // claimed by one process, not yet made
	EditionFrozen   EditionState = "frozen"   // made, and never changed again
	EditionSending  EditionState = "sending"  // its letters are rows of the outbox
	EditionDone     EditionState = "done"     // no letter of it is open
	EditionSkipped  EditionState = "skipped"  // no letter, for Reason
)

// Reasons for a skipped edition.
const (
	SkipQuiet  = "quiet"  // a morning without news of the topic
	SkipMissed = "missed" // nobody ran within the catch-up time
)

// Edition is one day's digest: one value behind mail, text and web view, so
// that they can never disagree.
type Edition struct {
	Key         EditionKey `json:"key"`
	Title       string     `json:"title"`   // the newsletter's name
	Subject     string     `json:"subject"` // made from the lead story
	ScheduledAt time.Time  `json:"scheduled_at"`
	Zone        string     `json:"zone"` // times are shown in this zone
	// Stories are those told in full, most important first, then those in brief,
	// and then those that have nothing new, which are folded into one line: see
	// [Edition.News].
	Stories []EditionStory `json:"stories"`
	// Numbers are the few numbers of the day, most telling first.
	Numbers []EditionNumber `json:"numbers,omitempty"`
	Sources SourceCount     `json:"sources"`
	Note    string          `json:"note,omitempty"` // a line of the editor, or of a quiet day
}

// News is the stories that have something new, in full or in brief.
func (e Edition) News() []EditionStory { return e.Stories[:e.folded()] }

// Unchanged is the stories that are folded into one line at the end: told
// before, reported again, nothing new.
func (e Edition) Unchanged() []EditionStory { return e.Stories[e.folded():] }

func (e Edition) folded() int {
	n := len(e.Stories)
	for n > 0 && e.Stories[n-1].Relation == RelationUnchanged {
		n--
	}
	return n
}

// EditionKey is the natural key of an edition.
type EditionKey struct {
	Cadence string `json:"cadence"`
	Day     Day    `json:"day"`
}

// Ref is the edition's key as one word, as deliveries name it: "daily/2026-02-14".
func (k EditionKey) Ref() string { return k.Cadence + "/" + string(k.Day) }

// EditionStory is one event, told once.
type EditionStory struct {
	ID         string      `json:"id"`
	Relation   Relation    `json:"relation"` // first, update or unchanged
	Title      string      `json:"title"`    // of the lead article, as its outlet wrote it
	Lang       string      `json:"lang,omitempty"`
	Highlights []Highlight `json:"highlights,omitempty"`
	Tags       []Tag       `json:"tags,omitempty"` // what it is about, most telling first
	// Articles has the lead article first, then the other outlets' reports,
	// then copies. Everything here counts as told.
	Articles []EditionArticle `json:"articles"`
	// Brief says that the story is told in one line, as it weighs too little.
	Brief bool `json:"brief,omitempty"`
	// FirstTold and LastTold are the earlier editions that told the story, the
	// first and the newest; empty for a first.
	FirstTold Day      `json:"first_told,omitempty"`
	LastTold  Day      `json:"last_told,omitempty"`
	Score     float64  `json:"score"`
	Signals   []Reason `json:"signals"` // why it stands where it stands
}

// EditionArticle is one article as an edition names it.
type EditionArticle struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	URL       string    `json:"url"`
	Source    string    `json:"source"`
	Published time.Time `json:"published"`
	DayOnly   bool      `json:"day_only,omitempty"` // the outlet gave a day, not an hour
	Relation  Relation  `json:"relation"`
}

// Lead is the article that the headline comes from.
func (s EditionStory) Lead() EditionArticle {
	if len(s.Articles) == 0 {
		return EditionArticle{}
	}
	return s.Articles[0]
}

// Also is the other reports of the story, those of one outlet together, in
// order. Only a copy with a title that the same outlet has already is left out.
func (s EditionStory) Also() []EditionArticle {
	type shown struct{ source, title string }
	seen, outlet := map[shown]bool{}, map[string]int{}
	var also []EditionArticle
	for i, a := range s.Articles {
		key := shown{a.Source, strings.ToLower(strings.Join(strings.Fields(a.Title), " "))}
		if i > 0 && !(a.Relation == RelationCopy && seen[key]) {
			also = append(also, a)
		}
		seen[key] = true
		if _, ok := outlet[a.Source]; !ok {
			outlet[a.Source] = i
		}
	}
	slices.SortStableFunc(also, func(a, b EditionArticle) int { return cmp.Compare(outlet[a.Source], outlet[b.Source]) })
	return also
}

// SourceCount says how complete the morning was.
type SourceCount struct {
	Asked    int      `json:"asked"`
	Answered int      `json:"answered"`
	Silent   []string `json:"silent,omitempty"` // names of those that did not answer
}

// View is an edition rendered once, frozen with it. The places where a letter
// is personal hold [PersonalUnsubscribe] and are filled in when it is made.
type View struct {
	Name string // "mail"
	HTML string
	Text string
}

// PersonalUnsubscribe stands in a [View] where the reader's own link belongs.
// It is an address of its own so that it passes URL escaping unchanged.
const PersonalUnsubscribe = "https://unsubscribe.invalid/reader"

// Hash is what was frozen, as a hex SHA-256: the same inputs give the same.
func (e Edition) Hash() (string, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("hash edition %s: %w", e.Key.Ref(), err)
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}

// EditionRow is an edition as the store keeps it: its life and, once frozen,
// its content.
type EditionRow struct {
	Key         EditionKey
	State       EditionState
	Reason      string // why skipped
	ScheduledAt time.Time
	Deadline    time.Time // letters not submitted by then are skipped as expired
	// Cutoff is when collecting ended: what is first seen later belongs to the next edition.
	Cutoff   time.Time
	FrozenAt time.Time
	SHA256   string
	Edition  Edition // zero before it is frozen and for a skipped one
	Letters  Tally
	Open     int // letters whose outcome is still to come
}

// Tally counts an edition's letters by state.
type Tally map[DeliveryState]int

// Total is the number of letters in any state.
func (t Tally) Total() int {
	n := 0
	for _, c := range t {
		n += c
	}
	return n
}
