package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// TestABusyHostIsLeftAlone: after a 429 or 503 no address of the host is asked
// until the time that it names, or for a while where it names none.
func TestABusyHostIsLeftAlone(t *testing.T) {
	at := time.Date(2026, 2, 14, 6, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		status int
		after  string
		wait   time.Duration // 0: it is not left alone
	}{
		{429, "3600", time.Hour},
		{503, at.Add(2 * time.Hour).Format(http.TimeFormat), 2 * time.Hour},
		{429, "99999999", MaxPause},
		{503, "", pauseAnyway},
		{429, "soon", pauseAnyway},
		{500, "3600", 0},
		{404, "3600", 0},
	} {
		asked := 0
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.Header().Set("Retry-After", tc.after)
			w.WriteHeader(tc.status)
		}))
		c := client(t, nil)
		clock := at
		c.Now = func() time.Time { return clock }
		get := func(path string) error {
			resp, err := c.Get(t.Context(), Request{URL: srv.URL + path})
			resp.Release()
			return err
		}
		if err := get("/a"); err != nil {
			t.Fatal(err)
		}
		err := get("/b")
		var own *Error
		if tc.wait == 0 {
			if err != nil || asked != 2 {
				t.Errorf("%d: asked %d times, %v", tc.status, asked, err)
			}
		} else if !errors.As(err, &own) || own.Kind != KindPause || !own.Until.Equal(at.Add(tc.wait)) || asked != 1 || !Passing(err) {
			t.Errorf("%d, Retry-After %q: asked %d times, %+v", tc.status, tc.after, asked, own)
		}
		clock = at.Add(tc.wait)
		if err := get("/c"); err != nil {
			t.Errorf("%d: after the pause: %v", tc.status, err)
		}
		srv.Close()
	}
}

// TestASilentHostIsLeftAlone only where the request says so.
func TestASilentHostIsLeftAlone(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(srv.Close)
	c := client(t, nil)
	kinds := make([]Kind, 3)
	for i, r := range []Request{{URL: srv.URL}, {URL: srv.URL, PauseAfterFailure: true}, {URL: srv.URL}} {
		_, err := c.Get(t.Context(), r)
		var own *Error
		if errors.As(err, &own) {
			kinds[i] = own.Kind
		}
	}
	if want := [3]Kind{KindNetwork, KindNetwork, KindPause}; [3]Kind(kinds) != want {
		t.Errorf("got %v, want %v", kinds, want)
	}
}

func TestAHostHasOneName(t *testing.T) {
	for address, want := range map[string]string{
		"http://Ore.example/a": "ore.example", "http://ore.example:80/": "ore.example", "https://ore.example:443/": "ore.example",
		"https://ore.example": "ore.example", "http://ore.example:8080": "ore.example:8080", "https://ore.example:80": "ore.example:80", "http://[::1]:80/": "[::1]",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := hostKey(u); got != want {
			t.Errorf("%s: %q", address, got)
		}
	}
}
