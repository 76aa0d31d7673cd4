package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"reedaily/digest"
	"reedaily/digest/door"
	"reedaily/digest/render"
)

const (
	shownAtHome    = 5
	shownInArchive = 90
	// among is how many rows are looked through for one edition: quiet days have rows, too.
	among   = 3
	dayText = "Monday, 2 January 2006"
)

// archive is the list of editions.
func (s *site) archive(w http.ResponseWriter, r *http.Request) {
	list, err := s.latest(r.Context(), shownInArchive)
	if err != nil {
		s.later(w, r, err)
		return
	}
	data := s.page(r, "Editions")
	data.Here = "editions"
	data.Editions = list
	s.show(w, http.StatusOK, "editions", data)
}

// latest is up to n published editions, newest first.
func (s *site) latest(ctx context.Context, n int) ([]render.PageEdition, error) {
	rows, err := s.publishedRows(ctx, n)
	if err != nil {
		return nil, err
	}
	list := make([]render.PageEdition, 0, n)
	for _, row := range rows {
		list = append(list, render.PageEdition{
			Day: string(row.Key.Day), Date: row.Key.Day.Time().Format(dayText),
			Path: "/editions/" + string(row.Key.Day), Subject: row.Edition.Subject, Count: count(row.Edition),
		})
	}
	return list, nil
}

// publishedRows is the same with all that is in them.
func (s *site) publishedRows(ctx context.Context, n int) ([]digest.EditionRow, error) {
	rows, err := s.Editions.Editions(ctx, digest.CadenceDaily, n*among)
	if err != nil {
		return nil, fmt.Errorf("list editions: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(row digest.EditionRow) bool { return !published(row) })
	slices.SortFunc(rows, func(a, b digest.EditionRow) int { return cmp.Compare(b.Key.Day, a.Key.Day) })
	return rows[:min(n, len(rows))], nil
}

// published says whether everybody may read the edition.
func published(row digest.EditionRow) bool {
	switch row.State {
	case digest.EditionFrozen, digest.EditionSending, digest.EditionDone:
		return true
	}
	return false
}

// count says how much an edition tells; empty on a quiet day.
func count(e digest.Edition) string {
	articles := 0
	news := e.News()
	for _, story := range news {
		articles += len(story.Articles)
	}
	stories := number(len(news), "story", "stories")
	switch {
	case len(news) == 0:
		return ""
	case articles <= len(news):
		return stories
	}
	return stories + " from " + number(articles, "article", "articles")
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// edition is one day's edition as the readers got it.
func (s *site) edition(w http.ResponseWriter, r *http.Request) {
	day, err := digest.ParseDay(r.PathValue("day"))
	if err != nil || string(day) != r.PathValue("day") {
		s.refuse(w, r, http.StatusNotFound)
		return
	}
	key := digest.EditionKey{Cadence: digest.CadenceDaily, Day: day}
	row, err := s.Editions.Edition(r.Context(), key)
	switch {
	case errors.Is(err, digest.ErrNotFound):
		s.refuse(w, r, http.StatusNotFound)
		return
	case err != nil:
		s.later(w, r, err)
		return
	case row.State == digest.EditionSkipped:
		s.noEdition(w, r, row)
		return
	case !published(row):
		s.refuse(w, r, http.StatusNotFound)
		return
	}
	view, err := s.Editions.View(r.Context(), key, render.MailView)
	if err != nil {
		s.later(w, r, err)
		return
	}
	page, err := s.Pages.WebPage(view, s.Site)
	if err != nil {
		s.later(w, r, err)
		return
	}
	send(w, http.StatusOK, "text/html; charset=utf-8", page)
}

// noEdition explains a day without an edition.
func (s *site) noEdition(w http.ResponseWriter, r *http.Request, row digest.EditionRow) {
	s.door.Headers(w.Header(), door.Public)
	data := s.page(r, "No edition")
	data.Day = row.Key.Day.Time().Format(dayText)
	data.Reason = "That morning brought no news worth a mail, so none went out."
	if row.Reason == digest.SkipMissed {
		data.Reason = "That morning passed without an edition. Its news stands in the one that followed."
	}
	s.show(w, http.StatusOK, "quiet", data)
}

// asset is a style sheet or an icon.
func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := s.Pages.Asset(r.PathValue("name"))
	if !ok {
		s.refuse(w, r, http.StatusNotFound)
		return
	}
	send(w, http.StatusOK, a.Type, a.Body)
}

// health says whether the site can do its work.
func (s *site) health(w http.ResponseWriter, r *http.Request) {
	if _, err := s.Editions.Editions(r.Context(), digest.CadenceDaily, 1); err != nil {
		s.later(w, r, err)
		return
	}
	send(w, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
}

// robots keeps crawlers away from what is not for them.
func robots(w http.ResponseWriter, _ *http.Request) {
	send(w, http.StatusOK, "text/plain; charset=utf-8",
		[]byte("User-agent: *\nDisallow: /c/\nDisallow: /u/\nDisallow: /subscribe\nDisallow: /embed\n"))
}
