package door_test

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"reedaily/digest/door"
)

var noon = time.Date(2026, 2, 14, 12, 0, 0, 0, time.UTC)

// allowed counts how many of n forms get through.
func allowed(l *door.Limiter, now time.Time, n int, client func(i int) string) int {
	got := 0
	for i := range n {
		if l.Allow(netip.MustParseAddr(client(i)), now) {
			got++
		}
	}
	return got
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name   string
		client func(i int) string
		want   int
	}{
		{"one address", func(int) string { return "203.0.113.7" }, 5},
		{"one neighbourhood", func(i int) string { return fmt.Sprintf("203.0.113.%d", i) }, 20},
		{"many", func(i int) string { return fmt.Sprintf("203.0.%d.7", i) }, 100},
		{"one household's many IPv6 addresses", func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i+1) }, 5},
		{"its many networks", func(i int) string { return fmt.Sprintf("2001:db8:1:2%02x::1", i) }, 5},
		{"a provider's customers", func(i int) string { return fmt.Sprintf("2001:db8:1:%02x00::1", i) }, 20},
		{"this machine", func(int) string { return "127.0.0.1" }, 100},
		{"many providers", func(i int) string { return fmt.Sprintf("2001:db8:%x::1", i+1) }, 100},
	} {
		l := door.NewLimiter(door.DefaultLimits())
		if got := allowed(l, noon, 100, c.client); got != c.want {
			t.Errorf("%s: %d of 100, want %d", c.name, got, c.want)
		}
	}
}

func TestLimitsComeBack(t *testing.T) {
	l := door.NewLimiter(door.DefaultLimits())
	one := func(int) string { return "203.0.113.7" }
	if got := allowed(l, noon, 9, one); got != 5 {
		t.Fatalf("%d, want 5", got)
	}
	if got := allowed(l, noon.Add(12*time.Minute), 9, one); got != 1 {
		t.Errorf("12 minutes later: %d, want 1", got)
	}
	if got := allowed(l, noon.Add(2*time.Hour), 9, one); got != 5 {
		t.Errorf("two hours later: %d, want 5", got)
	}
	if got := allowed(l, noon, 9, one); got != 0 {
		t.Errorf("with the clock set back: %d, want 0", got)
	}
}

// A refused form costs its neighbours nothing.
func TestOneLoudClientLeavesRoomForNeighbours(t *testing.T) {
	l := door.NewLimiter(door.DefaultLimits())
	allowed(l, noon, 1000, func(int) string { return "203.0.113.7" })
	if got := allowed(l, noon, 100, func(i int) string { return fmt.Sprintf("203.0.113.%d", 10+i) }); got != 15 {
		t.Errorf("%d of the neighbours, want 15", got)
	}
}

// A client without an address, behind a broken proxy, is limited too.
func TestUnknownClients(t *testing.T) {
	l := door.NewLimiter(door.DefaultLimits())
	got := 0
	for range 50 {
		if l.Allow(netip.Addr{}, noon) {
			got++
		}
	}
	if got > 5 {
		t.Errorf("%d, want 5 at most", got)
	}
}

func TestLimiterStaysSmall(t *testing.T) {
	l := door.NewLimiter(door.DefaultLimits())
	for i := range 120_000 {
		var ip [16]byte
		ip[0] = 0x20
		binary.BigEndian.PutUint32(ip[2:], uint32(i))
		l.Allow(netip.AddrFrom16(ip), noon)
		if n := l.Len(); n > 100_002 {
			t.Fatalf("after %d clients %d networks are remembered", i, n)
		}
	}
}
