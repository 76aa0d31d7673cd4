package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/andybalholm/brotli"
)

// maxEncodings bounds stacked Content-Encodings: one is usual, two have been
// seen, more is an attack.
const maxEncodings = 2

// decompress undoes a Content-Encoding (RFC 9110 §8.4).
func decompress(r io.Reader, header string) (io.Reader, error) {
	var names []string
	for name := range strings.SplitSeq(strings.ToLower(header), ",") {
		if name = strings.TrimSpace(name); name != "" && name != "identity" {
			names = append(names, name)
		}
	}
	if len(names) > maxEncodings {
		return nil, &Error{Kind: KindEncoding, Text: "the answer is compressed more than twice over"}
	}
	if len(names) == 0 {
		// A compressed file that is served as it is.
		br := bufio.NewReader(r)
		if head, err := br.Peek(3); err == nil && string(head) == "\x1f\x8b\x08" {
			return decoder(br, "gzip")
		}
		return br, nil
	}
	for i := len(names) - 1; i >= 0; i-- {
		var err error
		if r, err = decoder(r, names[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func decoder(r io.Reader, name string) (io.Reader, error) {
	br := bufio.NewReader(r)
	switch name {
	case "gzip", "x-gzip":
		head, err := br.Peek(2)
		if err != nil || head[0] != 0x1f || head[1] != 0x8b {
			return br, nil // labelled gzip and is not: seen from proxies
		}
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, &Error{Kind: KindEncoding, Text: "the answer is not the gzip that it says it is", Err: err}
		}
		z.Multistream(true)
		return z, nil
	case "deflate":
		// RFC 9110 means zlib; some servers send bare deflate.
		if head, err := br.Peek(2); err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			z, err := zlib.NewReader(br)
			if err != nil {
				return nil, &Error{Kind: KindEncoding, Text: "the answer is not the deflate that it says it is", Err: err}
			}
			return z, nil
		}
		return flate.NewReader(br), nil
	case "br":
		return brotli.NewReader(br), nil
	}
	return nil, &Error{Kind: KindEncoding, Text: fmt.Sprintf("the answer is compressed as %q, which nobody asked for", shorten(name))}
}

// readBounded reads all of r, or fails when it is longer than limit. It asks
// more before it goes beyond [smallBody]. With an error what was read is
// returned too, but nothing of a body that is too large.
func readBounded(r io.Reader, limit int64, more func() error) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, min(limit, smallBody)+1))
	if err == nil && len(body) > smallBody {
		if err = more(); err == nil {
			var rest []byte
			rest, err = readChunks(io.LimitReader(r, limit+1-int64(len(body))))
			body = append(body, rest...)
		}
	}
	if int64(len(body)) > limit {
		return nil, &Error{Kind: KindSize, Text: fmt.Sprintf("the answer is larger than %s", size(limit))}
	}
	if err != nil && errors.Is(err, gzip.ErrChecksum) {
		err = nil // the data is whole, its last four bytes are not
	}
	return body, err
}

// readChunks is io.ReadAll without its doubling: a large body is held twice
// for a moment, not more.
func readChunks(r io.Reader) ([]byte, error) {
	var chunks [][]byte
	for {
		chunk := make([]byte, 256<<10)
		n, err := io.ReadFull(r, chunk)
		chunks = append(chunks, chunk[:n])
		if err != nil {
			if err == io.EOF || err == io.ErrUnexpectedEOF && n < len(chunk) && isEnd(r) {
				err = nil
			}
			return bytes.Join(chunks, nil), err
		}
	}
}

// isEnd tells a reader that is through from one that broke off: ReadFull says
// "unexpected EOF" of both.
func isEnd(r io.Reader) bool {
	var one [1]byte
	_, err := r.Read(one[:])
	return err == io.EOF
}

func size(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", n>>10)
}

// counter counts the bytes that come off the wire.
type counter struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// watchStall calls stalled once if no byte comes for the given time; stop ends
// the watch and waits for a call under way.
func watchStall(after time.Duration, got *atomic.Int64, stalled func()) (stop func()) {
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(after)
		defer tick.Stop()
		last := int64(0)
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				now := got.Load()
				if now == last {
					stalled()
					return
				}
				last = now
			}
		}
	}()
	return func() { close(done); <-gone }
}

// watchRate cancels when a window passes with fewer bytes than the floor.
func (x *exchange) watchRate() (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(slowWindow)
		defer tick.Stop()
		last, floor := x.got.Load(), x.floor.Load()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			now, was := x.got.Load(), floor
			// A floor that changed within the window is not held against it.
			if floor = x.floor.Load(); floor == was && floor > 0 && now-last < floor {
				x.cancel(&Error{Kind: KindSlow, Text: "the answer comes too slowly to be waited for"})
				return
			}
			last = now
		}
	}()
	return sync.OnceFunc(func() { close(done) })
}
