// Package edition chooses and orders the stories of one day and makes the
// [digest.Edition] of them.
//
// It is arithmetic: no clock, no store, no network; the same candidates give
// the same edition, in whatever order they come. It leaves to others which
// articles are about the topic (relevance), which tell one event (story), what
// is quoted and which facts are found (funcs that are handed in), how it looks
// (render), and whether a quiet day is sent at all (daily).
//
// To add a signal: a weight in [Weights], a case in signals.go that gives its
// reason in words, and a row in the table of its test. What makes a report less
// than news (comment, notes, price lists) are words of comment.go and slight.go,
// what readers act on those of matter.go.
package edition

import (
	"cmp"
	"math"
	"slices"
	"time"

	"reedaily/digest"
)

// Input is all that one edition is made from.
type Input struct {
	Key         digest.EditionKey
	Title       string // the newsletter's name
	ScheduledAt time.Time
	Zone        *time.Location // of the newsletter; nil is UTC
	Candidates  []digest.Candidate
	Sources     digest.SourceCount
	// Facts reads articles for names and numbers, in the order of their text:
	// tags and the numbers of the day. Nil leaves both out.
	Facts func([]digest.Article) []digest.Fact
	// Highlights quotes stories; nil quotes nothing.
	Highlights Quoter
	// News tells updates from stories that were told and have nothing new; nil
	// takes every report for news.
	News NewsReader
}

// Settings are the few knobs of the editor.
type Settings struct {
	// MaxStories bounds an edition; 0 tells every story there is.
	MaxStories int
	// Floor is the score (0 … 1) below which a story is told in brief, so that
	// slow days are short; the lead is told in full whatever it weighs. 0 tells
	// every story in full.
	Floor float64
	// Lang is the newsletter's language as a BCP 47 tag: stories that readers
	// can read stand higher, and of several reports such a one leads. Empty
	// prefers none.
	Lang    string
	Owners  Owners
	Weights Weights
	// HalfLife is the age at which a story's recency counts half.
	HalfLife time.Duration
}

// Weights say how much each signal adds to a story's score at most. The
// defaults but Slight sum to 1, so that a score reads as a share of a perfect story.
type Weights struct {
	Outlets   float64 // independent outlets; copies, sites of one owner and an agency's words count once
	Source    float64 // the weight of the best source
	Relevance float64 // how much it is about the topic
	Recency   float64
	Novelty   float64 // never told before
	Language  float64 // in the newsletter's language
	Primary   float64 // a notice, a filing, an announcement
	Matter    float64 // policy, supply, deals, prices: what readers act on
	Slight    float64 // what comment loses; notes, price lists and headlines without an event lose a part of it
}

// Defaults are the settings that an installation starts with.
func Defaults() Settings {
	return Settings{
		Lang:     "en",
		Floor:    0.37,
		Owners:   NewOwners(nil),
		HalfLife: 24 * time.Hour,
		Weights:  Weights{Outlets: 0.35, Source: 0.15, Relevance: 0.1, Recency: 0.1, Novelty: 0.05, Language: 0.1, Primary: 0.1, Matter: 0.05, Slight: 0.25},
	}
}

// QuietSubject is the subject of an edition without a story.
const QuietSubject = "A quiet morning: nothing new to tell"

// Compose makes the edition of in. Candidates of one story become one
// [digest.EditionStory]; an article whose copy was told before is left out;
// apart from that no story is dropped unless s.MaxStories says so. Stories that
// were told and have nothing new come last, are not counted by MaxStories, and
// count as told.
//
// An edition without stories is a quiet day: the caller decides. One of nothing
// but unchanged stories is none, and says so in a line: outlets did publish on
// the topic, and an article that no edition takes up would never be told.
func Compose(s Settings, in Input) digest.Edition {
	ed := digest.Edition{
		Key:         in.Key,
		Title:       in.Title,
		Subject:     QuietSubject,
		ScheduledAt: in.ScheduledAt.UTC(),
		Zone:        time.UTC.String(),
		Stories:     []digest.EditionStory{},
		Sources:     in.Sources,
	}
	if in.Zone != nil {
		ed.Zone = in.Zone.String()
	}
	stories := gather(s, in)
	slices.SortStableFunc(stories, func(a, b *story) int { return cmp.Compare(a.id, b.id) })
	for _, st := range stories {
		st.weigh(s, in.ScheduledAt)
	}
	slices.SortStableFunc(stories, compareStories)
	leadWithNews(s, stories)
	stories = fold(stories, s.MaxStories)
	read := facts(in.Facts).once()
	full := 0
	for i, st := range stories {
		told := st.print(in.Highlights)
		if told.Brief = i > 0 && !st.unchanged && st.score < s.Floor; told.Brief {
			told.Highlights = nil
		} else if !st.unchanged {
			full++
		}
		if !st.unchanged {
			told.Tags = read.tags(st.quoted())
		}
		ed.Stories = append(ed.Stories, told)
	}
	ed.Numbers = read.numbers(s, stories[:full], ed.Stories[:full])
	head(&ed)
	return ed
}

// story is the candidates of one event while it is weighed.
type story struct {
	id       string
	thread   digest.Thread // what was told of it; zero for a first
	articles []digest.Candidate
	score    float64
	signals  []digest.Reason
	slights  map[string]slight // what makes its reports less than news, by their ids
	below    slight            // the same of the story

	unchanged bool                   // it was told, and nothing is new
	news      map[string]digest.News // by the ids of reports that have some; nil if it was never told
}

// gather groups the candidates by story and puts each story's articles in order.
func gather(s Settings, in Input) []*story {
	byID := map[string]*story{}
	seen := map[string]bool{}
	var stories []*story
	for _, c := range in.Candidates {
		if c.ToldCopy != "" || seen[c.Article.ID] {
			continue
		}
		seen[c.Article.ID] = true
		id := cmp.Or(c.Place.StoryID, c.Article.ID)
		st := byID[id]
		if st == nil {
			st = &story{id: id}
			byID[id] = st
			stories = append(stories, st)
		}
		st.articles = append(st.articles, c)
		if c.Thread.Last > st.thread.Last {
			st.thread = c.Thread
		}
	}
	for _, st := range stories {
		st.compareToThread(in.News)
		st.slights = map[string]slight{}
		for _, c := range st.articles {
			st.slights[c.Article.ID] = slightOf(c.Article)
		}
		worth := func(a, b digest.Candidate) int { return cmp.Or(st.compareNews(s)(a, b), st.compareWorth(s, a, b)) }
		slices.SortStableFunc(st.articles, func(a, b digest.Candidate) int {
			return cmp.Or(worth(a, b), compareChance(a, b))
		})
		leadByHeadline(worth, st.fresh())
	}
	return stories
}

// fresh is the reports in front that have something new.
func (st *story) fresh() []digest.Candidate {
	n := 0
	for n < len(st.articles) && !st.stale(st.articles[n]) {
		n++
	}
	return st.articles[:n]
}

// compareStories puts the higher score first, then the newer, then the lower id.
func compareStories(a, b *story) int {
	return cmp.Or(
		cmp.Compare(b.score, a.score),
		newest(b.articles).Compare(newest(a.articles)),
		cmp.Compare(a.id, b.id),
	)
}

func (st *story) print(highlights Quoter) digest.EditionStory {
	out := digest.EditionStory{
		ID:        st.id,
		Relation:  st.relation(),
		Title:     st.articles[0].Article.Title,
		Lang:      st.articles[0].Article.Lang,
		FirstTold: st.thread.First,
		LastTold:  st.thread.Last,
		Score:     st.score,
		Signals:   st.signals,
	}
	for _, c := range st.articles {
		out.Articles = append(out.Articles, digest.EditionArticle{
			ID:        c.Article.ID,
			Title:     c.Article.Title,
			URL:       c.Article.URL,
			Source:    c.Article.Source,
			Published: c.Article.Dated().UTC(),
			DayOnly:   dayOnly(c.Article),
			Relation:  cmp.Or(c.Place.Relation, digest.RelationFirst),
		})
	}
	if highlights != nil && !st.unchanged {
		out.Highlights = highlights(st.quoted(), st.thread)
	}
	return out
}

// quoted are the articles with words of their own: the lead, and all but copies.
func (st *story) quoted() []digest.Article {
	var own []digest.Article
	for i, c := range st.articles {
		if i == 0 || c.Place.Relation != digest.RelationCopy {
			own = append(own, c.Article)
		}
	}
	return own
}

// dayOnly says that the outlet gave a day without an hour: feeds write that as
// midnight UTC.
func dayOnly(a digest.Article) bool {
	return !a.Published.IsZero() && a.Published.UTC().Equal(a.Published.UTC().Truncate(24*time.Hour))
}

// newest is when the story last had news: copies carry none.
func newest(articles []digest.Candidate) time.Time {
	var t time.Time
	for i, c := range articles {
		if d := c.Article.Dated(); (i == 0 || c.Place.Relation != digest.RelationCopy) && d.After(t) {
			t = d
		}
	}
	return t
}

// round keeps scores short in what is frozen, and ties where they belong.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
