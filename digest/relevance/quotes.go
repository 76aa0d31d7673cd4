package relevance

import "strings"

// replyMarks begin a post that answers an earlier one and carries its text along.
var replyMarks = []string{"↩️", "↩", "RT @", "RT:", "Re: "}

func cutReply(title string) (string, bool) {
	for _, m := range replyMarks {
		if t, ok := strings.CutPrefix(title, m); ok {
			return strings.TrimSpace(t), true
		}
	}
	return title, false
}

// quotedKey is how many characters of a reply's headline find it in its text.
const quotedKey = 12

// unquoted is the text of a reply from its own words on; all of it is somebody
// else's where they are not found.
func unquoted(title, body string) string {
	key := []rune(title)
	if len(key) > quotedKey {
		key = key[:quotedKey]
	}
	if len(key) == 0 {
		return ""
	}
	i := strings.LastIndex(body, string(key))
	if i < 0 {
		return ""
	}
	return body[i:]
}

// quoteMarks begin, in the middle of a line, what somebody else wrote earlier;
// it goes on to the end of the line.
var quoteMarks = []string{"//@", " RT @", ": > ", ":> ", "：> ", "：>", ": ＞", "：＞"}

// withoutQuotes leaves out lines that quote (> at their beginning) and the rest
// of a line behind a mark of quotation.
func withoutQuotes(text string) string {
	if !strings.ContainsAny(text, ">＞") && !strings.Contains(text, "//@") && !strings.Contains(text, " RT @") {
		return text
	}
	var own strings.Builder
	for line := range strings.Lines(text) {
		start := strings.TrimSpace(line)
		if strings.HasPrefix(start, "> ") || strings.HasPrefix(start, ">>") || strings.HasPrefix(start, "＞") {
			continue
		}
		at := len(line)
		for _, m := range quoteMarks {
			if i := strings.Index(line, m); i >= 0 {
				at = min(at, i)
			}
		}
		own.WriteString(line[:at])
		if at < len(line) {
			own.WriteByte('\n')
		}
	}
	return own.String()
}
