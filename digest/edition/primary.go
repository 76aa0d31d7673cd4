package edition

import (
	"net/url"
	"strings"

	"reedaily/digest"
)

// primaryHosts publish documents, not news of them: governments, exchanges and
// the wires on which companies must announce.
var primaryHosts = []string{
	".gov", ".gov.au", ".gov.uk", ".gov.cn", ".gov.br", ".gov.in", ".go.jp", ".go.kr", ".gc.ca", ".mil", "europa.eu",
	"asx.com.au", "hkexnews.hk", "sse.com.cn", "szse.cn", "cninfo.com.cn", "sedarplus.ca", "londonstockexchange.com", "dart.fss.or.kr",
	"businesswire.com", "globenewswire.com", "prnewswire.com", "accessnewswire.com", "newsfilecorp.com", "rns-pdf.londonstockexchange.com",
}

// primaryNames are the same as an aggregator names them.
var primaryNames = []string{
	"business wire", "globenewswire", "pr newswire", "access newswire", "accessnewswire", "newsfile", "(.gov)",
	"nist.gov", "federal register", "asx announcement", "商务部", "工信部", "ministry of", "department of",
}

// commentWords begin headlines that weigh news instead of telling some.
var commentWords = []string{
	"opinion", "analysis", "comment", "column", "editorial", "why ", "how ", "what ", "can ", "could ", "will ", "is ", "are ", "should ",
	"explainer", "explained", "podcast", "video", "interview", "评论", "社论", "社評", "[기고]", "[사설]", "[칼럼]",
}

// primary finds a primary document among a story's own reports and says where
// it is from.
func primary(articles []digest.Candidate) (string, bool) {
	for _, c := range articles {
		name := strings.ToLower(c.Article.Source)
		for _, p := range primaryNames {
			if strings.Contains(name, p) {
				return c.Article.Source, true
			}
		}
		u, err := url.Parse(c.Article.URL)
		if err != nil {
			continue
		}
		host := strings.ToLower(u.Hostname())
		for _, p := range primaryHosts {
			if strings.HasPrefix(p, ".") && strings.HasSuffix(host, p) || host == p || strings.HasSuffix(host, "."+p) {
				return host, true
			}
		}
	}
	return "", false
}

// comment says that a story is nothing but comment, and by which word of the
// lead's headline.
func comment(articles []digest.Candidate) (string, bool) {
	for _, c := range articles {
		if _, ok := commentWord(c.Article.Title); !ok {
			return "", false
		}
	}
	return commentWord(articles[0].Article.Title)
}

func commentWord(title string) (string, bool) {
	t := strings.ToLower(strings.TrimSpace(title))
	for _, w := range commentWords {
		if strings.HasPrefix(t, w) {
			return strings.TrimSpace(w), true
		}
	}
	if strings.HasSuffix(t, "?") || strings.HasSuffix(t, "？") {
		return "?", true
	}
	return "", false
}
