package highlight

import (
	"regexp"
	"strings"
	"unicode"
)

// Names that no list has, where the way they are written gives them away.
var (
	properRE = `[\p{Lu}][\p{L}\d'’&.-]*`
	// "Blue Lagoon Resources Inc", "Acme (ASX: ACM)"
	legal  = regexp.MustCompile(`((?:` + properRE + ` ){1,4}?)(?:Inc|Corp|Corporation|Ltd|Limited|PLC|plc|LLC|GmbH|Pty|Bhd|Berhad|S\.A|AG|NL)\b`)
	ticker = regexp.MustCompile(`((?:` + properRE + `\s){0,4}` + properRE + `)\s?\((?:[A-Za-z-]+/)*(?:ASX|NYSE|NASDAQ|Nasdaq|TSX|TSXV|TSX-V|TSX\.V|LSE|AIM|CSE|OTC|OTCQB|OTCQX|FSE|HKEX|SSE|SZSE|KRX|TSE|NSE|BSE)(?:/[A-Za-z-]+)*\s?:`)
	// "the Blue Hill rare earths project"
	projects = regexp.MustCompile(`((?:` + properRE + ` ){1,3})(?:[Hh]eavy )?(?:[Rr]are[- ][Ee]arths?(?: [Ee]lements?)? |REE )?(?:[Pp]roject|[Mm]ine|[Dd]eposit|[Pp]rospect)\b`)
	// "McBee, SC"
	town = regexp.MustCompile(`\b((?:(?:Fort|New|San|Los|Las|Santa|Saint|St\.|Port|Mount|Lake|North|South|East|West|Grand|El|La) )?\p{Lu}[\p{L}'’-]+), (A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])\b`)
)

var states = map[string]string{
	"AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado", "CT": "Connecticut",
	"DC": "Washington", "DE": "Delaware", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
	"IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
	"MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
	"NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
	"NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
	"RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah",
	"VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}

// unlisted are companies, towns and projects that no list has. Where every word
// of a headline has a capital, only what stands beside a mark is certain.
func unlisted(s string) []measured {
	if shouts(s) {
		return nil
	}
	var out []measured
	add := func(kind string, re *regexp.Regexp, sure bool) {
		for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
			if v := proper(group(s, m, 1)); v != "" && (sure || !titled(s)) {
				out = append(out, measured{kind, v, "", m[2], m[3]})
			}
		}
	}
	add("company", legal, false)
	add("company", ticker, false)
	add("project", projects, false)
	for _, m := range town.FindAllStringSubmatchIndex(s, -1) {
		if proper(group(s, m, 1)) == "" {
			continue
		}
		out = append(out, measured{"place", group(s, m, 1), "", m[2], m[3]},
			measured{"place", states[group(s, m, 2)], "", m[4], m[5]})
	}
	return out
}

// proper is a name without the small change before it; empty if nothing is left
// but words that any company or mine may have.
func proper(s string) string {
	words := strings.Fields(s)
	for len(words) > 0 && smallWords[strings.ToLower(words[0])] {
		words = words[1:]
	}
	telling := false
	for _, w := range words {
		telling = telling || !common[strings.ToLower(strings.TrimRight(w, ".,"))]
	}
	if !telling {
		return ""
	}
	return strings.TrimRight(strings.Join(words, " "), " ,")
}

// smallWords stand before a name without being part of it, common ones in names of all kinds.
var smallWords = set(`the a an its their our this that these and or of in at for by with from both new first
	while when after although as but said says on to under then`)

var common = set(`rare earth earths element elements critical minerals mineral metals metal strategic materials
	material heavy light resources mining mine project magnet magnets china chinese us u.s. american national
	company group holdings international global world major big magnetic large open pit pilot demonstration`)

// titled says whether a text is a headline with a capital for every word.
func titled(s string) bool {
	big, all := 0, 0
	for _, w := range strings.Fields(s) {
		r := []rune(w)
		if len(r) < 4 || !unicode.IsLetter(r[0]) {
			continue
		}
		all++
		if unicode.IsUpper(r[0]) {
			big++
		}
	}
	return all >= 4 && 10*big >= 7*all
}
