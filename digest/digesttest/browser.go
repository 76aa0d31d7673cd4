package digesttest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Browser is headless Chromium with scripts switched off: nothing of ours needs
// them, so nothing of ours is tested with them.
type Browser struct {
	t     testing.TB
	ctx   context.Context
	shots string

	mu     sync.Mutex
	faults []string
}

// NewBrowser starts Chromium. Where there is none the test is skipped; in CI,
// which must skip nothing, it fails. Pictures go to the folder named by
// REEDAILY_SCREENSHOTS, and nowhere lasting without it.
func NewBrowser(t testing.TB) *Browser {
	t.Helper()
	ctx, stop := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(chromium(t)),
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("no-sandbox", os.Geteuid() == 0), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true))
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	b := &Browser{t: t, ctx: ctx, shots: os.Getenv("REEDAILY_SCREENSHOTS")}
	if b.shots == "" {
		b.shots = t.TempDir()
	}
	b.Do(chromedp.Navigate("about:blank"), command(log.Enable, cdp.Empty{}))
	b.Scripts(false)
	err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*log.EventEntryAdded); ok && e.Entry != nil {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.faults = append(b.faults, fmt.Sprintf("%s %s", e.Entry.URL, e.Entry.Text))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Scripts switches scripts on or off; the driver needs them to reach into a frame.
func (b *Browser) Scripts(on bool) {
	b.t.Helper()
	b.Do(command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}))
}

// Faults is what the browser complained about so far: policies, missing files.
func (b *Browser) Faults() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.faults)
}

func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const say = "Chromium is absent"
	if os.Getenv("CI") == "true" {
		t.Fatal(say)
	}
	t.Skip(say)
	return ""
}

func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// Context is what chromedp's own calls want.
func (b *Browser) Context() context.Context { return b.ctx }

// Do runs steps of chromedp.
func (b *Browser) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// Open goes to an address.
func (b *Browser) Open(address string) {
	b.t.Helper()
	b.Do(chromedp.Navigate(address))
}

// Type fills in a field.
func (b *Browser) Type(css, text string) {
	b.t.Helper()
	b.Do(chromedp.SetValue(chromedp.CSS(css), text))
}

// Press clicks and waits for the page behind it.
func (b *Browser) Press(css string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(css))); err != nil {
		b.t.Fatalf("press %s: %v", css, err)
	}
}

// Text is what an element says, with white space folded.
func (b *Browser) Text(css string) string {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS(css)))
	if err != nil {
		b.t.Fatalf("read %s: %v", css, err)
	}
	return strings.Join(strings.Fields(got), " ")
}

// Heading checks the page's first heading.
func (b *Browser) Heading(want string) {
	b.t.Helper()
	if got := b.Text("h1"); got != want {
		b.t.Fatalf("the page says %q, want %q", got, want)
	}
}

// Look takes the page's picture on a phone and a desk, by day and by night, and
// measures that nothing sticks out to the side and that a finger finds what
// there is to touch.
func (b *Browser) Look(name string, touch ...string) {
	b.t.Helper()
	for _, size := range [][2]int64{{375, 812}, {1280, 900}} {
		for _, scheme := range []string{"light", "dark"} {
			b.Do(chromedp.EmulateViewport(size[0], size[1]),
				command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				}))
			png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				b.t.Fatal(err)
			}
			file := filepath.Join(b.shots, fmt.Sprintf("%s-%d-%s.png", name, size[0], scheme))
			if err := os.WriteFile(file, png, 0o600); err != nil {
				b.t.Fatal(err)
			}
		}
		layout, err := chromedp.Call(b.ctx, page.GetLayoutMetrics, cdp.Empty{})
		if err != nil {
			b.t.Fatal(err)
		}
		if layout.CSSContentSize.Width > float64(size[0]) {
			b.t.Errorf("%s is %v pixels wide on a screen of %d", name, layout.CSSContentSize.Width, size[0])
		}
		for _, css := range touch {
			b.fingers(name, css)
		}
	}
}

// fingerHigh is the least height of what is touched, in CSS pixels (WCAG 2.5.5).
const fingerHigh = 44

func (b *Browser) fingers(name, css string) {
	b.t.Helper()
	nodes, err := chromedp.Run(b.ctx, chromedp.Nodes(chromedp.CSSAll(css), chromedp.AtLeast(0)))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, n := range nodes {
		box, err := chromedp.Run(b.ctx, chromedp.Dimensions([]cdp.NodeID{n.NodeID}))
		if err != nil {
			b.t.Fatal(err)
		}
		if box.Height < fingerHigh {
			b.t.Errorf("%s: %s is %d pixels high, want %d", name, css, box.Height, fingerHigh)
		}
	}
}
