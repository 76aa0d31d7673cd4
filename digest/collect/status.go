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
		if s.ETag == "" && s.LastModified == "" {
			return false, errors.New("the server says that nothing changed, but we never had anything from it")
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
	case errors.Is(err, parse.ErrEmpty):
		return "it is asked again later"
	}
	return "open the address in a browser to see what is there"
}

// next is when a feed may be asked again; asked is what the server wants.
func (c *Collector) next(s digest.FeedState, v digest.Visit, asked time.Time) time.Time {
	if v.Err == nil {
		return later(v.At.Add(rhythm(s, v)), asked).UTC()
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

// serverWish is the earliest next visit by Retry-After (RFC 9110 §10.2.3) or
// Cache-Control max-age (RFC 9111 §5.2.2.1); zero where there is none.
func serverWish(h http.Header, now time.Time) time.Time {
	if at := fetch.RetryAfter(h, now); !at.IsZero() {
		return at
	}
	var fresh time.Duration
	for d := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), "=")
		switch name {
		case "no-cache", "no-store":
			return time.Time{}
		case "max-age":
			if n, err := strconv.Atoi(strings.Trim(value, `" `)); err == nil && n > 0 {
				fresh = time.Duration(min(n, int(maxWish/time.Second))) * time.Second
			}
		}
	}
	if fresh == 0 {
		return time.Time{}
	}
	if age, err := strconv.Atoi(h.Get("Age")); err == nil && age > 0 {
		fresh -= time.Duration(min(age, int(maxWish/time.Second))) * time.Second
	}
	return now.Add(max(fresh, 0)).UTC()
}

// feedWish is the earliest next visit by the feed's own ttl and skipHours.
func feedWish(f parse.Feed, now time.Time) time.Time {
	at := now.Add(min(f.TTL, maxWish))
	if len(f.SkipHours) == 0 || len(f.SkipHours) >= 24 {
		return at
	}
	skip := map[int]bool{}
	for _, h := range f.SkipHours {
		skip[h%24] = true
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
