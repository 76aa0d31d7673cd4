package parse

import (
	"strconv"
	"time"
)

// calendar takes year, month and day from the numbers that are left.
func (d *dateReader) calendar() bool {
	var nums []field
	for _, f := range d.fields {
		if f.num >= 0 {
			nums = append(nums, f)
		}
	}
	if d.year > 0 && d.month > 0 && d.day > 0 {
		return true
	}
	switch {
	case len(nums) == 0:
		return false
	case d.month > 0 && !isWhole(nums):
		return d.dayAndYear(nums)
	case len(nums[0].text) == 8 && len(nums) == 1:
		n := nums[0].num
		d.year, d.month, d.day = n/10000, n/100%100, n%100
		return true
	case len(nums[0].text) == 7 && len(nums) == 1:
		return d.ordinal(nums[0].num/1000, nums[0].num%1000)
	case len(nums[0].text) == 6 && len(nums) == 1:
		n := nums[0].num
		d.year, d.month, d.day = century(n/10000), n/100%100, n%100
		return true
	case len(nums[0].text) == 2 && len(nums) == 2 && len(nums[1].text) == 3:
		return d.ordinal(century(nums[0].num), nums[1].num)
	case (len(nums[0].text) == 14 || len(nums[0].text) == 12) && len(nums) == 1:
		return d.packed(nums[0].text)
	case len(nums[0].text) == 4:
		return d.fromYear(nums)
	case len(nums) >= 3:
		return d.threeNumbers(nums)
	}
	return false
}

// isWhole says whether three numbers are a date by themselves, such as
// 24/11/2026: a word before them is a weekday's, whatever else it may mean.
func isWhole(nums []field) bool {
	if len(nums) < 3 || nums[1].before != nums[2].before || len(nums[0].text) != 4 && len(nums[2].text) != 4 {
		return false
	}
	return nums[1].before == '/' || nums[1].before == '.' || nums[1].before == '-'
}

// packed is 20260214063000 or 202602140630.
func (d *dateReader) packed(s string) bool {
	t, err := time.Parse("20060102150405"[:len(s)], s)
	if err != nil {
		return false
	}
	d.year, d.month, d.day = t.Year(), int(t.Month()), t.Day()
	d.hour, d.min, d.sec = t.Clock()
	return true
}

// dayAndYear is for dates with a word for the month: "13 Feb 2026",
// "February 13, 2026", "2026 Feb 13".
func (d *dateReader) dayAndYear(nums []field) bool {
	if len(nums) == 1 && d.day == 0 && d.year == 0 && len(nums[0].text) == 4 {
		d.year, d.day = nums[0].num, 1
		return true
	}
	for _, f := range nums {
		switch {
		case d.day == 0 && len(f.text) <= 2 && f.num >= 1 && f.num <= 31:
			d.day = f.num
		case d.year == 0 && len(f.text) == 4:
			d.year = f.num
		case d.year == 0 && len(f.text) == 2 && d.day > 0:
			d.year = century(f.num)
		}
	}
	return d.day > 0 && d.year > 0
}

// fromYear is 2026-02-13, 2026-02, 2026, and 2026-044 (the day of the year).
func (d *dateReader) fromYear(nums []field) bool {
	d.year = nums[0].num
	switch {
	case len(nums) == 1:
		d.month, d.day = 1, 1
	case len(nums[1].text) == 3:
		return d.ordinal(d.year, nums[1].num)
	case len(nums) == 2:
		d.month, d.day = nums[1].num, 1
		if len(nums[1].text) == 4 {
			d.month, d.day = nums[1].num/100, nums[1].num%100
		}
	default:
		d.month, d.day = nums[1].num, nums[2].num
		if d.month > 12 && d.day <= 12 {
			d.month, d.day = d.day, d.month
		}
	}
	return true
}

// ordinal is 2026-044, the day of the year.
func (d *dateReader) ordinal(year, day int) bool {
	t := time.Date(year, 1, day, 0, 0, 0, 0, time.UTC)
	d.year, d.month, d.day = year, int(t.Month()), t.Day()
	return day >= 1 && t.Year() == year
}

// threeNumbers is 13/02/2026, 02/13/2026, 13.2.26, 26-02-13. With two readings
// the dot and the dash mean day first, the slash what the feed's order is.
func (d *dateReader) threeNumbers(nums []field) bool {
	a, b, c := nums[0], nums[1], nums[2]
	if len(c.text) != 4 && len(c.text) != 2 {
		return false
	}
	if len(c.text) == 2 && a.num > 31 {
		d.year, d.month, d.day = century(a.num), b.num, c.num
		return true
	}
	d.year = c.num
	if len(c.text) == 2 {
		d.year = century(c.num)
		if b.before == '-' {
			// 26-02-13: RFC 3339 with a short year.
			d.year, d.month, d.day = century(a.num), b.num, c.num
			return d.month <= 12
		}
	}
	d.day, d.month = a.num, b.num
	if d.month > 12 || b.before == '/' && a.num <= 12 && d.order == MonthFirst {
		d.day, d.month = d.month, d.day
	}
	return true
}

// epoch is seconds or milliseconds since 1970, of this century and the next two.
func (d *dateReader) epoch() (time.Time, bool) {
	if len(d.fields) == 0 || len(d.fields) > 2 || len(d.fields) == 2 && (d.fields[1].num < 0 || d.fields[1].before != '.') {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(d.fields[0].text, 10, 64)
	switch digits := len(d.fields[0].text); {
	case err != nil || d.fields[0].text[0] == '0':
	case digits == 10:
		return time.Unix(n, 0), true
	case digits == 13:
		return time.UnixMilli(n), true
	}
	return time.Time{}, false
}

func century(n int) int {
	if n >= 70 {
		return 1900 + n
	}
	return 2000 + n
}
