package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
	"unicode"
)

// Kind sorts failures for those who decide by them.
type Kind string

// The kinds of failure.
const (
	KindAddress   Kind = "address"   // the address itself cannot be asked
	KindForbidden Kind = "forbidden" // it leads to a network that we do not ask
	KindRedirect  Kind = "redirect"  // too many, or to where we do not go
	KindTimeout   Kind = "timeout"   // the server did not answer in time
	KindSlow      Kind = "slow"      // it answers slower than 1 KB/s
	KindSize      Kind = "size"      // the answer is larger than we take
	KindEncoding  Kind = "encoding"  // it cannot be decompressed
	KindNetwork   Kind = "network"   // no connection, or it broke
	KindTLS       Kind = "tls"       // the certificate does not hold
	KindDeadline  Kind = "deadline"  // our own round ended first
	KindPause     Kind = "pause"     // the host is left alone for a time
)

// Error is a failed fetch, in one sentence for the operator.
type Error struct {
	Kind Kind
	Text string
	Err  error
	// Until is when the host may be asked again, for KindPause.
	Until time.Time
}

func (e *Error) Error() string { return e.Text }

func (e *Error) Unwrap() error { return e.Err }

// Passing says whether the same request may well succeed at another time.
func Passing(err error) bool {
	var own *Error
	if !errors.As(err, &own) {
		return false
	}
	switch own.Kind {
	case KindTimeout, KindSlow, KindNetwork, KindDeadline, KindPause:
		return true
	}
	return false
}

// explain turns the errors of net/http into one sentence that names the cause
// and not the machinery.
func explain(ctx context.Context, target *url.URL, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	if errors.As(context.Cause(ctx), &own) {
		return own
	}
	host := target.Host
	say := func(k Kind, format string, args ...any) error {
		return &Error{Kind: k, Text: fmt.Sprintf(format, args...), Err: err}
	}
	var (
		dns  *net.DNSError
		cert *tls.CertificateVerificationError
		unk  x509.UnknownAuthorityError
		rec  tls.RecordHeaderError
		nerr net.Error
	)
	switch {
	case ctx.Err() != nil:
		return say(KindDeadline, "the round of collecting ended before %s answered", host)
	case errors.As(err, &dns) && dns.IsNotFound:
		return say(KindNetwork, "there is no host named %s", target.Hostname())
	case errors.As(err, &dns):
		return say(KindNetwork, "the name %s could not be looked up", target.Hostname())
	case errors.As(err, &cert), errors.As(err, &unk):
		return say(KindTLS, "the certificate of %s does not hold: %s", host, plainCause(err))
	case errors.As(err, &rec), errors.Is(err, http.ErrSchemeMismatch):
		return say(KindTLS, "%s does not speak https", host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return say(KindNetwork, "%s refuses connections", host)
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return say(KindNetwork, "%s closed the connection without an answer", host)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return say(KindNetwork, "there is no way to %s from here", host)
	case errors.As(err, &nerr) && nerr.Timeout():
		return say(KindTimeout, "%s did not answer in time", host)
	case strings.Contains(err.Error(), "server response headers exceeded"):
		return say(KindSize, "the headers of %s are larger than %d KB", host, maxHeaderBytes>>10)
	}
	return say(KindNetwork, "%s could not be asked: %s", host, plainCause(err))
}

// plainCause is the innermost words of err, fit for one line.
func plainCause(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return shorten(err.Error())
}

func shorten(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if runes := []rune(s); len(runes) > 120 {
		s = string(runes[:120]) + "…"
	}
	return s
}
