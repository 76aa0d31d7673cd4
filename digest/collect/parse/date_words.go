package parse

// clockBefore says whether a clock stands before the i-th field: the name of a
// zone follows one, and elsewhere it is another word ("24 Nov 2026 at 10:00").
func (d *dateReader) clockBefore(i int) bool {
	for j := range i {
		f := d.fields[j]
		if f.num >= 0 && f.before == ':' || halves[f.text] != 0 || j > 0 && f.num >= 0 && d.fields[j-1].text == "t" {
			return true
		}
	}
	return d.hour > 0
}

// halves of the day.
var halves = map[string]byte{
	"am": 'a', "pm": 'p', "오전": 'a', "오후": 'p', "上午": 'a', "下午": 'p', "午前": 'a', "午後": 'p', "晚上": 'p', "凌晨": 'a',
}

// counters behind numbers in Chinese, Japanese and Korean dates.
var counters = map[string]byte{
	"年": 'y', "月": 'm', "日": 'd', "号": 'd', "時": 'h', "时": 'h', "点": 'h', "分": 'n', "秒": 's',
	"년": 'y', "월": 'm', "일": 'd', "시": 'h', "분": 'n', "초": 's',
}

// homes are the zones of dates that are written in words of one country and
// name none. (年 and 月 alone are those of several.)
var homes = map[string]int{
	"오전": 9 * hour, "오후": 9 * hour, "년": 9 * hour, "월": 9 * hour, "일": 9 * hour, "午前": 9 * hour, "午後": 9 * hour,
	"上午": 8 * hour, "下午": 8 * hour, "晚上": 8 * hour, "凌晨": 8 * hour,
}

// military are the zones of one letter in RFC 822 §5.1 that are more than that
// in the wild; they count at a date's end only.
var military = map[string]int{"a": -hour, "m": -12 * hour, "n": hour, "y": 12 * hour}

const hour = 3600

// zones are the names that feeds use; where one name means several zones, the
// North American or Western European one is meant.
var zones = map[string]int{
	"z": 0, "ut": 0, "gmt": 0, "utc": 0, "wet": 0, "west": hour, "bst": hour, "cet": hour, "met": hour, "mez": hour,
	"cest": 2 * hour, "mest": 2 * hour, "mesz": 2 * hour, "eet": 2 * hour, "eest": 3 * hour, "msk": 3 * hour, "sast": 2 * hour,
	"at": -4 * hour, "est": -5 * hour, "edt": -4 * hour, "cst": -6 * hour, "cdt": -5 * hour, "mst": -7 * hour, "mdt": -6 * hour,
	"pst": -8 * hour, "pdt": -7 * hour, "akst": -9 * hour, "akdt": -8 * hour, "hst": -10 * hour, "ast": -4 * hour, "adt": -3 * hour,
	"et": -5 * hour, "ct": -6 * hour, "mt": -7 * hour, "pt": -8 * hour, "nst": -(3*hour + 1800), "ndt": -(2*hour + 1800),
	"ist": 5*hour + 1800, "jst": 9 * hour, "kst": 9 * hour, "hkt": 8 * hour, "sgt": 8 * hour, "awst": 8 * hour,
	"aest": 10 * hour, "aedt": 11 * hour, "acst": 9*hour + 1800, "acdt": 10*hour + 1800, "nzst": 12 * hour, "nzdt": 13 * hour,
}
