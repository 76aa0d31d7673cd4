package highlight

import (
	"cmp"
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed names/*.tsv
var nameLists embed.FS

// The kinds of facts that have a list of names.
var nameKinds = []string{"element", "company", "place", "instrument", "project", "stage"}

// trap is the value of an alias that means nothing.
const trap = "-"

// name is what an alias stands for.
type name struct {
	kind, value string
	written     string // the alias with its capitals; empty where any case will do
	lang        string // the only language of texts it holds for; empty: all
}

// pattern is an alias that is a regular expression; a value may take up its groups.
type pattern struct {
	kind, value string
	re          *regexp.Regexp
}

// gazetteer finds names in texts: the longest at each place, whatever its kind,
// so that the "China" of "China Northern Rare Earth" is no place.
type gazetteer struct {
	names    map[string][]name // by the alias in small letters
	lengths  map[rune][]int    // lengths in bytes of aliases that begin so, longest first
	patterns []pattern
}

// found is one name at text[from:to].
type found struct {
	name
	from, to int
}

func readGazetteer() (*gazetteer, error) {
	g := &gazetteer{names: map[string][]name{}, lengths: map[rune][]int{}}
	for _, kind := range nameKinds {
		file := "names/" + kind + ".tsv"
		body, err := nameLists.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read list of names: %w", err)
		}
		for n, line := range strings.Split(string(body), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			if err := g.add(kind, line); err != nil {
				return nil, fmt.Errorf("read %s line %d: %w", file, n+1, err)
			}
		}
	}
	for r, list := range g.lengths {
		slices.SortFunc(list, func(a, b int) int { return cmp.Compare(b, a) })
		g.lengths[r] = slices.Compact(list)
	}
	return g, nil
}

// add takes one line of a list: a value, a tab, aliases with | between.
func (g *gazetteer) add(kind, line string) error {
	value, aliases, ok := strings.Cut(line, "\t")
	if !ok || value == "" || aliases == "" {
		return fmt.Errorf("%q is not a value, a tab and aliases", line)
	}
	for aliases != "" {
		if body, ok := strings.CutPrefix(aliases, "/"); ok {
			end := strings.Index(body+"|", "/|")
			if end < 0 {
				return fmt.Errorf("a pattern of %q has no closing slash", value)
			}
			re, err := regexp.Compile(body[:end])
			if err != nil {
				return fmt.Errorf("pattern of %q: %w", value, err)
			}
			g.patterns = append(g.patterns, pattern{kind, value, re})
			aliases = strings.TrimPrefix(body[end+1:], "|")
			continue
		}
		var alias string
		alias, aliases, _ = strings.Cut(aliases, "|")
		n := name{kind: kind, value: value}
		if lang, rest, ok := strings.Cut(alias, ":"); ok && len(lang) == 2 {
			n.lang, alias = lang, rest
		}
		low := lower(alias)
		if alias == "" {
			return fmt.Errorf("an alias of %q is empty", value)
		}
		if low != unhyphened(alias) {
			n.written = unhyphened(alias)
		}
		first, _ := utf8.DecodeRuneInString(low)
		g.names[low] = append(g.names[low], n)
		g.lengths[first] = append(g.lengths[first], len(low))
	}
	return nil
}

// find is every name in a text, from left to right, without overlaps.
func (g *gazetteer) find(text, lang string) []found {
	var out []found
	low, plain := lower(text), unhyphened(text)
	loud := shouts(text)
	before := ' '
	for i := 0; i < len(low); {
		r, size := utf8.DecodeRuneInString(low[i:])
		if !joined(before, r) {
			if names, end := g.at(low, plain, i, lang, loud); end > 0 {
				for _, n := range names {
					out = append(out, found{n, i, end})
				}
				before, _ = utf8.DecodeLastRuneInString(low[:end])
				i = end
				continue
			}
		}
		before = r
		i += size
	}
	return out
}

// at is the longest alias that begins at low[i:], and where it ends.
func (g *gazetteer) at(low, plain string, i int, lang string, loud bool) ([]name, int) {
	first, _ := utf8.DecodeRuneInString(low[i:])
	for _, length := range g.lengths[first] {
		end := i + length
		if end > len(low) {
			continue
		}
		var names []name
		for _, n := range g.names[low[i:end]] {
			exact := n.written == "" || n.written == plain[i:end] || loud && length > 3
			if exact && (n.lang == "" || n.lang == base(lang)) {
				names = append(names, n)
			}
		}
		last, _ := utf8.DecodeLastRuneInString(low[i:end])
		next, _ := utf8.DecodeRuneInString(low[end:])
		if len(names) > 0 && !(end < len(low) && joined(last, next)) {
			return names, end
		}
	}
	return nil, 0
}

// joined says whether two neighbours belong to one word; scripts without spaces
// cannot tell.
func joined(a, b rune) bool {
	word := func(r rune) bool { return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !wide(r) }
	return word(a) && (word(b) || b == '$') // US$ is no place
}

// shouts says whether a text is written in capitals, so that case tells nothing.
func shouts(s string) bool {
	small, big := 0, 0
	for _, r := range s {
		if unicode.IsLower(r) {
			small++
		} else if unicode.IsUpper(r) {
			big++
		}
	}
	return big > 12 && big > 4*small
}

// lower makes small letters without changing lengths, and hyphens spaces.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			r = l
		}
		if r == '-' {
			return ' '
		}
		return r
	}, s)
}

func unhyphened(s string) string { return strings.ReplaceAll(s, "-", " ") }
