package digest

import (
	"errors"
	"strings"
	"sync"
	"time"
	"unicode"
)

// sayAgain is when a trouble that lasts is told anew.
const sayAgain = time.Hour

// Trouble remembers what goes wrong again and again, so that a log tells of it
// when it begins, once an hour while it lasts, and when it is over. The zero
// value is ready, and may be used by several goroutines.
type Trouble struct {
	mu   sync.Mutex
	told map[string]time.Time
}

// News says whether to tell of err at now. Two errors are one trouble if they
// have the same next step or, without one, the same words but for numbers.
func (t *Trouble) News(what string, err error, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := what + ": " + cause(err)
	if at, ok := t.told[key]; ok && now.Sub(at) < sayAgain {
		return false
	}
	for k, at := range t.told {
		if now.Sub(at) >= sayAgain {
			delete(t.told, k)
		}
	}
	if t.told == nil {
		t.told = map[string]time.Time{}
	}
	t.told[key] = now
	return true
}

// Over says that all is well, and whether that is news.
func (t *Trouble) Over() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	was := len(t.told) > 0
	t.told = nil
	return was
}

func cause(err error) string {
	if hint := (*HintError)(nil); errors.As(err, &hint) {
		return hint.Hint
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, err.Error())
}
