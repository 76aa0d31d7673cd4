package collect

import (
	"errors"
	"net/url"
	"strings"

	"reedaily/digest"
	"reedaily/digest/collect/parse"
)

// errShared: to read a list of announcements as each of them would make them all copies.
var errShared = errors.New("the link leads to a page that other items share; the feed's own text is used")

// maxGUID bounds a feed's own id of an item, in bytes.
const maxGUID = 1000

// identify gives the article its key. Items of a feed that all lead to the
// outlet's front page are told apart by their ids or titles.
func (m *maker) identify(a *digest.Article, it parse.Item) {
	a.GUID = guid(it.ID)
	a.ID = digest.ArticleID(a.Canonical)
	if a.Canonical == m.front || strings.Count(a.Canonical, "/") == 2 && !strings.ContainsAny(a.Canonical, "?#") {
		a.Apart()
	}
}

// guid spells a feed's own id in one way. One that is an address and counts
// its edits behind a "#" is the same at each.
func guid(id string) string {
	id = strings.TrimSpace(id)
	switch {
	case len(id) > maxGUID:
		return ""
	case webAddress(id) == "":
		return id
	}
	out := Canonical(id)
	if u, err := url.Parse(id); err == nil && len(u.Fragment) > 2 && !strings.Contains(out, "#") {
		out += "#" + u.EscapedFragment()
	}
	return out
}

// fewestInList is from how many different titles on an address is a list, also in
// a feed whose other items have addresses of their own.
const fewestInList = 3

// apart keeps those items of a visit apart that share an address and are several
// articles, and takes ids away that stand for several.
func apart(all []digest.Article) {
	type use struct {
		first  *digest.Article
		titles map[string]bool
		shared bool
	}
	links, guids := map[string]*use{}, map[string]*use{}
	for i := range all {
		a := &all[i]
		if links[a.ID] == nil {
			links[a.ID] = &use{first: a, titles: map[string]bool{}}
		}
		links[a.ID].titles[letters(a.Title)] = true
	}
	for i := range all {
		a := &all[i]
		l := links[a.ID]
		list := len(l.titles) >= fewestInList || len(links) == 1
		two := a.TwoAt(l.first, list)
		l.shared = l.shared || two
		if a.GUID == "" {
			continue
		}
		if g := guids[a.GUID]; g == nil {
			guids[a.GUID] = &use{first: a}
		} else if two && a.HasOwnID() && a.GUID == l.first.GUID || g.first.ID != a.ID && a.TwoWith(g.first) {
			g.shared = true
		}
	}
	for i := range all {
		a, shared := &all[i], links[all[i].ID].shared
		if a.GUID != "" && guids[a.GUID].shared {
			a.GUID = ""
		}
		if shared {
			a.Apart()
		}
	}
}

// once leaves out the items that are an article of the visit already.
func (m *maker) once(all []digest.Article) []digest.Article {
	seen := map[string]bool{}
	out := all[:0]
	for _, a := range all {
		if seen[a.ID] {
			m.twice++
			continue
		}
		seen[a.ID] = true
		out = append(out, a)
	}
	return out
}
