package collect

import (
	"time"

	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

// Source and Parsed are the parser's in- and output.
type (
	Source = parse.Source
	Parsed = parse.Feed
)

// Parse reads one document; the error says in one sentence why there is no
// feed in it.
func Parse(body []byte, src Source) (Parsed, error) { return parse.Parse(body, src) }

// LabFeed is one line of "reedaily lab feed": a feed as we read it, before
// anything is decided about it. Texts may be HTML.
type LabFeed struct {
	File  string    `json:"file"`
	Feed  LabHead   `json:"feed"`
	Items []LabItem `json:"items"`
	Error string    `json:"error,omitempty"`
}

// LabHead is what a feed says of itself. Times are RFC 3339 in UTC, or empty.
type LabHead struct {
	Title     string `json:"title"`
	URL       string `json:"url"`
	ID        string `json:"id"`
	Summary   string `json:"summary"`
	Published string `json:"published"`
	Updated   string `json:"updated"`
}

// LabItem is one item, in the feed's order.
type LabItem struct {
	Title     string `json:"title"`
	URL       string `json:"url"`
	ID        string `json:"id"`
	Summary   string `json:"summary"`
	Content   string `json:"content"`
	Published string `json:"published"`
	Updated   string `json:"updated"`
	Author    string `json:"author"`
	Lang      string `json:"lang"`
}

// LabLine reads one file for "reedaily lab feed"; what cannot be read gives
// its Error and no items.
func LabLine(name string, body []byte) LabFeed {
	out := LabFeed{File: name, Items: []LabItem{}}
	f, err := Parse(body, Source{})
	if err != nil {
		out.Error = err.Error()
		return out
	}
	out.Feed = LabHead{Title: plain.Shown(f.Title), URL: f.URL, ID: f.ID, Summary: plain.Shown(f.Summary), Published: stamp(f.Published), Updated: stamp(f.Updated)}
	for _, it := range f.Items {
		lang := it.Lang
		if lang == "" {
			lang = f.Lang
		}
		summary := it.Summary
		if summary == "" {
			summary = it.Content // as other readers do
		}
		out.Items = append(out.Items, LabItem{
			Title: plain.Shown(it.Title), URL: it.URL, ID: it.ID, Summary: plain.Shown(summary), Content: plain.Shown(it.Content),
			Published: stamp(it.Published), Updated: stamp(it.Updated), Author: it.Author, Lang: lang,
		})
	}
	return out
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
