package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"reedaily/digest"
	"reedaily/digest/render"
)

// shownInFeed is how many entries a feed has at most.
const shownInFeed = 30

// feed is the Atom feed of all editions.
func (s *site) feed(w http.ResponseWriter, r *http.Request) {
	rows, err := s.publishedRows(r.Context(), shownInFeed)
	if err != nil {
		s.later(w, r, err)
		return
	}
	f := render.Feed{Path: "/feed.xml", Page: "/editions"}
	for _, row := range rows {
		entry := render.FeedEntry{
			Path: "/editions/" + string(row.Key.Day), Title: row.Edition.Subject,
			Published: row.ScheduledAt, Updated: row.FrozenAt,
		}
		for _, story := range row.Edition.News() {
			lead := story.Lead()
			entry.Lines = append(entry.Lines, render.FeedLine{Text: story.Title, URL: lead.URL, Source: lead.Source})
		}
		if entry.Lines == nil {
			entry.Lines = []render.FeedLine{{Text: row.Edition.Note}}
		}
		f.Entries = append(f.Entries, entry)
	}
	s.sendFeed(w, r, f)
}

// tagFeed is the Atom feed of one tag's stories.
func (s *site) tagFeed(w http.ResponseWriter, r *http.Request) {
	tag, ok := s.tagged(w, r)
	if !ok {
		return
	}
	path := render.TagPath(tag.slug)
	f := render.Feed{Path: path + feedName, Page: path, Title: tag.name}
	for _, t := range tag.stories[:min(shownInFeed, len(tag.stories))] {
		entry := render.FeedEntry{Path: t.path(), Title: t.story.Title, Lang: t.story.Lang, Published: t.scheduled, Updated: t.frozen}
		lead := t.story.Lead()
		entry.Lines = append(entry.Lines, render.FeedLine{Text: t.story.Title, URL: lead.URL, Source: lead.Source})
		for _, h := range t.story.Highlights {
			entry.Lines = append(entry.Lines, render.FeedLine{Text: h.Text, Source: credit(h)})
		}
		f.Entries = append(f.Entries, entry)
	}
	s.sendFeed(w, r, f)
}

// credit is a highlight's source and, where it is not a quotation, whose words it is in.
func credit(h digest.Highlight) string {
	if h.Rewritten {
		return strings.TrimPrefix(h.Source+", in our words", ", ")
	}
	return h.Source
}

// sendFeed sends a feed, or says that the reader's copy is still good.
func (s *site) sendFeed(w http.ResponseWriter, r *http.Request, f render.Feed) {
	f.Updated = time.Unix(0, 0)
	for _, e := range f.Entries {
		if e.Updated.After(f.Updated) {
			f.Updated = e.Updated
		}
	}
	body, err := s.Pages.Feed(f, s.Site)
	if err != nil {
		s.later(w, r, err)
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	w.Header().Set("ETag", tag)
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	send(w, http.StatusOK, "application/atom+xml; charset=utf-8", body)
}
