package relevance

import (
	"math"
	"strings"

	"reedaily/digest"
)

// The arithmetic, in points. One point is enough.
const (
	titleShare   = 1.4     // of a topical word's weight in the title
	titleContext = 0.6     // the most that context words add in a title
	bodyContext  = 0.3     // … and in summary and text
	bodyTop      = 1.3     // what a text that speaks of nothing else adds
	bodyRate     = 0.6     // how fast mentions add up to that
	bodyLength   = 120     // words that one mention is enough for
	sourceShare  = 0.6     // of a word's weight when it names the outlet
	onTopic      = 0.5     // for a feed that carries nothing but the topic
	leadRunes    = 300     // where a text says what it is about, and traps count
	bodyBytes    = 1 << 16 // as much of a text as is read: what it is about stands before that
	limitTitle   = 0.2     // of limit words, that caps from title or outlet
	limitBody    = 0.4     // … from summary and text
	limitNamed   = 0.8     // … from these, where the title names the topic: news has such words too
)

// desk is what one judgement needs to hand; it is used again for the next.
type desk struct {
	f       folded
	hits    []hit
	seen    map[int32]int // term → times found in this zone
	traps   map[int32]bool
	reasons []digest.Reason
	points  float64
	named   bool    // the title has a word of the topic
	limits  float64 // what limit words of title and outlet weigh, without sign
	said    []hit   // limit words of the body
	limited bool
}

func (d *desk) reset() {
	if d.seen == nil {
		d.seen, d.traps = map[int32]int{}, map[int32]bool{}
	}
	clear(d.traps)
	d.reasons, d.said = d.reasons[:0], d.said[:0]
	d.points, d.named, d.limits, d.limited = 0, false, 0, false
}

func (d *desk) add(signal, words, where string, weight float64) {
	if weight == 0 {
		return
	}
	d.points += weight
	d.reasons = append(d.reasons, digest.Reason{Signal: signal, Words: words, Where: where, Weight: round(weight)})
}

// weigh adds up what speaks for and against the article.
func (j *Judge) weigh(d *desk, a digest.Article, f digest.Feed) (points float64, limited bool) {
	p := partsOf(a)
	j.title(d, p.title)
	j.source(d, a.Source)
	j.body(d, p)
	if f.OnTopic {
		d.add("feed", f.Name, "source", onTopic)
	}
	return d.points, d.limited
}

// against notes a trap or limit word; each counts once, wherever it stands.
func (j *Judge) against(d *desk, h hit, where string) {
	t := &j.terms[h.term]
	if d.traps[h.term] {
		return
	}
	d.traps[h.term] = true
	if t.kind == kindLimit {
		d.limits -= t.weight
		d.limited = d.limited || d.limits > limitTitle-tiny
	}
	d.add(t.kind, d.f.words(int(h.start), int(h.end)), where, t.weight)
}

// tiny makes up for sums of decimal fractions.
const tiny = 1e-9

// limit counts the limit words of the body, which say nothing until enough of
// them stand there: a report on the market has its title's words again and
// again, news names a price target in passing. Where two overlap, the longer counts.
func (j *Judge) limit(d *desk, where string) {
	sum, reach, said := d.limits, int32(0), d.said[:0]
	for _, h := range d.said {
		if h.start < reach || d.traps[h.term] {
			continue
		}
		d.traps[h.term] = true
		reach = h.end
		said = append(said, h)
		sum -= j.terms[h.term].weight
	}
	enough := limitBody
	if d.named {
		enough = limitNamed
	}
	if sum < enough-tiny {
		return
	}
	d.limited = true
	for _, h := range said {
		d.add(kindLimit, d.f.words(int(h.start), int(h.end)), where, j.terms[h.term].weight)
	}
}

// title takes each word of the headline once.
func (j *Judge) title(d *desk, title string) {
	d.f.fold(title)
	d.hits = j.find.find(&d.f, j.terms, d.hits)
	clear(d.seen)
	context := titleContext
	for _, h := range d.hits {
		t := &j.terms[h.term]
		if t.kind == kindTrap || t.kind == kindLimit {
			j.against(d, h, "title")
			continue
		}
		if d.seen[h.term]++; d.seen[h.term] > 1 {
			continue
		}
		w := t.weight * titleShare
		if t.kind == kindContext {
			w = min(t.weight, context)
			context -= w
		}
		d.named = d.named || t.kind != kindContext
		d.add(t.kind, d.f.words(int(h.start), int(h.end)), "title", w)
	}
}

// source takes what the outlet's name says.
func (j *Judge) source(d *desk, source string) {
	d.f.fold(source)
	d.hits = j.find.find(&d.f, j.terms, d.hits)
	best := hit{term: -1}
	for _, h := range d.hits {
		switch t := &j.terms[h.term]; t.kind {
		case kindTrap, kindLimit:
			j.against(d, h, "source")
		case kindCore, kindElement, kindName:
			if best.term < 0 || t.weight > j.terms[best.term].weight {
				best = h
			}
		}
	}
	if best.term >= 0 {
		t := &j.terms[best.term]
		d.add(t.kind, d.f.words(int(best.start), int(best.end)), "source", t.weight*sourceShare)
	}
}

// body takes summary and text together: how often the topic comes up, for the
// length, up to a bound. A long article that names it once is about something else.
func (j *Judge) body(d *desk, p parts) {
	d.f.fold(p.body)
	d.hits = j.find.find(&d.f, j.terms, d.hits)
	clear(d.seen)
	mass, context := 0.0, bodyContext
	for _, h := range d.hits {
		t := &j.terms[h.term]
		switch t.kind {
		case kindTrap:
			if h.start < leadRunes {
				j.against(d, h, p.where)
			}
		case kindLimit:
			if h.start < leadRunes {
				d.said = append(d.said, h)
			}
		case kindContext:
			if d.seen[h.term]++; d.seen[h.term] == 1 && h.start < leadRunes {
				w := min(t.weight/2, context)
				context -= w
				d.add(t.kind, d.f.words(int(h.start), int(h.end)), p.where, w)
			}
		default:
			d.seen[h.term]++
			mass += t.weight
		}
	}
	j.limit(d, p.where)
	if mass == 0 {
		return
	}
	thin := min(1, bodyLength/wordCount(d.f.r))
	total := bodyTop * (1 - math.Exp(-bodyRate*mass*thin))
	for _, h := range d.hits {
		t := &j.terms[h.term]
		n := d.seen[h.term]
		if n == 0 || t.kind == kindContext || t.kind == kindTrap || t.kind == kindLimit {
			continue
		}
		d.seen[h.term] = 0
		d.add(t.kind, d.f.words(int(h.start), int(h.end)), p.where, total*t.weight*float64(n)/mass)
	}
}

// wordCount measures a folded text in words; two characters of Chinese are one.
func wordCount(r []rune) float64 {
	n, inWord := 0.0, false
	for _, c := range r {
		switch {
		case cjk(c):
			n, inWord = n+0.5, false
		case c == ' ':
			inWord = false
		case !inWord:
			n, inWord = n+1, true
		}
	}
	return max(n, 1)
}

// score maps points to 0 … 1: one point is .5, each further halves the doubt.
func score(points float64) float64 {
	if points <= 0 {
		return 0
	}
	return round(1 - math.Exp2(-points))
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func abs(x float64) float64 { return math.Abs(x) }

// parts is an article as it is judged.
type parts struct {
	title string
	body  string
	where string // what the body is: summary or text
}

// sentenceEnds end the headline of a post that has no headline of its own.
const sentenceEnds = "。！？"

// partsOf divides an article: the outlet's name is cut off the title, a title
// that runs on into the text is its first sentence, and what a reply quotes is
// left out.
func partsOf(a digest.Article) parts {
	p := parts{title: headline(a.Title, a.Source), where: "text"}
	body := a.Text
	if body == "" {
		body, p.where = a.Summary, "summary"
	} else if a.Summary != "" && !strings.Contains(body, a.Summary) {
		body = a.Summary + "\n" + body
	}
	reply := false
	p.title, reply = cutReply(withoutQuotes(p.title))
	if reply {
		body = unquoted(p.title, body)
	}
	body = withoutQuotes(body)
	if i := strings.IndexAny(p.title, sentenceEnds); i > 0 {
		if body == "" {
			body = p.title
		}
		p.title = p.title[:i]
	}
	// Many texts begin with their headline: it counts once.
	p.body = strings.TrimPrefix(strings.TrimSpace(body), p.title)
	if len(p.body) > bodyBytes {
		p.body = strings.ToValidUTF8(p.body[:bodyBytes], "")
	}
	return p
}

// headline is a title without " - Outlet" at its end.
func headline(title, source string) string {
	if source == "" {
		return title
	}
	for _, sep := range []string{" - ", " | ", " – ", " — "} {
		if t, ok := strings.CutSuffix(title, sep+source); ok {
			return t
		}
	}
	return title
}
