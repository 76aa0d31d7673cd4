package storetest

import (
	"fmt"
	"testing"
	"time"

	"reedaily/digest"
)

// articlesByGUID: the same item under another address is a version, another
// item at the same address is an article, and both stay what they are.
func articlesByGUID(t *testing.T, url string) {
	w := open(t, url)
	feeds := w.feeds("ore", "exchange")
	polls := 0
	poll := func(f digest.Feed, articles ...digest.Article) []string {
		polls++
		return w.visit(f, six().Add(time.Duration(polls)*time.Hour), articles...)
	}
	item := func(path, guid, title string) digest.Article {
		a := article("ore", path, six())
		a.GUID, a.Title = guid, title
		return a
	}
	one := func(ids []string) digest.Article {
		t.Helper()
		all, err := w.db.Articles(w.ctx, ids...)
		w.ok(err)
		if len(all) != 1 {
			t.Fatalf("%d articles are fresh, want 1", len(all))
		}
		return all[0]
	}
	// A visitor's number in the address, then a new slug with a better title.
	first := one(poll(feeds[0], item("a?s=1", "7", "Quarry opens")))
	for n := range 3 {
		a := item(fmt.Sprint("a?s=", n+2), "7", "Quarry opens")
		a.Summary = first.Summary
		if fresh := poll(feeds[0], a); len(fresh) != 0 {
			t.Errorf("poll %d: fresh %v", n, fresh)
		}
	}
	moved := one(poll(feeds[0], item("b", "7", "Quarry opens at last")))
	if moved.ID != first.ID || moved.Version != 2 || moved.URL == first.URL || moved.Canonical != first.Canonical {
		t.Errorf("moved: %+v", moved)
	}
	// An article that was kept without an id is known by it from then on.
	old := one(poll(feeds[0], item("c", "", "Magnets get dear")))
	if fresh := poll(feeds[0], article("ore", "none", six()), item("c", "8", "Magnets get dear")); len(fresh) != 1 {
		t.Errorf("fresh %v", fresh)
	}
	if again := one(poll(feeds[0], item("d", "8", "Magnets get dear"))); again.ID != old.ID {
		t.Errorf("%+v is not known by its id", again)
	}
	// Another feed's id means nothing.
	if fresh := poll(feeds[1], item("e", "7", "Quarry opens at last")); len(fresh) != 1 || fresh[0] == first.ID {
		t.Errorf("fresh %v", fresh)
	}
	// One link for all announcements, one new at each visit.
	titles := []string{"Board changes", "Quarterly report", "Trading halt", "New mine approved"}
	ids := map[string]bool{}
	for n, title := range titles {
		a := one(poll(feeds[1], item("announcements", fmt.Sprint("n", n), title)))
		if a.Version != 1 {
			t.Errorf("%q is version %d", title, a.Version)
		}
		ids[a.ID] = true
	}
	var all []digest.Article
	for n, title := range titles {
		a := item("announcements", fmt.Sprint("n", n), title)
		a.Apart() // as a visit with several has them
		all = append(all, a)
	}
	if fresh := poll(feeds[1], all...); len(fresh) != 0 || len(ids) != len(titles) {
		t.Errorf("%d articles, and then fresh %v", len(ids), fresh)
	}
	edited := one(poll(feeds[1], item("announcements", "n0", "The board has changed")))
	if !ids[edited.ID] || edited.Version != 2 {
		t.Errorf("an edited announcement is %+v", edited)
	}
}
