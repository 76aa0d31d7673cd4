package highlight

import "testing"

// TestPagesInTenLanguages: what a page says about itself is never quoted, news that
// uses the same words is.
func TestPagesInTenLanguages(t *testing.T) {
	for text, want := range map[string]bool{
		"本文不构成投资建议。": true, "免责声明：以上内容仅供参考。": true, "扫描二维码关注我们的公众号。": true, "点击查看更多稀土资讯。": true, "未经授权不得转载，转载请注明出处。": true, "本報導不構成任何投資建議。": true,
		"기사를 더 보려면 클릭하세요.": true, "구독과 좋아요 부탁드립니다.": true, "뉴스레터를 구독 신청하세요.": true, "투자 판단의 최종 책임은 본인에게 있습니다.": true,
		"この記事は会員限定です。": true, "メールマガジン登録はこちら。": true, "続きを読むにはログインしてください。": true, "投資の勧誘を目的としたものではありません。": true,
		"Suscríbase a nuestro boletín.": true, "Haga clic aquí para leer más noticias.": true, "Lea también: el precio del neodimio sube.": true, "Todos los derechos reservados.": true,
		"Clique aqui para receber notícias.": true, "Assine a nossa newsletter semanal.": true, "Leia também: o preço do neodímio sobe.": true, "Siga-nos no Instagram e no WhatsApp.": true,
		"Подпишитесь на наш канал в Telegram.": true, "Читайте также: цены на неодим растут.": true, "Не является индивидуальной инвестиционной рекомендацией.": true,
		"Lire aussi : le prix du néodyme monte.": true, "Abonnez-vous à notre newsletter.": true, "Article réservé aux abonnés du journal.": true,
		"Xem thêm: giá đất hiếm tăng mạnh.": true, "Nhấn vào đây để nhận bản tin.": true, "Thông tin chỉ mang tính chất tham khảo.": true,
		"Lesen Sie auch: Der Preis steigt weiter.": true, "Abonnieren Sie unseren Newsletter.": true, "Dies ist keine Anlageberatung der Bank.": true,
		"Recommended stories: 5 stocks.": true, "Forward-looking statements involve risks.": true, "This article does not constitute investment advice.": true,

		"商务部发布声明，称出口管制不针对任何国家。": false, "公司关注稀土价格的变化。": false, "该公司提醒投资者，产量将下降。": false, "记者在包头看到新的工厂。": false, "新闻发言人说推荐两国合作。": false,
		"정부는 희토류 구독 서비스를 시작했다.": false, "회사는 투자를 결정했다고 밝혔다.": false, "기자들은 공장을 둘러봤다.": false,
		"会員企業は磁石の供給を増やす。": false, "編集された鉱石データが公開された。": false, "政府はレアアースへの投資を判断した。": false,
		"La empresa recibe noticias de la mina.": false, "El Gobierno sigue el plan de la mina.": false, "A mina recebe investimento de 20 milhões.": false, "Siga Minerals abre uma mina no Brasil.": false,
		"Компания подписала договор на поставку магнитов.": false, "Источник сообщил, что завод откроется в мае.": false,
		"L'entreprise lit le marché et voit une hausse.": false, "Công ty theo dõi giá đất hiếm tại thị trường.": false, "Die Anzeige gegen den Betreiber liegt vor.": false,
		"Members only agreed on a quota of 20 tonnes.": false, "Learning about magnets takes the firm a year.": false, "The firm gave no financial advice to the mine.": false,
		"More news of the mine came on Monday.": false, "Follow-up drilling found neodymium at depth.": false,
	} {
		if got := isJunk(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
