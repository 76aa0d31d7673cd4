package edition

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"reedaily/digest"
)

// commentWords begin headlines that weigh news instead of telling some.
var commentWords = []string{
	"opinion", "op-ed", "analysis", "comment:", "commentary", "column", "editorial", "viewpoint", "guest post", "perspective",
	"why ", "how ", "what ", "can ", "could ", "will ", "is ", "are ", "should ", "inside ", "behind the ", "lessons from ", "the case for ",
	"explainer", "explained", "podcast", "video:", "interview", "q&a", "understanding ", "investing in ",
	"kommentar", "analyse", "meinung", "leitartikel", "gastbeitrag", "kolumne", "warum ", "wieso ", "wie ", "hintergrund:", "interview",
	"tribune:", "éditorial", "chronique", "décryptage", "entretien", "pourquoi ", "comment l", "comment un", "comment des ", "comment ce", "comment se ",
	"opinión", "análisis", "columna", "tribuna", "entrevista", "por qué ", "cómo ", "qué ", "¿",
	"opinião", "análise", "coluna", "por que ", "como ", "o que ", "entenda ",
	"мнение", "анализ:", "колонка", "комментарий", "интервью", "почему ", "зачем ", "как ", "что ",
	"评论", "評論", "社论", "社論", "社評", "社説", "观点", "觀點", "专访", "專訪", "深度：", "深度丨", "深度|", "【深度", "[深度", "解读", "解讀", "为什么", "為什麼", "为何", "為何", "なぜ", "解説", "コラム",
	"[기고]", "[사설]", "[칼럼]", "[시론]", "[기자수첩]", "[인터뷰]", "[특징주]", "[서치", "왜 ", "bình luận", "phân tích", "vì sao ", "tại sao ",
}

// commentAfter are the same behind a colon; "will" is there somebody speaking.
var commentAfter = []string{
	"why ", "how ", "what ", "can ", "warum ", "wie ", "pourquoi ", "comment ", "por qué ", "cómo ", "por que ", "como ", "почему ", "как ",
	"reality check", "a reality check", "buying ", "the case for ",
}

// commentWithin are what explainers, lists, market studies and talk about shares
// say anywhere in their headlines: whole words of [wordsOf], or part of those in
// scripts without spaces.
var commentWithin = []string{
	"explained", "explainer", "how the", "how to", "here s why", "here s how", "here s what", "this is why", "what to know", "need to know", "why it matters", "what it means", "what this means", "reality check", "is key to", "are key to", "the need for",
	"was man wissen", "ce qu il faut savoir", "lo que hay que saber", "o que se sabe", "что нужно знать",
	"stocks to watch", "stocks to buy", "stock to buy", "best stocks", "top stocks", "buy the dip", "price target", "undervalued",
	"investment opportunity", "investment case", "investment shift", "better buy", "near term momentum", "key catalysts", "positioning itself", "market factors",
	"market size", "market overview", "market forecast", "market forecasts", "market worth", "market to reach", "market analysis", "market insights", "cagr", "size share", "forecasts report", "smm analysis",
	"marktgröße", "taille du marché", "tamaño del mercado", "tamanho do mercado", "объем рынка", "объём рынка",
	"ações para", "acciones para", "aktien kaufen", "aktien im fokus",
	"市场规模", "市場規模", "概念股", "概念股票", "龙头股", "受益股", "怎么办", "怎麼辦", "怎么看", "意味着什么", "意味著什麼", "何以", "注目銘柄", "関連銘柄",
	"시장 규모", "관련주", "부각", "수혜", "대안 부상", "숨은 강자", "숨은 지배자", "수혜주", "유망주", "이유는", "해법은", "전략은", "미래는", "과제는", "어떻게", "시급", "절실", "필요하다",
	"thị trường toàn cầu", "là gì",
}

// commentUnlessNews is what such headlines say, and news as well: it is a sign
// where nothing happens.
var commentUnlessNews = []string{"your", "pullback", "upside", "market share", "market outlook", "growth phase"}

// commentEnds end headlines of studies, and of pages that are no article.
var commentEnds = []string{"analysis", "outlook", "archives", "análisis", "análise", "analyse", "анализ", "分析", "展望", "分析报告"}

// commentOutlets publish judgement and advice, and hardly any news: research
// houses, consultancies, letters for investors.
var commentOutlets = []string{
	"csis.org", "csis", "cepa.org", "center for european policy analysis", "lowyinstitute.org", "lowy institute", "brookings.edu", "brookings", "chathamhouse.org", "chatham house",
	"atlanticcouncil.org", "atlantic council", "rand.org", "cfr.org", "carnegieendowment.org", "ifri.org", "bruegel.org", "merics.org", "swp-berlin.org", "project-syndicate.org", "theconversation.com", "the conversation",
	"mckinsey.com", "mckinsey & company", "kearney.com", "kearney", "bcg.com", "deloitte.com", "idtechex", "idtechex.com",
	"fool.com", "the motley fool", "investorplace", "investorplace.com", "zacks", "zacks.com", "simply wall st", "simplywall.st", "crux investor", "cruxinvestor.com", "investornews", "investornews.com", "investorintel", "investorintel.com",
	"fortunebusinessinsights.com", "fortune business insights", "marketsandmarkets", "straits research", "straitsresearch.com", "grand view research", "mordor intelligence", "market data forecast",
}

// commentPaths are the folders in which outlets keep comment.
var commentPaths = map[string]bool{
	"opinion": true, "opinions": true, "op-ed": true, "oped": true, "commentary": true, "comment": true, "commentisfree": true, "columns": true, "column": true, "columnists": true,
	"editorial": true, "editorials": true, "analysis": true, "explainer": true, "explainers": true, "podcast": true, "podcasts": true, "letters": true, "viewpoint": true, "perspectives": true,
	"meinung": true, "kommentar": true, "kommentare": true, "kolumne": true, "tribune": true, "tribunes": true, "idees": true, "debats": true, "opinión": true, "tribuna": true, "analisis": true, "opiniao": true, "colunas": true, "mneniya": true,
}

// blogPaths are folders of which some hold comment, others all that an outlet
// or company writes.
var blogPaths = map[string]bool{"blog": true, "blogs": true, "insights": true, "magazin": true, "magazine": true}

// listOf begins a headline that counts things up: "6 Military Uses of …", "Top
// Lithium Stocks …".
var listOf = regexp.MustCompile(`^ (?:(?:top |best |the )*(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten)|top|best) (?:\S+ ){0,4}(?:stocks|things|ways|reasons|uses|facts|charts|takeaways|questions|trends|lessons|myths|picks|etfs) `)

// commentary says by which sign an article is comment.
func commentary(a digest.Article) (sign string, ok bool) {
	if word, ok := commentWord(a.Title); ok {
		return word, true
	}
	name, _, _ := strings.Cut(strings.ToLower(a.Source), " | ")
	for _, host := range append(hosts(a), name) {
		for _, outlet := range commentOutlets {
			if host == outlet || strings.HasSuffix(host, "."+outlet) {
				return "by " + outlet, true
			}
		}
	}
	if u, err := url.Parse(a.URL); err == nil {
		for part := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
			if commentPaths[part] || blogPaths[part] && !happens(strings.Fields(wordsOf(a.Title))) {
				return "under /" + part + "/", true
			}
		}
	}
	return "", false
}

// commentWord is the word of a headline by which it is comment.
func commentWord(title string) (string, bool) {
	t := strings.ToLower(strings.TrimSpace(title))
	// "Will X be sold? Y bids": the answer tells the news.
	if _, answer, ok := strings.Cut(t, "? "); ok && happens(strings.Fields(wordsOf(answer))) {
		t = answer
	}
	for _, w := range commentWords {
		if strings.HasPrefix(t, w) {
			return strings.TrimSpace(w), true
		}
	}
	// "From Scrap to Supply: Why Magnets Beat Drives".
	if _, rest, ok := strings.Cut(t, ": "); ok {
		for _, w := range commentAfter {
			if strings.HasPrefix(rest, w) {
				return strings.TrimSpace(w), true
			}
		}
	}
	words := wordsOf(t)
	for _, w := range commentWithin {
		if has(words, w) {
			return w, true
		}
	}
	if m := listOf.FindString(words); m != "" {
		return strings.TrimSpace(m), true
	}
	told := happens(strings.Fields(words))
	for _, w := range commentUnlessNews {
		if !told && has(words, w) {
			return w, true
		}
	}
	for _, w := range commentEnds {
		if !told && strings.HasSuffix(words, " "+w+" ") {
			return w, true
		}
	}
	if strings.HasSuffix(t, "?") || strings.HasSuffix(t, "？") {
		return "?", true
	}
	return "", false
}

// wordsOf is a headline's words in small letters, a space before and behind each.
func wordsOf(title string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ") + " "
}

// firstWide is the first rune of the scripts that [has] finds parts of words in:
// Hangul, Kana and Han, which put no spaces between words or endings behind them.
const firstWide = '\u1100'

// has says whether the words, as [wordsOf] has them, have a phrase: as whole words
// where its script knows such.
func has(words, phrase string) bool {
	first, _ := utf8.DecodeRuneInString(phrase)
	for from := 0; ; {
		at := strings.Index(words[from:], phrase)
		if at < 0 {
			return false
		}
		from += at + 1
		end := from - 1 + len(phrase)
		if first >= firstWide || from > 1 && words[from-2] == ' ' && end < len(words) && words[end] == ' ' {
			return true
		}
	}
}
