package main

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far long work is: a bar for a person at a terminal, and
// elsewhere a plain line for each step that is done.
type progress struct {
	lines  io.Writer // where there is no terminal
	mu     sync.Mutex
	bars   *mpb.Progress
	name   string
	bar    *mpb.Bar
	closed bool
}

func (a *app) progress(ctx context.Context) *progress {
	if !a.terminal {
		return &progress{lines: a.stderr}
	}
	return &progress{bars: mpb.NewWithContext(ctx, mpb.WithOutput(a.stderr), mpb.WithWidth(40))}
}

// step is told that done of total are finished in the step called name.
func (p *progress) step(name string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || total == 0 {
		return
	}
	if p.lines != nil {
		if done == total {
			fmt.Fprintf(p.lines, "%s: %d of %d\n", name, done, total)
		}
		return
	}
	if p.name != name {
		p.finishBar()
		p.name = name
		p.bar = p.bars.AddBar(int64(total),
			mpb.PrependDecorators(decor.Name(name, decor.WC{W: 10, C: decor.DindentRight})),
			mpb.AppendDecorators(decor.CountersNoUnit("%d/%d")),
		)
	}
	p.bar.SetCurrent(int64(done))
}

func (p *progress) finishBar() {
	if p.bar != nil {
		p.bar.Abort(false) // a bar that is not full would be waited for for ever
		p.bar.Wait()
	}
}

// rest ends the bar that is shown, so that words may be printed below it.
func (p *progress) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars == nil || p.closed {
		return
	}
	p.finishBar()
	p.name, p.bar = "", nil
}

// close ends the bars; it may be called twice.
func (p *progress) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars == nil || p.closed {
		p.closed = true
		return
	}
	p.closed = true
	p.finishBar()
	p.bars.Wait()
}
