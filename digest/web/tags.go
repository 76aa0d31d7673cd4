package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"reedaily/digest"
	"reedaily/digest/render"
)

const (
	// searched is how many of the newest days are looked through for tags.
	searched = 60
	// tagsKept is how long an index of tags serves at most. It is made anew at
	// once when a newer edition is out.
	tagsKept  = time.Minute
	shownNear = 8
	feedName  = "/feed.xml"
	sinceText = "2 January 2006"
)

// kindNames are the kinds of tags as readers know them.
var kindNames = map[string]string{
	digest.TagElement: "Element", digest.TagCompany: "Company", digest.TagProject: "Project",
	digest.TagInstrument: "Policy", digest.TagPlace: "Place",
}

// tagged is one tag with its stories, newest first.
type tagged struct {
	slug, name, kind string
	stories          []told
	near             map[string]int // other tags of these stories, by slug
}

// told is a story in its edition.
type told struct {
	day               digest.Day
	number            int // its place in the edition, from 1
	scheduled, frozen time.Time
	story             digest.EditionStory
}

// path is where the story stands in its edition.
func (t told) path() string { return fmt.Sprintf("/editions/%s#story-%d", t.day, t.number) }

// tagIndex is the tags of the newest editions. Frozen editions never change,
// so one index serves until there is a newer edition.
type tagIndex struct {
	mu     sync.Mutex
	newest string
	at     time.Time
	bySlug map[string]*tagged
}

// tag is the list of stories about one name.
func (s *site) tag(w http.ResponseWriter, r *http.Request) {
	tag, ok := s.tagged(w, r)
	if !ok {
		return
	}
	data := s.page(r, tag.name)
	path := render.TagPath(tag.slug)
	data.Feed = path + feedName
	first := tag.stories[len(tag.stories)-1].day
	data.Tag = render.PageTag{
		Name: tag.name, Kind: kindNames[tag.kind],
		Count: number(len(tag.stories), "story", "stories") + " since " + first.Time().Format(sinceText),
	}
	for _, t := range tag.stories[:min(shownInArchive, len(tag.stories))] {
		data.Editions = append(data.Editions, render.PageEdition{
			Day: string(t.day), Date: t.day.Time().Format(dayText), Path: t.path(), Subject: t.story.Title, Count: outlets(t.story),
		})
	}
	data.Tag.Near = s.near(tag)
	s.show(w, http.StatusOK, "tag", data)
}

// outlets says who told a story.
func outlets(story digest.EditionStory) string {
	source := story.Lead().Source
	others := map[string]bool{}
	for _, a := range story.Also() {
		others[a.Source] = true
	}
	delete(others, source)
	if more := len(others); more > 0 {
		return source + " and " + number(more, "other", "others")
	}
	return source
}

// near are the tags most often told with this one.
func (s *site) near(tag *tagged) []render.PageLink {
	s.index.mu.Lock()
	defer s.index.mu.Unlock()
	var slugs []string
	for slug := range tag.near {
		if s.index.bySlug[slug] != nil {
			slugs = append(slugs, slug)
		}
	}
	slices.SortFunc(slugs, func(a, b string) int {
		return cmp.Or(cmp.Compare(tag.near[b], tag.near[a]), cmp.Compare(a, b))
	})
	var links []render.PageLink
	for _, slug := range slugs[:min(shownNear, len(slugs))] {
		links = append(links, render.PageLink{Name: s.index.bySlug[slug].name, Path: render.TagPath(slug)})
	}
	return links
}

// tagged finds the tag that the request names, or answers that there is none.
func (s *site) tagged(w http.ResponseWriter, r *http.Request) (*tagged, bool) {
	slug := r.PathValue("tag")
	if slug == "" || digest.TagSlug(slug) != slug {
		s.refuse(w, r, http.StatusNotFound)
		return nil, false
	}
	bySlug, err := s.tags(r.Context())
	if err != nil {
		s.later(w, r, err)
		return nil, false
	}
	tag, ok := bySlug[slug]
	if !ok {
		s.refuse(w, r, http.StatusNotFound)
	}
	return tag, ok
}

// tags is the index of tags, made anew where it may have aged.
func (s *site) tags(ctx context.Context) (map[string]*tagged, error) {
	newest, err := s.Editions.Editions(ctx, digest.CadenceDaily, 1)
	if err != nil {
		return nil, fmt.Errorf("look for a newer edition: %w", err)
	}
	mark := ""
	for _, row := range newest {
		mark = row.Key.Ref() + " " + row.SHA256
	}
	s.index.mu.Lock()
	defer s.index.mu.Unlock()
	if s.index.bySlug != nil && s.index.newest == mark && s.Now().Sub(s.index.at).Abs() < tagsKept {
		return s.index.bySlug, nil
	}
	rows, err := s.publishedRows(ctx, searched)
	if err != nil {
		return nil, err
	}
	s.index.bySlug, s.index.newest, s.index.at = indexTags(rows), mark, s.Now()
	return s.index.bySlug, nil
}

// indexTags sorts the stories of editions, newest first, by their tags. A tag
// is called as its newest story calls it.
func indexTags(rows []digest.EditionRow) map[string]*tagged {
	bySlug := map[string]*tagged{}
	for _, row := range rows {
		for i, story := range row.Edition.News() {
			var of []*tagged
			for _, t := range story.Tags {
				slug := t.Slug()
				if slug == "" || slices.ContainsFunc(of, func(o *tagged) bool { return o.slug == slug }) {
					continue
				}
				if bySlug[slug] == nil {
					bySlug[slug] = &tagged{slug: slug, name: t.Name, kind: t.Kind, near: map[string]int{}}
				}
				of = append(of, bySlug[slug])
			}
			for _, tag := range of {
				tag.stories = append(tag.stories, told{day: row.Key.Day, number: i + 1, scheduled: row.ScheduledAt, frozen: row.FrozenAt, story: story})
				for _, other := range of {
					if other != tag {
						tag.near[other.slug]++
					}
				}
			}
		}
	}
	return bySlug
}
