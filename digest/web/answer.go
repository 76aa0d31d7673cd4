package web

import (
	"net/http"
	"strconv"

	"reedaily/digest/door"
	"reedaily/digest/render"
)

const embedPath = "/embed"

// bare says whether the request belongs to the box in somebody's frame.
func bare(r *http.Request) bool { return r.URL.Path == embedPath }

// page is the data that every page needs.
func (s *site) page(r *http.Request, title string) render.PageData {
	data := render.PageData{Site: s.Site, Box: box(), Title: title, Bare: bare(r)}
	data.Form.Action, data.Form.Back = "/subscribe", "/"
	if data.Bare {
		data.Form.Action, data.Form.Back = embedPath, embedPath
	}
	return data
}

// show makes a page and sends it whole: a page that cannot be made is one clear
// failure and never half an answer.
func (s *site) show(w http.ResponseWriter, status int, name string, data render.PageData) {
	body, err := s.Pages.Page(name, data)
	if err != nil {
		s.Log.Error("a page cannot be made", "page", name, "error", err)
		send(w, http.StatusInternalServerError, "text/plain; charset=utf-8", []byte("Something broke on our side. Please try again in a minute.\n"))
		return
	}
	send(w, status, "text/html; charset=utf-8", body)
}

func send(w http.ResponseWriter, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a reader who went away is no concern of ours
}

// refuse answers what could not be done. A refusal is not worth keeping, nor finding.
func (s *site) refuse(w http.ResponseWriter, r *http.Request, status int) {
	data := s.page(r, "")
	if !data.Bare { // in a frame, it must be seen there
		s.door.Headers(w.Header(), door.Token)
	}
	data.Problem = problem(status, s.Links.Base())
	data.Title = data.Problem.Heading
	s.show(w, status, "problem", data)
}

// later answers where the store fails: nothing was changed, try again.
func (s *site) later(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // the reader went away
	}
	s.Log.Error("a page could not be served", "error", err)
	w.Header().Set("Retry-After", "60")
	s.refuse(w, r, http.StatusServiceUnavailable)
}
