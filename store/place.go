package store

import (
	"context"
	"time"

	"reedaily/digest"
)

const placeColumns = `p.article_id, p.story_id, p.relation, p.nearest, p.score, p.reasons, p.at`

func placeTargets(p *digest.Place) []any {
	return []any{&p.ArticleID, &p.StoryID, &p.Relation, &p.Nearest, &p.Score, fromJSON{&p.Reasons}, at{&p.At}}
}

// relevantNow joins an article with the newest judgement of its current
// version, where that says it is relevant.
const relevantNow = ` JOIN judgement j ON j.article_id = a.id AND j.newest = 1 AND j.version = a.version AND j.relevant = 1 `

// Unplaced is the relevant articles first seen since then that have no place
// yet, in the order of their dates.
func (db *DB) Unplaced(ctx context.Context, seenSince time.Time) ([]digest.Article, error) {
	articles, err := list(ctx, db.read, scanArticle, `SELECT `+articleColumns+` FROM article a `+relevantNow+`
		WHERE a.first_seen >= $1 AND NOT EXISTS (SELECT 1 FROM place p WHERE p.article_id = a.id)
		ORDER BY a.dated, a.id`, seenSince.UnixMilli())
	return articles, db.say("read articles to place", err)
}

// Placed is the articles dated since then that have a place, in the order of
// their dates.
func (db *DB) Placed(ctx context.Context, datedSince time.Time) ([]digest.Placed, error) {
	placed, err := list(ctx, db.read, func(row scanner) (p digest.Placed, err error) {
		err = row.Scan(append(articleTargets(&p.Article), placeTargets(&p.Place)...)...)
		return p, err
	}, `SELECT `+articleColumns+`, `+placeColumns+` FROM article a JOIN place p ON p.article_id = a.id
		WHERE a.dated >= $1 ORDER BY a.dated, a.id`, datedSince.UnixMilli())
	return placed, db.say("read placed articles", err)
}

// KeepPlaces keeps where articles belong. The first place of an article stays.
func (db *DB) KeepPlaces(ctx context.Context, all []digest.Place) error {
	return db.tx(ctx, "keep the places", func(q querier) error {
		for _, p := range all {
			reasons, err := jsonOf(p.Reasons)
			if err != nil {
				return err
			}
			if p.At.IsZero() {
				p.At = db.now()
			}
			_, err = exec(ctx, q, `INSERT INTO place (article_id, story_id, relation, nearest, score, reasons, at)
				VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (article_id) DO NOTHING`,
				p.ArticleID, p.StoryID, string(p.Relation), p.Nearest, p.Score, reasons, p.At.UnixMilli())
			if err != nil {
				return err
			}
		}
		return nil
	})
}
