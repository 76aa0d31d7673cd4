package store

import (
	"context"
	"time"

	"reedaily/digest"
)

const feedColumns = `id, name, url, home, lang, weight, aggregator, on_topic, etag, last_modified, moved_to,
	gone, next_at, last_visit, last_ok, last_new, failures, last_error, items, retired, max_age, ttl, skip_hours, valid_for`

func scanFeed(row scanner) (f digest.FeedState, err error) {
	err = row.Scan(&f.ID, &f.Name, &f.URL, &f.Home, &f.Lang, &f.Weight, &f.Aggregator, &f.OnTopic,
		&f.ETag, &f.LastModified, &f.MovedTo, &f.Gone, at{&f.NextAt}, at{&f.LastVisit}, at{&f.LastOK},
		at{&f.LastNew}, &f.Failures, &f.LastError, &f.Items, &f.Retired,
		span{&f.Wish.MaxAge}, span{&f.Wish.TTL}, fromJSON{&f.Wish.SkipHours}, &f.ValidFor)
	return f, err
}

// longestWait is longer than a visit may ask for: Retry-After is good for a day.
const longestWait = 25 * time.Hour

// SyncFeeds makes the feeds those of the configuration. One that is no longer
// in it is retired and keeps its rows; one that returns is asked afresh.
func (db *DB) SyncFeeds(ctx context.Context, feeds []digest.Feed, now time.Time) error {
	return db.tx(ctx, "keep the feeds", func(q querier) error {
		if _, err := exec(ctx, q, `UPDATE feed SET position = -1`); err != nil {
			return err
		}
		for i, f := range feeds {
			_, err := exec(ctx, q, `INSERT INTO feed (id, position, name, url, home, lang, weight, aggregator, on_topic)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
				ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, url = excluded.url,
					home = excluded.home, lang = excluded.lang, weight = excluded.weight,
					aggregator = excluded.aggregator, on_topic = excluded.on_topic,
					gone = CASE WHEN feed.retired = 1 THEN 0 ELSE feed.gone END,
					moved_to = CASE WHEN feed.retired = 1 THEN '' ELSE feed.moved_to END,
					failures = CASE WHEN feed.retired = 1 THEN 0 ELSE feed.failures END,
					last_error = CASE WHEN feed.retired = 1 THEN '' ELSE feed.last_error END,
					next_at = CASE WHEN feed.retired = 1 OR feed.next_at > $10 THEN NULL ELSE feed.next_at END,
					retired = 0`,
				f.ID, i, text(f.Name), text(f.URL), text(f.Home), f.Lang, f.Weight, flag(f.Aggregator), flag(f.OnTopic),
				now.Add(longestWait).UnixMilli())
			if err != nil {
				return err
			}
		}
		_, err := exec(ctx, q, `UPDATE feed SET retired = 1 WHERE position = -1`)
		return err
	})
}

// Feeds are all feeds: the configuration's in its order, then the retired.
func (db *DB) Feeds(ctx context.Context) ([]digest.FeedState, error) {
	feeds, err := list(ctx, db.read, scanFeed,
		`SELECT `+feedColumns+` FROM feed ORDER BY retired, position, name, id`)
	return feeds, db.say("read the feeds", err)
}

// KeepVisit keeps what came of asking a feed: the visit, the feed's state and
// its articles, all or nothing, so that a validator is never kept without the
// articles that came with it. It tells the articles that are new or changed.
func (db *DB) KeepVisit(ctx context.Context, v digest.Visit) (fresh []string, err error) {
	err = db.tx(ctx, "keep the visit", func(q querier) error {
		feed, err := one(ctx, q, scanFeed, `SELECT `+feedColumns+` FROM feed WHERE id = $1`+db.dialect.lock, v.FeedID)
		if err != nil {
			return err
		}
		seen, err := db.firstSeen(ctx, q, v.At)
		if err != nil {
			return err
		}
		var added int
		if fresh, added, err = db.keepArticles(ctx, q, v, seen); err != nil {
			return err
		}
		if err := keepVisitRow(ctx, q, v, len(fresh)); err != nil {
			return err
		}
		more := added > 0
		if !more && len(v.Articles) > 0 {
			// A feed is alive also where others are always faster.
			err = q.QueryRowContext(ctx, `SELECT count(*) > 0 FROM sighting WHERE feed_id = $1 AND at >= $2`,
				v.FeedID, seen.UnixMilli()).Scan(&more)
		}
		if err != nil {
			return err
		}
		return keepFeedState(ctx, q, feed, v, more)
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

func keepVisitRow(ctx context.Context, q querier, v digest.Visit, fresh int) error {
	notes, err := jsonOf(v.Notes)
	if err != nil {
		return err
	}
	_, err = exec(ctx, q, `INSERT INTO visit (feed_id, at, took, status, bytes, not_modified, title, items, fresh, notes, error)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		v.FeedID, v.At.UnixMilli(), v.Took.Milliseconds(), v.Status, v.Bytes, flag(v.NotModified),
		text(v.Title), len(v.Articles), fresh, notes, visitError(v))
	return err
}

func visitError(v digest.Visit) string {
	if v.Err == nil {
		return ""
	}
	return text(v.Err.Error())
}

func keepFeedState(ctx context.Context, q querier, f digest.FeedState, v digest.Visit, more bool) error {
	f.LastVisit, f.NextAt, f.LastError = v.At, v.NextAt, visitError(v)
	f.MovedTo, f.Gone = v.MovedTo, f.Gone || v.Gone
	switch {
	case v.Err != nil && v.Unasked:
	case v.Err != nil:
		f.Failures++
	case v.NotModified:
		// It confirms the validators that were sent; others would be of an answer that we do not have.
		f.Failures, f.LastOK, f.Wish = 0, v.At, v.Wish
	default:
		f.Failures, f.LastOK, f.Wish, f.Items = 0, v.At, v.Wish, len(v.Articles)
		f.ETag, f.LastModified, f.ValidFor = v.ETag, v.LastModified, v.ValidFor
	}
	if more {
		f.LastNew = v.At
	}
	hours, err := jsonOf(f.Wish.SkipHours)
	if err != nil {
		return err
	}
	_, err = exec(ctx, q, `UPDATE feed SET etag = $2, last_modified = $3, moved_to = $4, gone = $5, next_at = $6,
			last_visit = $7, last_ok = $8, last_new = $9, failures = $10, last_error = $11, items = $12,
			max_age = $13, ttl = $14, skip_hours = $15, valid_for = $16 WHERE id = $1`,
		f.ID, text(f.ETag), text(f.LastModified), text(f.MovedTo), flag(f.Gone), ms(f.NextAt),
		ms(f.LastVisit), ms(f.LastOK), ms(f.LastNew), f.Failures, f.LastError, f.Items,
		f.Wish.MaxAge.Milliseconds(), f.Wish.TTL.Milliseconds(), hours, text(f.ValidFor))
	return err
}
