package door_test

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"reedaily/digest/door"
)

// clientOf is what the door takes for the client.
func clientOf(t *testing.T, peer string, forwarded ...string) string {
	t.Helper()
	h, _ := open(t, func(d *door.Door) { d.Proxies = trusted })
	r := httptest.NewRequest("GET", base+"/", nil)
	r.RemoteAddr = peer
	for _, f := range forwarded {
		r.Header.Add("X-Forwarded-For", f)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	_, client, ok := strings.Cut(w.Body.String(), " from ")
	if !ok {
		t.Fatalf("answer %q", w.Body)
	}
	return client
}

func TestClient(t *testing.T) {
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"nobody between", "203.0.113.7:1234", nil, "203.0.113.7"},
		{"IPv6", "[2001:db8::1]:1234", nil, "2001:db8::1"},
		{"IPv4 in IPv6", "[::ffff:203.0.113.7]:1234", nil, "203.0.113.7"},
		{"a stranger who claims", "203.0.113.7:1234", []string{"198.51.100.1"}, "203.0.113.7"},
		{"one proxy", "10.0.0.1:1", []string{"203.0.113.7"}, "203.0.113.7"},
		{"one proxy, and a claim before", "10.0.0.1:1", []string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7"},
		{"the claim in a line of its own", "10.0.0.1:1", []string{"198.51.100.1", "203.0.113.7"}, "203.0.113.7"},
		{"two proxies", "10.0.0.1:1", []string{"198.51.100.1, 203.0.113.7, 10.0.0.2"}, "203.0.113.7"},
		{"a claim to be a proxy", "10.0.0.1:1", []string{"198.51.100.1, 10.0.0.2, 203.0.113.7"}, "203.0.113.7"},
		{"with ports", "10.0.0.1:1", []string{"203.0.113.7:443, [fd00::2]:80"}, "203.0.113.7"},
		{"IPv6 in brackets", "10.0.0.1:1", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"with a zone", "10.0.0.1:1", []string{"fe80::1%eth0"}, "fe80::1"},
		{"from within", "10.0.0.1:1", []string{"10.0.0.9"}, "10.0.0.9"},
		{"rubbish", "10.0.0.1:1", []string{"203.0.113.7, unknown"}, "10.0.0.1"},
		{"rubbish behind a proxy", "10.0.0.1:1", []string{"x, 10.0.0.2"}, "10.0.0.2"},
		{"empty", "10.0.0.1:1", []string{""}, "10.0.0.1"},
		{"no header", "10.0.0.1:1", nil, "10.0.0.1"},
		{"no peer", "@", []string{"203.0.113.7"}, "invalid IP"},
	} {
		if got := clientOf(t, c.peer, c.forwarded...); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestUntrustedProxyIsTold: once, and with what its readers' limits come to.
func TestUntrustedProxyIsTold(t *testing.T) {
	for _, c := range []struct{ peer, want string }{
		{"127.0.0.1:1", "a proxy on this machine forwards requests but is not trusted: its readers are not limited one by one"},
		{"[::1]:1", "its readers are not limited one by one"},
		{"10.0.0.1:1", "all its readers share the limits of one"},
		{"203.0.113.7:1", ""}, // anybody can send the header
	} {
		h, log := open(t, nil)
		for range 2 {
			r := httptest.NewRequest("GET", base+"/", nil)
			r.RemoteAddr = c.peer
			r.Header.Set("X-Forwarded-For", "198.51.100.1")
			h.ServeHTTP(httptest.NewRecorder(), r)
		}
		told := strings.Count(log.String(), "is not trusted")
		if c.want == "" && told > 0 || c.want != "" && (told != 1 || !strings.Contains(log.String(), c.want)) {
			t.Errorf("%s: told %d times, want %q in:\n%s", c.peer, told, c.want, log)
		}
		// What is told is so.
		l, n := door.NewLimiter(door.DefaultLimits()), 0
		at, err := netip.ParseAddrPort(c.peer)
		if err != nil {
			t.Fatal(err)
		}
		for range 100 {
			if l.Allow(at.Addr(), noon) {
				n++
			}
		}
		if free := n == 100; free != strings.Contains(c.want, "not limited") {
			t.Errorf("%s: %d of 100 forms were let through, told: %q", c.peer, n, c.want)
		}
	}
}

// Whatever a client writes into X-Forwarded-For, it is only believed as far to
// the left as everything to the right of it is a proxy of ours.
func FuzzXFF(f *testing.F) {
	for _, s := range []string{"", "203.0.113.7", "1.2.3.4, 10.0.0.2", "10.0.0.3,10.0.0.2", ",,,", "::1, fd00::1", "a, 10.0.0.1:80", strings.Repeat("10.0.0.1,", 100)} {
		f.Add("10.0.0.1:1", s)
		f.Add("203.0.113.7:1", s)
	}
	f.Fuzz(func(t *testing.T, peer, header string) {
		if strings.ContainsAny(header, "\r\n") {
			return
		}
		got := clientOf(t, peer, header)
		at, err := netip.ParseAddrPort(peer)
		if err != nil {
			return
		}
		own := at.Addr().Unmap().WithZone("")
		if got == own.String() {
			return // never wrong, only modest
		}
		if !ours(own) {
			t.Fatalf("peer %s is no proxy of ours, but %s is believed", peer, got)
		}
		hops := strings.Split(header, ",")
		for i := len(hops) - 1; i >= 0; i-- {
			hop := strings.TrimSpace(hops[i])
			a, err := netip.ParseAddr(strings.Trim(hop, "[]"))
			if ap, errPort := netip.ParseAddrPort(hop); errPort == nil {
				a, err = ap.Addr(), nil
			}
			if err != nil {
				t.Fatalf("%q of %q is no address, but %s to its left is believed", hop, header, got)
			}
			a = a.Unmap().WithZone("")
			if a.String() == got {
				return
			}
			if !ours(a) {
				t.Fatalf("%s of %q is no proxy of ours, but %s to its left is believed", a, header, got)
			}
		}
		t.Fatalf("%s is nowhere in %q", got, header)
	})
}

func ours(a netip.Addr) bool {
	for _, p := range trusted {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
