package edition

import (
	"net/url"
	"strings"

	"reedaily/digest"
)

// document is a publisher of documents, not of news about them.
type document struct {
	name  string  // "asx.com.au" is the host and those below; ".gov" any such ending; "investors." any such beginning
	value float64 // 1 for public bodies and exchanges, less for what a company says of itself
}

// documents are known by the host of an article's address, or of its outlet
// where an aggregator names it so.
var documents = []document{
	{".gov", 1},
	{".gov.au", 1},
	{".gov.uk", 1},
	{".gov.cn", 1},
	{".gov.br", 1},
	{".gov.in", 1},
	{".gov.za", 1},
	{".gov.vn", 1},
	{".go.jp", 1},
	{".go.kr", 1},
	{".gc.ca", 1},
	{".mil", 1},
	{"europa.eu", 1},
	{"asx.com.au", 1},
	{"hkexnews.hk", 1},
	{"sse.com.cn", 1},
	{"szse.cn", 1},
	{"cninfo.com.cn", 1},
	{"sedarplus.ca", 1},
	{"londonstockexchange.com", 1},
	{"dart.fss.or.kr", 1},
	{"businesswire.com", 0.3},
	{"globenewswire.com", 0.3},
	{"prnewswire.com", 0.3},
	{"prnewswire.co.uk", 0.3},
	{"accessnewswire.com", 0.3},
	{"newsfilecorp.com", 0.3},
	{"investors.", 0.3},
	{"investor.", 0.3},
	{"ir.", 0.3},
}

// documentNames are the same where only a name is known.
var documentNames = []document{
	{".gov", 1},
	{"federal register", 1},
	{"ministry of", 1},
	{"department of", 1},
	{"european commission", 1},
	{"商务部", 1},
	{"工信部", 1},
	{"business wire", 0.3},
	{"globenewswire", 0.3},
	{"pr newswire", 0.3},
	{"access newswire", 0.3},
	{"newsfile", 0.3},
}

// primary finds the best document among a story's own reports: where it is
// from, and 0 where there is none.
func primary(articles []digest.Candidate) (where string, value float64) {
	for _, c := range articles {
		for _, host := range hosts(c.Article) {
			for _, d := range documents {
				if d.value > value && d.host(host) {
					where, value = host, d.value
				}
			}
		}
		name := strings.ToLower(c.Article.Source)
		for _, d := range documentNames {
			if d.value > value && strings.Contains(name, d.name) {
				where, value = c.Article.Source, d.value
			}
		}
	}
	return where, value
}

func (d document) host(host string) bool {
	switch {
	case strings.HasPrefix(d.name, "."):
		return strings.HasSuffix(host, d.name)
	case strings.HasSuffix(d.name, "."):
		return strings.HasPrefix(host, d.name)
	}
	return host == d.name || strings.HasSuffix(host, "."+d.name)
}

// hosts are where an article stands: its address, and its outlet where that
// reads like a host.
func hosts(a digest.Article) []string {
	var found []string
	if u, err := url.Parse(a.URL); err == nil && u.Hostname() != "" {
		found = append(found, strings.ToLower(u.Hostname()))
	}
	if s := strings.ToLower(a.Source); strings.Contains(s, ".") && !strings.Contains(s, " ") {
		found = append(found, s)
	}
	return found
}
