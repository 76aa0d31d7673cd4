package parse

import "unicode/utf8"

// months are words for months, in lower case, whole, as dates bend them and as
// they are cut. (To Croats listopad is October; far more feeds are Polish and Czech.)
var months = wordsFor([12]string{
	"jan january januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia styczeń sty января янв январь ocak oca január januára januarja januara ledna leden ianuarie ian ιαν ιανουαρίου ιανουάριος tammikuu tammikuuta tammi січня січ януари яну јануара јан siječnja студзеня jaanuar janvāris janvārī sausio janúar gener يناير ינואר בינואר",
	"feb february februar februari février févr fév fevrier febrero fevereiro fev febbraio februarie lutego luty lut февраля фев февраль февр şubat şub február februára februarja februara febr února únor φεβ φεβρουαρίου helmikuu helmikuuta helmi лютого лют февруари фебруара феб veljače лютага veebruar februāris februārī vasario febrúar febrer فبراير פברואר בפברואר",
	"mar march märz mär mrz mars marzo março marco maart mrt marca marzec марта мар март mart marta március márc března březen martie μαρ μάρ μαρτίου maaliskuu maaliskuuta maalis березня бер ožujka сакавіка märts marts martā kovo març maret مارس מרץ במרץ",
	"apr april avril avr abril abr aprile kwietnia kwiecień kwi апреля апр апрель nisan nis április ápr apríla aprila dubna duben aprilie απρ απριλίου huhtikuu huhtikuuta huhti квітня кві април априла travnja красавіка aprill aprīlis aprīlī balandžio apríl أبريل ابريل אפריל באפריל",
	"may mai mayo maio maggio mag mei maja maj мая май mayıs május máj mája května květen μαι μαϊ μάι μαΐου toukokuu toukokuuta touko травня тра маја мај svibnja maijs maijā gegužės maí maig مايو מאי במאי",
	"jun june juni juin junio junho giugno giu czerwca czerwiec cze июня июн июнь haziran haz június jún júna junija juna června červen iunie iun ιουν ιούν ιουνίου kesäkuu kesäkuuta kesä червня чер юни јуна јун lipnja чэрвеня juuni jūnijs jūnijā birželio júní juny يونيو יוני ביוני",
	"jul july juli juillet juil julio julho luglio lug lipca lipiec lip июля июл июль temmuz tem július júl júla julija jula července červenec iulie iul ιουλ ιούλ ιουλίου heinäkuu heinäkuuta heinä липня лип юли јула јул srpnja ліпеня juuli jūlijs jūlijā liepos júlí juliol يوليو יולי ביולי",
	"aug august août aout agosto ago augustus augusti augusta sierpnia sierpień sie августа авг август ağustos ağu augusztus srpna srpen avgusta αυγ αύγ αυγούστου elokuu elokuuta elo серпня сер kolovoza жніўня augusts augustā rugpjūčio ágúst agost agustus agu أغسطس אוגוסט באוגוסט",
	"sep sept september septembre septiembre setiembre setembro setembre set sett settembre września wrzesień wrz сентября сен сент сентябрь eylül eyl szeptember szept septembra září septembrie σεπ σεπτεμβρίου syyskuu syyskuuta syys вересня вер септември септембра сеп rujna верасня septembris septembrī rugsėjo سبتمبر ספטמבר בספטמבר",
	"oct oktober october okt octobre octubre outubro out ottobre ott października październik paź октября окт октябрь ekim eki október októbra oktobra října říjen octombrie οκτ οκτωβρίου lokakuu lokakuuta loka жовтня жов октомври октобра кастрычніка oktoober oktobris oktobrī spalio أكتوبر اكتوبر אוקטובר באוקטובר",
	"nov november novembre noviembre novembro novem listopada listopad listopadu lis ноября ноя ноябрь нояб kasım kas novembra noiembrie noi νοε νοέ νοεμβρίου marraskuu marraskuuta marras листопада лис ноември новембра нов studenog studenoga лістапада novembris novembrī lapkričio nóvember نوفمبر נובמבר בנובמבר",
	"dec december dezember dez décembre déc déce decembre diciembre dic dezembro dicembre grudnia grudzień gru декабря дек декабрь aralık ara prosince prosinec prosinca decembra decembrie δεκ δεκεμβρίου joulukuu joulukuuta joulu грудня гру декември децембра дец снежня detsember decembris decembrī gruodžio desember desembre des ديسمبر דצמבר בדצמבר",
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
// more numbers beside it, and of equals the first. A weekday is no month where
// another word stands in a month's place.
func (d *dateReader) monthWord() {
	best, at := -1, ""
	for i, f := range d.fields {
		if months[f.text] == 0 {
			continue
		}
		if n := d.numberFrom(i, -1) + d.numberFrom(i, 1); n > best {
			best, at, d.month = n, f.text, months[f.text]
		}
	}
	d.strange = at == tuesday && d.strangeMonth()
}

// tuesday is short for it in French, Italian, Romanian and Spanish.
const tuesday = "mar"

// strangeMonth says whether a word that is not understood stands between what
// looks like a day and a year.
func (d *dateReader) strangeMonth() bool {
	for i := 1; i+1 < len(d.fields); i++ {
		day, word, year := d.fields[i-1], d.fields[i], d.fields[i+1]
		if word.num >= 0 || months[word.text] != 0 || utf8.RuneCountInString(word.text) < 3 || passed[word.text] || zones[word.text] != 0 {
			continue
		}
		if len(day.text) > 2 || day.num < 1 || day.num > 31 || day.before == ':' || year.num < 0 {
			continue
		}
		clock := i+2 < len(d.fields) && (d.fields[i+2].before == ':' || d.fields[i+2].before == '.' || d.fields[i+2].text == "h")
		if len(year.text) == 4 || len(year.text) == 2 && !clock {
			return true
		}
	}
	return false
}

// passed are words that may stand between a day and a year, or a clock.
var passed = map[string]bool{
	"del": true, "ore": true, "gmt": true, "utc": true,
	"mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thurs": true, "fri": true, "sat": true, "sun": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
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
