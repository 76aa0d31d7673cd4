package daily

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"reedaily/digest"
	"reedaily/digest/edition"
)

// buildLease is how long a day belongs to the process that began it. It
// outlasts the slowest morning (the collector's deadline and a minute of work).
const buildLease = 10 * time.Minute

// Report says what became of a morning.
type Report struct {
	Row     digest.EditionRow
	Collect CollectReport
	// Elsewhere says who, if another process is building this edition just now.
	Elsewhere string
	// Already is set where the edition was made by an earlier run.
	Already bool
}

// CollectReport says what a round of collecting brought.
type CollectReport struct {
	Sources digest.SourceCount
	Fresh   int               // new or changed articles
	Failed  map[string]string // name of the feed → why
}

// outage is ErrOutage with one source's answer, if there are sources and none
// of them answered.
func (r CollectReport) outage() error {
	if r.Sources.Asked == 0 || r.Sources.Answered > 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(r.Failed))
	if len(names) == 0 {
		return ErrOutage
	}
	why := names[0] + ": " + r.Failed[names[0]]
	if more := len(names) - 1; more > 0 {
		why += fmt.Sprintf("; and %d more", more)
	}
	return fmt.Errorf("%w (%s)", ErrOutage, why)
}

// Today is the edition of the day that now is in the newsletter's zone,
// whatever the schedule says: for system cron and for replays.
func (d *Desk) Today(now time.Time) Fire {
	return Fire{Day: digest.DayOf(now, d.Zone), At: now}
}

// Make makes the edition that fire asks for and queues its letters. It may be
// repeated at any time, also after a crash: what is done is not done again.
func (d *Desk) Make(ctx context.Context, fire Fire) (Report, error) {
	key := digest.EditionKey{Cadence: digest.CadenceDaily, Day: fire.Day}
	var r Report
	for waited := time.Duration(0); ; waited += lookAgain {
		err := d.alone(ctx, func() (err error) {
			r, err = d.made(ctx, key, fire.At)
			return err
		})
		switch {
		case err == nil:
			r.Row, err = d.queue(ctx, key)
			return r, err
		case !errors.Is(err, digest.ErrBusy) && !errors.Is(err, digest.ErrFrozen):
			return r, err
		}
		// Another process builds, or has just done so: this day or another.
		row, readErr := d.Store.Edition(ctx, key)
		switch {
		case readErr == nil && row.State != digest.EditionBuilding:
			r.Already = true
			r.Row, err = d.queue(ctx, key)
			return r, err
		case readErr == nil && errors.Is(err, digest.ErrBusy):
			return Report{Row: row, Elsewhere: digest.Holder(err)}, nil
		case readErr != nil && !errors.Is(readErr, digest.ErrNotFound):
			return r, fmt.Errorf("read edition %s: %w", key.Ref(), readErr)
		case errors.Is(err, digest.ErrFrozen): // another edition told one of its articles: composed anew next time
			return r, err
		case waited >= buildLease:
			return r, digest.Hint(fmt.Errorf("make edition %s: %w", key.Ref(), err),
				"see whether that process still works; nothing is lost, and the next run goes on")
		case waited == 0:
			d.Log.Warn("another process makes an edition; this one waits", "edition", key.Ref(), "process", digest.Holder(err))
		}
		if err := d.Sleep(ctx, lookAgain); err != nil {
			return r, err
		}
	}
}

// lookAgain is how long to wait for who builds another day.
const lookAgain = time.Second

// alone does what only one process may do at a time; [digest.ErrBusy] says that
// another one does.
func (d *Desk) alone(ctx context.Context, do func() error) error {
	release, err := d.Store.BuilderLock(ctx, d.Role)
	if err != nil {
		return fmt.Errorf("become the builder: %w", err)
	}
	err = do()
	if releaseErr := release(); releaseErr != nil {
		d.Log.Warn("the builder's lock could not be given back; it goes with the process", "error", releaseErr)
	}
	return err
}

// made builds an edition that is not built yet.
func (d *Desk) made(ctx context.Context, key digest.EditionKey, at time.Time) (Report, error) {
	row, err := d.begin(ctx, key, at)
	r := Report{Row: row, Already: row.State != digest.EditionBuilding}
	if err != nil || r.Already {
		return r, err
	}
	d.after(StepBegun)
	if r.Collect, err = d.build(ctx, row); err != nil {
		err = fmt.Errorf("make edition %s: %w", key.Ref(), err)
	}
	return r, err
}

// begin finds the edition's row or makes it. As the caller holds the builder's
// lock, it is its to build.
func (d *Desk) begin(ctx context.Context, key digest.EditionKey, at time.Time) (digest.EditionRow, error) {
	row := digest.EditionRow{
		Key: key, State: digest.EditionBuilding,
		ScheduledAt: at.UTC().Truncate(time.Millisecond), Deadline: at.Add(d.Expire).UTC().Truncate(time.Millisecond),
	}
	row, mine, err := d.Store.BeginEdition(ctx, row, d.Builder, buildLease, d.Now())
	if err == nil && !mine && row.State == digest.EditionBuilding {
		row, _, err = d.Store.TakeEdition(ctx, key, d.Builder, buildLease, d.Now())
	}
	if err != nil {
		return row, fmt.Errorf("begin edition %s: %w", key.Ref(), err)
	}
	return row, nil
}

// queue turns a frozen edition into letters; for any other it changes nothing.
func (d *Desk) queue(ctx context.Context, key digest.EditionKey) (digest.EditionRow, error) {
	row, err := d.Store.Edition(ctx, key)
	if err != nil {
		return row, fmt.Errorf("read edition %s: %w", key.Ref(), err)
	}
	if row.State != digest.EditionFrozen && row.State != digest.EditionSending {
		return row, nil
	}
	// A crash may have cut the queueing of a long list short; only the sender
	// knows that nobody else is at it just now.
	if row.State == digest.EditionFrozen || d.Sole {
		n, err := d.Store.QueueEdition(ctx, key, d.Now())
		if err != nil {
			return row, fmt.Errorf("queue edition %s: %w", key.Ref(), err)
		}
		if n > 0 {
			d.Log.Info("letters queued", "edition", key.Ref(), "letters", n)
		}
		if n > 0 || row.State == digest.EditionFrozen {
			d.after(StepQueued)
		}
	}
	if err := d.Store.CloseEditions(ctx, d.Now()); err != nil {
		return row, fmt.Errorf("close editions: %w", err)
	}
	return d.Store.Edition(ctx, key)
}

// build does the steps from collecting to the frozen edition.
func (d *Desk) build(ctx context.Context, row digest.EditionRow) (CollectReport, error) {
	collected, err := d.Collect(ctx)
	if err != nil {
		return collected, err
	}
	cutoff, err := d.Store.KeepCutoff(ctx, row.Key, d.Now())
	if err != nil {
		return collected, err
	}
	d.after(StepCollected)
	ed, err := d.compose(ctx, row, cutoff, collected.Sources)
	if err != nil {
		return collected, err
	}
	d.after(StepComposed)
	if err := collected.outage(); err != nil && len(ed.Stories) == 0 {
		return collected, fmt.Errorf("%w, so there is nothing to tell", err)
	}
	if len(ed.Stories) == 0 && d.QuietNote == nil {
		d.Log.Info("a quiet morning", "edition", row.Key.Ref())
		if err := d.Store.SkipEdition(ctx, row.Key, digest.SkipQuiet, cutoff, d.Now()); err != nil {
			return collected, fmt.Errorf("record a quiet morning: %w", err)
		}
		return collected, nil
	}
	if len(ed.Stories) == 0 {
		ed.Note = d.QuietNote(collected.Sources)
	}
	views, err := d.View(ed)
	if err != nil {
		return collected, fmt.Errorf("render: %w", err)
	}
	row.Edition, row.Cutoff, row.FrozenAt = ed, cutoff, d.Now().UTC()
	if row.SHA256, err = ed.Hash(); err != nil {
		return collected, err
	}
	d.alarm(ctx)
	if err := d.Store.Freeze(ctx, row, views); err != nil {
		return collected, err
	}
	d.Log.Info("edition frozen", "edition", row.Key.Ref(), "stories", len(ed.News()), "unchanged", len(ed.Unchanged()), "subject", ed.Subject)
	d.after(StepFrozen)
	return collected, nil
}

// compose judges, places and arranges what is today's: first seen since the
// last edition and at most MaxAge old when the edition was due.
func (d *Desk) compose(ctx context.Context, row digest.EditionRow, cutoff time.Time, sources digest.SourceCount) (digest.Edition, error) {
	if err := d.judge(ctx, cutoff); err != nil {
		return digest.Edition{}, err
	}
	d.after(StepJudged)
	if err := d.read(ctx, cutoff, row.ScheduledAt.Add(-d.MaxAge)); err != nil {
		return digest.Edition{}, err
	}
	d.after(StepRead)
	if err := d.place(ctx, cutoff); err != nil {
		return digest.Edition{}, err
	}
	d.after(StepPlaced)
	last, err := d.Store.LastCutoff(ctx, row.Key.Cadence)
	if err != nil {
		return digest.Edition{}, fmt.Errorf("read the last edition: %w", err)
	}
	candidates, err := d.Store.Candidates(ctx, row.Key, last, cutoff, row.ScheduledAt.Add(-d.MaxAge))
	if err != nil {
		return digest.Edition{}, fmt.Errorf("read today's articles: %w", err)
	}
	reading, err := d.reading(ctx, cutoff, candidates)
	if err != nil {
		return digest.Edition{}, err
	}
	ed := edition.Compose(d.Ranking, edition.Input{
		Key: row.Key, Title: d.Title, ScheduledAt: row.ScheduledAt, Zone: d.Zone,
		Candidates: candidates, Sources: sources, Facts: reading.Facts, Highlights: reading.Highlights, News: reading.News,
	})
	if d.Reword != nil {
		ed = d.Reword(ctx, ed)
	}
	return ed, nil
}

// Collect asks every feed that may be asked now and keeps what it says.
func (d *Desk) Collect(ctx context.Context) (CollectReport, error) {
	r := CollectReport{Failed: map[string]string{}}
	if err := d.Store.SyncFeeds(ctx, d.Feeds, d.Now()); err != nil {
		return r, fmt.Errorf("keep the list of feeds: %w", err)
	}
	all, err := d.Store.Feeds(ctx)
	if err != nil {
		return r, fmt.Errorf("read the list of feeds: %w", err)
	}
	var due []digest.FeedState
	names := map[string]string{}
	for _, f := range all {
		if f.Retired {
			continue
		}
		names[f.ID] = f.Name
		r.Sources.Asked++
		switch {
		case f.Gone:
			r.Failed[f.Name] = "gone for good (410); remove it or correct its address"
			r.Sources.Silent = append(r.Sources.Silent, f.Name)
		case f.NextAt.After(d.Now()) && f.LastError == "":
			r.Sources.Answered++ // it answered not long ago and wants to be left alone
		case f.NextAt.After(d.Now()):
			r.Failed[f.Name] = f.LastError
			r.Sources.Silent = append(r.Sources.Silent, f.Name)
		default:
			due = append(due, f)
		}
	}
	d.watch("collect", 0, len(due))
	done := 0
	err = d.Collector.All(ctx, due, func(ctx context.Context, v digest.Visit) error {
		fresh, err := d.Store.KeepVisit(ctx, v)
		if err != nil {
			return fmt.Errorf("keep what %s said: %w", names[v.FeedID], err)
		}
		r.Fresh += len(fresh)
		if v.Err != nil {
			r.Failed[names[v.FeedID]] = v.Err.Error()
			r.Sources.Silent = append(r.Sources.Silent, names[v.FeedID])
		} else {
			r.Sources.Answered++
		}
		done++
		d.watch("collect", done, len(due))
		return nil
	})
	if err != nil {
		return r, fmt.Errorf("collect: %w", err)
	}
	level := slog.LevelInfo
	if len(due) == 0 {
		level = slog.LevelDebug // nobody was asked
	}
	d.Log.Log(ctx, level, "collected", "sources", r.Sources.Asked, "answered", r.Sources.Answered, "fresh", r.Fresh)
	return r, nil
}

func (d *Desk) judge(ctx context.Context, now time.Time) error {
	articles, err := d.Store.Unjudged(ctx, d.Judge.Ruler(), now.Add(-d.Window))
	if err != nil {
		return fmt.Errorf("read articles to judge: %w", err)
	}
	d.watch("judge", 0, len(articles))
	if err := d.judgeAll(ctx, articles, now); err != nil {
		return err
	}
	d.watch("judge", len(articles), len(articles))
	return nil
}

// judgeAll judges articles by what is known of them now.
func (d *Desk) judgeAll(ctx context.Context, articles []digest.Article, now time.Time) error {
	feeds, err := d.Store.Feeds(ctx)
	if err != nil {
		return fmt.Errorf("read the list of feeds: %w", err)
	}
	byID := map[string]digest.Feed{}
	for _, f := range feeds {
		byID[f.ID] = f.Feed
	}
	judgements := make([]digest.Judgement, len(articles))
	for i, a := range articles {
		judgements[i] = d.Judge.Judge(a, byID[a.FeedID])
		judgements[i].At = now
	}
	if err := d.Store.KeepJudgements(ctx, judgements); err != nil {
		return fmt.Errorf("keep judgements: %w", err)
	}
	return nil
}

func (d *Desk) place(ctx context.Context, now time.Time) error {
	batch, err := d.Store.Unplaced(ctx, now.Add(-d.Window))
	if err != nil {
		return fmt.Errorf("read articles to place: %w", err)
	}
	if len(batch) == 0 {
		return nil
	}
	past, err := d.Store.Placed(ctx, now.Add(-d.Window))
	if err != nil {
		return fmt.Errorf("read earlier stories: %w", err)
	}
	d.watch("place", 0, len(batch))
	g := d.Grouper()
	g.Remember(past)
	places := g.Place(batch)
	for i := range places {
		places[i].At = now
	}
	if err := d.Store.KeepPlaces(ctx, places); err != nil {
		return fmt.Errorf("keep places: %w", err)
	}
	d.watch("place", len(batch), len(batch))
	return nil
}
