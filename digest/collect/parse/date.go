package parse

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// ParseDate reads a date as feeds write it: RFC 3339 and its relatives, RFC 822
// and its relatives, asctime, and words for months and halves of the day in
// several languages. What has no zone is taken as UTC, or as the time of the
// one country whose words it is written in; what has only a day is its
// midnight. The result is in UTC; ok is false where the words make no date. Of
// 05/11/2026 the month is read first; [ParseDateIn] knows better.
func ParseDate(s string) (at time.Time, ok bool) { return ParseDateIn(s, MonthFirst) }

// ParseDateIn is [ParseDate] with the order of day and month between slashes.
func ParseDateIn(s string, order Order) (at time.Time, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate {
		return time.Time{}, false
	}
	for _, layout := range []string{time.RFC3339, "Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 GMT"} {
		if t, err := time.Parse(layout, s); err == nil {
			return sane(t)
		}
	}
	s, home := namedZone(s)
	d := dateReader{fields: fieldsOf(halfDay.Replace(s)), home: home, order: order}
	if at, ok := d.epoch(); ok {
		return sane(at)
	}
	return d.read()
}

var zoneName = regexp.MustCompile(`\b(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?\b`)

// namedZone takes the name of a zone, such as Europe/Berlin, out of a date. It
// counts where the date says no offset of its own.
func namedZone(s string) (rest string, zone *time.Location) {
	at := zoneName.FindStringIndex(s)
	if at == nil {
		return s, nil
	}
	zone, err := time.LoadLocation(s[at[0]:at[1]])
	if err != nil {
		return s, nil
	}
	return s[:at[0]] + " " + s[at[1]:], zone
}

var halfDay = strings.NewReplacer("a.m.", "am", "p.m.", "pm", "A.M.", "am", "P.M.", "pm")

// maxDate is the longest text that can be a date, in bytes.
const maxDate = 120

func sane(t time.Time) (time.Time, bool) {
	if y := t.Year(); y < 1 || y > 9999 {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// field is a run of digits, of letters, or one other character.
type field struct {
	text   string
	num    int // the value of digits; -1 otherwise
	before rune
}

func fieldsOf(s string) []field {
	var out []field
	runes := []rune(s)
	before := ' '
	for i := 0; i < len(runes); {
		r := runes[i]
		class := classOf(r)
		j := i + 1
		for class != 0 && j < len(runes) && classOf(runes[j]) == class {
			j++
		}
		text := string(runes[i:j])
		switch class {
		case 'd':
			n := 0
			for _, c := range text {
				if n < 1_000_000_000 {
					n = n*10 + int(c-'0')
				}
			}
			out = append(out, field{text: text, num: n, before: before})
		case 'w':
			out = append(out, field{text: strings.ToLower(text), num: -1, before: before})
		}
		before = runes[j-1]
		if class == 'w' {
			before = 'w'
		}
		i = j
	}
	return out
}

func classOf(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return 'd'
	case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
		return 'w'
	}
	return 0
}

// dateReader finds the parts of a date among its fields.
type dateReader struct {
	fields               []field
	year, month, day     int
	hour, min, sec, nano int
	zone                 *time.Location
	home                 *time.Location // of the words it is written in; counts without a zone
	pm, am               bool
	order                Order
	strange              bool // its month is a word that is not understood
}

func (d *dateReader) read() (time.Time, bool) {
	d.words()
	d.clock()
	if d.strange || !d.calendar() {
		return time.Time{}, false
	}
	if d.pm && d.hour < 12 {
		d.hour += 12
	}
	if d.am && d.hour == 12 {
		d.hour = 0
	}
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 || d.hour > 24 || d.min > 59 || d.sec > 60 {
		return time.Time{}, false
	}
	zone := time.UTC
	switch {
	case d.zone != nil:
		zone = d.zone
	case d.home != nil && d.hour+d.min+d.sec > 0:
		zone = d.home
	}
	if time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, zone).Day() != d.day {
		return time.Time{}, false // 31 February
	}
	return sane(time.Date(d.year, time.Month(d.month), d.day, d.hour, d.min, d.sec, d.nano, zone))
}

// words takes what is said in letters: months, halves of the day, zones. What
// is not understood (weekdays) is passed over; the counters of Chinese,
// Japanese and Korean dates say what the number before them is.
func (d *dateReader) words() {
	d.monthWord()
	for i := 0; i < len(d.fields); i++ {
		f := d.fields[i]
		if f.num >= 0 {
			continue
		}
		if off, ok := homes[f.text]; ok {
			d.home = time.FixedZone("", off)
		}
		next := func() int {
			if i > 0 && d.fields[i-1].num >= 0 {
				return d.fields[i-1].num
			}
			return -1
		}
		switch c := counters[f.text]; {
		case c == 'y' && next() >= 0:
			d.year = next()
			d.drop(&i, 1)
		case c == 'm' && next() >= 0:
			d.month = next()
			d.drop(&i, 1)
		case c == 'd' && next() >= 0:
			d.day = next()
			d.drop(&i, 1)
		case c == 'h' && next() >= 0:
			d.hour = next()
			d.drop(&i, 1)
		case c == 'n' && next() >= 0:
			d.min = next()
			d.drop(&i, 1)
		case c == 's' && next() >= 0:
			d.sec = next()
			d.drop(&i, 1)
		case halves[f.text] != 0 && d.isHalf(i):
			d.pm, d.am = halves[f.text] == 'p', halves[f.text] == 'a'
		case d.zone == nil && d.clockBefore(i):
			off, ok := zones[f.text]
			if !ok && i == len(d.fields)-1 {
				off, ok = military[f.text]
			}
			if ok {
				d.zone = time.FixedZone(f.text, off)
			}
		}
	}
}

// drop removes the field and the n before it.
func (d *dateReader) drop(i *int, n int) {
	d.fields = append(d.fields[:*i-n:*i-n], d.fields[*i+1:]...)
	*i -= n + 1
}
