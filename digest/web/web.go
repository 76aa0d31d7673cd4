// Package web is the public site: the box to subscribe, the pages behind the
// links of our mails, and the archive. It has no scripts and sets no cookies.
//
// GET and HEAD never change anything: mail scanners follow links. What every
// request passes before it gets here is in package door; how pages look is in
// templates/page; what becomes of a wish is decided by package subscribe.
//
// To add a page: 1. write its template; 2. write its handler here; 3. give it
// a line, with a policy, in routes.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"reedaily/digest"
	"reedaily/digest/door"
	"reedaily/digest/render"
)

// Desk serves readers. A malformed address is a [*digest.InputError], a forged
// token [digest.ErrBadToken], an old one [digest.ErrExpired]; any other error
// means that it may work later.
type Desk interface {
	Ask(ctx context.Context, typed, client, formText string) error
	CheckConfirm(token string) error
	Confirm(ctx context.Context, token, client string) error
	CheckLeave(token string) error
	Leave(ctx context.Context, token, how, client string) error
}

// Editions reads what was published. What is not there is [digest.ErrNotFound].
type Editions interface {
	Edition(ctx context.Context, key digest.EditionKey) (digest.EditionRow, error)
	Editions(ctx context.Context, cadence string, limit int) ([]digest.EditionRow, error)
	View(ctx context.Context, key digest.EditionKey, name string) (digest.View, error)
}

// Pages makes the bytes of pages; data is a [render.PageData].
type Pages interface {
	Page(name string, data any) ([]byte, error)
	WebPage(v digest.View, site render.Site) ([]byte, error)
	Asset(name string) (render.Asset, bool)
	Feed(f render.Feed, site render.Site) ([]byte, error)
}

// Options is what the site is made of.
type Options struct {
	Desk     Desk
	Editions Editions
	Pages    Pages
	Links    *digest.Links
	Site     render.Site
	// Origins are the sites that may show the box in a frame and post to it,
	// such as https://www.example.com.
	Origins        []string
	TrustedProxies []netip.Prefix
	Limits         door.Limits // zero: door.DefaultLimits
	Now            func() time.Time
	Log            *slog.Logger
}

type site struct {
	Options
	limiter *door.Limiter
	door    *door.Door
	index   tagIndex
}

// New builds the site. It answers at the address of Options.Links only. The
// error is a bad address or origin.
func New(o Options) (http.Handler, error) {
	if o.Limits == (door.Limits{}) {
		o.Limits = door.DefaultLimits()
	}
	s := &site{Options: o, limiter: door.NewLimiter(o.Limits)}
	s.door = &door.Door{
		Base: o.Links.Base(), Origins: o.Origins, Proxies: o.TrustedProxies,
		Now: o.Now, Log: o.Log, Refuse: s.refuse,
	}
	return s.door.Handler(s.routes())
}

// routes is the whole site.
func (s *site) routes() []door.Route {
	return []door.Route{
		{Pattern: "/{$}", Policy: door.Public, Get: s.home},
		{Pattern: "/subscribe", Policy: door.Token, Get: s.home, Post: s.subscribe, Stranger: s.stranger},
		{Pattern: "/embed", Policy: door.Embed, Get: s.home, Post: s.subscribe, Stranger: s.stranger},
		{Pattern: "/c/{token}", Policy: door.Token, Get: s.askConfirm, Post: s.confirm, Capability: true, Secret: "token"},
		{Pattern: "/u/{token}", Policy: door.Token, Get: s.askLeave, Post: s.leave, Capability: true, Secret: "token"},
		{Pattern: "/editions", Policy: door.Public, Get: s.archive},
		{Pattern: "/editions/{day}", Policy: door.Archive, Get: s.edition},
		{Pattern: "/feed.xml", Policy: door.Feed, Get: s.feed, Quiet: true},
		{Pattern: "/tags/{tag}", Policy: door.Public, Get: s.tag},
		{Pattern: "/tags/{tag}/feed.xml", Policy: door.Feed, Get: s.tagFeed, Quiet: true},
		{Pattern: "/assets/{name}", Policy: door.Asset, Get: s.asset, Quiet: true},
		{Pattern: "/robots.txt", Policy: door.Plain, Get: robots, Quiet: true},
		{Pattern: "/healthz", Policy: door.Plain, Get: s.health, AnyHost: true, Quiet: true},
	}
}
