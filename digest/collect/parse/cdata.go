package parse

import "strings"

// maxWraps is how many CDATA sections around one text are taken off.
const maxWraps = 3

// unwrapped is a text without the marks of a CDATA section around it that were
// escaped, and so became text themselves. Marks inside a text stay.
func unwrapped(text string) string {
	for range maxWraps {
		s := strings.TrimSpace(text)
		rest, ok := strings.CutPrefix(s, "<![CDATA[")
		if ok {
			rest, _ = strings.CutSuffix(rest, "]]>")
			rest, _ = strings.CutSuffix(rest, "]]&gt;")
		} else if rest, ok = strings.CutPrefix(s, "&lt;![CDATA["); ok {
			if rest, ok = strings.CutSuffix(rest, "]]&gt;"); !ok {
				rest, ok = strings.CutSuffix(rest, "]]>")
			}
		}
		if !ok {
			break
		}
		text = rest
	}
	return text
}
