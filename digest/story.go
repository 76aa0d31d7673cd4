package digest

import "time"

// Relation says how an article stands to the story it belongs to, and in an
// edition how a story stands to what earlier editions told.
type Relation string

// The relations.
const (
	RelationFirst  Relation = "first"  // begins a story; in an edition: never told before
	RelationCopy   Relation = "copy"   // a near-duplicate: re-issue, syndication, same words
	RelationReport Relation = "report" // another outlet on the same event
	RelationUpdate Relation = "update" // news in an older story; in an edition: told before, and there is more
)

// Place is where an article belongs: which story, how, and how close.
type Place struct {
	ArticleID string
	StoryID   string // id of the story's first article
	Relation  Relation
	Nearest   string  // the article it was found closest to; empty for a first
	Score     float64 // closeness to Nearest, 0 … 1
	Reasons   []Reason
	At        time.Time
}

// Placed is an article with its place: what the grouper remembers.
type Placed struct {
	Article
	Place Place
}

// Candidate is an article that today's edition may tell, with all that was
// found out about it.
type Candidate struct {
	Article   Article
	Judgement Judgement
	Place     Place
	Weight    float64 // of its source, from the feed
	// ToldStory is the newest day an earlier edition of the same cadence told
	// this article's story; empty if none did.
	ToldStory Day
	// ToldCopy is the day that told an article of which this one is a copy;
	// empty if none did.
	ToldCopy Day
}

// Highlight is one sentence quoted word for word, with its source; where the
// operator lets a language model reword it, Rewritten says so.
type Highlight struct {
	Text      string `json:"text"`
	Source    string `json:"source"`
	ArticleID string `json:"article_id"`
	// Publisher marks a bullet that the outlet itself wrote as a highlight.
	Publisher bool `json:"publisher,omitempty"`
	// Rewritten marks a Text that a model worded and that was checked against
	// Original, the sentence as its source has it.
	Rewritten bool   `json:"rewritten,omitempty"`
	Original  string `json:"original,omitempty"`
	// Lang is the language of a translated Text as a BCP 47 tag; else empty.
	Lang string `json:"lang,omitempty"`
	// Refused is why a model's wording was dropped and the quotation stayed.
	Refused string `json:"refused,omitempty"`
}
