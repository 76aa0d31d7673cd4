package render

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/bidi"

	"reedaily/digest"
)

// Digest is what templates/mail/digest.* may use. Everything is cleaned: text
// is one line without control characters, links are http or https or empty.
type Digest struct {
	Name        string // of the newsletter
	Subject     string
	Preheader   string // what an inbox shows behind the subject
	Date        string // in words
	Tile        Tile
	Count       string   // "In this edition: 7 stories from 21 articles"; empty on a quiet day
	Note        string   // of the editor, or of a quiet day
	Stories     []Story  // told in full
	Brief       []Story  // told in one line
	Still       []Folded // stories that were told and have nothing new
	Numbers     []Number // the numbers of the day
	Sources     string   // "41 of 43 sources answered; silent: …"
	SiteHost    string
	Unsubscribe string // stands for the reader's own link
	WebURL      string // this edition on the site; empty where there is no site
	Address     string
	Contact     string // a mail address; may be empty
}

// At is " at HOST", or empty where there is no site.
func (d Digest) At() string { return at(d.SiteHost) }

func at(host string) string {
	if host == "" {
		return ""
	}
	return " at " + host
}

// Tile is the day as if it stood in the periodic table.
type Tile struct {
	Number int    // day of the month
	Symbol string // "Sa"
	Month  string // "Feb"
	Color  string // of the weekday
}

// Story is one event.
type Story struct {
	Number     int
	Lead       bool  // the first one
	Update     bool  // told before, and there is more
	Before     []Day // for an update, the editions that told it: the first and, where it is another one, the newest
	Title      string
	Lang       string
	RTL        bool // the title reads from right to left
	URL        string
	Host       string
	Source     string
	When       string // "07:40", "13 Feb, 22:10", "13 Feb"
	Highlights []Highlight
	Also       []Outlet
	Tags       []Tag
}

// Meta is the line beside a headline, for the plain text.
func (s Story) Meta() string {
	var parts []string
	if s.Update {
		parts = append(parts, "UPDATE")
	}
	for _, p := range []string{s.Source, s.When} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// BriefLine is the story in one line, for the plain text.
func (s Story) BriefLine() string {
	words := s.Title
	if s.Update {
		words = "UPDATE: " + words
	}
	if s.Source != "" {
		words += " (" + s.Source + ")"
	}
	return words
}

// Highlight is one sentence: quoted, or in our words and marked so.
type Highlight struct {
	Text   string
	Source string // empty where it is the story's own
	Ours   string // "in our words" or "our translation"; empty for a quotation
	Lang   string // of the text, where it is not the story's
}

// Credit is the source and whose words these are: "Source, in our words"; empty
// for a quotation from the story's own source.
func (h Highlight) Credit() string {
	if h.Source == "" || h.Ours == "" {
		return h.Source + h.Ours
	}
	return h.Source + ", " + h.Ours
}

// Bracket is " (Credit)", or empty.
func (h Highlight) Bracket() string {
	if h.Credit() == "" {
		return ""
	}
	return " (" + h.Credit() + ")"
}

// Outlet is another report of a story.
type Outlet struct {
	Source string // with a number behind it where the outlet has more than one
	URL    string
	Host   string
}

// model says in words what stands in an edition.
func model(e digest.Edition, site Site) Digest {
	zone, err := time.LoadLocation(e.Zone)
	if err != nil {
		zone = time.UTC
	}
	name := e.Title
	if name == "" {
		name = site.Name
	}
	d := Digest{
		Name:        line(name, maxName),
		Subject:     header(e.Subject, maxSubject),
		Date:        e.Key.Day.Time().Format("Monday, 2 January 2006"),
		Tile:        tile(e.Key.Day),
		Count:       count(e),
		Note:        line(e.Note, maxNote),
		Sources:     sources(e.Sources),
		Unsubscribe: digest.PersonalUnsubscribe,
		Address:     line(site.Address, maxNote),
		Contact:     contact(site.Contact),
	}
	if base := link(site.URL); base != "" {
		d.SiteHost = host(base)
		d.WebURL = strings.TrimRight(base, "/") + "/editions/" + string(e.Key.Day)
	}
	clock := false
	for i, s := range e.News() {
		m := story(i, s, e.Key.Day, zone)
		m.Tags, m.Before = tags(s.Tags, site), before(s, e.Key.Day, site)
		if s.Brief {
			d.Brief = append(d.Brief, m)
			continue
		}
		clock = clock || strings.Contains(m.When, ":")
		d.Stories = append(d.Stories, m)
	}
	d.Still = folded(e.Unchanged())
	if len(e.Stories) == 0 && d.Note == "" {
		d.Note = "Nothing new this morning. Until the next edition."
	}
	if clock {
		d.Sources = strings.TrimLeft(d.Sources+" Times: "+zoneName(zone)+".", " ")
	}
	d.Numbers = numbers(e)
	d.Preheader = preheader(d)
	return d
}

// contact is a mail address that a reader may write to, or empty.
func contact(raw string) string {
	address, err := digest.ParseAddress(raw, nil)
	if err != nil {
		return ""
	}
	return address
}

// weekdays are the colours of seven rare-earth salts, one for each day.
// Dark ink on each of them has a contrast of 4.5:1 at least.
var weekdays = [7]string{
	time.Monday:    "#e58a4b", // cerium
	time.Tuesday:   "#8fb566", // praseodymium
	time.Wednesday: "#ab96d6", // neodymium
	time.Thursday:  "#ecd06f", // samarium
	time.Friday:    "#d9a441", // holmium
	time.Saturday:  "#e08ba0", // erbium
	time.Sunday:    "#9ccbb8", // thulium
}

func tile(day digest.Day) Tile {
	t := day.Time()
	return Tile{Number: t.Day(), Symbol: t.Format("Mon")[:2], Month: t.Format("Jan"), Color: weekdays[t.Weekday()]}
}

func zoneName(zone *time.Location) string {
	if zone == time.UTC {
		return "UTC"
	}
	return strings.ReplaceAll(zone.String(), "_", " ")
}

func story(i int, s digest.EditionStory, day digest.Day, zone *time.Location) Story {
	lead := s.Lead()
	out := Story{
		Number: i + 1,
		Lead:   i == 0,
		Update: s.Relation == digest.RelationUpdate,
		Title:  line(s.Title, maxTitle),
		Lang:   lang(s.Lang),
		URL:    link(lead.URL),
		Source: line(lead.Source, maxName),
		When:   when(lead, day, zone),
	}
	out.Host = hostBeside(out.URL, out.Source)
	if out.Title == "" {
		out.Title = "(without a title)"
	}
	out.RTL = rightToLeft(out.Title)
	for _, h := range s.Highlights {
		text, source := line(h.Text, maxText), line(h.Source, maxName)
		if text == "" {
			continue
		}
		if source == out.Source {
			source = ""
		}
		out.Highlights = append(out.Highlights, Highlight{Text: text, Source: source, Ours: ours(h), Lang: lang(h.Lang)})
	}
	out.Also = outlets(s.Also(), map[string]int{cmp.Or(out.Source, host(out.URL)): 1})
	return out
}

// outlets are articles under the names of their outlets. The second of one
// outlet is "Name (2)"; named says how many of each are shown already.
func outlets(articles []digest.EditionArticle, named map[string]int) []Outlet {
	var all []Outlet
	hosts := map[Outlet]bool{}
	for _, a := range articles {
		o := Outlet{Source: line(a.Source, maxName), URL: link(a.URL)}
		o.Host = hostBeside(o.URL, o.Source)
		if o.Source == "" {
			o.Source, o.Host = o.Host, ""
		}
		if o.Source == "" {
			continue
		}
		named[o.Source]++
		if key := (Outlet{Source: o.Source, Host: o.Host}); hosts[key] {
			o.Host = ""
		} else {
			hosts[key] = true
		}
		if n := named[o.Source]; n > 1 {
			o.Source = fmt.Sprintf("%s (%d)", o.Source, n)
		}
		all = append(all, o)
	}
	return all
}

// ours says of a sentence that no source wrote so who did.
func ours(h digest.Highlight) string {
	switch {
	case !h.Rewritten:
		return ""
	case h.Lang != "":
		return "our translation"
	}
	return "in our words"
}

// rightToLeft says so of a text whose first letter does.
func rightToLeft(s string) bool {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// hostBeside is the host to show beside a link, so that a link's text never
// hides where it leads; nothing where the text is the host itself, and for the
// demo's press on the reader's own machine.
func hostBeside(url, text string) string {
	h := host(url)
	if strings.EqualFold(h, text) || loopback(h) {
		return ""
	}
	return h
}

// when is the time of an article as a reader of that day needs it.
func when(a digest.EditionArticle, day digest.Day, zone *time.Location) string {
	switch {
	case a.Published.IsZero():
		return ""
	case a.DayOnly:
		// A day without an hour is no moment: moved to another zone it would
		// become the day before.
		return a.Published.UTC().Format("2 Jan")
	case digest.DayOf(a.Published, zone) == day:
		return a.Published.In(zone).Format("15:04")
	}
	return a.Published.In(zone).Format("2 Jan, 15:04")
}

func count(e digest.Edition) string {
	articles := 0
	news := e.News()
	for _, s := range news {
		articles += len(s.Articles)
	}
	stories := number(len(news), "story", "stories")
	switch {
	case len(news) == 0:
		return ""
	case articles <= len(news):
		return "In this edition: " + stories
	}
	return fmt.Sprintf("In this edition: %s from %s", stories, number(articles, "article", "articles"))
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func sources(c digest.SourceCount) string {
	if c.Asked == 0 {
		return ""
	}
	s := fmt.Sprintf("%d of %s answered", c.Answered, number(c.Asked, "source", "sources"))
	var names []string
	for _, n := range c.Silent {
		if n = line(n, maxName); n != "" {
			names = append(names, n)
		}
	}
	switch {
	case c.Asked > 1 && c.Answered == c.Asked:
		return fmt.Sprintf("All %d sources answered.", c.Asked)
	case len(names) == 0:
		return s + "."
	}
	return s + "; silent: " + strings.Join(names, ", ") + "."
}

// preheader is what an inbox shows behind the subject: the other headlines,
// since the subject has the first.
func preheader(d Digest) string {
	if d.Note != "" {
		return line(d.Note, 160)
	}
	var titles []string
	for i, s := range d.Stories {
		if i > 0 && i < 4 {
			titles = append(titles, s.Title)
		}
	}
	if len(titles) == 0 {
		return d.Count
	}
	return line("Also: "+strings.Join(titles, " · "), 240)
}
