package store

import (
	"context"
	"time"

	"reedaily/digest"
)

// FeedHealth is how every feed of the configuration fares since then, in its
// order. A feed that is younger is counted from its first visit.
func (db *DB) FeedHealth(ctx context.Context, since time.Time) ([]digest.FeedHealth, error) {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	var all []digest.FeedHealth
	for _, f := range feeds {
		if f.Retired {
			continue
		}
		h := digest.FeedHealth{FeedState: f}
		if err := db.countVisits(ctx, &h, since); err != nil {
			return nil, db.say("read how feeds fare", err)
		}
		if err := db.countArticles(ctx, &h); err != nil {
			return nil, db.say("read how feeds fare", err)
		}
		all = append(all, h)
	}
	return all, nil
}

func (db *DB) countVisits(ctx context.Context, h *digest.FeedHealth, since time.Time) error {
	err := db.read.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(CASE WHEN error <> '' THEN 1 ELSE 0 END), 0), min(at)
		FROM visit WHERE feed_id = $1 AND at >= $2`, h.ID, since.UnixMilli()).Scan(&h.Visits, &h.Failed, at{&h.Since})
	if h.Since.IsZero() {
		h.Since = since
	}
	return err
}

// countArticles counts what a feed showed first, and the gaps between whatever
// was new to it. Articles that came with one visit are one arrival.
func (db *DB) countArticles(ctx context.Context, h *digest.FeedHealth) error {
	type arrival struct {
		at         time.Time
		came, told int
	}
	arrivals, err := list(ctx, db.read, func(row scanner) (a arrival, err error) {
		err = row.Scan(at{&a.at}, &a.came, &a.told)
		return a, err
	}, `SELECT n.at, count(n.id), count(i.article_id) FROM (
			SELECT first_seen AS at, id FROM article WHERE feed_id = $1 AND first_seen >= $2
			UNION ALL SELECT at, NULL FROM sighting WHERE feed_id = $1 AND at >= $2) n
		LEFT JOIN (SELECT DISTINCT article_id FROM edition_item) i ON i.article_id = n.id
		GROUP BY n.at ORDER BY n.at`, h.ID, h.Since.UnixMilli())
	if err != nil {
		return err
	}
	for i, a := range arrivals {
		h.Articles, h.Told = h.Articles+a.came, h.Told+a.told
		if i > 0 {
			h.Gaps = append(h.Gaps, a.at.Sub(arrivals[i-1].at))
		}
	}
	return nil
}
