package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"reedaily/digest"
	"reedaily/digest/web"
)

// browser is Chromium with scripts switched off.
type browser struct {
	*house
	ctx    context.Context
	shots  string
	mu     sync.Mutex
	faults []string // what the browser complained about
}

// newBrowser starts Chromium; where there is none the test is skipped, but not in CI.
func newBrowser(t *testing.T, h *house) *browser {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		const absent = "Chromium is absent"
		if os.Getenv("CI") == "true" {
			t.Fatal(absent)
		}
		t.Skip(absent)
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path),
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("no-sandbox", os.Geteuid() == 0), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true))
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	b := &browser{house: h, ctx: ctx, shots: os.Getenv("REEDAILY_SCREENSHOTS")}
	if b.shots == "" {
		b.shots = t.TempDir()
	}
	b.do(chromedp.Navigate("about:blank"), command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		command(log.Enable, cdp.Empty{}))
	h.must(chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*log.EventEntryAdded); ok && e.Entry != nil {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.faults = append(b.faults, fmt.Sprintf("%s %s", e.Entry.URL, e.Entry.Text))
		}
	}))
	return b
}

func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, steps...))
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
}

// press clicks the one button and waits for the page behind it.
func (b *browser) press() {
	b.t.Helper()
	_, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS("main button")))
	b.must(err)
}

func (b *browser) heading(want string) {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("h1")))
	b.must(err)
	if strings.Join(strings.Fields(got), " ") != want {
		b.t.Fatalf("the page says %q, want %q", got, want)
	}
}

// look takes the page's picture on a phone and a desk, by day and by night, and
// measures that nothing sticks out and that fingers find their targets.
func (b *browser) look(name string) {
	b.t.Helper()
	for _, size := range [][2]int64{{375, 812}, {1280, 900}} {
		for _, scheme := range []string{"light", "dark"} {
			b.do(chromedp.EmulateViewport(size[0], size[1]),
				command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				}))
			png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
			b.must(err)
			b.must(os.WriteFile(filepath.Join(b.shots, fmt.Sprintf("site-%s-%d-%s.png", name, size[0], scheme)), png, 0o600))
		}
		layout, err := chromedp.Call(b.ctx, page.GetLayoutMetrics, cdp.Empty{})
		b.must(err)
		if layout.CSSContentSize.Width > float64(size[0]) {
			b.t.Errorf("%s is %v pixels wide on a screen of %d", name, layout.CSSContentSize.Width, size[0])
		}
		b.targets(name)
	}
}

func (b *browser) targets(name string) {
	b.t.Helper()
	for _, what := range []string{"main button", "main input[type=email]", "header a"} {
		nodes, err := chromedp.Run(b.ctx, chromedp.Nodes(chromedp.CSSAll(what), chromedp.AtLeast(0)))
		b.must(err)
		for _, n := range nodes {
			box, err := chromedp.Run(b.ctx, chromedp.Dimensions([]cdp.NodeID{n.NodeID}))
			b.must(err)
			if box.Height < 44 {
				b.t.Errorf("%s: %s is %d pixels high, want 44", name, what, box.Height)
			}
		}
	}
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
	b.heading("This link has expired")
	b.look("expired")
	b.quiet()
	b.open("/nothing")
	b.heading("There is nothing here")
	b.look("nothing")
}

// asks fills in the form, first with a mistake and then too fast.
func (b *browser) asks(email string) {
	b.t.Helper()
	b.open("/")
	b.heading("Straight Into Your Inbox")
	b.look("home")
	b.do(chromedp.SendKeys(chromedp.CSS("#email"), "reader@@example"))
	b.clock.turn(digest.FormMinAge)
	b.press()
	b.heading("Straight Into Your Inbox")
	said, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("[role=alert]")))
	b.must(err)
	if !strings.Contains(said, "more than one @") {
		b.t.Errorf("the mistake is called %q", said)
	}
	b.look("mistake")
	b.do(chromedp.SetValue(chromedp.CSS("#email"), email))
	b.press() // faster than anybody types
	b.heading("One more tap")
	b.look("again")
	b.clock.turn(digest.FormMinAge)
	b.press()
	b.heading("Check your inbox")
	b.look("asked")
}

func (b *browser) confirms(path, email string) {
	b.t.Helper()
	b.open(path)
	b.heading("One tap, and you are in")
	b.look("confirm")
	b.press()
	b.heading("Fantastic! Thanks for subscribing, you won't regret it.")
	b.look("confirmed")
	if got := b.state(email); got != digest.ReaderConfirmed {
		b.t.Fatalf("the reader is %s", got)
	}
}

// reads goes from the welcome to the latest edition, and through the archive.
func (b *browser) reads() {
	b.t.Helper()
	_, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS("main .more a")))
	b.must(err)
	b.heading("Rare Earth Daily")
	b.look("edition")
	b.open("/editions")
	b.look("editions")
	b.open("/editions/2026-02-12")
	b.look("quiet")
}

func (b *browser) leaves(path, email string) {
	b.t.Helper()
	b.open(path)
	b.heading("Unsubscribe from Rare Earth Daily?")
	b.look("leave")
	b.press()
	b.heading("You are unsubscribed")
	b.look("left")
	if got := b.state(email); got != digest.ReaderUnsubscribed {
		b.t.Fatalf("the reader is %s", got)
	}
}

// quiet checks that the browser had nothing to complain about but the answers
// that are meant to be errors.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
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
			b.do(chromedp.Navigate(blog.URL))
			tree, err := chromedp.Call(b.ctx, page.GetFrameTree, cdp.Empty{})
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
	b.do(chromedp.SendKeys(chromedp.CSS("#email"), "reader@example.com", b.inFrame()))
	b.clock.turn(digest.FormMinAge)
	b.do(chromedp.Click(chromedp.CSS("button"), b.inFrame()))
	said := ""
	for deadline := time.Now().Add(time.Minute); said != "Check your inbox"; {
		if time.Now().After(deadline) {
			b.t.Fatalf("the frame says %q", said)
		}
		// The frame's page changes under our hands: what fails is tried again.
		ctx, stop := context.WithTimeout(b.ctx, 2*time.Second)
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
	frames, err := chromedp.Run(b.ctx, chromedp.Nodes(chromedp.CSS("iframe")))
	b.must(err)
	return chromedp.FromNode(frames[0])
}
