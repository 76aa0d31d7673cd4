package relevance

import (
	"strings"
	"testing"

	"reedaily/digest"
)

// notTold is, by language, the same words about something else, and what is
// about the topic and no news. A line is a title, or a title | and its text.
var notTold = map[string]string{
	"en": `
Rare Earth Vineyards wins gold for its Shiraz | The winery near Perth bottles its wine by hand.
Rare Earth Cellars opens a tasting room
New Minecraft mod adds rare earth ores and neodymium magnets
Doctors warn after children swallow neodymium magnets | Three kids needed surgery.
Dysprosium: a modular synth for ambient music
Rare Earth, a debut novel set in a mining town, is out in May
Film review: Rare Earth, a thriller with a heart
Rare Earth: the video game that turns geology into a puzzle
The ten best neodymium magnets for your fridge: a buying guide
Neodymium magnet earrings are this summer's jewellery trend
Rare Earth skincare launches a clay mask
USA Rare Earth (NASDAQ: USAR) Upgraded to Buy at Cantor
MP Materials (NYSE:MP) Downgraded by Wall Street Zen
USA Rare Earth (NASDAQ:USAR) Shares Gap Up to $18.20
Pomerantz Law Firm investigates claims on behalf of investors of USA Rare Earth
SHAREHOLDER ALERT: Levi & Korsinsky reminds MP Materials investors of a lead plaintiff deadline
Neodymium market to grow at a CAGR of 8.1% through 2033
7 rare earth stocks for your portfolio
Dance company premieres Rare Earth at the Sydney theatre
`,
	"zh": `
稀土板块早盘走强，多股涨停
A股午评：稀土永磁板块领涨
稀土概念股午后拉升，盛和资源涨停
收评：沪指涨0.5%，稀土永磁概念活跃
稀土板块异动拉升 中国稀土触及涨停
券商：给予北方稀土“买入”评级
稀土乐队发布新歌 | 摇滚乐队稀土推出新专辑。
长篇小说《稀土》出版
电影《稀土》定档五一
我的世界模组新增稀土矿石
钕磁铁冰箱贴怎么选 选购指南
罕见地震袭击稀土之乡外的小镇 | 地震专家说十分罕见。
稀土面霜上市 护肤新选择
2026-2032年中国稀土行业市场前景及投资研究报告
`,
	"zh-TW": `
稀土樂團推出新專輯 | 搖滾樂團稀土將巡迴演唱。
小說《稀土》獲獎
稀土類股早盤走強 多檔漲停
稀土概念股盤中急拉 這檔亮燈漲停
釹鐵硼磁鐵冰箱貼開箱 哪款好用
手遊《稀土大戰》上市 玩家搶先下載
稀有地球假說：我們孤獨嗎
外資調升北方稀土評等 目標價上看60元
全球稀土市場報告：年複合成長率8%
兒童誤吞釹磁鐵 醫師提醒家長
`,
	"ko": `
밴드 희토류, 새 앨범 발매
소설 '희토류' 출간
영화 '희토류' 5월 개봉
게임 속 희토류 채굴 공략
네오디뮴 자석 냉장고 자석 추천
네오디뮴 자석 삼킨 아이, 응급 수술
희토류 테마주 일제히 급등
희토류 관련주 강세…유니온 상한가
[특징주] 희토류株 동반 상승
증권사, MP머티리얼즈 목표주가 상향
희토류 시장, 연평균 8% 성장 전망 보고서
희토류 화장품 출시…피부 미용 화제
네오디뮴 자석 귀걸이 인기
`,
	"ja": `
ロックバンド「レアアース」が来日公演
バンド レアアース、新曲を発表
小説『レアアース』が文学賞
映画「レアアース」5月公開
ゲーム攻略：レアアースの集め方
ネオジム磁石の冷蔵庫マグネット おすすめ10選
100均のネオジム磁石を比較 | 強力で便利なグッズ。
子どもがネオジム磁石を飲み込む事故
レアアース関連株が軒並み高、東洋エンジがストップ高
レアアース関連が買われる 前場
アナリストがライナスの目標株価を引き上げ
レアアース市場、年平均成長率8%で拡大へ 調査レポート
レアアースのピアス、アクセサリー新作
マインクラフトのMODにレアアース鉱石
`,
	"vi": `
Trận động đất hiếm gặp làm rung chuyển thành phố
Động đất hiếm gặp ở miền Trung
Một trận động đất hiếm xảy ra ở Delaware
Khu đất hiếm còn lại ở trung tâm
Mảnh đất hiếm hoi giữa lòng thành phố
Giả thuyết Trái Đất hiếm và sự sống phức tạp
Ban nhạc Đất Hiếm ra mắt album mới
Tiểu thuyết Đất hiếm đoạt giải
Phim "Đất hiếm" ra rạp tháng 5
Nam châm neodymium gắn tủ lạnh giá rẻ
Cổ phiếu đất hiếm tăng trần
Cổ phiếu đất hiếm nào nên mua?
Thị trường đất hiếm tăng trưởng kép hàng năm 8%
Trò chơi mới cho người chơi khai thác đất hiếm
Kem dưỡng da đất hiếm ra mắt
Vùng đất hiếm người đặt chân tới
`,
	"pt": `
Banda Terras Raras lança novo álbum
Romance "Terras Raras" vence prêmio literário
Filme "Terras Raras" estreia em maio
Ímãs de neodímio para geladeira: os 10 melhores
Ímãs de neodímio: guia de compra
Jogo de tabuleiro "Terras Raras" chega às lojas
Ações de terras raras disparam na bolsa
Analista eleva preço-alvo da MP Materials
Mercado de ímãs de neodímio deve crescer a um CAGR de 8%
Terremoto raro abala a terra rara do interior | Um raro tremor.
Criança engole ímãs de neodímio
Brincos com ímã de neodímio são moda
Espetáculo de dança "Terras Raras" chega ao teatro
Vinho Terras Raras ganha medalha | A vinícola fica no Alentejo.
`,
	"es": `
Imanes de neodimio para nevera: los mejores
Imanes de neodimio: guía de compra
La novela "Tierras raras" gana un premio
La banda Tierras Raras presenta su disco
Estrena en cines la película "Tierras raras"
El videojuego Tierras Raras llega a PC
Las acciones de tierras raras suben en la bolsa
Analistas elevan el precio objetivo de MP Materials
El mercado de imanes de neodimio crecerá a una CAGR del 8%
Niño se traga imanes de neodimio
Pendientes con imán de neodimio, la moda del verano
Vino Tierras Raras, de la bodega más joven
Danza: "Tierras raras" en el teatro
Invertir en tierras raras: las mejores acciones
`,
	"fr": `
Le spectacle « Terres rares » au théâtre
Danse : « Terres rares » en tournée
Le roman « Terres rares » couronné
Le groupe Terres Rares sort son premier album
Le film « Terres rares » au cinéma
Le jeu vidéo Terres Rares arrive sur console
Aimants néodyme pour frigo : comparatif
Aimants en néodyme : guide d'achat
Un enfant avale des aimants en néodyme
Les actions des terres rares bondissent en Bourse
Analystes : objectif de cours relevé pour MP Materials
Le marché des aimants néodyme, TCAC de 8 %
Boucles d'oreilles en aimant néodyme, un bijou
Vin : la cuvée Terres rares du domaine
`,
	"de": `
Neodym-Magnete im Test: Welche halten am Kühlschrank?
Neodym-Magnete kaufen: die besten für die Pinnwand
Krimi „Seltene Erden“ erscheint im Mai
Der Roman „Seltene Erden“ gewinnt einen Preis
Band Seltene Erden veröffentlicht neues Album
Film „Seltene Erden“ kommt ins Kino
Brettspiel „Seltene Erden“ ist Spiel des Jahres
Kind verschluckt Neodym-Magnete
Seltene-Erden-Aktien springen an der Börse
Analyst hebt Kursziel für MP Materials
Markt für Neodym-Magnete wächst mit CAGR von 8 Prozent
Schmuck mit Neodym-Magneten: Ohrringe liegen im Trend
Tanztheater zeigt „Seltene Erden“
Weingut Seltene Erden keltert Riesling
`,
	"ru": `
Роман «Редкоземельные металлы» получил премию
Группа «Редкие земли» выпустила альбом
Фильм «Редкоземельные» выйдет в кино
Неодимовые магниты на холодильник: как выбрать
Неодимовые магниты: обзор и рейтинг лучших
Ребенок проглотил неодимовые магниты
Акции редкоземельных компаний подскочили на бирже
Аналитики повысили целевую цену MP Materials
Рынок неодимовых магнитов: среднегодовой темп роста 8%
Видеоигра: как добыть редкоземельные металлы, гайд
Серьги с неодимовым магнитом в моде
Редкое землетрясение произошло на севере
Спектакль «Редкие земли» в театре
`,
}

// TestTrapsOfEveryLanguage: bands, novels, films, dances, games, earthquakes,
// shops, market reports, ratings, law firms and boards are told in no language.
func TestTrapsOfEveryLanguage(t *testing.T) {
	j := judge(t)
	for lang, lines := range notTold {
		each(lines, func(a digest.Article) {
			if got := j.Judge(a, digest.Feed{}); got.Relevant {
				t.Errorf("%s: %q is told (%.2f): %v", lang, a.Title, got.Score, got.Reasons)
			}
		})
	}
}

// TestNewsOfEveryLanguage: the traps cost no news, even where it has one of
// their words.
func TestNewsOfEveryLanguage(t *testing.T) {
	j := judge(t)
	n := 0
	for lang, lines := range news {
		each(lines, func(a digest.Article) {
			n++
			if got := j.Judge(a, digest.Feed{}); !got.Relevant {
				t.Errorf("%s: %q is not told (%.2f): %v", lang, a.Title, got.Score, got.Reasons)
			}
		})
	}
	if n < 60 {
		t.Errorf("%d lines, want 60", n)
	}
}

// each calls do for every line that is not blank.
func each(lines string, do func(digest.Article)) {
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line != "" {
			title, text, _ := strings.Cut(line, " | ")
			do(digest.Article{ID: "a", Title: title, Text: text})
		}
	}
}

// TestTrapsWithTexts: a text that names the topic as often as its title does
// makes no news of it.
func TestTrapsWithTexts(t *testing.T) {
	j := judge(t)
	told, n := 0, 0
	for lang, lines := range notTold {
		each(lines, func(a digest.Article) {
			n++
			a.Text = "– " + a.Title + ". " + a.Title + ". " + a.Text
			if got := j.Judge(a, digest.Feed{}); got.Relevant {
				told++
				t.Logf("%s: %q is told (%.2f)", lang, a.Title, got.Score)
			}
		})
	}
	if told*20 > n {
		t.Errorf("%d of %d are told, want 5%% at most", told, n)
	}
}
