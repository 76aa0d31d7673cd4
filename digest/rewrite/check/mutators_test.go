package check

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mutator makes a true sentence false; "" where it finds nothing to change.
type mutator struct {
	name string
	do   func(rng *rand.Rand, p pair) string
}

var (
	anyNumber  = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)
	anyName    = regexp.MustCompile(`[\p{Ll}\d,] ([A-Z][\p{L}]{2,})\b`)
	dateName   = regexp.MustCompile(`\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b`)
	anyWord    = regexp.MustCompile(`\p{L}[\p{L}'-]+`)
	auxiliary  = regexp.MustCompile(`\b(?:will|is|are|was|were|has|have|had|may|would|can|could|must)\b`)
	falseNames = []string{"Arafura", "Iluka", "Tesla", "Vulcan", "Kvanefjeld", "Pensana", "Elon Musk", "Paraguay", "Nairobi", "OPEC", "Siemens", "Rio Tinto", "Zhang Wei", "Ms Ortega", "Toyota", "NATO", "Reuters", "北方稀土", "Greenpeace", "Texas"}
	elements   = []string{"neodymium", "praseodymium", "dysprosium", "terbium", "samarium", "yttrium", "lanthanum", "cerium", "gadolinium", "europium", "scandium", "gallium", "cobalt", "lithium"}
)

// opposites are words that say something else: each is put in place of each
// other word of its line.
var opposites = [][]string{
	{"rose", "fell"},
	{"rise", "fall"},
	{"up", "down"},
	{"increased", "decreased"},
	{"climbed", "dropped"},
	{"gained", "lost"},
	{"higher", "lower"},
	{"more", "less"},
	{"approved", "rejected", "considered"},
	{"opened", "closed"},
	{"open", "close"},
	{"start", "stop", "end"},
	{"began", "ended"},
	{"begin", "cease"},
	{"bought", "sold"},
	{"buy", "sell"},
	{"imports", "exports"},
	{"import", "export"},
	{"bans", "allows"},
	{"ban", "permit"},
	{"won", "lost"},
	{"confirmed", "denied"},
	{"ease", "tighten"},
	{"first", "second", "last"},
	{"largest", "smallest", "only"},
	{"before", "after"},
	{"above", "below"},
	{"from", "to"},
	{"all", "some", "no"},
	{"most", "few"},
	{"will", "may", "did", "should"},
	{"may", "will", "must"},
	{"could", "will", "did"},
	{"would", "did"},
	{"expects", "denies", "knows"},
	{"plans", "refuses", "failed"},
	{"said", "denied", "lied"},
	{"agreed", "refused"},
	{"about", "exactly", "more than"},
	{"nearly", "over"},
	{"under", "over"},
	{"with", "without"},
	{"against", "for"},
	{"by", "to"},
	{"increase", "decrease"},
	{"growth", "decline"},
	{"profit", "loss"},
	{"year", "month", "week"},
	{"million", "billion", "thousand"},
	{"billion", "million", "trillion"},
	{"tonnes", "kilograms", "pounds"},
	{"kilogram", "tonne", "ounce"},
	{"kg", "t", "lb"},
	{"%", " tonnes", " percentage points", " dollars"},
	{"percent", "percentage points"},
	{"$", "€", "A$"},
	{"€", "$"},
	{"euros", "dollars"},
	{"yuan", "yen"},
	{"dollars", "euros"},
	{"hours", "days"},
	{"days", "weeks"},
	{"years", "months"},
	{"three", "four"},
	{"two", "seven"},
	{"four", "five"},
	{"dozen", "hundred"},
	{"half", "third"},
	{"quarter", "fifth"},
	{"double", "halve"},
	{"January", "June"},
	{"February", "August"},
	{"March", "May"},
	{"October", "April"},
	{"July", "June"},
	{"Monday", "Friday"},
	{"Tuesday", "Sunday"},
	{"Friday", "Thursday"},
	{"killed", "injured", "rescued"},
	{"injured", "killed"},
	{"suspend", "extend", "lift"},
	{"halted", "resumed"},
	{"stopped", "started"},
	{"cut", "raised"},
	{"reduce", "increase"},
	{"fined", "acquitted"},
	{"signed", "cancelled"},
	{"supply", "demand"},
	{"shortage", "surplus"},
	{"lowest", "highest"},
	{"former", "current"},
	{"last", "next"},
	{"up to", "at least"},
	{"at least", "at most"},
	{"is", "is not"},
	{"are", "are not"},
	{"was", "was never"},
	{"has", "has not"},
	{"buyer", "seller"},
	{"male", "female"},
	{"men", "women"},
	{"guilty", "innocent"},
	{"dead", "alive"},
	{"north", "south"},
	{"east", "west"},
	{"left", "right"},
	{"son", "daughter"},
	{"mother", "father"},
}

// additions are claims that no source of ours makes.
var additions = []string{
	" for the first time", " in a record month", " amid fraud claims", ", killing three", " despite a ban", " after a halt", " without approval",
	" and denied it", ", a first for China", " in Australia", " with Arafura", ", Elon Musk said", " by 2031", " for $7.7 million", " on Saturday", " within 17 days",
	", 3% more than before", " twice", " illegally", " as planned", " by mistake", ", the largest ever", " instead of exporting it",
}

func mutators() []mutator {
	list := []mutator{
		{"a digit changed", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, anyNumber, p.text, func(s string) string { return otherDigit(rng, p.source, s) })
		}},
		{"a digit more", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, anyNumber, p.text, func(s string) string { return "1" + s })
		}},
		{"a number spelled by chance", func(rng *rand.Rand, p pair) string {
			n := absent(rng, []string{"19", "37", "1,000", "500,000", "600", "24"}, p.source)
			return replaceOne(rng, anyNumber, p.text, func(string) string {
				return map[string]string{"19": "nineteen", "37": "thirty-seven", "1,000": "a thousand", "500,000": "half a million", "600": "six hundred", "24": "two dozen"}[n]
			})
		}},
		{"foreign digits", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, anyNumber, p.text, func(s string) string { return s[:len(s)-1] + "٣" })
		}},
		{"a number put in", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, anyWord, p.text, func(s string) string { return []string{"37 ", "4,100 ", "eleven ", "8% "}[rng.IntN(4)] + s })
		}},
		{"a minus sign", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, anyNumber, p.text, func(s string) string { return "-" + s })
		}},
		{"two numbers swapped", func(rng *rand.Rand, p pair) string { return swapTwo(rng, anyNumber, p.text) }},
		{"a name changed", func(rng *rand.Rand, p pair) string {
			return replaceGroup(rng, anyName, p.text, func(string) string { return absent(rng, falseNames, p.source) })
		}},
		{"a name put in", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, anyWord, p.text, func(s string) string { return s + " " + absent(rng, falseNames, p.source) })
		}},
		{"two names swapped", func(rng *rand.Rand, p pair) string { return swapTwo(rng, anyName, p.text) }},
		{"a name's letters changed", func(rng *rand.Rand, p pair) string {
			return replaceGroup(rng, anyName, p.text, func(s string) string { return s[:1] + "oo" + s[1:] })
		}},
		{"an element changed", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, regexp.MustCompile(`\b(?:`+strings.Join(elements, "|")+`)\b`), p.text, func(string) string { return absent(rng, elements, p.source) })
		}},
		{"a look-alike letter", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, regexp.MustCompile(`[aeo]`), p.text, func(s string) string { return map[string]string{"a": "а", "e": "е", "o": "о"}[s] })
		}},
		{"not put in", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, auxiliary, p.text, func(s string) string { return s + []string{" not", " never", " hardly", " no longer"}[rng.IntN(4)] })
		}},
		{"a denial left out", func(rng *rand.Rand, p pair) string {
			return leaveOut(rng, p.text, `not |never |no |denied |denies |without |n't`)
		}},
		{"a doubt left out", func(rng *rand.Rand, p pair) string {
			return leaveOut(rng, p.text, `may |might |could |would |will |plans to |expects to |expected to |is expected to |allegedly |alleged |former |almost |nearly |up to |at least |more than |some |only |likely |if `)
		}},
		{"may put in", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, auxiliary, p.text, func(s string) string { return "may have " + s })
		}},
		{"a claim added", func(rng *rand.Rand, p pair) string {
			a := additions[rng.IntN(len(additions))]
			return strings.TrimRight(p.text, ".") + a + "."
		}},
		{"a year changed", func(rng *rand.Rand, p pair) string {
			return replaceOne(rng, regexp.MustCompile(`\b(?:19|20)\d\d\b`), p.text, func(s string) string { return otherDigit(rng, p.source, s) })
		}},
	}
	return append(list, mutator{"a word turned into its opposite", turn})
}

// turn replaces one word by another of its line of opposites.
func turn(rng *rand.Rand, p pair) string {
	for _, k := range rng.Perm(len(opposites)) {
		line := opposites[k]
		i := rng.IntN(len(line))
		pattern := regexp.MustCompile(bounded(line[i]))
		others := slices.Delete(slices.Clone(line), i, i+1)
		got := replaceOne(rng, pattern, p.text, func(string) string { return others[rng.IntN(len(others))] })
		if got != "" {
			return got
		}
	}
	return ""
}

func bounded(word string) string {
	switch word {
	case "$", "€", "A$":
		return `\B` + regexp.QuoteMeta(word)
	case "%":
		return word
	}
	return `\b` + regexp.QuoteMeta(word) + `\b`
}

func replaceOne(rng *rand.Rand, re *regexp.Regexp, s string, by func(string) string) string {
	all := re.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return ""
	}
	at := all[rng.IntN(len(all))]
	return s[:at[0]] + by(s[at[0]:at[1]]) + s[at[1]:]
}

func replaceGroup(rng *rand.Rand, re *regexp.Regexp, s string, by func(string) string) string {
	all := re.FindAllStringSubmatchIndex(s, -1)
	if len(all) == 0 {
		return ""
	}
	at := all[rng.IntN(len(all))]
	return s[:at[2]] + by(s[at[2]:at[3]]) + s[at[3]:]
}

func swapTwo(rng *rand.Rand, re *regexp.Regexp, s string) string {
	all := re.FindAllStringSubmatchIndex(s, -1)
	if len(all) < 2 {
		return ""
	}
	i := rng.IntN(len(all) - 1)
	a, b := all[i], all[i+1+rng.IntN(len(all)-i-1)]
	n := len(a) - 2
	x, y := s[a[n]:a[n+1]], s[b[n]:b[n+1]]
	if x == y || dateName.MatchString(x+" "+y) { // "China's in May" is "May's in China"
		return ""
	}
	return s[:a[n]] + y + s[a[n+1]:b[n]] + x + s[b[n+1]:]
}

func leaveOut(rng *rand.Rand, s, words string) string {
	return replaceOne(rng, regexp.MustCompile(`\b(?:`+words+`)`), s, func(string) string { return "" })
}

// otherDigit changes one digit of a number so that the source has no such number.
func otherDigit(rng *rand.Rand, source, s string) string {
	for {
		b := []byte(s)
		i := rng.IntN(len(b))
		if b[i] < '0' || b[i] > '9' {
			continue
		}
		b[i] = byte('0' + rng.IntN(10))
		if !slices.Contains(anyNumber.FindAllString(source, -1), string(b)) && value(string(b)) != value(s) {
			return string(b)
		}
	}
}

func value(s string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil {
		return -1
	}
	return v
}

func absent(rng *rand.Rand, list []string, source string) string {
	for {
		if s := list[rng.IntN(len(list))]; !strings.Contains(source, s) {
			return s
		}
	}
}
