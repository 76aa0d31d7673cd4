package relevance

import (
	"testing"

	"reedaily/digest"
)

// otherSenses is, by language, the topic's words said of something else:
// isotopes that date rocks, lasers, the planet, places and people of the name,
// what is as rare as they are, exhibitions.
var otherSenses = map[string]string{
	"en": `
Samarium-Neodymium dating of Archean rocks
Neodymium isotopes trace an ancient ocean
Neodymium-doped YAG laser removes tattoos
Thulium fiber laser breaks up kidney stones
NASA spots rare Earth-crossing asteroid
MP for Lynas South wins by-election
Boat with 30 people sinks in Arafura Sea
Good goalkeepers are rarer than rare earths
Rare Earth: an exhibition of ceramics
`,
	"zh": `
内蒙古稀土高新区中学举行运动会
包头稀土高新区第一小学迎来新生
掺钕激光祛斑是否安全
钐钕同位素揭示古老岩石年龄
比稀土还珍贵的友谊
稀土：青年陶艺展开幕
`,
	"ko": `
희토류처럼 귀한 손흥민의 왼발
희토류 같은 선수, 구단이 찾는다
네오디뮴 야그 레이저로 문신 제거
사마륨-네오디뮴 연대 측정
`,
	"ja": `
レアアースのように貴重な左腕投手
ネオジム・ヤグレーザーでシミ取り
ネオジム同位体で海流を探る
写真展「レアアース」開幕
`,
	"vi": `
Tình bạn quý như đất hiếm
Laser neodim xóa xăm
Triển lãm gốm "Đất hiếm"
`,
	"pt": `
Terra rara: exposição de cerâmica
Laser de neodímio remove tatuagens
Isótopos de neodímio revelam idade das rochas
Ministro aclara as dúvidas sobre impostos
`,
	"es": `
El gobierno aclara las dudas sobre impuestos
Ministra aclara que no habrá recortes
Láser de neodimio contra tatuajes
Tierra rara: exposición de cerámica
Un barco se hunde en el mar de Arafura
`,
	"fr": `
Le laser néodyme efface les tatouages
Terre rare : exposition de céramique
Un gardien plus rare que les terres rares
`,
	"de": `
Neodym-Laser entfernt Tätowierungen
Samarium-Neodym-Datierung alter Gesteine
Seltene Erden: Keramikausstellung im Museum
Gute Torhüter sind so selten wie seltene Erden
`,
	"ru": `
Неодимовый лазер удаляет татуировки
Самарий-неодимовый метод: возраст пород
Редкие земли: выставка керамики
`,
}

// ownSense is, by language, news near those words, and of plants that says
// "heavy" and leaves out the rest.
var ownSense = map[string]string{
	"en": `
Mountain Pass restarts heavy separation
White Mesa mill starts heavy separation
Kuantan plant resumes cracking and leaching
Lynas by-election row: rare earth plant divides Kalgoorlie
Rare earth-based magnets made without dysprosium
Rare earth rise continues in Shanghai
Rare earth return to export list hits carmakers
Lutetium and terbium from one Australian rare earth mine
`,
	"zh": `
包头稀土高新区稀土永磁项目投产
稀土企业参加其中，学者呼吁其中学习国外经验
`,
	"ko": `
희토류 수급 악화가 우려된다
중국, 희토류주도 성장 전략
`,
	"ja": `
ガリウムもレアアース並みに規制、レアアース輸出も減る
`,
	"vi": `
Cần Thơ xây nhà máy nam châm đất hiếm
`,
	"pt": `
Aclara inicia obra de terras raras em Goiás
Exposição de mineração mostra terras raras de Goiás
`,
	"es": `
Aclara construirá planta de separación de tierras pesadas
Aclara recibe permiso ambiental en Penco
`,
	"de": `
Raffinerie trennt schwere Erden und Dysprosium
`,
}

func TestOtherSenses(t *testing.T) {
	j := judge(t)
	for lang, lines := range otherSenses {
		each(lines, func(a digest.Article) {
			if got := j.Judge(a, digest.Feed{}); got.Relevant {
				t.Errorf("%s: %q is told (%.2f): %v", lang, a.Title, got.Score, got.Reasons)
			}
		})
	}
	for lang, lines := range ownSense {
		each(lines, func(a digest.Article) {
			if got := j.Judge(a, digest.Feed{}); !got.Relevant {
				t.Errorf("%s: %q is not told (%.2f): %v", lang, a.Title, got.Score, got.Reasons)
			}
		})
	}
}
