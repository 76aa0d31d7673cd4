package render

import (
	"fmt"
	"time"

	"reedaily/digest"
)

// Confirmation is the letter that asks whether a subscription is meant. Until
// its button was pressed, no other letter goes to that address.
type Confirmation struct {
	Sender
	Site
	To        string
	MessageID string
	Date      time.Time
	Link      string // the page with the button
}

// Confirming is what templates/mail/confirmation.* may use.
type Confirming struct {
	Name      string
	Subject   string
	Preheader string
	Link      string
	SiteHost  string
	Hours     int // how long the link lives
	Address   string
	Contact   string
}

// At is " at HOST", or empty where there is no site.
func (c Confirming) At() string { return at(c.SiteHost) }

// Confirmation makes the letter.
func (r *Renderer) Confirmation(c Confirmation) (digest.Letter, error) {
	html, text, err := r.confirmation(c)
	if err != nil {
		return digest.Letter{}, fmt.Errorf("render the confirmation: %w", err)
	}
	from := c.Sender
	from.ListID = "" // not a letter of the list: its receiver is not on it yet
	return r.Letter(Envelope{
		Sender: from, To: c.To, Subject: confirming(c).Subject, MessageID: c.MessageID, Date: c.Date,
		HTML: html, Text: text, Automatic: true,
	})
}

func (r *Renderer) confirmation(c Confirmation) (html, text string, err error) {
	m := confirming(c)
	if m.Link == "" {
		return "", "", &digest.InputError{What: "confirmation link", Got: header(c.Link, 80), Want: "an http or https address"}
	}
	return r.run(mailConfirmation, m)
}

func confirming(c Confirmation) Confirming {
	name := line(c.Site.Name, maxName)
	return Confirming{
		Name:      name,
		Subject:   header("Please confirm: "+name, maxSubject),
		Preheader: "One click, and tomorrow's news comes to you.",
		Link:      link(c.Link),
		SiteHost:  host(link(c.Site.URL)),
		Hours:     int(digest.ConfirmLife / time.Hour),
		Address:   line(c.Site.Address, maxNote),
		Contact:   contact(c.Site.Contact),
	}
}
