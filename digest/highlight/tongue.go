package highlight

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"reedaily/digest"
)

// tongues has for languages of one alphabet words that stand in nearly every
// sentence of one and in few of another.
var tongues = map[string]map[string]bool{
	"en": set(`the of and to is are for with from its has have will by that was were at on says said after over new as it be million billion`),
	"de": set(`der die das und ist nicht mit für von vom wird ein eine im dem den des auf zu zum zur bei sich aus nach soll sollen werden
		über einen einer einem wurde will gegen um erhält baut millionen milliarden mio mrd prozent tonnen jahr sowie durch am`),
	"fr": set(`le la les des du et est une dans pour sur par au aux avec qui sa son ses millions milliards en un ne pas plus cette d l`),
	"es": set(`el la los las del y es una en para con por se su al un millones millón mil más sus entre tras toneladas`),
	"pt": set(`o os da dos das e é uma em na nos nas para com por ao um milhões bilhões milhão mais sua seu toneladas`),
	"it": set(`il lo gli della dei del delle di e è una per con nel nella al dal milioni miliardi`),
}

// letterOf has the letters that only one of the languages has.
var letterOf = map[rune]string{
	'ß': "de", 'ä': "de", 'ö': "de", 'ü': "de", 'ñ': "es", '¿': "es", '¡': "es", 'ã': "pt", 'õ': "pt", 'ê': "", 'œ': "fr", 'è': "fr", 'ù': "fr",
}

// tongue is the language of a text whose language is not told, by its letters
// and small words; empty where they do not say.
func tongue(text string) string {
	if s := script(text); s != "" {
		return s
	}
	counts := map[string]int{}
	for i, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if i == mostSpoken {
			break
		}
		for lang, words := range tongues {
			if words[w] {
				counts[lang]++
			}
		}
		for _, r := range w {
			switch lang := letterOf[r]; {
			case unicode.Is(unicode.Cyrillic, r):
				return "ru"
			case vietnamese(r):
				return "vi"
			case lang != "":
				counts[lang]++
			}
		}
	}
	best, second := "", 0
	for _, lang := range []string{"en", "de", "fr", "es", "pt", "it"} {
		switch n := counts[lang]; {
		case n > counts[best]:
			best, second = lang, counts[best]
		case n > second:
			second = n
		}
	}
	if counts[best] == second {
		return ""
	}
	return best
}

// unknown is the language of a text of Latin letters that is not English and
// whose words are too few to tell more.
const unknown = "?"

// language is an article's language: what it is said to be, else what its letters and small
// words tell. A headline without any of those is English if the lists have one of its words.
func (m *memory) language(a digest.Article, text readable) string {
	own, lang := script(a.Title), base(a.Lang)
	if spaceless[lang] != (own != "") { // the outlet's language, not the headline's
		lang = own
	}
	if lang = cmp.Or(lang, tongue(a.Title)); lang != "" {
		return lang
	}
	if lang := tongue(strings.Join(text.all[:min(len(text.all), mostAsked)], " ")); lang != "" {
		return lang
	}
	strange := false
	for _, t := range words(headline(a), "") {
		r, _ := utf8.DecodeRuneInString(t)
		if root := stem(t, "en"); unicode.IsLower(r) && utf8.RuneCountInString(t) > 2 {
			if m.common[root] || m.stop["en"][t] || m.again["en"][root] || m.acts.words["en"][root] != nil || m.words[root] {
				return "en"
			}
			strange = true
		}
	}
	if strange {
		return unknown
	}
	return "en"
}

// spaceless are the languages of the wide scripts.
var spaceless = set(`zh ja ko`)

// mostAsked bounds the sentences that are read to know an article's language.
const mostAsked = 20
