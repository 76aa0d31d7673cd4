package parse

import (
	"time"
	"unicode/utf8"
)

// clock takes h:m[:s[.frac]], hhmm[ss[.frac]] or an hour alone, and the numeric
// zone that follows the first two.
func (d *dateReader) clock() {
	at := d.packedClock()
	end := at + 1
	if at >= 0 {
		end = d.fraction(end)
	} else {
		if at = d.colon(); at < 0 {
			if !d.clockWithH() && !d.clockWithDots() {
				d.hourAlone()
			}
			return
		}
		d.hour, d.min = d.fields[at].num, d.fields[at+1].num
		if end = at + 2; end < len(d.fields) && d.fields[end].num >= 0 && d.fields[end].before == ':' {
			d.sec = d.fields[end].num
			end = d.fraction(end + 1)
		}
	}
	d.numericZone(end)
	d.fields = append(d.fields[:at:at], d.fields[min(end, len(d.fields)):]...)
}

// colon is the field of the hour in h:m, or -1; that of an offset is none.
func (d *dateReader) colon() int {
	for i := 1; i < len(d.fields); i++ {
		if d.fields[i].num >= 0 && d.fields[i].before == ':' && d.fields[i-1].num >= 0 && d.fields[i-1].before != '+' {
			return i - 1
		}
	}
	return -1
}

// clockWithH takes 10h, 10h30 and 10 h 30.
func (d *dateReader) clockWithH() bool {
	for i := 1; i < len(d.fields); i++ {
		hour := d.fields[i-1]
		if d.fields[i].text != "h" || hour.num < 0 || hour.num > 24 || len(hour.text) > 2 {
			continue
		}
		end := i + 1
		d.hour = hour.num
		if end < len(d.fields) && d.isMinute(end) && d.fields[end].before != '+' && d.fields[end].before != '-' {
			d.min = d.fields[end].num
			end++
		}
		d.numericZone(end)
		d.fields = append(d.fields[:i-1:i-1], d.fields[end:]...)
		return true
	}
	return false
}

// clockWithDots takes the last 10.30 or 10.30.15 that stands beside a whole
// date.
func (d *dateReader) clockWithDots() bool {
	for i := len(d.fields) - 2; i >= 0; i-- {
		end := i + 1
		for end < len(d.fields) && end < i+3 && d.fields[end].before == '.' && d.isMinute(end) {
			end++
		}
		f := d.fields[i]
		if end == i+1 || f.num < 0 || f.num > 24 || len(f.text) > 2 || f.before == '.' || f.before == '/' || f.before == '-' ||
			end < len(d.fields) && d.fields[end].before == '.' && d.fields[end].num >= 0 || !d.isDateWithout(i, end) {
			continue
		}
		d.hour, d.min = f.num, d.fields[i+1].num
		if end == i+3 {
			d.sec = d.fields[i+2].num
		}
		d.numericZone(end)
		d.fields = append(d.fields[:i:i], d.fields[end:]...)
		return true
	}
	return false
}

func (d *dateReader) isMinute(i int) bool {
	return len(d.fields[i].text) == 2 && d.fields[i].num >= 0 && d.fields[i].num < 60
}

// isDateWithout says whether there is a year, a month and a day without the
// fields from the i-th up to the end-th.
func (d *dateReader) isDateWithout(i, end int) bool {
	n, year := 0, false
	for j, f := range d.fields {
		if f.num >= 0 && (j < i || j >= end && f.before != '+' && f.before != '-') {
			n++
			year = year || len(f.text) == 4 || j < i && n >= 3
		}
	}
	for _, part := range []int{d.year, d.month, d.day} {
		if part > 0 {
			n++
		}
	}
	return n >= 3 && (year || d.year > 0)
}

// packedClock takes 103000 or 1030 behind the T of 20261124T103000, or behind
// a day that is written so, and returns its field, or -1.
func (d *dateReader) packedClock() int {
	for i := 1; i < len(d.fields); i++ {
		f, last := d.fields[i], d.fields[i-1]
		t := last.text == "t" && i > 1 && d.fields[i-2].num >= 0
		if f.num < 0 || len(f.text) != 6 && len(f.text) != 4 || !t && (len(last.text) != 8 || last.num < 0 || f.before != ' ') {
			continue
		}
		n := f.num
		if len(f.text) == 6 {
			n, d.sec = n/100, n%100
		}
		d.hour, d.min = n/100, n%100
		return i
	}
	return -1
}

// fraction takes the part of a second at the i-th field, if it is one, and
// returns the field behind it.
func (d *dateReader) fraction(i int) int {
	if i >= len(d.fields) || d.fields[i].num < 0 || d.fields[i].before != '.' && d.fields[i].before != ',' || len(d.fields[i].text) > 9 {
		return i
	}
	d.nano = nanos(d.fields[i].text)
	return i + 1
}

// numericZone takes the offset from UTC at or behind the i-th field.
func (d *dateReader) numericZone(i int) {
	for ; i < len(d.fields); i++ {
		f := d.fields[i]
		if f.num < 0 || f.before != '+' && f.before != '-' && f.before != '−' {
			continue
		}
		off, used, ok := d.offset(i)
		if !ok {
			continue
		}
		d.zone = time.FixedZone("", off)
		d.fields = append(d.fields[:i:i], d.fields[i+used:]...)
		return
	}
}

// hourAlone takes the hour of 2003-12-31T10 and of 3 PM.
func (d *dateReader) hourAlone() {
	for i, f := range d.fields {
		t := i >= 3 && f.num >= 0 && f.num <= 24 && len(f.text) == 2 && d.fields[i-1].text == "t" && d.fields[i-2].num >= 0
		half := i+1 < len(d.fields) && f.num >= 1 && f.num <= 12 && halves[d.fields[i+1].text] != 0
		if t || half {
			d.hour = f.num
			d.fields = append(d.fields[:i:i], d.fields[i+1:]...)
			return
		}
	}
}

// isHalf says whether the word at i, which can be a half of the day, is one:
// "am" without a number before it is German.
func (d *dateReader) isHalf(i int) bool {
	return d.fields[i].text[0] >= utf8.RuneSelf || i > 0 && d.fields[i-1].num >= 0
}

// offset reads +hhmm, +hh:mm, +hh and +hmm at the i-th field.
func (d *dateReader) offset(i int) (seconds, used int, ok bool) {
	f := d.fields[i]
	h, m, used := 0, 0, 1
	switch n := len(f.text); {
	case n <= 2:
		h = f.num
		if i+1 < len(d.fields) && d.fields[i+1].before == ':' && d.fields[i+1].num >= 0 {
			m, used = d.fields[i+1].num, 2
		}
	case n <= 4:
		h, m = f.num/100, f.num%100
	default:
		return 0, 0, false
	}
	if h > 15 || m > 59 {
		return 0, 0, false
	}
	seconds = h*3600 + m*60
	if f.before != '+' {
		seconds = -seconds
	}
	return seconds, used, true
}

// nanos are the nanoseconds of a fraction's digits.
func nanos(digits string) int {
	n := 0
	for i := range 9 {
		n *= 10
		if i < len(digits) {
			n += int(digits[i] - '0')
		}
	}
	return n
}
