package check

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// segment cuts a text that is written without spaces, or whose endings hang on
// the words, into the longest words of the list; what is none becomes a token
// that nothing matches.
func segment(text string, lang *language) []token {
	var out []token
	for i := 0; i < len(text); {
		t := token{kind: signToken, start: i}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == ' ' {
			i += size
			continue
		}
		t.end = i + size
		if n, value := numeral(text[i:]); n > 0 && n >= lang.longest(text[i:]) {
			t.kind, t.text, t.end = digitToken, value, i+n
		} else if n := lang.longest(text[i:]); n > 0 {
			t.kind, t.end = wordToken, i+n
		} else if asciiDigit(r) {
			t.kind, t.end = digitToken, numberEnd(text, i)
		} else if unicode.IsLetter(r) {
			t.kind, t.end = wordToken, i+size
			if r < 0x250 {
				t.end = wordEnd(text, i)
			}
		}
		if t.text == "" {
			t.text = text[i:t.end]
		}
		t.fold, t.glued = foldWord(t.text), len(out) > 0 && out[len(out)-1].end == i
		share := t.kind == digitToken && strings.HasSuffix(t.text, "%")
		if share {
			t.text, t.fold = strings.TrimSuffix(t.text, "%"), strings.TrimSuffix(t.fold, "%")
		}
		out = append(out, t)
		if share {
			out = append(out, token{kind: signToken, text: "%", fold: "%", glued: true, start: t.start, end: t.end})
		}
		i = t.end
		if rest := text[i:]; yearToken(t) && (strings.HasPrefix(rest, "年") || strings.HasPrefix(rest, "년")) {
			i += len("年") // 2026年 is a date, 3年 a time
		}
		if part, ok := strings.CutPrefix(text[min(i, len(text)):], "日"); ok && dayOf(out) {
			i = len(text) - len(part)
		} else if part, ok := strings.CutPrefix(text[min(i, len(text)):], "일"); ok && dayOf(out) {
			i = len(text) - len(part)
		}
	}
	return out
}

func yearToken(t token) bool {
	return t.kind == digitToken && len(t.text) == 4 && (t.text[:2] == "19" || t.text[:2] == "20")
}

// dayOf says whether the last two tokens are a month and a number: 2月14.
func dayOf(tokens []token) bool {
	n := len(tokens)
	return n > 1 && tokens[n-1].kind == digitToken && (strings.HasSuffix(tokens[n-2].text, "月") || strings.HasSuffix(tokens[n-2].text, "월"))
}

// longest is the length in bytes of the longest word of the list at the start
// of text.
func (lang *language) longest(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	best := 0
	if size == 0 {
		return 0
	}
	for _, f := range lang.forms[string(r)] {
		if len(f.words[0]) > best && strings.HasPrefix(text, f.words[0]) {
			best = len(f.words[0])
		}
	}
	for _, words := range []map[string]int64{lang.cardinals, lang.powers, lang.ordinals} {
		for w := range words {
			if len(w) > best && strings.HasPrefix(text, w) {
				best = len(w)
			}
		}
	}
	for w := range lang.units {
		if len(w) > best && strings.HasPrefix(text, w) {
			best = len(w)
		}
	}
	return best
}

var numeralDigits = map[rune]int64{'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '兩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

var numeralPowers = map[rune]int64{'十': 10, '百': 100, '千': 1000}

var numeralMyriads = map[rune]int64{'万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8}

// numeral reads a number in Chinese characters, such as 五十六万 or 百分之一点五,
// and gives it in digits. 万 and 亿 behind digits are left to the powers.
func numeral(text string) (n int, value string) {
	percent := ""
	if rest, ok := strings.CutPrefix(text, "百分之"); ok {
		text, n, percent = rest, len("百分之"), "%"
	}
	total, part, digit := int64(0), int64(0), int64(-1)
	read := 0
	for i, r := range text {
		v, isDigit := numeralDigits[r]
		p, isPower := numeralPowers[r]
		m, isMyriad := numeralMyriads[r]
		switch {
		case isDigit && v == 0 && part+total > 0: // 一百零五
		case isDigit && digit < 0:
			digit = v
		case isPower && (i > 0 || r == '十'):
			part, digit = part+max(digit, 1)*p, -1
		case isMyriad && i > 0:
			total, part, digit = (total+part+max(digit, 0))*m, 0, -1
		default:
			return finish(text, read, n, total+part+max(digit, 0), percent)
		}
		if total > 1e15 || part > 1e15 {
			return 0, ""
		}
		read = i + utf8.RuneLen(r)
	}
	return finish(text, read, n, total+part+max(digit, 0), percent)
}

// finish adds a decimal part (点五) and the percent sign. A share without a
// number is none.
func finish(text string, read, before int, whole int64, percent string) (int, string) {
	if read == 0 {
		return 0, ""
	}
	value := big.NewInt(whole).String()
	if rest, ok := strings.CutPrefix(text[read:], "点"); ok {
		decimals := ""
		n := 0
		for i, r := range rest {
			d, ok := numeralDigits[r]
			if !ok {
				break
			}
			decimals += string(rune('0' + d))
			n = i + utf8.RuneLen(r)
		}
		if decimals != "" {
			value, read = value+"."+decimals, read+len("点")+n
		}
	}
	if percent != "" {
		return before + read, value + "%"
	}
	return before + read, value
}
