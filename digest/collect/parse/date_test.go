package parse

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestNamedZones: a zone's name counts by the rules of its place and day, and
// an offset beside it counts more.
func TestNamedZones(t *testing.T) {
	for s, want := range map[string]string{
		"2026-02-13 08:30 Europe/Berlin":                      "2026-02-13T07:30:00Z",
		"2026-07-13 08:30 Europe/Berlin":                      "2026-07-13T06:30:00Z",
		"13 Feb 2026 08:30:00 America/Argentina/Buenos_Aires": "2026-02-13T11:30:00Z",
		"Fri, 13 Feb 2026 08:30 (Asia/Shanghai)":              "2026-02-13T00:30:00Z",
		"2026-02-13T08:30:00+02:00[Europe/Berlin]":            "2026-02-13T06:30:00Z",
		"2026-02-13 08:30 Europe/Nowhere":                     "2026-02-13T08:30:00Z",
		"2026-02-13 08:30 Europe/../../etc/passwd":            "2026-02-13T08:30:00Z",
	} {
		if at, ok := ParseDate(s); !ok || at.Format(time.RFC3339) != want {
			t.Errorf("%s: %v, %v, want %s", s, at, ok, want)
		}
	}
}

// TestMonthsAsDatesBendThem: in many languages a month has another ending in a
// date than on a calendar.
func TestMonthsAsDatesBendThem(t *testing.T) {
	for lang, words := range map[string]string{
		"Belarusian": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
		"Bulgarian":  "януари февруари март април май юни юли август септември октомври ноември декември",
		"Catalan":    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
		"Croatian":   "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca",
		"Czech":      "ledna února března dubna května června července srpna září října listopadu prosince",
		"Estonian":   "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
		"Finnish":    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
		"Hungarian":  "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
		"Icelandic":  "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
		"Indonesian": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
		"Latvian":    "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
		"Lithuanian": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
		"Polish":     "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		"Romanian":   "Ian Feb Mar Apr Mai Iun Iul Aug Sept Oct Noi Dec",
		"Russian":    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"Serbian":    "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
		"Slovak":     "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
		"Slovenian":  "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
		"Turkish":    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
		"Ukrainian":  "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
		"Arabic":     "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
		"Hebrew":     "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
	} {
		for i, word := range strings.Fields(words) {
			for _, form := range []string{"24. %s 2026", "24. %s 2026, 10:30", "%s 24, 2026"} {
				s := fmt.Sprintf(form, word)
				if at, ok := ParseDate(s); word != "-" && (!ok || at.Format(time.DateOnly) != fmt.Sprintf("2026-%02d-24", i+1)) {
					t.Errorf("%s: %s: %v, %v", lang, s, at, ok)
				}
			}
		}
	}
}

// TestClocksWithoutColons: the hour and the minute are also parted by an "h" or
// by a dot; a date that is parted by dots is none.
func TestClocksWithoutColons(t *testing.T) {
	for s, want := range map[string]string{
		"vendredi 13 février 2026 à 10h30": "2026-02-13T10:30:00Z",
		"13/02/2026 09h30":                 "2026-02-13T09:30:00Z",
		"13/02/2026 - 9 h 05":              "2026-02-13T09:05:00Z",
		"2026-02-13 10h":                   "2026-02-13T10:00:00Z",
		"10h30, 13 fev 2026":               "2026-02-13T10:30:00Z",
		"13 fev 2026 10h30 -0300":          "2026-02-13T13:30:00Z",
		"13 fev 2026 10h -0300":            "2026-02-13T13:00:00Z",
		"13 feb 2026 10.30":                "2026-02-13T10:30:00Z",
		"Fri, 13 Feb 2026 10.30.15 +0100":  "2026-02-13T09:30:15Z",
		"13 Feb 2026 10.30am":              "2026-02-13T10:30:00Z",
		"13 Feb 2026, 3.04 pm":             "2026-02-13T15:04:00Z",
		"10.30am, 13 Feb 2026":             "2026-02-13T10:30:00Z",
		"13.02.2026 10.30":                 "2026-02-13T10:30:00Z",
		"13.02.2026 kl. 10.30":             "2026-02-13T10:30:00Z",
		"13. Februar 2026, 10.30 Uhr":      "2026-02-13T10:30:00Z",
		"13/02/2026 10.30":                 "2026-02-13T10:30:00Z",
		"2026-02-13 10.30":                 "2026-02-13T10:30:00Z",
		"2026年2月13日 10.30":                 "2026-02-13T10:30:00Z",
		"13.02.2026":                       "2026-02-13T00:00:00Z",
		"13.02.26 10.30":                   "2026-02-13T10:30:00Z",
		"13.02.26":                         "2026-02-13T00:00:00Z",
		"13.2. 2026":                       "2026-02-13T00:00:00Z",
		"Fri 13.02 2026":                   "2026-02-13T00:00:00Z",
		"13.Feb.2026":                      "2026-02-13T00:00:00Z",
		"2026.02.13":                       "2026-02-13T00:00:00Z",
		"2026-02-13T10:30:15.25+01:00":     "2026-02-13T09:30:15Z",
	} {
		got := ""
		if at, ok := ParseDate(s); ok {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}
