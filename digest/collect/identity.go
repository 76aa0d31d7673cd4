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

// apart keeps those items of a visit apart that share an address and differ in
// id and title or, without ids, in title, and takes ids away that stand for several.
func apart(all []digest.Article) {
	type use struct {
		first  *digest.Article
		shared bool
	}
	links, guids := map[string]*use{}, map[string]*use{}
	for i := range all {
		a := &all[i]
		if l := links[a.ID]; l == nil {
			links[a.ID] = &use{first: a}
		} else if shareLink(l.first, a) {
			l.shared = true
		}
		if a.GUID == "" {
			continue
		}
		if g := guids[a.GUID]; g == nil {
			guids[a.GUID] = &use{first: a}
		} else if (g.first.ID != a.ID || a.HasOwnID() && !g.first.Alike(a)) && letters(g.first.Title) != letters(a.Title) {
			g.shared = true
		}
	}
	for i := range all {
		a, link := &all[i], links[all[i].ID].shared
		if a.GUID != "" && guids[a.GUID].shared {
			a.GUID = ""
		}
		if link {
			a.Apart()
		}
	}
}

// shareLink says whether two items at one address are two articles.
func shareLink(a, b *digest.Article) bool {
	if letters(a.Title) == letters(b.Title) {
		return false
	}
	if a.HasOwnID() && b.HasOwnID() && a.GUID != b.GUID {
		return true
	}
	return !a.Alike(b) || !a.HasOwnID() && !a.Published.Equal(b.Published)
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
