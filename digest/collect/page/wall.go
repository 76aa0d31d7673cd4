package page

import (
	"strings"
	"unicode/utf8"

	"reedaily/digest/collect/plain"
)

// wallWords are what pages say that stand before an article or in its place,
// in the languages of our feeds. Each is too exact for an article to say by
// chance where it begins or ends; what says the same in other words has none of
// the article's own words, which the collector asks for.
var wallWords = []string{
	// consent
	"before you continue", "we value your privacy", "we care about your privacy", "store and/or access information on a device",
	"wir und unsere partner", "mit werbung weiterlesen", "akzeptieren und weiter", "ihre einwilligung",
	"nous et nos partenaires", "continuer sans accepter", "nosotros y nuestros socios", "aceptar y continuar", "noi e i nostri partner",
	"nós e nossos parceiros", "wij en onze partners", "我们重视您的隐私", "我們重視您的隱私", "クッキーの使用に同意", "쿠키 사용에 동의",
	// checks for robots
	"verify you are human", "verifying you are human", "confirm you are a human", "confirm you are human", "are you a robot",
	"press & hold", "checking your browser", "just a moment", "attention required", "unusual traffic", "enable js and disable",
	"enable javascript and cookies to continue", "please enable javascript", "please enable cookies", "javascript is disabled",
	"bitte aktivieren sie javascript", "kein roboter", "veuillez activer javascript", "pas un robot", "vérification que vous êtes humain",
	"por favor, active javascript", "no soy un robot", "no eres un robot", "non sono un robot", "não sou um robô", "включите javascript", "вы не робот",
	"请启用javascript", "请启用 javascript", "安全验证", "请完成验证", "我不是机器人", "javascriptを有効に", "ロボットではありません",
	"자바스크립트를 활성화", "로봇이 아닙니다", "자동입력 방지",
	// refusals
	"access denied", "403 forbidden", "not available in your region", "not available in your country", "unavailable for legal reasons",
	"in ihrer region nicht verfügbar", "pas disponible dans votre région", "no está disponible en su región", "您所在的地区", "お住まいの地域では", "해당 지역에서는",
	// gone
	"page you are looking for", "page you requested", "page not found", "page cannot be found", "page can't be found", "page could not be found",
	"seite nicht gefunden", "seite wurde nicht gefunden", "seite existiert nicht", "page introuvable", "page demandée n'existe", "page non trouvée",
	"página no encontrada", "página no existe", "página não encontrada", "pagina non trovata", "pagina niet gevonden", "страница не найдена",
	"页面不存在", "页面未找到", "找不到该页面", "您访问的页面", "頁面不存在", "找不到網頁", "ページが見つかりません", "お探しのページ", "페이지를 찾을 수 없", "존재하지 않는 페이지",
	// for subscribers
	"subscribe to read", "subscribe to continue", "subscribe to unlock", "to continue reading", "to keep reading", "for the first four weeks",
	"this content is for subscribers", "for subscribers only", "log in to continue", "sign in to continue", "already a subscriber",
	"you have reached your limit", "reached your article limit", "jetzt weiterlesen mit", "nur für abonnenten", "weiterlesen mit", "jetzt abonnieren und",
	"réservé aux abonnés", "abonnez-vous pour lire", "contenido exclusivo para suscriptores", "suscríbete para", "para seguir leyendo",
	"riservato agli abbonati", "per continuare a leggere", "exclusivo para assinantes", "для подписчиков", "订阅后继续阅读", "登录后阅读", "仅限订阅用户", "訂閱後",
	"有料会員", "会員限定", "この記事は会員", "続きを読むには", "구독자 전용", "로그인 후", "유료 회원",
}

// Bounds of a wall, in runes.
const (
	maxWall   = 1200 // the longest text that can be a wall's and no article's
	maxTeaser = 2000 // the same of a page that says that it is for subscribers
	wallEdge  = 400  // how much of its beginning and end is looked at
)

// wall says whether a page shows a wall in place of an article, or below its
// first lines.
func wall(a Article) bool {
	n := utf8.RuneCountInString(a.Text)
	if a.Paid && n <= maxTeaser {
		return true
	}
	if n > maxWall {
		return false
	}
	text := strings.ToLower(strings.ReplaceAll(a.Text, "’", "'"))
	edges := strings.ToLower(a.Title) + "\n" + plain.Cut(text, wallEdge) + "\n" + lastRunes(text, wallEdge)
	for _, w := range wallWords {
		if strings.Contains(edges, w) {
			return true
		}
	}
	return false
}

// lastRunes are the last n runes of s.
func lastRunes(s string, n int) string {
	at := len(s)
	for range n {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}
