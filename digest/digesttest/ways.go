package digesttest

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"time"

	"github.com/andybalholm/brotli"
)

// Way is how a server hands over a document.
type Way string

// The ways.
const (
	WayPlain   Way = "plain"
	WayGzip    Way = "gzip"
	WayBrotli  Way = "br"
	WayChunked Way = "chunked"      // without a length, in small pieces
	WayLength  Way = "wrong length" // a length twice the truth, then the end
	WayDrip    Way = "one byte a second"
	WayDrop    Way = "dropped half-way"
)

// Ways are all of them.
func Ways() []Way {
	return []Way{WayPlain, WayGzip, WayBrotli, WayChunked, WayLength, WayDrip, WayDrop}
}

// Serve answers every request with body, handed over in this way.
func (way Way) Serve(body []byte) http.HandlerFunc {
	packed := body
	switch way {
	case WayGzip:
		packed = Gzip(body)
	case WayBrotli:
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, 4)
		_, _ = w.Write(body)
		_ = w.Close()
		packed = b.Bytes()
	}
	return func(w http.ResponseWriter, r *http.Request) {
		switch way {
		case WayGzip, WayBrotli:
			w.Header().Set("Content-Encoding", string(way))
			_, _ = w.Write(packed)
		case WayChunked:
			for rest := packed; len(rest) > 0; {
				n := min(len(rest), 7000)
				if _, err := w.Write(rest[:n]); err != nil {
					return
				}
				_ = http.NewResponseController(w).Flush()
				rest = rest[n:]
			}
		case WayLength:
			w.Header().Set("Content-Length", strconv.Itoa(2*len(packed)))
			_, _ = w.Write(packed)
			hangUp(w)
		case WayDrop:
			w.Header().Set("Content-Length", strconv.Itoa(len(packed)))
			_, _ = w.Write(packed[:len(packed)/2])
			hangUp(w)
		case WayDrip:
			drip(w, r, packed)
		default:
			_, _ = w.Write(packed)
		}
	}
}

func drip(w http.ResponseWriter, r *http.Request, body []byte) {
	for i := range body {
		if _, err := w.Write(body[i : i+1]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(time.Second):
		}
	}
}

// hangUp closes the connection under an answer.
func hangUp(w http.ResponseWriter) {
	rc := http.NewResponseController(w)
	_ = rc.Flush()
	if conn, _, err := rc.Hijack(); err == nil {
		_ = conn.Close()
	}
}

// Gzip compresses.
func Gzip(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}
