package config

import (
	"fmt"
	"net/url"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// UnmarshalYAML takes a relay as a mapping or as one address:
// smtp://user:secret@mail.example.com:587 (STARTTLS), smtps://… (TLS from the
// first byte).
func (r *Relay) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		type plain Relay
		return node.Load((*plain)(r), yaml.WithKnownFields())
	}
	if node.Value == "" || node.Tag == "!!null" {
		return nil
	}
	u, err := url.Parse(node.Value)
	if err != nil || u.Hostname() == "" {
		// The value may hold a password: it is not repeated.
		return fmt.Errorf("want host and port, or an address such as smtp://user:secret@mail.example.com:587")
	}
	switch u.Scheme {
	case "smtp":
		r.TLS = "starttls"
	case "smtps":
		r.TLS = "tls"
	default:
		return fmt.Errorf("want smtp:// or smtps://")
	}
	r.Host = u.Hostname()
	if u.Port() != "" {
		if r.Port, err = strconv.Atoi(u.Port()); err != nil {
			return fmt.Errorf("want a port number")
		}
	}
	r.Username = u.User.Username()
	r.Password, _ = u.User.Password()
	return nil
}
