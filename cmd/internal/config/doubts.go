package config

import (
	"fmt"
	"strings"
)

// doubts notes what can work and is likely not meant.
func (c *Config) doubts(m *Mistakes) {
	first := map[string]int{}
	for i, f := range c.Feeds {
		name := strings.ToLower(strings.Join(strings.Fields(f.Name), " "))
		if at, ok := first[name]; ok {
			key := fmt.Sprintf("feeds[%d].name", i)
			c.Doubts = append(c.Doubts, Mistake{Line: m.line(key), Key: key, What: fmt.Sprintf(
				"%q is also the name of the feed in line %d; readers and reports cannot tell the two apart", f.Name, m.line(fmt.Sprintf("feeds[%d].name", at)))})
			continue
		}
		first[name] = i
	}
}
