package reedit

import (
	"slices"

	"reedaily/digest"
)

// Kind says how an edition made anew differs from the one that was.
type Kind string

// The kinds of change.
const (
	Subject  Kind = "subject"  // Was and Is are the subject lines
	In       Kind = "in"       // Articles are told now and were not
	Out      Kind = "out"      // Articles were told and are not now
	Joined   Kind = "joined"   // Articles, told both times, were several stories and are one
	Split    Kind = "split"    // Articles, told both times, were one story and are several
	Lead     Kind = "lead"     // another article leads: Was and Is are their titles
	Relation Kind = "relation" // Was and Is are first, update or unchanged
	Order    Kind = "order"    // Articles are the leads of the stories told both times, in the new order
)

// Change is one difference.
type Change struct {
	Kind     Kind
	Story    string // title of the story, as it is or else was
	Whole    bool   // for In and Out: the whole story comes or goes
	Articles []digest.EditionArticle
	Was, Is  string
}

// Compare tells how one edition differs from another in what a reader sees:
// which articles it tells, as which stories, in which order, under which
// subject. Pure; no change is nil.
func Compare(was, is digest.Edition) []Change {
	var all []Change
	if was.Subject != is.Subject {
		all = append(all, Change{Kind: Subject, Was: was.Subject, Is: is.Subject})
	}
	before, after := index(was.Stories), index(is.Stories)
	all = append(all, moves(In, is.Stories, before)...)
	all = append(all, moves(Out, was.Stories, after)...)
	all = append(all, groups(Joined, is.Stories, before)...)
	all = append(all, groups(Split, was.Stories, after)...)
	pairs := match(was.Stories, is.Stories)
	for _, p := range pairs {
		old, now := was.Stories[p.was], is.Stories[p.is]
		if old.Lead().ID != now.Lead().ID {
			all = append(all, Change{Kind: Lead, Story: now.Title, Was: old.Title, Is: now.Title})
		}
		if old.Relation != now.Relation {
			all = append(all, Change{Kind: Relation, Story: now.Title, Was: string(old.Relation), Is: string(now.Relation)})
		}
	}
	if !slices.IsSortedFunc(pairs, func(a, b pair) int { return a.was - b.was }) {
		c := Change{Kind: Order}
		for _, p := range pairs {
			c.Articles = append(c.Articles, is.Stories[p.is].Lead())
		}
		all = append(all, c)
	}
	return all
}

// index is the story of each article.
func index(stories []digest.EditionStory) map[string]int {
	at := map[string]int{}
	for i, s := range stories {
		for _, a := range s.Articles {
			at[a.ID] = i
		}
	}
	return at
}

// moves are the articles that the other edition does not tell, by story.
func moves(kind Kind, stories []digest.EditionStory, other map[string]int) []Change {
	var all []Change
	for _, s := range stories {
		c := Change{Kind: kind, Story: s.Title}
		for _, a := range s.Articles {
			if _, ok := other[a.ID]; !ok {
				c.Articles = append(c.Articles, a)
			}
		}
		if c.Whole = len(c.Articles) == len(s.Articles); len(c.Articles) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// groups are the stories whose articles are several stories in the other edition.
func groups(kind Kind, stories []digest.EditionStory, other map[string]int) []Change {
	var all []Change
	for _, s := range stories {
		c := Change{Kind: kind, Story: s.Title}
		found := map[int]bool{}
		for _, a := range s.Articles {
			if i, ok := other[a.ID]; ok {
				found[i] = true
				c.Articles = append(c.Articles, a)
			}
		}
		if len(found) > 1 {
			all = append(all, c)
		}
	}
	return all
}

// pair is a story in both editions.
type pair struct{ was, is int }

// match pairs each story with the one that shares the most articles with it,
// each once, in the order of the new edition.
func match(was, is []digest.EditionStory) []pair {
	type candidate struct {
		pair
		shared int
	}
	var all []candidate
	before := index(was)
	for i, s := range is {
		shared := map[int]int{}
		for _, a := range s.Articles {
			if w, ok := before[a.ID]; ok {
				shared[w]++
			}
		}
		for w := range was {
			if shared[w] > 0 {
				all = append(all, candidate{pair{w, i}, shared[w]})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return b.shared - a.shared })
	usedWas, usedIs := map[int]bool{}, map[int]bool{}
	var pairs []pair
	for _, c := range all {
		if !usedWas[c.was] && !usedIs[c.is] {
			usedWas[c.was], usedIs[c.is] = true, true
			pairs = append(pairs, c.pair)
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return a.is - b.is })
	return pairs
}
