package edition

import "strings"

// matters are what readers of the topic act on, by the words that headlines have
// for it: whole words, or parts of them in scripts without spaces. What a headline
// has of an earlier one names its matter.
var matters = []struct {
	name  string
	value float64 // 0 … 1: policy and supply move more than a day's prices
	words []string
}{
	{"policy", 1, []string{
		"export controls", "export control", "export curbs", "export ban", "export licence", "export licences", "export license", "export licenses", "export permits", "tariff", "tariffs", "sanctions", "sanctioned", "quota", "quotas",
		"ban", "bans", "banned", "embargo", "blacklist", "blacklists", "curbs", "restricts", "restrictions", "law", "bill", "ruling", "court", "lawsuit", "sues", "probe", "antitrust", "stockpile", "stockpiling", "subsidy", "subsidies", "subsidize", "subsidise", "scheme", "incentives", "programme",
		"approves", "approved", "approval", "national security", "official", "officials", "permit", "permits", "government", "govt", "ministry", "minister", "ministers", "commerce department", "department of commerce", "pentagon", "defense department", "department of defense", "department of energy", "white house", "congress", "senators", "trump", "beijing", "brussels", "g7", "wto", "truce", "trade deal",
		"exportkontrollen", "exportverbot", "zölle", "sanktionen", "subventionen", "genehmigt", "regierung", "droits de douane", "sanctions", "quotas", "subvention", "gouvernement", "aranceles", "sanciones", "cuotas", "gobierno", "tarifas", "sanções", "cotas", "governo", "пошлины", "санкции", "квоты", "правительство",
		"管制", "配额", "配額", "制裁", "关税", "關稅", "禁令", "许可", "許可", "补贴", "補貼", "收储", "法案", "批准", "商务部", "工信部", "規制", "関税", "補助金", "政府", "수출 통제", "수출통제", "규제", "관세", "제재", "보조금", "법안", "승인", "정부", "thuế quan", "chính phủ",
	}},
	{"supply", 1, []string{
		"plant", "separation", "starts up", "commissioning", "ramps up", "ramp up", "factory", "refinery", "facility", "smelter", "production line", "production", "produces", "output", "capacity", "ships", "shipment", "shipments", "shortage", "shortages", "halts", "suspends", "resumes", "commissioned", "commissions", "construction", "breaks ground", "cancels", "reopens", "force majeure", "first ore", "feasibility study", "resource estimate", "exports", "imports",
		"fabrik", "werk", "produktion", "exporte", "usine", "production", "exportations", "planta", "fábrica", "producción", "exportaciones", "produção", "exportações", "завод", "производство", "добыча", "экспорт", "экспорта",
		"投产", "投產", "开工", "動工", "停产", "停產", "复产", "产能", "產能", "产量", "出口", "进口", "輸出", "工場", "生産", "着工", "稼働", "공장", "생산", "착공", "가동", "수출", "수입", "nhà máy", "sản xuất", "xuất khẩu",
	}},
	{"deal", 0.8, []string{
		"acquire", "acquires", "acquisition", "merger", "takeover", "stake", "buys", "offtake", "joint venture", "mou", "deal", "agreement", "contract", "loan", "lends", "grant", "funding", "ipo", "raises", "invest", "invests", "investment", "financing", "final investment decision", "fid",
		"übernimmt", "übernahme", "beteiligung", "vertrag", "abkommen", "rachat", "accord", "contrat", "investit", "adquiere", "adquisición", "acuerdo", "contrato", "invierte", "adquire", "aquisição", "acordo", "financiamento", "сделка", "контракт", "инвестирует",
		"收购", "收購", "入股", "合资", "合資", "签署", "簽署", "协议", "協議", "融资", "融資", "買収", "合弁", "契約", "인수", "합작", "계약", "협약", "투자", "thỏa thuận",
	}},
	{"prices", 0.6, []string{"price", "prices", "preis", "preise", "prix", "precio", "precios", "preço", "preços", "цена", "цены", "价格", "價格", "涨价", "漲價", "価格", "가격", "giá"}},
}

// anAmount is what a headline is worth that has nothing of the above but a figure.
const anAmount = 0.4

// matter is what a headline is about that readers act on, in words, and how much
// it matters, 0 … 1; empty if nothing.
func matter(title string) (words string, value float64) {
	said := wordsOf(title)
	for _, m := range matters {
		if w, ok := anyOf(said, m.words); ok {
			return m.name + ": " + w, m.value
		}
	}
	if found := sized.FindString(title); found != "" {
		return "amount: " + strings.TrimSpace(found), anAmount
	}
	return "", 0
}
