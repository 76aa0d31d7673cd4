package door

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
)

// maxHops bounds how much of X-Forwarded-For is looked at.
const maxHops = 32

type clientKey struct{}

// Client is the network address that a request came from, as far as it can be
// trusted; the zero Addr where it is not known.
func Client(ctx context.Context) netip.Addr {
	a, _ := ctx.Value(clientKey{}).(netip.Addr)
	return a
}

// client is the peer's own address. Only where that is a proxy we trust,
// X-Forwarded-For is walked from the right, where our own proxies write, to
// the first hop that is none of them: what stands further left is hearsay.
func (d *Door) client(r *http.Request) netip.Addr {
	addr, ok := parseHop(r.RemoteAddr)
	if !ok {
		return netip.Addr{}
	}
	forwarded := r.Header.Values("X-Forwarded-For")
	if !d.trusted(addr) {
		if len(forwarded) > 0 {
			d.hidden.tell(addr)
		}
		return addr
	}
	rest := strings.Join(forwarded, ",")
	for range maxHops {
		i := strings.LastIndexByte(rest, ',')
		hop, ok := parseHop(strings.TrimSpace(rest[i+1:]))
		if !ok {
			return addr
		}
		addr = hop
		if i < 0 || !d.trusted(addr) {
			return addr
		}
		rest = rest[:i]
	}
	return addr
}

func (d *Door) trusted(a netip.Addr) bool {
	for _, p := range d.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// parseHop reads an address with or without a port.
func parseHop(s string) (netip.Addr, bool) {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return plain(ap.Addr()), true
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	if err != nil {
		return netip.Addr{}, false
	}
	return plain(a), true
}

func plain(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }

// proxyHint tells the operator once that a proxy stands before the site which
// the configuration does not name: all readers look like one. From this machine
// that one is not limited at all (see [Limiter.Allow]); from elsewhere all share
// the limit of one.
type proxyHint struct {
	once sync.Once
	log  *slog.Logger
}

func (p *proxyHint) tell(peer netip.Addr) {
	if !peer.IsLoopback() && !peer.IsPrivate() {
		return // anybody can send the header
	}
	what := "a proxy forwards requests but is not trusted: all its readers share the limits of one"
	if peer.IsLoopback() {
		what = "a proxy on this machine forwards requests but is not trusted: its readers are not limited one by one"
	}
	p.once.Do(func() {
		p.log.Warn(what, "proxy", peer.String(), "hint", "add it to site.trusted_proxies")
	})
}

// network is the part of an address that one household, or with wide one
// provider's customers, share.
func network(a netip.Addr, wide bool) netip.Prefix {
	bits := map[bool][2]int{false: {32, 56}, true: {24, 48}}[wide]
	n := bits[0]
	if a.Is6() {
		n = bits[1]
	}
	p, err := a.Prefix(n)
	if err != nil {
		return netip.Prefix{} // all clients without an address share one limit
	}
	return p
}
