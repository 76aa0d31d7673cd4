package web

import (
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"reedaily/digest"
	"reedaily/digest/door"
	"reedaily/digest/render"
	"reedaily/digest/subscribe"
)

// The fields of the form. Others are ignored.
const (
	fieldEmail = "email"
	fieldToken = "form"
	fieldTrap  = "note" // hidden from people; whoever fills it in is asked once more
)

// maxEcho is how much of a typed address is shown again.
const maxEcho = 320

// home is the front page, and the box alone for somebody's frame.
func (s *site) home(w http.ResponseWriter, r *http.Request) {
	data := s.page(r, box().Heading)
	if !data.Bare {
		latest, err := s.latest(r.Context(), shownAtHome)
		if err != nil {
			s.later(w, r, err)
			return
		}
		data.Editions = latest
		data.Description = box().Text
	}
	s.showForm(w, r, http.StatusOK, "home", data, "")
}

// subscribe takes the form. For every well-formed address it does the same and
// answers the same.
func (s *site) subscribe(w http.ResponseWriter, r *http.Request) {
	s.take(w, r, false)
}

// stranger takes a form that another site sent. It is not refused, for it may
// be a copy of our box that somebody means well with; but the reader is asked
// on our own page.
func (s *site) stranger(w http.ResponseWriter, r *http.Request) {
	s.take(w, r, true)
}

func (s *site) take(w http.ResponseWriter, r *http.Request, elsewhere bool) {
	fields, status := parse(r)
	if status != 0 {
		s.refuse(w, r, status)
		return
	}
	typed, token := fields.Get(fieldEmail), fields.Get(fieldToken)
	data := s.page(r, box().Heading)
	data.Form.Email = echo(typed)
	if wrong := wrong(typed); wrong != "" {
		data.Form.Error = wrong
		data.Title = "Please look at the address"
		if !data.Bare {
			data.Editions, _ = s.latest(r.Context(), shownAtHome) // the page is whole without
		}
		s.showForm(w, r, http.StatusUnprocessableEntity, "home", data, "")
		return
	}
	if elsewhere || fields.Get(fieldTrap) != "" || s.Links.CheckForm(token, s.Now()) != nil {
		data.Title = "One more tap"
		s.showForm(w, r, http.StatusOK, "again", data, s.still(token))
		return
	}
	client := door.Client(r.Context())
	if !s.limiter.Allow(client, s.Now()) {
		w.Header().Set("Retry-After", "3600")
		s.refuse(w, r, http.StatusTooManyRequests)
		return
	}
	if err := s.Desk.Ask(r.Context(), typed, client.String(), formText()); err != nil {
		s.later(w, r, err)
		return
	}
	data.Title = "Check your inbox"
	s.show(w, http.StatusOK, "asked", data)
}

// wrong is what to say of an address that cannot be used; empty if it can.
func wrong(typed string) string {
	if _, err := subscribe.Address(typed); err != nil {
		return mistake(typed)
	}
	return ""
}

// showForm shows a page with the form in it, with token or a new one.
func (s *site) showForm(w http.ResponseWriter, r *http.Request, status int, name string, data render.PageData, token string) {
	if token == "" {
		var err error
		if token, err = s.Links.Form(s.Now()); err != nil {
			s.later(w, r, err)
			return
		}
	}
	data.Form.Token = token
	s.show(w, status, name, data)
}

// still is the token itself where it is genuine and only too young: by the
// second tap it is old enough, however fast the reader is.
func (s *site) still(token string) string {
	now := s.Now()
	_, err := s.Links.Parse(digest.PurposeForm, token, now)
	if err != nil || s.Links.CheckForm(token, now.Add(digest.FormMinAge)) != nil {
		return ""
	}
	return token
}

// parse reads a form of either encoding. Each field may stand in it once.
// The status is 0 if all is well.
func parse(r *http.Request) (url.Values, int) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Header.Get("Content-Type") == "":
		return nil, 0 // an empty form
	case err != nil:
		return nil, http.StatusUnsupportedMediaType
	case kind == "application/x-www-form-urlencoded":
		err = r.ParseForm()
	case kind == "multipart/form-data":
		err = r.ParseMultipartForm(door.MaxBody)
	default:
		return nil, http.StatusUnsupportedMediaType
	}
	if err != nil {
		return nil, http.StatusBadRequest
	}
	for _, name := range []string{fieldEmail, fieldToken, fieldTrap} {
		if len(r.PostForm[name]) > 1 {
			return nil, http.StatusBadRequest
		}
	}
	return r.PostForm, 0
}

// echo is what was typed, fit to be shown again.
func echo(typed string) string {
	typed = strings.ToValidUTF8(typed, "�")
	if utf8.RuneCountInString(typed) > maxEcho {
		typed = string([]rune(typed)[:maxEcho])
	}
	return typed
}
