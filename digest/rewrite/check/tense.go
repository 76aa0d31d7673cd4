package check

import "strings"

// tense is what the form of a word alone tells of the time.
type tense int

const (
	timeless tense = iota // a name, a number, or a verb as "to" and "will" have it
	present               // opens; also more than one of a thing
	past                  // opened, sold
	either                // cut: "they cut" is both
)

// pastForms are past forms and participles that do not end in -ed.
var pastForms = wordSet(`arose arisen ate eaten beat beaten became began begun bent bit bitten bled blew blown bore borne bought
	bound bred broke broken brought built burnt came caught chose chosen clung crept dealt did done drank drunk drawn drew
	driven drove dug fallen fed fell felt fled flew flown forbade forbidden forgot forgotten forsook forsaken fought found
	froze frozen gave given gone got gotten grew grown had heard held hid hidden hung kept knelt knew known laid lain lay
	leapt learnt led left lent lit lost made meant met mown outgrew outdone overcame oversaw overseen overtook overtaken
	overthrew overthrown paid ran rang rebuilt repaid resold risen rode ridden rose rung said sang sank sat saw seen sent
	sewn shaken shone shook shot showed shown shrank shrunk slept slid sold sought sown sped spent spoke spoken sprang
	sprung spun stole stolen stood strove striven struck stuck stung sunk swam swept swore sworn swung taken taught thought
	threw thrown told took tore torn undercut understood undertook undertaken underwent undergone undid undone upheld went
	withdrew withdrawn withheld withstood woke woken won wore worn wove woven wound written wrote`)

// unmarked are verbs whose past is like their present.
var unmarked = wordSet(`bet bid broadcast burst cast cost cut forecast hit hurt let offset put quit read rid set shed shut spread split thrust upset`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// tenseOf reads the tense of an item off its first word: "shut down", "went up".
func tenseOf(it item) tense {
	if it.kind != wordItem && !it.initial {
		return timeless
	}
	word, _, _ := strings.Cut(it.fold, " ")
	switch {
	case it.aux == "did", pastForms[word]:
		return past
	case unmarked[word]:
		return either
	case strings.HasSuffix(word, "ed") && len(lemmas(word)) > 1:
		return past
	case strings.HasSuffix(word, "s") && len(lemmas(word)) > 1:
		return present
	}
	return timeless
}

// sameTense says whether two words that mean the same tell of the same time:
// "opens" is not "opened". What somebody says he also said.
func sameTense(o, s item) bool {
	if o.has(says) && s.has(says) {
		return true
	}
	a, b := tenseOf(o), tenseOf(s)
	switch {
	case a == either || b == either:
		return a != present && b != present
	case a == past || b == past:
		return a == b
	}
	return true
}

// sameTime says whether "is", "was" or "has" agree where both have one, whether
// the words themselves tell of the same time, and whether something is still
// going on in both.
func sameTime(o, s item) bool {
	if !sameAux(o.aux, s.aux) || !sameTense(o, s) {
		return false
	}
	return o.ongoing == s.ongoing || strings.HasSuffix(o.fold, "ing") == strings.HasSuffix(s.fold, "ing")
}

// sameAux lets "was sold" be "has been sold" as well.
func sameAux(o, s string) bool {
	if o == "" || s == "" || o == s {
		return true
	}
	return o == "been" && (s == "past" || s == "perfect") || s == "been" && (o == "past" || o == "perfect")
}

// auxiliaries tell the present from the past where a verb has one.
var auxiliaries = map[string]string{
	"is": "present", "are": "present", "am": "present", "do": "present", "does": "present", "did": "did",
	"was": "past", "were": "past", "had": "past", "has": "perfect", "have": "perfect",
}

// auxAfter is what the time is behind word, when it was before it.
func auxAfter(word, before string) string {
	switch word {
	case "been":
		if before == "perfect" {
			return "been"
		}
		return before
	case "being":
		return before
	}
	return auxiliaries[word]
}
