package collect

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

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
	close(done)
	<-stopped
	peak = max(peak, held())
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

// unguarded is set to the attacks' address in the process of the negative control.
const unguarded = "REEDAILY_UNGUARDED"

// TestWithoutTheGuard is the negative control of the matrix: a collector of
// net/http and gofeed alone dies of the attacks, beyond recovery, before the
// healthy feed behind them is in.
func TestWithoutTheGuard(t *testing.T) {
	if base := os.Getenv(unguarded); base != "" {
		debug.SetMaxStack(64 << 20) // the default is 1 GB: the same end, later
		for i := range digesttest.Attacks() {
			visitUnguarded(fmt.Sprintf("%s/%d", base, i))
		}
		visitUnguarded(base[:strings.LastIndexByte(base, '/')] + "/healthy")
		fmt.Println("the healthy feed is in")
		return
	}
	base := attackServer(t)
	for _, way := range []digesttest.Way{digesttest.WayPlain, digesttest.WayGzip, digesttest.WayChunked} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWithoutTheGuard$")
		cmd.Env = append(os.Environ(), unguarded+"="+base+"/"+url.PathEscape(string(way)))
		out, err := cmd.CombinedOutput()
		if err == nil || !bytes.Contains(out, []byte("stack overflow")) || bytes.Contains(out, []byte("healthy feed is in")) {
			t.Errorf("%s: gofeed alone survives: %v", way, err)
		}
	}
}

func visitUnguarded(address string) {
	defer func() { _ = recover() }()
	resp, err := http.Get(address)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	_, _ = gofeed.NewParser().Parse(resp.Body)
}

// beAttackServer makes the test binary the server of TestAttacksByEveryWay, a
// process of its own so that its memory is not counted.
const beAttackServer = "REEDAILY_TEST_BE_ATTACK_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(beAttackServer) == "" {
		os.Exit(m.Run())
	}
	if err := serveAttacks(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "serve attacks:", err)
		os.Exit(1)
	}
}

// serveAttacks tells its address and serves until in ends.
func serveAttacks(in io.Reader, out io.Writer) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = io.WriteString(w, sample)
	})
	for _, way := range digesttest.Ways() {
		for i, a := range digesttest.Attacks() {
			mux.HandleFunc(fmt.Sprintf("/%s/%d", url.PathEscape(string(way)), i), func(w http.ResponseWriter, r *http.Request) {
				way.Serve(a.Body())(w, r)
				debug.FreeOSMemory()
			})
		}
	}
	srv := httptest.NewServer(mux)
	defer srv.Close()
	defer srv.CloseClientConnections()
	if _, err := fmt.Fprintln(out, "serving", srv.URL); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, in)
	return err
}

// attackServer starts it and returns its address.
func attackServer(t *testing.T) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), beAttackServer+"=1")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stdin.Close(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "serving "); ok {
			return url
		}
	}
	t.Fatal("the attack server did not start")
	return ""
}

// TestAttacksByEveryWay visits each attack served in each way, beside a healthy
// feed that must always come in. The slowest way is tried with all at once.
func TestAttacksByEveryWay(t *testing.T) {
	base := attackServer(t)
	for _, way := range digesttest.Ways() {
		if raceEnabled && way != digesttest.WayGzip && way != digesttest.WayDrip {
			continue // slow, and nothing else is shared
		}
		t.Run(string(way), func(t *testing.T) {
			var urls []string
			for i := range digesttest.Attacks() {
				urls = append(urls, fmt.Sprintf("%s/%s/%d", base, url.PathEscape(string(way)), i))
			}
			if way == digesttest.WayDrip {
				underAttack(t, base, urls...)
				return
			}
			for _, u := range urls {
				underAttack(t, base, u)
			}
		})
	}
}

func underAttack(t *testing.T, base string, urls ...string) {
	t.Helper()
	c := collector(t, func(s *Settings) { s.Connections = 32; s.Workers = 32 })
	feeds := states(append([]string{base + "/healthy"}, urls...)...)
	good, answers := false, 0
	start := time.Now()
	used := peakMemory(func() {
		err := c.All(context.Background(), feeds, func(_ context.Context, v visit) error {
			answers++
			if v.FeedID == feeds[0].ID {
				good = v.Err == nil && len(v.Articles) == 1
			}
			if v.Err != nil && strings.Contains(v.Err.Error(), "\n") {
				t.Errorf("not one sentence: %q", v.Err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	took := time.Since(start)
	if !good || answers != len(feeds) {
		t.Errorf("healthy feed in: %v; %d of %d visits", good, answers, len(feeds))
	}
	if took > attackTime || !raceEnabled && used > attackMemory {
		t.Errorf("%s: took %v and %d MB", urls[0], took, used>>20)
	}
	t.Logf("%s: %v, %d MB", urls[0], took.Round(time.Millisecond), used>>20)
}
