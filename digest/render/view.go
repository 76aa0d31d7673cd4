package render

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"reedaily/digest"
)

// MailView is the name of the one view there is.
const MailView = "mail"

// View renders an edition once for all its readers. The places of the reader's
// own link hold [digest.PersonalUnsubscribe], in HTML and text alike. On a day
// of very much news the last stories are shown without highlights and tags, so
// that no mail client cuts the end off; the plain text has everything.
// What preflight calls fatal is an error.
func (r *Renderer) View(e digest.Edition, site Site) (digest.View, error) {
	v, err := r.view(model(e, site))
	if err != nil {
		return digest.View{}, fmt.Errorf("render edition %s: %w", e.Key.Ref(), err)
	}
	return v, nil
}

func (r *Renderer) view(d Digest) (digest.View, error) {
	html, text, err := r.run(mailDigest, d)
	if err != nil {
		return digest.View{}, err
	}
	if len(html)+roomFor > clipAt {
		if html, err = r.shorten(d); err != nil {
			return digest.View{}, err
		}
	}
	v := digest.View{Name: MailView, HTML: html, Text: text}
	for _, f := range preflight(v) {
		if f.Fatal {
			return digest.View{}, errors.New(f.What)
		}
	}
	return v, nil
}

// shorten finds the fewest stories at the end that must go without highlights
// and tags, and then without links to the other outlets, for the mail to be shown whole.
func (r *Renderer) shorten(d Digest) (string, error) {
	var html string
	var err error
	n := len(d.Stories)
	fits := func(k int) bool {
		short := d
		short.Stories = append([]Story(nil), d.Stories...)
		for i := range short.Stories {
			s := &short.Stories[i]
			if i >= n-k {
				s.Highlights, s.Tags = nil, nil
			}
			if i >= 2*n-k {
				s.Also = unlinked(s.Also)
			}
		}
		var e error
		if html, _, e = r.run(mailDigest, short); e != nil {
			err = e
		}
		return len(html)+roomFor <= clipAt
	}
	k := sort.Search(2*n, fits)
	fits(k)
	return html, err
}

func unlinked(also []Outlet) []Outlet {
	var names []Outlet
	for _, o := range also {
		names = append(names, Outlet{Source: o.Source})
	}
	return names
}

// The part of a view that speaks to one reader stands between these. The
// templates write them; the web view goes without.
const (
	readerOpen  = `<div data-for="reader">`
	readerClose = `</div>`
)

// Web is the frozen view as the site's page of the edition: the same but for
// the words to one reader, in place of which it says how to subscribe.
func Web(v digest.View, site Site) string {
	base := strings.TrimRight(link(site.URL), "/") + "/"
	invite := `<p style="margin:0 0 12px">This is the web edition. <a class="smalllink" href="` + base + `" style="color:inherit">Get it by mail</a></p>`
	var b strings.Builder
	rest := v.HTML
	for {
		before, after, ok := strings.Cut(rest, readerOpen)
		b.WriteString(before)
		if !ok {
			break
		}
		b.WriteString(invite)
		if _, rest, ok = strings.Cut(after, readerClose); !ok {
			break
		}
	}
	return strings.ReplaceAll(b.String(), digest.PersonalUnsubscribe, base)
}
