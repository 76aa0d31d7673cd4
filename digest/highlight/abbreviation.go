package highlight

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviated says whether the full stop after before belongs to the word, so
// that the sentence goes on with after. closed: a quotation mark or bracket
// follows the stop.
func abbreviated(before string, closed bool, after, lang string) bool {
	word := lastWord(before)
	next := firstWord(after)
	begins := starter[next] && !capitals(after)
	digit := startsWithDigit(after)
	low := strings.ToLower(word)
	if word == "" { // converters put a stop that stands alone where a line ended, also in mid-sentence
		return dangles(lastWord(strings.TrimRight(before, " ")))
	}
	if closed {
		return false
	}
	switch {
	case beforeName[low]:
		return true
	case beforeNumber[low]:
		return digit || isRoman(next)
	case afterName[low] || isMonth(low):
		return digit && isMonth(low) || !begins
	case isInitials(word), isDotted(low), inPairs(before, word, after):
		return !begins
	case isOrdinal(word):
		return counted[next] || ordinals[base(lang)] && !begins
	}
	return false
}

// isDotted says whether a word is letters with stops between, as i.d.R and p.ej:
// no other word has a stop within.
func isDotted(low string) bool {
	first, rest, ok := strings.Cut(low, ".")
	return ok && utf8.RuneCountInString(first) == 1 && utf8.RuneCountInString(rest) < 6 &&
		strings.IndexFunc(first+rest, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }) < 0
}

// inPairs says whether a word is a letter of an abbreviation that is written with
// spaces: z. B., i. d. R., p. ex.
func inPairs(before, word, after string) bool {
	r, size := utf8.DecodeRuneInString(word)
	if size != len(word) || !unicode.IsLetter(r) {
		return false
	}
	end := strings.IndexFunc(after, func(r rune) bool { return !unicode.IsLetter(r) })
	return unicode.IsLower(r) && end > 0 && after[end] == '.' && utf8.RuneCountInString(after[:end]) <= 2 ||
		strings.HasSuffix(strings.TrimSuffix(before, word), ". ") && unicode.IsLower(r)
}

// capitals says whether a text begins with a word of capitals, as ET and GMT: no
// sentence begins so that goes on in small letters.
func capitals(s string) bool {
	s = strings.TrimLeft(s, openers)
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
	if end < 0 {
		end = len(s)
	}
	next, _ := utf8.DecodeRuneInString(s[end:])
	return utf8.RuneCountInString(s[:end]) > 1 && !unicode.IsLetter(next)
}

// ordinals are the languages that write a stop behind the number of a day.
var ordinals = set(`de da nb nn no fi cs sk pl sl hr hu et lv is tr`)

// counted are German words that an ordinal may stand before, whatever is known
// of the text's language.
var counted = set(`januar jänner februar märz april mai juni juli august september oktober november dezember quartal halbjahr jahrhundert
	jahrestag mal stock platz lebensjahr weltkrieg geschäftsjahr`)

// beforeName has what stands before a name and never ends a sentence.
var beforeName = set(`mr mrs ms messrs mx dr prof gen sen sens rep reps gov lt col capt cmdr sgt cpl
	maj brig adm rev hon st ste mt ft pres supt det insp amb atty vs v viz e.g i.e eg ie cf ca approx
	sr sra srta sres dra drs exmo mme mmes mlle hr fr z.b d.h u.a bzw vgl rd inkl zzgl exkl evtl ggf sog bspw insb
	env aprox p.ex p.ej ej av ste т.е т.д им г-н г-жа ул просп пр обл напр проф акад пос
	ts ths pgs gs tp ttg ông bà`)

// beforeNumber has what stands before a number.
var beforeNumber = set(`no nos nr str pág págs pag kap ziff стр n.º nº núm num fig figs vol vols p pp art arts sec ch para pt ref eq tab
	abs bd ст п рис № st`)

// afterName has what may end a sentence or stand within it: the next word tells.
var afterName = set(`inc corp ltd co cos bros llc plc jr sr esq ph.d phd md m.d b.a m.a a.m p.m am pm
	etc al est dept univ assn intl mfg ave blvd rd sq tel ext gmbh s.a s.p.a n.v b.v a.g pty bhd
	usw etw ltda cie pers febr jän okt dez ene abr dic janv févr avr juil déc fev
	mio mrd tsd тыс млн млрд руб долл г гг ee uu ee.uu cía vda`)

// starter has words that begin a sentence far more often than they follow an
// abbreviation.
var starter = set(`the a an in on at it its it's he she they we i you his her their our this that these those
	there but and or so yet if when while where as after before since although though however meanwhile
	for from with by to of under over during despite last next one two three some many most all both
	no not now then here what who why how additionally moreover according between once until also
	is was are were has had have will would can could may might should
	der die das ein eine es er sie wir und aber doch nach im am bei mit el la los las un una en y pero se
	le les l'an il elle ils et mais dans o os as um uma em e mas он она они это в на и но по с`)

// dangles says whether a sentence cannot end with this word.
func dangles(word string) bool {
	low := strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	return dangling[low] || strings.HasSuffix(low, "'s") || strings.HasSuffix(low, ",")
}

var dangling = set(`a an the of in on at to for from with by as and or but than that which who whose is are was were
	be been has have had will would his her its their my our your this these those into near between against mr mrs dr`)

// isInitials says whether a word is letters with stops between: J, U.S, D.C, Ph.D.
func isInitials(word string) bool {
	for part := range strings.SplitSeq(word, ".") {
		r, size := utf8.DecodeRuneInString(part)
		if size != len(part) || !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

var months = set(`jan feb mar apr jun jul aug sep sept oct nov dec`)

func isMonth(low string) bool { return months[low] }

// isOrdinal says whether a word is a day of the month, as in "am 3. März".
func isOrdinal(word string) bool {
	return len(word) <= 2 && strings.Trim(word, "0123456789") == ""
}

func isRoman(word string) bool {
	return word != "" && word != "i" && strings.Trim(word, "ivxlc") == ""
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "#$€£¥ "))
	return unicode.IsDigit(r)
}

// firstWord is the text's first word in lower case.
func firstWord(s string) string {
	s = strings.TrimLeft(s, openers)
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if end >= 0 {
		s = s[:end]
	}
	return strings.ReplaceAll(strings.ToLower(s), "’", "'")
}
