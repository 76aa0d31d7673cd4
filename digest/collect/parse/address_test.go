package parse

import (
	"strings"
	"testing"
)

// TestAddressesStayWhole: what begins like a character reference and has no ";"
// is part of an address, wherever a feed says one; what is escaped once too
// often is still decoded.
func TestAddressesStayWhole(t *testing.T) {
	const want = "http://ore.example/p?id=1&section=news&region=us&copy=2&para=3&lt=4&not=5&times=6&curren=7"
	escaped := strings.ReplaceAll(want, "&", "&amp;")
	twice := strings.ReplaceAll(want, "&", "&amp;amp;")
	rss := func(inner string) string {
		return `<rss version="2.0"><channel><item><title>a</title>` + inner + "</item></channel></rss>"
	}
	atom := func(inner string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title>` + inner + "</entry></feed>"
	}
	for name, doc := range map[string]string{
		"link":           rss("<link>" + escaped + "</link>"),
		"bare":           rss("<link>" + want + "</link>"),
		"twice":          rss("<link>" + twice + "</link>"),
		"CDATA":          rss("<link><![CDATA[" + want + "]]></link>"),
		"CDATA, escaped": rss("<link><![CDATA[" + escaped + "]]></link>"),
		"wrapped twice":  rss("<link>&lt;![CDATA[" + escaped + "]]&gt;</link>"),
		"guid":           rss(`<guid isPermaLink="true">` + escaped + "</guid>"),
		"FeedBurner":     rss("<link>" + escaped + "</link><feedburner:origLink>" + escaped + "</feedburner:origLink>"),
		"atom:link":      rss(`<atom:link href="` + escaped + `"/>`),
		"href":           atom(`<link href="` + escaped + `"/>`),
		"href, bare":     atom(`<link href="` + want + `"/>`),
		"href, twice":    atom(`<link rel="alternate" href="` + twice + `"/>`),
		"id":             atom("<id>" + escaped + "</id>"),
		"RDF":            `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="` + escaped + `"><title>a</title></item></rdf:RDF>`,
		"sitemap":        `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>` + escaped + "</loc></url></urlset>",
		"CDF":            `<CHANNEL><ITEM HREF="` + escaped + `"><TITLE>a</TITLE></ITEM></CHANNEL>`,
		"relative":       `<rss><channel><link>http://ore.example/</link><item><title>a</title><link>/p?` + strings.SplitN(escaped, "?", 2)[1] + "</link></item></channel></rss>",
		"JSON Feed":      `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"` + want + `"}]}`,
	} {
		f, err := Parse([]byte(doc), Source{})
		if err != nil || len(f.Items) != 1 || f.Items[0].URL != want {
			t.Errorf("%s: %+v, %v", name, f.Items, err)
			continue
		}
		it := f.Items[0]
		if id := it.ID; (name == "id" || name == "guid" || name == "RDF") && id != want {
			t.Errorf("%s: the id is %q", name, id)
		}
		if name == "FeedBurner" && it.Original != want {
			t.Errorf("the original is %q", it.Original)
		}
	}
	f, err := Parse([]byte(atom(`<link href="a"/><content type="xhtml"><p><a href="`+escaped+`">a</a></p></content>`)), Source{})
	if err != nil || !strings.Contains(f.Items[0].Content, escaped) {
		t.Errorf("content %q, %v", f.Items[0].Content, err)
	}
}

// TestAddressesWithAReferenceBehind: a whole reference a few letters behind
// what only begins like one does not close it.
func TestAddressesWithAReferenceBehind(t *testing.T) {
	rss := func(link string) string {
		return "<rss><channel><item><title>a</title>" + link + "</item></channel></rss>"
	}
	const short = "http://ore.example/?id=1&section=2&x=3"
	for doc, want := range map[string]string{
		rss("<link>http://ore.example/?id=1&section=2&#038;x=3</link>"):                                                                             short,
		rss("<link>http://ore.example/?id=1&section=2&#x26;x=3</link>"):                                                                             short,
		rss("<link>http://ore.example/?id=1&section=2&amp;x=3</link>"):                                                                              short,
		rss("<link><![CDATA[http://ore.example/?id=1&section=2&amp;x=3]]></link>"):                                                                  short,
		rss("<link>http://ore.example/?id=1&amp;section=2&amp;amp;x=3</link>"):                                                                      short,
		rss(`<guid isPermaLink="true">http://ore.example/?id=1&section=2&#38;x=3</guid>`):                                                           short,
		rss(`<atom:link href="http://ore.example/?id=1&section=2&amp;x=3"/>`):                                                                       short,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><link href="http://ore.example/?id=1&section=2&amp;x=3"/></entry></feed>`: short,
		rss("<link>http://ore.example/?id=1&section=news&copy=2&lt=3&amp;x=1</link>"):                                                               "http://ore.example/?id=1&section=news&copy=2&lt=3&x=1",
		rss("<link>http://ore.example/?id=1&para;x=3</link>"):                                                                                       "http://ore.example/?id=1¶x=3",
	} {
		f, err := Parse([]byte(doc), Source{})
		if err != nil || len(f.Items) != 1 || f.Items[0].URL != want {
			t.Errorf("%s: %+v, %v", doc, f.Items, err)
		}
	}
}
