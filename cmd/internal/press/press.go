// Package press is the demo's sample press: a score of invented newspapers,
// agencies and gazettes that publish feeds and article pages on loopback.
// Every word of it is ours; names of people, firms and places are made up.
//
// It has what a real morning has: one event in several outlets' words, an
// agency's text printed unchanged and printed shortened, the same news in
// English and Chinese, official notices, an aggregator that repeats others,
// items about something else that only sound like rare earths, an old item,
// and a feed that attacks its readers.
//
// To add an outlet: write it into one of the outlets_….go files; its kind,
// language and items are all that is needed.
package press

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"reedaily/digest"
)

// kind is how an outlet's feed is written.
type kind string

const (
	rss1     kind = "rss1" // RSS 1.0, RDF
	rss2     kind = "rss2"
	atom     kind = "atom"
	jsonFeed kind = "json" // JSON Feed 1.1
)

// outlet is one paper of the press.
type outlet struct {
	slug, name, lang, about string

	kind    kind
	full    bool // the feed has the whole text, not only the beginning
	markup  bool // the text is HTML as somebody typed it: hostile
	onTopic bool
	weight  float64
	items   []item
	// repeats makes the outlet an aggregator of other outlets' items.
	repeats []*article
}

// item is one article as it is written down here.
type item struct {
	slug, title, author string
	ago                 time.Duration // before the press was started
	text                []string      // paragraphs; the first is the summary
	highlights          []string      // the outlet's own, on the page only
	sameAs              string        // outlet/slug whose text is printed unchanged
}

// article is an item with all that follows from the outlet and the clock.
type article struct {
	item
	outlet    *outlet
	published time.Time
}

// path is the address of the article's page.
func (a *article) path() string { return "/" + a.outlet.slug + "/" + a.slug }

// Press is the whole of it. It may be served by several goroutines.
type Press struct {
	outlets  []*outlet
	articles map[string]*article // by path
	newest   map[string]time.Time
	page     *template.Template
}

// repeated is what the news search finds, good and bad.
var repeated = []string{
	"/northern-ledger/tessaly-port-merrow",
	"/harbour-wire/tessaly-begins",
	"/supply-chain-post/licence-form-explained",
	"/capital-sheet/kestrel-dunmore",
	"/magnet-monitor/hollin-ferry",
	"/engine-week/yttrium-coatings",
	"/strings-and-brass/rare-earth-band",
	"/science-morning/rare-earth-hypothesis",
	"/lakeshore-times/rare-earthquake",
}

// New opens the press at a time: its newest articles are minutes old by then.
func New(now time.Time) *Press {
	p := &Press{articles: map[string]*article{}, newest: map[string]time.Time{}, page: pages()}
	now = now.UTC().Truncate(time.Second)
	for _, o := range slices.Concat(papers(), trade(), chinese(), science()) {
		p.outlets = append(p.outlets, &o)
		for _, it := range o.items {
			a := &article{item: it, outlet: &o, published: now.Add(-it.ago)}
			p.articles[a.path()] = a
		}
	}
	for _, a := range p.articles {
		if source, ok := p.articles["/"+a.sameAs]; ok {
			a.text = source.text
		}
	}
	search := &outlet{
		slug: "news-search", name: "News search: rare earth", kind: rss2, lang: "en",
		about: "What a news search finds for two words, good and bad.",
	}
	for _, path := range repeated {
		if a, ok := p.articles[path]; ok {
			search.repeats = append(search.repeats, a)
		}
	}
	p.outlets = append(p.outlets, search)
	for _, o := range p.outlets {
		for _, a := range p.of(o) {
			if a.published.After(p.newest[o.slug]) {
				p.newest[o.slug] = a.published
			}
		}
	}
	return p
}

// of is what an outlet's feed has, newest first.
func (p *Press) of(o *outlet) []*article {
	list := slices.Clone(o.repeats)
	for _, it := range o.items {
		list = append(list, p.articles["/"+o.slug+"/"+it.slug])
	}
	slices.SortStableFunc(list, func(a, b *article) int { return b.published.Compare(a.published) })
	return list
}

// Feeds names the feeds as config.yaml would, for a press that is served at
// base, such as http://127.0.0.1:8025.
func (p *Press) Feeds(base string) []digest.Feed {
	var feeds []digest.Feed
	for _, o := range p.outlets {
		url := base + o.feedPath()
		weight := o.weight
		if weight == 0 {
			weight = 1
		}
		feeds = append(feeds, digest.Feed{
			ID: digest.FeedID(url), Name: o.name, URL: url, Home: fmt.Sprintf("%s/%s/", base, o.slug),
			Lang: o.lang, Weight: weight, Aggregator: len(o.repeats) > 0, OnTopic: o.onTopic,
		})
	}
	return feeds
}

func (o *outlet) feedPath() string {
	if o.kind == jsonFeed {
		return "/" + o.slug + "/feed.json"
	}
	return "/" + o.slug + "/feed.xml"
}
