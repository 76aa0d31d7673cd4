package highlight

import (
	"regexp"
	"strings"

	"reedaily/digest"
)

// measured is a number with its unit, at text[from:to].
type measured struct {
	kind, value, unit string
	from, to          int
}

const (
	currencyRE = `US\$|AU\$|A\$|CA\$|C\$|NZ\$|HK\$|S\$|R\$|\$|£|€|¥|￥|₩|₹|RM|Rs\.?|USD|AUD|CAD|EUR|GBP|CNY|RMB|JPY|KRW|INR|BRL`
	// nameRE are currencies behind the number.
	nameRE = `(?:US |U\.S\. |Australian |Canadian )?dollars?|(?:Chinese )?yuan|renminbi|RMB|(?:Japanese )?yen|(?:South Korean |Korean )?won|euros?|pounds? sterling|(?:Indian )?rupees?|ringgit|reais|USD|AUD|CAD|EUR|CNY|JPY`
	wideRC = `元人民币|人民币|人民幣|美元|美金|달러|ドル|日元|日圆|日圓|円|엔|欧元|歐元|유로|ユーロ|韩元|韓元|원|ウォン|위안|澳元|호주달러|加元|英镑|元`
	perRE  = `\s?(?:/|per |a |an |each )\s?(?:metric |dry )?(kilograms?|kilos?|kg|tonnes?|tons?|mt|t|lbs?|pounds?|share)\b`
	widePE = `\s?(?:/|每|一)\s?(公斤|千克|kg|吨|噸|톤|トン|股|주)`
)

var currencies = map[string]string{
	"us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "us dollars": "USD", "u.s. dollars": "USD", "us dollar": "USD",
	"a$": "AUD", "au$": "AUD", "aud": "AUD", "australian dollars": "AUD", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "canadian dollars": "CAD",
	"nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "brl": "BRL", "reais": "BRL", "£": "GBP", "gbp": "GBP", "pounds sterling": "GBP",
	"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "₩": "KRW", "krw": "KRW", "won": "KRW", "south korean won": "KRW", "korean won": "KRW",
	"₹": "INR", "inr": "INR", "rs": "INR", "rs.": "INR", "rupee": "INR", "rupees": "INR", "indian rupees": "INR", "rm": "MYR", "ringgit": "MYR",
	"cny": "CNY", "rmb": "CNY", "yuan": "CNY", "chinese yuan": "CNY", "renminbi": "CNY", "jpy": "JPY", "yen": "JPY", "japanese yen": "JPY",
	"元": "CNY", "元人民币": "CNY", "人民币": "CNY", "人民幣": "CNY", "위안": "CNY", "美元": "USD", "美金": "USD", "달러": "USD", "ドル": "USD",
	"日元": "JPY", "日圆": "JPY", "日圓": "JPY", "円": "JPY", "엔": "JPY", "欧元": "EUR", "歐元": "EUR", "유로": "EUR", "ユーロ": "EUR",
	"韩元": "KRW", "韓元": "KRW", "원": "KRW", "ウォン": "KRW", "澳元": "AUD", "호주달러": "AUD", "加元": "CAD", "英镑": "GBP",
}

var masses = map[string]string{
	"kg": "kg", "kilogram": "kg", "kilograms": "kg", "kilo": "kg", "kilos": "kg", "公斤": "kg", "千克": "kg",
	"t": "t", "mt": "t", "ton": "t", "tons": "t", "tonne": "t", "tonnes": "t", "吨": "t", "噸": "t", "톤": "t", "トン": "t",
	"lb": "lb", "lbs": "lb", "킬로그램": "kg", "킬로": "kg", "キログラム": "kg", "キロ": "kg",
	"pound": "lb", "pounds": "lb", "파운드": "lb", "ポンド": "lb", "磅": "lb", "株": "share", "share": "share", "股": "share", "주": "share",
}

var (
	moneyFirst = regexp.MustCompile(`(?:^|[^A-Za-z])(` + currencyRE + `)\s?(` + numberRE + `)(?:[ -]?(` + scaleRE + `)\b)?(?:` + dashRE + `(?:` + currencyRE + `)?\s?(` + numberRE + `)(?:[ -]?(` + scaleRE + `)\b)?)?(?:` + perRE + `)?`)
	moneyLast  = regexp.MustCompile(`(` + numberRE + `)(?:` + dashRE + `(` + numberRE + `))?(?:[ -]?(` + scaleRE + `))?[ -](` + nameRE + `)\b(?:` + perRE + `)?`)
	moneyWide  = regexp.MustCompile(`(?:(` + compositeRE + `)` + dashRE + `)?(` + compositeRE + `)\s?(` + wideRC + `)(?:` + widePE + `)?`)
	largeWide  = regexp.MustCompile(`^(?:(?:` + numberRE + `)\s?(?:` + wideRE + `)\s?)+(?:` + numberRE + `)?`)
	perWide    = regexp.MustCompile(`每(千克|公斤|吨|噸)(?:约|約|为|為)?(` + compositeRE + `)\s?(` + wideRC + `)`)
	bareWide   = regexp.MustCompile(`(` + compositeRE + `)/(吨|公斤)`)
	sharePrice = regexp.MustCompile(`收盘价$|收盤價$|股价$`)
)

// monies are the sums of money and prices in a text.
func monies(s string, c context) []measured {
	var out []measured
	for _, m := range moneyFirst.FindAllStringSubmatchIndex(s, -1) {
		low, high := group(s, m, 2), group(s, m, 4)
		scale := group(s, m, 3)
		if high != "" {
			scale = group(s, m, 5)
		}
		value := spread(low, high, scaled(scale))
		if own := group(s, m, 3); high != "" && own != "" { // $50 million to $1 billion
			value = amount(low, scaled(own)) + "-" + amount(high, scaled(scale))
		}
		end := m[1]
		if large := largeWide.FindString(s[m[4]:]); large != "" && high == "" { // ¥50万
			v, _ := composite(large)
			value, end = plainNumber(v), max(end, m[4]+len(large))
		}
		sum := money(value, currency(group(s, m, 1), s, c), group(s, m, 6), m[2], end)
		out = append(out, sum.parted(s, m[4], max(m[5], m[7]), m[8])...)
	}
	for _, m := range moneyLast.FindAllStringSubmatchIndex(s, -1) {
		value := spread(group(s, m, 1), group(s, m, 2), scaled(group(s, m, 3)))
		sum := money(value, currency(group(s, m, 4), s, c), group(s, m, 5), m[0], m[1])
		out = append(out, sum.parted(s, m[2], m[3], m[4])...)
	}
	return append(out, wideMonies(s, c)...)
}

// wideMonies are those of Chinese, Japanese and Korean texts.
func wideMonies(s string, c context) []measured {
	var out []measured
	for _, m := range perWide.FindAllStringSubmatchIndex(s, -1) {
		if v, ok := composite(group(s, m, 2)); ok {
			out = append(out, money(plainNumber(v), currency(group(s, m, 3), s, c), group(s, m, 1), m[0], m[1]))
		}
	}
	for _, m := range moneyWide.FindAllStringSubmatchIndex(s, -1) {
		v, ok := wideSpan(group(s, m, 1), group(s, m, 2), 1)
		if !ok {
			continue
		}
		per := group(s, m, 4)
		if sharePrice.MatchString(s[:m[0]]) {
			per = "share"
		}
		out = append(out, money(v, currency(group(s, m, 3), s, c), per, m[0], m[1]).parted(s, m[2], m[3], m[4])...)
	}
	for _, m := range bareWide.FindAllStringSubmatchIndex(s, -1) {
		if v, ok := composite(group(s, m, 1)); ok {
			out = append(out, money(plainNumber(v), "CNY", group(s, m, 2), m[0], m[1]))
		}
	}
	return out
}

func money(value, unit, per string, from, to int) measured {
	if mass := masses[strings.ToLower(per)]; mass != "" {
		return measured{"price", value, unit + "/" + mass, from, to}
	}
	return measured{"money", value, unit, from, to}
}

// context is what the rest of an article says about its numbers.
type context struct {
	lang    string
	numbers string // the language in which numbers are written; empty where it is not known
	dollar  string // what a plain "$" is: USD, or "$" where that is not certain
	yen     string // what a plain "¥" is: CNY, JPY, or "¥" where that is not certain
}

// contextOf reads the context. Who writes A$ means US dollars by a plain sign;
// who writes US$, or is Australian or Canadian, may mean others.
func (f *Finder) contextOf(a digest.Article) context {
	text := a.Title + "\n" + bounded(a.Body())
	c := context{lang: a.Lang, numbers: f.units.speaks(text, a.Lang, f.stop), dollar: "USD", yen: yenOf(text, "¥")}
	if !otherDollar.MatchString(text) && (strings.Contains(text, "US$") || localDollar.MatchString(text) || localSite.MatchString(a.URL) && localName.MatchString(text)) {
		c.dollar = "$"
	}
	return c
}

var (
	otherDollar = regexp.MustCompile(`\b(?:AU?|CA?|NZ|HK|S)\$|\b(?:AUD|CAD)\b`)
	localDollar = regexp.MustCompile(`\((?:ASX|TSX|TSXV|TSX-V|TSX\.V|NZX)\s?:|(?:Australian|Canadian|Ontario|Quebec|Queensland) [Gg]overnment`)
	localName   = regexp.MustCompile(`Australia|Canada|Canadian|New Zealand|\bASX\b|\bTSX`)
	localSite   = regexp.MustCompile(`^https?://[^/]+\.(?:au|ca|nz)(?:/|$)`)
)

var (
	yuanNear = regexp.MustCompile(`(?i)\b(?:yuan|rmb|renminbi|cny)|人民币|人民幣|위안`)
	yenNear  = regexp.MustCompile(`(?i)\b(?:yen|jpy)\b|日元|日圆|日圓|円|엔화`)
	ofChina  = regexp.MustCompile(`\bChin|\bBeijing|\bShanghai|\bBaotou|\bMongolia|\bGanzhou|\bJiangxi|\bSichuan|\bShenzhen|\bNingbo|\bPRC\b|\bКита|中国|中國|中方|중국`)
	ofJapan  = regexp.MustCompile(`\bJap[aóã]|\bTokyo|\bOsaka|\bJOGMEC|\bMETI\b|\bЯпон|日本|일본`)
)

// yenOf is the currency that a text means by the sign that yuan and yen share:
// the one that it names, else that of the one of the two countries; otherwise
// it is what else says.
func yenOf(text, otherwise string) string {
	for _, near := range [][2]*regexp.Regexp{{yuanNear, yenNear}, {ofChina, ofJapan}} {
		switch yuan, yen := near[0].MatchString(text), near[1].MatchString(text); {
		case yuan && !yen:
			return "CNY"
		case yen && !yuan:
			return "JPY"
		}
	}
	return otherwise
}

// currency is the ISO 4217 code of a sign or name. The sign of yuan and yen is
// one: what else the sentence, then the article says decides.
func currency(sign, text string, c context) string {
	switch sign {
	case "$":
		return c.dollar
	case "¥", "￥":
		switch base(c.lang) {
		case "zh":
			return yenOf(text, "CNY")
		case "ja":
			return yenOf(text, "JPY")
		}
		return yenOf(text, c.yen)
	}
	return currencies[strings.ToLower(sign)]
}

const (
	massRE = `(?:metric |dry |long )?(?:tonnes?|tons?)|[kM]?t|mt|MT|kg|kilograms?|lbs?|tpa|tpy|tpd|ktpa|Mtpa|mtpa`
	rateRE = `\s?(?:/|-?per[- ]|a |each )\s?(yr|y|year|annum|a|day|d)\b|\s?(annually|yearly)\b`
	whatRE = `(?:\s(?:of|in|de)\b)?(?:\s(?:about|mixed|separated|total|contained|new|high-purity))*\s(TREO|REO|NdPr oxides?|NdPr|NdFeB|total rare[- ]earth oxides?|rare[- ]earth oxides?|oxides|(?:neodymium|praseodymium|dysprosium|terbium|lanthanum|cerium|yttrium|scandium|samarium) oxides?)\b`
)

var (
	mass        = regexp.MustCompile(`(?:^|[^\p{L}\d.,$€£¥])(` + numberRE + `)(?:` + dashRE + `(` + numberRE + `))?[ -]?(?:(million|thousand|k|m|mn)[ -])?\s?(` + massRE + `)\b`)
	massRate    = regexp.MustCompile(`^(?:` + rateRE + `)`)
	massWhat    = regexp.MustCompile(`^` + whatRE)
	massWide    = regexp.MustCompile(`(?:(` + numberRE + `)(?:吨|噸)?` + dashRE + `)?(` + compositeRE + `)\s?(万吨|吨|噸|公吨|톤|トン|公斤|킬로그램)`)
	wideYearly  = regexp.MustCompile(`(?:每年|연간|年間|年(?:产|產|需求|消费|进口|出口)[能量]?)(?:应该|將|将)?(?:约|約|达到|達到|达|為|为|在|최대|약)?\s?$`)
	wideDaily   = regexp.MustCompile(`(?:每天|每日|日产|하루|1日)(?:约|約|最多|최대|약)?\s?$`)
	percentage  = regexp.MustCompile(`(` + numberRE + `)(?:[%％]?` + dashRE + `(` + numberRE + `))?\s?(percentage points?|个百分点|個百分點|%p|%포인트|퍼센트포인트|%|％|per ?cent\b|pc\b|퍼센트|パーセント)(?: (TREO|REO|NdPr))?`)
	percentWide = regexp.MustCompile(`百分之(` + numberRE + `)|(` + numberRE + `)成(?:以上|左右|的|多)?`)
	partsRE     = regexp.MustCompile(`(` + numberRE + `)(?:` + dashRE + `(` + numberRE + `))?\s?ppm(?: (TREO|REO|NdPr))?\b`)
)

// quantities are the masses in a text: tonnes, or kilograms where less than one.
func quantities(s string) []measured {
	var out []measured
	for _, m := range mass.FindAllStringSubmatchIndex(s, -1) {
		word := group(s, m, 4)
		unit, factor := "t", 1.0
		switch low := strings.ToLower(word); {
		case word == "Mt" || low == "mtpa":
			factor *= 1e6
		case word == "kt" || low == "ktpa":
			factor *= 1e3
		case low == "kg" || strings.HasPrefix(low, "kilogram"):
			unit = "kg"
		case strings.HasPrefix(low, "lb"):
			unit = "lb"
		}
		rate := wideRate(s[:m[2]])
		if strings.HasSuffix(word, "pa") || strings.HasSuffix(word, "py") {
			rate = "/y"
		} else if strings.HasSuffix(word, "pd") {
			rate = "/d"
		}
		what, end := "", m[1]
		for range 2 { // "tonnes a year of oxides" and "tonnes of oxides a year"
			if n := massRate.FindStringSubmatch(s[end:]); n != nil && rate == "" {
				rate, end = perTime(n[1]), end+len(n[0])
			}
			if n := massWhat.FindStringSubmatch(s[end:]); n != nil && what == "" {
				what, end = stuff(n[1]), end+len(n[0])
			}
		}
		out = append(out, tonnes(spread(group(s, m, 1), group(s, m, 2), scaled(group(s, m, 3))), factor, unit, rate, what, m[2], end).parted(s, m[2], m[3], m[4])...)
	}
	for _, m := range partsRE.FindAllStringSubmatchIndex(s, -1) {
		unit := strings.TrimSpace("ppm " + group(s, m, 3))
		part := measured{"quantity", span(group(s, m, 1), group(s, m, 2), 1), unit, m[0], m[1]}
		out = append(out, part.parted(s, m[2], m[3], m[4])...)
	}
	return append(out, wideQuantities(s)...)
}

func wideQuantities(s string) []measured {
	var out []measured
	for _, m := range massWide.FindAllStringSubmatchIndex(s, -1) {
		unit, factor := "t", 1.0
		switch group(s, m, 3) {
		case "万吨":
			factor = 1e4
		case "公斤", "킬로그램":
			if n, ok := composite(group(s, m, 2)); ok && n < 1000 {
				unit = "kg"
			} else {
				factor = 1e-3
			}
		}
		v, ok := wideSpan(group(s, m, 1), group(s, m, 2), factor)
		if !ok {
			continue
		}
		rate, what := "", ""
		rest := s[m[1]:]
		if rate = wideRate(s[:m[0]]); strings.HasPrefix(rest, "/年") {
			rate = "/y"
		}
		if strings.HasPrefix(rest, "(以氧化物计") || strings.HasPrefix(rest, "（以氧化物计") || strings.HasPrefix(rest, "REO") {
			what = " REO"
		}
		out = append(out, measured{"quantity", v, unit + rate + what, m[0], m[1]}.parted(s, m[2], m[3], m[4])...)
	}
	return out
}

// wideRate is the rate that Chinese, Japanese and Korean texts put before a mass.
func wideRate(before string) string {
	switch {
	case wideYearly.MatchString(before):
		return "/y"
	case wideDaily.MatchString(before):
		return "/d"
	}
	return ""
}

// tonnes is a quantity; from a tonne on, kilograms are tonnes.
func tonnes(value string, factor float64, unit, rate, what string, from, to int) measured {
	low, high, _ := strings.Cut(value, "-")
	if unit == "kg" {
		if n, ok := composite(low); ok && n*factor >= 1000 {
			unit, factor = "t", factor/1000
		}
	}
	return measured{"quantity", span(low, high, factor), unit + rate + what, from, to}
}

func perTime(word string) string {
	if word == "day" || word == "d" {
		return "/d"
	}
	return "/y"
}

// stuff names what was weighed, with a space before it.
func stuff(words string) string {
	low := strings.ReplaceAll(strings.ToLower(words), "-", " ")
	switch {
	case strings.HasPrefix(low, "total rare earth oxide"):
		return " TREO"
	case strings.HasPrefix(low, "rare earth oxide") || low == "oxides":
		return " REO"
	case strings.HasPrefix(low, "ndpr oxide"):
		return " NdPr oxide"
	case low == "treo" || low == "reo" || low == "ndpr" || low == "ndfeb":
		return " " + words
	}
	return " " + strings.TrimSuffix(low, "s")
}

// percents are the percentages in a text, and percentage points ("pp").
func percents(s string) []measured {
	var out []measured
	for _, m := range percentage.FindAllStringSubmatchIndex(s, -1) {
		unit := "%"
		switch group(s, m, 3) {
		case "percentage point", "percentage points", "个百分点", "個百分點", "%p", "%포인트", "퍼센트포인트":
			unit = "pp"
		}
		if what := group(s, m, 4); what != "" {
			unit += " " + what
		}
		share := measured{"percent", span(group(s, m, 1), group(s, m, 2), 1), unit, m[0], m[1]}
		out = append(out, share.parted(s, m[2], m[3], m[4])...)
	}
	for _, m := range percentWide.FindAllStringSubmatchIndex(s, -1) {
		value := amount(group(s, m, 1), 1)
		if tenths := group(s, m, 2); tenths != "" {
			value = amount(tenths, 10)
		}
		out = append(out, measured{"percent", value, "%", m[0], m[1]})
	}
	return out
}

// group is a submatch; empty where it took no part.
func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}
