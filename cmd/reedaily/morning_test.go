package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reedaily/digest/digesttest"
)

// TestAnOutageIsToldOnce: not with every look, with the next step, and so is its end.
func TestAnOutageIsToldOnce(t *testing.T) {
	web := digesttest.NewWeb(t)
	w := newWorld(t, fmt.Sprintf(`
edition: {schedule: "30 6 * * *"}
site: {listen: "127.0.0.1:0"}
mail: {outbox: {dir: DIR/outbox, listen: ""}}
collect: {allow_private: [127.0.0.0/8], per_host: {gap: 0s}}
feeds:
  - {name: Ore Weekly, url: "%s/feed.xml"}
  - {name: Sand Weekly, url: "%s/sand.xml"}
`, web.URL, web.URL))
	w.clock.turn(at(t, "2026-02-14T06:00:00Z"))
	w.serve("serve")
	// The clock goes on all the time: a turn that comes while the program works
	// wakes nobody. It goes slowly, so that a slow machine does not miss the morning.
	pass := func(d time.Duration) { w.clock.turn(w.clock.now().Add(d)) }
	w.clock.turn(at(t, "2026-02-14T06:30:00Z"))
	eventually(t, "the outage", func() bool {
		pass(time.Second)
		return strings.Contains(w.log.String(), "the edition waits")
	})
	for range 10 {
		pass(time.Minute)
		time.Sleep(10 * time.Millisecond)
	}
	log := w.log.String()
	const told = `msg="the edition waits and is tried again" error="make edition daily/2026-02-14: no source answered (Ore Weekly: `
	if n := strings.Count(log, told); n != 1 || !strings.Contains(log, `; and 1 more), so there is nothing to tell" next="see that this machine reaches the internet;`) {
		t.Errorf("the edition's outage is told %d times, want once and with the next step:\n%s", n, log)
	}
	web.Document("/feed.xml", "application/rss+xml", []byte(feed("Ore Weekly", "Rare earth plant opens in Texas", "Rare earths.")))
	w.clock.turn(at(t, "2026-02-14T11:00:00Z"))
	eventually(t, "the end of the outage", func() bool {
		pass(time.Second)
		return strings.Contains(w.log.String(), "editions are made again")
	})
}

// feed is an RSS feed of items, each a title and a text.
func feed(name string, items ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>%s</title>`, name)
	for i := 0; i < len(items); i += 2 {
		fmt.Fprintf(&b, `<item><title>%s</title><link>https://%s.example/%d</link><pubDate>%s</pubDate><description>%s</description></item>`,
			items[i], strings.ToLower(strings.Fields(name)[0]), i, "Sat, 14 Feb 2026 05:00:00 GMT", items[i+1])
	}
	return b.String() + "</channel></rss>"
}

// TestAMorningQuotesNoRefrain: an outlet's other articles, on whatever subject,
// tell what it says under every headline.
func TestAMorningQuotesNoRefrain(t *testing.T) {
	const refrain = "The Ore Club meets every Thursday evening in the old customs house of Bergen."
	web := digesttest.NewWeb(t)
	url := web.Document("/feed.xml", "application/rss+xml", []byte(feed("Ore Weekly",
		"Rare earth magnet plant opens in Texas", "The plant makes neodymium magnets from rare earth oxides that are mined in Texas. "+refrain,
		"Herring landings rise", "Boats landed a tenth more herring than a year before. "+refrain)))
	w := newWorld(t, fmt.Sprintf(`
collect: {allow_private: [127.0.0.0/8], per_host: {gap: 0s}, pages: false}
feeds: [{name: Ore Weekly, url: %q}]
`, url))
	w.must("run", "--at", "2026-02-14T06:30:00Z")
	letter := strings.Join(strings.Fields(w.must("preview", "--day", "2026-02-14", "--format", "text")), " ")
	if !strings.Contains(letter, "The plant makes neodymium magnets") || strings.Contains(letter, "Ore Club") {
		t.Errorf("quoted:\n%s", letter)
	}
}
