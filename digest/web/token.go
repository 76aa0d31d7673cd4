package web

import (
	"errors"
	"net/http"

	"reedaily/digest"
	"reedaily/digest/door"
	"reedaily/digest/subscribe"
)

// askConfirm is the page behind the link of a confirmation mail. It asks the
// token alone, never the store: nothing can be learnt here.
func (s *site) askConfirm(w http.ResponseWriter, r *http.Request) {
	if err := s.Desk.CheckConfirm(r.PathValue("token")); err != nil {
		s.badLink(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "confirm", s.page(r, "Confirm"))
}

// confirm is the button on that page.
func (s *site) confirm(w http.ResponseWriter, r *http.Request) {
	err := s.Desk.Confirm(r.Context(), r.PathValue("token"), door.Client(r.Context()).String())
	if err != nil {
		s.badLink(w, r, err)
		return
	}
	data := s.page(r, "Welcome")
	data.Editions, _ = s.latest(r.Context(), 1) // the page is whole without
	s.show(w, http.StatusOK, "confirmed", data)
}

// askLeave is the page behind the leaving link of every mail.
func (s *site) askLeave(w http.ResponseWriter, r *http.Request) {
	if err := s.Desk.CheckLeave(r.PathValue("token")); err != nil {
		s.badLink(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "leave", s.page(r, "Unsubscribe"))
}

// leave unsubscribes at once, whoever posts: the button of the page, or a mail
// client with List-Unsubscribe=One-Click in a form of either encoding, or with
// nothing at all. RFC 8058 §3.1: the answer is to the POST itself, never a
// redirect, and needs neither cookie nor login.
func (s *site) leave(w http.ResponseWriter, r *http.Request) {
	how := subscribe.HowLink
	if fields, status := parse(r); status == 0 && fields.Get("List-Unsubscribe") == "One-Click" {
		how = subscribe.HowOneClick
	}
	err := s.Desk.Leave(r.Context(), r.PathValue("token"), how, door.Client(r.Context()).String())
	if err != nil {
		s.badLink(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "left", s.page(r, "You are unsubscribed"))
}

// badLink tells an old link from a wrong one, and a wrong one from nothing.
func (s *site) badLink(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, digest.ErrExpired):
		s.showForm(w, r, http.StatusGone, "expired", s.page(r, "This link has expired"), "")
	case errors.Is(err, digest.ErrBadToken):
		s.refuse(w, r, http.StatusNotFound)
	default:
		s.later(w, r, err)
	}
}
