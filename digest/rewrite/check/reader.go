package check

import (
	"slices"
	"strings"
)

// reader reads the items of one sentence.
type reader struct {
	tokens []token
	lang   *language
	comma  bool // the comma is the decimal mark
	items  []item

	approx   string
	prep     string
	prepAt   int // its token
	linked   bool
	attached bool
	segment  int
	clause   int
	loose    string
	aux      string
	part     int
	relative bool // inside a clause that began with "which"
	which    int  // the segment that did
	and      int  // the segment that began with "and"
	afterBe  bool // a form of "be", and nothing but adverbs since
	runs     int
}

// read gives the items of a plain text.
func read(text string, lang *language) []item {
	r := &reader{lang: lang, comma: lang.comma}
	switch {
	case lang.wide():
		r.tokens = segment(text, lang)
	case lang.tag == "fr":
		r.tokens = tokenize(strings.ReplaceAll(text, "'", "' ")) // l'usine is two words
	default:
		r.tokens = tokenize(text)
	}
	for i := 0; i < len(r.tokens); {
		i = r.step(i)
	}
	r.dangling()
	return r.items
}

// dangling keeps a relating word that no item follows, as in "to be" and "for
// them", as an item of its own.
func (r *reader) dangling() {
	if !special(r.prep) {
		return
	}
	name := r.prep
	r.prep = ""
	r.add(item{concepts: []*concept{{name: "prep " + name, flags: keeps}}, at: r.prepAt, end: r.prepAt + 1})
	r.attached = false
}

// at is the i-th token; an empty one beyond the ends.
func (r *reader) at(i int) token {
	if i < 0 || i >= len(r.tokens) {
		return token{}
	}
	return r.tokens[i]
}

// article says whether t may stand for one: "a million".
func (r *reader) article(t token) bool {
	return r.lang.tag == english && (t.fold == "a" || t.fold == "an")
}

// step reads what begins at i and gives where to go on.
func (r *reader) step(i int) int {
	if end := r.date(i); end > i {
		return end
	}
	concepts, n := r.lang.match(r.tokens, i, r.initial(i))
	if n > 0 && r.startsNumber(i+n) {
		for _, c := range concepts {
			if c.has(isApprox) {
				r.approx = c.name
				return i + n
			}
		}
	}
	concepts = withoutApprox(concepts)
	if n > 1 && r.at(i+n-1).fold == "to" && !slices.ContainsFunc(concepts, func(c *concept) bool { return c.has(isModal | says | relates) }) {
		n-- // "declined to" means "refused"; the "to" relates what follows
	}
	if n < 2 {
		if end := r.ordinal(i); end > i {
			return end
		}
		if end := r.fraction(i); end > i {
			return end
		}
	}
	if num := r.number(i); num != nil && num.tail >= n {
		return r.quantity(i, num)
	}
	if r.tokens[i].kind == signToken {
		return r.sign(i)
	}
	if n == 0 || r.named(i, n, concepts) {
		n = max(n, 1)
		r.add(item{kind: nameOrWord(r, i), concepts: concepts, at: i, end: i + n})
		return i + n
	}
	r.meaning(i, n, concepts)
	return i + n
}

// withoutApprox takes "about" and the like for their other meanings where no
// number follows.
func withoutApprox(concepts []*concept) []*concept {
	if len(concepts) < 2 {
		return concepts
	}
	return slices.DeleteFunc(slices.Clone(concepts), func(c *concept) bool { return c.has(isApprox) })
}

// initial says whether the word at i begins a sentence or a quotation, so that
// its capital tells nothing.
func (r *reader) initial(i int) bool {
	for i--; i >= 0; i-- {
		if r.tokens[i].kind != signToken {
			return false
		}
		if r.tokens[i].is("\"") || r.tokens[i].is(":") || r.tokens[i].is("'") && !r.tokens[i].glued {
			return true
		}
	}
	return true
}

// named says whether known words at i are (part of) a name all the same: they
// begin the sentence and a capital follows, as in "Northern Minerals".
func (r *reader) named(i, n int, concepts []*concept) bool {
	if !r.initial(i) || !r.at(i+n).capital() || !r.tokens[i].capital() {
		return false
	}
	for _, c := range concepts {
		if c.has(isNeutral | isRole | relates | cuts | says) {
			return false
		}
	}
	_, next := r.lang.match(r.tokens, i+n, true)
	return next == 0 || !dateWord(r, i+n)
}

func dateWord(r *reader, i int) bool {
	concepts, _ := r.lang.match(r.tokens, i, false)
	for _, c := range concepts {
		if isDate(c) {
			return true
		}
	}
	return false
}

func nameOrWord(r *reader, i int) itemKind {
	if r.tokens[i].capital() {
		return nameItem
	}
	return wordItem
}

// isDate says whether a concept is a month or a day of the week.
func isDate(c *concept) bool {
	return len(c.name) > 1 && (c.name[0] == 'm' || c.name[0] == 'd') && c.name[1] >= '1' && c.name[1] <= '9'
}

// meaning deals with known words: those that say nothing only change the state.
func (r *reader) meaning(i, n int, concepts []*concept) {
	var all flag
	silent := true
	for _, c := range concepts {
		all |= c.flags
		silent = silent && (c.has(isNeutral) || c.has(relates) && !c.has(isItem))
	}
	if all&(isBe|cuts|relates) != 0 || silent && !quiet[concepts[0].name] {
		r.dangling()
	}
	if all&cuts != 0 {
		r.cut(i+n, all)
		if r.tokens[i].fold == "and" && !r.at(i-1).is(",") {
			r.and = r.segment
		}
	}
	if all&isBe != 0 {
		r.afterBe, r.prep, r.loose, r.attached = true, "", "", false
	}
	if all&relates != 0 && (silent || all&isItem != 0) {
		if !silent {
			r.add(item{concepts: concepts, at: i, end: i + n})
		}
		r.prep, r.loose, r.attached, r.prepAt = concepts[0].name, "", false, i
		return
	}
	if silent {
		r.pass(i, concepts[0])
		return
	}
	if parts := concepts[0].parts; len(parts) > 0 {
		for _, c := range parts {
			it := item{concepts: []*concept{c}, at: i, end: i + n}
			if n, ok := strings.CutPrefix(c.name, "@"); ok {
				it = item{kind: numberItem, key: "#" + n, flags: keepsNext, at: i, end: i + 1}
			}
			r.add(it)
		}
		return
	}
	it := item{concepts: concepts, at: i, end: i + n}
	for _, c := range concepts {
		if isDate(c) {
			it.kind, it.key, it.month = dateItem, c.name, c.name
		}
	}
	r.add(it)
}

// quiet are the words that may stand between a relating word and what it relates.
var quiet = map[string]bool{"article": true, "adverb": true, "mark": true}

// pass goes over a word that says nothing.
func (r *reader) pass(i int, c *concept) {
	switch c.name {
	case "being", "having":
		r.aux = auxAfter(r.at(i).fold, r.aux)
	case "mark":
		r.linked = true
	case "article", "adverb": // "to the very end" is one piece
	default:
		r.attached = false
		if strings.HasPrefix(c.name, "loose") {
			r.prep, r.loose, r.linked = loose, c.name, true
		}
	}
}

// cut begins a new segment, and a new clause where a subject follows.
func (r *reader) cut(after int, flags flag) {
	r.segment++
	r.attached = false
	relative := flags&cuts != 0 && r.lang.relative(r.at(after-1).fold)
	if relative || r.subject(after) {
		r.clause++
	}
	if relative {
		r.relative, r.which = true, r.segment
	}
}

// subject says whether a part of the sentence with its own subject begins at i.
func (r *reader) subject(i int) bool {
	if r.at(i).capital() {
		return true
	}
	concepts, _ := r.lang.match(r.tokens, min(i, len(r.tokens)-1), false)
	for _, c := range concepts {
		if c.has(hasSubject) && i < len(r.tokens) {
			return true
		}
	}
	return false
}

func (lang *language) relative(fold string) bool {
	for _, f := range lang.forms[fold] {
		if f.concept.name == "relative" {
			return true
		}
	}
	return false
}

// sign goes over a mark of punctuation.
func (r *reader) sign(i int) int {
	if r.tokens[i].text != "-" && r.tokens[i].text != "\"" {
		r.dangling()
	}
	switch r.tokens[i].text {
	case ",", ";", ":", "—", "(", ")":
		r.segment++
		r.part++
		r.attached, r.prep, r.loose, r.afterBe, r.aux = false, "", "", false, ""
		if r.relative || r.tokens[i].text != "," || r.subject(i+1) || r.lang.relative(r.at(i+1).fold) {
			r.clause++
		}
		r.relative = false
	case "-":
		r.linked = true
	default:
		r.attached = false
	}
	return i + 1
}
