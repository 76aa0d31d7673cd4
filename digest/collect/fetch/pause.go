package fetch

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// MaxPause is the most that Retry-After can ask for.
	MaxPause = 24 * time.Hour
	// pauseAnyway is how long a host is left alone that is busy and does not
	// say for how long: longer than a round.
	pauseAnyway = 5 * time.Minute
)

// Busy says whether a status means that the host, and not only this address,
// wants to be asked later (RFC 6585 §4, RFC 9110 §15.6.4).
func Busy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// RetryAfter is when an answer allows the next request (RFC 9110 §10.2.3), at
// most [MaxPause] from now; zero where it does not say.
func RetryAfter(h http.Header, now time.Time) time.Time {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return time.Time{}
	}
	var at time.Time
	if n, err := strconv.Atoi(value); err == nil && n >= 0 {
		at = now.Add(time.Duration(min(n, int(MaxPause/time.Second))) * time.Second)
	} else if t, err := http.ParseTime(value); err == nil {
		at = t
	} else {
		return time.Time{}
	}
	if latest := now.Add(MaxPause); at.After(latest) {
		at = latest
	}
	if at.Before(now) {
		at = now
	}
	return at.UTC()
}

// pause leaves a host alone whose answer asks for it, and, where the request
// says so, one that gave none.
func (c *Client) pause(r Request, target *url.URL, out Response, failed error) {
	now := c.Now()
	var own *Error
	switch {
	case failed == nil && Busy(out.Status):
		until := RetryAfter(out.Header, now)
		if until.IsZero() {
			until = now.Add(pauseAnyway)
		}
		c.hosts.leaveAlone(hostKey(target), now, until)
	case r.PauseAfterFailure && errors.As(failed, &own) && own.Kind != KindDeadline && Passing(failed):
		c.hosts.leaveAlone(hostKey(target), now, now.Add(pauseAnyway))
	}
}

// hostKey names a host and port, the usual ports of http and https not.
func hostKey(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "http":
		return strings.TrimSuffix(host, ":80")
	case "https":
		return strings.TrimSuffix(host, ":443")
	}
	return host
}
