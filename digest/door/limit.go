package door

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits is how often a form may be sent within an hour.
type Limits struct {
	Host int // from one address: IPv4 /32, IPv6 /56
	Net  int // from its neighbourhood: IPv4 /24, IPv6 /48
}

// DefaultLimits is 5 an hour from one address and 20 from its neighbourhood.
func DefaultLimits() Limits { return Limits{Host: 5, Net: 20} }

// maxNetworks bounds the memory: about 20 MB at the very worst.
const maxNetworks = 100_000

// Limiter counts in memory; a restart forgets. It may be used by several goroutines.
type Limiter struct {
	limits Limits

	mu    sync.Mutex
	seen  map[netip.Prefix]*rate.Limiter
	swept time.Time
}

// NewLimiter starts counting.
func NewLimiter(l Limits) *Limiter {
	return &Limiter{limits: l, seen: map[netip.Prefix]*rate.Limiter{}}
}

// Allow counts one form from client, unless it is one too many. This machine
// itself is not counted: behind a proxy that nobody told us of, everybody seems
// to sit here. The budgets for confirmation letters hold all the same.
func (l *Limiter) Allow(client netip.Addr, now time.Time) bool {
	if client.IsLoopback() {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	host := l.bucket(network(client, false), l.limits.Host)
	area := l.bucket(network(client, true), l.limits.Net)
	// Both are asked before either counts, so that a refused form costs nothing.
	if host.TokensAt(now) < 1 || area.TokensAt(now) < 1 {
		return false
	}
	return host.AllowN(now, 1) && area.AllowN(now, 1)
}

func (l *Limiter) bucket(p netip.Prefix, hourly int) *rate.Limiter {
	b, ok := l.seen[p]
	if !ok {
		b = rate.NewLimiter(rate.Limit(float64(hourly)/time.Hour.Seconds()), hourly)
		l.seen[p] = b
	}
	return b
}

// sweep forgets networks that were quiet for long enough to be like new. If an
// attacker has more networks than fit, some are forgotten early: the budget of
// letters to one address still holds.
func (l *Limiter) sweep(now time.Time) {
	full := len(l.seen) >= maxNetworks
	if !full && now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for p, b := range l.seen {
		if b.TokensAt(now) >= float64(b.Burst()) {
			delete(l.seen, p)
		}
	}
	for p := range l.seen {
		if len(l.seen) < maxNetworks*9/10 || !full {
			return
		}
		delete(l.seen, p)
	}
}
