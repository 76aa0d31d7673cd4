// Package rewrite lets a language model put highlights into other words, or
// into the readers' language, and believes nothing that it says.
//
// The model is whatever answers at an OpenAI-compatible address (Ollama, vLLM
// or hosted). Its sentence takes the place of the quotation only when package check
// finds everything it says in the sentence it was given: numbers with their
// units, names, claims, and their order. Otherwise the quotation stays, and the
// reason stands in the log and in the edition. The check refuses what it does
// not understand: it errs on the side of the quotation.
//
// It leaves to others what is quoted (digest/highlight) and how a reworded
// sentence is marked (digest/render). Without an address it does nothing.
//
// To add a word that may stand for another: a line of check/words/en.txt. To add
// a language that is translated from: a file check/words/TAG.txt whose lines have
// the names of en.txt.
package rewrite

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reedaily/digest"
	"reedaily/digest/rewrite/check"
)

// Task is what the model is asked to do.
type Task string

// The tasks.
const (
	Rewrite   Task = "rewrite"   // sentences in the readers' language, in fewer and plainer words
	Translate Task = "translate" // sentences in other languages, into the readers'
)

// Settings say whom to ask, and for what.
type Settings struct {
	URL   string // such as http://127.0.0.1:11434/v1; the operator's own choice, so any address will do
	Model string // the model's name there
	Key   string // sent as a bearer token; may be empty
	Task  Task
	Lang  string // the readers' language; en is the only one that is checked so far
	// Timeout is for all of a morning's questions together.
	Timeout time.Duration
}

// Writer rewords editions.
type Writer struct {
	Settings
	Log *slog.Logger
	// Client asks; [New] sets one that follows no redirect.
	Client *http.Client
	check  *check.Checker
}

// New makes a writer. A language or a task that cannot be checked is an error.
func New(s Settings, log *slog.Logger) (*Writer, error) {
	if s.Task != Rewrite && s.Task != Translate {
		return nil, &digest.InputError{What: "task", Got: string(s.Task), Want: "rewrite or translate"}
	}
	if base(s.Lang) != check.Target {
		return nil, &digest.InputError{What: "language", Got: s.Lang, Want: "en, the only language whose words can be checked so far"}
	}
	checker, err := check.New()
	if err != nil {
		return nil, err
	}
	return &Writer{Settings: s, Log: log, Client: newClient(), check: checker}, nil
}

// noAnswer is why a sentence stays that the model was not, or in vain, asked for.
const noAnswer = "the model did not answer"

// Edition is e with those highlights reworded that the model was asked for and
// answered truly. It takes at most Timeout, asks for the weightiest stories
// first, and stops asking at the first sign that nobody answers. e is not changed.
func (w *Writer) Edition(ctx context.Context, e digest.Edition) digest.Edition {
	ctx, cancel := context.WithTimeout(ctx, w.Timeout)
	defer cancel()
	defer w.Client.CloseIdleConnections()
	log := w.Log.With("edition", e.Key.Ref())
	e.Stories = slices.Clone(e.Stories)
	count := map[bool]int{}
	silent := false
	for i := range e.Stories {
		s := &e.Stories[i]
		asked := w.wanted(*s)
		if len(asked) == 0 {
			continue
		}
		var answers []string
		if !silent {
			var err error
			if answers, err = w.ask(ctx, asked); err != nil {
				silent = true
				log.Warn("the model does not answer; the other sentences stay as quoted", "error", err)
			}
		}
		s.Highlights = slices.Clone(s.Highlights)
		for k, q := range asked {
			h := &s.Highlights[q.index]
			if silent {
				h.Refused = noAnswer
				continue
			}
			w.take(h, q, answers, k)
			count[h.Rewritten]++
			if h.Refused != "" {
				log.Warn("the model's wording was dropped", "article", h.ArticleID, "reason", h.Refused)
			}
		}
	}
	if count[true]+count[false] > 0 {
		log.Info("highlights reworded", "reworded", count[true], "as quoted", count[false])
	}
	return e
}

// question is one sentence to be reworded.
type question struct {
	index int // of the highlight in its story
	text  string
}

// wanted are the sentences of a story that the task is about.
func (w *Writer) wanted(s digest.EditionStory) []question {
	var asked []question
	for i, h := range s.Highlights {
		lang := w.check.Language(h.Text)
		ours := lang == check.Target
		if h.Rewritten || lang == "" || ours != (w.Task == Rewrite) || utf8.RuneCountInString(h.Text) > check.MaxRunes {
			continue
		}
		asked = append(asked, question{index: i, text: h.Text})
	}
	return asked
}

// maxReason bounds a reason, which may quote the model, in runes.
const maxReason = 200

// take puts the k-th answer in place of the quotation, or notes why not. An
// answer that changes nothing leaves the quotation what it is.
func (w *Writer) take(h *digest.Highlight, q question, answers []string, k int) {
	if k >= len(answers) {
		h.Refused = "the answer was not the JSON array that was asked for"
		return
	}
	text := answers[k]
	if text == q.text {
		return
	}
	if err := w.check.Check(q.text, text); err != nil {
		h.Refused = err.Error()
		if r := []rune(h.Refused); len(r) > maxReason {
			h.Refused = string(r[:maxReason]) + "…"
		}
		return
	}
	h.Original, h.Text, h.Rewritten = q.text, text, true
	if w.Task == Translate {
		h.Lang = base(w.Lang)
	}
}

// base is the language of a BCP 47 tag without script and region.
func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	return tag
}
