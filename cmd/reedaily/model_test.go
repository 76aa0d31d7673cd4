package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"reedaily/cmd/internal/press"
)

// model is an endpoint that says some sentences in other words and lies in the
// others.
type model struct {
	url           string
	asked         atomic.Int32
	honest, false atomic.Int32
}

var sameWords = strings.NewReplacer("tonnes", "t", "said", "says", "per cent", "%", "percent", "%", "a year", "annually", "about", "around", "begin", "start")

func newModel(t *testing.T) *model {
	t.Helper()
	m := &model{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.asked.Add(1)
		var q struct {
			Messages []struct{ Content string }
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || len(q.Messages) != 2 {
			t.Errorf("asked %+v: %v", q, err)
			return
		}
		_, list, _ := strings.Cut(q.Messages[1].Content, "\n")
		var sentences []string
		if err := json.Unmarshal([]byte(list), &sentences); err != nil {
			t.Errorf("asked %q: %v", list, err)
		}
		for i, s := range sentences {
			if sentences[i] = sameWords.Replace(s); sentences[i] != s {
				m.honest.Add(1)
				continue
			}
			m.false.Add(1)
			sentences[i] = strings.TrimRight(s, ".") + ", 37 more than Iluvatar Metals."
		}
		content, _ := json.Marshal(sentences)
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"finish_reason": "stop", "message": map[string]any{"content": string(content)}}}})
	}))
	t.Cleanup(s.Close)
	m.url = s.URL + "/v1"
	return m
}

// modelWorld is a world with the sample press and a model at url.
func modelWorld(t *testing.T, url string) *world {
	t.Helper()
	w := newWorld(t, "")
	papers := press.New(w.clock.now())
	web := httptest.NewServer(papers.Handler())
	t.Cleanup(web.Close)
	text := "database: DIR/reedaily.db\ncollect: {allow_private: [127.0.0.0/8], per_host: {connections: 16, gap: 0s}}\nmail: {outbox: {dir: DIR/outbox}}\nfeeds:\n"
	for _, f := range papers.Feeds(web.URL) {
		text += fmt.Sprintf("  - {name: %q, url: %q, lang: %q}\n", f.Name, f.URL, f.Lang)
	}
	w.configure(text + "model: {url: '" + url + "', name: sample, timeout: 20s}\n")
	return w
}

// TestModelRewordsAMorning: true wordings are printed and marked, false ones are
// not, and an edition that is made is never asked about again.
func TestModelRewordsAMorning(t *testing.T) {
	m := newModel(t)
	w := modelWorld(t, m.url)
	w.must("subscribers", "add", "reader@example.com")
	code, out, errs := w.start(t.Context(), "run")
	if code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	if m.honest.Load() == 0 || m.false.Load() == 0 {
		t.Fatalf("the model was asked %d times, honest %d, false %d", m.asked.Load(), m.honest.Load(), m.false.Load())
	}
	if strings.Count(errs, "the model's wording was dropped") < int(m.false.Load()) || !strings.Contains(errs, "is not in the source") {
		t.Errorf("%d false wordings; the log says\n%s", m.false.Load(), errs)
	}
	day := w.clock.now().UTC().Format("2006-01-02")
	shown := w.must("editions", "show", day)
	if n := strings.Count(shown, "in our words:"); n == 0 || n > int(m.honest.Load()) {
		t.Errorf("%d of %d honest wordings are shown:\n%s", n, m.honest.Load(), shown)
	}
	if strings.Count(shown, "wording was dropped: ") < int(m.false.Load()) {
		t.Errorf("the edition does not say what was dropped:\n%s", shown)
	}
	letter := w.must("preview", "--format", "text")
	if !strings.Contains(strings.Join(strings.Fields(letter), " "), "in our words)") || strings.Contains(letter, "Iluvatar") || strings.Contains(letter, "37 more") {
		t.Errorf("the letter:\n%s", letter)
	}
	asked := m.asked.Load()
	w.must("run")
	w.must("preview")
	w.must("editions", "show", day)
	if m.asked.Load() != asked {
		t.Errorf("a frozen edition was asked about %d times more", m.asked.Load()-asked)
	}
	if again := w.must("preview", "--format", "text"); again != letter {
		t.Error("the letter changed")
	}
}

// TestModelThatDoesNotAnswer: the morning is made of quotations.
func TestModelThatDoesNotAnswer(t *testing.T) {
	w := modelWorld(t, "http://"+freePort(t)+"/v1")
	code, _, errs := w.start(t.Context(), "run")
	if code != 0 || strings.Count(errs, "the model does not answer") != 1 {
		t.Errorf("exit %d, want 0 and one warning:\n%s", code, errs)
	}
	if letter := w.must("preview", "--format", "text"); strings.Contains(letter, "in our words") {
		t.Errorf("nobody worded this:\n%s", letter)
	}
	shown := w.must("editions", "show", w.clock.now().UTC().Format("2006-01-02"))
	if !strings.Contains(shown, "the model did not answer") || strings.Contains(shown, "in our words:") {
		t.Errorf("the edition does not say that nobody answered:\n%s", shown)
	}
}
