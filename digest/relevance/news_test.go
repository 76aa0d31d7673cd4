package relevance

// news is, by language, what is to be told: companies, policy, prices,
// recycling; some lines have a word that elsewhere is a trap. A line is a title,
// or a title | and its text.
var news = map[string]string{
	"en": `
Rare earth price floor lifts MP Materials
The rare earth market is expected to tighten next year, Adamas says | Supply of NdPr will fall short.
Novel extraction with single-source feed: Ucore ships its first terbium
Lynas board approves A$800m plan for heavy rare earths
USA Rare Earth opens magnet line in Stillwater, shares rise
Earthquake halts rare earth mines in Myanmar
Novel process recovers neodymium from hard drives
Court throws out class action over Lynas waste
Pentagon buys a stake in MP Materials
Rare earth magnet recycler wins grant to test old hard drives
Dysprosium price climbs to a record in Rotterdam
EU adds terbium to its stockpile list
Toy makers run short as China holds back rare earth magnets
Band of rebels seizes rare earth mine in Kachin
Resource upgraded at Arafura's Nolans project
`,
	"zh": `
稀土市场早盘平稳 氧化镝报价持稳
专家深度调研包头稀土企业
厦门钨业稀土板块业绩增长两成
工信部下达2026年稀土开采总量控制指标
北方稀土一季度净利润同比增长三成
氧化镨钕价格收盘上涨 市场询盘增多
商务部：对部分稀土物项实施出口管制
包头稀土回收项目投产
金力永磁机器人电机磁组件小批量交付
缅甸地震致稀土矿停产
盛和资源收购坦桑尼亚稀土矿
稀土冶炼分离企业整顿启动
赣州打击稀土走私 查获二百吨
`,
	"zh-TW": `
中國擴大稀土出口管制 台廠憂斷鏈
經濟部：稀土庫存可撐半年
釹鐵硼回收廠動工
稀土價格連三週上漲
澳洲Lynas擴產重稀土
美日簽署稀土合作協議
`,
	"ko": `
하한가격 보장에 희토류 채굴 늘어
희토류는 게임체인저…정부, 산업 육성
희토류 공기업 민영화 논의
희토류 가격 급등세, 시장 공략 나선 호주 광산
폐냉장고 모터에서 희토류 회수
산업부, 희토류 비축 물량 두 배로 확대
중국, 희토류 수출 허가 간소화
네오디뮴 가격 3주 연속 상승
폐모터에서 희토류 회수하는 공장 준공
포스코인터, 희토류 영구자석 공급 계약
베트남 희토류 광산 개발 합작
미얀마 지진에 희토류 채굴 중단
LS전선, 미국 희토류 자석 공장 착공
`,
	"ja": `
レアアースはゲームチェンジャー、政府が支援
日越関係を格上げ、レアアース開発で協力
冷蔵庫のモーターからレアアースを回収
アナリスト「レアアースの価格は上がる」
政府、レアアース備蓄を倍増へ
中国、レアアースの輸出許可を再開
ネオジムの価格が3週連続で上昇
使用済みモーターからレアアース回収、工場が稼働
双日と国、ライナスに追加出資
信越化学、ベトナムのレアアース磁石工場を増強
ミャンマー地震でレアアース鉱山が停止
トヨタ、レアアースの使用量を半減する磁石
`,
	"vi": `
Đất hiếm có thể thành lợi thế của Việt Nam
Công ty đất hiếm gặp khó vì hạn ngạch
Mỹ và Trung Quốc: đất hiếm nước này cần, nước kia giữ
Chính phủ ban hành nghị định quản lý đất hiếm
Trung Quốc siết xuất khẩu đất hiếm
Giá đất hiếm tăng ba tuần liên tiếp
Lai Châu đấu giá mỏ đất hiếm Đông Pao
Nhà máy tái chế nam châm đất hiếm đi vào hoạt động
Động đất ở Myanmar làm các mỏ đất hiếm ngừng hoạt động
Việt Nam và Hàn Quốc hợp tác chế biến đất hiếm
`,
	"pt": `
Mercado global de terras raras fica mais apertado
Governo cria política nacional para terras raras
Serra Verde fecha contrato de venda de terras raras
Preço do disprósio bate recorde
Fábrica recicla ímãs de neodímio em Minas Gerais
China libera exportação de ímãs de terras raras
Viridis obtém licença para projeto de terras raras em Poços de Caldas
Brasil cobra mais valor agregado das terras raras
`,
	"es": `
Proyectos de tierras raras pendientes de licencia
Chile debate una ley sobre tierras raras
Aclara firma un acuerdo de suministro de tierras raras pesadas
El precio del neodimio sube por tercera semana
Planta recicla imanes de tierras raras en Valencia
China suspende los controles sobre tierras raras
España busca tierras raras en Ciudad Real
México investiga el contrabando de tierras raras
`,
	"fr": `
Marché mondial des terres rares : la Chine recule
La Commission veut stocker des terres rares
Solvay relance la séparation des terres rares à La Rochelle
Le prix du dysprosium atteint un record
Une usine recycle les aimants aux terres rares à Grenoble
Pékin assouplit ses contrôles sur les terres rares
Le groupe Carester lève 200 millions pour son usine de terres rares
Terres rares : la Bourse salue l'accord entre Paris et Tokyo
`,
	"de": `
Bundestag: erste Lesung zu Reserve für seltene Erden
Bundesregierung plant Reserve für seltene Erden
Vacuumschmelze liefert Seltenerdmagnete aus South Carolina
Preis für Dysprosium auf Rekordhoch
Recycling von Neodym-Magneten: Werk in Bitterfeld eröffnet
China erteilt Lizenzen für seltene Erden
Less Common Metals baut Anlage für seltene Erden in Frankreich
Forscher testen Verfahren: Neodym aus alten Motoren
`,
	"ru": `
Визит премьера: договор о добыче редкоземельных металлов
Правительство утвердило план по добыче редкоземельных металлов
Китай ограничил экспорт редкоземельных металлов
Цены на неодим растут третью неделю
Росатом построит завод редкоземельных магнитов в Глазове
Томторское месторождение редкоземельных металлов передадут инвестору
Переработка неодимовых магнитов: в Перми запустили линию
`,
}
