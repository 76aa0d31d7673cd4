package config

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// addYAML notes what the library could not read, in the operator's words.
func (m *Mistakes) addYAML(err error) {
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &many):
		for _, e := range many.Errors {
			m.addUnread(e)
		}
	case errors.As(err, &one):
		// The reading stopped here: of the rest nothing is known.
		m.lost = append(m.lost, "")
		m.List = append(m.List, Mistake{Line: one.Mark.Line, What: syntax(one.Message)})
	default:
		m.lost = append(m.lost, "")
		m.List = append(m.List, Mistake{What: syntax(err.Error())})
	}
}

// What the library says when a value does not fit. Its words are those of a
// programmer; TestWrongKinds fails if a new version chooses others.
var (
	unknownKey = regexp.MustCompile(`^field (\S+) not found in type \S+$`)
	twice      = regexp.MustCompile(`^mapping key .* already defined at line (\d+)$`)
	wrongKind  = regexp.MustCompile("(?s)^cannot construct (\\S+)(?: `.*`)? into (\\S+)(?: \\(TextUnmarshaler\\))?$")
	noNetwork  = regexp.MustCompile(`^netip\.ParsePrefix\(`)
)

// addUnread notes one part that could not be read. Nothing is said later of
// what is missing because of it.
func (m *Mistakes) addUnread(e *yaml.LoadError) {
	x := Mistake{Line: e.Mark.Line, What: syntax(e.Message)}
	if k := unknownKey.FindStringSubmatch(e.Message); k != nil {
		x.What = fmt.Sprintf("there is no key %q here; is it misspelt or in the wrong place?", k[1])
		m.List = append(m.List, x)
		return
	}
	if k := twice.FindStringSubmatch(e.Message); k != nil {
		x.Key, _ = m.path(e.Mark, true, 0)
		x.What = "is there twice, first in line " + k[1] + "; keep one"
		// With a key that is there twice, nothing of its block is read.
		m.lose(x.Key[:max(0, strings.LastIndexByte(x.Key, '.'))])
		m.List = append(m.List, x)
		return
	}
	kind := yaml.Kind(0)
	if k := wrongKind.FindStringSubmatch(e.Message); k != nil {
		kind = kindOf(k[1])
		x.What = wanted(k[2], kind)
	} else if noNetwork.MatchString(e.Message) {
		x.What = wanted("netip.Prefix", yaml.ScalarNode)
	}
	x.Key, _ = m.path(e.Mark, false, kind)
	m.lose(x.Key)
	m.List = append(m.List, x)
}

func kindOf(tag string) yaml.Kind {
	switch tag {
	case "!!map":
		return yaml.MappingNode
	case "!!seq":
		return yaml.SequenceNode
	}
	return yaml.ScalarNode
}

// wanted says what belongs where the value of a Go type was looked for. The
// value itself is not repeated: it may hold a password.
func wanted(goType string, found yaml.Kind) string {
	want := "want keys with values, such as url: https://example.com"
	switch goType = strings.TrimPrefix(goType, "config."); {
	case goType == "time.Duration":
		want = "want a time such as 72h, 30m or 10s"
	case goType == "bool":
		want = "want true or false"
	case strings.HasPrefix(goType, "int"):
		want = "want a whole number"
	case strings.HasPrefix(goType, "float"):
		want = "want a number such as 0.5"
	case goType == "string":
		want = "want one text"
	case goType == "netip.Prefix":
		want = "want a network such as 10.0.0.0/8"
	case goType == "[]netip.Prefix":
		want = "want a list of networks, such as [10.0.0.0/8]"
	case goType == "[]config.Feed":
		want = "want a list of feeds, each with name and url"
	case strings.HasPrefix(goType, "[]"):
		want = "want a list, such as [one, two]"
	case goType == "Config":
		want = "want keys such as feeds: and mail: at the beginning of a line"
	case goType == "Feed":
		want = "want a feed, such as {name: Example, url: https://example.com/feed}"
	case goType == "plain":
		want = "want host and port, or an address such as smtp://user:secret@mail.example.com:587"
	}
	switch found {
	case yaml.MappingNode:
		return want + "; there are keys with values instead"
	case yaml.SequenceNode:
		return want + "; there is a list instead"
	}
	return want
}

// lose remembers that what stands at key was not read. An element that is lost
// moves all behind it: then its whole list is.
func (m *Mistakes) lose(key string) {
	if strings.HasSuffix(key, "]") {
		key = key[:strings.LastIndexByte(key, '[')]
	}
	m.lost = append(m.lost, key)
}

// unread says whether key stands in a part that was not read.
func (m *Mistakes) unread(key string) bool {
	for _, p := range m.lost {
		if rest, ok := strings.CutPrefix(key, p); ok && (p == "" || rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// path is the key of what stands at a place: of a key itself, or of a value of
// this kind (0 for any). A block begins where its first key does, so that the
// place alone does not tell them apart.
func (m *Mistakes) path(at yaml.Mark, key bool, kind yaml.Kind) (string, bool) {
	if m.doc == nil || len(m.doc.Content) == 0 {
		return "", false
	}
	return pathTo(m.doc.Content[0], "", func(n *yaml.Node, isKey bool) bool {
		return n.Line == at.Line && n.Column == at.Column && isKey == key && (kind == 0 || n.Kind == kind)
	})
}

func pathTo(n *yaml.Node, path string, hit func(n *yaml.Node, isKey bool) bool) (string, bool) {
	if hit(n, false) {
		return path, true
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := strings.TrimPrefix(path+"."+n.Content[i].Value, ".")
			if hit(n.Content[i], true) {
				return key, true
			}
			if found, ok := pathTo(n.Content[i+1], key, hit); ok {
				return found, true
			}
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			if found, ok := pathTo(c, path+"["+strconv.Itoa(i)+"]", hit); ok {
				return found, true
			}
		}
	}
	return "", false
}

// syntax says what is wrong with YAML that cannot be read, and what to do.
func syntax(said string) string {
	switch {
	case strings.Contains(said, "cannot start any token"):
		return "a character that YAML does not take here; indent with spaces, not tabs, and put text with special characters in quotes"
	case strings.Contains(said, "did not find expected node content"), strings.Contains(said, "did not find expected ',' or"):
		return "a bracket or brace is not closed, here or above"
	case strings.Contains(said, "did not find expected"), strings.Contains(said, "mapping values are not allowed"):
		return "the lines do not stand right: look at the indenting and the colons, here and above (" + said + ")"
	case strings.Contains(said, "unexpected end of stream"):
		return "a quote is not closed, here or above"
	case strings.Contains(said, "UTF-8"):
		return "the file is not UTF-8 text; save it as such"
	}
	return said
}
