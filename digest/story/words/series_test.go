package words

import "testing"

// TestOtherDay: days are heard in all spellings, and sums, shares and spans are none.
func TestOtherDay(t *testing.T) {
	v := New(nil, nil)
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Quota for 2 March", "Quota for March 3rd", true},
		{"Quota for 2 March", "Quota for March 2nd", false},
		{"Quota for 2. März", "Quota am 02.03.2026", false},
		{"Quota 2026-03-02", "Quota 3月2日", false},
		{"Quota 20260302", "Quota 2026년 3월 3일", true},
		{"Quota 2 de março", "Quota 2/3", false},
		{"Quota ngày 25/2", "Quota ngày 26 tháng 2", true},
		{"Announcement No. 61", "Announcement No. 62", true},
		{"Announcement No. 61", "Announcement No. 61", false},
		{"Exports in January", "Exports in February", true},
		{"Prices, Monday", "Prices, Tuesday", true},
		{"Meeting Monday", "Meeting Tuesday", false}, // put off
		{"稀土价格 第9周", "稀土价格 第10周", true},
		{"25일 희토류 시세", "2월 25일 희토류 시세", false},
		{"25일 희토류 시세", "2월 26일 희토류 시세", true},
		{"Loan of $2.3 billion", "Loan of $2.4 billion", false},
		{"Up 3.2% to 12,500", "Up 4.1% to 12,600", false},
		{"停产3日间", "停产4日间", false},
		{"Company may mine", "Company to march", false},
	} {
		x, y := v.Series(c.a), v.Series(c.b)
		if got := x.OtherDay(y); got != c.want {
			t.Errorf("%q, %q: %v; %+v %+v", c.a, c.b, got, x.days, y.days)
		}
	}
}
