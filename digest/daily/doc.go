// Package daily leads the day: it knows the order of the steps and when a day
// is due, and leaves every step to the room that can do it. Rows, not timers,
// say what is done, so that a morning may be begun twice, by two processes, or
// after a crash between any two steps, and still happens once.
package daily

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"reedaily/digest"
	"reedaily/digest/edition"
)

// Store is what the day needs of the store. Every method may be repeated.
type Store interface {
	SyncFeeds(ctx context.Context, feeds []digest.Feed, now time.Time) error
	Feeds(ctx context.Context) ([]digest.FeedState, error)
	KeepVisit(ctx context.Context, v digest.Visit) (fresh []string, err error)
	FeedHealth(ctx context.Context, since time.Time) ([]digest.FeedHealth, error)

	Unjudged(ctx context.Context, ruler string, seenSince time.Time) ([]digest.Article, error)
	KeepJudgements(ctx context.Context, judgements []digest.Judgement) error
	PagesToRead(ctx context.Context, seenSince, datedSince time.Time, limit int) ([]digest.Article, error)
	KeepPage(ctx context.Context, p digest.Page) error
	Articles(ctx context.Context, ids ...string) ([]digest.Article, error)
	Unplaced(ctx context.Context, seenSince time.Time) ([]digest.Article, error)
	Placed(ctx context.Context, datedSince time.Time) ([]digest.Placed, error)
	KeepPlaces(ctx context.Context, places []digest.Place) error
	Lately(ctx context.Context, seenSince time.Time, each int, outlets ...string) ([]digest.Article, error)

	BeginEdition(ctx context.Context, row digest.EditionRow, builder string, lease time.Duration, now time.Time) (digest.EditionRow, bool, error)
	// BuilderLock is held while an edition is built; [digest.ErrBusy] says that
	// another process builds.
	BuilderLock(ctx context.Context, who string) (release func() error, err error)
	// TakeEdition takes over a half-built edition whatever its lease: for the
	// holder of the builder's lock, beside whom nobody else builds.
	TakeEdition(ctx context.Context, key digest.EditionKey, builder string, lease time.Duration, now time.Time) (digest.EditionRow, bool, error)
	Edition(ctx context.Context, key digest.EditionKey) (digest.EditionRow, error)
	Editions(ctx context.Context, cadence string, limit int) ([]digest.EditionRow, error)
	OpenEditions(ctx context.Context) ([]digest.EditionRow, error)
	KeepCutoff(ctx context.Context, key digest.EditionKey, now time.Time) (time.Time, error)
	LastCutoff(ctx context.Context, cadence string) (time.Time, error)
	Candidates(ctx context.Context, key digest.EditionKey, seenAfter, seenUpTo, datedSince time.Time) ([]digest.Candidate, error)
	Freeze(ctx context.Context, row digest.EditionRow, views []digest.View) error
	SkipEdition(ctx context.Context, key digest.EditionKey, reason string, cutoff, now time.Time) error
	QueueEdition(ctx context.Context, key digest.EditionKey, now time.Time) (int, error)
	CloseEditions(ctx context.Context, now time.Time) error
}

// Collector asks feeds and hands over each answer as it comes, one at a time.
// A feed that does not answer is a visit with an error, never an error.
type Collector interface {
	All(ctx context.Context, feeds []digest.FeedState, keep func(context.Context, digest.Visit) error) error
}

// Judge says whether an article is about the topic. Pure.
type Judge interface {
	Judge(a digest.Article, f digest.Feed) digest.Judgement
	Ruler() string
}

// Grouper puts articles into stories; it is made anew for each morning from
// what the store remembers.
type Grouper interface {
	Remember(past []digest.Placed)
	Place(batch []digest.Article) []digest.Place
}

// Reading takes the articles of one story apart.
type Reading struct {
	Highlights edition.Quoter                       // nil: nothing is quoted
	News       edition.NewsReader                   // nil: every report of a told story is news
	Facts      func([]digest.Article) []digest.Fact // nil: no tags, no numbers of the day
}

// Steps of a morning, in order. After each of them the process may die.
const (
	StepBegun     = "begun"
	StepCollected = "collected"
	StepJudged    = "judged"
	StepRead      = "read"
	StepPlaced    = "placed"
	StepComposed  = "composed"
	StepFrozen    = "frozen"
	StepQueued    = "queued"
)

// Steps lists them in order.
func Steps() []string {
	return []string{StepBegun, StepCollected, StepJudged, StepRead, StepPlaced, StepComposed, StepFrozen, StepQueued}
}

// Settings are the operator's choices.
type Settings struct {
	Title    string // of the newsletter
	Zone     *time.Location
	Schedule Schedule
	MaxAge   time.Duration // older articles are never told
	Catchup  time.Duration // a later morning is recorded as missed
	Expire   time.Duration // letters not submitted this long after the schedule are not sent
	Window   time.Duration // how far back stories are remembered
	// QuietNote, if set, words the short letter of a morning without news; nil
	// skips the edition.
	QuietNote func(digest.SourceCount) string
	Ranking   edition.Settings
}

// ErrOutage says that no source answered and nothing is left to tell: that is
// no quiet morning. The edition stays open and is tried again until it is too
// late, and then recorded as missed.
var ErrOutage = errors.New("no source answered")

// Desk makes editions. All fields but Pages, Reading, Reword, After and Watch are needed.
type Desk struct {
	Settings
	Store     Store
	Feeds     []digest.Feed
	Collector Collector
	Judge     Judge
	Pages     PageReader // nil: articles are told by what their feeds say
	Grouper   func() Grouper
	// Reading, if set, is made anew for each morning from what its outlets wrote
	// lately, so that it knows what they say under every headline.
	Reading func(lately []digest.Article) Reading
	// Reword, if set, may put the highlights of a composed edition into other
	// words before it is frozen. It bounds its own time.
	Reword func(ctx context.Context, e digest.Edition) digest.Edition
	View   func(digest.Edition) ([]digest.View, error)
	Now    func() time.Time
	Sleep  func(ctx context.Context, d time.Duration) error
	Log    *slog.Logger
	// Builder names this process in the rows of the editions that it builds, Role
	// what it does, for the others that meet it at the builder's lock.
	Builder, Role string
	// Sole says whether this process holds the sender's lock: then nobody else can
	// be queueing letters, and a list that a crash cut short is finished.
	Sole bool
	// After is called when a step is committed; tests die in it.
	After func(step string)
	// Watch is told how far a step is, for a progress bar.
	Watch func(step string, done, total int)

	rival rival
}

func (d *Desk) after(step string) {
	if d.After != nil {
		d.After(step)
	}
}

func (d *Desk) watch(step string, done, total int) {
	if d.Watch != nil {
		d.Watch(step, done, total)
	}
}
