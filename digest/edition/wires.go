package edition

import (
	"regexp"
	"strings"
	"unicode"

	"reedaily/digest"
)

// How far into a text its dateline reaches, and how long a credit behind it is,
// in characters.
const (
	longDateline = 120
	longCredit   = 60
)

var (
	// "BEIJING, Feb 26 (Reuters) - ", "(Bloomberg) -- ", "(서울=연합뉴스) 홍길동 기자 = "
	bracketed = regexp.MustCompile(`[(（\[]([^()（）\[\]]{2,40})[)）\]]\s*([-–—:=]|\p{L})`)
	// "Reuters - ": without brackets only at the very beginning.
	leading = regexp.MustCompile(`^([A-Za-z][A-Za-z ]{1,24}?)\s*(?:--|[–—]|\s-\s)`)
	// "(Reuters)", "— AFP" at the end
	trailing = regexp.MustCompile(`(?:[(（\[]([^()（）\[\]]{2,40})[)）\]]|\s[–—-]{1,2}\s?([^.。–—-]{2,30}))[.。]?\s*$`)
	// "新华社北京2月26日电", "据路透社报道"
	chinese = regexp.MustCompile(`^\s*[（(【\[]?(?:据|據)?\s*([\p{Han}]{2,5}?)(?:[\p{Han}]{0,8}\s?\d{1,2}\s?月\s?\d{1,2}\s?日(?:[^。，]{0,8})?(?:电|電|讯|訊)|[^。，\s]{0,12}?(?:报道|報道|報導|消息|电|電|讯|訊))`)
	credits = strings.NewReplacer("/", ",", "=", ",", "·", ",", ";", ",", "&", ",", " and ", ",", "、", ",", "|", ",")
)

// credit is the news agency whose words a report has, by its dateline, its
// last line or its author. That somebody told an agency something is no credit.
func (o Owners) credit(a digest.Article) (agency string, ok bool) {
	author := strings.TrimSpace(a.Author)
	for _, by := range []string{"By ", "by ", "Von ", "Par "} {
		author = strings.TrimPrefix(author, by)
	}
	body := strings.TrimSpace(a.Body())
	begin, end := firstRunes(body, longDateline), lastRunes(body, longCredit)
	claims := []string{author}
	for _, m := range bracketed.FindAllStringSubmatch(begin, -1) {
		// A name in brackets in mid-sentence is no dateline, but as Korean ones are written.
		if !unicode.IsLetter([]rune(m[2])[0]) || strings.Contains(m[1], "=") {
			claims = append(claims, m[1])
		}
	}
	for _, m := range leading.FindAllStringSubmatch(begin, 1) {
		claims = append(claims, m[1])
	}
	for _, m := range trailing.FindAllStringSubmatch(end, 1) {
		claims = append(claims, m[1], m[2])
	}
	for _, m := range chinese.FindAllStringSubmatch(begin, 1) {
		claims = append(claims, o.prefix(m[0]))
	}
	for _, c := range claims {
		for name := range strings.SplitSeq(credits.Replace(c), ",") {
			if agency, ok := o.wires[strings.TrimSpace(name)]; ok {
				return agency, true
			}
		}
	}
	return "", false
}

// prefix is the longest agency that a Chinese dateline begins with.
func (o Owners) prefix(s string) string {
	s = strings.TrimLeft(s, " \u3000（(【[据據")
	found := ""
	for name := range o.wires {
		if len(name) > len(found) && strings.HasPrefix(s, name) {
			found = name
		}
	}
	return found
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRunes(s string, n int) string {
	r := []rune(s[max(0, len(s)-4*n):])
	return string(r[max(0, len(r)-n):])
}
