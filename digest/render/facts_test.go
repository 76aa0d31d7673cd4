package render

import (
	"fmt"
	"strings"
	"testing"

	"reedaily/digest"
)

// TestNumbersComeWithTheirSentence: in both parts, each with its source.
func TestNumbersComeWithTheirSentence(t *testing.T) {
	r := newRenderer(t)
	e, err := r.Sample("full-day")
	if err != nil {
		t.Fatal(err)
	}
	e.Numbers = append(e.Numbers, digest.EditionNumber{Kind: "money", Value: "$7 million", About: "nobody", Sentence: "\u200b "})
	v, err := r.View(e, testSite)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(v.Text), "")
	for _, n := range e.Numbers[:len(e.Numbers)-1] {
		if !strings.Contains(v.HTML, ">"+n.Value+"</strong>") || !strings.Contains(v.HTML, ">"+n.Sentence+" <a ") || !strings.Contains(v.HTML, `href="`+n.URL+`"`) {
			t.Errorf("the HTML lacks %+v", n)
		}
		if !strings.Contains(text, strings.Join(strings.Fields(n.Value+": "+n.About+n.Sentence+"("+n.Source+")"), "")) {
			t.Errorf("the text lacks %+v", n)
		}
	}
	if strings.Contains(v.HTML+v.Text, "$7 million") {
		t.Error("a number without a sentence is shown")
	}
	e.Numbers = nil
	if v, err = r.View(e, testSite); err != nil || strings.Contains(v.HTML+v.Text, "Numbers of the day") {
		t.Errorf("a day without numbers has a box (%v)", err)
	}
}

func TestTagsLeadToTheirPage(t *testing.T) {
	r := newRenderer(t)
	e, err := r.Sample("full-day")
	if err != nil {
		t.Fatal(err)
	}
	e.Stories[0].Tags = []digest.Tag{{Kind: digest.TagPlace, Name: "São Tomé & Príncipe"}, {Kind: digest.TagElement, Name: "…"}}
	v, err := r.View(e, testSite)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`href="https://news.example.com/tags/s%C3%A3o-tom%C3%A9-pr%C3%ADncipe"`, `>São Tomé &amp; Príncipe</a> · …</p>`, ` id="story-1"`} {
		if !strings.Contains(v.HTML, want) {
			t.Errorf("the HTML lacks %s", want)
		}
	}
	if !strings.Contains(v.Text, "   On: São Tomé & Príncipe, …\n") {
		t.Errorf("the text lacks the tags:\n%s", v.Text)
	}
	if v, err = r.View(e, Site{Name: "No site"}); err != nil || strings.Contains(v.HTML, "/tags/") || !strings.Contains(v.HTML, "São Tomé") {
		t.Errorf("without a site the tags are no links (%v)", err)
	}
}

// TestLongDayWithTags: the mail stays whole where every story has all its tags.
func TestLongDayWithTags(t *testing.T) {
	r := newRenderer(t)
	e := bigEdition(60)
	for i := range e.Stories {
		for j := range 5 {
			e.Stories[i].Tags = append(e.Stories[i].Tags, digest.Tag{Kind: digest.TagCompany, Name: fmt.Sprintf("Company %d of story %d", j, i)})
		}
	}
	v, err := r.View(e, testSite)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.HTML)+roomFor > clipAt || !strings.Contains(v.HTML, ">Company 4 of story 0</a>") || !strings.Contains(v.Text, "Company 4 of story 59") {
		t.Errorf("%d bytes, the lead's tags: %v", len(v.HTML), strings.Contains(v.HTML, ">Company 4 of story 0</a>"))
	}
}
