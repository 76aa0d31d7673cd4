package digesttest

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// DayWeb serves the feeds of one recorded day at a time, as their servers
// would: with ETag and Last-Modified, 304 to those who have them, and 404 for
// a feed that is not there that day.
type DayWeb struct {
	*Web
	names []string
	days  []string

	mu    sync.Mutex
	day   string
	files map[string]map[string]dayFile
}

type dayFile struct {
	body     []byte
	etag     string
	modified time.Time
}

// Days reads dir, which has one folder a day with one NAME.xml a feed, and
// starts serving the first day. An empty dir means the fourteen shared mornings.
func Days(t testing.TB, dir string) *DayWeb {
	t.Helper()
	if dir == "" {
		dir = Shared(t, "data", "days")
	}
	d := &DayWeb{Web: NewWeb(t), files: map[string]map[string]dayFile{}}
	paths, err := filepath.Glob(filepath.Join(dir, "*", "*.xml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("there is no day in %s: %v", dir, err)
	}
	for _, path := range paths {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		day, name := filepath.Base(filepath.Dir(path)), strings.TrimSuffix(filepath.Base(path), ".xml")
		if d.files[day] == nil {
			d.files[day] = map[string]dayFile{}
			d.days = append(d.days, day)
		}
		d.files[day][name] = newDayFile(body)
		if !slices.Contains(d.names, name) {
			d.names = append(d.names, name)
			d.Handle("/"+name+".xml", func(w http.ResponseWriter, r *http.Request) { d.answer(name, w, r) })
		}
	}
	slices.Sort(d.names)
	slices.Sort(d.days)
	d.day = d.days[0]
	return d
}

// Names are the feeds of all days, sorted.
func (d *DayWeb) Names() []string { return slices.Clone(d.names) }

// AllDays are the days, in order, as 2006-01-02.
func (d *DayWeb) AllDays() []string { return slices.Clone(d.days) }

// Feed is the address of one feed.
func (d *DayWeb) Feed(name string) string { return d.URL + "/" + name + ".xml" }

// SetDay turns the page; a day without files is a day on which all feeds are 404.
func (d *DayWeb) SetDay(day string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.day = day
}

func (d *DayWeb) answer(name string, w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	f, ok := d.files[d.day][name]
	d.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("ETag", f.etag)
	w.Header().Set("Last-Modified", f.modified.Format(http.TimeFormat))
	// RFC 9110 §13.2.2: where there is an If-None-Match, If-Modified-Since is ignored.
	fresh := r.Header.Get("If-None-Match") == f.etag
	if r.Header.Get("If-None-Match") == "" {
		since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
		fresh = err == nil && !f.modified.After(since)
	}
	if fresh {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	_, _ = w.Write(f.body)
}

var pubDate = regexp.MustCompile(`<pubDate>([^<]+)</pubDate>`)

func newDayFile(body []byte) dayFile {
	sum := sha256.Sum256(body)
	f := dayFile{body: body, etag: fmt.Sprintf(`"%x"`, sum[:8]), modified: time.Unix(0, 0).UTC()}
	for _, m := range pubDate.FindAllSubmatch(body, -1) {
		if at, err := http.ParseTime(string(m[1])); err == nil && at.After(f.modified) {
			f.modified = at.UTC()
		}
	}
	return f
}
