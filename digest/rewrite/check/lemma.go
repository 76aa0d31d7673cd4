package check

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// whole are words that only look like forms of others.
var whole = map[string]bool{
	"news": true, "goods": true, "arms": true, "means": true, "customs": true, "during": true, "hundred": true,
	"morning": true, "evening": true, "nothing": true, "something": true, "anything": true, "everything": true,
	"united": true, "states": true, "bearing": true, "species": true, "series": true, "times": true,
}

// lemmas are the words that w may be a regular form of, w first: mines → mine,
// planned → plan, supplies → supply. Only endings that leave the meaning alone
// are taken off: "miner", "important" and "unlimited" stay what they are.
func lemmas(w string) []string {
	out := []string{w}
	if whole[w] {
		return out
	}
	add := func(s string) {
		if len(s) > 2 && strings.ContainsAny(s, "aeiouy") {
			out = append(out, s)
		}
	}
	switch {
	case strings.HasSuffix(w, "ies") || strings.HasSuffix(w, "ied"):
		add(w[:len(w)-3] + "y")
		add(w[:len(w)-1])
	case strings.HasSuffix(w, "es"):
		add(w[:len(w)-1])
		if stem := w[:len(w)-2]; sibilant(stem) {
			add(stem)
		}
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		add(w[:len(w)-1])
	case strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed"):
		stems(w[:len(w)-2], add)
	case strings.HasSuffix(w, "ing"):
		stems(w[:len(w)-3], add)
	}
	return out
}

// stems adds what "-ed" and "-ing" may have been put on: a doubled consonant
// was single (plan-ned), a short syllable lost its e (min-ed), others may have.
func stems(stem string, add func(string)) {
	n := len(stem)
	if n < 2 || vowels(stem) == 0 {
		return
	}
	if stem[n-1] == stem[n-2] && !strings.ContainsRune("aeiou", rune(stem[n-1])) {
		add(stem)
		add(stem[:n-1])
		return
	}
	add(stem + "e")
	if !(n <= 4 && vowel(stem[n-2]) && !vowel(stem[n-1]) && stem[n-1] != 'w' && stem[n-1] != 'y' && stem[n-1] != 'x' && vowels(stem) == 1) {
		add(stem)
	}
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

func vowels(s string) (n int) {
	for i := range len(s) {
		if vowel(s[i]) {
			n++
		}
	}
	return n
}

func sibilant(s string) bool {
	for _, end := range []string{"s", "x", "z", "ch", "sh", "o"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// alike says whether two words are forms of one.
func alike(a, b string) bool {
	if a == b || bare(a) == bare(b) {
		return true
	}
	for _, x := range lemmas(a) {
		for _, y := range lemmas(b) {
			if x == y {
				return true
			}
		}
	}
	return false
}

// bare is a word without accents: São and Sao are one.
func bare(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0 {
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}
