package render

import (
	"fmt"
	"strings"

	"reedaily/digest"
)

// viewMail is the name of the one view there is.
const viewMail = "mail"

// View renders an edition once for all its readers. The places of the reader's
// own link hold [digest.PersonalUnsubscribe], in HTML and text alike.
func (r *Renderer) View(e digest.Edition, site Site) (digest.View, error) {
	html, text, err := r.run(mailDigest, model(e, site))
	if err != nil {
		return digest.View{}, fmt.Errorf("render edition %s: %w", e.Key.Ref(), err)
	}
	v := digest.View{Name: viewMail, HTML: html, Text: text}
	if err := whole(v); err != nil {
		return digest.View{}, fmt.Errorf("render edition %s: %w", e.Key.Ref(), err)
	}
	return v, nil
}

// whole refuses a view in which a reader could not leave.
func whole(v digest.View) error {
	for part, s := range map[string]string{"digest.html": v.HTML, "digest.txt": v.Text} {
		if !strings.Contains(s, digest.PersonalUnsubscribe) {
			return digest.Hint(fmt.Errorf("template mail/%s has no unsubscribe link", part), "put {{.Unsubscribe}} into it")
		}
	}
	return nil
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
	base := link(site.URL)
	if base == "" {
		base = "/"
	} else {
		base = strings.TrimRight(base, "/") + "/"
	}
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
