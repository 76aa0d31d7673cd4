package collect

import (
	"cmp"
	"encoding/base64"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// Canonical is the one spelling of an article's address that all its copies
// share: https, lower case, without "www." and "m.", tracking parameters, AMP
// and print variants, default file names and trailing slashes. It is a key,
// not a place to send a reader to. It never names another host than the
// address itself, or the one that a known wrapper carries inside it, and the
// canonical form of a canonical form is itself. What is no web address comes
// back trimmed.
func Canonical(raw string) string {
	out := cleanAddress(raw)
	// One spelling may uncover another (an AMP page of a print page).
	for range 8 {
		next := canonicalOnce(out)
		if next == out {
			break
		}
		out = next
	}
	return out
}

func canonicalOnce(raw string) string {
	raw = unwrap(raw)
	u, err := url.Parse(raw)
	// An IPv6 zone ("%eth0") names a network card of ours and no host of anybody's.
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || strings.ContainsAny(u.Hostname(), "% ") {
		return raw
	}
	host, ok := canonicalHost(u)
	if !ok {
		return raw
	}
	path := canonicalPath(u)
	query := canonicalQuery(host, u.RawQuery)
	out := "https://" + host + path
	if query != "" {
		out += "?" + query
	}
	// "#!" and "#/" are addresses inside a page made by scripts.
	if f := u.EscapedFragment(); strings.HasPrefix(f, "!") || strings.HasPrefix(f, "/") && len(f) > 1 {
		out += "#" + f
	}
	return out
}

// cleanAddress repairs what people paste: spaces around and within, line
// breaks, a missing scheme after "//", stray percent signs.
func cleanAddress(raw string) string {
	raw = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(raw, "")))
	if strings.HasPrefix(raw, "//") {
		raw = "https:" + raw
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == ' ':
			b.WriteString("%20")
		case c == '%' && (i+2 >= len(raw) || !isHex(raw[i+1]) || !isHex(raw[i+2])):
			b.WriteString("%25")
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func canonicalHost(u *url.URL) (string, bool) {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if !hostName(host) {
		return "", false
	}
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	for _, p := range []string{"www.", "m.", "mobile.", "amp.", "wap."} {
		if rest, ok := strings.CutPrefix(host, p); ok && strings.Contains(rest, ".") && rest[0] != '.' {
			host = rest
			break
		}
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return host, true
}

// hostName says whether a host can be one: labels of letters, digits and
// hyphens in any script, or an address.
func hostName(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 200 {
			return false
		}
		for _, r := range label {
			if r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
				return false
			}
		}
	}
	return true
}

// twins are ends of a path that show the same article in another dress.
var twins = map[string]bool{"amp": true, "print": true, "printable": true, "index.html": true, "index.htm": true, "index.php": true, "default.aspx": true, "index.amp.html": true}

func canonicalPath(u *url.URL) string {
	path := u.EscapedPath()
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	var kept []string
	for seg := range strings.SplitSeq(path, "/") {
		switch seg {
		case "", ".":
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, normalSegment(seg))
		}
	}
	for len(kept) > 0 && twins[strings.ToLower(kept[len(kept)-1])] && (len(kept) > 1 || strings.Contains(kept[0], ".")) {
		kept = kept[:len(kept)-1]
	}
	if n := len(kept); n > 0 {
		last := kept[n-1]
		for _, end := range []string{".amp.html", ".amp"} {
			if base, ok := strings.CutSuffix(last, end); ok && base != "" {
				kept[n-1] = base
				if end == ".amp.html" {
					kept[n-1] += ".html"
				}
				break
			}
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return "/" + strings.Join(kept, "/")
}

// normalSegment spells percent escapes one way (RFC 3986 §6.2.2).
func normalSegment(seg string) string {
	plain, err := url.PathUnescape(seg)
	if err != nil || plain == "." || plain == ".." || plain == "" {
		return seg
	}
	return url.PathEscape(plain)
}

func canonicalQuery(host, raw string) string {
	type pair struct{ key, value string }
	var kept []pair
	for part := range strings.SplitSeq(raw, "&") {
		key, value, _ := strings.Cut(part, "=")
		k, err1 := url.QueryUnescape(key)
		v, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			k, v = key, value
		}
		if k == "" || tracking(k, v) || host == "news.google.com" && readWhere[k] {
			continue
		}
		kept = append(kept, pair{k, v})
	}
	slices.SortStableFunc(kept, func(a, b pair) int { return cmp.Compare(a.key, b.key) })
	parts := make([]string, len(kept))
	for i, p := range kept {
		parts[i] = url.QueryEscape(p.key)
		if p.value != "" {
			parts[i] += "=" + url.QueryEscape(p.value)
		}
	}
	return strings.Join(parts, "&")
}

// tracking says whether a parameter tells where the reader came from, or asks
// for another dress of the page, and not which article it is.
func tracking(key, value string) bool {
	k := strings.ToLower(key)
	for _, p := range []string{"utm_", "utm-", "mtm_", "pk_", "piwik_", "hsa_", "at_", "ns_", "oly_", "vero_", "mkt_", "sc_", "_hs", "trk", "fb_", "ga_", "itm_", "wt_", "wt.", "__twitter", "guce_", "guc_"} {
		if strings.HasPrefix(k, p) {
			return true
		}
	}
	switch k {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
		"igsh", "li_fat_id", "mc_cid", "mc_eid", "ml_subscriber", "ml_subscriber_hash", "cmpid", "cmp", "ncid", "ocid",
		"icid", "ito", "spm", "rss", "xtor", "smid", "smtyp", "s_cid", "s_kwcid", "ftag", "taid", "partner",
		"feedtype", "feedname", "feed", "guccounter", "ref_src", "ref_url", "_ga", "_gl", "_openstat", "zanpid",
		"wickedid", "amp", "amp_js_v", "amp_gsa", "usqp", "outputtype", "ampcf", "soc_src", "soc_trk", "sref",
		"src_cmp", "cid_source", "traffic_source", "shareid", "sharetoken", "share_from", "nr_email_referer":
		return true
	case "ref", "source", "via", "from", "medium", "campaign", "cmp_id", "sr_share", "share":
		// Words, not numbers: "?source=rss" against "?source=12345".
		return value == "" || strings.IndexFunc(value, func(r rune) bool { return r >= '0' && r <= '9' }) < 0
	case "print", "printable", "mobile":
		return value == "" || value == "1" || strings.EqualFold(value, "true") || strings.EqualFold(value, "yes") || strings.EqualFold(value, "y")
	case "view":
		return strings.EqualFold(value, "print") || strings.EqualFold(value, "amp") || strings.EqualFold(value, "mobile")
	}
	return false
}

// readWhere are Google News' parameters for the country and language that a
// link was shown in.
var readWhere = map[string]bool{"oc": true, "hl": true, "gl": true, "ceid": true}

// unwrap takes the publisher's address out of a distributor's, where it stands
// in it: Google Alerts, AMP caches, Bing News, old Google News.
func unwrap(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	inner := ""
	switch {
	case host == "news.google.com":
		return googleNews(u, raw)
	case strings.HasPrefix(host, "google.") && u.Path == "/url":
		inner = cmp.Or(u.Query().Get("url"), u.Query().Get("q"))
	case strings.HasPrefix(host, "google.") && strings.HasPrefix(u.Path, "/amp/"):
		inner = cacheAddress(strings.TrimPrefix(u.EscapedPath(), "/amp/"))
	case strings.HasSuffix(host, ".cdn.ampproject.org"):
		_, rest, _ := strings.Cut(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
		inner = cacheAddress(rest)
	case host == "bing.com" && strings.HasPrefix(u.Path, "/news/apiclick"):
		inner = u.Query().Get("url")
	case host == "l.facebook.com" && u.Path == "/l.php":
		inner = u.Query().Get("u")
	}
	if inner = webAddress(inner); inner == "" {
		return raw
	}
	return inner
}

// cacheAddress reads "s/host/path" (https) and "host/path" of an AMP cache.
func cacheAddress(rest string) string {
	scheme := "http://"
	if r, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https://", r
	}
	if !strings.Contains(rest, ".") {
		return ""
	}
	return scheme + rest
}

// googleNews unwraps links of before 2024, whose code holds the address in
// clear; newer ones cannot be unwrapped without asking Google.
func googleNews(u *url.URL, raw string) string {
	_, code, ok := strings.Cut(u.Path, "/articles/")
	if !ok {
		return raw
	}
	code, _, _ = strings.Cut(code, "/")
	if data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(code, "=")); err == nil {
		if inner := googleInner(string(data)); inner != "" {
			return inner
		}
	}
	return raw
}

// googleInner finds the first address in a decoded code: a length byte or
// two, then the address.
func googleInner(data string) string {
	i := strings.Index(data, "http")
	if i < 1 || i > 8 {
		return ""
	}
	end := strings.IndexFunc(data[i:], func(r rune) bool { return r <= ' ' || r >= 0x7f })
	if end < 0 {
		end = len(data) - i
	}
	return webAddress(data[i : i+end])
}
