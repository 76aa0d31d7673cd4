package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"reedaily/digest"
	"reedaily/digest/digesttest"
	"reedaily/digest/web"
)

// browser looks at a house.
type browser struct {
	*house
	*digesttest.Browser
}

func newBrowser(t *testing.T, h *house) *browser {
	t.Helper()
	return &browser{h, digesttest.NewBrowser(t)}
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.Open(b.url + path)
}

// press clicks the one button and waits for the page behind it.
func (b *browser) press() {
	b.t.Helper()
	b.Press("main button")
}

func (b *browser) look(name string) {
	b.t.Helper()
	b.Look("site-"+name, "main button", "main input[type=email]", "header a")
}

func TestAReaderWithoutScripts(t *testing.T) {
	h := newHouse(t, nil)
	h.publish("2026-02-13", "quiet-day")
	h.publish("2026-02-14", "full-day")
	h.skip("2026-02-12", digest.SkipQuiet)
	b := newBrowser(t, h)
	const email = "reader@example.com"
	b.asks(email)
	_, err := h.desk.WorkOnce(t.Context())
	h.must(err)
	confirm, leave := h.mailed(email)
	b.confirms(confirm, email)
	b.reads()
	b.leaves(leave, email)

	b.open("/embed")
	b.look("embed")
	h.clock.turn(3 * 24 * time.Hour)
	b.open(confirm)
	b.Heading("This link has expired")
	b.look("expired")
	b.quiet()
	b.open("/nothing")
	b.Heading("There is nothing here")
	b.look("nothing")
}

// asks fills in the form, first with a mistake and then too fast.
func (b *browser) asks(email string) {
	b.t.Helper()
	b.open("/")
	b.Heading("Straight Into Your Inbox")
	b.look("home")
	b.Do(chromedp.SendKeys(chromedp.CSS("#email"), "reader@@example"))
	b.clock.turn(digest.FormMinAge)
	b.press()
	b.Heading("Straight Into Your Inbox")
	if said := b.Text("[role=alert]"); !strings.Contains(said, "more than one @") {
		b.t.Errorf("the mistake is called %q", said)
	}
	b.look("mistake")
	b.Type("#email", email)
	b.press() // faster than anybody types
	b.Heading("One more tap")
	b.look("again")
	b.clock.turn(digest.FormMinAge)
	b.press()
	b.Heading("Check your inbox")
	b.look("asked")
}

func (b *browser) confirms(path, email string) {
	b.t.Helper()
	b.open(path)
	b.Heading("One tap, and you are in")
	b.look("confirm")
	b.press()
	b.Heading("Fantastic! Thanks for subscribing, you won't regret it.")
	b.look("confirmed")
	if got := b.state(email); got != digest.ReaderConfirmed {
		b.t.Fatalf("the reader is %s", got)
	}
}

// reads goes from the welcome to the latest edition, and through the archive.
func (b *browser) reads() {
	b.t.Helper()
	b.Press("main .more a")
	b.Heading("Rare Earth Daily")
	b.look("edition")
	b.open("/editions")
	b.look("editions")
	b.open("/editions/2026-02-12")
	b.look("quiet")
}

func (b *browser) leaves(path, email string) {
	b.t.Helper()
	b.open(path)
	b.Heading("Unsubscribe from Rare Earth Daily?")
	b.look("leave")
	b.press()
	b.Heading("You are unsubscribed")
	b.look("left")
	if got := b.state(email); got != digest.ReaderUnsubscribed {
		b.t.Fatalf("the reader is %s", got)
	}
}

// quiet checks that the browser had nothing to complain about but the answers
// that are meant to be errors.
func (b *browser) quiet() {
	b.t.Helper()
	for _, f := range b.Faults() {
		if !strings.Contains(f, "responded with a status of 4") {
			b.t.Errorf("the browser complains: %s", f)
		}
	}
}

func TestTheBoxInAFrame(t *testing.T) {
	var box string
	blog := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>A blog</title><iframe src="%s/embed" width="600" height="420"></iframe>`, box)
	}))
	defer blog.Close()
	b := newBrowser(t, newHouse(t, nil))
	for _, c := range []struct {
		name    string
		origins []string
		shown   bool
	}{
		{"a site on the list", []string{blog.URL}, true},
		{"another site", []string{friend}, false},
		{"nobody on the list", nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, func(o *web.Options) { o.Origins = c.origins })
			box = h.url
			b.Open(blog.URL)
			tree, err := chromedp.Call(b.Context(), page.GetFrameTree, cdp.Empty{})
			h.must(err)
			if len(tree.FrameTree.ChildFrames) != 1 {
				t.Fatalf("%d frames", len(tree.FrameTree.ChildFrames))
			}
			frame := tree.FrameTree.ChildFrames[0].Frame
			if shown := frame.URL == h.url+"/embed" && frame.UnreachableURL == ""; shown != c.shown {
				t.Errorf("shown: %v (%s), want %v", shown, frame.URL, c.shown)
			}
			if c.shown {
				b.house = h
				b.fillInFrame()
			}
		})
	}
}

// fillInFrame subscribes without leaving the frame.
func (b *browser) fillInFrame() {
	b.t.Helper()
	b.Do(chromedp.SendKeys(chromedp.CSS("#email"), "reader@example.com", b.inFrame()))
	b.clock.turn(digest.FormMinAge)
	b.Do(chromedp.Click(chromedp.CSS("button"), b.inFrame()))
	said := ""
	for deadline := time.Now().Add(time.Minute); said != "Check your inbox"; {
		if time.Now().After(deadline) {
			b.t.Fatalf("the frame says %q", said)
		}
		// The frame's page changes under our hands: what fails is tried again.
		ctx, stop := context.WithTimeout(b.Context(), 2*time.Second)
		said, _ = chromedp.Run(ctx, chromedp.Text(chromedp.CSS("h1"), b.inFrame()))
		stop()
	}
	if got := b.signups(); len(got) != 1 || got[0].Email != "reader@example.com" {
		b.t.Errorf("from within the frame: %+v", got)
	}
}

// inFrame looks inside the page's one frame, as it is now.
func (b *browser) inFrame() chromedp.QueryOption {
	b.t.Helper()
	frames, err := chromedp.Run(b.Context(), chromedp.Nodes(chromedp.CSS("iframe")))
	b.must(err)
	return chromedp.FromNode(frames[0])
}
