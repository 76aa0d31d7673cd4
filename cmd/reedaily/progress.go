package main

import (
	"context"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far long work is: a bar for a person at a terminal,
// nothing elsewhere, where the plain lines of the log tell the same.
type progress struct {
	mu     sync.Mutex
	bars   *mpb.Progress
	name   string
	bar    *mpb.Bar
	closed bool
}

func (a *app) progress(ctx context.Context) *progress {
	if !a.terminal {
		return &progress{}
	}
	return &progress{bars: mpb.NewWithContext(ctx, mpb.WithOutput(a.stderr), mpb.WithWidth(40))}
}

// step is told that done of total are finished in the step called name.
func (p *progress) step(name string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars == nil || p.closed || total == 0 {
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
	}
}

// close ends the bars; it may be called twice.
func (p *progress) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars == nil || p.closed {
		return
	}
	p.closed = true
	p.finishBar()
	p.bars.Wait()
}
