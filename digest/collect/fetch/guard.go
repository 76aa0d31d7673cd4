package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
)

// dialGuard refuses addresses that are not public. It runs for each
// connection, after the name was resolved: a name that resolves to something
// else the second time gains nothing.
func dialGuard(allow []netip.Prefix) func(network, address string, c syscall.RawConn) error {
	public := ssrf.New()
	return func(network, address string, c syscall.RawConn) error {
		if ap, err := netip.ParseAddrPort(address); err == nil {
			addr := ap.Addr().Unmap().WithZone("")
			for _, p := range allow {
				if p.Contains(addr) {
					return nil
				}
			}
			if err := public.SafeAddrPort(netip.AddrPortFrom(addr, ap.Port())); err != nil {
				return &Error{Kind: KindForbidden, Text: forbiddenText(addr, ap.Port()), Err: err}
			}
		}
		return public.Safe(network, address, c)
	}
}

func forbiddenText(addr netip.Addr, port uint16) string {
	if port != 80 && port != 443 {
		return fmt.Sprintf("port %d is not asked: only 80 and 443 are, outside collect.allow_private", port)
	}
	return fmt.Sprintf("%s is not a public address; name its network in collect.allow_private if it is meant", addr)
}

// checkURL takes http and https addresses with a host and without a password.
func checkURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, &Error{Kind: KindAddress, Text: fmt.Sprintf("%q is not an address", shorten(raw))}
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &Error{Kind: KindAddress, Text: fmt.Sprintf("%q is not an http or https address", shorten(raw))}
	case u.Hostname() == "":
		return nil, &Error{Kind: KindAddress, Text: fmt.Sprintf("%q names no host", shorten(raw))}
	case u.User != nil:
		return nil, &Error{Kind: KindAddress, Text: "an address with a user name or password in it is not asked"}
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// checkHop resolves a redirect and refuses one that gives up encryption.
func checkHop(from *url.URL, location string) (*url.URL, error) {
	ref, err := url.Parse(strings.TrimSpace(location))
	if err != nil {
		return nil, &Error{Kind: KindRedirect, Text: fmt.Sprintf("redirects to %q, which is not an address", shorten(location))}
	}
	to, err := checkURL(from.ResolveReference(ref).String())
	if err != nil {
		return nil, &Error{Kind: KindRedirect, Text: "redirects: " + err.Error()}
	}
	if from.Scheme == "https" && to.Scheme == "http" {
		return nil, &Error{Kind: KindRedirect, Text: fmt.Sprintf("redirects from https to plain http at %s, which is not followed", to.Host)}
	}
	return to, nil
}
