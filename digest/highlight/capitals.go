package highlight

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed words/common.txt
var commonWords string

// readCommon reads the common English words, as stems.
func readCommon() map[string]bool {
	common := map[string]bool{}
	for line := range strings.Lines(commonWords) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			common[stem(w, "en")] = true
		}
	}
	return common
}

// nameless are words with a capital that name nobody new: months, powers of
// which every report speaks, ways to shorten known names, outlets that other
// outlets quote.
var nameless = set(`january february march april may june july august september october november december
	jan feb mar apr jun jul aug sep sept oct nov dec us usa uk eu un ceo cfo ipo inc ltd corp llc plc co
	china america govt reuters bloomberg afp ap xinhua yonhap cnbc bbc nikkei wsj ft`)

// allCapitals says whether a headline gives every word a capital, so that a
// capital tells nothing.
func allCapitals(toks []string, stop map[string]bool) bool {
	small, big := 0, 0
	for _, t := range toks {
		first, _ := utf8.DecodeRuneInString(t)
		switch {
		case stop[strings.ToLower(t)] || utf8.RuneCountInString(t) < 3:
		case unicode.IsUpper(first):
			big++
		case unicode.IsLower(first):
			small++
		}
	}
	return small*6 <= small+big
}

// begins says which tokens of a text stand where any word has a capital: at its
// beginning, and behind a stop, a colon or a quotation mark.
func begins(s string, toks []string) []bool {
	out := make([]bool, len(toks))
	from := 0
	for i, t := range toks {
		at := strings.Index(s[from:], t)
		if at < 0 {
			continue
		}
		before := strings.TrimRight(s[:from+at], " ")
		last, _ := utf8.DecodeLastRuneInString(before)
		out[i] = before == "" || strings.ContainsRune(".!?…:;\"“‘„«([•-–—|", last) && len(before) < from+at || strings.ContainsRune("\"“‘„«(", last)
		from += at
		if first, n := utf8.DecodeRuneInString(t); !wide(first) {
			from += len(t)
		} else {
			from += n
		}
	}
	return out
}

// inner are the words, in small letters, that have a capital within sentences
// where others have none.
func inner(sentences []string, stop map[string]bool) map[string]bool {
	found := map[string]bool{}
	for _, s := range sentences {
		toks := words(s, "")
		if allCapitals(toks, stop) {
			continue
		}
		first := begins(s, toks)
		for i, t := range toks {
			if r, _ := utf8.DecodeRuneInString(t); !first[i] && unicode.IsUpper(r) {
				found[strings.ToLower(t)] = true
			}
		}
	}
	return found
}

// peoples are the words for a country and its people that a word with a capital
// may stand for: Chinese and China, Brazilian and Brazil.
func peoples(low string) []string {
	if utf8.RuneCountInString(low) < 5 {
		return nil
	}
	for _, end := range []string{"ese", "ian", "ish", "an", "ia", "a"} {
		if root, ok := strings.CutSuffix(low, end); ok && len(root) > 3 {
			return []string{root, root + "a", root + "ia", root + "an", root + "ian", root + "ese"}
		}
	}
	return []string{low + "ese", low + "ian", low + "ish"}
}
