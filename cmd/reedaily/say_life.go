package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"reedaily/digest"
	"reedaily/digest/collect"
)

// teller tells lives in plain words. What of the settings is not known is zero
// and is not spoken of.
type teller struct {
	zone       *time.Location
	threshold  float64       // of relevance
	maxAge     time.Duration // of an article in an edition
	maxStories int           // of an edition
}

func (h *house) teller() teller {
	return teller{
		zone: h.day.Zone, threshold: relevanceSettings(h.config).Threshold,
		maxAge: h.config.Edition.MaxAge, maxStories: h.config.Edition.MaxStories,
	}
}

// sheet is a page of labelled lines.
type sheet struct{ strings.Builder }

// put adds lines under a label; empty lines are left out.
func (s *sheet) put(label string, lines ...string) {
	for _, l := range lines {
		if l != "" {
			fmt.Fprintf(s, "%-9s %s\n", label, l)
			label = ""
		}
	}
}

// life is the whole life of an article, for a person.
func (t teller) life(l digest.Life) string {
	var s sheet
	fmt.Fprintf(&s, "%s\n%s\n\n", l.Article.Title, l.Article.URL)
	s.put("Fetched", t.fetched(l)...)
	s.put("Topic", t.topic(l)...)
	s.put("Story", t.story(l)...)
	v := l.Verdict(t.maxAge)
	if v.Fate == digest.FateTold {
		s.put("Rank", t.rank(l.Told)...)
		s.put("Told", append([]string{t.verdict(l)}, quotes(l)...)...)
	} else {
		s.put("Not told", t.verdict(l))
	}
	s.put("", t.timing(l))
	return s.String()
}

// fetched says when, from where, and in which shape.
func (t teller) fetched(l digest.Life) []string {
	a := l.Article
	seen := fmt.Sprintf("first seen on %s in %s", t.time(a.FirstSeen), cmp.Or(l.Feed.Name, "a feed that is gone"))
	if a.Source != l.Feed.Name {
		seen += ", an article of " + a.Source
	}
	lines := []string{seen, "dated " + t.time(a.Published)}
	if a.Published.IsZero() {
		lines[1] = "not dated by its outlet"
	}
	for _, n := range collect.NotesOn(a.Title, l.Notes) {
		lines = append(lines, "its feed had it "+n)
	}
	for _, s := range l.Sightings {
		lines = append(lines, fmt.Sprintf("also shown by %s, first on %s", s.Feed.Name, t.time(s.At)))
	}
	if a.Version > 1 {
		lines = append(lines, fmt.Sprintf("its outlet changed it since: this is version %d", a.Version))
	}
	switch p := l.Page; {
	case p.Version == 0:
	case p.Err != "":
		lines = append(lines, fmt.Sprintf("its own page gave nothing on %s: %s", t.time(p.At), p.Err))
	case a.Text == "":
		lines = append(lines, fmt.Sprintf("its own page had no more on %s than its feed", t.time(p.At)))
	default:
		lines = append(lines, fmt.Sprintf("its own page was read on %s: %d characters", t.time(p.At), len([]rune(a.Text))))
	}
	return lines
}

// topic says how it was judged, and by which words.
func (t teller) topic(l digest.Life) []string {
	if len(l.Judgements) == 0 {
		return []string{"not judged yet"}
	}
	j := l.Judgement()
	lines := []string{fmt.Sprintf("%s, score %s", grade(j), t.score(j))}
	for _, r := range j.Reasons {
		lines = append(lines, sayReason(r))
	}
	for _, earlier := range l.Judgements[:len(l.Judgements)-1] {
		lines = append(lines, fmt.Sprintf("before that: %s, score %.2f, on %s (version %d, by %s)",
			grade(earlier), earlier.Score, t.time(earlier.At), earlier.Version, earlier.Ruler))
	}
	return lines
}

func (t teller) score(j digest.Judgement) string {
	if t.threshold == 0 {
		return fmt.Sprintf("%.2f", j.Score)
	}
	return fmt.Sprintf("%.2f; %.2f is needed", j.Score, t.threshold)
}

func grade(j digest.Judgement) string {
	switch j.Grade {
	case digest.GradeCore:
		return "about the topic"
	case digest.GradePartly:
		return "touches the topic"
	}
	return "not about the topic"
}

// reasonWords say what a signal of relevance means.
var reasonWords = map[string]string{
	"core": "names the topic", "element": "is a part of the topic", "name": "is known for the topic",
	"context": "supports it", "trap": "means something else", "limit": "is no news",
	"feed": "is a feed of nothing but the topic",
}

// sayReason is one ground with its weight: +1.40 “rare earth” in the title names the topic.
func sayReason(r digest.Reason) string {
	words := r.Words
	if meaning, ok := reasonWords[r.Signal]; ok {
		words = quoted(r.Words)
		if r.Where != "" && r.Signal != "feed" {
			words += " in the " + r.Where
		}
		return fmt.Sprintf("%+.2f %s %s", r.Weight, words, meaning)
	}
	if r.Where != "" {
		words += " in the " + r.Where
	}
	return strings.TrimSpace(fmt.Sprintf("%+.2f %s: %s", r.Weight, r.Signal, words))
}

func quoted(s string) string { return "“" + s + "”" }

// story says what it was grouped with, and how close.
func (t teller) story(l digest.Life) []string {
	p := l.Place
	if p.StoryID == "" {
		return []string{"in no story"}
	}
	lines := []string{relation(p.Relation)}
	for _, r := range l.Story {
		if r.ID == p.Nearest {
			lines[0] += fmt.Sprintf("; closest to %s (%s), %.2f of 1", quoted(r.Title), r.Source, p.Score)
		}
	}
	for _, r := range p.Reasons {
		if r.Weight >= 0.005 {
			line := fmt.Sprintf("%.2f %s", r.Weight, r.Signal)
			if r.Words != "" {
				line += ": " + r.Words
			}
			lines = append(lines, line)
		}
	}
	if len(l.Story) == 0 {
		return append(lines, "nobody else tells it")
	}
	lines = append(lines, plural(len(l.Story), "other article")+":")
	for _, r := range l.Story {
		told := ""
		if r.Told != "" {
			told = ", told on " + string(r.Told)
		}
		lines = append(lines, fmt.Sprintf("  %-6s %s (%s, %s)%s", r.Place.Relation, r.Title, r.Source, t.time(r.Dated), told))
	}
	return lines
}

func relation(r digest.Relation) string {
	switch r {
	case digest.RelationCopy:
		return "has the words of an article that is known already"
	case digest.RelationReport:
		return "reports an event that is known already"
	case digest.RelationUpdate:
		return "brings news of an older story"
	}
	return "begins a story"
}

// rank says where its story stands and by which signals.
func (t teller) rank(told digest.Telling) []string {
	lines := []string{fmt.Sprintf("its story is number %d of %d, score %.2f", told.Position, told.Stories, told.Story.Score)}
	signals := slices.Clone(told.Story.Signals)
	slices.SortStableFunc(signals, func(a, b digest.Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, r := range signals {
		lines = append(lines, sayReason(r))
	}
	return lines
}

// quotes is what the edition quoted from the article, and what a model made of it.
func quotes(l digest.Life) []string {
	var lines []string
	for _, h := range l.Told.Story.Highlights {
		switch {
		case h.ArticleID != l.Article.ID:
		case h.Rewritten:
			lines = append(lines, "reworded: "+quoted(h.Text), "      from: "+quoted(h.Original))
		case h.Refused != "":
			lines = append(lines, "quoted: "+quoted(h.Text), "  a model's wording was refused: "+h.Refused)
		default:
			lines = append(lines, "quoted: "+quoted(h.Text))
		}
	}
	return lines
}

// timing says which edition it came too late for and which nobody made.
func (t teller) timing(l digest.Life) string {
	var parts []string
	closed := l.Morning.Closed
	if closed.Key.Day != "" && digest.DayOf(l.Article.FirstSeen, t.zone) == closed.Key.Day {
		parts = append(parts, fmt.Sprintf("first seen after the edition of %s was closed, at %s", closed.Key.Day, closed.Cutoff.In(t.zone).Format("15:04")))
	}
	for _, day := range l.Morning.Missed {
		parts = append(parts, fmt.Sprintf("nobody made the edition of %s", day))
	}
	return strings.Join(parts, "; ")
}

// verdict is an article's fate and the reason for it, in one line.
func (t teller) verdict(l digest.Life) string {
	v := l.Verdict(t.maxAge)
	switch v.Fate {
	case digest.FateTold:
		as := "as its lead"
		if l.Told.Nth > 1 {
			as = fmt.Sprintf("as article %d of %d", l.Told.Nth, len(l.Told.Story.Articles))
		}
		return fmt.Sprintf("in the edition of %s, story %d%s, %s", v.Day, l.Told.Position, since(l.Told.Story), as)
	case digest.FateWaiting:
		return "it waits for the next edition"
	case digest.FateOffTopic:
		return t.offTopic(l)
	case digest.FateTooOld:
		age := l.Morning.Edition.ScheduledAt.Sub(l.Article.Dated())
		return fmt.Sprintf("too old: it was %s old on %s, and edition.max_age is %s", hours(age), v.Day, hours(t.maxAge))
	case digest.FateCopy:
		return fmt.Sprintf("it has the words of %s (%s), which the edition of %s told", quoted(v.Copy.Title), v.Copy.Source, v.Copy.Told)
	case digest.FateLate:
		return fmt.Sprintf("found to be about the topic only on %s, when the edition of %s was closed", t.time(l.Judgement().At), v.Day)
	}
	return t.leftOut(l, v)
}

// since says how a story stands to what earlier editions told; nothing for a first.
func since(s digest.EditionStory) string {
	brief := ""
	if s.Brief {
		brief = ", in brief for its score of " + fmt.Sprintf("%.2f", s.Score)
	}
	switch s.Relation {
	case digest.RelationUpdate:
		if s.LastTold == "" { // older editions did not keep it
			return ", an update" + brief
		}
		return ", an update of what was told on " + string(s.LastTold) + brief
	case digest.RelationUnchanged:
		return ", unchanged since " + string(s.LastTold) + " and folded into the last line"
	}
	return brief
}

// leftOut is the fate of an article that today's settings would have told.
func (t teller) leftOut(l digest.Life, v digest.Verdict) string {
	switch {
	case len(l.Judgements) == 0:
		return fmt.Sprintf("the edition of %s was made without judging it", v.Day)
	case l.Place.StoryID == "":
		return fmt.Sprintf("the edition of %s was made without grouping it", v.Day)
	case t.maxStories > 0:
		return fmt.Sprintf("the edition of %s was full: edition.max_stories is %d", v.Day, t.maxStories)
	}
	return fmt.Sprintf("today's settings would tell it; those of %s did not (it was %s old)", v.Day,
		hours(l.Morning.Edition.ScheduledAt.Sub(l.Article.Dated())))
}

// offTopic names the words that spoke most for and against it.
func (t teller) offTopic(l digest.Life) string {
	j := l.Judgement()
	line := grade(j) + ": "
	if len(j.Reasons) == 0 {
		return line + "no word of the topic in it"
	}
	line += "score " + t.score(j)
	for _, side := range []struct {
		name string
		sign float64
	}{{"for it", 1}, {"against it", -1}} {
		var words []string
		for _, r := range j.Reasons {
			if r.Weight*side.sign > 0 && len(words) < 3 {
				words = append(words, strings.TrimSpace(quoted(r.Words)+" "+r.Where))
			}
		}
		if len(words) > 0 {
			line += "; " + side.name + ": " + strings.Join(words, ", ")
		}
	}
	return line
}

// time is a time on the newsletter's clock.
func (t teller) time(at time.Time) string { return at.In(t.zone).Format("2 Jan 2006 15:04 MST") }

// hours is a span in whole hours, such as 72 h.
func hours(d time.Duration) string { return fmt.Sprintf("%d h", int(d.Hours())) }
