package door

import (
	"net/http"
	"strings"
)

// Policy is how freely the answers of a route may be kept, found and framed.
// The zero value is the strictest.
type Policy int

// The policies.
const (
	Token   Policy = iota // its address or its answer is one reader's own: never kept, never found
	Public                // a page for everybody, made anew for each visit
	Embed                 // a page that the configured sites may show in a frame
	Archive               // an edition: its own inline styles, locked in a sandbox
	Asset                 // a file whose name has its hash
	Plain                 // a word for machines
	Feed                  // news for feed readers, which ask again and again
)

// The parts of Content-Security-Policy. There is no script anywhere, so that
// none is ever allowed.
const (
	cspPage    = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
	cspArchive = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; " +
		"sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
	noDevices = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
		"microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
	year = "max-age=31536000"
)

// Headers sets what every answer carries. It has been called for the route's
// own policy before a handler runs; a handler calls it again where its answer
// is of another kind, such as a refusal instead of an edition.
func (d *Door) Headers(h http.Header, p Policy) {
	for _, name := range []string{"X-Frame-Options", "X-Robots-Tag"} {
		h.Del(name)
	}
	h.Set("Content-Security-Policy", d.csp(p))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", noDevices)
	if d.https {
		h.Set("Strict-Transport-Security", year)
	}
	if p == Embed && len(d.Origins) > 0 {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	} else {
		h.Set("X-Frame-Options", "DENY") // for browsers older than frame-ancestors
	}
	switch p {
	case Asset:
		// An edition stands in a sandbox, which is no origin at all, and has an icon.
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Cache-Control", "public, "+year+", immutable")
	case Archive, Feed:
		h.Set("Cache-Control", "public, max-age=300")
	case Public, Plain:
		h.Set("Cache-Control", "no-cache")
	default:
		h.Set("Cache-Control", "no-store")
	}
	if p == Token || p == Embed {
		h.Set("X-Robots-Tag", "noindex, nofollow")
	}
}

func (d *Door) csp(p Policy) string {
	switch {
	case p == Archive:
		return cspArchive
	case p == Embed && len(d.Origins) > 0:
		return cspPage + "; frame-ancestors " + strings.Join(d.Origins, " ")
	}
	return cspPage + "; frame-ancestors 'none'"
}
