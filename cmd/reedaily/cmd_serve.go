package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
	"reedaily/digest/daily"
	"reedaily/digest/door"
	"reedaily/digest/web"
)

// lastWords is how long a server waits for requests that it has begun to answer.
const lastWords = 5 * time.Second

func (a *app) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Run the public site, the schedule and the outbox",
		Long: `Runs until it is stopped: the public pages, the morning by edition.schedule, and
the sending of letters. Started late, it makes up for a morning that is at most
edition.catchup ago. Where no relay is set it shows the outbox on this machine.`,
		Example: "  reedaily serve --config /etc/reedaily/config.yaml",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := config.Load(a.config, a.getenv)
			if err != nil {
				return err
			}
			err = a.serve(cmd.Context(), c)
			if errors.Is(err, context.Canceled) {
				return untilStopped(cmd.Context(), err)
			}
			return err
		},
	}
}

func (a *app) serve(ctx context.Context, c config.Config) error {
	h, err := a.open(ctx, c, a.now, a.logger())
	if err != nil {
		return err
	}
	defer h.close()
	release, err := h.db.SenderLock(ctx, "reedaily serve")
	if err != nil {
		return digest.Hint(fmt.Errorf("become the sender: %w", err), "only one process sends; stop the other one first")
	}
	defer func() { a.note(release()) }()
	h.day.Sole, h.day.Role = true, "reedaily serve"

	servers, err := h.servers(a)
	if err != nil {
		return err
	}
	h.log.Info("reedaily serves", "site", c.Site.URL, "next_edition", h.next(), "letters", h.letterbox())
	return h.work(ctx, servers)
}

// work runs everything until ctx ends or a server fails.
func (h *house) work(ctx context.Context, servers []*server) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, s := range servers {
		group.Go(func() error { return s.run(ctx) })
	}
	group.Go(func() error { h.pool.Run(ctx); return nil })
	group.Go(func() error { return untilStopped(ctx, h.desk.Work(ctx)) })
	group.Go(func() error {
		return untilStopped(ctx, h.day.Run(ctx, func(daily.Report) { h.pool.Wake() }))
	})
	return group.Wait()
}

// untilStopped makes the end that was asked for no error.
func untilStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// server is a web server that has its port already, so that a taken port is
// known before anything else begins.
type server struct {
	name     string
	listener net.Listener
	http     *http.Server
}

// servers opens the ports of the site and, without a relay, of the outbox.
func (h *house) servers(a *app) ([]*server, error) {
	pages, err := h.website()
	if err != nil {
		return nil, fmt.Errorf("build the site: %w", err)
	}
	site, err := h.listen(a, "site.listen", h.config.Site.Listen, pages)
	if err != nil {
		return nil, err
	}
	servers := []*server{site}
	if h.outbox != nil && h.config.Mail.Outbox.Listen != "" {
		outbox, err := h.listen(a, "mail.outbox.listen", h.config.Mail.Outbox.Listen, h.outbox.Handler())
		if err != nil {
			return nil, errors.Join(err, site.listener.Close())
		}
		servers = append(servers, outbox)
	}
	return servers, nil
}

func (h *house) listen(a *app, key, address string, handler http.Handler) (*server, error) {
	l, err := net.Listen("tcp", address)
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		err = op.Err // without the address, which is said already
	}
	if err != nil {
		return nil, digest.Hint(fmt.Errorf("listen on %s: %w", address, err), "choose another address in "+key)
	}
	if a.listening != nil {
		a.listening(key, l.Addr().String())
	}
	return &server{name: key, listener: l, http: door.NewServer(handler, h.log)}, nil
}

func (s *server) run(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- s.http.Serve(s.listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve %s: %w", s.name, err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	if err := s.http.Shutdown(last); err != nil {
		_ = s.http.Close() // whoever still reads after that long is not waited for
	}
	return nil
}

// website is the public site.
func (h *house) website() (http.Handler, error) {
	return web.New(web.Options{
		Desk: h.desk, Editions: h.db, Pages: h.renderer, Links: h.links, Site: h.site,
		Origins: h.config.Site.Origins, TrustedProxies: h.config.Site.TrustedProxies,
		Now: h.now, Log: h.log,
	})
}

// next is when the next edition is due, for the operator.
func (h *house) next() string {
	fire, ok := daily.Next(h.day.Schedule, h.day.Zone, h.now())
	if !ok {
		return "never"
	}
	return fire.At.In(h.day.Zone).Format("2006-01-02 15:04 MST")
}

// letterbox is where letters go, for the operator.
func (h *house) letterbox() string {
	if h.outbox == nil {
		return "to the relay " + h.pool.Relay.String()
	}
	where := "no relay is set (mail.relay): they are files in " + h.config.Mail.Outbox.Dir
	if h.config.Mail.Outbox.Listen != "" {
		where += ", shown at http://" + h.config.Mail.Outbox.Listen
	}
	return where
}
