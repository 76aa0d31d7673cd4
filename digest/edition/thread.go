package edition

import (
	"cmp"
	"strings"

	"reedaily/digest"
)

// Quoter quotes the articles of one story, lead first and without the copies;
// of a story with a thread only what is new.
type Quoter func(articles []digest.Article, told digest.Thread) []digest.Highlight

// NewsReader reads a story's thread. What it returns says what an article tells
// that was not told; zero where nothing is new.
type NewsReader func(told digest.Thread) func(digest.Article) digest.News

// compareToThread finds out what is new in a story that was told before, and in
// which of its reports. A story of which nothing is new is unchanged.
func (st *story) compareToThread(read NewsReader) {
	if st.thread.Last == "" || read == nil {
		return
	}
	newsOf := read(st.thread)
	st.unchanged, st.news = true, map[string]digest.News{}
	for _, c := range st.articles {
		if news := newsOf(c.Article); len(news.Words) > 0 {
			st.news[c.Article.ID] = news
			st.unchanged = false
		}
	}
}

// stale says that a report tells nothing new of a story that was told.
func (st *story) stale(c digest.Candidate) bool {
	return st.news != nil && len(st.news[c.Article.ID].Words) == 0
}

// compareNews orders the reports of a story that was told before: those with
// news first, of these what readers can read and what is no less than news, and then
// the weightiest news. It is 0 for a story that was never told.
func (st *story) compareNews(s Settings) func(a, b digest.Candidate) int {
	return func(a, b digest.Candidate) int {
		if st.news == nil {
			return 0
		}
		return cmp.Or(
			no(isCopy(a), isCopy(b)),
			no(st.stale(a), st.stale(b)),
			no(!speaks(s.Lang, a.Article.Lang), !speaks(s.Lang, b.Article.Lang)),
			no(st.isSlight(a), st.isSlight(b)),
			cmp.Compare(st.news[b.Article.ID].Weight, st.news[a.Article.ID].Weight),
		)
	}
}

// fold puts the stories of which nothing is new behind the others, and cuts the
// others at most; 0 keeps all.
func fold(stories []*story, most int) []*story {
	var news, unchanged []*story
	for _, st := range stories {
		switch {
		case st.unchanged:
			unchanged = append(unchanged, st)
		case most == 0 || len(news) < most:
			news = append(news, st)
		}
	}
	return append(news, unchanged...)
}

// onlyUnchanged is what an edition says that has nothing but unchanged stories.
const onlyUnchanged = "Nothing new to tell this morning. What you know already is reported on."

// head gives the edition its subject line, of its lead story.
func head(ed *digest.Edition) {
	switch news := ed.News(); {
	case len(news) > 0:
		ed.Subject = subjectLine(news[0].Title, len(news)-1)
	case len(ed.Stories) > 0:
		ed.Subject, ed.Note = subjectLine("Nothing new; still in the news: "+ed.Stories[0].Title, 0), onlyUnchanged
	}
}

// relation is how the story stands to what was told.
func (st *story) relation() digest.Relation {
	switch {
	case st.unchanged:
		return digest.RelationUnchanged
	case st.thread.Last != "":
		return digest.RelationUpdate
	}
	return digest.RelationFirst
}

// leadNews is in words what the lead adds to what was told.
func (st *story) leadNews() []string { return st.news[st.articles[0].Article.ID].Words }

// novelty is 1 for a story that was never told, and little for one that was
// and has only more reports of the same.
func (st *story) novelty() (words string, value float64) {
	before := "told on " + string(st.thread.Last)
	switch {
	case st.thread.Last == "":
		return "never told before", 1
	case st.unchanged:
		return before + ", and nothing is new", 0
	case len(st.leadNews()) > 0:
		return before + ", and new is: " + strings.Join(st.leadNews(), ", "), 0.6
	}
	for _, c := range st.articles {
		if c.Place.Relation == digest.RelationUpdate {
			return before + ", and there is news", 0.6
		}
	}
	return before + ", and there are more reports", 0.2
}
