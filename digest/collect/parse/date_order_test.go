package parse

import (
	"strings"
	"testing"
	"time"
)

// TestDatesBetweenSlashes: the feed's other dates tell which number is the
// month, else days in a row, else its language.
func TestDatesBetweenSlashes(t *testing.T) {
	for _, c := range []struct {
		name, lang string
		dates      []string
		want       string // of the first date
	}{
		{"no word", "", []string{"05/11/2026"}, "2026-05-11"},
		{"English", "en", []string{"05/11/2026"}, "2026-05-11"},
		{"of the USA", "en-US", []string{"05/11/2026"}, "2026-05-11"},
		{"of Britain", "en-gb", []string{"05/11/2026 10:00"}, "2026-11-05"},
		{"French", "fr", []string{"05/11/2026"}, "2026-11-05"},
		{"Portuguese, with an underscore", "pt_BR", []string{"05/11/26"}, "2026-11-05"},
		{"Tuesday in Spanish", "es", []string{"mar, 10/11/2026 09:00"}, "2026-11-10"},
		{"Chinese", "zh-Hans-CN", []string{"05/11/2026"}, "2026-05-11"},
		{"one reading", "fr", []string{"13/11/2026"}, "2026-11-13"},
		{"day first by another date", "en-US", []string{"05/11/2026", "13/11/2026"}, "2026-11-05"},
		{"month first by another date", "fr", []string{"05/11/2026", "05/28/2026"}, "2026-05-11"},
		{"both: the language", "fr", []string{"05/11/2026", "05/28/2026", "28/05/2026"}, "2026-11-05"},
		{"days in a row", "", []string{"03/11/2026", "04/11/2026", "05/11/2026"}, "2026-11-03"},
		{"days in a row behind the month", "de", []string{"11/03/2026", "11/04/2026", "11/05/2026"}, "2026-11-03"},
		{"one day of each month", "en-us", []string{"11/01/2026", "10/01/2026", "09/01/2026", "08/01/2026"}, "2026-11-01"},
		{"one day of each month, the day first", "fr-FR", []string{"01/11/2026", "01/10/2026", "01/09/2026"}, "2026-11-01"},
		{"days in a row of a region", "en-GB", []string{"03/11/2026", "04/11/2026", "05/11/2026"}, "2026-11-03"},
		{"the year first", "fr", []string{"2026/05/11"}, "2026-05-11"},
		{"a dash", "", []string{"05-11-2026"}, "2026-11-05"},
	} {
		feeds := map[string]string{}
		var rss, json, lang strings.Builder
		for _, d := range c.dates {
			rss.WriteString("<item><title>a</title><pubDate>" + d + "</pubDate></item>")
			json.WriteString(`,{"id":"` + d + `","date_published":"` + d + `"}`)
		}
		if c.lang != "" {
			lang.WriteString("<language>" + c.lang + "</language>")
		}
		feeds["RSS"] = "<rss><channel>" + lang.String() + rss.String() + "</channel></rss>"
		feeds["its language last"] = "<rss><channel>" + rss.String() + lang.String() + "</channel></rss>"
		feeds["Atom"] = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="` + c.lang + `">` +
			strings.NewReplacer("item>", "entry>", "pubDate>", "published>").Replace(rss.String()) + "</feed>"
		feeds["JSON"] = `{"language":"` + c.lang + `","items":[` + json.String()[1:] + "]}"
		for kind, doc := range feeds {
			f, err := Parse([]byte(doc), Source{})
			if err != nil || len(f.Items) != len(c.dates) || f.Items[0].Published.Format(time.DateOnly) != c.want {
				t.Errorf("%s, %s: %+v, %v, want %s", c.name, kind, f.Items, err, c.want)
			}
		}
	}
}
