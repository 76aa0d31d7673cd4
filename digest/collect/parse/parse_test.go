package parse

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew; look at the difference before committing it")

// TestPairs reads every document in testdata and compares with the reading
// beside it. To add one: put the document there, run with -update, look.
func TestPairs(t *testing.T) {
	docs, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		if strings.HasSuffix(doc, ".golden") {
			continue
		}
		t.Run(filepath.Base(doc), func(t *testing.T) {
			body, err := os.ReadFile(doc)
			if err != nil {
				t.Fatal(err)
			}
			feed, err := Parse(body, Source{})
			got := shown(t, struct {
				Feed
				Error string
			}{feed, errText(err)})
			golden := doc + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if string(want) != got {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}

// shown is v as JSON without the fields that say nothing.
func shown(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	said(tree)
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(tree); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func said(tree map[string]any) {
	for k, v := range tree {
		switch x := v.(type) {
		case []any:
			for _, e := range x {
				if m, ok := e.(map[string]any); ok {
					said(m)
				}
			}
		case nil:
			delete(tree, k)
		default:
			if x == "" || x == 0.0 || x == "0001-01-01T00:00:00Z" {
				delete(tree, k)
			}
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestHTTPCharset(t *testing.T) {
	doc := "<rss><channel><title>\xc3\xee\xe4</title></channel></rss>" // "Год" in windows-1251
	for contentType, want := range map[string]string{
		"text/xml; charset=windows-1251":  "Год",
		`text/xml; charset="cp1251"`:      "Год",
		"text/xml; charset=utf-8":         "Ãîä",
		"text/xml; charset=no-such-thing": "Ãîä",
		"text/xml":                        "Ãîä",
	} {
		f, err := Parse([]byte(doc), Source{ContentType: contentType})
		if err != nil || f.Title != want {
			t.Errorf("%s: %q, %v", contentType, f.Title, err)
		}
	}
	// A header that is wrong does not spoil what is plainly UTF-8.
	f, err := Parse([]byte("<rss><channel><title>稀土价格上涨</title></channel></rss>"), Source{ContentType: "text/xml; charset=iso-8859-1"})
	if err != nil || f.Title != "稀土价格上涨" {
		t.Errorf("%q, %v", f.Title, err)
	}
}

func TestItemsAreBounded(t *testing.T) {
	doc := "<rss><channel>" + strings.Repeat("<item><title>A</title><link>https://ore.example/</link></item>", 30) + "</channel></rss>"
	f, err := Parse([]byte(doc), Source{MaxItems: 10})
	if err != nil || len(f.Items) != 10 || len(f.Notes) != 1 || f.Notes[0] != "20 items beyond the first 10 were left out" {
		t.Errorf("%d items, %v, %v", len(f.Items), f.Notes, err)
	}
}

// TestTruncation cuts a feed at every byte: the whole items stay.
// TestNothingReadIsNoAnswer: a document that goes beyond all sense before its
// first item is a failure, not a quiet feed; behind an item the item counts.
func TestNothingReadIsNoAnswer(t *testing.T) {
	const item = "<item><title>Ore</title><link>https://ore.example/a</link></item>"
	wrap := func(inner string) string { return "<rss><channel>" + inner + "</channel></rss>" }
	deep := strings.Repeat("<a>", 200_000)
	attrs := "<a" + strings.Repeat(` b="c"`, 100_000) + "/>"
	many := strings.Repeat("<item/>", 200_000)
	for _, c := range []struct{ name, body, want string }{
		{"nested", "<rss><channel>" + deep, "nested deeper"},
		{"nested, with all ends", wrap(deep + strings.Repeat("</a>", 200_000)), "nested deeper"},
		{"nested by turns", wrap(strings.Repeat("<a><b>", 100_000)), "nested deeper"},
		{"nested in a text", "<rss><channel><title>" + strings.Repeat("<b>", 200_000), "nested deeper"},
		{"nested in an item without a name", "<rss><channel><item>" + deep, "nested deeper"},
		{"nested in Atom", "<feed>" + deep, "nested deeper"},
		{"attributes", wrap(attrs), "more attributes"},
		{"JSON", `{"title":"Ore","x":[` + strings.Repeat("0,", 1_100_000) + `0],"items":[]}`, "neither RSS"},
		{"JSON with a list", `{"title":"Ore","items":[` + strings.Repeat("0,", 1_100_000) + "0]}", "larger than any"},
		{"nested behind an item", "<rss><channel>" + item + deep, ""},
		{"attributes before an item", wrap(attrs + item), ""},
		{"many items", wrap(many), ""},
		{"a quiet feed", wrap("<title>Ore</title><x><y>z</y></x>"), ""},
		{"a quiet feed that says much", wrap(strings.Repeat("<x><y>z</y></x>", 5000)), ""},
	} {
		feed, err := Parse([]byte(c.body), Source{})
		if got := errText(err); c.want == "" && err != nil || !strings.Contains(got, c.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: %q and %d items, want %q", c.name, got, len(feed.Items), c.want)
		}
	}
}

// TestDeclaredEntities: they are told of, never expanded, and no reason to
// leave out a feed.
func TestDeclaredEntities(t *testing.T) {
	const body = `<rss><channel><item><title>Ore &x; &nbsp;&amp; &lt;!ENTITY y "z"></title><link>https://ore.example/a</link></item></channel></rss>`
	for _, c := range []struct {
		name, before string
		told         bool
	}{
		{"none", "", false},
		{"a document type without any", `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x.dtd">`, false},
		{"one", `<!DOCTYPE rss [<!ENTITY x "expanded">]>`, true},
		{"a file", `<?xml version="1.0"?><!DOCTYPE rss [ <!ENTITY x SYSTEM "file:///etc/hostname"> ]>`, true},
		{"a parameter", `<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://ore.example/x.dtd"> %x;]>`, true},
		{"in a subset that never ends", `<!DOCTYPE rss [<!ENTITY x "expanded">`, true},
		{"longer than a document type may be", "<!DOCTYPE rss [" + strings.Repeat(`<!ENTITY x "expanded">`, 10_000) + "]>", true},
		{"with an odd quote", `<!DOCTYPE rss [<!ENTITY x "expanded>]>`, true},
	} {
		feed, err := Parse([]byte(c.before+body), Source{})
		if err != nil || len(feed.Items) != 1 || !strings.HasPrefix(feed.Items[0].Title, "Ore &x;") {
			t.Errorf("%s: %v, %+v", c.name, err, feed.Items)
		}
		if told := strings.Contains(strings.Join(feed.Notes, "\n"), "declares entities"); told != c.told {
			t.Errorf("%s: told %v, want %v: %q", c.name, told, c.told, feed.Notes)
		}
	}
}

func TestTruncation(t *testing.T) {
	head := `<rss version="2.0"><channel><title>Ore</title>`
	item := "<item><title>A &amp; B</title><link>https://ore.example/1</link><description><![CDATA[<p>x</p>]]></description><!-- c --></item>"
	doc := head + strings.Repeat(item, 3) + "</channel></rss>"
	for cut := len(head); cut < len(doc); cut++ {
		f, err := Parse([]byte(doc[:cut]), Source{})
		whole := strings.Count(doc[:cut], "</item>")
		if err != nil || len(f.Items) < whole || len(f.Items) > whole+1 {
			t.Fatalf("cut at %d: %d items, %d whole, %v", cut, len(f.Items), whole, err)
		}
	}
}

func TestParseDate(t *testing.T) {
	cases := map[string]string{
		"2026-02-13T10:00:00Z":                     "2026-02-13T10:00:00Z",
		"2026-02-13T10:00:00.123456+01:00":         "2026-02-13T09:00:00Z",
		"2026-02-13T10:00:00+0100":                 "2026-02-13T09:00:00Z",
		"2026-02-13 10:00:00":                      "2026-02-13T10:00:00Z",
		"2026-02-13 10:00":                         "2026-02-13T10:00:00Z",
		"2026-02-13T10:00-05":                      "2026-02-13T15:00:00Z",
		"2026-02-13":                               "2026-02-13T00:00:00Z",
		"2026-02":                                  "2026-02-01T00:00:00Z",
		"2026":                                     "2026-01-01T00:00:00Z",
		"20260213":                                 "2026-02-13T00:00:00Z",
		"20260213100000":                           "2026-02-13T10:00:00Z",
		"2026-044":                                 "2026-02-13T00:00:00Z",
		"2026/02/13 10:00:00":                      "2026-02-13T10:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 GMT":            "2026-02-13T10:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 +0900":          "2026-02-13T01:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 EST":            "2026-02-13T15:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 PDT":            "2026-02-13T17:00:00Z",
		"Fri, 13 Feb 26 10:00 UT":                  "2026-02-13T10:00:00Z",
		"Friday, 13-Feb-26 10:00:00 GMT":           "2026-02-13T10:00:00Z",
		"13 Feb 2026":                              "2026-02-13T00:00:00Z",
		"Fri Feb 13 10:00:00 2026":                 "2026-02-13T10:00:00Z",
		"Fri Feb 13 10:00:00 PST 2026":             "2026-02-13T18:00:00Z",
		"February 13, 2026 3:04 PM":                "2026-02-13T15:04:00Z",
		"Feb 13, 2026, 12:05 a.m.":                 "2026-02-13T00:05:00Z",
		"Fri, 13 Feb 2026 10:00:00 GMT+0100 (CET)": "2026-02-13T09:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 +3000":          "2026-02-13T10:00:00Z",
		"vendredi 13 février 2026 à 10h00":         "2026-02-13T10:00:00Z",
		"13. Februar 2026, 10:00 Uhr":              "2026-02-13T10:00:00Z",
		"Пт, 13 фев 2026 10:00:00 +0300":           "2026-02-13T07:00:00Z",
		"13 de febrero de 2026":                    "2026-02-13T00:00:00Z",
		"2026年2月13日 10:00":                         "2026-02-13T10:00:00Z",
		"2026年02月13日":                              "2026-02-13T00:00:00Z",
		"2026년 2월 13일 오후 3:04":                     "2026-02-13T06:04:00Z",
		"2026년 02월 13일 10시 20분 30초":                "2026-02-13T01:20:30Z",
		"2026-02-13 오전 12:30:00":                   "2026-02-12T15:30:00Z",
		"2026년 02월 13일":                            "2026-02-13T00:00:00Z",
		"2026-02-13 下午 3:04":                       "2026-02-13T07:04:00Z",
		"2026-02-13T10":                            "2026-02-13T10:00:00Z",
		"2026-02-13T23:59:60Z":                     "2026-02-14T00:00:00Z",
		"2026-02-13T24:00:00Z":                     "2026-02-14T00:00:00Z",
		"2026044":                                  "2026-02-13T00:00:00Z",
		"26-044":                                   "2026-02-13T00:00:00Z",
		"260213":                                   "2026-02-13T00:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 A":              "2026-02-13T11:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 N":              "2026-02-13T09:00:00Z",
		"Fri, 13 Feb 2026 10:00:00 AT":             "2026-02-13T14:00:00Z",
		"2026-366":                                 "",
		"Κυρ, 11 Ιούλ 2004 12:00:00 EST":           "2004-07-11T17:00:00Z",
		"2004-július-13T9:15-05:00":                "2004-07-13T14:15:00Z",
		"13.02.2026 10:00":                         "2026-02-13T10:00:00Z",
		"02/13/2026":                               "2026-02-13T00:00:00Z",
		"13/02/2026 10:00":                         "2026-02-13T10:00:00Z",
		"03-12-31":                                 "2003-12-31T00:00:00Z",
		"Thu, 31 Feb 2026 10:00:00 GMT":            "",
		"Fri, 13 Feb 2026 25:00:00 GMT":            "",
		"mar, 24 nov 2026 10:00:00 +0100":          "2026-11-24T09:00:00Z",
		"mar. 24 novembre 2026 10:00":              "2026-11-24T10:00:00Z",
		"mar, 24 de nov de 2026 10:00":             "2026-11-24T10:00:00Z",
		"mar nov 24 10:00:00 2026":                 "2026-11-24T10:00:00Z",
		"mar, nov 24, 2026":                        "2026-11-24T00:00:00Z",
		"24 nov 2026 (mar) 10:00":                  "2026-11-24T10:00:00Z",
		"10:00 mar 24 nov 2026":                    "2026-11-24T10:00:00Z",
		"mar 3 mar 2026":                           "2026-03-03T00:00:00Z",
		"mar, 24/11/2026 10:00":                    "2026-11-24T10:00:00Z",
		"mar 2026-11-24 10:00":                     "2026-11-24T10:00:00Z",
		"mar 24.11.2026":                           "2026-11-24T00:00:00Z",
		"Mar 24 2026 3 PM":                         "2026-03-24T15:00:00Z",
		"24-Mar-2026 10:00":                        "2026-03-24T10:00:00Z",
		"mar 24 mars 2026":                         "2026-03-24T00:00:00Z",
		"Mar, 24 Noi 2026 10:00:00 +0200":          "2026-11-24T08:00:00Z",
		"Mar, 02 Iun 2026":                         "2026-06-02T00:00:00Z",
		"Mar, 07 Iul 2026":                         "2026-07-07T00:00:00Z",
		"mar 01 sett 2026":                         "2026-09-01T00:00:00Z",
		"Mar, 24 Novem 2026":                       "2026-11-24T00:00:00Z",
		"mar, 1 déce 2026":                         "2026-12-01T00:00:00Z",
		"Mar, 24 Xyz 2026 10:00:00 +0200":          "",
		"mar 24 xyz 26":                            "",
		"24 xyz 2026 (mar) 10:00":                  "",
		"Mar 24 Tue 2026":                          "2026-03-24T00:00:00Z",
		"Mar 24 10:00:00 EST 2026":                 "2026-03-24T15:00:00Z",
		"Tue Mar 24 10:00:00 CEST 2026":            "2026-03-24T08:00:00Z",
		"mar 3 del 2026":                           "2026-03-03T00:00:00Z",
		"dec 24 nov 2026":                          "2026-11-24T00:00:00Z",
		"dim. 1 févr. 2026":                        "2026-02-01T00:00:00Z",
		"sam. 2 mai 2026 10:00 CEST":               "2026-05-02T08:00:00Z",
		"lun, 4 ago 2026":                          "2026-08-04T00:00:00Z",
		"gio, 6 ago 2026":                          "2026-08-06T00:00:00Z",
		"do 6 mei 2026":                            "2026-05-06T00:00:00Z",
		"pt, 27 lis 2026 10:00:00 +0100":           "2026-11-27T09:00:00Z",
		"27 lis 2026 (pt) 10:00":                   "2026-11-27T10:00:00Z",
		"Sal, 24 Kas 2026 10:00":                   "2026-11-24T10:00:00Z",
		"Τρι, 24 Μαρ 2026":                         "2026-03-24T00:00:00Z",
		"Nov 24, 2026 at 10:30 AM":                 "2026-11-24T10:30:00Z",
		"24 Nov 2026 at 10:30 EST":                 "2026-11-24T15:30:00Z",
		"20261124T103000Z":                         "2026-11-24T10:30:00Z",
		"20261124T103000+0100":                     "2026-11-24T09:30:00Z",
		"20261124T103000.123-05:00":                "2026-11-24T15:30:00Z",
		"20261124T1030Z":                           "2026-11-24T10:30:00Z",
		"2026-11-24T103000Z":                       "2026-11-24T10:30:00Z",
		"20261124 103000":                          "2026-11-24T10:30:00Z",
		"20261124T10:30:00Z":                       "2026-11-24T10:30:00Z",
		"202611241030":                             "2026-11-24T10:30:00Z",
		"20261124T256000Z":                         "",
		"1795516200":                               "2026-11-24T10:30:00Z",
		"1795516200.25":                            "2026-11-24T10:30:00Z",
		"1795516200000":                            "2026-11-24T10:30:00Z",
		"2026-11-24+01:00":                         "2026-11-24T00:00:00Z",
		"20261124T103000+01:00":                    "2026-11-24T09:30:00Z",
		"12 a.m., Mar 24 2026":                     "2026-03-24T00:00:00Z",
		"Veröffentlicht am 24.11.2026 12:30":       "2026-11-24T12:30:00Z",
		"am 24. November 2026, 12:30 Uhr":          "2026-11-24T12:30:00Z",
		"2026-02-13 PM 3:04":                       "2026-02-13T15:04:00Z",
		"179551620":                                "",
		"yesterday":                                "",
		"":                                         "",
		"13":                                       "",
		"99999999999999999999":                     "",
		"0000-00-00T00:00:00Z":                     "",
	}
	for in, want := range cases {
		at, ok := ParseDate(in)
		got := ""
		if ok {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestOldCharsets: labels that browsers do not know, or refuse.
func TestOldCharsets(t *testing.T) {
	for label, c := range map[string]struct{ bytes, want string }{
		"cp949":      {"\xc8\xf1\xc5\xe4\xb7\xf9", "희토류"},
		"CP932":      {"\x8a\xf3\x93y", "希土"},
		"cp936":      {"\xcf\xa1\xcd\xc1", "稀土"},
		"cp950":      {"\xb5}\xa4g", "稀土"},
		"hz-gb-2312": {"~{O!MA~}", "稀土"},
		"cp850":      {"caf\x82", "café"},
		"IBM437":     {"caf\x82", "café"},
	} {
		f, err := Parse([]byte(`<?xml version="1.0" encoding="`+label+`"?><rss><channel><title>`+c.bytes+`</title></channel></rss>`), Source{})
		if err != nil || f.Title != c.want {
			t.Errorf("%s: %q, %v", label, f.Title, err)
		}
	}
}

// TestTextsInTwoWrappings: marks of CDATA that were escaped are none of the
// text's; an article on XML keeps its own.
func TestTextsInTwoWrappings(t *testing.T) {
	for text, want := range map[string]string{
		"&lt;![CDATA[Real title]]&gt;":                             "Real title",
		"<![CDATA[<![CDATA[Real title]]]]><![CDATA[>]]>":           "Real title",
		"<![CDATA[<![CDATA[Real title]]>]]>":                       "Real title",
		"<![CDATA[&lt;![CDATA[Real title]]&gt;]]>":                 "Real title",
		"&amp;lt;![CDATA[Real title]]&amp;gt;":                     "Real title",
		" &lt;![CDATA[ &lt;![CDATA[Real &lt;b>title]]&gt; ]]&gt; ": "Real <b>title",
		"&lt;![CDATA[Real title":                                   "Real title",
		"&lt;![CDATA[]]&gt;":                                       "",
		"How &amp;lt;![CDATA[x]]&amp;gt; is read":                  "How &lt;![CDATA[x]]&gt; is read",
		"&amp;lt;![CDATA[ and what it is":                          "&lt;![CDATA[ and what it is",
	} {
		for kind, doc := range map[string]string{
			"RSS":  "<rss><channel><item><title>" + text + "</title><description>" + text + "</description></item></channel></rss>",
			"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">` + text + `</title><summary type="html">` + text + "</summary></entry></feed>",
		} {
			f, err := Parse([]byte(doc), Source{})
			if err != nil || len(f.Items) != 1 || strings.TrimSpace(f.Items[0].Title) != want || strings.TrimSpace(f.Items[0].Summary) != want {
				t.Errorf("%s, %q: %+v, %v, want %q", kind, text, f.Items, err, want)
			}
		}
	}
	f, err := Parse([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"<![CDATA[Real title]]>"}]}`), Source{})
	if err != nil || f.Items[0].Title != "Real title" {
		t.Errorf("JSON: %+v, %v", f.Items, err)
	}
}

// TestBadDateIsKept: a date that is not understood is told, not guessed at.
func TestBadDateIsKept(t *testing.T) {
	for _, doc := range []string{
		`<rss><channel><item><title>a</title><pubDate>next week</pubDate></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><published>next week</published></entry></feed>`,
		`{"items":[{"id":"1","title":"a","date_published":"next week"}]}`,
	} {
		f, err := Parse([]byte(doc), Source{})
		if err != nil || len(f.Items) != 1 || !f.Items[0].Published.IsZero() || f.Items[0].BadDate != "next week" {
			t.Errorf("%s: %+v, %v", doc, f.Items, err)
		}
	}
}
