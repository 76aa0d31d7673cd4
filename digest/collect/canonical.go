package collect

import (
	"cmp"
	"encoding/base64"
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
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
	// One spelling may uncover another (an AMP page of a print page), each
	// shorter than the one before once its escapes are spelled out.
	for range len(out) + 2 {
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
	for rest := mainHost(host); rest != host; rest = mainHost(host) {
		host = rest
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return host, true
}

// mainHost takes one name of a twin off a host: "m." and the like where the
// rest is a site's own name ("amp.com.au" is one itself), and the "m" behind a
// language ("en.m.").
func mainHost(host string) string {
	first, rest, _ := strings.Cut(host, ".")
	if !strings.Contains(rest, ".") || rest[0] == '.' {
		return host
	}
	if first == "www" {
		return rest
	}
	if dressed[first] && ofOneSite(rest) {
		return rest
	}
	if second, site, _ := strings.Cut(rest, "."); second == "m" && len(first) <= 3 && ofOneSite(site) {
		return first + "." + site
	}
	return host
}

// dressed are first names of hosts that show a site in another dress.
var dressed = map[string]bool{"m": true, "mobile": true, "amp": true, "wap": true}

// ofOneSite says whether a host belongs to one owner, and is not a suffix under
// which anybody may have a name.
func ofOneSite(host string) bool {
	if !strings.Contains(host, ".") {
		return false
	}
	_, err := publicsuffix.EffectiveTLDPlusOne(host)
	return err == nil
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
		switch seg = withoutSession(seg); seg {
		case "", ".":
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, normalSegment(seg))
		}
	}
	if kept = withoutTwins(kept); len(kept) == 0 {
		return ""
	}
	return "/" + strings.Join(kept, "/")
}

// withoutTwins takes off a path what asks for another dress of the page.
func withoutTwins(kept []string) []string {
	for len(kept) > 0 {
		n := len(kept)
		last := strings.ToLower(kept[n-1])
		switch {
		case twins[last] && (n > 1 || strings.Contains(last, ".")):
			kept = kept[:n-1]
		case n > 1 && strings.EqualFold(kept[0], "amp"):
			kept = kept[1:]
		case strings.HasSuffix(last, ".amp.html") && last != ".amp.html":
			kept[n-1] = kept[n-1][:len(last)-len(".amp.html")] + ".html"
		case strings.HasSuffix(last, ".amp") && last != ".amp":
			kept[n-1] = kept[n-1][:len(last)-len(".amp")]
		default:
			return kept
		}
	}
	return kept
}

// withoutSession takes a visitor's number off a segment: "a;jsessionid=1F".
func withoutSession(seg string) string {
	lower := strings.ToLower(seg)
	for _, mark := range []string{";jsessionid=", "%3bjsessionid=", ";phpsessid=", "%3bphpsessid="} {
		if i := strings.Index(lower, mark); i >= 0 {
			seg, lower = seg[:i], lower[:i]
		}
	}
	return seg
}

// normalSegment spells percent escapes one way (RFC 3986 §6.2.2).
func normalSegment(seg string) string {
	plain, err := url.PathUnescape(seg)
	if err != nil || plain == "." || plain == ".." || plain == "" {
		return seg
	}
	return url.PathEscape(plain)
}

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
