package config

import (
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/andybalholm/cascadia"
	"github.com/robfig/cron/v3"
	"golang.org/x/net/idna"
	"golang.org/x/text/language"

	"reedaily/digest"
)

func isPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// check notes every value that cannot work.
func (c *Config) check(m *Mistakes) {
	if c.Database == "" || strings.Contains(c.Database, "://") && !isPostgres(c.Database) {
		m.add("database", "want a file name or postgres://…")
	}
	c.checkFeeds(m)
	c.checkCollect(m)
	c.checkEdition(m)
	c.checkModel(m)
	c.checkMail(m)
	c.checkSite(m)
	for key, dir := range map[string]string{"templates": c.Templates, "relevance.lexicon": c.Relevance.Lexicon} {
		if info, err := os.Stat(dir); dir != "" && (err != nil || !info.IsDir()) {
			m.add(key, "%q is not a folder", dir)
		}
	}
	if c.Story.Window < 24*time.Hour {
		m.add("story.window", "want at least 24h, so that yesterday's stories are known")
	}
	for key, v := range map[string]float64{
		"relevance.threshold": c.Relevance.Threshold, "story.threshold": c.Story.Threshold, "edition.floor": c.Edition.Floor,
	} {
		if !(v >= 0 && v <= 1) { // nor not a number
			m.add(key, "want a number from 0 to 1")
		}
	}
}

func (c *Config) checkFeeds(m *Mistakes) {
	if len(c.Feeds) == 0 {
		m.add("feeds", "there is none; add at least one with name and url")
	}
	seen := map[string]int{}
	for i, f := range c.Feeds {
		at := "feeds[" + strconv.Itoa(i) + "]"
		if strings.TrimSpace(f.Name) == "" {
			m.add(at+".name", "is missing")
		}
		u, err := url.Parse(f.URL)
		switch {
		case f.URL == "":
			m.add(at+".url", "is missing")
		case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
			m.add(at+".url", "%q is not an http or https address", f.URL)
		case u.User != nil:
			m.add(at+".url", "holds a user name; feeds with a login are not supported")
		}
		if first, ok := seen[f.URL]; ok && f.URL != "" {
			m.add(at+".url", "is the same as feeds[%d]", first)
		}
		seen[f.URL] = i
		if f.Page != nil {
			f.Page.check(m, at+".page")
		}
		switch owner := strings.TrimSpace(f.Owner); {
		case owner == "" && f.Owner != "", len(owner) > 100, strings.ContainsFunc(owner, unicode.IsControl):
			m.add(at+".owner", "want a name in one line, at most 100 characters")
		case owner != "" && f.Aggregator:
			m.add(at+".owner", "and aggregator are both set: an aggregator shows the outlets of others; name the owner at a feed of the outlet itself")
		}
		if f.Weight < 0 || f.Weight > 10 {
			m.add(at+".weight", "want a number from 0 to 10")
		}
	}
}

func (p *Page) check(m *Mistakes, at string) {
	if p.Item == "" {
		m.add(at+".item", "is missing: the CSS selector of one headline, such as article.teaser")
	}
	for key, css := range map[string]string{"item": p.Item, "link": p.Link, "title": p.Title, "date": p.Date, "summary": p.Summary} {
		if css == "" {
			continue
		}
		if _, err := cascadia.ParseGroup(css); err != nil {
			m.add(at+"."+key, "%q is no CSS selector: %v", css, err)
		}
	}
}

func (c *Config) checkCollect(m *Mistakes) {
	k := c.Collect
	positive(m, "collect.timeout", k.Timeout)
	positive(m, "collect.deadline", k.Deadline)
	if k.Workers < 1 || k.Workers > 256 {
		m.add("collect.workers", "want 1 to 256")
	}
	if k.MaxBytes < 64<<10 || k.MaxBytes > 64<<20 {
		m.add("collect.max_bytes", "want 65536 to 67108864")
	}
	if k.PerHost.Connections < 1 {
		m.add("collect.per_host.connections", "want at least 1")
	}
	if k.PerHost.Gap < 0 {
		m.add("collect.per_host.gap", "want 0 or more, such as 1s")
	}
}

func (c *Config) checkEdition(m *Mistakes) {
	e := c.Edition
	if strings.TrimSpace(e.Title) == "" || len(e.Title) > 100 {
		m.add("edition.title", "want the newsletter's name, at most 100 characters")
	}
	if _, err := e.Location(); err != nil {
		m.add("edition.zone", "%q is not a time zone such as Europe/Berlin", e.Zone)
	}
	if _, err := e.Cron(); err != nil {
		m.add("edition.schedule", "%q is not a cron line such as \"30 6 * * *\" (minute hour day month weekday): %v", e.Schedule, err)
	}
	for key, d := range map[string]time.Duration{
		"edition.max_age": e.MaxAge, "edition.catchup": e.Catchup, "edition.expire": e.Expire,
	} {
		positive(m, key, d)
	}
	if _, err := language.Parse(e.Lang); e.Lang != "" && err != nil {
		m.add("edition.lang", "%q is not a language tag such as en", e.Lang)
	}
	if e.MaxStories < 0 {
		m.add("edition.max_stories", "want 0 (no limit) or more")
	}
	if e.Quiet != QuietSkip && e.Quiet != QuietLetter {
		m.add("edition.quiet", "%q is neither skip nor letter", e.Quiet)
	}
}

// Location is the newsletter's zone.
func (e Edition) Location() (*time.Location, error) {
	if e.Zone == "" || e.Zone == "Local" {
		return nil, &digest.InputError{What: "zone", Got: e.Zone, Want: "a named time zone"}
	}
	return time.LoadLocation(e.Zone)
}

// Cron is the schedule. A zone inside the line is refused: edition.zone is the
// one place for it, and the parser panics on a zone without fields.
func (e Edition) Cron() (cron.Schedule, error) {
	if strings.Contains(e.Schedule, "=") || strings.HasPrefix(strings.TrimSpace(e.Schedule), "@every") {
		return nil, &digest.InputError{What: "schedule", Got: e.Schedule, Want: "five fields; the zone goes into edition.zone"}
	}
	schedule, err := cron.ParseStandard(e.Schedule)
	if err != nil {
		return nil, err
	}
	if schedule.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, &digest.InputError{What: "schedule", Got: e.Schedule, Want: "a day that exists"}
	}
	return schedule, nil
}

func (c *Config) checkMail(m *Mistakes) {
	for key, v := range map[string]string{"mail.from": c.Mail.From, "mail.reply_to": c.Mail.ReplyTo} {
		if v == "" && key == "mail.reply_to" {
			continue
		}
		a, err := mail.ParseAddress(v)
		if err == nil {
			_, err = digest.ParseAddress(a.Address, idna.Lookup.ToASCII)
		}
		if err != nil {
			m.add(key, "%q is not an address such as Rare Earth Daily <news@example.com>", v)
		}
	}
	if c.Mail.Workers < 1 || c.Mail.Workers > 64 {
		m.add("mail.workers", "want 1 to 64")
	}
	if c.Mail.Outbox.Listen != "" {
		host, _, err := net.SplitHostPort(c.Mail.Outbox.Listen)
		ip, ipErr := netip.ParseAddr(host)
		switch {
		case err != nil:
			m.add("mail.outbox.listen", "%q is not host:port", c.Mail.Outbox.Listen)
		case host != "localhost" && (ipErr != nil || !ip.IsLoopback()):
			m.add("mail.outbox.listen", "must be on loopback, such as 127.0.0.1:8026: it shows readers' mail")
		}
	}
	r := c.Mail.Relay
	if r == nil {
		return
	}
	if r.Host == "" {
		m.add("mail.relay.host", "is missing")
	}
	distant := r.Host != "" && !loopbackHost(r.Host)
	if distant && c.Mail.From == Defaults().Mail.From {
		m.add("mail.from", "is missing: a real relay needs a real sender")
	}
	if u, err := url.Parse(c.Site.URL); err == nil && distant && loopbackHost(u.Hostname()) {
		m.add("site.url", "is missing: readers could not reach the links in their mail")
	}
	if r.Port < 1 || r.Port > 65535 {
		m.add("mail.relay.port", "want 1 to 65535")
	}
	switch r.TLS {
	case "starttls", "tls":
	case "none":
		if ip, err := netip.ParseAddr(r.Host); r.Host != "localhost" && (err != nil || !ip.IsLoopback()) {
			m.add("mail.relay.tls", "none is for a relay on this machine only; use starttls or tls")
		}
	default:
		m.add("mail.relay.tls", "%q is none of starttls, tls, none", r.TLS)
	}
	if r.Username == "" && (r.Password != "" || r.PasswordFile != "") {
		m.add("mail.relay.username", "is missing, but there is a password")
	}
	if r.Password != "" && r.PasswordFile != "" {
		m.add("mail.relay.password_file", "and password are both set; keep one")
	}
}

func (c *Config) checkSite(m *Mistakes) {
	u, err := url.Parse(c.Site.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil:
		m.add("site.url", "%q is not an address such as https://news.example.com", c.Site.URL)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		m.add("site.url", "want the address of a host, without a path")
	case u.Scheme == "http" && !loopbackHost(u.Hostname()):
		m.add("site.url", "must be https: mail clients unsubscribe by https only (RFC 8058); plain http is for loopback")
	}
	if _, _, err := net.SplitHostPort(c.Site.Listen); err != nil {
		m.add("site.listen", "%q is not host:port", c.Site.Listen)
	}
	if c.Site.Keys == "" {
		m.add("site.keys", "want the file that keeps the keys of readers' links")
	}
	for i, o := range c.Site.Origins {
		u, err := url.Parse(o)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" {
			m.add("site.origins["+strconv.Itoa(i)+"]", "%q is not an origin such as https://www.example.com", o)
		}
	}
}

func loopbackHost(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func positive(m *Mistakes, key string, d time.Duration) {
	if d <= 0 {
		m.add(key, "want a time such as 30s or 6h")
	}
}
