package daily

import (
	"context"
	"time"
)

// healthSpan is the time over which feeds' health is counted.
const healthSpan = 28 * 24 * time.Hour

// alarm tells the operator once a morning of feeds that answer but have had
// nothing new for strangely long, by each feed's own rhythm: sources are lost
// without an error. It never holds up the edition.
func (d *Desk) alarm(ctx context.Context) {
	all, err := d.Store.FeedHealth(ctx, d.Now().Add(-healthSpan))
	if err != nil {
		d.Log.Warn("feeds' health cannot be read", "error", err)
		return
	}
	for _, h := range all {
		if h.Silent(d.Now()) {
			d.Log.Warn("a source has gone silent", "feed", h.Name, "last_new", h.LastNew.Format(time.DateTime),
				"its_longest_silence", h.Silence().Round(time.Hour).String())
		}
	}
}
