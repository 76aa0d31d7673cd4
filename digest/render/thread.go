package render

import (
	"strings"

	"reedaily/digest"
)

// Folded is a story that was told before and of which nothing is new: a title
// and who reports on it again.
type Folded struct {
	Title   string
	Lang    string
	URL     string
	Outlets []Outlet // the first is the title's
}

// Day is an earlier edition that told a story.
type Day struct {
	Told string // "First told" or "Last told"
	Date string // "13 February", with the year where it is another one
	URL  string // on the site; empty where there is none
}

func before(s digest.EditionStory, today digest.Day, site Site) []Day {
	if s.Relation != digest.RelationUpdate {
		return nil
	}
	base := strings.TrimRight(link(site.URL), "/")
	var days []Day
	for i, told := range []digest.Day{s.FirstTold, s.LastTold} {
		date := told.Time()
		if date.IsZero() || i > 0 && told == s.FirstTold {
			continue
		}
		layout := "2 January"
		if date.Year() != today.Time().Year() {
			layout = "2 January 2006"
		}
		day := Day{Told: [...]string{"First told", "Last told"}[i], Date: date.Format(layout)}
		if base != "" {
			day.URL = link(base + "/editions/" + string(told))
		}
		days = append(days, day)
	}
	return days
}

func folded(stories []digest.EditionStory) []Folded {
	var all []Folded
	for _, s := range stories {
		f := Folded{Title: line(s.Title, maxTitle), Lang: lang(s.Lang), URL: link(s.Lead().URL), Outlets: outlets(s.Articles, map[string]int{})}
		if f.Title == "" {
			f.Title = "(without a title)"
		}
		all = append(all, f)
	}
	return all
}

// StillLine begins the line of stories that have nothing new.
func (d Digest) StillLine() string {
	if len(d.Stories) == 0 {
		return "Still in the news:"
	}
	return "Also still in the news:"
}
