// Package fetch asks web servers for feeds and pages: politely, so that no host
// feels us, and safely, so that no host can hurt us.
//
// Every answer is bounded in bytes after decompression, in time, in slowness,
// in redirects and in headers; addresses that are not public are refused when
// the connection is made, on every hop. What the bytes mean is for others.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds of one fetch that nobody has needed to change.
const (
	maxRedirects   = 5
	maxHeaderBytes = 64 << 10
	dialTimeout    = 5 * time.Second
	headerTimeout  = 10 * time.Second
	// An answer is too slow when slowWindow passes with less than slowBytes:
	// 1 KB a second, whatever the clock of the whole fetch still allows.
	slowWindow = 5 * time.Second
	slowBytes  = 5 << 10
	// A body beyond smallBody waits for one of largeAtOnce places, so that many
	// large answers at once do not fill the memory; while it has the place it
	// must come at 32 KB a second.
	smallBody   = 512 << 10
	largeAtOnce = 2
	largeBytes  = 160 << 10 // in a slowWindow
)

// Settings of a [Client].
type Settings struct {
	// UserAgent says who asks and how to reach them.
	UserAgent string
	// Connections is how many requests one host (name and port) sees at once.
	Connections int
	// Gap is the least time between the starts of two requests to one host.
	Gap time.Duration
	// Timeout is for one whole fetch, redirects and body included, from when
	// its turn at the host has come.
	Timeout time.Duration
	// Stalled is after how long without a byte [Request.OnStall] is called.
	Stalled time.Duration
	// MaxBytes bounds a body after decompression.
	MaxBytes int64
	// AllowPrivate are networks that may be asked although they are not
	// public, on any port.
	AllowPrivate []netip.Prefix
}

// Client fetches. It is safe for concurrent use.
type Client struct {
	set   Settings
	http  *http.Client
	hosts *turns
	large chan struct{}
	// Now and Sleep are the clock of the gap between two requests.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// New makes a client. The zero values of Connections, Timeout, Stalled and
// MaxBytes mean 1, 30 s, 5 s and 5 MB.
func New(s Settings) *Client {
	s.Connections = max(s.Connections, 1)
	if s.Timeout <= 0 {
		s.Timeout = 30 * time.Second
	}
	if s.Stalled <= 0 {
		s.Stalled = 5 * time.Second
	}
	if s.MaxBytes <= 0 {
		s.MaxBytes = 5 << 20
	}
	dialer := &net.Dialer{Timeout: dialTimeout, Control: dialGuard(s.AllowPrivate)}
	return &Client{
		set: s,
		http: &http.Client{
			Transport: &http.Transport{
				Proxy:                  nil, // a proxy would connect where the guard cannot look
				DialContext:            dialer.DialContext,
				TLSHandshakeTimeout:    dialTimeout,
				ResponseHeaderTimeout:  headerTimeout,
				MaxResponseHeaderBytes: maxHeaderBytes,
				DisableCompression:     true, // we count bytes after decompression ourselves
				ForceAttemptHTTP2:      true,
				MaxIdleConnsPerHost:    s.Connections,
				MaxIdleConns:           64,
				IdleConnTimeout:        20 * time.Second,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		hosts: newTurns(s.Connections, s.Gap),
		large: make(chan struct{}, largeAtOnce),
		Now:   time.Now,
		Sleep: sleep,
	}
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Request is what to ask for.
type Request struct {
	URL string
	// ETag and LastModified make the request conditional (RFC 9110 §13.1).
	ETag, LastModified string
	// ValidFor is the address that gave them ([Response.URL]); no other of a
	// chain of redirects is told of them.
	ValidFor string
	Accept   string
	// Before is called when the host's turn has come, just before connecting;
	// its error ends the fetch. It may wait.
	Before func(context.Context) error
	// OnHop is asked before a redirect to this address is followed; its error
	// ends the fetch.
	OnHop func(ctx context.Context, address string) error
	// Gap is the least time since the start of the request before at this host,
	// where it is longer than [Settings.Gap].
	Gap time.Duration
	// PauseAfterFailure leaves a host alone for the round that does not answer.
	// One that says that it is busy always is.
	PauseAfterFailure bool
	// OnStall is called once, from another goroutine, when no byte has come
	// for [Settings.Stalled]; the fetch goes on.
	OnStall func()
}

// Response is an answer, of whatever status.
type Response struct {
	Status int
	// URL is where the answer came from, after redirects.
	URL string
	// MovedTo is the end of an unbroken chain of permanent redirects (301,
	// 308) from the asked address; empty where there was none.
	MovedTo     string
	Header      http.Header
	ContentType string
	Body        []byte
	// Broken says why the body ended early; what came until then is in Body.
	Broken string

	release func()
}

// Release says that Body is done with. Call it once for each response of [Client.Get].
func (r *Response) Release() {
	if r.release != nil {
		r.release()
		r.release = nil
	}
	r.Body = nil
}

// Get fetches one address. A status of 400 and more is no error here.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	var out Response
	target, err := checkURL(r.URL)
	if err != nil {
		return out, err
	}
	permanent := true
	for hop := 0; ; hop++ {
		step, err := c.step(ctx, r, target)
		if err != nil {
			return Response{}, err
		}
		step.MovedTo = out.MovedTo
		out = step
		next := redirectTarget(step)
		if next == "" {
			return out, nil
		}
		if hop == maxRedirects {
			return out, &Error{Kind: KindRedirect, Text: fmt.Sprintf("more than %d redirects, the last to %s", maxRedirects, next)}
		}
		from := target
		if target, err = checkHop(from, next); err != nil {
			return out, err
		}
		if r.OnHop != nil {
			if err = r.OnHop(ctx, target.String()); err != nil {
				return out, err
			}
		}
		permanent = permanent && (step.Status == http.StatusMovedPermanently || step.Status == http.StatusPermanentRedirect)
		if permanent {
			out.MovedTo = target.String()
		}
	}
}

// step makes one request of a chain, within the host's limits.
func (c *Client) step(ctx context.Context, r Request, target *url.URL) (Response, error) {
	leave, err := c.hosts.enter(ctx, hostKey(target), r.Gap, clock{now: c.Now, sleep: c.Sleep})
	if own := (*Error)(nil); errors.As(err, &own) {
		return Response{}, own
	}
	if err != nil {
		return Response{}, &Error{Kind: KindDeadline, Text: "its turn at " + target.Host + " did not come in time", Err: err}
	}
	defer leave()
	if r.Before != nil {
		if err := r.Before(ctx); err != nil {
			return Response{}, &Error{Kind: KindDeadline, Text: "there was no free worker in time", Err: err}
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	x := &exchange{client: c, ctx: ctx, cancel: cancel, end: time.Now().Add(c.set.Timeout)}
	x.total = time.AfterFunc(c.set.Timeout, func() {
		cancel(&Error{Kind: KindTimeout, Text: "no whole answer within " + c.set.Timeout.String()})
	})
	defer x.total.Stop()
	out, err := x.do(r, target)
	if err != nil {
		out.Release()
		err = explain(ctx, target, err)
	}
	c.pause(r, target, out, err)
	return out, err
}

// exchange is one request and its answer, under the clocks that bound it.
type exchange struct {
	client *Client
	ctx    context.Context
	cancel context.CancelCauseFunc
	total  *time.Timer
	end    time.Time // when total goes off
	got    atomic.Int64
	floor  atomic.Int64 // the bytes that a slowWindow must bring; 0: not watched
}

func (x *exchange) do(r Request, target *url.URL) (Response, error) {
	req, err := http.NewRequestWithContext(x.ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return Response{}, err
	}
	setHeaders(req.Header, x.client.set.UserAgent, target, r)
	if r.OnStall != nil {
		stop := watchStall(x.client.set.Stalled, &x.got, r.OnStall)
		defer stop()
	}
	resp, err := x.client.http.Do(req)
	if err != nil {
		return Response{}, err
	}
	defer resp.Body.Close()
	x.got.Add(1)
	out := Response{Status: resp.StatusCode, URL: target.String(), Header: resp.Header, ContentType: resp.Header.Get("Content-Type")}
	if resp.StatusCode == http.StatusNotModified || redirectTarget(out) != "" {
		return out, nil
	}
	return out, x.body(&out, resp)
}

// body reads what was sent. An answer that breaks off is kept as far as it goes.
func (x *exchange) body(out *Response, resp *http.Response) error {
	x.floor.Store(slowBytes)
	stop := x.watchRate()
	defer stop()
	r, err := decompress(&counter{r: resp.Body, n: &x.got}, resp.Header.Get("Content-Encoding"))
	if err != nil {
		return err
	}
	out.Body, err = readBounded(r, x.client.set.MaxBytes, func() error { return x.enlarge(out) })
	if err == nil {
		return nil
	}
	cause := context.Cause(x.ctx)
	var own *Error
	switch {
	case errors.As(err, &own) || len(out.Body) == 0:
		return err
	case cause != nil:
		return cause
	}
	out.Broken = fmt.Sprintf("the answer broke off after %d bytes", len(out.Body))
	return nil
}

// enlarge waits for a place for a large body; the clocks stand still meanwhile.
func (x *exchange) enlarge(out *Response) error {
	left := time.Until(x.end)
	x.floor.Store(0)
	x.total.Stop()
	select {
	case x.client.large <- struct{}{}:
	case <-x.ctx.Done():
		return context.Cause(x.ctx)
	}
	out.release = sync.OnceFunc(func() { <-x.client.large })
	x.end = time.Now().Add(left)
	x.total.Reset(left)
	x.floor.Store(largeBytes)
	return nil
}

func setHeaders(h http.Header, agent string, target *url.URL, r Request) {
	h.Set("User-Agent", agent)
	h.Set("Accept", r.Accept)
	if r.Accept == "" {
		h.Set("Accept", "*/*")
	}
	h.Set("Accept-Encoding", "gzip, deflate, br")
	if r.ValidFor != target.String() {
		return
	}
	if r.ETag != "" {
		h.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		h.Set("If-Modified-Since", r.LastModified)
	}
}

// redirectTarget is where a response sends us, or "".
func redirectTarget(r Response) string {
	switch r.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return r.Header.Get("Location")
	}
	return ""
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
