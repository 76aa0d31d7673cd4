package collect

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"reedaily/digest/collect/parse"
	"reedaily/digest/digesttest"
)

// Limits that no document may make us pass.
const (
	attackMemory = 64 << 20
	attackTime   = 10 * time.Second
)

// peakMemory is the most memory that f made the process hold, over what it
// held before.
func peakMemory(f func()) uint64 {
	debug.FreeOSMemory()
	held := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64() - s[1].Value.Uint64()
	}
	base, peak := held(), uint64(0)
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			peak = max(peak, held())
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	peak = max(peak, held())
	close(done)
	<-stopped
	if peak < base {
		return 0
	}
	return peak - base
}

// TestAttacksAreReadWithinBounds feeds each attack to the reader.
func TestAttacksAreReadWithinBounds(t *testing.T) {
	for _, a := range digesttest.Attacks() {
		t.Run(a.Name, func(t *testing.T) {
			body := a.Body()
			if len(body) > 5<<20 {
				t.Fatalf("%d bytes: the fetch would refuse them", len(body))
			}
			start := time.Now()
			var f parse.Feed
			var err error
			used := peakMemory(func() { f, err = parse.Parse(body, parse.Source{MaxItems: 500}) })
			took := time.Since(start)
			t.Logf("%d bytes, %v, %d MB, %d items, %v, %v", len(body), took.Round(time.Millisecond), used>>20, len(f.Items), err, f.Notes)
			if took > attackTime || !raceEnabled && used > attackMemory {
				t.Errorf("took %v and %d MB, want at most %v and %d MB", took, used>>20, attackTime, attackMemory>>20)
			}
			if len(f.Items) > 500 {
				t.Errorf("%d items", len(f.Items))
			}
		})
	}
}

// TestAttacksByEveryWay serves each attack in each way to a whole collector,
// beside a healthy feed that must always come in.
func TestAttacksByEveryWay(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole matrix takes a minute")
	}
	attacks := digesttest.Attacks()
	for _, way := range digesttest.Ways() {
		t.Run(string(way), func(t *testing.T) {
			web := digesttest.NewWeb(t)
			healthy := web.Document("/healthy.xml", "application/rss+xml", []byte(sample))
			c := collector(t, func(s *Settings) { s.Connections = 4 })
			feeds := append(states(healthy), states(handles(web, attacks, way)...)...)
			start := time.Now()
			var good bool
			used := peakMemory(func() {
				err := c.All(context.Background(), feeds, func(_ context.Context, v visit) error {
					if v.FeedID == feeds[0].ID {
						good = v.Err == nil && len(v.Articles) == 1
					}
					if v.Err != nil && strings.Contains(v.Err.Error(), "\n") {
						return fmt.Errorf("not one sentence: %w", v.Err)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
			t.Logf("%d attacks in %v, %d MB with the server", len(attacks), time.Since(start).Round(time.Millisecond), used>>20)
			if !good {
				t.Error("the healthy feed did not come in")
			}
			if took := time.Since(start); took > 40*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func handles(web *digesttest.Web, attacks []digesttest.Attack, way digesttest.Way) []string {
	var urls []string
	for i, a := range attacks {
		h := http.HandlerFunc(nil)
		urls = append(urls, web.Handle(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, r *http.Request) {
			if h == nil {
				h = way.Serve(a.Body())
			}
			h(w, r)
		}))
	}
	runtime.GC()
	return urls
}
