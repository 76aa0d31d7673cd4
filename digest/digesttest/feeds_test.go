package digesttest

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

func get(t *testing.T, url, etag, since string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	if since != "" {
		req.Header.Set("If-Modified-Since", since)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp
}

func TestDaysTurnThePage(t *testing.T) {
	dir := t.TempDir()
	write := func(day, name, date string) {
		if err := os.MkdirAll(filepath.Join(dir, day), 0o755); err != nil {
			t.Fatal(err)
		}
		body := "<rss><channel><item><pubDate>" + date + "</pubDate></item></channel></rss>"
		if err := os.WriteFile(filepath.Join(dir, day, name+".xml"), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("2026-02-14", "a", "Fri, 13 Feb 2026 10:00:00 GMT")
	write("2026-02-15", "a", "Sat, 14 Feb 2026 10:00:00 GMT")
	write("2026-02-15", "b", "Sat, 14 Feb 2026 10:00:00 GMT")
	d := Days(t, dir)
	if len(d.Names()) != 2 || len(d.AllDays()) != 2 {
		t.Fatalf("names %v, days %v", d.Names(), d.AllDays())
	}
	first := get(t, d.Feed("a"), "", "")
	etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if first.StatusCode != 200 || etag == "" || modified != "Fri, 13 Feb 2026 10:00:00 GMT" {
		t.Errorf("first answer: %d, ETag %q, Last-Modified %q", first.StatusCode, etag, modified)
	}
	want := func(what string, resp *http.Response, code int) {
		t.Helper()
		if resp.StatusCode != code {
			t.Errorf("%s: status %d, want %d", what, resp.StatusCode, code)
		}
	}
	want("same tag", get(t, d.Feed("a"), etag, ""), 304)
	want("same date", get(t, d.Feed("a"), "", modified), 304)
	want("not there that day", get(t, d.Feed("b"), "", ""), 404)
	d.SetDay("2026-02-15")
	want("old tag beats the date", get(t, d.Feed("a"), etag, "Sat, 14 Feb 2026 10:00:00 GMT"), 200)
	want("there by now", get(t, d.Feed("b"), "", ""), 200)
	d.SetDay("2026-02-16")
	want("a day without files", get(t, d.Feed("a"), "", ""), 404)
	if log := d.Log(); len(log) != 7 || !log[1].Conditional || log[0].Conditional || log[3].Status != 404 {
		t.Errorf("log %+v", log)
	}
	if d.Peak() != 1 {
		t.Errorf("peak %d, want 1", d.Peak())
	}
}

func TestDaysOfTheSharedData(t *testing.T) {
	d := Days(t, "")
	if len(d.Names()) != 27 || len(d.AllDays()) != 14 {
		t.Errorf("%d feeds and %d days, want 27 and 14", len(d.Names()), len(d.AllDays()))
	}
}
