package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/rss"

	"reedaily/digest/digesttest"
	"reedaily/store/storetest"
)

// The fourteen mornings of February 2026: real headlines, played over loopback
// through the whole program. Facts and labels are those of the data's own page.

const (
	replayReaders = 100
	morningHour   = "T06:30:00Z"
)

func quietDays() []string {
	return []string{"2026-02-16", "2026-02-18", "2026-02-21", "2026-02-22"}
}

// replay is the world of the fourteen mornings.
type replay struct {
	*world
	days *digesttest.DayWeb
	smtp *digesttest.SMTPServer
	mu   sync.Mutex
	kept func(digesttest.SMTPLetter) // told of every letter before it is acknowledged; may be nil
}

func newReplay(t testing.TB, database, more string) *replay {
	t.Helper()
	r := newMornings(t, database, more)
	add := []string{"subscribers", "add"}
	for i := range replayReaders {
		add = append(add, fmt.Sprintf("reader%03d@example.com", i))
	}
	r.must(add...)
	return r
}

// newMornings is the same with nobody who reads.
func newMornings(t testing.TB, database, more string) *replay {
	t.Helper()
	r := &replay{days: digesttest.Days(t, "")}
	var err error
	r.smtp, err = digesttest.StartSMTP(digesttest.SMTPSettings{Kept: func(l digesttest.SMTPLetter) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.kept != nil {
			r.kept(l)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.smtp.Close)
	r.world = newWorld(t, fmt.Sprintf(`
database: %s
collect: {allow_private: [127.0.0.0/8], per_host: {connections: 16, gap: 0s}}
mail: {from: "Test <news@example.com>", relay: {host: %s, port: %d, tls: none}}
%s
%s`, database, r.smtp.Host(), r.smtp.Port(), more, feedsYAML(r.days.URL, r.days.Names())))
	return r
}

// onLetter calls f for every letter before it is acknowledged; nil for nobody.
func (r *replay) onLetter(f func(digesttest.SMTPLetter)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept = f
}

// byRun plays each morning with one run, and each a second time.
func (r *replay) byRun() map[string]editionJSON {
	r.t.Helper()
	got := map[string]editionJSON{}
	for _, day := range r.days.AllDays() {
		r.days.SetDay(day)
		got[day] = r.parse(r.must("run", "--json", "--at", day+morningHour))
		before := len(r.smtp.Letters())
		again := r.parse(r.must("run", "--json", "--at", day+"T07:10:00Z"))
		if after := len(r.smtp.Letters()); after != before {
			r.t.Errorf("%s: a second run mailed %d letters", day, after-before)
		}
		if a, b := fmt.Sprint(got[day]), fmt.Sprint(again); a != b {
			r.t.Errorf("%s: a second run says\n%s\nthe first said\n%s", day, b, a)
		}
	}
	return got
}

// byServe plays all mornings in one long serve whose clock is turned.
func (r *replay) byServe() map[string]editionJSON {
	r.t.Helper()
	first := r.days.AllDays()[0]
	r.clock.turn(at(r.t, first+"T06:00:00Z"))
	stop := r.serve("serve")
	for _, day := range r.days.AllDays() {
		r.days.SetDay(day)
		r.clock.turn(at(r.t, day+morningHour))
		eventually(r.t, "the edition of "+day, func() bool {
			code, out, _ := r.start(r.t.Context(), "editions", "show", day, "--json")
			if code != 0 {
				return false
			}
			state := r.parse(out).State
			if state == "sending" {
				r.clock.turn(r.clock.now().Add(31 * time.Second)) // until the next look closes it
			}
			return state == "done" || strings.HasPrefix(state, "skipped")
		})
		r.clock.turn(at(r.t, day+"T12:00:00Z"))
	}
	stop()
	got := map[string]editionJSON{}
	for _, day := range r.days.AllDays() {
		got[day] = r.parse(r.must("editions", "show", day, "--json"))
	}
	return got
}

func (r *replay) parse(out string) editionJSON {
	r.t.Helper()
	var e editionJSON
	dec := json.NewDecoder(strings.NewReader(out))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		r.t.Fatalf("read %q: %v", out, err)
	}
	return e
}

func TestFourteenMorningsByRun(t *testing.T) {
	r := newReplay(t, "DIR/reedaily.db", "")
	got := r.byRun()
	r.check(got, 72*time.Hour)
}

func TestFourteenMorningsByServe(t *testing.T) {
	byRun := newReplay(t, "DIR/reedaily.db", "").byRun()
	more := "site: {url: 'http://ADDRESS', listen: 'ADDRESS'}"
	r := newReplay(t, "DIR/reedaily.db", strings.ReplaceAll(more, "ADDRESS", freePort(t)))
	got := r.byServe()
	r.check(got, 72*time.Hour)
	for day := range byRun {
		if a, b := fmt.Sprint(byRun[day]), fmt.Sprint(got[day]); a != b {
			t.Errorf("%s: serve made\n%s\nrun made\n%s", day, b, a)
		}
	}
}

// TestFourteenMorningsOnPostgres: the same mornings, the same editions, the
// other database.
func TestFourteenMorningsOnPostgres(t *testing.T) {
	r := newReplay(t, storetest.Postgres(t), "")
	got := r.byRun()
	r.check(got, 72*time.Hour)
	want := newReplay(t, "DIR/reedaily.db", "").byRun()
	for day := range want {
		if a, b := fmt.Sprint(want[day]), fmt.Sprint(got[day]); a != b {
			t.Errorf("%s: PostgreSQL made\n%s\nSQLite made\n%s", day, b, a)
		}
	}
}

// TestBacklog: with a longer memory the first morning's backlog is told, too.
func TestBacklog(t *testing.T) {
	r := newReplay(t, "DIR/reedaily.db", "edition: {max_age: 120h}")
	r.check(r.byRun(), 120*time.Hour)
}

// check holds fourteen editions against the labels.
func (r *replay) check(got map[string]editionJSON, maxAge time.Duration) {
	r.t.Helper()
	letters := 0
	toldIn := map[string][]string{} // link → days
	titles := map[string]string{}   // words of a title → day
	for _, day := range r.days.AllDays() {
		e := got[day]
		want := "done"
		if slices.Contains(quietDays(), day) {
			want = "skipped: quiet"
		}
		if e.State != want || string(e.Day) != day {
			r.t.Errorf("%s is %q (%s), want %s", day, e.State, e.Day, want)
		}
		if want == "done" {
			letters += replayReaders
			if e.Letters != replayReaders || e.Subject == "" {
				r.t.Errorf("%s: %d letters with subject %q", day, e.Letters, e.Subject)
			}
		}
		for _, s := range e.Stories {
			for _, a := range s.Articles {
				toldIn[a.URL] = append(toldIn[a.URL], day)
				words := plainTitle(a.Title)
				if first, ok := titles[words]; ok && first != day {
					r.t.Errorf("%q is told on %s and on %s", a.Title, first, day)
				}
				titles[words] = day
			}
		}
	}
	for link, days := range toldIn {
		if len(days) > 1 {
			r.t.Errorf("%s is told %d times: %v", link, len(days), days)
		}
	}
	for _, item := range r.items() {
		if item.label == 2 && item.seen.Sub(item.dated) <= maxAge && len(toldIn[item.link]) != 1 {
			r.t.Errorf("%s: %q, dated %s, is told %d times", item.day, item.title, item.dated.Format(time.DateOnly), len(toldIn[item.link]))
		}
		if item.seen.Sub(item.dated) > maxAge && len(toldIn[item.link]) > 0 {
			r.t.Errorf("%s: %q is told, but too old: %s", item.day, item.title, item.dated)
		}
	}
	r.checkLetters(letters)
}

// checkLetters: every reader got every edition exactly once.
func (r *replay) checkLetters(want int) {
	r.t.Helper()
	all := r.smtp.Letters()
	if len(all) != want {
		r.t.Errorf("%d letters, want %d", len(all), want)
	}
	seen := map[string]int{}
	for _, l := range all {
		m, err := mail.ReadMessage(strings.NewReader(string(l.Data)))
		if err != nil {
			r.t.Fatal(err)
		}
		seen[l.To+" "+m.Header.Get("Subject")]++
		if seen[m.Header.Get("Message-Id")]++; seen[m.Header.Get("Message-Id")] > 1 {
			r.t.Errorf("two letters are %s", m.Header.Get("Message-Id"))
		}
	}
	for what, n := range seen {
		if n != 1 {
			r.t.Errorf("%s came %d times", what, n)
		}
	}
}

// replayItem is an item as the day that first shows it does.
type replayItem struct {
	day, title, link string
	seen, dated      time.Time
	label            int // 2 relevant, 1 partly, 0 no, -1 not labelled
}

// items reads the recorded days with a parser of its own.
func (r *replay) items() []replayItem {
	r.t.Helper()
	labels := relevanceLabels(r.t)
	seen := map[string]bool{}
	var all []replayItem
	for _, day := range r.days.AllDays() {
		paths, err := filepath.Glob(digesttest.Shared(r.t, "data", "days", day, "*.xml"))
		if err != nil {
			r.t.Fatal(err)
		}
		for _, path := range paths {
			f, err := os.Open(path)
			if err != nil {
				r.t.Fatal(err)
			}
			feed, err := (&rss.Parser{}).Parse(f)
			f.Close()
			if err != nil {
				r.t.Fatal(err)
			}
			for _, it := range feed.Items {
				if seen[it.Link] || it.PubDateParsed == nil {
					continue
				}
				seen[it.Link] = true
				label, ok := labels[it.Title]
				if !ok {
					label = -1
				}
				all = append(all, replayItem{day, it.Title, it.Link, at(r.t, day+morningHour), *it.PubDateParsed, label})
			}
		}
	}
	return all
}

func relevanceLabels(t testing.TB) map[string]int {
	t.Helper()
	f, err := os.Open(digesttest.Shared(t, "data", "articles", "relevance.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	labels := map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var l struct {
			Title    string
			Relevant int
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		labels[l.Title] = l.Relevant
	}
	return labels
}

var notWords = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// plainTitle is a title without case and punctuation: the same words are a
// near-copy by any measure.
func plainTitle(s string) string {
	return strings.TrimSpace(notWords.ReplaceAllString(strings.ToLower(s), " "))
}
