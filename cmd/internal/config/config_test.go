package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func noEnv(string) string { return "" }

const oneFeed = "feeds:\n  - {name: A, url: https://a.example/feed}\n"

func TestOnlyFeedsAreNeeded(t *testing.T) {
	c, err := Parse([]byte(oneFeed), "/etc/reedaily/config.yaml", noEnv)
	if err != nil {
		t.Fatal(err)
	}
	if c.Edition.MaxAge != 72*time.Hour || c.Collect.PerHost.Gap != time.Second || c.Feeds[0].Weight != 1 {
		t.Errorf("defaults are off: %+v", c)
	}
	if c.Database != "/etc/reedaily/data/reedaily.db" {
		t.Errorf("database %q: want it beside the configuration", c.Database)
	}
}

func TestOnlyAPortIsChosen(t *testing.T) {
	c, err := Parse([]byte(oneFeed+"site: {listen: '127.0.0.1:8981'}\n"), "config.yaml", noEnv)
	if err != nil || c.Site.URL != "http://127.0.0.1:8981" {
		t.Errorf("the site is %s, %v", c.Site.URL, err)
	}
}

func TestRelay(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := func(name string) string { return map[string]string{"SMTP_PASSWORD": `p: "x`, "PORT": "2526"}[name] }
	for _, tc := range []struct{ name, relay, want string }{
		{"mapping", `{host: 127.0.0.1, port: 2525, tls: none}`, "127.0.0.1 2525 none  "},
		{"submission by default", `{host: localhost}`, "localhost 587 starttls  "},
		{"465 means tls", `{host: localhost, port: 465}`, "localhost 465 tls  "},
		{"address", `smtps://me@127.0.0.1`, "127.0.0.1 465 tls me "},
		{"environment", `{host: localhost, username: me, password: "${SMTP_PASSWORD}"}`, `localhost 587 starttls me p: "x`},
		{"port from the environment", `{host: localhost, port: "${PORT}", username: me, password: "${PORT}"}`, "localhost 2526 starttls me 2526"},
		{"file", `{host: localhost, username: me, password_file: ` + secret + `}`, "localhost 587 starttls me from-file"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := Parse([]byte(oneFeed+"mail:\n  relay: "+tc.relay+"\n"), "config.yaml", env)
			if err != nil {
				t.Fatal(err)
			}
			r := c.Mail.Relay
			if got := fmt.Sprintf("%s %d %s %s %s", r.Host, r.Port, r.TLS, r.Username, r.Password); got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestModel(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(secret, []byte("from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := func(name string) string { return map[string]string{"MODEL_KEY": "k: 1"}[name] }
	for _, tc := range []struct{ name, model, want string }{
		{"none", `{}`, "  rewrite en 1m0s"},
		{"on this machine", `{url: "http://127.0.0.1:11434/v1", name: "qwen3:8b"}`, "qwen3:8b  rewrite en 1m0s"},
		{"in this network", `{url: "http://10.0.0.7:8000/v1", name: m, key: k}`, "m k rewrite en 1m0s"},
		{"hosted", `{url: "https://models.example/v1", name: m, key: "${MODEL_KEY}", task: translate, timeout: 20s}`, "m k: 1 translate en 20s"},
		{"key from a file", `{url: "http://ollama:11434/v1", name: m, key_file: ` + secret + `, lang: en-GB}`, "m from-file rewrite en-GB 1m0s"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := Parse([]byte(oneFeed+"model: "+tc.model+"\n"), "config.yaml", env)
			if err != nil {
				t.Fatal(err)
			}
			m := c.Model
			if got := fmt.Sprintf("%s %s %s %s %s", m.Name, m.Key, m.Task, m.Lang, m.Timeout); got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestMistakesAreAllReportedWithLineAndPath(t *testing.T) {
	text := `databse: x.db
feeds:
  - name: A
    url: nope
  - name: A2
    url: https://a.example/feed
    color: red
edition:
  schedule: "61 6 * * *"
  zone: Mars/Olympus
  max_age: soon
  quiet: shout
mail:
  from: nobody
  relay: {host: mail.example.com, tls: maybe, username: u, password: "${NOT_THERE}", passwort: x}
site:
  url: http://news.example.com
`
	_, err := Parse([]byte(text), "config.yaml", noEnv)
	var m *Mistakes
	if !errors.As(err, &m) {
		t.Fatalf("got %v, want Mistakes", err)
	}
	for _, want := range []string{
		`line 1: there is no key "databse"`,
		`line 4: feeds[0].url: "nope" is not an http or https address`,
		`line 7: there is no key "color"`,
		`line 9: edition.schedule: "61 6 * * *" is not a cron line`,
		`line 10: edition.zone: "Mars/Olympus" is not a time zone`,
		`line 11: edition.max_age: want a time such as 72h`,
		`line 12: edition.quiet: "shout" is neither`,
		`line 14: mail.from: "nobody" is not an address`,
		`line 15: mail.relay.tls: "maybe"`,
		`line 15: ${NOT_THERE} is not set`,
		`line 15: there is no key "passwort"`,
		`line 17: site.url: must be https`,
	} {
		if !strings.Contains(m.Error(), want) {
			t.Errorf("missing %q in:\n%v", want, m)
		}
	}
	if strings.Contains(m.Error(), "config.") && strings.Contains(m.Error(), "type config") {
		t.Errorf("names of our types leak:\n%v", m)
	}
}

func TestOneMistakeEach(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"broken YAML", "feeds: [\n", "line "},
		{"a tab", "feeds:\n\t- name: A\n", "line 2"},
		{"twice the same key", oneFeed + oneFeed, "line 3: feeds: is there twice, first in line 1"},
		{"no feeds", "database: x.db\n", "there is none"},
		{"empty file", "", "there is none"},
		{"wrong shape", "feeds: yes\n", "line 1"},
		{"zone in the cron line", oneFeed + "edition: {schedule: 'CRON_TZ=UTC'}\n", "edition.zone"},
		{"a day that never comes", oneFeed + "edition: {schedule: '0 6 31 2 *'}\n", "a day that exists"},
		{"outbox for all to see", oneFeed + "mail: {outbox: {listen: '0.0.0.0:8026'}}\n", "loopback"},
		{"plain relay elsewhere", oneFeed + "mail: {from: a@b.example, relay: {host: mail.example, tls: none}}\nsite: {url: 'https://n.example'}\n", "this machine only"},
		{"real relay, no sender", oneFeed + "mail: {relay: {host: mail.example}}\nsite: {url: 'https://n.example'}\n", "real sender"},
		{"site with a path", oneFeed + "site: {url: 'https://n.example/news'}\n", "without a path"},
		{"feed twice", "feeds: [{name: A, url: 'https://a.example'}, {name: B, url: 'https://a.example'}]\n", "same as feeds[0]"},
		{"a model without an address", oneFeed + "model: {name: m}\n", "model.url: is missing"},
		{"a model without a name", oneFeed + "model: {url: 'http://127.0.0.1:11434/v1'}\n", "model.name: is missing"},
		{"a model's key in the clear", oneFeed + "model: {url: 'http://models.example/v1', name: m, key: k}\n", "model.url: must be https"},
		{"a model's key in the address", oneFeed + "model: {url: 'https://me:secret@models.example/v1', name: m}\n", "use model.key"},
		{"no address of a model", oneFeed + "model: {url: 'localhost:11434', name: m}\n", "want an address such as"},
		{"an unknown task", oneFeed + "model: {task: summarise}\n", "neither rewrite nor translate"},
		{"a language that cannot be checked", oneFeed + "model: {lang: fr}\n", "want en"},
		{"a model that takes all morning", oneFeed + "model: {timeout: 1h}\n", "want 1s to 5m"},
		{"a misspelt key of the model", oneFeed + "model: {adress: x}\n", `no key "adress"`},
		{"missing key file", oneFeed + "model: {url: 'http://127.0.0.1/v1', name: m, key_file: /nowhere/x}\n", "cannot be read"},
		{"a page without headlines", "feeds: [{name: A, url: 'https://a.example', page: {title: h2}}]\n", "feeds[0].page.item: is missing"},
		{"an owner of many", "feeds: [{name: A, url: 'https://a.example', owner: B, aggregator: true}]\n", "feeds[0].owner: and aggregator are both set"},
		{"an owner without a name", "feeds: [{name: A, url: 'https://a.example', owner: ' '}]\n", "feeds[0].owner: want a name"},
		{"an owner in two lines", "feeds: [{name: A, url: 'https://a.example', owner: \"a\\nb\"}]\n", "feeds[0].owner: want a name"},
		{"owners", "feeds: [{name: A, url: 'https://a.example', owner: [B, C]}]\n", "feeds[0].owner: want one text"},
		{"a selector that is none", "feeds: [{name: A, url: 'https://a.example', page: {item: 'a[['}}]\n", "is no CSS selector"},
		{"another database", "database: mysql://localhost/x\n" + oneFeed, "want a file name or postgres://"},
		{"a bracket left open", "feeds: [\n", "a bracket or brace is not closed"},
		{"a tab for indenting", "feeds:\n\t- name: A\n", "indent with spaces, not tabs"},
		{"missing password file", oneFeed + "mail: {relay: {host: localhost, username: u, password_file: /nowhere/x}}\n", "cannot be read"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse([]byte(tc.text), "config.yaml", noEnv)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v\nwant %q", err, tc.want)
			}
			if err != nil && strings.Contains(err.Error(), "*config") {
				t.Errorf("names of our types leak: %v", err)
			}
		})
	}
}

// TestWrongKinds: what does not fit is told in an operator's words, and nothing
// else is, as if it were missing.
func TestWrongKinds(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"site: [1, 2]\n", "line 3: site: want keys with values, such as url: https://example.com; there is a list instead"},
		{"edition:\n  max_age: 72\n", "line 4: edition.max_age: want a time such as 72h, 30m or 10s"},
		{"collect: {timeout: [1s]}\n", "line 3: collect.timeout: want a time such as 72h, 30m or 10s; there is a list instead"},
		{"collect: {workers: many}\n", "line 3: collect.workers: want a whole number"},
		{"collect: {max_bytes: 1.5}\n", "line 3: collect.max_bytes: want a whole number"},
		{"collect: {pages: 3}\n", "line 3: collect.pages: want true or false"},
		{"relevance: {threshold: high}\n", "line 3: relevance.threshold: want a number such as 0.5"},
		{"site:\n  url:\n    a: b\n", "line 5: site.url: want one text; there are keys with values instead"},
		{"site: {origins: x}\n", "line 3: site.origins: want a list, such as [one, two]"},
		{"site: {trusted_proxies: 10.0.0.0/8}\n", "line 3: site.trusted_proxies: want a list of networks, such as [10.0.0.0/8]"},
		{"site: {trusted_proxies: [10.0.0.0/8, 10.0.0.1]}\n", "line 3: site.trusted_proxies[1]: want a network such as 10.0.0.0/8"},
		{"collect: {allow_private: [{a: b}]}\n", "line 3: collect.allow_private[0]: want a network such as 10.0.0.0/8; there are keys with values instead"},
		{"mail: {relay: [mail.example.com]}\n", "line 3: mail.relay: want host and port, or an address such as smtp://user:secret@mail.example.com:587; there is a list instead"},
		{"mail: {relay: {host: localhost, port: x}}\n", "line 3: mail.relay.port: want a whole number"},
		{"mail: {relay: {host: localhost, port: 1, port: 2}}\n", "line 3: mail.relay.port: is there twice, first in line 3; keep one"},
		{"mail: {from: [a@b.example], relay: {host: localhost}}\n", "line 3: mail.from: want one text; there is a list instead"},
		{"model: {url: {a: b}, name: m}\n", "line 3: model.url: want one text; there are keys with values instead"},
		{"site: {url: '${NOT_THERE}'}\n", "line 3: ${NOT_THERE} is not set in the environment"},
		{oneFeed, "line 3: feeds: is there twice, first in line 1; keep one"},
		{"site: {<<: 3}\n", "line 3: map merge requires map or sequence of maps as the value"},
	} {
		oneMistake(t, oneFeed+tc.text, tc.want)
	}
	for _, tc := range []struct{ text, want string }{
		{"feeds: yes\n", "line 1: feeds: want a list of feeds, each with name and url"},
		{"feeds:\n  a: b\n", "line 2: feeds: want a list of feeds, each with name and url; there are keys with values instead"},
		{"feeds:\n  - https://a.example\n  - {name: B}\n", "line 2: feeds[0]: want a feed, such as {name: Example, url: https://example.com/feed}"},
		{"feeds:\n  - {name: A, url: 'https://a.example', page: h2}\n", "line 2: feeds[0].page: want keys with values, such as url: https://example.com"},
		{"feeds:\n  - name: A\n    url: https://a.example\n    url: https://b.example\n", "line 4: feeds[0].url: is there twice, first in line 3; keep one"},
		{"- a\n", "line 1: want keys such as feeds: and mail: at the beginning of a line; there is a list instead"},
		{"feeds\n", "line 1: want keys such as feeds: and mail: at the beginning of a line"},
	} {
		oneMistake(t, tc.text, tc.want)
	}
}

// oneMistake reads text, in which nothing else is wrong.
func oneMistake(t *testing.T, text, want string) {
	t.Helper()
	_, err := Parse([]byte(text), "config.yaml", noEnv)
	if want = "config.yaml has 1 mistake:\n  " + want; err == nil || err.Error() != want {
		t.Errorf("%q\ngot  %v\nwant %s", text, err, want)
	}
}

func TestSecretsAreNotRepeated(t *testing.T) {
	text := oneFeed + "mail: {relay: 'smtp://user:hunter2@[bad', from: x}\n"
	_, err := Parse([]byte(text), "config.yaml", noEnv)
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v, want an error without the password", err)
	}
}

func TestMissingFile(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "none.yaml"), noEnv)
	if err == nil || !strings.Contains(err.Error(), "--config FILE") {
		t.Errorf("got %v, want a hint", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(oneFeed)
	f.Add("mail: {relay: smtp://a:b@c}\nedition: {schedule: TZ=UTC}")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse([]byte(text), "config.yaml", noEnv)
		if err == nil && (len(c.Feeds) == 0 || c.Edition.MaxAge <= 0 || c.Mail.Workers < 1) {
			t.Errorf("accepted a configuration that cannot work: %+v", c)
		}
	})
}

// TestShippedFile: the config.yaml of the source tree is right and says what
// the defaults are.
func TestShippedFile(t *testing.T) {
	c, err := Load("../../../config.yaml", noEnv)
	if err != nil {
		t.Fatal(err)
	}
	d := Defaults()
	d.Path = c.Path
	d.Feeds = c.Feeds
	d.fill()
	got, want := fmt.Sprintf("%+v", c), fmt.Sprintf("%+v", d)
	if got = strings.ReplaceAll(got, "[]", ""); got != strings.ReplaceAll(want, "[]", "") {
		t.Errorf("config.yaml differs from the defaults:\ngot  %s\nwant %s", got, want)
	}
	if len(c.Feeds) < 40 || c.Feeds[0].Name != "Rare Earth Exchanges" {
		t.Errorf("%d feeds, the first %q", len(c.Feeds), c.Feeds[0].Name)
	}
}

// TestSelectorsMayBeLists: what the pages' reader takes, the configuration takes.
func TestSelectorsMayBeLists(t *testing.T) {
	c, err := Parse([]byte("feeds: [{name: A, url: 'https://a.example', page: {item: 'article, .card', date: 'time, .d'}}]\n"), "config.yaml", noEnv)
	if err != nil || c.Feeds[0].Page.Date != "time, .d" {
		t.Errorf("%+v, %v", c.Feeds, err)
	}
}
