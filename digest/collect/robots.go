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

// robots remembers what sites allow. The operator's own feeds are not asked
// about: whoever publishes a feed wants it read.
type robots struct {
	mu    sync.Mutex
	hosts map[string]rulesOf
}

type rulesOf struct {
	data  *robotstxt.RobotsData
	until time.Time
}

// maxRobots bounds the memory of it.
const maxRobots = 2000

// allow says whether a page may be fetched. A robots.txt that cannot be read
// allows all (RFC 9309 §2.3.1.3), one that the server fails to give (5xx)
// forbids all (§2.3.1.4).
func (r *robots) allow(ctx context.Context, web *fetch.Client, address string, now time.Time) (bool, error) {
	u, err := url.Parse(address)
	if err != nil {
		return false, &fetch.Error{Kind: fetch.KindAddress, Text: "its address is none"}
	}
	site := u.Scheme + "://" + u.Host
	r.mu.Lock()
	known, ok := r.hosts[site]
	r.mu.Unlock()
	if !ok || now.After(known.until) {
		if known, err = fetchRobots(ctx, web, site, now); err != nil {
			return false, err
		}
		r.mu.Lock()
		if r.hosts == nil || len(r.hosts) >= maxRobots {
			r.hosts = map[string]rulesOf{}
		}
		r.hosts[site] = known
		r.mu.Unlock()
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return known.data.TestAgent(path, robotsAgent), nil
}

func fetchRobots(ctx context.Context, web *fetch.Client, site string, now time.Time) (rulesOf, error) {
	resp, err := web.Get(ctx, fetch.Request{URL: site + "/robots.txt", Accept: "text/plain"})
	if err != nil {
		return rulesOf{}, err
	}
	defer resp.Release()
	life := robotsLife
	if resp.Status >= http.StatusInternalServerError {
		life = time.Hour
	}
	body := resp.Body
	if len(body) > 500<<10 {
		body = body[:500<<10] // RFC 9309 §2.5
	}
	data, err := robotstxt.FromStatusAndBytes(resp.Status, body)
	if err != nil {
		if data, err = robotstxt.FromStatusAndBytes(http.StatusNotFound, nil); err != nil {
			return rulesOf{}, err
		}
	}
	return rulesOf{data, now.Add(life)}, nil
}
