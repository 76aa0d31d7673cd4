package store

import (
	"context"
	"time"

	"reedaily/digest"
)

// PagesToRead is the articles whose page should be read: first seen and dated
// since then, judged to be about the topic or to touch it, and not read yet in
// their current version. The surest come first, at most limit.
func (db *DB) PagesToRead(ctx context.Context, seenSince, datedSince time.Time, limit int) ([]digest.Article, error) {
	articles, err := list(ctx, db.read, scanArticle, `SELECT `+articleColumns+` FROM article a
		JOIN judgement j ON j.article_id = a.id AND j.newest = 1 AND j.grade IN ('core', 'partly')
		WHERE a.first_seen >= $1 AND a.dated >= $2
		  AND NOT EXISTS (SELECT 1 FROM page p WHERE p.article_id = a.id AND p.version = a.version)
		ORDER BY j.relevant DESC, j.score DESC, a.id LIMIT $3`,
		seenSince.UnixMilli(), datedSince.UnixMilli(), limit)
	return articles, db.say("read which pages are to be read", err)
}

// KeepPage keeps that a page was read and puts what came of it into the
// article, as long as the article's version is the one that was read. Text is
// only ever replaced by one that is longer than text and summary; the outlet's
// own date stays. Of a page that may be there another time nothing is kept, so
// that it is still to be read. The article's version and fingerprint are those
// of its feed and do not change.
func (db *DB) KeepPage(ctx context.Context, p digest.Page) error {
	if p.Again {
		return nil
	}
	return db.tx(ctx, "keep the page", func(q querier) error {
		n, err := exec(ctx, q, `INSERT INTO page (article_id, version, at, status, url, image, length, error)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (article_id, version) DO NOTHING`,
			p.ArticleID, p.Version, p.At.UnixMilli(), p.Status, text(p.URL), text(p.Image), len(p.Text), text(p.Err))
		if err != nil || n == 0 || p.Err != "" {
			return err
		}
		highlights := p.Highlights
		if highlights == nil {
			highlights = []string{}
		}
		list, err := jsonOf(highlights)
		if err != nil {
			return err
		}
		_, err = exec(ctx, q, `UPDATE article SET
				text = CASE WHEN length($3) > length(text) AND length($3) > length(summary) THEN $3 ELSE text END,
				author = CASE WHEN author = '' THEN $4 ELSE author END,
				lang = CASE WHEN lang = '' THEN $5 ELSE lang END,
				highlights = CASE WHEN $6 <> '[]' THEN $6 ELSE highlights END,
				published = coalesce(published, $7), dated = coalesce(published, $7, dated)
			WHERE id = $1 AND version = $2`,
			p.ArticleID, p.Version, text(p.Text), text(p.Author), text(p.Lang), list, ms(p.Published))
		return err
	})
}
