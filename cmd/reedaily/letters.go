package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"reedaily/digest"
	"reedaily/digest/render"
	"reedaily/store"
)

// letters joins store and render behind deliver: a row of the outbox becomes a
// letter. The same row gives the same bytes: what could change (the edition's
// view, the token key, the date) is frozen or pinned in a row.
type letters struct {
	db       *store.DB
	renderer *render.Renderer
	links    *digest.Links
	site     render.Site
	sender   render.Sender

	mu     sync.Mutex
	ref    string // of the edition below: a morning's letters all need the same
	view   digest.View
	ed     digest.Edition
	loaded bool
}

// Letter makes the letter of one delivery.
func (l *letters) Letter(ctx context.Context, d digest.Delivery) (digest.Letter, error) {
	switch d.Kind {
	case digest.KindDigest:
		return l.digest(ctx, d)
	case digest.KindConfirmation:
		return l.confirmation(d)
	}
	return digest.Letter{}, fmt.Errorf("make a letter: nobody knows the kind %q", d.Kind)
}

func (l *letters) digest(ctx context.Context, d digest.Delivery) (digest.Letter, error) {
	ed, view, err := l.edition(ctx, d.Ref)
	if err != nil {
		return digest.Letter{}, err
	}
	reader, err := digest.ParseHandle(d.Reader)
	if err != nil {
		return digest.Letter{}, err
	}
	leave, err := l.links.Unsubscribe(reader, d.KeyID)
	if err != nil {
		return digest.Letter{}, err
	}
	return l.renderer.Digest(view, render.Personal{
		Sender: l.sender, To: d.Email, Subject: ed.Subject, MessageID: l.messageID(d),
		Date: d.DatedAt, Unsubscribe: leave,
	})
}

func (l *letters) confirmation(d digest.Delivery) (digest.Letter, error) {
	nonce, err := digest.ParseHandle(d.Ref)
	if err != nil {
		return digest.Letter{}, err
	}
	link, err := l.links.Confirm(nonce, d.Deadline.Add(-digest.ConfirmLife), d.KeyID)
	if err != nil {
		return digest.Letter{}, err
	}
	return l.renderer.Confirmation(render.Confirmation{
		Sender: l.sender, Site: l.site, To: d.Email, MessageID: l.messageID(d), Date: d.DatedAt, Link: link,
	})
}

func (l *letters) messageID(d digest.Delivery) string {
	_, domain, _ := strings.Cut(l.sender.Address, "@")
	return l.links.MessageID(d, domain)
}

// edition reads a frozen edition once for all its readers.
func (l *letters) edition(ctx context.Context, ref string) (digest.Edition, digest.View, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.loaded && l.ref == ref {
		return l.ed, l.view, nil
	}
	cadence, day, _ := strings.Cut(ref, "/")
	key := digest.EditionKey{Cadence: cadence, Day: digest.Day(day)}
	row, err := l.db.Edition(ctx, key)
	if err != nil {
		return digest.Edition{}, digest.View{}, fmt.Errorf("read edition %s: %w", ref, err)
	}
	view, err := l.db.View(ctx, key, render.MailView)
	if err != nil {
		return digest.Edition{}, digest.View{}, fmt.Errorf("read the view of edition %s: %w", ref, err)
	}
	l.ref, l.ed, l.view, l.loaded = ref, row.Edition, view, true
	return l.ed, l.view, nil
}

// test makes a letter that looks like today's to anybody, with a link that
// leaves nobody's subscription: it is for the operator.
func (l *letters) test(view digest.View, ed digest.Edition, to string, at time.Time) (digest.Letter, error) {
	nobody := digest.NewHandle()
	leave, err := l.links.Unsubscribe(nobody, l.links.KeyID())
	if err != nil {
		return digest.Letter{}, err
	}
	d := digest.Delivery{Kind: digest.KindTest, Ref: ed.Key.Ref(), Reader: nobody.String(), KeyID: l.links.KeyID()}
	return l.renderer.Digest(view, render.Personal{
		Sender: l.sender, To: to, Subject: ed.Subject, MessageID: l.messageID(d), Date: at, Unsubscribe: leave,
	})
}
