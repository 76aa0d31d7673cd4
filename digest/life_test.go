package digest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reedaily/digest"
)

var six = time.Date(2026, 2, 14, 6, 30, 0, 0, time.UTC)

// made is the edition of n days after the 14th, closed a minute after it was due.
func made(n int, state digest.EditionState) digest.EditionRow {
	at := six.AddDate(0, 0, n)
	return digest.EditionRow{
		Key:   digest.EditionKey{Cadence: digest.CadenceDaily, Day: digest.DayOf(at, time.UTC)},
		State: state, ScheduledAt: at, Cutoff: at.Add(time.Minute),
	}
}

func missed(n int) digest.EditionRow {
	r := made(n, digest.EditionSkipped)
	r.Reason, r.Cutoff = digest.SkipMissed, time.Time{}
	return r
}

func TestMorningOf(t *testing.T) {
	building := made(3, digest.EditionBuilding)
	rows := []digest.EditionRow{missed(1), made(2, digest.EditionDone), building, made(0, digest.EditionDone)}
	type answer struct {
		Edition, Closed digest.Day
		Missed          []digest.Day
	}
	for name, c := range map[string]struct {
		seen time.Time
		want answer
	}{
		"before the first":       {six.Add(-time.Hour), answer{"2026-02-14", "", nil}},
		"when it was closed":     {six.Add(time.Minute), answer{"2026-02-14", "", nil}},
		"just after, and a miss": {six.Add(time.Minute + 1), answer{"2026-02-16", "2026-02-14", []digest.Day{"2026-02-15"}}},
		"after the miss":         {six.Add(40 * time.Hour), answer{"2026-02-16", "2026-02-14", nil}},
		"for one being made":     {six.Add(60 * time.Hour), answer{"", "2026-02-16", nil}},
	} {
		t.Run(name, func(t *testing.T) {
			m := digest.MorningOf(rows, c.seen)
			got := answer{m.Edition.Key.Day, m.Closed.Key.Day, m.Missed}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// life is an article seen and dated an hour before the 14th's edition, fit to be told.
func life(changes ...func(*digest.Life)) digest.Life {
	l := digest.Life{
		Article:    digest.Article{ID: "a", Published: six.Add(-time.Hour), FirstSeen: six, Version: 1},
		Judgements: []digest.Judgement{{ArticleID: "a", Version: 1, Relevant: true, At: six.Add(time.Minute)}},
		Place:      digest.Place{ArticleID: "a", StoryID: "a", Relation: digest.RelationFirst},
		Morning:    digest.Morning{Edition: made(0, digest.EditionDone)},
	}
	for _, f := range changes {
		f(&l)
	}
	return l
}

func TestVerdict(t *testing.T) {
	told := func(l *digest.Life) { l.Told = digest.Telling{Day: "2026-02-14", Position: 1, Stories: 1} }
	noMorning := func(l *digest.Life) { l.Morning = digest.Morning{} }
	unjudged := func(l *digest.Life) { l.Judgements = nil }
	off := func(l *digest.Life) { l.Judgements[0].Relevant = false }
	relevantLater := func(l *digest.Life) {
		l.Judgements = append(l.Judgements, digest.Judgement{Version: 2, Relevant: true, At: six.Add(25 * time.Hour)})
	}
	offLater := func(l *digest.Life) {
		l.Judgements = append(l.Judgements, digest.Judgement{Version: 2, At: six.Add(25 * time.Hour)})
	}
	judgedLate := func(l *digest.Life) { l.Judgements[0].At = six.Add(25 * time.Hour) }
	old := func(l *digest.Life) { l.Article.Published = six.Add(-72*time.Hour - 1) }
	copyOf := func(id string) func(*digest.Life) {
		return func(l *digest.Life) { l.Place.Relation, l.Place.Nearest = digest.RelationCopy, id }
	}
	relative := func(id string, relation digest.Relation, nearest string, day digest.Day) func(*digest.Life) {
		return func(l *digest.Life) {
			l.Story = append(l.Story, digest.Relative{ID: id, Place: digest.Place{ArticleID: id, Relation: relation, Nearest: nearest}, Told: day})
		}
	}
	first, copied := digest.RelationFirst, digest.RelationCopy
	for name, c := range map[string]struct {
		l    digest.Life
		want digest.Fate
		copy string
	}{
		"told":                          {life(told, off), digest.FateTold, ""},
		"waiting":                       {life(noMorning, unjudged), digest.FateWaiting, ""},
		"waiting and relevant":          {life(noMorning), digest.FateWaiting, ""},
		"judged before its morning":     {life(noMorning, off), digest.FateOffTopic, ""},
		"off topic":                     {life(off), digest.FateOffTopic, ""},
		"off topic and old":             {life(off, old), digest.FateOffTopic, ""},
		"relevant in a later version":   {life(off, relevantLater), digest.FateLate, ""},
		"judged after its morning":      {life(judgedLate), digest.FateLate, ""},
		"off topic, and judged late":    {life(judgedLate, off), digest.FateOffTopic, ""},
		"old":                           {life(old), digest.FateTooOld, ""},
		"old, off topic since":          {life(old, offLater), digest.FateTooOld, ""},
		"a copy":                        {life(copyOf("b"), relative("b", first, "", "2026-02-13")), digest.FateCopy, "b"},
		"a copy of a copy":              {life(copyOf("b"), relative("b", copied, "c", ""), relative("c", first, "", "2026-02-12")), digest.FateCopy, "c"},
		"its copy was told":             {life(relative("b", copied, "a", "2026-02-13")), digest.FateCopy, "b"},
		"the newest of several":         {life(copyOf("b"), relative("b", first, "", "2026-02-12"), relative("c", copied, "b", "2026-02-13")), digest.FateCopy, "c"},
		"a report of what was told":     {life(relative("b", first, "", "2026-02-13")), digest.FateLeftOut, ""},
		"a copy of what was told later": {life(copyOf("b"), relative("b", first, "", "2026-02-15")), digest.FateLeftOut, ""},
		"never judged":                  {life(unjudged), digest.FateLeftOut, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := c.l.Verdict(72 * time.Hour)
			if v.Fate != c.want || v.Copy.ID != c.copy {
				t.Errorf("got %s %q, want %s %q", v.Fate, v.Copy.ID, c.want, c.copy)
			}
		})
	}
	if v := life(old).Verdict(0); v.Fate != digest.FateLeftOut {
		t.Errorf("without a known age: %s", v.Fate)
	}
}
