package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"reedaily/digest"
)

const articleColumns = `a.id, a.url, a.canonical, a.feed_id, a.source, a.title, a.summary, a.text, a.author, a.lang,
	a.highlights, a.published, a.first_seen, a.version`

func articleTargets(a *digest.Article) []any {
	return []any{
		&a.ID, &a.URL, &a.Canonical, &a.FeedID, &a.Source, &a.Title, &a.Summary, &a.Text, &a.Author, &a.Lang,
		fromJSON{&a.Highlights},
		at{&a.Published},
		at{&a.FirstSeen},
		&a.Version,
	}
}

func scanArticle(row scanner) (a digest.Article, err error) {
	err = row.Scan(articleTargets(&a)...)
	return a, err
}

// keepArticles keeps a visit's articles and tells which are new or changed,
// and how many are new.
//
// The feed that showed an article first has the say over its words: another
// feed's wording of the same address would make a new version at every visit.
// Likewise where one feed has an address twice, with two wordings.
func (db *DB) keepArticles(ctx context.Context, q querier, v digest.Visit, seen time.Time) (fresh []string, added int, err error) {
	if len(v.Articles) == 0 {
		return nil, 0, nil
	}
	insert, err := q.PrepareContext(ctx, insertArticle)
	if err != nil {
		return nil, 0, err
	}
	defer insert.Close()
	articles, guids, err := db.recognized(ctx, q, v, seen)
	if err != nil {
		return nil, 0, err
	}
	for _, w := range wordings(articles) {
		is, err := db.keepArticle(ctx, q, insert, w)
		if err != nil {
			return nil, 0, err
		}
		if is == known && w.GUID != "" && guids[w.ID] == "" {
			// Kept before ids were, or by an item without one.
			_, err = exec(ctx, q, `UPDATE article SET guid = $2 WHERE id = $1 AND feed_id = $3 AND guid = ''`, w.ID, w.GUID, w.FeedID)
			if err != nil {
				return nil, 0, err
			}
		}
		if is != known {
			fresh = append(fresh, w.ID)
		}
		if is == isNew {
			added++
		}
	}
	return fresh, added, nil
}

// recognized are a visit's articles, clean and with the identities under which
// they are known, and the GUIDs of those that are.
func (db *DB) recognized(ctx context.Context, q querier, v digest.Visit, seen time.Time) ([]digest.Article, map[string]string, error) {
	articles := make([]digest.Article, len(v.Articles))
	var all []digest.Article
	for i, a := range v.Articles {
		articles[i] = clean(a, v.FeedID, seen)
	}
	for rest := articles; len(rest) > 0; {
		n := min(len(rest), idChunk)
		var ids, own []string
		for _, a := range rest[:n] {
			if ids = append(ids, a.ID); a.GUID != "" {
				own = append(own, a.GUID)
			}
			ids = append(ids, a.OtherIDs()...)
		}
		rest = rest[n:]
		found, err := list(ctx, q, scanKnown, knownSQL+`id IN (`+places(1, len(ids))+`)`, anys(ids)...)
		if err == nil && len(own) > 0 {
			all = append(all, found...)
			found, err = list(ctx, q, scanKnown, knownSQL+`guid <> '' AND feed_id = $1 AND guid IN (`+places(2, len(own))+`)
				ORDER BY first_seen DESC, id`, append([]any{v.FeedID}, anys(own)...)...)
		}
		if err != nil {
			return nil, nil, err
		}
		all = append(all, found...)
	}
	digest.Recognize(articles, all)
	guids := make(map[string]string, len(all))
	for _, k := range all {
		guids[k.ID] = k.GUID
	}
	return articles, guids, nil
}

const knownSQL = `SELECT id, canonical, feed_id, guid, title, substr(CASE summary WHEN '' THEN text ELSE summary END, 1, 600), published
	FROM article WHERE `

func scanKnown(row scanner) (a digest.Article, err error) {
	err = row.Scan(&a.ID, &a.Canonical, &a.FeedID, &a.GUID, &a.Title, &a.Summary, at{&a.Published})
	return a, err
}

// wording is an article as a visit has it first, and the fingerprints of all
// the wordings in which the visit has it, its own the first.
type wording struct {
	digest.Article
	prints []string
}

// wordings are a visit's articles, each once, in its order.
func wordings(articles []digest.Article) []wording {
	all := make([]wording, 0, len(articles))
	index := make(map[string]int, len(articles))
	for _, a := range articles {
		i, again := index[a.ID]
		if !again {
			i = len(all)
			index[a.ID] = i
			all = append(all, wording{Article: a})
		}
		all[i].prints = append(all[i].prints, a.Fingerprint())
	}
	return all
}

// clean makes an article fit to be kept and fills in what the visit knows.
func clean(a digest.Article, feedID string, seen time.Time) digest.Article {
	for _, s := range []*string{&a.URL, &a.Canonical, &a.Source, &a.Title, &a.Summary, &a.Text, &a.Author, &a.Lang, &a.GUID} {
		*s = text(*s)
	}
	a.FeedID = feedID
	if a.FirstSeen.Before(seen) {
		a.FirstSeen = seen
	}
	return a
}

type articleNews int

const (
	known articleNews = iota
	isNew
	isChanged
)

const insertArticle = `INSERT INTO article (id, url, canonical, feed_id, source, title, summary, text, author, lang,
		highlights, published, first_seen, dated, version, fingerprint, guid)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, $15, $16) ON CONFLICT (id) DO NOTHING`

func (db *DB) keepArticle(ctx context.Context, q querier, insert *sql.Stmt, a wording) (articleNews, error) {
	highlights, err := jsonOf(a.Highlights)
	if err != nil {
		return known, err
	}
	n, err := changed(insert.ExecContext(ctx, a.ID, a.URL, a.Canonical, a.FeedID, a.Source, a.Title, a.Summary, a.Text,
		a.Author, a.Lang, highlights, ms(a.Published), a.FirstSeen.UnixMilli(), a.Dated().UnixMilli(), a.prints[0], a.GUID))
	if err != nil || n == 1 {
		return isNew, err
	}
	var feedID, print string
	err = q.QueryRowContext(ctx, `SELECT feed_id, fingerprint FROM article WHERE id = $1`+db.dialect.lock, a.ID).Scan(&feedID, &print)
	if err == nil && feedID != a.FeedID {
		err = keepSighting(ctx, q, a.Article)
	}
	if err != nil || feedID != a.FeedID || slices.Contains(a.prints, print) {
		return known, err
	}
	// The first date stays: an outlet that dates an old article anew does not make it news.
	_, err = exec(ctx, q, `UPDATE article SET title = $2, summary = $3, text = $4, author = $5, lang = $6, highlights = $7,
			url = $8, source = $9, published = coalesce(published, $10), dated = coalesce(published, $10, dated),
			version = version + 1, fingerprint = $11, guid = CASE WHEN $12 <> '' THEN $12 ELSE guid END WHERE id = $1`,
		a.ID, a.Title, a.Summary, a.Text, a.Author, a.Lang, highlights, a.URL, a.Source, ms(a.Published), a.prints[0], a.GUID)
	return isChanged, err
}

// idChunk is how many ids one statement names.
const idChunk = 500

// Articles are the articles of these ids, in their order; unknown ones are left out.
func (db *DB) Articles(ctx context.Context, ids ...string) ([]digest.Article, error) {
	byID := make(map[string]digest.Article, len(ids))
	for rest := ids; len(rest) > 0; {
		n := min(len(rest), idChunk)
		found, err := list(ctx, db.read, scanArticle,
			`SELECT `+articleColumns+` FROM article a WHERE a.id IN (`+places(1, n)+`)`, anys(rest[:n])...)
		if err != nil {
			return nil, db.say("read articles", err)
		}
		for _, a := range found {
			byID[a.ID] = a
		}
		rest = rest[n:]
	}
	var all []digest.Article
	for _, id := range ids {
		if a, ok := byID[id]; ok {
			all = append(all, a)
		}
	}
	return all, nil
}

// places is n placeholders, the first of them $from.
func places(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(from+i))
	}
	return b.String()
}

func anys(ids []string) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}

// Unjudged is the articles first seen since then whose current version has no
// newest judgement by ruler, oldest first.
func (db *DB) Unjudged(ctx context.Context, ruler string, seenSince time.Time) ([]digest.Article, error) {
	articles, err := list(ctx, db.read, scanArticle, `SELECT `+articleColumns+` FROM article a
		WHERE a.first_seen >= $1 AND NOT EXISTS (SELECT 1 FROM judgement j
			WHERE j.article_id = a.id AND j.newest = 1 AND j.version = a.version AND j.ruler = $2)
		ORDER BY a.first_seen, a.id`, seenSince.UnixMilli(), ruler)
	return articles, db.say("read articles to judge", err)
}

// KeepJudgements keeps judgements with their reasons; each becomes the newest
// of its article. Older ones stay, one a version and ruler.
func (db *DB) KeepJudgements(ctx context.Context, judgements []digest.Judgement) error {
	return db.tx(ctx, "keep the judgements", func(q querier) error {
		for _, j := range judgements {
			if err := db.keepJudgement(ctx, q, j); err != nil {
				return err
			}
		}
		return nil
	})
}

func (db *DB) keepJudgement(ctx context.Context, q querier, j digest.Judgement) error {
	reasons, err := jsonOf(j.Reasons)
	if err != nil {
		return err
	}
	if j.At.IsZero() {
		j.At = db.now()
	}
	if _, err := exec(ctx, q, `UPDATE judgement SET newest = 0 WHERE article_id = $1 AND newest = 1`, j.ArticleID); err != nil {
		return err
	}
	_, err = exec(ctx, q, `INSERT INTO judgement (article_id, version, ruler, relevant, grade, score, reasons, at, newest)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
		ON CONFLICT (article_id, version, ruler) DO UPDATE SET relevant = excluded.relevant, grade = excluded.grade,
			score = excluded.score, reasons = excluded.reasons, at = excluded.at, newest = 1`,
		j.ArticleID, j.Version, j.Ruler, flag(j.Relevant), string(j.Grade), j.Score, reasons, j.At.UnixMilli())
	return err
}

// Judgement is the newest judgement of an article.
func (db *DB) Judgement(ctx context.Context, articleID string) (digest.Judgement, error) {
	j, err := one(ctx, db.read, func(row scanner) (j digest.Judgement, err error) {
		err = row.Scan(judgementTargets(&j)...)
		return j, err
	}, `SELECT `+judgementColumns+` FROM judgement j WHERE j.article_id = $1 AND j.newest = 1`, articleID)
	if errors.Is(err, digest.ErrNotFound) {
		return digest.Judgement{}, err
	}
	return j, db.say("read the judgement", err)
}

const judgementColumns = `j.article_id, j.version, j.ruler, j.relevant, j.grade, j.score, j.reasons, j.at`

func judgementTargets(j *digest.Judgement) []any {
	return []any{&j.ArticleID, &j.Version, &j.Ruler, &j.Relevant, &j.Grade, &j.Score, fromJSON{&j.Reasons}, at{&j.At}}
}
