package parse

import "strings"

// native is the space of a feed's own vocabulary: RSS in RSS, Atom in Atom.
const (
	native  = ""
	foreign = "?" // a vocabulary that we do not read
)

// spaces are the vocabularies that we read, by address without "http(s)://" and
// trailing slash or hash, in lower case.
var spaces = map[string]string{
	"purl.org/rss/1.0":                        "rss",
	"my.netscape.com/rdf/simple/0.9":          "rss",
	"channel.netscape.com/rdf/simple/0.9":     "rss",
	"purl.org/net/rss1.1":                     "rss",
	"backend.userland.com/rss":                "rss",
	"backend.userland.com/rss2":               "rss",
	"backend.userland.com/rss191":             "rss",
	"backend.userland.com/rss091":             "rss",
	"blogs.law.harvard.edu/tech/rss":          "rss",
	"cyber.law.harvard.edu/rss":               "rss",
	"www.w3.org/2005/atom":                    "atom",
	"purl.org/atom/ns":                        "atom",
	"www.w3.org/1999/02/22-rdf-syntax-ns":     "rdf",
	"purl.org/dc/elements/1.1":                "dc",
	"purl.org/dc/elements/1.0":                "dc",
	"purl.org/dc/terms":                       "dcterms",
	"purl.org/rss/1.0/modules/content":        "content",
	"www.itunes.com/dtds/podcast-1.0.dtd":     "itunes",
	"example.com/dtds/podcast-1.0.dtd":        "itunes",
	"search.yahoo.com/mrss":                   "media",
	"www.rssboard.org/media-rss":              "media",
	"rssnamespace.org/feedburner/ext/1.0":     "feedburner",
	"purl.org/rss/1.0/modules/syndication":    "sy",
	"www.w3.org/1999/xhtml":                   "xhtml",
	"www.sitemaps.org/schemas/sitemap/0.9":    "sitemap",
	"www.google.com/schemas/sitemap/0.84":     "sitemap",
	"www.google.com/schemas/sitemap/0.9":      "sitemap",
	"www.google.com/schemas/sitemap-news/0.9": "news",
	"www.w3.org/xml/1998/namespace":           "xml",
	"purl.org/rss/1.0/modules/dcterms":        "dcterms",
	"purl.org/rss/1.0/modules/dc":             "dc",
}

// usual are the prefixes by which the vocabularies go where they are used
// without being declared.
var usual = map[string]string{
	"rss": "rss", "atom": "atom", "atom10": "atom", "a10": "atom", "rdf": "rdf", "dc": "dc", "dcterms": "dcterms", "content": "content",
	"itunes": "itunes", "media": "media", "feedburner": "feedburner", "sy": "sy", "xhtml": "xhtml", "news": "news", "n": "news",
}

// bindings are the namespace declarations in scope.
type bindings struct {
	list []binding
}

type binding struct{ prefix, space, uri string }

// maxBindings bounds the declarations in scope.
const maxBindings = 64

// declare adds the declarations among attrs; the mark undoes them.
func (b *bindings) declare(attrs []attr) (mark int) {
	mark = len(b.list)
	for _, a := range attrs {
		prefix, isPrefix := strings.CutPrefix(a.name, "xmlns:")
		if !isPrefix && a.name != "xmlns" || len(b.list) >= maxBindings {
			continue
		}
		if !isPrefix {
			prefix = ""
		}
		uri := normalURI(a.value)
		space, ok := spaces[uri]
		if !ok {
			space = foreign
		}
		b.list = append(b.list, binding{prefix, space, uri})
	}
	return mark
}

func (b *bindings) undo(mark int) { b.list = b.list[:min(mark, len(b.list))] }

// lookup resolves a name as written. declared is false for a prefix that no
// declaration explains.
func (b *bindings) lookup(name string) (space, uri, local string, declared bool) {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		prefix, local = "", name
	}
	for i := len(b.list) - 1; i >= 0; i-- {
		if b.list[i].prefix == prefix {
			return b.list[i].space, b.list[i].uri, local, true
		}
	}
	if prefix == "" {
		return native, "", local, true
	}
	if s, ok := usual[strings.ToLower(prefix)]; ok {
		return s, "", local, false
	}
	return foreign, "", local, false
}

func normalURI(uri string) string {
	uri = strings.ToLower(strings.TrimSpace(uri))
	uri = strings.TrimPrefix(strings.TrimPrefix(uri, "http://"), "https://")
	return strings.TrimRight(uri, "/#")
}

// role is what an element of the structure is to the reader.
type role int

const (
	roleNone    role = iota
	roleRoot         // <rss>, <rdf:RDF>
	roleChannel      // <channel>, and <feed>, which is root and channel in one
	roleFurther      // a <channel> behind or inside the first: only its items count
	roleItem         // <item>, <entry>, <url>
	rolePart         // an author, a media group: a few named texts
)

// rule says what becomes of a child element: passed on under the name out,
// as structure (role) or as text (leaf), or left out (no rule).
type rule struct {
	out  string
	role role
	leaf leafKind
}

type leafKind int

const (
	leafNone leafKind = iota
	leafHTML          // text that may be HTML
	leafURL           // an address, made absolute
	leafLink          // an address in href or as text, made absolute
	leafDate
	leafPlain // a short word
)

// rules by kind of document and role of the parent; keys are "space:local" or
// "local", in lower case.
type rules map[role]map[string]rule

var dates = map[string]rule{
	"dc:date": {out: "dc:date", leaf: leafDate}, "dcterms:issued": {out: "dcterms:issued", leaf: leafDate},
	"dcterms:created": {out: "dcterms:created", leaf: leafDate}, "dcterms:modified": {out: "dcterms:modified", leaf: leafDate},
	"dcterms:available": {out: "dcterms:issued", leaf: leafDate},
	"atom:published":    {out: "atom:published", leaf: leafDate}, "atom:issued": {out: "atom:published", leaf: leafDate},
	"atom:updated": {out: "atom:updated", leaf: leafDate}, "atom:modified": {out: "atom:updated", leaf: leafDate},
}

var extras = map[string]rule{
	"dc:title": {out: "dc:title", leaf: leafHTML}, "dc:description": {out: "dc:description", leaf: leafHTML},
	"dc:creator": {out: "dc:creator", leaf: leafHTML}, "dc:author": {out: "dc:author", leaf: leafHTML},
	"dc:language":   {out: "dc:language", leaf: leafPlain},
	"itunes:author": {out: "itunes:author", leaf: leafHTML}, "itunes:summary": {out: "itunes:summary", leaf: leafHTML},
	"itunes:subtitle": {out: "itunes:subtitle", leaf: leafHTML}, "itunes:title": {out: "itunes:title", leaf: leafHTML},
	"media:title": {out: "media:title", leaf: leafHTML}, "media:description": {out: "media:description", leaf: leafHTML},
	"media:group": {out: "media:group", role: rolePart}, "media:content": {out: "media:group", role: rolePart},
	"feedburner:origlink": {out: "feedburner:origLink", leaf: leafURL},
}

var part = map[string]rule{
	"name": {out: "name", leaf: leafHTML}, "email": {out: "email", leaf: leafPlain}, "title": {out: "title", leaf: leafHTML},
	"hour": {out: "hour", leaf: leafPlain}, "id": {out: "id", leaf: leafURL},
	"atom:name": {out: "atom:name", leaf: leafHTML}, "atom:email": {out: "atom:email", leaf: leafPlain},
	"media:title": {out: "media:title", leaf: leafHTML}, "media:description": {out: "media:description", leaf: leafHTML},
}

var rssRules = rules{
	roleRoot: {
		"channel": {out: "channel", role: roleChannel}, "item": {out: "item", role: roleItem},
	},
	roleChannel: join(dates, extras, map[string]rule{
		"item": {out: "item", role: roleItem}, "title": {out: "title", leaf: leafHTML},
		"items":       {out: "", role: roleChannel}, // of RSS 1.1; that of 1.0 has no items in it
		"channel":     {out: "", role: roleFurther},
		"abstract":    {out: "description", leaf: leafHTML},
		"description": {out: "description", leaf: leafHTML}, "tagline": {out: "description", leaf: leafHTML},
		"subtitle": {out: "description", leaf: leafHTML}, "link": {out: "link", leaf: leafLink},
		"language": {out: "language", leaf: leafPlain}, "pubdate": {out: "pubDate", leaf: leafDate},
		"lastbuilddate": {out: "lastBuildDate", leaf: leafDate}, "ttl": {out: "ttl", leaf: leafPlain},
		"managingeditor": {out: "managingEditor", leaf: leafHTML}, "webmaster": {out: "webMaster", leaf: leafHTML},
		"issued": {out: "dcterms:issued", leaf: leafDate}, "published": {out: "dcterms:issued", leaf: leafDate},
		"modified": {out: "dcterms:modified", leaf: leafDate}, "updated": {out: "dcterms:modified", leaf: leafDate},
		"skiphours": {out: "skipHours", role: rolePart}, "atom:link": {out: "atom:link", leaf: leafLink},
		"atom:id": {out: "atom:id", leaf: leafURL}, "sy:updateperiod": {out: "sy:updatePeriod", leaf: leafPlain},
		"sy:updatefrequency": {out: "sy:updateFrequency", leaf: leafPlain},
	}),
	roleFurther: {
		"channel": {out: "", role: roleFurther}, "items": {out: "", role: roleFurther}, "item": {out: "item", role: roleItem},
	},
	roleItem: join(dates, extras, map[string]rule{
		"title": {out: "title", leaf: leafHTML}, "link": {out: "link", leaf: leafLink}, "description": {out: "description", leaf: leafHTML},
		"guid": {out: "guid", leaf: leafURL}, "pubdate": {out: "pubDate", leaf: leafDate}, "author": {out: "author", leaf: leafHTML},
		"source": {out: "source", leaf: leafHTML}, "content:encoded": {out: "content:encoded", leaf: leafHTML},
		"atom:link": {out: "atom:link", leaf: leafLink}, "atom:summary": {out: "atom:summary", leaf: leafHTML},
		"atom:content": {out: "atom:content", leaf: leafHTML}, "atom:author": {out: "atom:author", role: rolePart},
		"atom:id": {out: "atom:id", leaf: leafURL}, "atom:title": {out: "atom:title", leaf: leafHTML},
		// What Atom, Dublin Core and old readers call them, without a prefix.
		"summary": {out: "atom:summary", leaf: leafHTML}, "content": {out: "atom:content", leaf: leafHTML},
		"abstract": {out: "description", leaf: leafHTML},
		"encoded":  {out: "content:encoded", leaf: leafHTML}, "fullitem": {out: "content:encoded", leaf: leafHTML},
		"body": {out: "content:encoded", leaf: leafHTML}, "xhtml:body": {out: "content:encoded", leaf: leafHTML},
		"xhtml:div": {out: "atom:content", leaf: leafHTML},
		"published": {out: "atom:published", leaf: leafDate}, "updated": {out: "atom:updated", leaf: leafDate},
		"modified": {out: "atom:updated", leaf: leafDate}, "issued": {out: "atom:published", leaf: leafDate},
		"date": {out: "dc:date", leaf: leafDate}, "creator": {out: "dc:creator", leaf: leafHTML}, "id": {out: "atom:id", leaf: leafURL},
	}),
	rolePart: part,
}

var atomRules = rules{
	roleChannel: join(extras, map[string]rule{
		"entry": {out: "entry", role: roleItem}, "title": {out: "title", leaf: leafHTML}, "subtitle": {out: "subtitle", leaf: leafHTML},
		"tagline": {out: "subtitle", leaf: leafHTML}, "id": {out: "id", leaf: leafURL}, "guid": {out: "id", leaf: leafURL},
		"updated": {out: "updated", leaf: leafDate}, "modified": {out: "updated", leaf: leafDate},
		"link": {out: "link", leaf: leafLink}, "author": {out: "author", role: rolePart},
		"description": {out: "subtitle", leaf: leafHTML}, "lastbuilddate": {out: "updated", leaf: leafDate},
		"published": {out: "dcterms:issued", leaf: leafDate}, "issued": {out: "dcterms:issued", leaf: leafDate},
	}),
	roleItem: join(extras, map[string]rule{
		"title": {out: "title", leaf: leafHTML}, "id": {out: "id", leaf: leafURL}, "link": {out: "link", leaf: leafLink},
		"summary": {out: "summary", leaf: leafHTML}, "content": {out: "content", leaf: leafHTML},
		"published": {out: "published", leaf: leafDate}, "issued": {out: "published", leaf: leafDate},
		"created": {out: "dcterms:created", leaf: leafDate},
		"updated": {out: "updated", leaf: leafDate}, "modified": {out: "updated", leaf: leafDate},
		"author": {out: "author", role: rolePart}, "source": {out: "source", role: rolePart},
		"guid": {out: "id", leaf: leafURL}, "pubdate": {out: "published", leaf: leafDate},
		"description": {out: "summary", leaf: leafHTML}, "dc:date": {out: "dc:date", leaf: leafDate},
		"content:encoded": {out: "content", leaf: leafHTML},
	}),
	rolePart: part,
}

// A news sitemap is rewritten as RSS.
var sitemapRules = rules{
	roleChannel: {"url": {out: "item", role: roleItem}},
	roleItem: {
		"loc": {out: "link", leaf: leafLink}, "lastmod": {out: "atom:updated", leaf: leafDate},
		"news:news": {out: "", role: rolePart},
	},
	rolePart: {
		"news:title": {out: "title", leaf: leafHTML}, "news:publication_date": {out: "pubDate", leaf: leafDate},
		"news:publication": {out: "", role: rolePart}, "news:name": {out: "source", leaf: leafHTML},
		"news:language": {out: "dc:language", leaf: leafPlain},
	},
}

func join(all ...map[string]rule) map[string]rule {
	out := map[string]rule{}
	for _, m := range all {
		for k, r := range m {
			out[k] = r
		}
	}
	return out
}
