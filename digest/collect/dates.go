package collect

import (
	"fmt"
	"strings"
	"time"

	"reedaily/digest/collect/parse"
	"reedaily/digest/collect/plain"
)

// oldestDate is the first year in which an item can have been dated: what is
// older is a slip of the pen and says nothing. Whatever else is long ago is old,
// and not undated, so that it is never taken for news.
const oldestDate = 1901

// dated says whether a time is a date that somebody meant, and not the zero of
// a program's calendar: the year 1, 1900 (spreadsheets), 1970 (Unix), in any zone.
func dated(at time.Time) bool {
	unix := at.Unix()
	return at.Year() >= oldestDate && (unix < -86_400 || unix >= 2*86_400)
}

// published is when the outlet says; what it says and we do not believe is
// kept in the notes.
func (m *maker) published(it parse.Item, title string) time.Time {
	at := it.Published
	if at.IsZero() {
		at = it.Updated
	}
	switch {
	case at.IsZero():
		if it.BadDate != "" {
			m.badDates.add(title, it.BadDate)
		}
		return at
	case !dated(at):
		m.badDates.add(title, at.UTC().Format(time.RFC3339))
		return time.Time{}
	case at.After(m.now):
		m.future.add(title, at.UTC().Format(time.RFC3339))
		return m.now
	}
	return at
}

// maxNamed is how many items of one visit are named for one kind of doubt.
const maxNamed = 10

// doubts are the items whose date was not taken as it stands.
type doubts struct {
	n     int
	named []string // the first of them, with what their dates say
}

func (d *doubts) add(title, date string) {
	d.n++
	if len(d.named) < maxNamed {
		d.named = append(d.named, fmt.Sprintf("%s is dated %q", nameOf(title), plain.Cut(plain.Line(date), 60)))
	}
}

// nameOf is how a note names an item.
func nameOf(title string) string { return "“" + title + "”" }

// NotesOn are those of a visit's notes that name an article of this title.
func NotesOn(title string, notes []string) []string {
	var out []string
	for _, n := range notes {
		if rest, ok := strings.CutPrefix(n, nameOf(title)+" is "); ok {
			out = append(out, rest)
		}
	}
	return out
}

// notes say one line an item, and one for all that are not named.
func (d *doubts) notes(why string) (out []string) {
	for _, n := range d.named {
		out = append(out, n+", "+why)
	}
	if more := d.n - len(d.named); more > 0 {
		out = append(out, fmt.Sprintf("%d more dated likewise, %s", more, why))
	}
	return out
}

func (m *maker) notes() []string {
	var out []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{m.noLink, "without an address that can be opened, left out"},
		{m.noTitle, "without a title or text, left out"},
		{m.twice, "that another item of the feed repeats, left out"},
	} {
		switch c.n {
		case 0:
		case 1:
			out = append(out, "1 item "+c.what)
		default:
			out = append(out, fmt.Sprintf("%d items %s", c.n, c.what))
		}
	}
	out = append(out, m.future.notes("which is in the future: taken as of now")...)
	return append(out, m.badDates.notes("which makes no sense: taken as undated")...)
}
