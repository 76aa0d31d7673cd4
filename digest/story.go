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
	// RelationUnchanged is for editions only: told before, and reported again without anything new.
	RelationUnchanged Relation = "unchanged"
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
	Thread    Thread  // of this article's story
	// ToldCopy is the day that told an article of which this one is a copy;
	// empty if none did.
	ToldCopy Day
}

// Thread is what other editions of a cadence told of a story; zero where none
// did. Candidates of one story share it.
type Thread struct {
	First, Last Day // the days that told the story
	// Articles are those that were told, by day, under the titles they were told
	// with; one that is no longer kept has no text.
	Articles []Article
	Quoted   []string // the sentences that were quoted, also those that a model worded
}

// News is what a report adds to a thread; zero for nothing.
type News struct {
	Words  []string // what is new as the report has it: acts, figures, names
	Weight float64  // how much of it is new, to compare reports of one story by
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
