package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A name from elsewhere has no one spelling in Korean and Japanese: 머티리얼즈,
// 머터리얼스 and 머트리얼즈 are one word, and a firm of two initials may be spelled
// with their names (엠피). What all of them keep is the row of consonants, or of
// kana without long vowels, doublings and the marks of voice. Names that are long
// enough are found by it.

// fewestSounds is from how many of them on a name is not met by chance.
const fewestSounds = 5

// syllablesApart is by how many syllables two spellings of a name may differ.
const syllablesApart = 1

// sound is a name as it sounds.
type sound struct {
	units     []rune
	syllables int
	form      *form
}

// heard is a unit of sound of a text.
type heard struct {
	unit      rune
	end       int // where its syllable ends in the text
	syllables int // up to there
	final     bool
}

// letterNames are the names of the Latin capitals in Korean and Japanese.
var letterNames = map[string]map[rune]string{
	"ko": capitals("에이 비 시 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 아르 에스 티 유 브이 더블유 엑스 와이 지"),
	"ja": capitals("エー ビー シー ディー イー エフ ジー エイチ アイ ジェイ ケー エル エム エヌ オー ピー キュー アール エス ティー ユー ブイ ダブリュー エックス ワイ ゼット"),
}

func capitals(names string) map[rune]string {
	m := map[rune]string{}
	for i, name := range strings.Fields(names) {
		m['A'+rune(i)] = name
	}
	return m
}

// initialSounds and finalSounds are the consonants of Korean syllables in the
// order of Unicode: plain, strong and breathed ones are one; a space says nothing.
var (
	initialSounds = []rune("ggnddrmbbss sssgdbh")
	finalSounds   = []rune(" gggnnndrrrrrrrrmbbssNssgdbh")
)

// kanaSounds puts kana that spellings mix up together: with and without the mark
// of voice, large and small.
var kanaSounds = folding("ガカギキグクゲケゴコザサジシズスゼセゾソダタヂチヅツデテドトバハパハビヒピヒブフプフベヘペヘボホポホァアィイゥウェエォオャヤュユョヨヮワ")

// softened is what ヴ and a small vowel make.
var softened = map[rune]rune{'ァ': 'ハ', 'ィ': 'ヒ', 'ェ': 'ヘ', 'ォ': 'ホ'}

func folding(pairs string) map[rune]rune {
	m := map[rune]rune{}
	list := []rune(pairs)
	for i := 0; i+1 < len(list); i += 2 {
		m[list[i]] = list[i+1]
	}
	return m
}

// learnSound notes a name by its sound if it is long enough.
func (t *tongue) learnSound(f *form, written string) {
	row := listen(written, t.letters)
	if len(row) < fewestSounds {
		return
	}
	s := sound{form: f, syllables: row[len(row)-1].syllables}
	for _, h := range row {
		s.units = append(s.units, h.unit)
	}
	t.sounds[s.units[0]] = append(t.sounds[s.units[0]], s)
}

// sounding is the longest name that sounds like what stands at a place, and how
// long it is there. A name begins a word.
func (t *tongue) sounding(text string, at int) (*form, int) {
	if len(t.sounds) == 0 {
		return nil, 0
	}
	if before, _ := utf8.DecodeLastRuneInString(text[:at]); unicode.IsLetter(before) && !unicode.In(before, unicode.Han, unicode.Hiragana) {
		return nil, 0
	}
	row := listen(text[at:min(len(text), at+longestSound)], t.letters)
	if len(row) < fewestSounds {
		return nil, 0
	}
	var best *form
	most, end := 0, 0
	for _, s := range t.sounds[row[0].unit] {
		if n := len(s.units); n > most && s.begins(row) {
			best, most, end = s.form, n, row[n-1].end
		}
	}
	return best, end
}

// longestSound is how many bytes of a text are listened to for one name.
const longestSound = 64

// begins says whether a row begins with a name, and no syllable is cut by its end.
func (s sound) begins(row []heard) bool {
	n := len(s.units)
	if n > len(row) || n < len(row) && row[n].end == row[n-1].end {
		return false
	}
	for i, u := range s.units {
		if row[i].unit != u {
			return false
		}
	}
	apart := row[n-1].syllables - s.syllables
	return -syllablesApart <= apart && apart <= syllablesApart
}

// listen is the row of sounds that a text begins with, up to what is neither a
// syllable, a capital nor a space or dot between them.
func listen(text string, letters map[rune]string) []heard {
	var row []heard
	syllables := 0
	for at, r := range text {
		end, n := at+utf8.RuneLen(r), len(row)
		switch {
		case n > 0 && strings.ContainsRune(" ・ー", r):
		case n > 0 && r == 'ッ':
		case r >= 0xAC00 && r <= 0xD7A3:
			syllables++
			row = syllable(row, r, end, syllables)
		case n > 0 && row[n-1].unit == 'ヴ' && softened[r] != 0:
			row[n-1].unit, row[n-1].end = softened[r], end
		case unicode.Is(unicode.Katakana, r):
			syllables++
			row = append(row, heard{unit: kana(r), end: end, syllables: syllables})
		case letters[r] != "":
			for _, h := range listen(letters[r], nil) {
				row = append(row, heard{unit: h.unit, end: end, syllables: syllables + h.syllables})
			}
			syllables += utf8.RuneCountInString(letters[r])
		default:
			return row
		}
	}
	return row
}

// syllable adds the consonants of a Korean syllable. One that ends a syllable and
// begins the next counts once.
func syllable(row []heard, r rune, end, syllables int) []heard {
	code := int(r - 0xAC00)
	first, last := initialSounds[code/588], finalSounds[code%28]
	doubled := len(row) > 0 && row[len(row)-1].final && row[len(row)-1].unit == first
	if first != ' ' && !doubled {
		row = append(row, heard{unit: first, end: end, syllables: syllables})
	}
	if last != ' ' {
		row = append(row, heard{unit: last, end: end, syllables: syllables, final: true})
	}
	return row
}

func kana(r rune) rune {
	if f, ok := kanaSounds[r]; ok {
		return f
	}
	return r
}
