package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"reedaily/cmd/internal/config"
	"reedaily/cmd/internal/inbox"
	"reedaily/cmd/internal/press"
	"reedaily/digest"
	"reedaily/digest/daily"
	"reedaily/digest/door"
)

// demoReader is who the demo subscribes.
const demoReader = "reader@example.com"

// demoPatience is how long the demo waits for any one letter.
const demoPatience = 20 * time.Second

func (a *app) demoCommand() *cobra.Command {
	var once bool
	var out string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show a whole morning on this machine, with nothing set up",
		Long: `Starts a small press of sample feeds, a mail server with a web view, and the
public site, all on this machine and with sample news of our own writing. It
subscribes a reader through the real form and the real confirmation mail, runs
the morning, and says where to look. Everything is gone when it ends.`,
		Example: `  reedaily demo
  reedaily demo --once --out letter     # write digest.html, .txt and .eml, and end`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out != "" && !once {
				return &usageError{digest.Hint(errors.New("--out goes with --once"), "reedaily demo --once --out "+out)}
			}
			if once && out == "" {
				out = "."
			}
			return a.demo(cmd.Context(), once, out)
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "end when the digest is there")
	cmd.Flags().StringVar(&out, "out", "", "with --once: the `DIR` for digest.html, digest.txt and digest.eml; default: this folder")
	return cmd
}

// stage is all that the demo runs on.
type stage struct {
	*house
	mail       *inbox.Inbox
	mailURL    string
	pressURL   string
	visitor    *http.Client
	background *errgroup.Group
}

func (a *app) demo(ctx context.Context, once bool, out string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	dir, err := os.MkdirTemp("", "reedaily-demo-")
	if err != nil {
		return fmt.Errorf("make room for the demo: %w", err)
	}
	defer os.RemoveAll(dir)
	s, err := a.setStage(ctx, dir, once)
	if err != nil {
		return err
	}
	defer s.close()
	defer func() {
		stop()
		a.note(s.background.Wait())
	}()
	letter, report, err := s.play(ctx)
	if err != nil {
		return err
	}
	if once {
		return a.keepLetter(s, letter, out)
	}
	a.sayDemo(s, letter, report)
	<-ctx.Done()
	return nil
}

// setStage opens everything on ports of its own: well-known ones if they are
// free and a person is to look at them.
func (a *app) setStage(ctx context.Context, dir string, once bool) (*stage, error) {
	port := func(p string) string {
		if once {
			return "127.0.0.1:0"
		}
		return "127.0.0.1:" + p
	}
	s := &stage{}
	s.background, ctx = errgroup.WithContext(ctx)
	site, err := listenNear(port("8025"))
	if err != nil {
		return nil, err
	}
	mail, err := listenNear("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	if s.mail, err = inbox.Open(""); err != nil {
		return nil, fmt.Errorf("open the demo's inbox: %w", err)
	}
	s.background.Go(func() error { return s.mail.ServeSMTP(ctx, mail) })
	if s.mailURL, err = s.show(ctx, port("8026"), s.mail.Handler()); err != nil {
		return nil, err
	}
	papers := press.New(a.now())
	if s.pressURL, err = s.show(ctx, port("8027"), papers.Handler()); err != nil {
		return nil, err
	}
	c := demoConfig(dir, site.Addr().String(), mail.Addr().(*net.TCPAddr).Port)
	if s.house, err = a.open(ctx, c, a.now, a.quietLogger()); err != nil {
		return nil, err
	}
	s.day.Feeds, s.day.Sole = papers.Feeds(s.pressURL), true
	pages, err := s.website()
	if err != nil {
		return nil, fmt.Errorf("build the site: %w", err)
	}
	front := &server{name: "site", listener: site, http: door.NewServer(pages, s.log)}
	s.background.Go(func() error { return front.run(ctx) })
	s.background.Go(func() error { s.pool.Run(ctx); return nil })
	s.background.Go(func() error { return untilStopped(ctx, s.desk.Work(ctx)) })
	return s, nil
}

func demoConfig(dir, site string, smtp int) config.Config {
	c := config.In(dir)
	c.Collect.PerHost.Gap, c.Collect.PerHost.Connections = 0, 16
	c.Collect.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	c.Mail.From = "Rare Earth Daily <news@demo.example>"
	c.Mail.Relay = &config.Relay{Host: "127.0.0.1", Port: smtp, TLS: "none"}
	c.Site.URL = "http://" + site
	c.Site.Address = "A demo on your own machine. Outlets, companies and events are invented."
	return c
}

// listenNear takes the address, or any port of this machine if it is taken.
func listenNear(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("open a port for the demo: %w", err)
	}
	return l, nil
}

// show serves a handler and returns its address.
func (s *stage) show(ctx context.Context, address string, h http.Handler) (string, error) {
	l, err := listenNear(address)
	if err != nil {
		return "", err
	}
	web := &server{name: "demo", listener: l, http: &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}}
	s.background.Go(func() error { return web.run(ctx) })
	return "http://" + l.Addr().String(), nil
}

// play is the morning: a reader signs up while the feeds are read, and gets the
// first digest.
func (s *stage) play(ctx context.Context) (inbox.Message, daily.Report, error) {
	s.visitor = &http.Client{Timeout: 10 * time.Second}
	group, both := errgroup.WithContext(ctx)
	group.Go(func() error { return s.signUp(both) })
	group.Go(func() error {
		_, err := s.day.Collect(both)
		return err
	})
	if err := group.Wait(); err != nil {
		return inbox.Message{}, daily.Report{}, err
	}
	report, err := s.day.Make(ctx, s.day.Today(s.now()))
	if err != nil {
		return inbox.Message{}, report, err
	}
	s.pool.Wake()
	letter, err := s.await(ctx, func(m inbox.Message) bool { return m.Subject == report.Row.Edition.Subject })
	return letter, report, err
}

var (
	formToken   = regexp.MustCompile(`name="form" value="([A-Za-z0-9_-]+)"`)
	confirmLink = regexp.MustCompile(`http://[^\s"<>]+/c/[A-Za-z0-9_-]+`)
)

// signUp does what a reader does: fill in the form, open the mail, press the button.
func (s *stage) signUp(ctx context.Context) error {
	home, err := s.visit(ctx, http.MethodGet, s.config.Site.URL+"/", nil)
	if err != nil {
		return err
	}
	token := formToken.FindStringSubmatch(home)
	if token == nil {
		return errors.New("sign up: the front page has no form")
	}
	// Nobody types an address faster; the form takes whoever does for a robot.
	if err := sleep(ctx, digest.FormMinAge+200*time.Millisecond); err != nil {
		return err
	}
	form := url.Values{"email": {demoReader}, "form": {token[1]}}
	if _, err := s.visit(ctx, http.MethodPost, s.config.Site.URL+"/subscribe", form); err != nil {
		return err
	}
	m, err := s.await(ctx, func(inbox.Message) bool { return true })
	if err != nil {
		return err
	}
	content, err := s.mail.Read(m.ID)
	if err != nil {
		return fmt.Errorf("sign up: read the confirmation mail: %w", err)
	}
	link := confirmLink.FindString(content.Text)
	if _, err := s.visit(ctx, http.MethodGet, link, nil); err != nil {
		return err
	}
	_, err = s.visit(ctx, http.MethodPost, link, url.Values{})
	return err
}

func (s *stage) visit(ctx context.Context, method, address string, form url.Values) (string, error) {
	page, err := fetchPage(ctx, s.visitor, method, address, form)
	if err != nil {
		return "", fmt.Errorf("sign up: %w", err)
	}
	return page, nil
}

func (s *stage) await(ctx context.Context, ok func(inbox.Message) bool) (inbox.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, demoPatience)
	defer cancel()
	m, err := s.mail.Wait(ctx, ok)
	if err != nil {
		return m, fmt.Errorf("wait for a letter: %w", err)
	}
	return m, nil
}

// keepLetter writes the letter in its three forms.
func (a *app) keepLetter(s *stage, m inbox.Message, dir string) error {
	content, err := s.mail.Read(m.ID)
	if err != nil {
		return fmt.Errorf("read the digest: %w", err)
	}
	raw, err := s.mail.Raw(m.ID)
	if err != nil {
		return fmt.Errorf("read the digest: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return digest.Hint(fmt.Errorf("make the folder of the digest: %w", err), "choose another folder with --out")
	}
	for name, text := range map[string][]byte{
		"digest.html": []byte(content.HTML), "digest.txt": []byte(content.Text), "digest.eml": raw,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return digest.Hint(fmt.Errorf("write the digest: %w", err), "choose another folder with --out")
		}
	}
	where := dir
	if filepath.Clean(dir) == "." {
		where = "this folder"
	}
	fmt.Fprintf(a.stdout, "%q for %s: digest.html, digest.txt and digest.eml are in %s.\n", m.Subject, demoReader, where)
	return nil
}

// sayDemo tells a person what happened and where to look.
func (a *app) sayDemo(s *stage, m inbox.Message, r daily.Report) {
	sources := r.Row.Edition.Sources
	fmt.Fprintf(a.stdout, `Good morning. A day of reedaily has just happened on this machine:

  %d of %d sample feeds answered, and what they said of rare earths became %s.
  %s filled in the form, confirmed by mail, and got
  %q

Look at it:

  the inbox          %s
  the public site    %s
  today's edition    %s/editions/%s
  the sample press   %s

The way out is in the mail, too: its Unsubscribe link, and one click.
Ctrl-C ends the demo; nothing is kept. A real site: README, "five minutes".
`, sources.Answered, sources.Asked, told(r.Row.Edition), demoReader, m.Subject,
		s.mailURL, s.config.Site.URL, s.config.Site.URL, r.Row.Key.Day, s.pressURL)
}
