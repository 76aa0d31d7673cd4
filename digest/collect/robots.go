package collect

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"reedaily/digest/collect/fetch"
)

// robotsAgent is the name that robots.txt knows us by.
const robotsAgent = "reedaily"

// robotsLife is how long a robots.txt is believed (RFC 9309 §2.4: a day at most).
const robotsLife = 24 * time.Hour

// robotsRetry is how long a site that does not answer is left alone.
const robotsRetry = 10 * time.Minute

// robots remembers what sites allow. The operator's own feeds are not asked
// about: whoever publishes a feed wants it read.
type robots struct {
	mu    sync.Mutex
	sites map[string]*site
}

// site is what is known of one site. Its lock is held while it is asked, so
// that many pages of one site ask it once.
type site struct {
	lock   chan struct{}
	data   *robotstxt.RobotsData
	delay  time.Duration // between two requests, as the site wants it
	failed error         // why there is no data
	until  time.Time
}

// maxRobots bounds the memory of it.
const maxRobots = 2000

// maxDelay bounds what a Crawl-delay can ask for.
const maxDelay = 10 * time.Second

// allow says whether a page may be fetched, and how long after the request
// before. A robots.txt that is not there allows all (RFC 9309 §2.3.1.3), one
// that the server fails to give is an error, and nothing is fetched (§2.3.1.4).
func (r *robots) allow(ctx context.Context, web *fetch.Client, address string, now time.Time) (ok bool, delay time.Duration, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return false, 0, &fetch.Error{Kind: fetch.KindAddress, Text: "its address is none"}
	}
	s := r.site(u.Scheme + "://" + u.Host)
	select {
	case s.lock <- struct{}{}:
		defer func() { <-s.lock }()
	case <-ctx.Done():
		return false, 0, ctx.Err()
	}
	if now.After(s.until) {
		s.failed = s.ask(ctx, web, u.Scheme+"://"+u.Host, now)
	}
	if s.failed != nil {
		return false, 0, s.failed
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return s.data.TestAgent(path, robotsAgent), s.delay, nil
}

func (r *robots) site(name string) *site {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sites[name]
	if s == nil {
		if r.sites == nil || len(r.sites) >= maxRobots {
			r.sites = map[string]*site{}
		}
		s = &site{lock: make(chan struct{}, 1)}
		r.sites[name] = s
	}
	return s
}

// ask reads a site's robots.txt anew.
func (s *site) ask(ctx context.Context, web *fetch.Client, address string, now time.Time) error {
	resp, err := web.Get(ctx, fetch.Request{URL: address + "/robots.txt", Accept: "text/plain"})
	if err != nil {
		if ctx.Err() == nil { // or it is our own time that is up
			s.until = now.Add(robotsRetry)
		}
		return err
	}
	defer resp.Release()
	if resp.Status >= http.StatusInternalServerError || fetch.Busy(resp.Status) {
		s.until = now.Add(robotsRetry)
		return &fetch.Error{Kind: fetch.KindNetwork, Text: "the server answers " + statusText(resp.Status)}
	}
	body := resp.Body
	if len(body) > 500<<10 {
		body = body[:500<<10] // RFC 9309 §2.5
	}
	data, err := robotstxt.FromStatusAndBytes(resp.Status, body)
	if err != nil {
		if data, err = robotstxt.FromStatusAndBytes(http.StatusNotFound, nil); err != nil {
			return err
		}
	}
	s.data, s.until = data, now.Add(robotsLife)
	s.delay = min(data.FindGroup(robotsAgent).CrawlDelay, maxDelay)
	return nil
}
