package parse

import (
	"strings"
	"testing"
)

// TestAside: long texts come through whole wherever they stand, and nobody can
// name the place of another's.
func TestAside(t *testing.T) {
	long := strings.Repeat("The quarry ships ore &amp; more. ", 20)
	want := strings.TrimSpace(strings.ReplaceAll(long, "&amp;", "&"))
	for name, doc := range map[string]string{
		"rss": `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>` + long + `</title><description>` + long + `</description>
			<item><title>` + long + `</title><description>` + long + `</description><content:encoded>` + long + `</content:encoded><author>` + long + `</author><source>` + long + `</source></item>
			<item><title>` + "\ufdd0" + `0</title></item></channel></rss>`,
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>` + long + `</title><subtitle>` + long + `</subtitle>
			<entry><title>` + long + `</title><summary>` + long + `</summary><content>` + long + `</content><author><name>` + long + `</name></author><source><title>` + long + `</title></source></entry>
			<entry><title>` + "\ufdd0" + `0</title></entry></feed>`,
	} {
		f, err := Parse([]byte(doc), Source{})
		if err != nil || len(f.Items) != 2 {
			t.Fatalf("%s: %d items, %v", name, len(f.Items), err)
		}
		it := f.Items[0]
		for what, got := range map[string]string{
			"the feed's title": f.Title, "its summary": f.Summary, "title": it.Title, "summary": it.Summary,
			"content": it.Content, "author": it.Author, "source": it.Source,
		} {
			if got != want {
				t.Errorf("%s: %s is %q", name, what, got)
			}
		}
		if got := f.Items[1].Title; got != "0" {
			t.Errorf("%s: a place in a document is read as %q", name, got)
		}
	}
}
