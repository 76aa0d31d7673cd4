package main

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	netmail "net/mail"
	"net/url"
	"os"
	"strings"
	"time"

	"reedaily/cmd/internal/config"
	"reedaily/cmd/internal/inbox"
	"reedaily/digest"
	"reedaily/digest/collect"
	"reedaily/digest/daily"
	"reedaily/digest/deliver"
	"reedaily/digest/edition"
	"reedaily/digest/highlight"
	"reedaily/digest/relevance"
	"reedaily/digest/render"
	"reedaily/digest/story"
	"reedaily/digest/subscribe"
	"reedaily/store"
	"reedaily/templates"
)

// house is everything, built once: the only place where rooms meet.
type house struct {
	config   config.Config
	log      *slog.Logger
	now      func() time.Time
	db       *store.DB
	links    *digest.Links
	renderer *render.Renderer
	site     render.Site
	day      *daily.Desk
	desk     *subscribe.Desk
	letters  *letters
	pool     *deliver.Pool
	outbox   *inbox.Inbox // set where no relay is
}

// quietNote words a quiet morning's letter, where one is wanted.
func quietNote(s digest.SourceCount) string {
	return fmt.Sprintf("We read %d of our %d sources this morning and found no news worth your time. That is all for today.",
		s.Answered, s.Asked)
}

// withHouse opens the house as the configuration says, with a quiet log, for
// commands that do one thing.
func (a *app) withHouse(ctx context.Context, do func(context.Context, *house) error) error {
	c, err := config.Load(a.config, a.getenv)
	if err != nil {
		return err
	}
	h, err := a.open(ctx, c, a.now, a.quietLogger())
	if err != nil {
		return err
	}
	defer h.close()
	return do(ctx, h)
}

// open builds everything, bottom to top.
func (a *app) open(ctx context.Context, c config.Config, now func() time.Time, log *slog.Logger) (*house, error) {
	h := &house{config: c, log: log, now: now}
	if err := h.openPaper(); err != nil {
		return nil, err
	}
	keys, err := loadKeys(c.Site.Keys)
	if err != nil {
		return nil, err
	}
	if h.links, err = digest.NewLinks(c.Site.URL, keys); err != nil {
		return nil, digest.Hint(err, "look at "+c.Site.Keys)
	}
	if h.db, err = store.Open(ctx, store.Options{URL: c.Database, Now: now}); err != nil {
		return nil, err
	}
	if err := h.openRooms(a); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// openPaper reads and tries every template.
func (h *house) openPaper() error {
	var files fs.FS = templates.FS
	if dir := h.config.Templates; dir != "" {
		var err error
		if files, err = render.Overlay(files, dir); err != nil {
			return fmt.Errorf("read templates: %w", err)
		}
	}
	r, err := render.New(files)
	if err != nil {
		return fmt.Errorf("read templates: %w", err)
	}
	h.renderer = r
	h.site = render.Site{
		Name: h.config.Edition.Title, URL: h.config.Site.URL,
		Address: h.config.Site.Address, Contact: h.config.Mail.ReplyTo,
	}
	return nil
}

func (h *house) openRooms(a *app) error {
	c := h.config
	zone, err := c.Edition.Location()
	if err != nil {
		return err
	}
	schedule, err := c.Edition.Cron()
	if err != nil {
		return err
	}
	judge, err := relevance.New(relevanceSettings(c))
	if err != nil {
		return fmt.Errorf("read the word lists: %w", err)
	}
	grouping := storySettings(c, judge)
	ranking := edition.Defaults()
	ranking.MaxStories, ranking.Floor, ranking.Lang = c.Edition.MaxStories, c.Edition.Floor, c.Edition.Lang
	ranking.Owners = edition.NewOwners(c.Words())
	var quiet func(digest.SourceCount) string
	if c.Edition.Quiet == config.QuietLetter {
		quiet = quietNote
	}
	finder, err := highlight.NewFinder()
	if err != nil {
		return fmt.Errorf("read the lists of names: %w", err)
	}
	collector := h.collector(a.sleep)
	h.day = &daily.Desk{
		Settings: daily.Settings{
			Title: c.Edition.Title, Zone: zone, Schedule: schedule, MaxAge: c.Edition.MaxAge,
			Catchup: c.Edition.Catchup, Expire: c.Edition.Expire, Window: c.Story.Window,
			QuietNote: quiet, Ranking: ranking,
		},
		Store: h.db, Feeds: c.Words(), Collector: collector, Judge: judge,
		Grouper: func() daily.Grouper { return story.New(grouping) },
		Reading: readingOf(highlight.New(highlight.Defaults()), finder),
		View: func(e digest.Edition) ([]digest.View, error) {
			v, err := h.renderer.View(e, h.site)
			return []digest.View{v}, err
		},
		Now: h.now, Sleep: a.sleep, Log: h.log, After: a.after,
		Builder: fmt.Sprintf("process %d", os.Getpid()), Role: "reedaily",
	}
	if h.day.Reword, err = reword(c, h.log); err != nil {
		return err
	}
	if c.Collect.Pages {
		h.day.Pages = collector
	}
	h.desk = &subscribe.Desk{
		Store: h.db, Links: h.links, Budget: digest.DefaultAskBudget(),
		Now: h.now, Sleep: a.sleep, Log: h.log,
	}
	return h.openOutbox(a)
}

// readingOf quotes articles and finds their facts, without what their outlets
// say under every headline.
func readingOf(p *highlight.Picker, f *highlight.Finder) func([]digest.Article) daily.Reading {
	return func(lately []digest.Article) daily.Reading {
		refrains := highlight.NewRefrains(lately)
		picker, finder := p.Without(refrains), f.Without(refrains)
		return daily.Reading{
			Highlights: picker.Pick, News: picker.News,
			Facts: func(articles []digest.Article) []digest.Fact {
				var facts []digest.Fact
				for _, a := range articles {
					facts = append(facts, finder.Facts(a)...)
				}
				return facts
			},
		}
	}
}

// openOutbox builds the way to the relay or, where there is none, to the
// embedded outbox.
func (h *house) openOutbox(a *app) error {
	relay, err := relayOf(h.config)
	if err != nil {
		return err
	}
	if h.config.Mail.Relay == nil {
		if h.outbox, err = inbox.Open(h.config.Mail.Outbox.Dir); err != nil {
			return fmt.Errorf("open the outbox: %w", err)
		}
		h.outbox.Failed = h.outboxFull()
		relay = deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: h.outbox.Dial}
	}
	sender, err := h.sender()
	if err != nil {
		return err
	}
	h.letters = &letters{db: h.db, renderer: h.renderer, links: h.links, site: h.site, sender: sender}
	h.pool = &deliver.Pool{
		Outbox: h.db, Relay: relay, Workers: h.config.Mail.Workers,
		Letters: h.letters, Now: h.now, Sleep: a.sleep, Boot: boot(), KeyID: h.links.KeyID(), Log: h.log,
	}
	h.desk.Wake = h.pool.Wake
	return nil
}

// outboxFull tells the operator of letters that cannot be kept.
func (h *house) outboxFull() func(error) {
	var trouble digest.Trouble
	const what = "letters wait, for the outbox cannot keep them"
	return func(err error) {
		err = digest.Hint(err, "make room on the disk, or let this user write to mail.outbox.dir; nothing is lost")
		if trouble.News(what, err, h.now()) {
			h.log.Error(what, "error", err)
		}
	}
}

func (h *house) close() {
	if err := h.db.Close(); err != nil {
		h.log.Error("the database did not close well", "error", err)
	}
}

// collector asks feeds, under a name by which a server's owner can reach us.
func (h *house) collector(sleep func(context.Context, time.Duration) error) *collect.Collector {
	c := h.config.Collect
	s := collect.Defaults()
	contact := c.Contact
	if contact == "" {
		contact = h.config.Site.URL
	}
	s.UserAgent = fmt.Sprintf("reedaily/1.0 (+%s)", contact)
	s.Workers, s.Connections, s.Gap = c.Workers, c.PerHost.Connections, c.PerHost.Gap
	s.Timeout, s.Deadline, s.MaxBytes, s.AllowPrivate = c.Timeout, c.Deadline, c.MaxBytes, c.AllowPrivate
	s.Pages = map[string]collect.Selectors{}
	for _, f := range h.config.Feeds {
		if f.Page != nil {
			s.Pages[f.URL] = collect.Selectors(*f.Page)
		}
	}
	collector := collect.New(s)
	collector.Now, collector.Sleep = h.now, sleep
	return collector
}

// sender is who the letters are from.
func (h *house) sender() (render.Sender, error) {
	from, err := netmail.ParseAddress(h.config.Mail.From)
	if err != nil {
		return render.Sender{}, fmt.Errorf("read mail.from: %w", err)
	}
	return render.Sender{
		Name: from.Name, Address: from.Address, ReplyTo: h.config.Mail.ReplyTo,
		ListID: digest.CadenceDaily + "." + listHost(h.config.Site.URL),
	}, nil
}

// listHost is the site's host as a name fit for a List-Id.
func listHost(site string) string {
	u, err := url.Parse(site)
	if err != nil || u.Hostname() == "" {
		return "localhost"
	}
	return u.Hostname()
}

// reader finds a reader by an address as an operator types it.
func (h *house) reader(ctx context.Context, typed string) (digest.Subscriber, error) {
	address, err := subscribe.Address(typed)
	if err != nil {
		return digest.Subscriber{}, err
	}
	s, err := h.db.Subscriber(ctx, address)
	if errors.Is(err, digest.ErrNotFound) {
		return s, digest.Hint(fmt.Errorf("nobody reads under %s", address), "reedaily subscribers list shows who does")
	}
	return s, err
}

func relayOf(c config.Config) (deliver.Relay, error) {
	r := c.Mail.Relay
	if r == nil {
		return deliver.Relay{}, nil
	}
	relay := deliver.Relay{
		Host: r.Host, Port: r.Port, TLS: r.TLS, Username: r.Username, Password: r.Password, HELO: r.Hello,
	}
	if r.CAFile != "" {
		pem, err := os.ReadFile(r.CAFile)
		if err != nil {
			return relay, fmt.Errorf("read mail.relay.ca_file: %w", err)
		}
		relay.RootCAs = x509.NewCertPool()
		if !relay.RootCAs.AppendCertsFromPEM(pem) {
			return relay, fmt.Errorf("read mail.relay.ca_file: %s holds no certificate", r.CAFile)
		}
	}
	if relay.HELO == "" {
		relay.HELO = listHost(c.Site.URL)
	}
	return relay, nil
}

func relevanceSettings(c config.Config) relevance.Settings {
	s := relevance.Defaults()
	s.Dir = c.Relevance.Lexicon
	if c.Relevance.Threshold > 0 {
		s.Threshold = c.Relevance.Threshold
	}
	return s
}

// storySettings are the grouper's. Where the lexicons are the operator's own, so
// is the topic, and its words say as little of an event as those of rare earths,
// which are built in.
func storySettings(c config.Config, judge *relevance.Judge) story.Settings {
	s := story.Defaults()
	s.Window = c.Story.Window
	if c.Relevance.Lexicon != "" {
		s.Name, s.Topic = judge.TopicWords()
	}
	if c.Story.Threshold > 0 {
		s.Story = c.Story.Threshold
	}
	return s
}

// boot names this start of the machine, so that a letter left half-way tells
// whether the program or the whole machine went down. Where the system has no
// such name, each run of the program counts as a start.
func boot() string {
	if id, err := os.ReadFile("/proc/sys/kernel/random/boot_id"); err == nil {
		return strings.TrimSpace(string(id))
	}
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the process instead
	return hex.EncodeToString(b)
}
