package collect

import (
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"reedaily/digest"
	"reedaily/digest/collect/fetch"
	"reedaily/digest/collect/parse"
)

// Times between visits of one feed.
const (
	minWait    = 10 * time.Minute // after a success
	maxRhythm  = time.Hour        // after a success, for a feed that is silent for days
	maxWish    = 3 * time.Hour    // the most that Cache-Control and ttl can ask for
	firstRetry = 5 * time.Minute  // after a failure; doubled with each further one …
	dailyAfter = 5                // … until so many in a row: then about daily
	dailyRetry = 22 * time.Hour
)

// judge tells a usable full answer (false, nil) from a 304 and from failures.
func (c *Collector) judge(s digest.FeedState, resp fetch.Response) (notModified bool, err error) {
	switch {
	case resp.Status == http.StatusNotModified:
		if s.ETag == "" && s.LastModified == "" || c.validFor(s) != resp.URL {
			return false, errors.New("the server says that nothing changed, but we never had anything from there")
		}
		return true, nil
	case resp.Status == http.StatusOK || resp.Status == http.StatusNonAuthoritativeInfo:
		return false, nil
	case resp.Status >= 200 && resp.Status < 300:
		return false, fmt.Errorf("the server answers %s and sends no feed", statusText(resp.Status))
	}
	return false, digest.Hint(fmt.Errorf("the server answers %s", statusText(resp.Status)), statusHint(resp.Status))
}

func statusText(code int) string {
	return strings.TrimSpace(strconv.Itoa(code) + " " + http.StatusText(code))
}

func statusHint(code int) string {
	switch {
	case code == http.StatusGone:
		return "the feed is closed for good and is not asked again; remove it or give its new address"
	case code == http.StatusNotFound:
		return "look on the outlet's page for the feed's new address"
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return "the server keeps programs out; ask the outlet, or use another feed of it"
	case code == http.StatusTooManyRequests:
		return "it is asked again when the server allows it"
	case code >= 500:
		return "the fault is the server's; it is asked again later"
	case code >= 300 && code < 400:
		return "the server redirects without saying where to"
	}
	return "open the address in a browser to see what is there"
}

func hintFor(err error) string {
	switch {
	case errors.Is(err, parse.ErrWebPage):
		return "open it and look for the address of its feed"
	case errors.Is(err, parse.ErrIndex):
		return "name the one that has the news, often called news-sitemap, as the feed's address"
	case errors.Is(err, parse.ErrEmpty):
		return "it is asked again later"
	}
	return "open the address in a browser to see what is there"
}

// next is when a feed may be asked again; asked is what it and its server want.
func (c *Collector) next(s digest.FeedState, v digest.Visit, asked time.Time) time.Time {
	if v.Err == nil {
		return skipped(later(v.At.Add(rhythm(s, v)), asked), v.Wish.SkipHours, v.At).UTC()
	}
	if until := pausedUntil(v.Err); !until.IsZero() {
		return until // the feed itself did not fail
	}
	return later(v.At.Add(backoff(s.ID, s.Failures+1)), asked).UTC()
}

// pausedUntil is when a feed may be asked whose host is left alone; zero for
// any other failure.
func pausedUntil(err error) time.Time {
	var own *fetch.Error
	if errors.As(err, &own) && own.Kind == fetch.KindPause {
		return own.Until
	}
	return time.Time{}
}

// rhythm is how long to leave a feed alone after a success: the longer it has
// been silent, the longer.
func rhythm(s digest.FeedState, v digest.Visit) time.Duration {
	newest := s.LastNew
	for _, a := range v.Articles {
		newest = later(newest, a.Published)
	}
	if newest.IsZero() {
		return minWait
	}
	return min(max(v.At.Sub(newest)/48, minWait), maxRhythm)
}

// backoff is the wait after the n-th failure in a row. Its jitter of ±20 %
// comes from the feed's id: feeds that fail together do not come back together,
// and the same failure gives the same wait.
func backoff(id string, n int) time.Duration {
	wait := dailyRetry
	if n < dailyAfter {
		wait = firstRetry << min(max(n-1, 0), 10)
	}
	h := fnv.New32a()
	fmt.Fprintf(h, "%s/%d", id, n)
	share := float64(h.Sum32()%1000)/1000*0.4 - 0.2
	if n >= dailyAfter {
		share = -(share + 0.2) / 4 // 22 h down to 19.8 h: a daily round never misses it
	}
	return wait + time.Duration(share*float64(wait))
}

// wishOf is what a full answer asks for.
func wishOf(h http.Header, f parse.Feed) digest.Wish {
	fresh, _ := maxAge(h)
	return digest.Wish{MaxAge: fresh, TTL: f.TTL, SkipHours: f.SkipHours}
}

// confirmed is what a feed asks for after a 304, whose headers take the place
// of those that we know, and leave alone what they do not name (RFC 9111 §3.2
// and §4.3.4). A 304 that names another ETag is about something else, and
// nothing of it is taken.
func confirmed(s digest.FeedState, h http.Header) digest.Wish {
	w := s.Wish
	if tag := h.Get("ETag"); tag != "" && s.ETag != "" && strings.TrimPrefix(tag, "W/") != strings.TrimPrefix(s.ETag, "W/") {
		return w
	}
	if fresh, said := maxAge(h); said {
		w.MaxAge = fresh
	}
	return w
}

// earliest is when a feed with this wish may be asked after an answer with
// these headers: Retry-After (RFC 9110 §10.2.3) is said of this answer alone,
// and Age (RFC 9111 §5.1) is how much of max-age is over. Hours to skip are
// for [Collector.next].
func earliest(w digest.Wish, h http.Header, now time.Time) time.Time {
	at := fetch.RetryAfter(h, now)
	if at.IsZero() {
		fresh := min(w.MaxAge, maxWish)
		if age, err := strconv.Atoi(h.Get("Age")); err == nil && age > 0 {
			fresh -= time.Duration(min(age, int(maxWish/time.Second))) * time.Second
		}
		at = now.Add(max(fresh, 0))
	}
	return later(at, now.Add(min(w.TTL, maxWish))).UTC()
}

// maxAge is for how long an answer is fresh (RFC 9111 §5.2.2), and whether its
// Cache-Control says anything at all.
func maxAge(h http.Header) (fresh time.Duration, said bool) {
	all := strings.Join(h.Values("Cache-Control"), ",")
	for d := range strings.SplitSeq(strings.ToLower(all), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), "=")
		switch name {
		case "no-cache", "no-store":
			return 0, true
		case "max-age":
			if n, err := strconv.Atoi(strings.Trim(value, `" `)); err == nil && n > 0 {
				fresh = time.Duration(min(n, int(maxWish/time.Second))) * time.Second
			}
		}
	}
	return fresh, all != ""
}

// skipped is a time put off to the next hour that a feed does not ask to be
// spared; hours that begin later than maxWish from now are not spared.
func skipped(at time.Time, hours []int, now time.Time) time.Time {
	skip := map[int]bool{}
	for _, h := range hours {
		skip[h%24] = true
	}
	if len(skip) == 24 {
		return at
	}
	for limit := now.Add(maxWish); skip[at.UTC().Hour()] && at.Before(limit); {
		at = at.Truncate(time.Hour).Add(time.Hour)
	}
	return at
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
