package render

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"reedaily/digest"
)

// FuzzView: whatever a feed writes, the mail keeps its shape: the same
// elements with the same attributes as with harmless words, no way out of the
// text, and the reader's link in its places only.
func FuzzView(f *testing.F) {
	f.Add("<script>alert(1)</script>", "https://example.com/", "en")
	f.Add(`" onmouseover="alert(1)`, "javascript:alert(1)", `en" onload="x`)
	f.Add("</td></tr></table>{{.Name}}", "https://example.com/\"><img src=x>", "zh-Hans")
	f.Add("&lt;b&gt; &amp; \u202e\r\n\x00", "https://unsubscribe.invalid/reader", "ar")
	f.Add("稀土\u2028شي", "https://example.com/?a='b'&c=<d>", "x")
	f.Add("<!--", "https://exa mple.com", "")
	f.Add("</title><style>*{display:none}</style>", "http://[::1]:80/%zz", "de")
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, words, address, tag string) {
		e := digest.Edition{
			Key: digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}, Title: words, Subject: words, Zone: words, Note: words,
			Sources: digest.SourceCount{Asked: 2, Answered: 1, Silent: []string{words}},
			Numbers: []digest.EditionNumber{{Value: words, About: words, Sentence: "Said: " + words, Lang: tag, Source: words, URL: address}, {Value: "1", Sentence: words}},
			Stories: []digest.EditionStory{{
				Tags:  []digest.Tag{{Kind: tag, Name: words}, {Kind: "place", Name: "x" + words}},
				Title: words, Lang: tag, Relation: digest.RelationUpdate,
				Highlights: []digest.Highlight{{Text: words, Source: words}},
				Articles:   []digest.EditionArticle{{URL: address, Source: words}, {URL: address, Source: words + "2"}},
			}},
		}
		v, err := r.View(e, Site{Name: words, URL: address, Address: words})
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range preflight(v) {
			t.Error(finding)
		}
		if strings.IndexFunc(v.Text, func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf)) }) >= 0 {
			t.Errorf("the plain text has a control character: %q", v.Text)
		}
		// The same with words of letters only must have the same shape.
		d := model(e, Site{Name: words, URL: address, Address: words})
		lettersOnly(&d)
		harmless, err := r.view(d)
		if err != nil {
			t.Fatal(err)
		}
		_, got := hrefs(t, v.HTML)
		_, want := hrefs(t, harmless.HTML)
		if !slices.Equal(got, want) {
			t.Errorf("the words changed the mail's shape:\n%q\n%q", got, want)
		}
		for _, part := range [][2]string{{v.HTML, harmless.HTML}, {v.Text, harmless.Text}} {
			if strings.Count(part[0], digest.PersonalUnsubscribe) != strings.Count(part[1], digest.PersonalUnsubscribe) {
				t.Error("the reader's link stands in other places")
			}
		}
	})
}

// lettersOnly puts a plain word in place of all that outlets and operators said.
func lettersOnly(d *Digest) {
	plain := func(s string) string {
		if s == "" {
			return ""
		}
		return "words"
	}
	d.Name, d.Subject, d.Preheader, d.Note, d.Sources, d.Address = plain(d.Name), plain(d.Subject), plain(d.Preheader), plain(d.Note), plain(d.Sources), plain(d.Address)
	for i := range d.Numbers {
		n := &d.Numbers[i]
		n.Value, n.About, n.Sentence, n.Source = plain(n.Value), plain(n.About), plain(n.Sentence), plain(n.Source)
	}
	for i := range d.Stories {
		s := &d.Stories[i]
		for j := range s.Tags {
			s.Tags[j].Name = plain(s.Tags[j].Name)
		}
		s.Title, s.Source, s.Host, s.When = plain(s.Title), plain(s.Source), plain(s.Host), plain(s.When)
		for j := range s.Highlights {
			h := &s.Highlights[j]
			h.Text, h.Source = plain(h.Text), plain(h.Source)
		}
		for j := range s.Also {
			s.Also[j].Source, s.Also[j].Host = plain(s.Also[j].Source), plain(s.Also[j].Host)
		}
	}
}

func BenchmarkView(b *testing.B) {
	r := newRenderer(b)
	e := bigEdition(20)
	for b.Loop() {
		if _, err := r.View(e, testSite); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDigest(b *testing.B) {
	r := newRenderer(b)
	v, err := r.View(bigEdition(20), testSite)
	if err != nil {
		b.Fatal(err)
	}
	p := Personal{Sender: testSender, To: "reader@example.org", Subject: "Much news", MessageID: "digest.01@news.example.com", Date: time.Now(), Unsubscribe: leaveLink}
	b.ReportAllocs()
	for b.Loop() {
		letter, err := r.Digest(v, p)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(letter.Raw)))
	}
}
