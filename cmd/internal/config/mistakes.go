package config

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Mistakes is all that is wrong with a configuration, found in one reading.
type Mistakes struct {
	Path string
	List []Mistake

	doc  *yaml.Node
	lost []string // keys of what could not be read; empty for all
}

// Mistake is one of them.
type Mistake struct {
	Line int    // 1 for the first line; 0 where there is none
	Key  string // such as feeds[3].url; empty for broken YAML
	What string
}

func (m *Mistakes) Error() string {
	list := slices.Clone(m.List)
	slices.SortStableFunc(list, func(a, b Mistake) int { return a.Line - b.Line })
	var b strings.Builder
	fmt.Fprintf(&b, "%s has %s:", m.Path, count(len(list), "mistake"))
	for _, x := range list {
		b.WriteString("\n  " + x.String())
	}
	return b.String()
}

// String is the mistake in one line, with its place.
func (x Mistake) String() string {
	var b strings.Builder
	if x.Line > 0 {
		fmt.Fprintf(&b, "line %d: ", x.Line)
	}
	if x.Key != "" {
		fmt.Fprintf(&b, "%s: ", x.Key)
	}
	return b.String() + x.What
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// add notes a mistake at key; its line is looked up in the document. Where the
// value could not be read, that is already said, and nothing else is known.
func (m *Mistakes) add(key, format string, args ...any) {
	if m.unread(key) {
		return
	}
	m.List = append(m.List, Mistake{Line: m.line(key), Key: key, What: fmt.Sprintf(format, args...)})
}

// line finds where a key such as feeds[3].url stands; the nearest parent that
// exists is good enough for a key that is missing.
func (m *Mistakes) line(key string) int {
	if m.doc == nil || len(m.doc.Content) == 0 {
		return 0
	}
	at, line := m.doc.Content[0], 0
	for part := range strings.SplitSeq(key, ".") {
		name, index, _ := strings.Cut(part, "[")
		next, keyLine := child(at, name)
		if next == nil {
			return line
		}
		at, line = next, keyLine
		var i int
		if _, err := fmt.Sscanf(index, "%d]", &i); err == nil && i < len(at.Content) {
			at = at.Content[i]
			line = at.Line
		}
	}
	return line
}

func child(n *yaml.Node, name string) (*yaml.Node, int) {
	if n.Kind != yaml.MappingNode {
		return nil, 0
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1], n.Content[i].Line
		}
	}
	return nil, 0
}

var envName = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// expand puts the environment's values in place of ${NAME} in every plain
// value, after the YAML was read, so that a value can never change the shape
// of the file.
func expand(n *yaml.Node, getenv func(string) string, m *Mistakes) {
	if n.Kind == yaml.ScalarNode && strings.Contains(n.Value, "${") {
		n.Value = envName.ReplaceAllStringFunc(n.Value, func(s string) string {
			name := envName.FindStringSubmatch(s)[1]
			value := getenv(name)
			if value == "" {
				m.List = append(m.List, Mistake{Line: n.Line, What: fmt.Sprintf("${%s} is not set in the environment", name)})
				if key, ok := m.path(yaml.Mark{Line: n.Line, Column: n.Column}, false, n.Kind); ok {
					m.lose(key)
				}
			}
			return value
		})
		if _, err := strconv.Atoi(n.Value); err == nil {
			n.Tag = "!!int" // a port may come from the environment, too
		}
	}
	for _, c := range n.Content {
		expand(c, getenv, m)
	}
}

// readSecrets fills what the _file keys name.
func (c *Config) readSecrets(m *Mistakes) error {
	if r := c.Mail.Relay; r != nil {
		c.readSecret(m, "mail.relay.password_file", r.PasswordFile, &r.Password)
	}
	c.readSecret(m, "model.key_file", c.Model.KeyFile, &c.Model.Key)
	if len(m.List) > 0 {
		return m
	}
	return nil
}

func (c *Config) readSecret(m *Mistakes, key, path string, secret *string) {
	if path == "" {
		return
	}
	text, err := os.ReadFile(c.from(path))
	if err != nil {
		m.add(key, "cannot be read: %v", err)
		return
	}
	*secret = strings.TrimRight(string(text), "\r\n")
}
