package collect

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

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
		"wickedid", "phpsessid", "jsessionid", "sessionid", "session_id", "sessid", "cftoken", "cfid", "amp", "amp_js_v", "amp_gsa", "usqp", "outputtype", "ampcf", "soc_src", "soc_trk", "sref",
		"src_cmp", "cid_source", "traffic_source", "shareid", "sharetoken", "share_from", "nr_email_referer":
		return true
	case "source":
		return value == "" || strings.ContainsFunc(value, unicode.IsLetter) && hasPlace(value)
	case "ref", "via", "from", "medium", "campaign", "cmp_id", "sr_share", "share":
		// Words, not numbers: "?ref=rss" against "?ref=12345".
		return value == "" || strings.IndexFunc(value, func(r rune) bool { return r >= '0' && r <= '9' }) < 0
	case "print", "printable", "mobile":
		return value == "" || value == "1" || strings.EqualFold(value, "true") || strings.EqualFold(value, "yes") || strings.EqualFold(value, "y")
	case "view", "output", "format":
		return strings.EqualFold(value, "print") || strings.EqualFold(value, "amp") || strings.EqualFold(value, "mobile")
	case "sid", "phpsid", "oscsid", "zenid":
		return sessionNumber(value)
	}
	return strings.HasPrefix(k, "aspsessionid")
}

// places are where links are followed from, as "source" names them.
var places = map[string]bool{
	"rss": true, "feed": true, "feeds": true, "atom": true, "newsletter": true, "email": true, "mail": true, "twitter": true, "x": true,
	"facebook": true, "linkedin": true, "instagram": true, "reddit": true, "telegram": true, "whatsapp": true, "youtube": true,
	"google": true, "googlenews": true, "bing": true, "yahoo": true, "apple": true, "applenews": true, "flipboard": true, "msn": true,
	"social": true, "share": true, "sharing": true, "homepage": true, "home": true, "push": true, "app": true, "search": true,
	"organic": true, "direct": true, "syndication": true, "medium": true, "web": true, "campaign": true, "referral": true, "ad": true, "ads": true,
}

func hasPlace(value string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(value), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if places[word] {
			return true
		}
	}
	return false
}

// sessionNumber tells a visitor's random number from the short one of an
// article, which goes by the same names.
func sessionNumber(value string) bool {
	digits, letters := 0, 0
	for _, r := range value {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r < 0x80 && unicode.IsLetter(r):
			letters++
		default:
			return false
		}
	}
	return digits >= 3 && letters >= 3 && digits+letters >= 20
}

// readWhere are Google News' parameters for the country and language that a
// link was shown in.
var readWhere = map[string]bool{"oc": true, "hl": true, "gl": true, "ceid": true}
