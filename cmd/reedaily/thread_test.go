package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"reedaily/digest"
)

// headline is an item of the only feed, dated on the day it appears.
type headline struct{ day, source, title string }

// threadWorld serves the headlines up to the day that is played, by several
// outlets, as an aggregator does.
func threadWorld(t *testing.T, more string, all ...headline) (play func(day string) editionJSON, w *world) {
	t.Helper()
	var mu sync.Mutex
	today := ""
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprint(rw, `<rss version="2.0"><channel><title>Search</title>`)
		for i, h := range all {
			if h.day <= today {
				fmt.Fprintf(rw, "<item><title>%s - %s</title><link>https://news.example/%d</link><pubDate>%s</pubDate><source url=\"https://%d.example\">%s</source></item>",
					h.title, h.source, i, at(t, h.day+"T04:00:00Z").Format("Mon, 02 Jan 2006 15:04:05 GMT"), i, h.source)
			}
		}
		fmt.Fprint(rw, `</channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	w = newWorld(t, fmt.Sprintf(`
database: DIR/reedaily.db
site: {url: 'https://reed.example'}
collect: {allow_private: [127.0.0.0/8], pages: false, per_host: {gap: 0s}}
%s
feeds: [{name: Search, url: %q, aggregator: true}]
`, more, srv.URL+"/feed.xml"))
	play = func(day string) editionJSON {
		t.Helper()
		mu.Lock()
		today = day
		mu.Unlock()
		var e editionJSON
		if err := json.Unmarshal([]byte(w.must("run", "--json", "--at", day+morningHour)), &e); err != nil {
			t.Fatal(err)
		}
		return e
	}
	return play, w
}

// stories are an edition's in short: relation, title, number of articles.
func inShort(e editionJSON) string {
	var all []string
	for _, s := range e.Stories {
		all = append(all, fmt.Sprintf("%s %s %d", s.Relation, s.Title, len(s.Articles)))
	}
	return strings.Join(all, "; ")
}

// TestThreadOverDays: told on the first day, unchanged on the second, an update
// on the third, and what was folded is not told again.
func TestThreadOverDays(t *testing.T) {
	const (
		plans   = "Fjord Magnets plans $1.25B rare earth magnet plant in Narvik, Norway"
		again   = "Narvik, Norway: Fjord Magnets to build a $1.25 billion rare earth magnet factory"
		cancels = "Fjord Magnets cancels $1.25B rare earth magnet plant in Narvik"
		quota   = "Beijing cuts rare earth export quota for dysprosium by a tenth"
	)
	play, w := threadWorld(
		t, "",
		headline{"2026-02-10", "Ore Post", plans},
		headline{"2026-02-11", "Hill Post", again},
		headline{"2026-02-11", "Dale Post", quota},
		headline{"2026-02-12", "Ore Post", cancels},
	)
	for _, day := range []struct{ day, want string }{
		{"2026-02-10", "first " + plans + " 1"},
		{"2026-02-11", "first " + quota + " 1; unchanged " + again + " 1"},
		{"2026-02-12", "update " + cancels + " 1"},
		{"2026-02-13", ""},
	} {
		if got := inShort(play(day.day)); got != day.want {
			t.Errorf("%s tells %q, want %q", day.day, got, day.want)
		}
	}
	text := w.must("preview", "--day", "2026-02-11", "--format", "text")
	if !strings.Contains(text, "In this edition: 1 story\n") || !strings.Contains(text, "Also still in the news:\n\n   - Narvik, Norway: Fjord") || !strings.Contains(text, "     Hill Post\n     https://news.example/1\n") {
		t.Errorf("the mail:\n%s", text)
	}
	if text = w.must("preview", "--day", "2026-02-12", "--format", "text"); !strings.Contains(text, "First told 10 February\n   https://reed.example/editions/2026-02-10\n   Last told 11 February\n") {
		t.Errorf("the update:\n%s", text)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"why", "factory"}, "in the edition of 2026-02-11, story 2, unchanged since 2026-02-10 and folded into the last line, as its lead"},
		{[]string{"why", "factory"}, "novelty: told on 2026-02-10, and nothing is new"},
		{[]string{"why", "cancels"}, "an update of what was told on 2026-02-11, as its lead"},
		{[]string{"why", "cancels"}, "and new is: cancels"},
		{[]string{"why", "2026-02-11"}, "told 1 story and 1 without news"},
		{[]string{"editions", "show", "2026-02-11"}, "2. " + again + " (unchanged)"},
		{[]string{"editions", "show", "2026-02-12", "--json"}, `"first_told":"2026-02-10","last_told":"2026-02-11"`},
		{[]string{"replay", "--from", "2026-02-10", "--to", "2026-02-13"}, "0 of 4 days would change"},
		{[]string{"replay", "--from", "2026-02-11", "--to", "2026-02-13"}, "2026-02-11  1 story and 1 without news: no change"},
	} {
		if out := w.must(c.args...); !strings.Contains(out, c.want) {
			t.Errorf("reedaily %s: %q is not in\n%s", strings.Join(c.args, " "), c.want, out)
		}
	}
}

// TestNothingButUnchanged: such a morning is not quiet, whatever edition.quiet
// says: else its article would be lost.
func TestNothingButUnchanged(t *testing.T) {
	play, w := threadWorld(
		t, "edition: {quiet: skip}",
		headline{"2026-02-10", "Ore Post", "Fjord Magnets plans $1.25B rare earth magnet plant in Narvik, Norway"},
		headline{"2026-02-11", "Hill Post", "Narvik, Norway: Fjord Magnets to build a $1.25 billion rare earth magnet factory"},
	)
	play("2026-02-10")
	e := play("2026-02-11")
	if e.State != "done" || len(e.Stories) != 1 || e.Stories[0].Relation != digest.RelationUnchanged || !strings.HasPrefix(e.Subject, "Nothing new; still in the news: Narvik") {
		t.Errorf("%+v", e)
	}
	text := w.must("preview", "--day", "2026-02-11", "--format", "text")
	if !strings.Contains(text, "Nothing new to tell this morning.") || !strings.Contains(text, "\nStill in the news:\n") || strings.Contains(text, "In this edition") {
		t.Errorf("the mail:\n%s", text)
	}
	if e = play("2026-02-12"); e.State != "skipped: quiet" {
		t.Errorf("the day after is %s", e.State)
	}
}

// TestReversal: the report that what was told is turned back leads the update,
// above a late repeat that is dated before it; what comes again in other words,
// in capitals or in another script folds.
func TestReversal(t *testing.T) {
	const (
		wins      = "Fjord Magnets wins $18.4 million from Pentagon for rare earth magnets"
		gets      = "Fjord Magnets gets Pentagon money for rare earth magnets"
		withdraws = "Fjord Magnets says Pentagon to withdraw $18.4 million for rare earth magnets"
		capitals  = "Fjord Magnets' Pentagon Money for Rare Earth Magnets, Explained in Five Charts"
	)
	play, w := threadWorld(
		t, "",
		headline{"2026-02-10", "Ore Post", wins},
		headline{"2026-02-11", "Dale Post", gets},
		headline{"2026-02-11", "Hill Post", withdraws},
		headline{"2026-02-12", "Fell Post", capitals},
	)
	for _, day := range []struct{ day, want string }{
		{"2026-02-10", "first " + wins + " 1"},
		{"2026-02-11", "update " + withdraws + " 2"},
		{"2026-02-12", "unchanged " + capitals + " 1"},
	} {
		if got := inShort(play(day.day)); got != day.want {
			t.Errorf("%s tells %q, want %q", day.day, got, day.want)
		}
	}
	if out := w.must("why", "withdraw"); !strings.Contains(out, "and new is: withdraw\n") {
		t.Errorf("why:\n%s", out)
	}
}
