package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
)

// TestFourteenMorningsAgain looks back at the fourteen mornings: why each
// article was told or not, and what other settings would have made of it.
func TestFourteenMorningsAgain(t *testing.T) {
	r := newMornings(t, "DIR/reedaily.db", "")
	editions := map[string]editionJSON{}
	for _, day := range r.days.AllDays() {
		r.days.SetDay(day)
		editions[day] = r.parse(r.must("run", "--json", "--at", day+morningHour))
	}
	before := r.dump()
	t.Run("the same settings", r.sameSettings)
	t.Run("other settings", r.otherSettings)
	if after := r.dump(); after != before {
		t.Error("a replay changed the store")
	}
	t.Run("why", func(t *testing.T) { r.fates(t, editions) })
}

// sameSettings: with the settings that made them the mornings come out as they
// were, from wherever one begins.
func (r *replay) sameSettings(t *testing.T) {
	days := r.days.AllDays()
	for _, from := range []string{days[0], days[5], days[13]} {
		again := r.again(from, days[13])
		for _, d := range again {
			if d.Changed || len(d.Changes) > 0 {
				t.Errorf("replay from %s: %s would change: %+v", from, d.Day, d.Changes)
			}
			if a, b := fmt.Sprint(d.Was.Stories), fmt.Sprint(d.Is.Stories); a != b {
				t.Errorf("replay from %s: %s was\n%s\nwould be\n%s", from, d.Day, a, b)
			}
		}
		if n := len(again); n != len(days)-slices.Index(days, from) {
			t.Errorf("%d days are replayed from %s", n, from)
		}
	}
}

func (r *replay) otherSettings(t *testing.T) {
	days := r.days.AllDays()
	t.Run("a higher threshold", func(t *testing.T) {
		got := r.with(t, "relevance: {threshold: 0.8}").again(days[0], days[13])
		kinds := kindsOf(got)
		if kinds["out"] == 0 || kinds["in"] > kinds["out"] {
			t.Errorf("changes: %v", kinds)
		}
		whys(t, got, "out", "would not be told: ")
	})
	t.Run("a lower threshold", func(t *testing.T) {
		got := r.with(t, "relevance: {threshold: 0.15}").again(days[0], days[13])
		if kinds := kindsOf(got); kinds["in"] == 0 {
			t.Errorf("changes: %v", kinds)
		}
		whys(t, got, "in", "was not told: ")
	})
	t.Run("a longer memory", func(t *testing.T) {
		got := r.with(t, "edition: {max_age: 240h}").again(days[0], days[13])
		if kinds := kindsOf(got); kinds["in"] == 0 || kinds["out"] > 0 {
			t.Errorf("changes: %v", kinds)
		}
	})
	t.Run("shorter editions", func(t *testing.T) {
		got := r.with(t, "edition: {max_stories: 1}").again(days[0], days[13])
		for _, d := range got {
			// What was cut short one day may make a first telling of another day's
			// update, and what has nothing new is not counted.
			if news := slices.DeleteFunc(slices.Clone(d.Is.Stories), func(s storyJSON) bool { return s.Relation == digest.RelationUnchanged }); len(news) > 1 || len(d.Was.Stories) > 1 && !d.Changed {
				t.Errorf("%s: %d stories, changed %v", d.Day, len(d.Is.Stories), d.Changed)
			}
		}
		whys(t, got, "out", "was full: edition.max_stories is 1")
	})
	t.Run("other groups", func(t *testing.T) {
		if kinds := kindsOf(r.with(t, "story: {threshold: 0.99}").again(days[0], days[13])); kinds["split"] == 0 {
			t.Errorf("changes: %v", kinds)
		}
	})
}

// with is the same world under a configuration with other settings.
func (r *replay) with(t *testing.T, more string) *replay {
	t.Helper()
	text, err := os.ReadFile(r.config)
	if err != nil {
		t.Fatal(err)
	}
	w := *r.world
	w.t, w.config = t, filepath.Join(r.dir, "other.yaml")
	if err := os.WriteFile(w.config, append(text, "\n"+more+"\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	return &replay{world: &w, days: r.days, smtp: r.smtp}
}

// again replays days.
func (r *replay) again(from, to string) []replayedJSON {
	r.t.Helper()
	var all []replayedJSON
	for dec := json.NewDecoder(strings.NewReader(r.must("replay", "--json", "--from", from, "--to", to))); dec.More(); {
		var d replayedJSON
		if err := dec.Decode(&d); err != nil {
			r.t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

// dump is what the store holds of editions and of the articles of two days, as
// commands show it.
func (r *replay) dump() string {
	r.t.Helper()
	return r.must("editions", "list") + r.must("feeds", "list") + r.must("why", r.days.AllDays()[0], "--json") + r.must("why", r.days.AllDays()[13], "--json")
}

func kindsOf(days []replayedJSON) map[string]int {
	kinds := map[string]int{}
	for _, d := range days {
		for _, c := range d.Changes {
			kinds[string(c.Kind)]++
		}
	}
	return kinds
}

// whys wants a reason with these words for a change of the kind, and for every
// change of that kind some reason.
func whys(t *testing.T, days []replayedJSON, kind, words string) {
	t.Helper()
	found := false
	for _, d := range days {
		for _, c := range d.Changes {
			for _, a := range c.Articles {
				if string(c.Kind) == kind {
					found = found || strings.Contains(a.Why, words)
					if a.Why == "" {
						t.Errorf("%s: %q is %s for no reason", d.Day, a.Title, kind)
					}
				}
			}
		}
	}
	if !found {
		t.Errorf("no article is %s because %q", kind, words)
	}
}

// fates: every article of every morning has a fate, and it is the one that the
// editions show.
func (r *replay) fates(t *testing.T, editions map[string]editionJSON) {
	fates := map[digest.Fate]int{}
	told := map[string]string{}
	for day, e := range editions {
		for _, s := range e.Stories {
			for _, a := range s.Articles {
				told[a.URL] = day
			}
		}
	}
	for _, day := range r.days.AllDays() {
		var d dayJSON
		r.ask(&d, "why", day)
		if len(d.Told) != len(editions[day].Stories) || d.State != editions[day].State {
			t.Errorf("%s: %d stories told, %s", day, len(d.Told), d.State)
		}
		for _, b := range append(slices.Clone(d.Untold), d.Rejects...) {
			fates[b.Fate]++
			if told[b.URL] != "" || b.Why == "" || b.Fate == digest.FateTold || b.Fate == digest.FateWaiting || b.Fate == digest.FateLeftOut {
				t.Errorf("%s: %q is %s: %s", day, b.Title, b.Fate, b.Why)
			}
		}
		if !slices.IsSortedFunc(d.Rejects, func(a, b briefJSON) int { return int(1e6*b.Score) - int(1e6*a.Score) }) {
			t.Errorf("%s: the rejects are not in order", day)
		}
		if day != r.days.AllDays()[0] {
			continue
		}
		var rejects rejectsJSON
		r.ask(&rejects, "rejects", day, "--limit", "3")
		if len(rejects.Rejects)+rejects.More != len(d.Rejects) || len(rejects.Rejects) != 3 {
			t.Errorf("%s: %d rejects and %d more, want %d", day, len(rejects.Rejects), rejects.More, len(d.Rejects))
		}
	}
	if fates[digest.FateOffTopic] == 0 || fates[digest.FateTooOld] == 0 {
		t.Errorf("fates: %v", fates)
	}
	asked := 0
	for url, day := range told {
		if asked++; asked > 12 { // any dozen of them
			break
		}
		var l lifeJSON
		r.ask(&l, "why", url)
		if l.URL != url || l.Fate != digest.FateTold || l.Told == nil || string(l.Told.Day) != day || l.Story == nil || len(l.Judgements) == 0 {
			t.Errorf("%s: %+v", url, l)
		}
		if l.FirstSeen.Sub(at(t, day+morningHour)).Abs() > time.Minute || l.Morning != digest.Day(day) {
			t.Errorf("%s was first seen %s, its morning is %s", url, l.FirstSeen, l.Morning)
		}
	}
}

// ask runs a command with --json.
func (r *replay) ask(into any, args ...string) {
	r.t.Helper()
	dec := json.NewDecoder(strings.NewReader(r.must(append(args, "--json")...)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		r.t.Fatalf("reedaily %s: %v", strings.Join(args, " "), err)
	}
}
