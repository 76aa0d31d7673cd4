package main

import (
	"time"

	"reedaily/cmd/internal/reedit"
	"reedaily/digest"
	"reedaily/digest/collect"
)

// The shapes of why --json, rejects --json and replay --json. Times are UTC; one that is not
// known is left out.

type lifeJSON struct {
	ID         string          `json:"id"` // lists show its beginning
	URL        string          `json:"url"`
	Title      string          `json:"title"`
	Source     string          `json:"source"`
	Lang       string          `json:"lang,omitempty"`
	Published  time.Time       `json:"published,omitzero"`
	FirstSeen  time.Time       `json:"first_seen"`
	Version    int             `json:"version"`
	Feed       string          `json:"feed"`
	DateNotes  []string        `json:"date_notes,omitempty"` // why its date is not what its feed says
	AlsoIn     []sightingJSON  `json:"also_in,omitempty"`
	Page       *pageJSON       `json:"page,omitempty"`
	Judgements []judgementJSON `json:"judgements"` // the one that counts last
	Story      *placeJSON      `json:"story,omitempty"`
	Told       *tellingJSON    `json:"told,omitempty"`
	Fate       digest.Fate     `json:"fate"`
	Why        string          `json:"why"`
	Morning    digest.Day      `json:"morning,omitempty"` // the edition that it was there for
	Missed     []digest.Day    `json:"missed,omitempty"`
}

type sightingJSON struct {
	Feed string    `json:"feed"`
	At   time.Time `json:"at"`
}

type pageJSON struct {
	At     time.Time `json:"at"`
	Status int       `json:"status"`
	Error  string    `json:"error,omitempty"`
}

type judgementJSON struct {
	Relevant bool            `json:"relevant"`
	Grade    digest.Grade    `json:"grade"`
	Score    float64         `json:"score"`
	Reasons  []digest.Reason `json:"reasons"`
	Version  int             `json:"version"`
	Ruler    string          `json:"ruler"`
	At       time.Time       `json:"at"`
}

type placeJSON struct {
	ID       string          `json:"id"`
	Relation digest.Relation `json:"relation"`
	Nearest  string          `json:"nearest,omitempty"` // its address
	Score    float64         `json:"score"`
	Reasons  []digest.Reason `json:"reasons,omitempty"`
	Others   []relativeJSON  `json:"others"`
}

type relativeJSON struct {
	URL      string          `json:"url"`
	Title    string          `json:"title"`
	Source   string          `json:"source"`
	Dated    time.Time       `json:"dated"`
	Relation digest.Relation `json:"relation"`
	Score    float64         `json:"score"`
	Told     digest.Day      `json:"told,omitempty"`
}

type tellingJSON struct {
	Day      digest.Day      `json:"day"`
	Position int             `json:"position"` // of the story, from 1
	Stories  int             `json:"stories"`
	Nth      int             `json:"nth"` // of the article in its story, from 1
	Score    float64         `json:"score"`
	Signals  []digest.Reason `json:"signals"`
	// Highlights are those that come from this article.
	Highlights []digest.Highlight `json:"highlights,omitempty"`
}

// briefJSON is an article in a list.
type briefJSON struct {
	ID        string      `json:"id"`
	URL       string      `json:"url"`
	Title     string      `json:"title"`
	Source    string      `json:"source"`
	FirstSeen time.Time   `json:"first_seen"`
	Score     float64     `json:"score"` // of relevance
	Fate      digest.Fate `json:"fate"`
	Why       string      `json:"why"`
}

type hitsJSON struct {
	Articles []briefJSON `json:"articles"`
	More     bool        `json:"more"`
}

type dayJSON struct {
	Day     digest.Day  `json:"day"`
	State   string      `json:"state"` // empty where there is no edition
	Subject string      `json:"subject"`
	Told    []toldJSON  `json:"told"`
	Untold  []briefJSON `json:"untold"`
	Rejects []briefJSON `json:"rejects"`
}

type toldJSON struct {
	storyJSON
	Score   float64         `json:"score"`
	Signals []digest.Reason `json:"signals"`
}

type rejectsJSON struct {
	Day     digest.Day  `json:"day"`
	Seen    int         `json:"seen"`
	Rejects []briefJSON `json:"rejects"`
	More    int         `json:"more"`
}

func newToldJSON(s digest.EditionStory) toldJSON {
	return toldJSON{newStoryJSON(s), s.Score, s.Signals}
}

func (t teller) briefs(lives []digest.Life) []briefJSON {
	out := make([]briefJSON, len(lives))
	for i, l := range lives {
		a := l.Article
		out[i] = briefJSON{
			ID: a.ID, URL: a.URL, Title: a.Title, Source: a.Source, FirstSeen: a.FirstSeen, Score: l.Judgement().Score,
			Fate: l.Verdict(t.maxAge).Fate, Why: t.verdict(l),
		}
	}
	return out
}

func (t teller) lifeJSON(l digest.Life) lifeJSON {
	a := l.Article
	out := lifeJSON{
		ID: a.ID, URL: a.URL, Title: a.Title, Source: a.Source, Lang: a.Lang, Published: a.Published, FirstSeen: a.FirstSeen,
		Version: a.Version, Feed: l.Feed.Name, DateNotes: collect.NotesOn(a.Title, l.Notes), Judgements: []judgementJSON{},
		Fate: l.Verdict(t.maxAge).Fate, Why: t.verdict(l), Morning: l.Morning.Edition.Key.Day, Missed: l.Morning.Missed,
	}
	for _, s := range l.Sightings {
		out.AlsoIn = append(out.AlsoIn, sightingJSON{s.Feed.Name, s.At})
	}
	if p := l.Page; p.Version > 0 {
		out.Page = &pageJSON{p.At, p.Status, p.Err}
	}
	for _, j := range l.Judgements {
		out.Judgements = append(out.Judgements, judgementJSON{j.Relevant, j.Grade, j.Score, some(j.Reasons), j.Version, j.Ruler, j.At})
	}
	if l.Place.StoryID != "" {
		out.Story = newPlaceJSON(l)
	}
	if told := l.Told; told.Day != "" {
		out.Told = &tellingJSON{
			Day: told.Day, Position: told.Position, Stories: told.Stories, Nth: told.Nth,
			Score: told.Story.Score, Signals: some(told.Story.Signals),
		}
		for _, h := range told.Story.Highlights {
			if h.ArticleID == a.ID {
				out.Told.Highlights = append(out.Told.Highlights, h)
			}
		}
	}
	return out
}

func newPlaceJSON(l digest.Life) *placeJSON {
	p := &placeJSON{
		ID: l.Place.StoryID, Relation: l.Place.Relation, Score: l.Place.Score, Reasons: l.Place.Reasons, Others: []relativeJSON{},
	}
	for _, r := range l.Story {
		if r.ID == l.Place.Nearest {
			p.Nearest = r.URL
		}
		p.Others = append(p.Others, relativeJSON{r.URL, r.Title, r.Source, r.Dated, r.Place.Relation, r.Place.Score, r.Told})
	}
	return p
}

// replayedJSON is one line of replay --json.
type replayedJSON struct {
	Day     digest.Day   `json:"day"`
	Changed bool         `json:"changed"`
	Was     remadeJSON   `json:"was"`
	Is      remadeJSON   `json:"is"`
	Changes []changeJSON `json:"changes"`
}

type remadeJSON struct {
	State   string      `json:"state"`
	Subject string      `json:"subject"`
	Stories []storyJSON `json:"stories"`
}

type changeJSON struct {
	Kind     reedit.Kind `json:"kind"`
	Story    string      `json:"story,omitempty"`
	Whole    bool        `json:"whole,omitempty"` // the whole story comes or goes
	Was      string      `json:"was,omitempty"`
	Is       string      `json:"is,omitempty"`
	Articles []movedJSON `json:"articles,omitempty"`
}

type movedJSON struct {
	articleJSON
	Why string `json:"why,omitempty"`
}

func (t teller) replayedJSON(d reedit.Day) replayedJSON {
	out := replayedJSON{Day: d.Was.Key.Day, Changed: len(d.Changes) > 0, Was: newRemadeJSON(d.Was), Is: newRemadeJSON(d.Is), Changes: []changeJSON{}}
	for _, c := range d.Changes {
		j := changeJSON{Kind: c.Kind, Story: c.Story, Whole: c.Whole, Was: c.Was, Is: c.Is}
		for _, a := range c.Articles {
			m := movedJSON{articleJSON: articleJSON{a.Title, a.URL, a.Source}}
			if c.Kind == reedit.In || c.Kind == reedit.Out {
				m.Why = t.reason(d, c, a.ID)
			}
			j.Articles = append(j.Articles, m)
		}
		out.Changes = append(out.Changes, j)
	}
	return out
}

func newRemadeJSON(row digest.EditionRow) remadeJSON {
	out := remadeJSON{State: state(row), Subject: row.Edition.Subject, Stories: []storyJSON{}}
	for _, s := range row.Edition.Stories {
		out.Stories = append(out.Stories, newStoryJSON(s))
	}
	return out
}

// some is an empty list where there is none, so that JSON has no null.
func some(reasons []digest.Reason) []digest.Reason {
	if reasons == nil {
		return []digest.Reason{}
	}
	return reasons
}
