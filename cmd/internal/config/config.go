// Package config turns config.yaml into checked values. It knows YAML so that
// nobody else has to: the rooms get their own settings, and only cmd calls this.
//
// A misspelt key is a mistake, not a default. All mistakes are found in one
// reading and reported with their line and path; secrets come from the
// environment as ${NAME} or from a file by a key that ends in _file.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"reedaily/digest"
)

// maxBytes bounds the file: it is written by hand.
const maxBytes = 4 << 20

// Config is the whole of config.yaml, checked.
type Config struct {
	Database  string    `yaml:"database"`
	Templates string    `yaml:"templates"`
	Feeds     []Feed    `yaml:"feeds"`
	Collect   Collect   `yaml:"collect"`
	Relevance Relevance `yaml:"relevance"`
	Story     Story     `yaml:"story"`
	Edition   Edition   `yaml:"edition"`
	Model     Model     `yaml:"model"`
	Mail      Mail      `yaml:"mail"`
	Site      Site      `yaml:"site"`

	// Path is the file that was read; relative paths in it start at its folder.
	Path string `yaml:"-"`
	// Doubts are what can work and is likely not meant.
	Doubts []Mistake `yaml:"-"`
}

// Feed is one source.
type Feed struct {
	Name       string  `yaml:"name"`
	URL        string  `yaml:"url"`
	Home       string  `yaml:"home"`
	Lang       string  `yaml:"lang"`
	Weight     float64 `yaml:"weight"`
	Aggregator bool    `yaml:"aggregator"`
	OnTopic    bool    `yaml:"on_topic"`
	Owner      string  `yaml:"owner"`
	// Page says where the headlines are on a web page that has no feed.
	Page *Page `yaml:"page"`
}

// Page is where headlines are, as CSS selectors inside Item.
type Page struct {
	Item    string `yaml:"item"`
	Link    string `yaml:"link"`
	Title   string `yaml:"title"`
	Date    string `yaml:"date"`
	Summary string `yaml:"summary"`
}

// Collect bounds what is fetched, and how politely.
type Collect struct {
	Contact      string         `yaml:"contact"`
	Timeout      time.Duration  `yaml:"timeout"`
	Deadline     time.Duration  `yaml:"deadline"`
	Workers      int            `yaml:"workers"`
	MaxBytes     int64          `yaml:"max_bytes"`
	Pages        bool           `yaml:"pages"`
	PerHost      PerHost        `yaml:"per_host"`
	AllowPrivate []netip.Prefix `yaml:"allow_private"`
}

// PerHost is how one host is treated.
type PerHost struct {
	Connections int           `yaml:"connections"`
	Gap         time.Duration `yaml:"gap"`
}

// Relevance says what the newsletter is about.
type Relevance struct {
	Lexicon   string  `yaml:"lexicon"`
	Threshold float64 `yaml:"threshold"`
}

// Story says what belongs together.
type Story struct {
	Window    time.Duration `yaml:"window"`
	Threshold float64       `yaml:"threshold"`
}

// Edition says when an edition is made, of what.
type Edition struct {
	Title      string        `yaml:"title"`
	Schedule   string        `yaml:"schedule"`
	Zone       string        `yaml:"zone"`
	Lang       string        `yaml:"lang"`
	MaxAge     time.Duration `yaml:"max_age"`
	MaxStories int           `yaml:"max_stories"`
	Floor      float64       `yaml:"floor"`
	Catchup    time.Duration `yaml:"catchup"`
	Expire     time.Duration `yaml:"expire"`
	Quiet      string        `yaml:"quiet"`
}

// What to do on a morning without news.
const (
	QuietSkip   = "skip"
	QuietLetter = "letter"
)

// Mail says who writes, and through whom.
type Mail struct {
	From    string `yaml:"from"`
	ReplyTo string `yaml:"reply_to"`
	Relay   *Relay `yaml:"relay"`
	Outbox  Outbox `yaml:"outbox"`
	Workers int    `yaml:"workers"`
}

// Relay is the mail server that letters are handed to.
type Relay struct {
	Host         string `yaml:"host"`
	Port         int    `yaml:"port"`
	TLS          string `yaml:"tls"` // starttls, tls or none
	Username     string `yaml:"username"`
	Password     string `yaml:"password"`
	PasswordFile string `yaml:"password_file"`
	Hello        string `yaml:"hello"`
	CAFile       string `yaml:"ca_file"`
}

// Outbox is where letters go while there is no relay.
type Outbox struct {
	Dir    string `yaml:"dir"`
	Listen string `yaml:"listen"`
}

// Site is the public web site.
type Site struct {
	URL            string         `yaml:"url"`
	Listen         string         `yaml:"listen"`
	Address        string         `yaml:"address"`
	Keys           string         `yaml:"keys"`
	Origins        []string       `yaml:"origins"`
	TrustedProxies []netip.Prefix `yaml:"trusted_proxies"`
}

// Defaults is a configuration that only lacks feeds.
func Defaults() Config {
	return Config{
		Database: "data/reedaily.db",
		Collect: Collect{
			Timeout: 30 * time.Second, Deadline: time.Minute, Workers: 16, MaxBytes: 5 << 20, Pages: true,
			PerHost: PerHost{Connections: 1, Gap: time.Second},
		},
		Relevance: Relevance{},
		Story:     Story{Window: 14 * 24 * time.Hour},
		Edition: Edition{
			Title: "Rare Earth Daily", Schedule: "30 6 * * *", Zone: "UTC", Lang: "en", Floor: 0.37,
			MaxAge: 72 * time.Hour, Catchup: 6 * time.Hour, Expire: 20 * time.Hour, Quiet: QuietSkip,
		},
		Model: Model{Task: TaskRewrite, Lang: "en", Timeout: time.Minute},
		Mail: Mail{
			From:    "Rare Earth Daily <news@localhost.localdomain>",
			Outbox:  Outbox{Dir: "data/outbox", Listen: "127.0.0.1:8026"},
			Workers: 4,
		},
		Site: Site{URL: "http://127.0.0.1:8025", Listen: "127.0.0.1:8025", Keys: "data/token-keys"},
	}
}

// In is the defaults with every file in dir: for a demo or a preview that needs
// no configuration. It lacks feeds.
func In(dir string) Config {
	c := Defaults()
	c.Path = filepath.Join(dir, "config.yaml")
	c.fill()
	return c
}

// Load reads and checks the file at path. getenv answers ${NAME}.
func Load(path string, getenv func(string) string) (Config, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Config{}, digest.Hint(fmt.Errorf("read configuration: there is no %s (%w)", path, fs.ErrNotExist),
			"name it with --config FILE, or start from the config.yaml of the source tree")
	}
	if err != nil {
		return Config{}, fmt.Errorf("read configuration: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return Config{}, digest.Hint(fmt.Errorf("read configuration: %w", err), "--config names a file, such as /etc/reedaily/config.yaml")
	}
	if len(text) > maxBytes {
		return Config{}, fmt.Errorf("read configuration %s: larger than %d bytes", path, maxBytes)
	}
	return Parse(text, path, getenv)
}

// Parse reads and checks the text of a configuration. The error is a
// [Mistakes] where the text, not the disk, is at fault.
func Parse(text []byte, path string, getenv func(string) string) (Config, error) {
	c := Defaults()
	c.Path = path
	m := &Mistakes{Path: path}
	var doc yaml.Node
	if len(bytes.TrimSpace(text)) > 0 {
		if err := yaml.Load(text, &doc); err != nil {
			m.addYAML(err)
			return c, m
		}
		m.doc = &doc
		expand(&doc, getenv, m)
		if err := doc.Load(&c, yaml.WithKnownFields()); err != nil {
			m.addYAML(err)
		}
	}
	c.fill()
	c.check(m)
	if len(m.List) > 0 {
		return c, m
	}
	c.doubts(m)
	return c, c.readSecrets(m)
}

// fill gives the parts of lists and optional blocks their own defaults.
func (c *Config) fill() {
	c.ownAddress()
	for i := range c.Feeds {
		if c.Feeds[i].Weight == 0 {
			c.Feeds[i].Weight = 1
		}
	}
	if r := c.Mail.Relay; r != nil {
		if r.TLS == "" {
			r.TLS = "starttls"
			if r.Port == 465 {
				r.TLS = "tls"
			}
		}
		if r.Port == 0 {
			r.Port = 587
			if r.TLS == "tls" {
				r.Port = 465
			}
		}
	}
	for _, p := range []*string{&c.Templates, &c.Relevance.Lexicon, &c.Mail.Outbox.Dir, &c.Site.Keys} {
		*p = c.from(*p)
	}
	if !strings.Contains(c.Database, "://") {
		c.Database = c.from(c.Database)
	}
}

// ownAddress is the site's address where only its port on this machine was
// chosen: a site under another name than it is asked for answers nobody.
func (c *Config) ownAddress() {
	d := Defaults().Site
	host, port, err := net.SplitHostPort(c.Site.Listen)
	if err == nil && c.Site.URL == d.URL && c.Site.Listen != d.Listen && loopbackHost(host) {
		c.Site.URL = "http://" + net.JoinHostPort(host, port)
	}
}

// from makes a path that is relative in the file relative to the file.
func (c *Config) from(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(c.Path), path)
}

// Words is the feeds as the rest of the house knows them.
func (c *Config) Words() []digest.Feed {
	feeds := make([]digest.Feed, len(c.Feeds))
	for i, f := range c.Feeds {
		feeds[i] = digest.Feed{
			ID: digest.FeedID(f.URL), Name: f.Name, URL: f.URL, Home: f.Home, Lang: f.Lang,
			Weight: f.Weight, Aggregator: f.Aggregator, OnTopic: f.OnTopic, Owner: strings.TrimSpace(f.Owner),
		}
	}
	return feeds
}
