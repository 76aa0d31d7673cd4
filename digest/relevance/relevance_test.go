package relevance

import (
	"testing"

	"reedaily/digest"
)

// judge is the built-in judge of rare earths.
func judge(t testing.TB) *Judge {
	t.Helper()
	j, err := New(Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// item is an invented article and what a reader of the newsletter wants of it.
type item struct {
	title, text, source string
	want                digest.Grade
}

func check(t *testing.T, items []item) {
	t.Helper()
	j := judge(t)
	for _, it := range items {
		got := j.Judge(digest.Article{ID: "a", Title: it.title, Text: it.text, Source: it.source}, digest.Feed{})
		if got.Grade != it.want {
			t.Errorf("%s\n\t%q %q (%s)\n\tis %s (%.2f), want %s: %v", t.Name(), it.title, it.text, it.source, got.Grade, got.Score, it.want, got.Reasons)
		}
		if got.Relevant != (got.Grade == digest.GradeCore) {
			t.Errorf("%q: relevant %t and grade %s", it.title, got.Relevant, got.Grade)
		}
	}
}

func TestLanguages(t *testing.T) {
	core := map[string][]string{
		"en": {
			"Lynas lifts quarterly output at its Malaysian plant",
			"Rare‑earth oxide prices slip for a third week",
			"MP MATERIALS OPENS HEAVY SEPARATION LINE",
			"NdPr at a two-year high as buyers restock",
			"Dysprosium shortage worries European carmakers",
			"Estonian factory ships its first sintered magnets",
			"Permanent magnets: Germany looks for suppliers beyond China's grip",
			"Arafura signs offtake for Nolans",
			"Explorer hits 4,000 ppm TREO in Goiás clay",
			"Pentagon backs a magnet plant in Ohio",
			"Monazite sands find a buyer in Norway",
			"Japan lifts mud rich in rare earths off Minamitorishima",
		},
		"zh": {
			"商务部发布稀土相关物项出口管制公告", "北方稀土上调一季度精矿价格", "镨钕氧化物报价连涨三日", "氧化镝市场成交清淡",
			"商務部放寬稀土磁鐵出口許可", "釹鐵硼廠商憂心原料短缺", "金力永磁在包头扩建工厂", "緬甸重稀土礦場停產",
		},
		"ko": {
			"희토류를 둘러싼 각국의 경쟁이 뜨겁다", "네오디뮴 자석 공장, 내년 가동", "디스프로슘 수급 비상", "MP머티리얼즈, 자석 생산 두 배로", "영구자석 공급망 다변화 시급",
		},
		"ja": {
			"レアアースの対日輸出、許可が遅れる", "ﾚｱｱｰｽの新鉱床を確認", "ジスプロシウムの価格が最高値", "重希土類を使わない磁石を開発", "ネオジム磁石の国内生産を支援", "南鳥島沖のレアアース泥、試験採掘へ",
		},
		"vi": {"Việt Nam đấu thầu mỏ đất hiếm Đông Pao", "Giá đất hiếm tăng mạnh", "Nhà máy nam châm đất hiếm khởi công"},
		"pt": {"Goiás recebe nova fábrica de terras raras", "Serra Verde amplia produção em Minaçu", "Preço do neodímio sobe pelo quinto mês", "Brasil quer produzir ímãs de terras raras"},
		"es": {"Chile aprueba proyecto de tierras raras", "El precio del disprosio marca un récord", "Aclara presenta su estudio del Módulo Penco"},
		"fr": {"Carester inaugure son usine de terres rares à Lacq", "Le néodyme au plus haut depuis deux ans", "Bruxelles veut recycler les aimants aux terres rares"},
		"de": {"China lockert die Ausfuhr seltener Erden", "Seltene Erden: Preise ziehen an", "Seltenerdmagnete werden knapp", "Autobauer fürchten Mangel an Neodym"},
		"ru": {"Россия наращивает добычу редкоземельных металлов", "Цены на неодим выросли", "Завод по выпуску РЗМ запущен в Соликамске"},
	}
	for lang, titles := range core {
		t.Run(lang, func(t *testing.T) {
			var items []item
			for _, title := range titles {
				items = append(items, item{title: title, want: digest.GradeCore})
			}
			check(t, items)
		})
	}
}

// TestTraps has the same words about something else.
func TestTraps(t *testing.T) {
	no := digest.GradeNo
	check(t, []item{
		// The band.
		{"Rare Earth – Get Ready (1969)", "The Detroit group's album with one song a side.", "Vinyl Corner", no},
		{"Rare Earth", "The Motown band plays its greatest hits on Saturday; tickets from $40.", "City Stage", no},
		{"Rare Earth at the Riverside Performing Arts Center", "", "Town Events", no},
		{"Rare Earth Tour 2026: dates and tickets", "", "Gig Guide", no},
		{"In concert: Rare Earth", "Rock funk from Detroit, live.", "Radio Kultur", no},
		// The hypothesis.
		{"Rare Earth: why we may be alone in the universe", "", "Star Letters", no},
		{"What the Rare Earth hypothesis gets wrong", "Ward and Brownlee's case against complex life elsewhere.", "", no},
		{"Do we live on a rare Earth?", "Exoplanet surveys say that habitable planets abound.", "Sky Weekly", no},
		{"地球殊异假说：我们为什么孤独", "", "", no},
		// Rare, and of the Earth.
		{"Rare earthquake rattles Delaware", "", "", no},
		{"Rare Earth-like planet found near a quiet star", "", "", no},
		{"Telescope sees a rare Earth-sized world", "", "", no},
		{"Rare blue diamond fetches $30 million", "", "", no},
		{"Scorched earth: how rare rains hit farmers", "", "", no},
		// Magnets of another kind.
		{"Ten best fridge magnets for your kitchen", "", "", no},
		{"Neodymium magnets N52, 20 pcs, adhesive backing, free shipping", "", "Magnet Shop", no},
		{"Boy swallowed 50 neodymium magnets bought online", "Surgeons removed them.", "", no},
		{"Superconducting magnets arrive at ITER", "", "", no},
		{"Anomalous Hall effect in the antiferromagnet MnBi2Te4", "", "", no},
		{"Magnetic survey finds copper at depth", "", "", no},
		{"City hopes to be a magnet for start-ups", "", "", no},
		{"냉장고 자석 모으기가 유행", "", "", no},
		{"초전도 자석으로 핵융합 앞당긴다", "", "", no},
		// Names that read alike.
		{"Podcast: Karen Rees on the mining show", "", "", no},
		{"REE Automotive delivers its first trucks", "", "", no},
		{"Quỹ đất hiếm hoi ở trung tâm thành phố", "", "", no},
		{"稀土掘金：前端框架入门", "", "", no},
		// Other metals.
		{"Lithium miner doubles output in Nevada", "", "", no},
		{"Congo rebels offer critical minerals to Washington", "", "", no},
		{"Copper price climbs as supply tightens", "", "", no},
	})
}

// TestNoNews is about the topic and still not told.
func TestNoNews(t *testing.T) {
	check(t, []item{
		{"Rare Earth Magnets Market Size to Reach $40 Billion by 2034, CAGR 7%", "", "", digest.GradePartly},
		{"5 Rare Earth Stocks to Buy Before Summer", "", "", digest.GradePartly},
		{"희토류 관련주 총정리", "", "", digest.GradePartly},
		{"稀土概念股有哪些", "", "", digest.GradePartly},
		{"レアアース関連銘柄まとめ", "", "", digest.GradePartly},
		{"Neodymium Market", "", "Fortune Business Insights", digest.GradePartly},
	})
}

// TestText is judged by how often the topic comes up.
func TestText(t *testing.T) {
	filler := "The ministry spoke of roads, schools and hospitals for a long while, and of the price of bread. "
	long := func(n int) string {
		s := ""
		for range n {
			s += filler
		}
		return s
	}
	check(t, []item{
		{"Loan for a refinery in Goiás", "Serra Verde, which digs rare earths, gets a loan. Rare earth output is to double.", "", digest.GradeCore},
		{"Minister opens session", long(12) + "One question was about rare earths. " + long(12), "", digest.GradeNo},
		{"Beijing tightens export controls", long(2) + "Rare earth licences take longer. Rare earth magnets wait at the ports. Buyers of dysprosium and terbium complain. " + long(2), "", digest.GradeCore},
		{"新材料规划公布", "规划涉及钢铁、碳纤维、稀土功能材料等多个门类，预计带动投资。" + "各地将出台配套措施，支持企业技术改造，培育示范园区，完善标准体系。" + "会议还讨论了就业、教育与住房问题，并听取了地方代表的意见。", "", digest.GradePartly},
	})
}

// TestReplies leaves out what a post only quotes.
func TestReplies(t *testing.T) {
	quoted := "晨报 : 稀土出口管制升级，稀土磁铁与稀土金属均需许可。 "
	check(t, []item{
		{"↩️ 该报道原文已被删除", quoted + "该报道原文已被删除", "频道", digest.GradeNo},
		{"↩️ 商务部发放首批稀土出口许可", quoted + "商务部发放首批稀土出口许可", "频道", digest.GradeCore},
		{"↩️ 央行宣布降息。 另外，稀土出口...", quoted + "央行宣布降息。另外，股市上涨。", "频道", digest.GradePartly},
	})
}

// TestQuotesInALine leaves out what stands behind a mark of quotation, and only that.
func TestQuotesInALine(t *testing.T) {
	quoted := "China bans rare earth exports, neodymium magnets and rare earth oxides run short."
	for _, c := range []struct {
		title, text string
		told        bool
	}{
		{"AXT sees lower income", "On Monday Bob wrote: > " + quoted, false},
		{"AXT sees lower income", "> " + quoted + "\n>> " + quoted + "\nWhat a day.", false},
		{"转发微博 //@财经: 稀土出口管制升级", "转发微博 //@财经: 稀土出口管制升级", false},
		{"央行宣布降息", "网友：>稀土出口管制升级，稀土磁铁与稀土金属均需许可。", false},
		{"So true! RT @mining: Rare earth prices soar", "", false},
		{"Rare earth exports fall", "Bob wrote: > " + quoted, true},
		{"Exports of magnets fall", "Bob wrote: > I doubt it.\n" + quoted, true},
		{"Rare earth prices > $100 a kilo", "Home > News > Rare earths", true},
	} {
		if got := judge(t).Judge(digest.Article{Title: c.title, Text: c.text}, digest.Feed{}); got.Relevant != c.told {
			t.Errorf("%q, %q: told %t (%.2f): %v", c.title, c.text, got.Relevant, got.Score, got.Reasons)
		}
	}
}
