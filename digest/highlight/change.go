package highlight

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// joint is how two numbers with "to" between them belong together.
type joint int

const (
	aRange    joint = iota // "costs $20 to $90": one value with two ends
	twoValues              // "from 5 to 7 tonnes": an old one and a new one
	aChange                // "up $20 to $900 a kilogram": how much it changed, and the new value
)

// What stands right before a number tells what it does there. "cut", "raised"
// and their like have an object: their number is a change behind what they
// changed, or behind "by"; "raised $20 million" is none.
const (
	aboutRE = `(?:(?:about|around|some|nearly|almost|roughly|another|a further|as much as|only|just|over|more than|at least|` +
		`rund|etwa|fast|knapp|environ|près de|unos|casi|cerca de|quase|circa|quasi|примерно|около|почти|khoảng|gần|thêm)\s)?`
	signRE  = `(?:[a-z]{0,2}[$£€¥￥₩₹]\s?|(?:usd|aud|cad|eur|gbp|cny|rmb|jpy|krw|inr|brl|rm|rs\.?)\s?)?`
	risesRE = `r[io]s(?:e|es|en|ing)|f[ae]ll(?:s|en|ing)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|` +
		`drop(?:s|ped|ping)?|slip(?:s|ped|ping)?|slid(?:es?|ing)?|s[aiu]nk(?:s|ing)?|plung(?:e|es|ed|ing)|tumbl(?:e|es|ed|ing)|` +
		`declin(?:e|es|ed|ing)|(?:in|de)creas(?:e|es|ed|ing)|gr[eo]w(?:s|n|ing)?|rebound(?:s|ed|ing)?|retreat(?:s|ed|ing)?|` +
		`advanc(?:e|es|ed|ing)|eas(?:es|ed|ing)|dip(?:s|ped|ping)?|edg(?:es|ed|ing)|leap(?:s|t|ed)?|inch(?:es|ed|ing)|rall(?:y|ies|ied)|` +
		`spik(?:es|ed|ing)|shr[aiu]nk(?:s|ing)?|(?:firm|weaken|strengthen|recover|tick)(?:s|ed|ing)?|crept|creeps|came off|put on|` +
		`up|down|higher|lower`
	takesRE = `gain(?:s|ed|ing)?|add(?:s|ed|ing)?|los(?:t|es?|ing)|shed(?:s|ding)?|(?:cut|raise|hike|reduction|loss|addition)s? of`
	hadRE   = `(?:cut|rais|lift|lower|reduc|trim|hik|boost|slash)[a-z]*\s(?:[a-z]+\s)?(?:prices?|guidance|targets?|forecasts?|output|production|capacity|offers?|bids?|estimates?|quotas?)`
	whenRE  = `(?:\s(?:up|down|back|again|further|slightly|sharply|today|yesterday|overnight|(?:this|last) [a-z]+|on [a-z]+day))?`
	romanRE = `(?:augment|progress|gagn|bond|grimp|baiss|recul|chut|dimin|haus)\S*\s(?:de\s|d['’])|` +
		`(?:subi|sube|aument|cay|cae|creci|crece|baj[óaé]|increment|disminu|ca[ií]|cresce|avanç|recu|diminu|reduz)\S*\s(?:(?:en|un|em)\s)?|` +
		`(?:salit|aument|cresc|sces|cal[ao])\S*\sdi\s|(?:tăng|giảm)\s`
	// changedRE is an amount of change between a substance and its price: "8,000 yuan to".
	changedRE     = signRE + `\d[\d.,]*[kmb]?(?:\s?%|/[a-z]+|\s(?:a|an|per|each|cents?|percent|cent|percentage|points?|dollars|yuan|renminbi|yen|won|euros?|rupees|metric|tonnes?|tons?|kilograms?|kilos?|kg|pounds?|lb|share))*,?\s(?:to|at)`
	changedWideRE = wideRiseRE + `\d[\d.,]*[千万萬亿億]?(?:[美日欧]?元|[%％])?[,，]?(?:至|到|报|報|为|為)`
	wideRiseRE    = `(?:[上下]?[涨跌漲升降增减減](?:价|幅|加|少|长|長|低|高)?|[提调調]高|[上下][调調]|回落|反弹|反彈)(?:了|约|約|近|超|逾|达|達)*\s?`
)

var (
	byBefore    = regexp.MustCompile(`(?:(?:^|[^\pL])(?:(?:by|um|на)\s|(?:` + risesRE + `|` + hadRE + `)` + whenRE + `(?:\s(?:by|of))?\s|[+]|` + romanRE + `)` + aboutRE + `|` + wideRiseRE + `)` + signRE + `$`)
	takesBefore = regexp.MustCompile(`(?:^|[^\pL])(?:` + takesRE + `)\s(?:of\s)?` + aboutRE + signRE + `$`)
	fromBefore  = regexp.MustCompile(`(?:(?:^|[^\pL])(?:from|de|desde|da|do|от|со?|từ)\s` + aboutRE + `|[从從由自])` + signRE + `$`)
	rangeBefore = regexp.MustCompile(`\b(?:rang(?:e|es|ed|ing)|anywhere)\s(?:in [a-z]+\s)?from\s` + signRE + `$`)
	// The words of change that stand behind their number.
	changeBehind = regexp.MustCompile(`^(?:\s(?:rise|increase|jump|drop|fall|decline|surge|gain|hike|reduction|higher|lower|more|less)\b` +
		`|的?[涨跌漲]幅` +
		`|(?:가|이|을|를|만큼|씩)?\s?(?:오른|오르|올라|올랐|상승|하락|내린|내리|내려|내렸|증가|감소|급등|급락|뛴|뛰|뛰어|늘|줄|인상|인하)` +
		`|(?:も|ほど|の)?(?:上昇|下落|上が|下が|値上|値下|増|減|高|安|急騰|急落))`)
	// jointRE is what stands between two numbers, without the sign of the second.
	jointRE = regexp.MustCompile(`^[%％吨噸]?\s?(?:[-–—~〜～至到]|bis zu|\pL+)\s?`)
)

// cueBytes is how much of a text before a number is asked what the number does.
const cueBytes = 64

// cue is the end of a text before a number, in small letters.
func cue(before string) string { return lower(before[max(0, len(before)-cueBytes):]) }

// jointOf is what the words before two numbers make of them. A dash always makes
// a range, and so does "bis": no German change is told with it.
func jointOf(before, between string) joint {
	before = cue(before)
	word := strings.Trim(between, "%％吨噸 ")
	switch {
	case !strings.ContainsFunc(word, unicode.IsLetter) || strings.HasPrefix(word, "bis") || rangeBefore.MatchString(before):
		return aRange
	case byBefore.MatchString(before) || takesBefore.MatchString(before):
		return aChange
	case fromBefore.MatchString(before):
		return twoValues
	}
	return aRange
}

// parted makes two values of a range that is none. The first number is at
// s[at:end], the second begins at next, behind its currency's sign if it has one.
func (m measured) parted(s string, at, end, next int) []measured {
	low, high, isRange := strings.Cut(m.value, "-")
	if !isRange {
		return []measured{m}
	}
	between := jointRE.FindString(s[end:next])
	second := end + len(between)
	first := measured{m.kind, low, m.unit, m.from, end}
	last := measured{m.kind, high, m.unit, second, m.to}
	switch j := jointOf(s[:at], between); {
	case j == aRange && (rises(low, high, 0) || !strings.ContainsFunc(between, unicode.IsLetter)):
		return []measured{m}
	case j == aRange && m.from == at: // "1,000 to 900 yuan": nobody says what the first is of
		return []measured{last}
	case j == aRange && second == next: // "paid $20 million to 900 people"
		return []measured{first}
	case j == aChange && m.kind == "percent" && !strings.HasPrefix(between, "% "):
		// "rose 2 to 5 per cent": a change is what per cents measure, so that is
		// how much it rose. With a sign to each, "rose by 0.2% to 5%", it may be either;
		// not in Chinese, which writes every range so.
		return []measured{m}
	case j == aChange && m.kind == "price":
		first.kind = "money"
		first.unit, _, _ = strings.Cut(m.unit, "/")
	}
	return []measured{first, last}
}

// rises says whether high is above low, and no more than most times it; 0 for any.
func rises(low, high string, most float64) bool {
	from, err := strconv.ParseFloat(low, 64)
	to, err2 := strconv.ParseFloat(high, 64)
	return err == nil && err2 == nil && from < to && (most == 0 || to <= most*from)
}

// narrow is how many times its low end the high end of a range of changes may
// be: "rose by $20 to $30 a kilogram" may be such a range, or a price that has
// tripled; "by $20 to $900" is none.
const narrow = 3

// changes says whether a number may be how much something changed by, which
// must not be told as what it is. Per cents are told as changes anyway.
func changes(s string, m measured, all []measured) bool {
	if m.kind == "percent" {
		return false
	}
	if byBefore.MatchString(cue(s[:m.from])) || changeBehind.MatchString(s[m.to:]) {
		return true
	}
	return slices.ContainsFunc(all, func(first measured) bool {
		if first.to >= m.from || m.from-first.to > len(" bis zu ") || first.kind == "percent" || first.unit == "" {
			return false
		}
		between := s[first.to:m.from]
		return jointRE.FindString(between) == between && rises(first.value, m.value, narrow) &&
			(byBefore.MatchString(cue(s[:first.from])) || takesBefore.MatchString(cue(s[:first.from])))
	})
}
