package highlight

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// mostNouns is how many words say what a number is of; more are no label.
const mostNouns = 3

var (
	// What may stand between a substance and its number: nothing that does anything but stand, rise and fall.
	linkOf = regexp.MustCompile(`^(?i:\s(?:` + changedRE + `|` + risesRE + `|gained|added|lost|shed|another|further|as much as|today|yesterday|(?:this|last) week|is|was|were|are|at|costs?|cost|priced|trade[sd]?|trading|averaged|hit|hits|reached|stood|stands|closed|closes|to|by|of|up|down|about|around|nearly|almost|some|roughly|shares?|stock|prices?))*\s?[:：]?\s?$`)
	// The same in Chinese, Japanese and Korean.
	linkWide = regexp.MustCompile(`^(?:` + changedWideRE + `|金属|合金|氧化物|산화물|均价|价格|報價|报价|中间价|가격은?|価格|平均|为|為|报|報|达|達|涨至|跌至|上涨|下跌|涨|跌|至|到|约|約|은|는|이|가|が|は|の|\s|：|:)*$`)
	// Who has the money: "Acme raised $20 million".
	linkMoney = regexp.MustCompile(`^(?i:\s(?:has|have|will|to|also|plans))*\s(?i:raise[sd]?|invest(?:s|ed)?|secure[sd]?|receive[sd]?|won|wins|win|gets?|got|borrow(?:s|ed)?)(?i:\s(?:about|around|nearly|almost|up to|some))?\s$`)

	substanceTail = regexp.MustCompile(`^(?: (?:oxides?|metal|carbonate|alloys?|concentrate|chloride))*`)
	pricesTail    = regexp.MustCompile(`^(?: (?:oxides?|metal|carbonate|alloys?|concentrate|chloride|prices?))*`)
	inList        = regexp.MustCompile(`(?i:\b(?:and|or)|[,/&、和与與及])\s?$`)
	listOn        = regexp.MustCompile(`^(?:\s?(?:,|/|&|、|和|与|與|及)|\s(?i:and|or)\b)\s?`)
	ofBefore      = regexp.MustCompile(`^\s?(?:(?:worth )?of |worth of |de |d['’]|di |von |的|의\s?|の)?(?:氧化|산화\s?)?$`)
	wideOxide     = regexp.MustCompile(`(?:氧化|산화\s?)$`)
	wideMetal     = regexp.MustCompile(`(?:金属|金屬|금속\s?)$`)
	determiner    = regexp.MustCompile(`(?i:\b(?:a|an|the|its|their|another)) (?:new |further |planned |proposed )?$`)
	nounAfterOf   = regexp.MustCompile(`^ (?:worth )?of (?:(?:the|its|their|all) )?`)
	nounAfterIn   = regexp.MustCompile(`^ in (?:(?:new|the|its) )?\p{Ll}`)
	changeIn      = regexp.MustCompile(`^ (?:rise|increase|jump|drop|fall|decline|surge|growth|cut|reduction|gain) in (?:(?:the|its) )?`)
	levied        = regexp.MustCompile(`^ (?:import |export |[a-z]+ )?(?:tariffs?|dut(?:y|ies)|tax(?:es)?|levy|stake|ownership|discount|premium)\b`)
	// "a rare earth recycling campus", "magnets using neodymium": who knows where the noun ends?
	participle = regexp.MustCompile(`^ [\p{L}-]+(ing|ed) (\p{L}+)`)
	nounWord   = regexp.MustCompile(`^ ?([\p{L}][\p{L}\d'’-]*)`)
)

// notNouns end what a number is of: small words, words of time, and verbs that
// have no ending that tells them.
var notNouns = set(`a an the and or but nor of in on at to from for with by as into over under per than that which who whom whose
	this these those it its them they their he she we you i his her our your is are was were be been has have had will would could
	can may might shall should must not no if when while where because since despite after before amid during until last next
	each every annually year years month months week weeks day days quarter quarters decade time times period more less
	higher lower up down out off about through via between against without within across along also only now then there
	came went fell rose left sold made took got gave grew said says set sits held kept led lost sent spent built bought
	need needs require requires remain remains go goes come comes arrive arrives enter enters make makes take takes give
	gives get gets become becomes exceed exceeds join joins help helps brought ran run runs cost costs hit thanks compared such so yet both either just already rise increase jump drop fall
	decline surge growth cut reduction gain total it's us what how all some any other others`)

// thingsInING are nouns that look like participles.
var thingsInING = set(`funding financing lending spending building mining recycling`)

// nounOf is what a number is of, in the words that stand beside it: what it
// counts ("5,000 tonnes of feedstock", "a 25% tariff"), or the substance that
// it is the price or share of ("NdPr oxide rose to 568,000 yuan a tonne").
// Empty where nothing beside it says so. all is what the sentence says.
func nounOf(s string, m measured, all []measured) string {
	if changes(s, m, all) {
		return ""
	}
	var names []measured
	for _, n := range all {
		if n.kind == "element" || n.kind == "company" || n.kind == "project" {
			names = append(names, n)
		}
	}
	if noun := nameBehind(s, m, names); noun != "" {
		return noun
	}
	if noun := phraseBehind(s, m, names); noun != "" {
		return noun
	}
	return nameBefore(s, m, names)
}

var (
	// notBefore stands before a number that a sentence says is not so; "not only" is so.
	notBefore  = regexp.MustCompile(`(?i)(?:\b(?:not|never|cannot|neither|nor|without|denie[sd]|fail(?:s|ed) to|nicht|kein(?:e[nrms]?)?|nie|pas|jamais|nunca|não|ohne|sans|sin|sem)\b|n['’]t\b|(?:^|[^\pL])(?:не|không|chưa)\s|没有|沒有|未能|并未|並未|并非|不会|不會|不再|否认|否認)[^,;:.，。；：、]*$`)
	onlyBehind = regexp.MustCompile(`(?i)^(?:not|nicht|pas|não|nunca|не)\s(?:only|just|nur|seulement|só|apenas|только)\b`)
	// notBehind is the same in Korean and Japanese, whose verbs end in it.
	notBehind = regexp.MustCompile(`^[^,;:.，。；：、]{0,60}(?:지 ?않|지 ?못|아니|없(?:다|었|이)|ません|なかった|していない|ではない|しない)`)
)

// denied says whether a sentence tells a number in order to say that it is not so.
func denied(s string, m measured) bool {
	from := max(0, m.from-cueBytes)
	if at := notBefore.FindStringIndex(s[from:m.from]); at != nil && !onlyBehind.MatchString(s[from+at[0]:m.from]) {
		return true
	}
	return notBehind.MatchString(s[m.to:])
}

// nameBehind is an element right behind the number.
func nameBehind(s string, m measured, names []measured) string {
	for _, n := range names {
		if n.kind != "element" || n.from < m.to || !ofBefore.MatchString(s[m.to:n.from]) {
			continue
		}
		if alone(s, n, names) {
			return asWritten(s, n, substanceTail)
		}
		return ""
	}
	return ""
}

// nameBefore is a name in front of the number, with a mere link between them.
func nameBefore(s string, m measured, names []measured) string {
	if m.kind != "percent" && takesBefore.MatchString(cue(s[:m.from])) {
		return ""
	}
	for _, n := range slices.Backward(names) {
		if n.to > m.from {
			continue
		}
		between := s[n.to:m.from]
		switch {
		case n.kind == "element" && m.kind != "money":
			tail := substanceTail
			if m.kind == "percent" {
				tail = pricesTail
			}
			rest := between[len(tail.FindString(between)):]
			if (linkOf.MatchString(rest) || linkWide.MatchString(between)) && alone(s, n, names) {
				return asWritten(s, n, tail)
			}
		case n.kind == "company" && m.kind == "money" && linkMoney.MatchString(between),
			n.kind == "company" && strings.HasSuffix(m.unit, "/share") && linkOf.MatchString(between):
			if !inList.MatchString(s[:n.from]) {
				return n.value
			}
		}
		return "" // only the nearest can be it
	}
	return ""
}

// alone says whether an element is no part of a list of several.
func alone(s string, n measured, names []measured) bool {
	behind := n.to + len(substanceTail.FindString(s[n.to:]))
	for _, other := range names {
		if other.kind != "element" || other.value == n.value && other.from == n.from {
			continue
		}
		if other.from == n.from { // "Nd, Pr" is read as one
			return false
		}
		if other.to <= n.from && inList.MatchString(s[other.to:n.from]) && len(s[other.to:n.from]) < 20 ||
			other.from >= behind && len(listOn.FindString(s[behind:other.from])) == other.from-behind && other.from > behind {
			return false
		}
	}
	return true
}

// asWritten is an element as the text names it, with what it is bound to; in
// scripts that the reader may not read, by its name.
func asWritten(s string, n measured, tail *regexp.Regexp) string {
	if strings.ContainsFunc(s[n.from:n.to], func(r rune) bool { return r > unicode.MaxLatin1 }) {
		if wideOxide.MatchString(s[:n.from]) {
			return n.value + " oxide"
		}
		if wideMetal.MatchString(s[:n.from]) {
			return n.value + " metal"
		}
		return n.value
	}
	return s[n.from : n.to+len(tail.FindString(s[n.to:]))]
}

// phraseBehind is the noun phrase behind the number, as it stands.
func phraseBehind(s string, m measured, names []measured) string {
	rest := s[m.to:]
	skip, single := "", false
	switch {
	case nounAfterOf.MatchString(rest):
		skip = nounAfterOf.FindString(rest)
	case m.kind == "money" && nounAfterIn.MatchString(rest):
		skip = nounAfterIn.FindString(rest)
		skip = skip[:strings.LastIndexByte(skip, ' ')+1]
	case m.kind == "percent" && changeIn.MatchString(rest):
		skip = changeIn.FindString(rest)
	case m.kind == "percent" && levied.MatchString(rest):
		return strings.TrimSpace(levied.FindString(rest))
	case determiner.MatchString(s[:m.from]) && strings.HasPrefix(rest, " "):
		single = true // "the $40 million plan targets …": more than one word may be a verb
	default:
		return ""
	}
	from := m.to + len(skip)
	end := nounsEnd(s, from)
	phrase := strings.TrimSpace(s[from:end])
	if single && strings.HasSuffix(phrase, "s") {
		return ""
	}
	if phrase == "" || strings.Count(phrase, " ") >= mostNouns || unclear(s[end:]) || listOn.MatchString(s[end:]) && !strings.HasPrefix(s[end:], ", ") {
		return ""
	}
	for _, n := range names {
		if n.kind == "element" && n.from >= from && n.to <= end && !alone(s, n, names) {
			return ""
		}
	}
	return phrase
}

// unclear says whether the noun phrase before rest may go on.
func unclear(rest string) bool {
	w := participle.FindStringSubmatch(rest)
	return w != nil && (w[1] == "ing" || !notNouns[strings.ToLower(w[2])])
}

// nounsEnd is where the noun phrase that begins at from ends.
func nounsEnd(s string, from int) int {
	end, noun := from, false
	for {
		w := nounWord.FindStringSubmatch(s[end:])
		if w == nil || end > from && !strings.HasPrefix(w[0], " ") {
			break
		}
		low := strings.ToLower(w[1])
		verb := (strings.HasSuffix(low, "ed") || strings.HasSuffix(low, "ing")) && !thingsInING[low]
		if notNouns[low] || strings.HasSuffix(low, "ly") || verb && noun {
			break
		}
		noun = noun || !verb
		end += len(w[0])
	}
	if !noun {
		return from
	}
	return end
}
