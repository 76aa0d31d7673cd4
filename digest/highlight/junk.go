package highlight

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"reedaily/digest"
)

// quotable is a sentence that may be quoted, with where it stood.
type quotable struct {
	text   string
	said   string // the same with the dateline before it, if there was one
	at     int    // its place among the article's quotable sentences
	within bool   // somebody speaks, and an earlier sentence says who
}

// readable is an article's text, taken apart.
type readable struct {
	all      []string   // every sentence, caption and heading
	said     []string   // the same without the headline before them
	quotable []quotable // those worth quoting
}

// heard takes an article's text apart, up to the furniture of its page.
func heard(a digest.Article) readable {
	var out readable
	heads, body := headings(a), bounded(a.Body())
	lang := cmp.Or(a.Lang, tongue(body))
	for _, block := range blocks(body) {
		if furniture(block) || len(out.all) > maxSentences {
			break
		}
		for _, s := range split(strings.TrimLeft(block, bullets), lang) {
			if len(s) <= maxSentence {
				out.all = append(out.all, s)
				out.said = append(out.said, cutHeading(s, heads))
			}
		}
	}
	return out
}

// article reads an article's text: without bylines, captions and datelines
// there are sentences worth quoting.
func article(a digest.Article) readable {
	out := heard(a)
	apart := 0 // some texts come with a space before every stop
	for _, s := range out.all {
		if strings.HasSuffix(s, " .") {
			apart++
		}
	}
	within := speech(out.said)
	for i, said := range out.said {
		s := cutLead(said)
		caption := strings.HasSuffix(s, " .") && 4*apart < 3*len(out.all)
		if isWhole(s) && !caption && !isJunk(s) {
			out.quotable = append(out.quotable, quotable{text: s, said: said, at: len(out.quotable), within: within[i]})
		}
	}
	return out
}

// bounded is the beginning of a very long text, up to the end of a line or word.
func bounded(text string) string {
	if len(text) <= maxText {
		return text
	}
	text = text[:maxText]
	return text[:max(0, strings.LastIndexAny(text, " \n"))]
}

// bullets are what lists put before their lines.
const bullets = "•·▪◦●■►▶*–—- \t"

// endMarks head what stands below an article on its page; a line that is no
// more than one of these ends it.
var endMarks = phrases(`leave a comment|leave a reply|submit a comment|comments|no comments|0 comments|post a comment
	related articles|related stories|related posts|related news|related|recent news|read next|more stories|most read
	about the author|share this|share this article|subscribe|newsletter|straight into your inbox|search
	más noticias|noticias relacionadas|notícias relacionadas|leia também|te puede interesar|articles liés|à lire aussi|lire aussi
	mehr zum thema|читайте также|по теме|xem thêm|tin liên quan|bài viết liên quan|相关报道|推荐阅读|相關閱讀|相關新聞|관련 기사|あわせて読みたい
	forward-looking statements|cautionary statement|disclaimer|about us|相关阅读|相关新闻|延伸阅读|관련기사|関連記事`)

func furniture(line string) bool {
	return endMarks[strings.ToLower(strings.TrimRight(line, ":： "))]
}

// isWhole says whether a text is a sentence from its beginning to its stop:
// headings and bylines have no stop, teasers end in an ellipsis.
func isWhole(s string) bool {
	body := strings.TrimRight(s, closing)
	last, size := utf8.DecodeLastRuneInString(body)
	if !isStop(last) || last == '…' || strings.HasSuffix(body, "..") {
		return false
	}
	before := body[:len(body)-size]
	if low := strings.ToLower(lastWord(before)); last == '.' && (beforeName[low] || beforeNumber[low] || months[low]) {
		return false // the rest was lost
	}
	return !beginsSmall(s)
}

// beginsSmall says whether a text begins in the middle: with a small letter that
// is not one of a name such as eVAC.
func beginsSmall(s string) bool {
	s = strings.TrimLeft(s, openers)
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(first) {
		return false
	}
	word, _, _ := strings.Cut(s, " ")
	return strings.ToLower(word) == word
}

// isJunk says whether a sentence is about the page and not about the news, or
// too short to say anything.
func isJunk(s string) bool {
	if letters(s) < 12 || junk.MatchString(s) {
		return true
	}
	return false
}

// letters counts letters; one of a script without spaces is worth three.
func letters(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case wide(r):
			n += 3
		case unicode.IsLetter(r):
			n++
		}
	}
	return n
}

// junk is what pages say about themselves.
var junk = regexp.MustCompile(`(?i)` + strings.Join(append([]string{
	`\(opens in (a )?new (tab|window)\)`, `^(click|tap) (here|on|to)\b`, `\bclick here\b`, `^read (more|also|next|the full)\b`,
	`^(see|watch|listen)( also| more)?:`, `^scroll down`, `^sign (up|in)\b`, `^log ?in\b`, `^subscribe\b`, `^already a (subscriber|member)\b`, `\bsubscribe for\b`, `^follow (us|@|\w+ on)\b`, `^share (this|on)\b`,
	`\bcontributed to this (report|story|article)\b`, `(^|[(\[（])\W*(additional |further )?(reporting|editing|writing|compiled|edited|translated) by\b`,
	`\bshare (this )?(article |story |post |page )?(on|via) (facebook|twitter|x|linkedin|whatsapp|telegram|reddit|e-?mail)\b`, `^our standards:`,
	`\ball rights reserved\b`, `^(©|\(c\)|copyright (©|\(c\)|\d{4}))`, `^(photo|image|picture|video|credit|source|file photo)s?( credit| courtesy)?\s*(:|by\b)`,
	`\b(getty images|shutterstock)\b`, `\bnot currently accepting comments\b`, `^the post .* appeared first on\b`,
	`^this (article|story|post) (was|is|has been|first|originally)\b`, `^your email address will not be published`, `^required fields`,
	`^(published|updated|posted|last updated):?\s`, `\bcookies?\b.*\b(accept|consent|policy)\b`, `^(advertisement|sponsored)\b`,
	`\b(declined|refused) to (comment|elaborate)( further| on the matter| for this (story|article))?\.$`,
	`\b(did ?n[o'’]t|could ?n[o'’]t|has ?n[o'’]t|were ?n[o'’]t|was ?n[o'’]t) (immediately |yet )?(respond(ed)?|repl(y|ied)|return(ed)?|be reached|available) (immediately )?(to|for|on|outside|by)\b`,
	`^for (more|further) information\b`, `^to (view|see) the (source|original|full)\b`, `\bnewsletter\b.*\b(sign|subscribe|inbox)\b`,
	`^(来源|來源|责任编辑|責任編輯|编辑|原标题|原標題|点击|點擊|本文来源|版权|图片来源)`, `未经.*(授权|许可).*转载`, `무단\s?전재`, `저작권자`, `^\[?사진`, `無断転載`,
}, pageWords...), "|"))

// leads are what stands before the first sentence of an agency's report.
var leads = regexp.MustCompile(`^(?:` + strings.Join([]string{
	// (CNN) -- , LONDON, England (Reuters) - , BEIJING, Feb 14 (Xinhua) -- , TORONTO, Feb. 14, 2026 (GLOBE NEWSWIRE) --
	`(?:\p{Lu}[^()"“]{0,60}?)?\(\s?(?:[A-Z][\w.&/ ]{1,30}(?:News|Newswire|NEWSWIRE|Wire|WIRE)?)\s?\)\s?(?:--?|[–—:]+)\s?`,
	// JOHANNESBURG (miningweekly.com) –
	`(?:\p{Lu}{3,}[\p{Lu} .'’/-]*(?:,[^()"“]{0,40}?)?\s?)?\(\s?(?:[\w-]+\.)+[a-z]{2,6}\s?\)\s?(?:--?|[–—:]+)\s?`,
	`\((?:CNN|AP|AFP|Reuters|Bloomberg|Xinhua|Kyodo|UPI|EFE|dpa|RTTNews|Kitco News|MINING\.COM)\)\s?`,
	// PERTH, Western Australia – ; SEOUL, Feb. 14 --
	`\p{Lu}{3,}[\p{Lu} .]*(?:, [\p{Lu}][\w. ]{1,25}){0,2}(?:, \d{4})?\s(?:--|[–—]|-)\s`,
	`(?:\p{Lu}[\w. ]{2,25}, ){0,2}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?\s(?:--|[–—]|-)\s`,
	// 新华社北京2月14日电（记者 王某）, 本报讯, 【环球网报道】, (서울=연합뉴스) 홍길동 기자 =
	`[\p{Han}]{2,12}\d{1,2}月\d{1,2}日(?:电|電|讯|訊)\s?(?:[（(][^）)]{1,30}[）)])?\s?`,
	`本报讯\s?(?:[（(][^）)]{1,30}[）)])?\s?`, `[【\[][^】\]]{1,20}[】\]]\s?(?:\p{Hangul}{2,4} 기자 =\s?)?`, `[（(]\p{Hangul}+=[^）)]{1,12}[）)](?: \p{Hangul}{2,4} 기자)?\s?=?\s?`,
	`(?:(?:UPDATE|REFILE|WRAPUP|CORRECTED|EXCLUSIVE) ?\d*|WATCH|BREAKING)\s?[-–—:]\s?`,
}, "|") + `)+`)

// cutLead takes the dateline from a sentence; what stays is still verbatim.
func cutLead(s string) string {
	rest := s[len(leads.FindString(s)):]
	if letters(rest) < 12 {
		return s
	}
	return rest
}

// headings are what a text may repeat at its beginning: the headline and the
// outlet's name.
func headings(a digest.Article) []string { return []string{headline(a), fold(a.Source)} }

// cutHeading takes headings from the beginning of a sentence, with a colon or
// dash behind them.
func cutHeading(s string, heads []string) string {
	for _, head := range heads {
		rest, ok := strings.CutPrefix(s, head)
		if !ok || head == "" {
			continue
		}
		if rest = strings.TrimLeft(rest, " :：|-–—"); letters(rest) >= 12 {
			s = rest
		}
	}
	return s
}

// phrases are the lines and |-separated parts of a list.
func phrases(list string) map[string]bool {
	m := map[string]bool{}
	for line := range strings.SplitSeq(list, "\n") {
		for w := range strings.SplitSeq(line, "|") {
			m[strings.TrimSpace(w)] = true
		}
	}
	return m
}
