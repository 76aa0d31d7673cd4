package parse

// months are words for months, in lower case, whole and as they are cut.
var months = wordsFor([12]string{
	"jan january januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia styczeń sty января янв январь ocak oca január ledna leden ianuarie ian ιαν ιανουαρίου ιανουάριος tammikuu jan. januára січня",
	"feb february februar février févr fév fevrier febrero fevereiro fev febbraio februari februarie lutego luty lut февраля фев февраль şubat şub február február února únor φεβ φεβρουαρίου лютого",
	"mar march märz mär mrz mars marzo março marco maart mrt marca marzec марта мар март mart március března březen martie μαρ μάρ μαρτίου березня marts",
	"apr april avril avr abril abr aprile kwietnia kwiecień kwi апреля апр апрель nisan nis április dubna duben aprilie απρ απριλίου квітня",
	"may mai mayo maio maggio mag mei maja maj мая май mayıs május května květen μαι μαϊ μάι μαΐου травня",
	"jun june juni juin junio junho giugno giu czerwca czerwiec cze июня июн июнь haziran haz június června červen iunie ιουν ιούν ιουνίου червня",
	"jul july juli juillet juil julio julho luglio lug lipca lipiec lip июля июл июль temmuz tem július července červenec iulie ιουλ ιούλ ιουλίου липня",
	"aug august août aout agosto ago agosto augustus sierpnia sierpień sie августа авг август ağustos ağu augusztus srpna srpen αυγ αύγ αυγούστου серпня augusti",
	"sep sept september septembre septiembre setembro set settembre września wrzesień wrz сентября сен сент сентябрь eylül eyl szeptember září septembrie σεπ σεπτεμβρίου вересня",
	"oct oktober october okt octobre octubre outubro out ottobre ott października październik paź октября окт октябрь ekim eki október října říjen octombrie οκτ οκτωβρίου жовтня",
	"nov november novembre noviembre novembro listopada listopad lis ноября ноя ноябрь kasım kas noiembrie νοε νοέ νοεμβρίου листопада",
	"dec december dezember dez décembre déc decembre diciembre dic dezembro dicembre grudnia grudzień gru декабря дек декабрь aralık ara prosince prosinec decembrie δεκ δεκεμβρίου грудня desember des",
})

func wordsFor(lists [12]string) map[string]int {
	out := map[string]int{}
	for i, list := range lists {
		word := ""
		for _, r := range list + " " {
			switch {
			case r == ' ':
				if word != "" && out[word] == 0 {
					out[word] = i + 1
				}
				word = ""
			case r != '.':
				word += string(r)
			}
		}
	}
	return out
}

// monthWord takes the month that is said in a word. Some words are a month here
// and a weekday there (mar, 24 nov 2026): of several, the one counts that has
// more numbers beside it, and of equals the first.
func (d *dateReader) monthWord() {
	best := -1
	for i, f := range d.fields {
		if months[f.text] == 0 {
			continue
		}
		if n := d.numberFrom(i, -1) + d.numberFrom(i, 1); n > best {
			best, d.month = n, months[f.text]
		}
	}
}

// numberFrom is 1 if the next field in a direction is a number of the date and
// not of its clock; words in between, such as "de", do not count, months do.
func (d *dateReader) numberFrom(i, step int) int {
	for i += step; i >= 0 && i < len(d.fields) && months[d.fields[i].text] == 0; i += step {
		if d.fields[i].num < 0 {
			continue
		}
		if d.fields[i].before == ':' || i+1 < len(d.fields) && d.fields[i+1].before == ':' {
			return 0
		}
		return 1
	}
	return 0
}

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
