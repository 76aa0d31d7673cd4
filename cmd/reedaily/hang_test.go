package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/mail"
	"strings"
	"testing"
	"time"

	"reedaily/digest/digesttest"
)

// hangs is a world of many feeds, each on a host of its own, of which every
// fifth takes a request and says nothing for a time; of the others every fifth
// does so with its pages.
type hangs struct {
	*replay
	healthy, feeds int
}

// newHangs starts the hosts; collect is the configuration's section.
func newHangs(t testing.TB, feeds int, silence time.Duration, collect string) *hangs {
	t.Helper()
	h := &hangs{replay: &replay{}, feeds: feeds}
	hang := func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(silence):
			w.WriteHeader(http.StatusGatewayTimeout)
		}
	}
	var list strings.Builder
	list.WriteString("feeds:\n")
	for n := range feeds {
		web := digesttest.NewWeb(t)
		at := web.URL + "/feed.xml"
		if n%5 == 0 {
			web.Handle("/feed.xml", hang)
		} else {
			h.healthy++
			web.Document("/feed.xml", "application/rss+xml", hostFeed(web, n))
		}
		if n%5 == 1 && n%25 != 1 {
			web.Handle("/0", hang)
		}
		fmt.Fprintf(&list, "  - {name: %q, url: %q}\n", fmt.Sprintf("Outlet %d", n), at)
	}
	var err error
	if h.smtp, err = digesttest.StartSMTP(digesttest.SMTPSettings{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.smtp.Close)
	h.world = newWorld(t, fmt.Sprintf("database: DIR/reedaily.db\nmail: {from: \"Test <news@example.com>\", relay: {host: %s, port: %d, tls: none}}\n%s\n%s",
		h.smtp.Host(), h.smtp.Port(), collect, list.String()))
	h.must("subscribers", "add", "reader@example.com")
	return h
}

// hostFeed is one host's feed of 20 items, of which the first is on the topic,
// and that item's page.
func hostFeed(web *digesttest.Web, n int) []byte {
	var s strings.Builder
	s.WriteString(`<rss version="2.0"><channel><title>Ore</title>`)
	for i := range 20 {
		title, link := fmt.Sprintf("Council number %d meets for the %d. time about the road", n, i), fmt.Sprintf("%s/%d", web.URL, i)
		if i == 0 {
			title = fmt.Sprintf("Rare earth mine Quarry-%d ships neodymium oxide to magnet maker Lodestone-%d", n, n)
			link = web.Document("/0", "text/html", []byte("<html><head><title>"+title+"</title></head><body><article><h1>"+title+"</h1>"+
				strings.Repeat(fmt.Sprintf("<p>The rare earth mine Quarry-%d began to ship neodymium and praseodymium oxide, its owner said on Friday.</p>", n), 12)+"</article></body></html>"))
		}
		fmt.Fprintf(&s, "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s.</description></item>",
			title, link, time.Now().Add(-time.Hour).UTC().Format(time.RFC1123Z), title)
	}
	s.WriteString("</channel></rss>")
	return []byte(s.String())
}

const onLoopback = "collect: {allow_private: [127.0.0.0/8]}"

// BenchmarkHangingFeeds is a whole morning of 500 feeds of which 100 are silent
// for 30 s, with the settings that a new installation has: seconds from the
// start of run (a process of its own) to its end, when the letter is out, and
// from the minute of serve to the edition in the queue.
//
//	go test ./cmd/reedaily -run NONE -bench HangingFeeds -benchtime 1x
func BenchmarkHangingFeeds(b *testing.B) {
	const feeds, silence = 500, 30 * time.Second
	b.Run("run", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			h := newHangs(b, feeds, silence, onLoopback)
			b.StartTimer()
			out, err := h.process("", "run")
			b.StopTimer()
			if err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			h.checkMorning(b)
			b.StartTimer()
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s-to-the-end")
	})
	b.Run("serve", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			h := newHangs(b, feeds, silence, onLoopback)
			h.serveAt(b, "T06:29:59Z", b.StartTimer, b.StopTimer)
			h.checkMorning(b)
			b.StartTimer()
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s-to-the-queue")
	})
}

// serveAt runs serve from a second before the minute of the edition until its
// letter is out; due is called at the minute, queued when the edition is in
// the queue.
func (h *hangs) serveAt(t testing.TB, hour string, due, queued func()) {
	t.Helper()
	start := time.Now()
	// Tomorrow, so that today's articles are yesterday's at most.
	ahead := at(t, start.UTC().AddDate(0, 0, 1).Format(time.DateOnly)+hour).Sub(start)
	ctx, cancel := context.WithCancel(t.Context())
	var out, errs syncBuffer
	e := h.env(&out, &errs)
	e.now, e.sleep = func() time.Time { return time.Now().Add(ahead) }, sleep
	done := make(chan int, 1)
	go func() { done <- run(ctx, e, []string{"--config", h.config, "serve"}) }()
	time.Sleep(time.Until(start.Add(time.Second)))
	due()
	patience := time.Now().Add(3 * time.Minute)
	wait := func(ok func() bool) {
		for !ok() && time.Now().Before(patience) {
			time.Sleep(20 * time.Millisecond)
		}
	}
	wait(func() bool { return strings.Contains(errs.String(), "letters queued") })
	queued()
	wait(func() bool { return len(h.smtp.Letters()) > 0 })
	cancel()
	if code := <-done; code != 0 || len(h.smtp.Letters()) == 0 {
		t.Fatalf("exit %d, %d letters\n%s%s", code, len(h.smtp.Letters()), out.String(), errs.String())
	}
}

// checkMorning: one letter, of an edition in which every healthy feed has its
// word, and which counts the silent ones.
func (h *hangs) checkMorning(t testing.TB) {
	t.Helper()
	letters := h.smtp.Letters()
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	msg, err := mail.ReadMessage(bytes.NewReader(letters[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	sent, err := msg.Header.Date()
	if err != nil {
		t.Fatal(err)
	}
	e := h.parse(h.must("editions", "show", sent.UTC().Format(time.DateOnly), "--json"))
	sources := map[string]bool{}
	for _, s := range e.Stories {
		for _, a := range s.Articles {
			sources[a.Source] = true
		}
	}
	if e.State != "done" && e.State != "sending" || len(sources) != h.healthy {
		t.Errorf("the edition is %s and has articles of %d feeds, want %d", e.State, len(sources), h.healthy)
	}
	if want := fmt.Sprintf("%d of %d sources answered", h.healthy, h.feeds); !bytes.Contains(letters[0].Data, []byte(want)) {
		t.Errorf("the letter does not say %q", want)
	}
}

// TestHangingFeeds is the benchmark on a small scale: whoever is silent, and
// wherever in the list, the others are told and the letter goes out.
func TestHangingFeeds(t *testing.T) {
	h := newHangs(t, 25, time.Hour, "collect: {allow_private: [127.0.0.0/8], timeout: 500ms, deadline: 20s, workers: 2}")
	if out, err := h.process("", "run"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	h.checkMorning(t)
}

// TestServeLeavesTheFeedsToTheEdition: a serve that starts a minute before the
// edition asks nobody until then, or silent feeds would hold the edition up.
func TestServeLeavesTheFeedsToTheEdition(t *testing.T) {
	more := "site: {url: 'http://ADDRESS', listen: 'ADDRESS'}"
	r := newMornings(t, "DIR/reedaily.db", strings.ReplaceAll(more, "ADDRESS", freePort(t)))
	day := r.days.AllDays()[0]
	r.days.SetDay(day)
	r.clock.turn(at(t, day+"T06:29:00Z"))
	defer r.serve("serve")()
	eventually(t, "the feeds are known", func() bool {
		_, out, _ := r.start(t.Context(), "feeds", "list")
		return strings.Contains(out, r.days.Names()[0])
	})
	time.Sleep(200 * time.Millisecond)
	r.clock.turn(at(t, day+morningHour))
	var e editionJSON
	eventually(t, "the edition", func() bool {
		code, out, _ := r.start(t.Context(), "editions", "show", day, "--json")
		if code == 0 {
			e = r.parse(out)
		}
		return len(e.Stories) > 0
	})
	var l lifeJSON
	r.ask(&l, "why", e.Stories[0].Articles[0].URL)
	if want := at(t, day+morningHour); !l.FirstSeen.Equal(want) {
		t.Errorf("the article was seen %s, the edition was due %s", l.FirstSeen, want)
	}
}
