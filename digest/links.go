package digest

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// Purpose binds a token to one use: a token of one purpose verifies for no other.
type Purpose byte

// The purposes.
const (
	PurposeConfirm     Purpose = 'c' // handle: the pending nonce; lives 48 h
	PurposeUnsubscribe Purpose = 'u' // handle: the reader's id; lives for ever
	PurposeForm        Purpose = 'f' // handle: when the form was made; 3 s … 2 h
)

// Lives of tokens.
const (
	ConfirmLife = 48 * time.Hour
	FormMinAge  = 3 * time.Second // no person fills in a form faster
	FormMaxAge  = 2 * time.Hour
)

const (
	tokenVersion = 1
	handleLen    = 16
	macLen       = 16
	tokenBytes   = 1 + 1 + 1 + 4 + handleLen + macLen // version, key, purpose, expiry, handle, MAC
	// TokenLen is the length of a token: base64url of 39 bytes.
	TokenLen = 52
)

// tokenCode refuses stray trailing bits, so that each token has one spelling.
var tokenCode = base64.RawURLEncoding.Strict()

// Handle is the 16 random bytes that a token carries; they name a row and tell nothing.
type Handle [handleLen]byte

// NewHandle makes a random handle.
func NewHandle() Handle {
	var h Handle
	_, _ = rand.Read(h[:]) // never fails: crypto/rand ends the process instead
	return h
}

// String is the handle as the store keeps it, in hex.
func (h Handle) String() string { return hex.EncodeToString(h[:]) }

// ParseHandle reads what [Handle.String] wrote.
func ParseHandle(s string) (Handle, error) {
	var h Handle
	raw, err := hex.DecodeString(s)
	if err != nil || len(raw) != handleLen {
		return h, &InputError{What: "handle", Got: shorten(s), Want: "32 hex digits"}
	}
	copy(h[:], raw)
	return h, nil
}

// Key is one secret of the ring. IDs go from 0 to 255.
type Key struct {
	ID     int
	Secret []byte // at least 32 random bytes
}

// Links mints and reads the tokens in our addresses. It is pure: keys are
// handed in, and the store is asked by the caller after the MAC held.
//
// The newest key mints; all verify, so that the links in old mails work for
// years. The site's address is part of what is signed: a token of another
// installation is refused even where keys were copied.
type Links struct {
	base string
	keys map[int][]byte
	mint int
}

// NewLinks takes the public address of the site, such as
// https://news.example.com, and its keys; the one with the highest ID mints.
func NewLinks(base string, keys []Key) (*Links, error) {
	l := &Links{base: strings.TrimRight(base, "/"), keys: map[int][]byte{}, mint: -1}
	for _, k := range keys {
		if k.ID < 0 || k.ID > 255 || len(k.Secret) < 32 {
			return nil, fmt.Errorf("read token key %d: want an id of 0 to 255 and 32 bytes", k.ID)
		}
		l.keys[k.ID] = k.Secret
		l.mint = max(l.mint, k.ID)
	}
	if l.mint < 0 {
		return nil, fmt.Errorf("read token keys: there is none")
	}
	return l, nil
}

// Base is the public address of the site, without a slash at the end.
func (l *Links) Base() string { return l.base }

// KeyID names the key that mints now; a delivery pins it.
func (l *Links) KeyID() int { return l.mint }

// Confirm is the address behind the button of a confirmation letter.
func (l *Links) Confirm(nonce Handle, asked time.Time, keyID int) (string, error) {
	return l.address("/c/", PurposeConfirm, nonce, asked.Add(ConfirmLife), keyID)
}

// Unsubscribe is the reader's own leaving address: for people it is a page
// with a button, for mail clients the target of the one-click POST (RFC 8058).
func (l *Links) Unsubscribe(reader Handle, keyID int) (string, error) {
	return l.address("/u/", PurposeUnsubscribe, reader, time.Time{}, keyID)
}

// Form is the token inside a subscription form made now.
func (l *Links) Form(now time.Time) (string, error) {
	h := NewHandle()
	binary.BigEndian.PutUint64(h[:8], uint64(now.Unix()))
	return l.Mint(PurposeForm, h, now.Add(FormMaxAge+time.Hour), l.mint)
}

// CheckForm takes a form token that is between [FormMinAge] and [FormMaxAge] old.
func (l *Links) CheckForm(token string, now time.Time) error {
	h, err := l.Parse(PurposeForm, token, now)
	if err != nil {
		return err
	}
	made := time.Unix(int64(binary.BigEndian.Uint64(h[:8])), 0)
	switch age := now.Sub(made); {
	case age < FormMinAge:
		return ErrBadToken
	case age > FormMaxAge:
		return ErrExpired
	}
	return nil
}

func (l *Links) address(path string, p Purpose, h Handle, expires time.Time, keyID int) (string, error) {
	token, err := l.Mint(p, h, expires, keyID)
	if err != nil {
		return "", err
	}
	return l.base + path + token, nil
}

// Mint makes a token; the zero expiry means never. Expiry is kept in whole
// hours, rounded up.
func (l *Links) Mint(p Purpose, h Handle, expires time.Time, keyID int) (string, error) {
	secret, ok := l.keys[keyID]
	if !ok {
		return "", fmt.Errorf("mint a link: token key %d is not in the key file", keyID)
	}
	raw := make([]byte, 0, tokenBytes)
	raw = append(raw, tokenVersion, byte(keyID), byte(p))
	var hours uint32
	if !expires.IsZero() {
		hours = uint32((expires.Unix() + 3599) / 3600)
	}
	raw = binary.BigEndian.AppendUint32(raw, hours)
	raw = append(raw, h[:]...)
	mac, err := l.mac(secret, p, raw)
	if err != nil {
		return "", err
	}
	return tokenCode.EncodeToString(append(raw, mac...)), nil
}

// Parse reads a token of purpose p. Any flaw but age is [ErrBadToken], so that
// nobody learns which; a genuine but old one is [ErrExpired].
func (l *Links) Parse(p Purpose, token string, now time.Time) (Handle, error) {
	var h Handle
	if len(token) != TokenLen {
		return h, ErrBadToken
	}
	raw, err := tokenCode.DecodeString(token)
	if err != nil || len(raw) != tokenBytes || raw[0] != tokenVersion || raw[2] != byte(p) {
		return h, ErrBadToken
	}
	secret, ok := l.keys[int(raw[1])]
	if !ok {
		return h, ErrBadToken
	}
	signed, got := raw[:tokenBytes-macLen], raw[tokenBytes-macLen:]
	want, err := l.mac(secret, p, signed)
	if err != nil || !hmac.Equal(got, want) {
		return h, ErrBadToken
	}
	if hours := binary.BigEndian.Uint32(raw[3:7]); hours != 0 && now.Unix() >= int64(hours)*3600 {
		return h, ErrExpired
	}
	copy(h[:], raw[7:])
	return h, nil
}

// MessageID names a letter for ever and tells nobody who reads it: a hash of
// the delivery's key, at the site's own host name. A resend has the same one,
// so that receivers collapse the two.
func (l *Links) MessageID(d Delivery, domain string) string {
	m := hmac.New(sha256.New, l.keys[d.KeyID])
	fmt.Fprintf(m, "message-id\x00%s\x00%s\x00%s", d.Kind, d.Ref, d.Reader)
	return fmt.Sprintf("%s.%s@%s", d.Kind, hex.EncodeToString(m.Sum(nil)[:12]), domain)
}

// mac is HMAC-SHA-256 cut to 128 bits, under a key that HKDF (RFC 5869) makes
// for this purpose and this site alone.
func (l *Links) mac(secret []byte, p Purpose, data []byte) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "reedaily/token/v1/"+string(rune(p))+"/"+l.base, 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key of a link: %w", err)
	}
	m := hmac.New(sha256.New, key)
	m.Write(data)
	return m.Sum(nil)[:macLen], nil
}
