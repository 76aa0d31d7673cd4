package deliver_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"reedaily/digest"
	"reedaily/digest/deliver"
)

// FuzzServer talks to a relay that says whatever it likes. The conversation
// must end, and its outcome be one that the table knows; "submitted" needs a
// 250 from the relay.
func FuzzServer(f *testing.F) {
	f.Add([]byte("220 hi\r\n250 hi\r\n250 ok\r\n250 ok\r\n354 go\r\n250 kept\r\n221 bye\r\n"))
	f.Add([]byte("220 hi\r\n250 hi\r\n250 ok\r\n550 5.1.1 no\r\n250 ok\r\n"))
	f.Add([]byte("220 hi\r\n250-hi\r\n250-SIZE\r\n250 AUTH PLAIN\r\n250 ok\r\n250 ok\r\n354 go\r\n421 later\r\n"))
	f.Add([]byte("220 hi\r\n500 what\r\n250 hi\r\n250 ok\r\n250 ok\r\n354 go\r\n\x00\xff\r\n"))
	f.Add([]byte("250-" + strings.Repeat("x", 5000)))
	f.Add([]byte("220 hi\n250 hi\n250 ok\n250 ok\n354 go\n25"))
	f.Fuzz(func(t *testing.T, script []byte) {
		synctest.Test(t, func(t *testing.T) {
			dial := func(context.Context) (net.Conn, error) {
				ours, theirs := net.Pipe()
				go func() {
					buf := make([]byte, 4096)
					for {
						if _, err := theirs.Read(buf); err != nil {
							return
						}
					}
				}()
				go func() {
					_, _ = theirs.Write(script)
					time.Sleep(time.Hour)
					_ = theirs.Close()
				}()
				return ours, nil
			}
			p := newPool(deliver.Relay{Host: "localhost", TLS: deliver.NoTLS, Dial: dial})
			o, err := p.SendOne(t.Context(), letter)
			switch o.State {
			case digest.DeliverySubmitted:
				if o.Code/100 != 2 || !strings.Contains(string(script), "354") {
					t.Errorf("submitted: %+v", o)
				}
			case digest.DeliveryQueued, digest.DeliveryRefused, digest.DeliveryUncertain:
			default:
				if err == nil {
					t.Errorf("%+v without an error", o)
				}
			}
			if strings.ContainsAny(o.Reply, "\r\n\x00") || len(o.Reply) > 500 {
				t.Errorf("reply %q", o.Reply)
			}
			time.Sleep(2 * time.Hour) // lets the script's goroutines end
		})
	})
}
