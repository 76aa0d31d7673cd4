package words

import (
	"strings"
	"unicode"
)

// Tongue is the language that a text is in, by its letters and small words, as
// far as they tell; else the main part of its language tag. Feeds often say
// nothing, or name the language of their site.
func (v *List) Tongue(text, tag string) string {
	var kana, han, hangul, cyrillic, latin int
	for _, r := range text {
		switch {
		case r < 0x370: // Latin, by far the most
			if unicode.IsLetter(r) {
				latin++
			}
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		case isHangul(r):
			hangul++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.IsLetter(r):
			latin++
		}
	}
	// A character says as much as two or three letters.
	east := kana + han + hangul
	switch {
	case 3*east < latin+cyrillic || east == 0:
	case hangul > 0 && 2*hangul >= han:
		return "ko"
	case 30*kana > han:
		return "ja"
	case tag == "ja":
		return "ja"
	default:
		return "zh"
	}
	if cyrillic > latin {
		return either(tag, "ru", "bg", "uk", "sr", "mk", "be", "kk", "mn")
	}
	if tag != "" && !strings.Contains("zh ja ko ru", tag) {
		return tag
	}
	return v.western(text)
}

// either is the tag if it is one of the languages, else the first of them.
func either(tag string, languages ...string) string {
	for _, l := range languages {
		if l == tag {
			return l
		}
	}
	return languages[0]
}

// western finds the language of a text in Latin letters: that of most of its
// small words and those of the topic, English if they do not tell.
func (v *List) western(text string) string {
	count := map[string]int{}
	for _, w := range wordsOf(text) {
		lower := strings.ToLower(w.text)
		for _, lang := range v.small[lower] {
			count[lang]++
		}
		for _, own := range ownLetters {
			if strings.ContainsAny(lower, own.letters) {
				count[own.lang]++
			}
		}
		if strings.ContainsFunc(lower, vietnamese) {
			count["vi"]++
		}
	}
	best, most := "en", max(count["en"], fewestSmall-1)
	for _, lang := range westernTongues {
		if count[lang] > most {
			best, most = lang, count[lang]
		}
	}
	return best
}

// fewestSmall is how many words must speak for another language than English:
// names have one.
const fewestSmall = 2

// ownLetters are letters that one of the languages has and the others have not.
var ownLetters = []struct{ lang, letters string }{{"de", "äöüß"}, {"es", "ñ"}, {"pt", "ãõ"}, {"fr", "êèœ"}}

// westernTongues are the languages in Latin letters that are told by small words.
var westernTongues = []string{"de", "es", "fr", "pt", "vi"}

// vietnamese says whether a letter is one that only Vietnamese has.
func vietnamese(r rune) bool {
	return r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune("đơư", r)
}

// TongueName is what English calls a language; empty for those it was not told of.
func TongueName(tongue string) string {
	switch tongue {
	case "en":
		return "English"
	case "zh":
		return "Chinese"
	case "ko":
		return "Korean"
	case "ja":
		return "Japanese"
	case "vi":
		return "Vietnamese"
	case "pt":
		return "Portuguese"
	case "es":
		return "Spanish"
	case "fr":
		return "French"
	case "de":
		return "German"
	case "ru":
		return "Russian"
	}
	return ""
}
