package config

import (
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Model is the language model that may reword highlights. Without a URL there
// is none.
type Model struct {
	URL     string        `yaml:"url"`
	Name    string        `yaml:"name"`
	Key     string        `yaml:"key"`
	KeyFile string        `yaml:"key_file"`
	Task    string        `yaml:"task"`
	Lang    string        `yaml:"lang"`
	Timeout time.Duration `yaml:"timeout"`
}

// What a model may do.
const (
	TaskRewrite   = "rewrite"
	TaskTranslate = "translate"
)

// longestTimeout keeps a morning within the time that one process may hold it.
const longestTimeout = 5 * time.Minute

func (c *Config) checkModel(m *Mistakes) {
	k := c.Model
	if k.Task != TaskRewrite && k.Task != TaskTranslate {
		m.add("model.task", "%q is neither rewrite nor translate", k.Task)
	}
	if tag, err := language.Parse(k.Lang); err != nil {
		m.add("model.lang", "%q is not a language tag such as en", k.Lang)
	} else if base, _ := tag.Base(); base.String() != "en" {
		m.add("model.lang", "want en: its are the only words that can be checked so far")
	}
	if k.Timeout < time.Second || k.Timeout > longestTimeout {
		m.add("model.timeout", "want 1s to 5m; the morning waits for it")
	}
	if k.Key != "" && k.KeyFile != "" {
		m.add("model.key_file", "and key are both set; keep one")
	}
	if k.URL == "" {
		if k.Name != "" || k.Key != "" || k.KeyFile != "" {
			m.add("model.url", "is missing: nobody would be asked")
		}
		return
	}
	if k.Name == "" {
		m.add("model.name", "is missing: say which model to ask, such as qwen3:8b")
	}
	u, err := url.Parse(k.URL)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "":
		m.add("model.url", "want an address such as http://127.0.0.1:11434/v1")
	case u.User != nil:
		m.add("model.url", "holds a user name or password; use model.key")
	case u.Scheme == "http" && (k.Key != "" || k.KeyFile != "") && !nearHost(u.Hostname()):
		m.add("model.url", "must be https: the key would cross the internet for all to read")
	}
}

// nearHost says whether a host is on this machine or in its own network.
func nearHost(host string) bool {
	ip, err := netip.ParseAddr(host)
	return loopbackHost(host) || err == nil && ip.IsPrivate() || err != nil && !strings.Contains(host, ".")
}
