package digest

import (
	"strings"
	"time"
)

// LabArticle is one line that `reedaily lab` reads. It has no field for any
// label, so that none can be read.
type LabArticle struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	URL    string `json:"url"`
	Source string `json:"source"`
	Date   string `json:"date"` // UTC, as precise as it is known; may be empty
	Lang   string `json:"lang"`
}

// Article is the line as the product's own code sees it. The line's id means
// nothing to it; it is copied so that answers can name it.
func (l LabArticle) Article() Article {
	return Article{
		ID: l.ID, URL: l.URL, Canonical: l.URL, Source: l.Source, Lang: l.Lang,
		Title: l.Title, Text: l.Text, Published: l.time(), Version: 1,
	}
}

// time reads the date; the zero time if there is none or it is none.
func (l LabArticle) time() time.Time {
	s := strings.TrimSpace(l.Date)
	for _, layout := range []string{
		time.RFC3339, "2006-01-02 15:04:05-07:00", "2006-01-02T15:04:05", time.DateTime,
		"2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly, "2006-01", "2006",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
