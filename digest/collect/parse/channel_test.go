package parse

import (
	"strings"
	"testing"
)

// TestFurtherChannels: the items of all channels count, in the document's
// order; the feed is called what the first one is called.
func TestFurtherChannels(t *testing.T) {
	item := func(s string) string { return "<item><title>" + s + "</title><link>/" + s + "</link></item>" }
	for name, c := range map[string]struct{ doc, want string }{
		"two":            {"<rss><channel><title>Ore</title>" + item("a") + item("b") + "</channel><channel><title>Gold</title><link>/gold</link>" + item("c") + "</channel></rss>", "a b c"},
		"three":          {"<rss><channel><title>Ore</title></channel><channel>" + item("a") + "</channel><channel>" + item("b") + "</channel></rss>", "a b"},
		"without an end": {"<rss><channel><title>Ore</title>" + item("a") + "<channel>" + item("b") + "</channel></channel></rss>", "a b"},
		"inside": {
			`<CHANNEL HREF="/"><TITLE>Ore</TITLE><CHANNEL HREF="/gold"><TITLE>Gold</TITLE><ITEM HREF="/a"><TITLE>a</TITLE></ITEM><CHANNEL><ITEM HREF="/b"><TITLE>b</TITLE></ITEM></CHANNEL></CHANNEL><ITEM HREF="/c"><TITLE>c</TITLE></ITEM></CHANNEL>`,
			"a b c",
		},
		"RDF": {
			`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Ore</title></channel>` + item("a") + "<channel><title>Gold</title></channel>" + item("b") + "</rdf:RDF>",
			"a b",
		},
		"nested too deep to make sense": {"<rss><channel><title>Ore</title>" + item("a") + strings.Repeat("<channel>", 100) + item("b"), "a"},
	} {
		f, err := Parse([]byte(c.doc), Source{})
		var got []string
		for _, it := range f.Items {
			got = append(got, it.Title)
			if it.URL != "/"+it.Title {
				t.Errorf("%s: %s leads to %s", name, it.Title, it.URL)
			}
		}
		if err != nil || f.Title != "Ore" || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q has %q, %v, want %s", name, f.Title, got, err, c.want)
		}
	}
}
