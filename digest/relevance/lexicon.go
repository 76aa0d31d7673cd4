package relevance

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"reedaily/digest"
)

//go:embed lexicon/*/*.tsv
var embedded embed.FS

// The kinds of term.
const (
	kindCore    = "core"    // names the topic itself
	kindElement = "element" // a part of it that has its own name
	kindName    = "name"    // a company, project or place known for it
	kindContext = "context" // supports other words, never enough alone
	kindTrap    = "trap"    // speaks against: the same words about something else
	kindLimit   = "limit"   // about the topic, but no news: at most partly
	kindIgnore  = "ignore"  // hides the shorter terms within
)

// kinds are the allowed weights of each kind.
var kinds = map[string]struct{ from, to float64 }{
	kindCore:    {0, 3},
	kindElement: {0, 3},
	kindName:    {0, 3},
	kindContext: {0, 1},
	kindTrap:    {-5, 0},
	kindLimit:   {-5, 0},
	kindIgnore:  {0, 0},
}

// Bounds of a lexicon: it is the operator's file, and may still be the wrong one.
const (
	maxTerms = 50_000
	maxTerm  = 100 // runes
)

// term is one line of a lexicon.
type term struct {
	folded []rune
	prefix bool   // written with * at the end: any ending will do
	exact  string // written with = before it: only in this very spelling
	weight float64
	kind   string
	note   string
}

// lexicons opens the folder of *.tsv files that s names.
func lexicons(s Settings) (fs.FS, error) {
	if s.Dir != "" {
		return os.DirFS(s.Dir), nil
	}
	if s.Topic == "" || strings.ContainsAny(s.Topic, `/\.`) {
		return nil, &digest.InputError{What: "topic", Got: s.Topic, Want: "the name of a folder of lexicons"}
	}
	dir, err := fs.Sub(embedded, path.Join("lexicon", s.Topic))
	if err != nil {
		return nil, fmt.Errorf("open the lexicons of %s: %w", s.Topic, err)
	}
	return dir, nil
}

// readLexicons reads every *.tsv of dir; all mistakes come in one error.
func readLexicons(dir fs.FS) ([]term, error) {
	names, err := fs.Glob(dir, "*.tsv")
	if err != nil {
		return nil, fmt.Errorf("list lexicons: %w", err)
	}
	if len(names) == 0 {
		return nil, digest.Hint(errors.New("there is no lexicon (*.tsv)"), "set relevance.lexicon to a folder of lexicons, or leave it out for the built-in one")
	}
	slices.Sort(names)
	var terms []term
	var mistakes []error
	seen := map[string]string{} // spelling → where and as what
	for _, name := range names {
		got, err := readLexicon(dir, name, seen)
		terms = append(terms, got...)
		mistakes = append(mistakes, err)
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, err
	}
	if len(terms) > maxTerms {
		return nil, fmt.Errorf("read lexicons: %d terms, at most %d", len(terms), maxTerms)
	}
	return terms, nil
}

// readLexicon reads one file: term, weight, kind and note between tabs; # begins
// a comment. The same line may stand in two languages (terbium, neodim); the
// same term with two meanings may not.
func readLexicon(dir fs.FS, name string, seen map[string]string) (terms []term, err error) {
	file, err := dir.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open lexicon: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var mistakes []error
	lines := bufio.NewScanner(file)
	for no := 1; lines.Scan(); no++ {
		line := strings.TrimPrefix(lines.Text(), "\ufeff")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		t, err := parseTerm(line)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s:%d: %w", name, no, err))
			continue
		}
		key := string(t.folded)
		means := fmt.Sprintf("%s %g %t%s", t.kind, t.weight, t.prefix, t.exact)
		if before, ok := seen[key]; ok {
			if before != means {
				mistakes = append(mistakes, fmt.Errorf("%s:%d: %q stands elsewhere as %q", name, no, key, before))
			}
			continue
		}
		seen[key] = means
		terms = append(terms, t)
	}
	if err := lines.Err(); err != nil {
		mistakes = append(mistakes, fmt.Errorf("read lexicon %s: %w", name, err))
	}
	return terms, errors.Join(mistakes...)
}

func parseTerm(line string) (term, error) {
	fields := strings.Split(line, "\t")
	if len(fields) < 3 {
		return term{}, errors.New("want term, weight and kind with tabs between")
	}
	spelling := strings.TrimSpace(fields[0])
	t := term{kind: strings.TrimSpace(fields[2])}
	if exact, ok := strings.CutPrefix(spelling, "="); ok {
		spelling, t.exact = exact, exact
	}
	spelling, t.prefix = strings.CutSuffix(spelling, "*")
	t.folded = foldTerm(spelling)
	if len(t.folded) == 0 || len(t.folded) > maxTerm {
		return term{}, fmt.Errorf("term %q: want 1 to %d characters", spelling, maxTerm)
	}
	allowed, ok := kinds[t.kind]
	if !ok {
		return term{}, fmt.Errorf("kind %q: want core, element, name, context, trap, limit or ignore", t.kind)
	}
	weight, err := strconv.ParseFloat(strings.TrimSpace(fields[1]), 64)
	if err != nil || !(weight >= allowed.from && weight <= allowed.to) {
		return term{}, fmt.Errorf("weight %q: want %g to %g for a %s term", fields[1], allowed.from, allowed.to, t.kind)
	}
	t.weight = weight
	if len(fields) > 3 {
		t.note = strings.TrimSpace(fields[3])
	}
	return t, nil
}
