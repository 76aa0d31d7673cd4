package edition

import (
	"regexp"
	"strings"
	"unicode"

	"reedaily/digest"
)

// slight is what makes a report weigh less than news, and by which sign.
type slight struct {
	signal string  // as the reason of a rank calls it; empty for news
	words  string  // the sign
	value  float64 // −1 … 0
}

// What a report of each kind loses, as a share of [Weights].Slight.
const (
	lessForComment   = -1.0
	lessForNoEvent   = -0.6 // the headline may just be a bad one
	lessForNote      = -0.4
	lessForPriceList = -0.2 // traders want it, behind the news
)

// enoughOutlets is from how many independent outlets on a note or a move of
// prices is news all the same.
const enoughOutlets = 3

// slightOf says which of the kinds below news a report is.
func slightOf(a digest.Article) slight {
	if sign, ok := commentary(a); ok {
		return slight{"comment", sign, lessForComment}
	}
	words := wordsOf(a.Title)
	if word, ok := note(a.Title, words); ok {
		return slight{"note", word, lessForNote}
	}
	if word, ok := priceList(words); ok {
		return slight{"price list", word, lessForPriceList}
	}
	if eventless(a) {
		return slight{"no event", "the headline names none", lessForNoEvent}
	}
	return slight{}
}

// note says whether a headline is about an appointment, a conference or a
// company itself; with an amount it tells more.
func note(title, words string) (word string, ok bool) {
	if sized.MatchString(title) {
		return "", false
	}
	if opensOffice.MatchString(words) {
		return "opens office", true
	}
	if word, ok := anyOf(words, noteWords); ok {
		return word, true
	}
	word, ok = anyOf(words, meetingWords)
	about, _ := matter(title)
	return word, ok && !strings.HasPrefix(about, "policy")
}

// priceList says whether a headline is that of a daily or weekly report on prices.
func priceList(words string) (word string, ok bool) {
	word, ok = anyOf(words, priceListWords)
	if !ok {
		word, ok = anyOf(words, dailyMoves)
		ok = ok && aboutPrices.MatchString(words)
	}
	return word, ok && !extraordinary.MatchString(words)
}

// isSlight says whether a report of the story is less than news.
func (st *story) isSlight(c digest.Candidate) bool { return st.slights[c.Article.ID].signal != "" }

// slight is the story's: its lead's, where all of its reports are below news. A
// public body's document never is, and notes and prices that many report are none.
func (st *story) slight(outlets int, document float64) slight {
	lead := st.slights[st.articles[0].Article.ID]
	if document == 1 || lead.value > lessForNoEvent && outlets >= enoughOutlets {
		return slight{}
	}
	for _, c := range st.articles[1:] {
		if !st.isSlight(c) {
			return slight{}
		}
	}
	return lead
}

// leadWithNews moves the first story to the front that is news, told in full,
// and in the readers' language: fresher price lists, and stories whose headline
// readers cannot read, score higher at times, but make no subject line.
func leadWithNews(s Settings, stories []*story) {
	for i, st := range stories {
		if st.below.signal != "" || st.unchanged || !st.readable(s.Lang) || i > 0 && st.score < s.Floor {
			continue
		}
		if i == 0 {
			return
		}
		words := "readers can read it"
		if below := stories[0].below.signal; below != "" {
			words = "news before a " + below
		} else if stories[0].readable(s.Lang) {
			return
		}
		copy(stories[1:i+1], stories[:i])
		stories[0] = st
		st.signals = append(st.signals, digest.Reason{Signal: "lead", Words: words})
		return
	}
}

// noteWords are those of appointments and of a company's word about itself.
var noteWords = []string{
	"appoints", "appointed", "appointment", "appointments", "names new", "new ceo", "new cfo", "as ceo", "as cfo", "as chairman", "as president", "chief executive officer", "executive ranks", "leadership team", "management team",
	"board of directors", "advisory board", "joins board", "to board", "to its board", "steps down", "to retire", "non executive director",
	"to present at", "to attend", "to exhibit",
	"anniversary", "celebrates", "delivers remarks", "endorses", "otcqb", "otcqx", "ticker symbol", "investor relations", "stock options", "annual general meeting", "agm", "letter to shareholders", "rebrands", "new website", "new logo",
	"ernennt", "neuer vorstand", "vorstandschef", "hauptversammlung", "nomme", "nomination", "assemblée générale",
	"nombra", "designa", "nomeia",
	"назначен", "назначила", "назначил", "bổ nhiệm",
	"任命", "出任", "辞任", "股东大会", "股東大會", "就任", "株主総会",
	"선임", "취임", "임명", "주주총회",
}

// meetingWords are those of conferences: a note where no policy is made.
var meetingWords = []string{
	"conference", "webinar", "expo", "exhibition", "trade show", "booth", "fireside chat", "investor day", "roadshow", "symposium", "workshop", "konferenz", "messe", "conférence", "salon", "webinaire", "conferencia",
	"congreso", "feria", "seminario", "conferência", "congresso", "feira", "seminário", "конференция", "форум", "выставка", "hội thảo", "triển lãm", "研讨会", "研討會", "论坛", "論壇", "展会", "年会", "年會", "セミナー", "展示会", "컨퍼런스", "세미나", "박람회", "포럼", "간담회",
}

// opensOffice is "opens Washington, D.C. office".
var opensOffice = regexp.MustCompile(` opens (?:\S+ ){0,5}office `)

// priceListWords are those of daily and weekly reports that look alike.
var priceListWords = []string{
	"price index", "prices today", "price today", "daily price", "daily prices", "weekly price", "weekly prices", "weekly review", "daily review", "price report", "price update", "price list", "market review", "weekly report", "price assessment", "price assessments",
	"price watch", "price trend", "price trends", "price monitor", "price movements", "price chart",
	"preisindex", "preise heute", "preisbericht", "prix du jour", "indice des prix", "precios hoy", "índice de precios", "preços hoje", "índice de preços", "индекс цен", "обзор цен", "котировки", "giá hôm nay",
	"价格监测", "价格指数", "價格指數", "报价", "報價", "行情", "日报价", "周评", "週評", "周报", "价格走势", "今日价格", "价格表", "早评", "收盘", "最新价格",
	"시세", "가격 동향", "가격동향", "가격지수", "주간 동향", "相場", "市況", "価格動向",
}

// dailyMoves are what a day's prices do in such reports.
var dailyMoves = []string{
	"rose slightly", "fell slightly", "prices edge", "prices edged", "continue to rise", "continue to fall", "continued to rise", "continued to fall", "held steady", "hold steady", "remain stable", "remained stable", "little changed", "on the rise", "wait and see",
}

// aboutPrices says whether a headline speaks of a price.
var aboutPrices = regexp.MustCompile(` prices? `)

// extraordinary is a move of prices that is news by itself.
var extraordinary = regexp.MustCompile(` (?:record|peak|highest|lowest|(?:year|month|time) (?:high|low|peak)|after|rekord|récord|recorde|рекорд\pL*) |历史新高|創新高|创新高|新高|暴涨|暴跌|최고|최저|급등|급락|最高値|最安値|急騰|急落`)

// anyOf is the first of the phrases that the words have.
func anyOf(words string, phrases []string) (string, bool) {
	for _, p := range phrases {
		if has(words, p) {
			return p, true
		}
	}
	return "", false
}

// readable says whether readers can read the story's headline: by its language,
// and by its script where neither feed nor outlet states that.
func (st *story) readable(lang string) bool {
	lead := st.articles[0].Article
	if lang == "" || lead.Lang != "" {
		return speaks(lang, lead.Lang)
	}
	wide := strings.ContainsFunc(lead.Title, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
	return wide == (speaks("zh", lang) || speaks("ko", lang) || speaks("ja", lang))
}
