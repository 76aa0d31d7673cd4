package relevance

import (
	"testing"

	"reedaily/digest"
)

// toldDespite is, by language, news with words that reports on the market and
// stock tips have too: in its text, or in a title that tells an event. A line
// is a title, or a title | and its text.
var toldDespite = map[string]string{
	"en": `
MP Materials opens rare earth magnet plant in Fort Worth | The plant is to break China's market share of 90 per cent in magnets.
Rare earth prices surge | Neodymium rose most, according to market research firm Adamas Intelligence.
MP Materials shares surge on Pentagon deal | Analysts raised the price target and kept their buy rating.
China's rare earth exports rise | Shipments grew at a CAGR of 6% since 2020.
USA Rare Earth sues short seller | Zacks follows the stock.
MP Materials gains market share in rare earth magnets as Chinese exports fall
Lynas raises $500 million to win rare earth market share from China
Rare earth market growth slows as carmakers cut orders
Pentagon sees rare earth market research as a gap
A$20m raised to buy Brazilian rare earth project
Tariffs raised to hold back Chinese rare earth magnets
Rare earth reserves downgraded to 20 million tonnes in Vietnam
Nolans rare earth resource upgraded by 40%
Saudi Arabia is investing in rare earths
Gina Rinehart cuts stake in Lynas | The price target of brokers stands at A$9, and strong buy is their consensus rating.
`,
	"zh": `
北方稀土新厂投产 | 公司称市场份额扩大，市场规模持续增长。
稀土出口管制首次覆盖中重稀土加工技术
稀土永磁材料市场规模突破千亿 包头新增三条产线
商务部对部分稀土物项实施出口管制 | 受此影响，概念股活跃，沪指上涨。
金力永磁稀土磁材市场份额升至全球第一
缅甸稀土矿停产 | 市场调研机构称价格将上涨。
`,
	"zh-TW": `
中國稀土出口管制擴大 | 市場規模約六十億美元，類股上漲。
稀土市場規模擴大 台廠增產磁鐵
`,
	"ko": `
희토류 가격 급등 | 시장조사업체에 따르면 네오디뮴이 가장 많이 올랐다.
호주 라이너스, 중국 희토류 시장 점유율 빼앗는다
LS전선, 희토류 자석 공장 착공 | 시장 규모는 20조 원이다. 회사는 목표주가 상향에 반색했다.
중국, 희토류 주도권 강화
정부, 희토류 주요 생산국과 협력
`,
	"ja": `
レアアース価格が上昇 | 市場調査会社によると、ネオジムが高い。
豪ライナス、重レアアース工場の最終投資判断を下す
中国のレアアース市場シェア、9割を割る
日本企業、レアアース鉱山を物色
信越化学、レアアース磁石を増産 | 市場規模は2兆円。目標株価も上がった。
`,
	"vi": `
Giá đất hiếm tăng mạnh | Theo công ty nghiên cứu thị trường Adamas, giá neodim tăng nhiều nhất.
Úc giành thị phần đất hiếm từ Trung Quốc
Nhật Bản nên mua đất hiếm từ Việt Nam, bộ trưởng nói
Khánh thành nhà máy nam châm đất hiếm | Quy mô thị trường đạt 20 tỷ đô la.
`,
	"pt": `
BNDES vai investir em terras raras
Preço das terras raras dispara | Segundo a pesquisa de mercado da Adamas, o neodímio subiu mais.
Serra Verde ganha participação de mercado em terras raras
Brasil inaugura fábrica de ímãs de terras raras | O preço-alvo da empresa subiu.
`,
	"es": `
Estados Unidos va a invertir en tierras raras en Chile
El precio de las tierras raras sube | Según un estudio de mercado de Adamas, el neodimio subió más.
China pierde cuota de mercado en tierras raras
Aclara abre planta de tierras raras | El precio objetivo de la acción subió.
`,
	"fr": `
La France va investir dans les terres rares
Le prix des terres rares bondit | Selon une étude de marché d'Adamas, le néodyme monte le plus.
La Chine perd une part de marché dans les terres rares
Solvay agrandit son usine de terres rares | L'objectif de cours de l'action a été relevé.
`,
	"de": `
Preise für seltene Erden steigen | Laut Marktforschung von Adamas legte Neodym am meisten zu.
China verliert Marktanteil bei seltenen Erden
USA wollen Aktien kaufen: Washington steigt bei Hersteller von Seltenerdmagneten ein
Vacuumschmelze eröffnet Werk für Seltenerdmagnete | Ein Analyst hebt sein Kursziel.
`,
	"ru": `
Россия готова инвестировать в редкоземельные металлы
Цены на редкоземельные металлы растут | По данным агентства, доля рынка Китая снизилась.
Доля рынка Китая в редкоземельных металлах снизилась
Пентагон купил акции компаний, добывающих редкоземельные металлы
`,
}

// reports is, by language, what is about the market and no news, by its title
// or by its text alone.
var reports = map[string]string{
	"en": `
Rare Earth Magnets Market Size, Share & Growth Report, 2034
Rare Earth Elements Market Share Analysis by Application
Neodymium Magnet Market Growth, Trends and Forecast to 2032
Rare earth market to grow at a CAGR of 9%
Rare Earth Metals Market Forecast 2026-2034
Rare Earth Recycling Market: Drivers and Opportunities | The global market size was valued at USD 2 billion and is to grow at a CAGR of 7% during the forecast period.
MP Materials downgraded to Hold
MP Materials raised to "Buy" at Goldman
Ways to invest in rare earths: the best stocks
`,
	"zh": `
2026年稀土永磁市场规模及前景分析
稀土行业市场份额分析与市场规模预测
全球稀土磁材市场 | 预测期内市场规模将增长，复合年增长率为8%。年复合增长率为全球第一。
`,
	"zh-TW": `
全球稀土磁鐵市場規模預測
稀土永磁市場研究報告
`,
	"ko": `
희토류 자석 시장 규모 및 점유율
글로벌 희토류 시장 규모, 점유율, 성장 전망 보고서
희토류 자석 시장 | 예측 기간 동안 연평균 성장률(CAGR) 8%로 성장한다.
`,
	"ja": `
レアアース磁石の市場規模・シェア
レアアースの世界市場：用途別
レアアース磁石の市場 | 予測期間に年平均成長率（CAGR）8％で成長する。
`,
	"vi": `
Quy mô và thị phần nam châm đất hiếm, dự báo đến 2034
Báo cáo nghiên cứu thị trường đất hiếm
`,
	"pt": `
Ímãs de terras raras: tamanho do mercado, tendências e previsão até 2034
Como investir em terras raras
`,
	"es": `
Imanes de tierras raras: tamaño del mercado, tendencias y pronóstico 2034
Cómo invertir en tierras raras
`,
	"fr": `
Aimants aux terres rares : taille du marché, tendances
Comment investir dans les terres rares
`,
	"de": `
Seltenerdmagnete: Marktgröße, Marktanteil und Prognose bis 2034
Seltene Erden: diese Aktien kaufen?
`,
	"ru": `
Редкоземельные магниты: объем рынка, прогноз до 2034
Рынок редкоземельных металлов: объем и доля
`,
}

func TestLimitsCostNoNews(t *testing.T) {
	j := judge(t)
	for lang, lines := range toldDespite {
		each(lines, func(a digest.Article) {
			if got := j.Judge(a, digest.Feed{}); !got.Relevant {
				t.Errorf("%s: %q is not told (%.2f): %v", lang, a.Title, got.Score, got.Reasons)
			}
		})
	}
	for lang, lines := range reports {
		each(lines, func(a digest.Article) {
			if got := j.Judge(a, digest.Feed{}); got.Relevant {
				t.Errorf("%s: %q is told (%.2f): %v", lang, a.Title, got.Score, got.Reasons)
			}
		})
	}
}
