package edition

import (
	"strings"

	"reedaily/digest"
)

// Quoter quotes the articles of one story, lead first and without the copies;
// of a story with a thread only what is new.
type Quoter func(articles []digest.Article, told digest.Thread) []digest.Highlight

// NewsReader reads a story's thread. What it returns says in words what an
// article tells that was not told; nil where nothing is new.
type NewsReader func(told digest.Thread) func(digest.Article) []string

// compareToThread finds out what is new in a story that was told before, and in
// which of its reports. A story of which nothing is new is unchanged.
func (st *story) compareToThread(read NewsReader) {
	if st.thread.Last == "" || read == nil {
		return
	}
	newsOf := read(st.thread)
	st.unchanged, st.stale = true, map[string]bool{}
	for _, c := range st.articles {
		news := newsOf(c.Article)
		if len(news) == 0 {
			st.stale[c.Article.ID] = true
			continue
		}
		st.unchanged = false
		if st.news == nil {
			st.news = news
		}
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

// novelty is 1 for a story that was never told, and little for one that was
// and has only more reports of the same.
func (st *story) novelty() (words string, value float64) {
	before := "told on " + string(st.thread.Last)
	switch {
	case st.thread.Last == "":
		return "never told before", 1
	case st.unchanged:
		return before + ", and nothing is new", 0
	case len(st.news) > 0:
		return before + ", and new is: " + strings.Join(st.news, ", "), 0.6
	}
	for _, c := range st.articles {
		if c.Place.Relation == digest.RelationUpdate {
			return before + ", and there is news", 0.6
		}
	}
	return before + ", and there are more reports", 0.2
}
