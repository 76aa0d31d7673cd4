package web_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/render"
	"reedaily/digest/subscribe"
	"reedaily/digest/web"
	"reedaily/store"
	"reedaily/templates"
)

const friend = "https://www.example.org"

// house is the whole site on a real store and a real socket, with a clock that
// the test turns.
type house struct {
	t       testing.TB
	db      *store.DB
	path    string // of the database file
	links   *digest.Links
	desk    *subscribe.Desk
	site    render.Site
	url     string
	handler http.Handler
	log     *lockedBuffer
	clock   *clock
	client  *http.Client
}

func newHouse(t testing.TB, change func(*web.Options)) *house {
	t.Helper()
	h := &house{
		t: t, path: filepath.Join(t.TempDir(), "reedaily.db"), log: &lockedBuffer{},
		clock: &clock{now: time.Date(2026, 2, 14, 8, 0, 0, 0, time.UTC)},
		client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}},
	}
	server := httptest.NewUnstartedServer(nil)
	h.url = "http://" + server.Listener.Addr().String()
	h.site = render.Site{Name: "Rare Earth Daily", URL: h.url, Address: "Rare Earth Daily, 12 Quarry Lane, Exampleton"}
	h.open(change)
	server.Config.Handler = h.handler
	server.Start()
	t.Cleanup(func() {
		server.Close()
		_ = h.db.Close()
	})
	return h
}

func (h *house) open(change func(*web.Options)) {
	h.t.Helper()
	var err error
	h.db, err = store.Open(context.Background(), store.Options{URL: h.path, Now: h.clock.Now})
	h.must(err)
	h.links, err = digest.NewLinks(h.url, []digest.Key{{ID: 1, Secret: []byte(strings.Repeat("k", 32))}})
	h.must(err)
	pages, err := render.New(templates.FS)
	h.must(err)
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.desk = &subscribe.Desk{Store: h.db, Links: h.links, Budget: digest.DefaultAskBudget(), Now: h.clock.Now, Log: log}
	o := web.Options{
		Desk: h.desk, Editions: h.db, Pages: pages, Links: h.links, Site: h.site,
		Origins: []string{friend}, Now: h.clock.Now, Log: log,
	}
	if change != nil {
		change(&o)
	}
	h.handler, err = web.New(o)
	h.must(err)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// publish freezes a sample edition as that of day.
func (h *house) publish(day digest.Day, sample string) digest.Edition {
	h.t.Helper()
	pages, err := render.New(templates.FS)
	h.must(err)
	e, err := pages.Sample(sample)
	h.must(err)
	e.Key = digest.EditionKey{Cadence: digest.CadenceDaily, Day: day}
	for i := range e.Stories { // an article is told once only
		for j := range e.Stories[i].Articles {
			e.Stories[i].Articles[j].ID = fmt.Sprintf("%s-%d-%d", day, i, j)
		}
	}
	view, err := pages.View(e, h.site)
	h.must(err)
	h.begin(day)
	h.must(h.db.Freeze(context.Background(), digest.EditionRow{
		Key: e.Key, Edition: e, Cutoff: h.clock.Now(), FrozenAt: h.clock.Now(), Deadline: h.clock.Now().Add(time.Hour),
	}, []digest.View{view}))
	return e
}

func (h *house) begin(day digest.Day) digest.EditionKey {
	h.t.Helper()
	key := digest.EditionKey{Cadence: digest.CadenceDaily, Day: day}
	_, _, err := h.db.BeginEdition(context.Background(), digest.EditionRow{Key: key, ScheduledAt: day.Time()}, "test", time.Minute, h.clock.Now())
	h.must(err)
	return key
}

func (h *house) skip(day digest.Day, reason string) {
	h.t.Helper()
	h.must(h.db.SkipEdition(context.Background(), h.begin(day), reason, h.clock.Now(), h.clock.Now()))
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (h *house) do(method, path string, body io.Reader, headers ...string) answer {
	h.t.Helper()
	r, err := http.NewRequest(method, h.url+path, body)
	h.must(err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := h.client.Do(r)
	h.must(err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	h.must(err)
	return answer{resp.StatusCode, resp.Header, string(text)}
}

func (h *house) get(path string) answer { h.t.Helper(); return h.do("GET", path, nil) }

func (h *house) post(path string, form url.Values, headers ...string) answer {
	h.t.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)
	return h.do("POST", path, strings.NewReader(form.Encode()), headers...)
}

var tokenField = regexp.MustCompile(`name="form" value="([^"]*)"`)

// token is the form token of a page.
func (a answer) token() string {
	m := tokenField.FindStringSubmatch(a.body)
	if m == nil {
		return ""
	}
	return m[1]
}

// ripe is a form token that is old enough.
func (h *house) ripe() string {
	h.t.Helper()
	token, err := h.links.Form(h.clock.Now().Add(-time.Minute))
	h.must(err)
	return token
}

// reader is a subscriber in the wanted state, with the paths of the links in their mails.
func (h *house) reader(email string, state digest.SubscriberState) (s digest.Subscriber, confirm, leave string) {
	h.t.Helper()
	ctx := context.Background()
	h.must(h.desk.Ask(ctx, email, "", ""))
	_, err := h.desk.WorkOnce(ctx)
	h.must(err)
	confirm, leave = h.mailed(email)
	if state == digest.ReaderConfirmed || state == digest.ReaderUnsubscribed {
		h.must(h.desk.Confirm(ctx, strings.TrimPrefix(confirm, "/c/"), ""))
	}
	if state == digest.ReaderUnsubscribed {
		h.must(h.desk.Leave(ctx, strings.TrimPrefix(leave, "/u/"), "", ""))
	}
	s, err = h.db.Subscriber(ctx, email)
	h.must(err)
	if s.State != state {
		h.t.Fatalf("%s is %s, want %s", email, s.State, state)
	}
	return s, confirm, leave
}

// mailed is the paths of the links in a reader's mails.
func (h *house) mailed(email string) (confirm, leave string) {
	h.t.Helper()
	s, err := h.db.Subscriber(context.Background(), email)
	h.must(err)
	nonce, err := digest.ParseHandle(s.Nonce)
	h.must(err)
	id, err := digest.ParseHandle(s.ID)
	h.must(err)
	confirm, err = h.links.Confirm(nonce, h.clock.Now(), h.links.KeyID())
	h.must(err)
	leave, err = h.links.Unsubscribe(id, h.links.KeyID())
	h.must(err)
	return strings.TrimPrefix(confirm, h.url), strings.TrimPrefix(leave, h.url)
}

// dump is every row of every table.
func (h *house) dump() string {
	h.t.Helper()
	db, err := sql.Open("sqlite", "file:"+h.path+"?mode=ro")
	h.must(err)
	defer db.Close()
	var b strings.Builder
	for _, table := range h.strings(db, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`) {
		for _, row := range h.strings(db, `SELECT * FROM "`+table+`" ORDER BY 1, 2`) {
			fmt.Fprintf(&b, "%s: %s\n", table, row)
		}
	}
	return b.String()
}

func (h *house) strings(db *sql.DB, query string) (lines []string) {
	h.t.Helper()
	rows, err := db.Query(query)
	h.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	h.must(err)
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		h.must(rows.Scan(values...))
		var cells []string
		for _, v := range values {
			cells = append(cells, fmt.Sprint(*v.(*any)))
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	h.must(rows.Err())
	return lines
}

// clock is turned by the test and read by the server.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
