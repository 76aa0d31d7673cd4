package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"reedaily/digest"
	"reedaily/digest/door"
	"reedaily/digest/web"
)

// many lets a test fill in as many forms as it likes.
func many(o *web.Options) { o.Limits = door.Limits{Host: 1_000_000, Net: 1_000_000} }

func (h *house) signups() []digest.Signup {
	h.t.Helper()
	all, err := h.db.Signups(context.Background(), 1000)
	h.must(err)
	return all
}

func TestFillingInTheForm(t *testing.T) {
	for _, path := range []string{"/", "/subscribe", "/embed"} {
		h := newHouse(t, nil)
		action := path
		if path == "/" {
			action = "/subscribe"
		}
		page := h.get(path)
		if !strings.Contains(page.body, `action="`+action+`"`) {
			t.Fatalf("%s: the form goes elsewhere:\n%s", path, page.body)
		}
		form := url.Values{"email": {"reader@example.com"}, "form": {page.token()}, "note": {""}}

		soon := h.post(action, form)
		if soon.status != 200 || !strings.Contains(soon.body, "One more tap") || soon.token() != page.token() || len(h.signups()) != 0 {
			t.Fatalf("%s: faster than anybody types: %d, same token %v, %d signups", path, soon.status, soon.token() == page.token(), len(h.signups()))
		}
		h.clock.turn(digest.FormMinAge)
		done := h.post(action, form)
		if done.status != 200 || !strings.Contains(done.body, "Check your inbox") || !strings.Contains(done.body, "reader@example.com") {
			t.Fatalf("%s: %d\n%s", path, done.status, done.body)
		}
		wellBehaved(t, "POST "+action, done)
		got := h.signups()
		if len(got) != 1 || got[0].Email != "reader@example.com" || got[0].Client != "127.0.0.1" {
			t.Fatalf("%s: signups %+v", path, got)
		}
		for _, words := range []string{"Straight Into Your Inbox", "Rapidly Evolving REE Market.", "one click", "[Subscribe]"} {
			if !strings.Contains(got[0].FormText, words) {
				t.Errorf("%s: the words agreed to lack %q: %q", path, words, got[0].FormText)
			}
		}
		if bare := strings.Contains(done.body, "<header"); bare == (path == "/embed") {
			t.Errorf("%s: answered with header: %v", path, bare)
		}
	}
}

func TestEveryAddressGetsTheSameAnswer(t *testing.T) {
	h := newHouse(t, many)
	h.reader("pending@example.com", digest.ReaderPending)
	h.reader("reading@example.com", digest.ReaderConfirmed)
	h.reader("leaving@example.com", digest.ReaderUnsubscribed)
	want := ""
	for _, email := range []string{"unknown@example.com", "pending@example.com", "reading@example.com", "leaving@example.com"} {
		before := strings.Count(h.dump(), "\n")
		a := h.post("/subscribe", url.Values{"email": {email}, "form": {h.ripe()}})
		got := fmt.Sprintf("%d %v %d more rows\n%s", a.status, a.header["Cache-Control"], strings.Count(h.dump(), "\n")-before, strings.ReplaceAll(a.body, email, "ADDRESS"))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s is told from others:\n%s\nnot\n%s", email, got, want)
		}
		_, err := h.desk.WorkOnce(context.Background()) // what the worker does later is its own affair
		h.must(err)
	}
}

func TestAFormThatIsNotTaken(t *testing.T) {
	h := newHouse(t, nil)
	tooOld, err := h.links.Form(h.clock.Now().Add(-digest.FormMaxAge - time.Minute))
	h.must(err)
	ripe := h.ripe()
	const good = "reader@example.com"
	strange := []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}
	for _, c := range []struct {
		name    string
		form    url.Values
		headers []string
		status  int
		says    string
		fresh   bool // with a new token
	}{
		{"no address", url.Values{"form": {ripe}}, nil, 422, "Please type your email address.", true},
		{"no form at all", nil, nil, 422, "Please type your email address.", true},
		{"no @", url.Values{"email": {"reader"}, "form": {ripe}}, nil, 422, "There is no @", true},
		{"two @", url.Values{"email": {"a@b@c.example"}, "form": {ripe}}, nil, 422, "more than one @", true},
		{"a space", url.Values{"email": {"a b@example.com"}, "form": {ripe}}, nil, 422, "There is a space", true},
		{"no dot", url.Values{"email": {"a@example"}, "form": {ripe}}, nil, 422, "after the @ is not complete", true},
		{"nothing before the @", url.Values{"email": {"@example.com"}, "form": {ripe}}, nil, 422, "before the @ is missing", true},
		{"letters before the @ that mail cannot carry", url.Values{"email": {"jörg@example.com"}, "form": {ripe}}, nil, 422, "plain letters", true},
		{"a header inside", url.Values{"email": {"a@example.com\r\nBcc: b@example.com"}, "form": {ripe}}, nil, 422, "Please", true},
		{"without a token", url.Values{"email": {good}}, nil, 200, "One more tap", true},
		{"a forged token", url.Values{"email": {good}, "form": {strings.Repeat("A", digest.TokenLen)}}, nil, 200, "One more tap", true},
		{"an old token", url.Values{"email": {good}, "form": {tooOld}}, nil, 200, "One more tap", true},
		{"the trap filled in", url.Values{"email": {good}, "form": {ripe}, "note": {"cheap pills"}}, nil, 200, "One more tap", false},
		{"from another site", url.Values{"email": {good}, "form": {ripe}}, strange, 200, "One more tap", false},
		{"from another site, without a token", url.Values{"email": {good}}, strange, 200, "One more tap", true},
		{"from another site, with a mistake", url.Values{"email": {"reader"}}, strange, 422, "There is no @", true},
		{"from a site on the list, without a token", url.Values{"email": {good}}, []string{"Sec-Fetch-Site", "cross-site", "Origin", friend}, 200, "One more tap", true},
		{"two addresses", url.Values{"email": {good, "b@example.com"}, "form": {ripe}}, nil, 400, "did not arrive whole", false},
		{"JSON", url.Values{"email": {good}}, []string{"Content-Type", "application/json"}, 415, "did not arrive whole", false},
		{"a type that is none", url.Values{"email": {good}}, []string{"Content-Type", ";;"}, 415, "did not arrive whole", false},
		{"broken escapes", nil, []string{"raw", "email=%zz"}, 400, "did not arrive whole", false},
		{"too large", url.Values{"email": {strings.Repeat("x", 20<<10)}}, nil, 413, "That was too much", false},
	} {
		var a answer
		if len(c.headers) == 2 && c.headers[0] == "raw" {
			a = h.do("POST", "/subscribe", strings.NewReader(c.headers[1]), "Content-Type", "application/x-www-form-urlencoded")
		} else {
			a = h.post("/subscribe", c.form, c.headers...)
		}
		if a.status != c.status || !strings.Contains(a.body, c.says) {
			t.Errorf("%s: %d, want %d and %q\n%s", c.name, a.status, c.status, c.says, a.body)
		}
		wellBehaved(t, c.name, a)
		if c.fresh && (a.token() == "" || a.token() == ripe || h.links.CheckForm(a.token(), h.clock.Now().Add(digest.FormMinAge)) != nil) {
			t.Errorf("%s: the page has no new form token", c.name)
		}
		if strings.Contains(c.says, "One more tap") && !strings.Contains(a.body, `value="`+good+`"`) {
			t.Errorf("%s: the address is not filled in", c.name)
		}
		if c.status == 422 && (!strings.Contains(a.body, `role="alert"`) || !strings.Contains(a.body, `aria-invalid="true"`) || !strings.Contains(a.body, "Straight Into Your Inbox")) {
			t.Errorf("%s: the mistake is not marked on the same page", c.name)
		}
	}
	if got := h.signups(); len(got) != 0 {
		t.Errorf("something was taken all the same: %+v", got)
	}
}

// The second press on our own page always gets through.
func TestOneMoreTapIsEnough(t *testing.T) {
	h := newHouse(t, nil)
	page := h.post("/subscribe", url.Values{"email": {"reader@example.com"}}, "Sec-Fetch-Site", "cross-site", "Origin", "https://blog.example")
	form := url.Values{"email": {"reader@example.com"}, "form": {page.token()}, "note": {""}}
	for range 2 { // a reader in a hurry
		h.clock.turn(time.Second)
		form.Set("form", h.post("/subscribe", form, "Sec-Fetch-Site", "same-origin", "Origin", "null").token())
	}
	h.clock.turn(time.Second)
	if a := h.post("/subscribe", form, "Sec-Fetch-Site", "same-origin", "Origin", "null"); !strings.Contains(a.body, "Check your inbox") {
		t.Errorf("three seconds later:\n%s", a.body)
	}
}

func TestWhatWasTypedIsShownAsText(t *testing.T) {
	h := newHouse(t, nil)
	for _, typed := range []string{`"><script>alert(1)</script>`, `a@b" onfocus="x`, "{{.Site}}", "\x00\xff\u202e@", strings.Repeat("ü", 2000)} {
		a := h.post("/subscribe", url.Values{"email": {typed}})
		wellBehaved(t, typed, a)
		if a.status != 422 || strings.Contains(a.body, `" onfocus=`) || len(a.body) > 10_000 {
			t.Errorf("%.40q: %d, %d bytes", typed, a.status, len(a.body))
		}
	}
	if a := h.post("/subscribe", url.Values{"email": {"o'neil@@example.com"}}); !strings.Contains(a.body, `value="o&#39;neil@@example.com"`) {
		t.Errorf("what was typed is lost:\n%s", a.body)
	}
}

func TestOtherShapesOfTheForm(t *testing.T) {
	h := newHouse(t, many)
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	h.must(m.WriteField("email", "r@bücher.example"))
	h.must(m.WriteField("form", h.ripe()))
	h.must(m.Close())
	if a := h.do("POST", "/subscribe", &b, "Content-Type", m.FormDataContentType()); !strings.Contains(a.body, "Check your inbox") {
		t.Errorf("multipart: %d\n%s", a.status, a.body)
	}
	if a := h.post("/subscribe", url.Values{"email": {" r@EXAMPLE.com "}, "form": {h.ripe()}, "utm": {"x"}}); !strings.Contains(a.body, "Check your inbox") {
		t.Errorf("with a field of somebody else's: %d", a.status)
	}
	// The query is no part of the form: it stands in logs and histories.
	if a := h.post("/subscribe?email=q@example.com&form="+h.ripe(), nil); a.status != 422 {
		t.Errorf("by query: %d", a.status)
	}
	got := h.signups()
	if len(got) != 2 || got[0].Email != "r@xn--bcher-kva.example" || got[1].Email != "r@example.com" {
		t.Errorf("signups %+v", got)
	}
}

func TestTooManyForms(t *testing.T) {
	h := newHouse(t, func(o *web.Options) { o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	fill := func(client string) answer {
		return h.post("/subscribe", url.Values{"email": {"reader@example.com"}, "form": {h.ripe()}}, "X-Forwarded-For", client)
	}
	for i := range 6 {
		a := fill("203.0.113.7")
		if want := map[bool]int{true: 200, false: 429}[i < 5]; a.status != want {
			t.Errorf("form %d: %d, want %d", i+1, a.status, want)
		}
		if a.status == 429 {
			wellBehaved(t, "429", a)
			if a.header.Get("Retry-After") == "" || !strings.Contains(a.body, "come back in an hour") {
				t.Errorf("429: %v\n%s", a.header, a.body)
			}
		}
	}
	if a := fill("9.9.9.9, 203.0.113.7"); a.status != 429 {
		t.Errorf("with an invented hop before: %d, want 429", a.status)
	}
	if a := fill("198.51.100.7"); a.status != 200 {
		t.Errorf("somebody else: %d, want 200", a.status)
	}
	if n := len(h.signups()); n != 6 {
		t.Errorf("%d signups, want 6", n)
	}
}

// failing is a desk whose store is out of order.
type failing struct{ web.Desk }

func (failing) Ask(context.Context, string, string, string) error { return errors.New("disk full") }
func (failing) Confirm(context.Context, string, string) error     { return errors.New("disk full") }
func (failing) Leave(context.Context, string, string, string) error {
	return errors.New("disk full")
}

func TestAStoreOutOfOrder(t *testing.T) {
	h := newHouse(t, func(o *web.Options) { o.Desk = failing{o.Desk} })
	_, confirm, leave := h.reader("reader@example.com", digest.ReaderPending)
	for path, form := range map[string]url.Values{
		"/subscribe": {"email": {"reader@example.com"}, "form": {h.ripe()}},
		"/embed":     {"email": {"reader@example.com"}, "form": {h.ripe()}},
		confirm:      nil,
		leave:        nil,
	} {
		a := h.post(path, form)
		if a.status != 503 || a.header.Get("Retry-After") == "" || !strings.Contains(a.body, "nothing has changed") || strings.Contains(a.body, "disk") {
			t.Errorf("%s: %d\n%s", path, a.status, a.body)
		}
		wellBehaved(t, path, a)
	}
	if n := strings.Count(h.log.String(), "disk full"); n != 4 {
		t.Errorf("the log has %d failures, want each once: 4", n)
	}
}
