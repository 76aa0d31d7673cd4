package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestArticlesAreTheSameAtEveryVisit: announcements that share a link are an
// article each, with ids or without; a story whose address, date or id is never
// the same is one; a daily with one title and id is an article a day.
func TestArticlesAreTheSameAtEveryVisit(t *testing.T) {
	var visits atomic.Int32
	day := time.Date(2026, 2, 10, 6, 0, 0, 0, time.UTC)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(visits.Add(1)-1) / 14
		var items strings.Builder
		switch r.URL.Path {
		case "/exchange":
			for i, word := range []string{"Board", "Report", "Halt", "Merger", "Drilling", "Offer", "Output", "Grant", "Delay"}[3*n : 3*n+3] {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://x.example/announcements</link><guid isPermaLink="false">n%d</guid></item>`, word, 3*n+i)
			}
		case "/sessions":
			fmt.Fprintf(&items, `<item><title>Quarry opens</title><link>https://s.example/a?sid=%d</link><guid>https://s.example/?p=1</guid></item>`, n)
			fmt.Fprintf(&items, `<item><title>Magnets get dear</title><link>https://s.example/b;jsessionid=%d</link></item>`, n)
		case "/notices":
			for _, word := range []string{"Export licence for terbium", "Export licence for dysprosium", "The new spokesman"}[n:] {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://n.example/notices</link><pubDate>%s</pubDate></item>`, word, day.Add(time.Duration(len(word))*time.Hour).Format(time.RFC1123Z))
			}
		case "/same": // the guid is the link, which is that of all
			for i, word := range []string{"Export licence for terbium", "Quarry opens", "The new spokesman", "Offers wanted", "Drilling goes on"}[n : n+3] {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://l.example/list</link><guid>https://l.example/list</guid><pubDate>%s</pubDate><description>%[1]s, says the firm.</description></item>`,
					word, day.Add(time.Duration(n+i)*12*time.Hour).Format(time.RFC1123Z))
			}
		case "/constant": // one id and one link for all
			for _, word := range []string{"Export licence for terbium", "Quarry opens", "The new spokesman", "Offers wanted", "Drilling goes on"}[n : n+3] {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://c.example/list</link><guid isPermaLink="false">c</guid></item>`, word)
			}
		case "/grows": // a first notice that others join
			for _, word := range []string{"Quarry opens", "Drilling goes on"}[:1+n/2] {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://g.example/list</link></item>`, word)
			}
		case "/random": // the same with ids that are never the same
			for i, word := range []string{"Quarry opens", "Drilling goes on"}[:1+n/2] {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://r.example/list</link><guid isPermaLink="false">r%d%d</guid></item>`, word, n, i)
			}
		case "/edits": // pages of their own, one with a headline and date that change, and twice
			for _, word := range []string{"One", "Two", "Three"} {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://e.example/%[1]s</link><guid>https://e.example/%[1]s</guid></item>`, word)
			}
			for i := range 2 {
				fmt.Fprintf(&items, `<item><title>Fire in Baotou, %s: death toll rises to %d</title><link>https://e.example/fire</link><guid>https://e.example/fire</guid><pubDate>%s</pubDate></item>`,
					[]string{"update", "the mayor speaks", "what we know"}[n], 3+n+i, day.AddDate(0, 0, n).Format(time.RFC1123Z))
			}
		case "/small": // a few pages, one twice with a new headline
			for _, word := range []string{"Quarry opens", "Miners rejoice at last"} {
				fmt.Fprintf(&items, `<item><title>%s</title><link>https://m.example/a</link><description>It opens in the north.</description></item>`, word)
			}
			fmt.Fprint(&items, `<item><title>Magnets get dear</title><link>https://m.example/b</link></item>`)
		case "/form": // notices with one title, each with an id
			for i := range n + 2 {
				fmt.Fprintf(&items, `<item><title>Notice to holders</title><link>https://f.example/list</link><guid isPermaLink="false">f%d</guid><pubDate>%s</pubDate></item>`,
					i, day.AddDate(0, 0, i).Format(time.RFC1123Z))
			}
		case "/near": // near titles on one list, with one id
			for i, word := range []string{"dysprosium", "terbium"}[:1+(n+1)/2] {
				fmt.Fprintf(&items, `<item><title>Ministry announces decision on %s</title><link>https://w.example/list</link><guid isPermaLink="false">w</guid><description>%s</description></item>`,
					word, []string{"Licences are needed from March, it says.", "Quotas double for six firms in Jiangxi."}[i])
			}
		case "/dated":
			fmt.Fprintf(&items, `<item><title>Quarry opens</title><link>https://d.example/a</link><guid isPermaLink="false">d%d</guid>
				<description>It opens.</description><pubDate>%s</pubDate></item>`, n, day.AddDate(0, 0, n).Format(time.RFC1123Z))
		case "/daily":
			fmt.Fprintf(&items, `<item><title>Prices today</title><link>https://p.example/day-%c</link><guid isPermaLink="false">prices</guid>
				<description>NdPr %d, Dy %d</description></item>`, 'a'+rune(n), 80+n, 212-n)
		case "/slugs":
			fmt.Fprintf(&items, `<item><title>Quarry %s in the north</title><link>https://u.example/%d</link><guid>https://u.example/0</guid></item>`, [3]string{"opens", "opened", "is open"}[n], n)
		}
		_, _ = fmt.Fprintf(w, `<rss><channel><title>T</title>%s</channel></rss>`, items.String())
	}))
	defer srv.Close()
	w := newWorld(t, strings.ReplaceAll(`
database: DIR/test.db
collect: {workers: 1, allow_private: [127.0.0.0/8], per_host: {gap: 0s}}
feeds:
  - {name: Exchange, url: "SRV/exchange"}
  - {name: Sessions, url: "SRV/sessions"}
  - {name: Slugs, url: "SRV/slugs"}
  - {name: Notices, url: "SRV/notices"}
  - {name: Same, url: "SRV/same"}
  - {name: Constant, url: "SRV/constant"}
  - {name: Grows, url: "SRV/grows"}
  - {name: Random, url: "SRV/random"}
  - {name: Edits, url: "SRV/edits"}
  - {name: Near, url: "SRV/near"}
  - {name: Small, url: "SRV/small"}
  - {name: Form, url: "SRV/form"}
  - {name: Dated, url: "SRV/dated"}
  - {name: Daily, url: "SRV/daily"}
`, "SRV", srv.URL))
	for range 3 {
		w.must("collect")
		w.clock.turn(w.clock.now().Add(4 * time.Hour))
	}
	list := w.must("feeds", "list")
	for name, articles := range map[string]int{"Exchange": 9, "Sessions": 2, "Slugs": 1, "Notices": 3, "Edits": 4, "Small": 2, "Form": 4, "Near": 2, "Same": 5, "Constant": 5, "Grows": 2, "Random": 2, "Dated": 1, "Daily": 3} {
		if !regexp.MustCompile(fmt.Sprintf(`(?m)^%s .* %d +0 of %[2]d +0 of 3$`, name, articles)).MatchString(list) {
			t.Errorf("%s has not %d articles:\n%s", name, articles, list)
		}
	}
}
