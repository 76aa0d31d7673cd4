package digesttest

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

const (
	badLogin = "535 5.7.8 Wrong name or password\r\n"
	welcome  = "235 2.7.0 Welcome\r\n"
)

func (c *smtpConn) mechanisms() []string {
	if m := c.server.settings.Mechanisms; len(m) > 0 {
		return m
	}
	return []string{"PLAIN", "LOGIN"}
}

func (c *smtpConn) auth(arg string) error {
	if handled, err := c.misbehave(SMTPAuth); handled || err != nil {
		return err
	}
	mech, initial, _ := strings.Cut(arg, " ")
	if !slices.Contains(c.mechanisms(), strings.ToUpper(mech)) {
		return c.say("504 5.5.4 Unknown mechanism\r\n", 0)
	}
	var name string
	var err error
	switch strings.ToUpper(mech) {
	case "PLAIN":
		name, err = c.authPlain(initial)
	case "LOGIN":
		name, err = c.authLogin()
	case "SCRAM-SHA-256":
		name, err = c.authSCRAM(initial)
	}
	switch {
	case err != nil:
		return err
	case name == "":
		return c.say(badLogin, 0)
	}
	c.user = name
	return c.say(welcome, 0)
}

// challenge asks and returns the decoded answer.
func (c *smtpConn) challenge(s string) (string, error) {
	if err := c.say("334 "+base64.StdEncoding.EncodeToString([]byte(s))+"\r\n", 0); err != nil {
		return "", err
	}
	line, err := c.line()
	return decode64(line), err
}

func decode64(s string) string {
	raw, _ := base64.StdEncoding.DecodeString(s)
	return string(raw)
}

// known returns the name if the password is right.
func (c *smtpConn) known(name, password string) string {
	if want, ok := c.server.settings.Users[name]; !ok || want != password {
		return ""
	}
	return name
}

// authPlain is RFC 4616.
func (c *smtpConn) authPlain(initial string) (string, error) {
	given, err := decode64(initial), error(nil)
	if initial == "" {
		given, err = c.challenge("")
	}
	if err != nil {
		return "", err
	}
	parts := strings.Split(given, "\x00")
	if len(parts) != 3 {
		return "", nil
	}
	return c.known(parts[1], parts[2]), nil
}

func (c *smtpConn) authLogin() (string, error) {
	name, err := c.challenge("Username:")
	if err != nil {
		return "", err
	}
	password, err := c.challenge("Password:")
	if err != nil {
		return "", err
	}
	return c.known(name, password), nil
}

// authSCRAM is RFC 7677 without channel binding.
func (c *smtpConn) authSCRAM(initial string) (string, error) {
	first, err := decode64(initial), error(nil)
	if initial == "" {
		first, err = c.challenge("")
	}
	if err != nil {
		return "", err
	}
	bare := strings.TrimPrefix(first, "n,,")
	said := scramFields(bare)
	name := said["n"]
	salt, more := make([]byte, 16), make([]byte, 12)
	_, _ = rand.Read(salt)
	_, _ = rand.Read(more)
	nonce := said["r"] + base64.RawStdEncoding.EncodeToString(more)
	ours := fmt.Sprintf("r=%s,s=%s,i=4096", nonce, base64.StdEncoding.EncodeToString(salt))
	final, err := c.challenge(ours)
	if err != nil {
		return "", err
	}
	salted, err := pbkdf2.Key(sha256.New, c.server.settings.Users[name], salt, 4096, sha256.Size)
	if err != nil {
		return "", err
	}
	without, _, _ := strings.Cut(final, ",p=")
	message := []byte(bare + "," + ours + "," + without)
	clientKey := mac(salted, []byte("Client Key"))
	stored := sha256.Sum256(clientKey)
	proof := mac(stored[:], message)
	for i := range proof {
		proof[i] ^= clientKey[i]
	}
	got := scramFields(final)
	if _, ok := c.server.settings.Users[name]; !ok || got["r"] != nonce || got["p"] != base64.StdEncoding.EncodeToString(proof) {
		return "", nil
	}
	server := mac(mac(salted, []byte("Server Key")), message)
	_, err = c.challenge("v=" + base64.StdEncoding.EncodeToString(server))
	return name, err
}

func mac(key, data []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(data)
	return m.Sum(nil)
}

func scramFields(s string) map[string]string {
	m := map[string]string{}
	for f := range strings.SplitSeq(s, ",") {
		if k, v, ok := strings.Cut(f, "="); ok {
			m[k] = v
		}
	}
	return m
}
