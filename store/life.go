package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"reedaily/digest"
)

// Lives are the lives of these articles, in their order, as the editions of a
// cadence go; unknown ones are left out.
func (db *DB) Lives(ctx context.Context, cadence string, ids ...string) ([]digest.Life, error) {
	articles, err := db.Articles(ctx, ids...)
	if err != nil {
		return nil, err
	}
	r := lifeReader{db: db, ctx: ctx, cadence: cadence, editions: map[digest.Day]digest.Edition{}}
	if err := r.frame(); err != nil {
		return nil, db.say("read the lives of articles", err)
	}
	lives := make([]digest.Life, 0, len(articles))
	for chunk := range slices.Chunk(articles, idChunk) {
		some, err := r.read(chunk)
		if err != nil {
			return nil, db.say("read the lives of articles", err)
		}
		lives = append(lives, some...)
	}
	return lives, nil
}

// Calendar is all editions of a cadence without what they tell, oldest first.
func (db *DB) Calendar(ctx context.Context, cadence string) ([]digest.EditionRow, error) {
	rows, err := list(ctx, db.read, func(row scanner) (e digest.EditionRow, err error) {
		err = row.Scan(&e.Key.Cadence, &e.Key.Day, &e.State, &e.Reason, at{&e.ScheduledAt}, at{&e.Cutoff}, at{&e.FrozenAt})
		return e, err
	}, `SELECT cadence, day, state, reason, scheduled_at, cutoff, frozen_at FROM edition WHERE cadence = $1 ORDER BY day`, cadence)
	return rows, db.say("read the calendar", err)
}

// lifeReader reads many lives and what they share once.
type lifeReader struct {
	db       *DB
	ctx      context.Context
	cadence  string
	rows     []digest.EditionRow // of the cadence, without content
	feeds    map[string]digest.Feed
	editions map[digest.Day]digest.Edition
}

func (r *lifeReader) frame() (err error) {
	if r.rows, err = r.db.Calendar(r.ctx, r.cadence); err != nil {
		return err
	}
	feeds, err := r.db.Feeds(r.ctx)
	r.feeds = map[string]digest.Feed{}
	for _, f := range feeds {
		r.feeds[f.ID] = f.Feed
	}
	return err
}

func (r *lifeReader) read(articles []digest.Article) ([]digest.Life, error) {
	ids := make([]string, len(articles))
	for i, a := range articles {
		ids[i] = a.ID
	}
	judgements, err := r.db.Judgements(r.ctx, ids...)
	if err != nil {
		return nil, err
	}
	places, err := r.db.Places(r.ctx, ids...)
	if err != nil {
		return nil, err
	}
	stories, err := r.stories(places)
	if err != nil {
		return nil, err
	}
	sightings, err := r.sightings(ids)
	if err != nil {
		return nil, err
	}
	pages, err := r.pages(ids)
	if err != nil {
		return nil, err
	}
	told, err := r.told(ids)
	if err != nil {
		return nil, err
	}
	notes, err := r.notes(ids)
	if err != nil {
		return nil, err
	}
	lives := make([]digest.Life, len(articles))
	for i, a := range articles {
		lives[i] = digest.Life{
			Article: a, Feed: r.feeds[a.FeedID], Notes: notes[a.ID], Sightings: sightings[a.ID], Page: pages[a.ID], Judgements: judgements[a.ID],
			Place: places[a.ID], Told: told[a.ID], Morning: digest.MorningOf(r.rows, a.FirstSeen),
		}
		for _, rel := range stories[places[a.ID].StoryID] {
			if rel.ID != a.ID {
				lives[i].Story = append(lives[i].Story, rel)
			}
		}
	}
	return lives, nil
}

// stories are the articles of the stories that the places name.
func (r *lifeReader) stories(placed map[string]digest.Place) (map[string][]digest.Relative, error) {
	seen := map[string]bool{}
	var ids []string
	for _, p := range placed {
		if !seen[p.StoryID] {
			seen[p.StoryID] = true
			ids = append(ids, p.StoryID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	all, err := list(r.ctx, r.db.read, func(row scanner) (rel digest.Relative, err error) {
		err = row.Scan(append(placeTargets(&rel.Place), &rel.URL, &rel.Title, &rel.Source, at{&rel.Dated}, str{(*string)(&rel.Told)})...)
		rel.ID = rel.Place.ArticleID
		return rel, err
	}, `SELECT `+placeColumns+`, a.url, a.title, a.source, a.dated, i.day FROM place p
		JOIN article a ON a.id = p.article_id
		LEFT JOIN edition_item i ON i.cadence = $1 AND i.article_id = p.article_id
		WHERE p.story_id IN (`+places(2, len(ids))+`) ORDER BY a.dated, a.id`, append([]any{r.cadence}, anys(ids)...)...)
	stories := map[string][]digest.Relative{}
	for _, rel := range all {
		stories[rel.Place.StoryID] = append(stories[rel.Place.StoryID], rel)
	}
	return stories, err
}

func (r *lifeReader) sightings(ids []string) (map[string][]digest.Sighting, error) {
	type row struct {
		article, feed string
		at            time.Time
	}
	all, err := list(r.ctx, r.db.read, func(s scanner) (x row, err error) {
		err = s.Scan(&x.article, &x.feed, at{&x.at})
		return x, err
	}, `SELECT article_id, feed_id, at FROM sighting WHERE article_id IN (`+places(1, len(ids))+`) ORDER BY at, feed_id`, anys(ids)...)
	sightings := map[string][]digest.Sighting{}
	for _, x := range all {
		sightings[x.article] = append(sightings[x.article], digest.Sighting{Feed: r.feeds[x.feed], At: x.at})
	}
	return sightings, err
}

// notes are those of the visits that showed the articles first, as long as
// these visits are remembered. An article counts as first seen a little after its
// visit where that was kept just after a cutoff.
func (r *lifeReader) notes(ids []string) (map[string][]string, error) {
	type row struct {
		article string
		notes   []string
	}
	all, err := list(r.ctx, r.db.read, func(s scanner) (n row, err error) {
		err = s.Scan(&n.article, fromJSON{&n.notes})
		return n, err
	}, `SELECT a.id, v.notes FROM article a JOIN visit v ON v.feed_id = a.feed_id AND v.at = (
			SELECT max(x.at) FROM visit x WHERE x.feed_id = a.feed_id AND x.at <= a.first_seen AND x.fresh > 0)
		WHERE a.id IN (`+places(1, len(ids))+`) ORDER BY v.id`, anys(ids)...)
	notes := map[string][]string{}
	for _, n := range all {
		notes[n.article] = n.notes
	}
	return notes, err
}

// pages are what came of reading the newest versions.
func (r *lifeReader) pages(ids []string) (map[string]digest.Page, error) {
	all, err := list(r.ctx, r.db.read, func(s scanner) (p digest.Page, err error) {
		err = s.Scan(&p.ArticleID, &p.Version, at{&p.At}, &p.Status, &p.URL, &p.Image, &p.Err)
		return p, err
	}, `SELECT article_id, version, at, status, url, image, error FROM page
		WHERE article_id IN (`+places(1, len(ids))+`) ORDER BY version`, anys(ids)...)
	pages := map[string]digest.Page{}
	for _, p := range all {
		pages[p.ArticleID] = p
	}
	return pages, err
}

// told finds articles in the editions that told them.
func (r *lifeReader) told(ids []string) (map[string]digest.Telling, error) {
	type row struct {
		article string
		day     digest.Day
	}
	all, err := list(r.ctx, r.db.read, func(s scanner) (x row, err error) {
		err = s.Scan(&x.article, &x.day)
		return x, err
	}, `SELECT article_id, day FROM edition_item WHERE cadence = $1 AND article_id IN (`+places(2, len(ids))+`)`,
		append([]any{r.cadence}, anys(ids)...)...)
	if err != nil {
		return nil, err
	}
	told := map[string]digest.Telling{}
	for _, x := range all {
		ed, ok := r.editions[x.day]
		if !ok {
			row, err := edition(r.ctx, r.db.read, digest.EditionKey{Cadence: r.cadence, Day: x.day})
			if err != nil {
				return nil, err
			}
			ed = row.Edition
			r.editions[x.day] = ed
		}
		told[x.article] = telling(ed, x.article)
	}
	return told, nil
}

func telling(ed digest.Edition, articleID string) digest.Telling {
	t := digest.Telling{Day: ed.Key.Day, Stories: len(ed.Stories)}
	for i, s := range ed.Stories {
		for j, a := range s.Articles {
			if a.ID == articleID {
				t.Position, t.Nth, t.Story = i+1, j+1, s
			}
		}
	}
	return t
}

// Judgements are all judgements of these articles by id, the one that counts last.
func (db *DB) Judgements(ctx context.Context, ids ...string) (map[string][]digest.Judgement, error) {
	all, err := byID(ctx, db, ids, func(row scanner) (j digest.Judgement, err error) {
		err = row.Scan(judgementTargets(&j)...)
		return j, err
	}, `SELECT `+judgementColumns+` FROM judgement j WHERE j.article_id IN (`, `) ORDER BY j.newest, j.at, j.version, j.ruler`)
	judgements := map[string][]digest.Judgement{}
	for _, j := range all {
		judgements[j.ArticleID] = append(judgements[j.ArticleID], j)
	}
	return judgements, db.say("read judgements", err)
}

// Places are the places of these articles by id; those without one are left out.
func (db *DB) Places(ctx context.Context, ids ...string) (map[string]digest.Place, error) {
	all, err := byID(ctx, db, ids, func(row scanner) (p digest.Place, err error) {
		err = row.Scan(placeTargets(&p)...)
		return p, err
	}, `SELECT `+placeColumns+` FROM place p WHERE p.article_id IN (`, `)`)
	found := map[string]digest.Place{}
	for _, p := range all {
		found[p.ArticleID] = p
	}
	return found, db.say("read places", err)
}

// byID asks for all ids, idChunk at a time.
func byID[T any](ctx context.Context, db *DB, ids []string, scan func(scanner) (T, error), before, after string) ([]T, error) {
	var all []T
	for chunk := range slices.Chunk(ids, idChunk) {
		some, err := list(ctx, db.read, scan, before+places(1, len(chunk))+after, anys(chunk)...)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// keepSighting notes that a further feed showed an article.
func keepSighting(ctx context.Context, q querier, a digest.Article) error {
	_, err := exec(ctx, q, `INSERT INTO sighting (article_id, feed_id, at) VALUES ($1, $2, $3)
		ON CONFLICT (article_id, feed_id) DO NOTHING`, a.ID, a.FeedID, a.FirstSeen.UnixMilli())
	return err
}

// Seen is the articles first seen after one time and until another, oldest first.
func (db *DB) Seen(ctx context.Context, after, upTo time.Time) ([]digest.Article, error) {
	articles, err := list(ctx, db.read, scanArticle, `SELECT `+articleColumns+` FROM article a
		WHERE a.first_seen > $1 AND a.first_seen <= $2 ORDER BY a.first_seen, a.id`, after.UnixMilli(), upTo.UnixMilli())
	return articles, db.say("read the articles seen", err)
}

// Lately is what each of these outlets published since then, on whatever
// subject: of each the newest articles, at most so many, newest first.
func (db *DB) Lately(ctx context.Context, seenSince time.Time, each int, outlets ...string) ([]digest.Article, error) {
	var articles []digest.Article
	for some := range slices.Chunk(outlets, idChunk) {
		found, err := list(ctx, db.read, scanArticle, `SELECT `+articleColumns+` FROM article a WHERE a.id IN (
				SELECT n.id FROM (SELECT id, row_number() OVER (PARTITION BY source ORDER BY first_seen DESC, id) AS place
					FROM article WHERE first_seen >= $1 AND source IN (`+places(3, len(some))+`)) n WHERE n.place <= $2)
			ORDER BY a.first_seen DESC, a.id`,
			append([]any{seenSince.UnixMilli(), each}, anys(some)...)...)
		if err != nil {
			return nil, db.say("read what outlets published lately", err)
		}
		articles = append(articles, found...)
	}
	return articles, nil
}

// Remembered is what a morning at upTo knows: the articles first seen since
// then, and all of the stories that were under way since then, oldest first.
func (db *DB) Remembered(ctx context.Context, since, upTo time.Time) ([]digest.Article, error) {
	articles, err := list(ctx, db.read, scanArticle, `SELECT `+articleColumns+` FROM article a
		WHERE a.first_seen <= $2 AND (a.first_seen >= $1 OR a.id IN (SELECT p.article_id FROM place p
			WHERE p.story_id IN (SELECT o.story_id FROM place o JOIN article b ON b.id = o.article_id
				WHERE b.first_seen >= $1 OR b.dated >= $1)))
		ORDER BY a.first_seen, a.id`, since.UnixMilli(), upTo.UnixMilli())
	return articles, db.say("read the articles of earlier days", err)
}

// AtAddress is the articles at these addresses, whether an address is spelt as
// the outlet or as the canonical one does.
func (db *DB) AtAddress(ctx context.Context, addresses ...string) ([]digest.Article, error) {
	var ids []string
	for _, u := range addresses {
		if id := digest.ArticleID(u); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	found, err := db.Articles(ctx, ids...)
	if err != nil || len(found) > 0 || len(addresses) == 0 {
		return found, err
	}
	// No index has the outlet's own spelling: it is asked for by hand, and rarely.
	found, err = byID(ctx, db, addresses, scanArticle,
		`SELECT `+articleColumns+` FROM article a WHERE a.url IN (`, `) ORDER BY a.first_seen, a.id`)
	return found, db.say("find an article by its address", err)
}

// Beginning is the articles whose ids begin so, at most limit. An id is
// written in lower-case hex digits.
func (db *DB) Beginning(ctx context.Context, id string, limit int) ([]digest.Article, error) {
	found, err := list(ctx, db.read, scanArticle, `SELECT `+articleColumns+` FROM article a
		WHERE a.id >= $1 AND a.id < $2 ORDER BY a.id LIMIT $3`, id, id+"g", limit)
	return found, db.say("find an article by the beginning of its id", err)
}

// Titled is the newest articles whose titles have all the words, in any case
// and order, at most limit.
func (db *DB) Titled(ctx context.Context, words []string, limit int) ([]digest.Article, error) {
	ids, err := db.titled(ctx, words, limit)
	if err != nil {
		return nil, db.say("find articles by words", err)
	}
	return db.Articles(ctx, ids...)
}

// titled looks through all titles: the databases disagree about letter case
// beyond ASCII, so that words are compared here.
func (db *DB) titled(ctx context.Context, words []string, limit int) (ids []string, err error) {
	rows, err := db.read.QueryContext(ctx, `SELECT a.id, a.title FROM article a ORDER BY a.first_seen DESC, a.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = strings.ToLower(w)
	}
	for len(ids) < limit && rows.Next() {
		var id, title string
		if err := rows.Scan(&id, &title); err != nil {
			return nil, err
		}
		title = strings.ToLower(title)
		if !slices.ContainsFunc(folded, func(w string) bool { return !strings.Contains(title, w) }) {
			ids = append(ids, id)
		}
	}
	return ids, rows.Err()
}
