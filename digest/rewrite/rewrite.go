// Package rewrite lets a language model put highlights into other words, or
// into the readers' language, and believes nothing that it says.
//
// The model is whatever answers at an OpenAI-compatible address (Ollama, vLLM
// or hosted). Its sentence takes the place of the quotation only when [Check]
// finds everything it says in the sentence it was given: numbers with their
// units, names, claims, and their order. Otherwise the quotation stays, and the
// reason stands in the log and in the edition. The check refuses what it does
// not understand: it errs on the side of the quotation.
//
// It leaves to others what is quoted (digest/highlight) and how a reworded
// sentence is marked (digest/render). Without an address it does nothing.
//
// To add a word that may stand for another: a line of words/en.txt. To add a
// language that is translated from: a file words/TAG.txt whose lines have the
// names of words/en.txt.
package rewrite

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"reedaily/digest"
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
	Lang  string // the readers' language; words/en.txt is the only one that is checked so far
	// Timeout is for all of a morning's questions together.
	Timeout time.Duration
}

// Writer rewords editions.
type Writer struct {
	Settings
	Log *slog.Logger
	// Client asks; nil for one that follows no redirect.
	Client *http.Client
	words  *lexicon
}

// New makes a writer. A language or a task that cannot be checked is an error.
func New(s Settings, log *slog.Logger) (*Writer, error) {
	if s.Task != Rewrite && s.Task != Translate {
		return nil, &digest.InputError{What: "task", Got: string(s.Task), Want: "rewrite or translate"}
	}
	if base(s.Lang) != english {
		return nil, &digest.InputError{What: "language", Got: s.Lang, Want: "en, the only language whose words can be checked so far"}
	}
	words, err := readLexicon()
	if err != nil {
		return nil, err
	}
	return &Writer{Settings: s, Log: log, words: words}, nil
}

// maxSentence bounds what is asked and what is taken, in runes.
const maxSentence = 700

// Edition is e with those highlights reworded that the model was asked for and
// answered truly. It takes at most Timeout, asks the weightiest stories first,
// and stops asking at the first sign that nobody answers. e is not changed.
func (w *Writer) Edition(ctx context.Context, e digest.Edition) digest.Edition {
	ctx, cancel := context.WithTimeout(ctx, w.Timeout)
	defer cancel()
	stories := append([]digest.EditionStory(nil), e.Stories...)
	reworded, refused := 0, 0
	for i, s := range stories {
		asked := w.wanted(s)
		if len(asked) == 0 {
			continue
		}
		answers, err := w.ask(ctx, asked)
		if err != nil {
			w.Log.Warn("the model does not answer; sentences stay as quoted", "edition", e.Key.Ref(), "story", s.ID, "err", err)
			break
		}
		s.Highlights = append([]digest.Highlight(nil), s.Highlights...)
		for k, q := range asked {
			h := &s.Highlights[q.index]
			if why := w.take(h, q, answers, k); why != "" {
				refused++
				w.Log.Warn("the model's wording was dropped", "edition", e.Key.Ref(), "article", h.ArticleID, "reason", why)
			} else if h.Rewritten {
				reworded++
			}
		}
		stories[i] = s
	}
	if reworded+refused > 0 {
		w.Log.Info("highlights reworded", "edition", e.Key.Ref(), "taken", reworded, "dropped", refused)
	}
	e.Stories = stories
	return e
}

// question is one sentence to be reworded.
type question struct {
	index int // of the highlight in its story
	text  string
	lang  string // of the sentence
}

// wanted are the sentences of a story that the task is about.
func (w *Writer) wanted(s digest.EditionStory) []question {
	var asked []question
	for i, h := range s.Highlights {
		lang := w.words.language(h.Text)
		ours := lang == english
		if h.Rewritten || lang == "" || ours != (w.Task == Rewrite) || len([]rune(h.Text)) > maxSentence {
			continue
		}
		asked = append(asked, question{index: i, text: h.Text, lang: lang})
	}
	return asked
}

// take puts the k-th answer in place of the quotation, or says why not.
func (w *Writer) take(h *digest.Highlight, q question, answers []string, k int) (refused string) {
	if k >= len(answers) {
		h.Refused = "no usable answer"
		return h.Refused
	}
	text := answers[k]
	if text == q.text {
		return ""
	}
	if err := w.words.check(q.text, q.lang, text); err != nil {
		h.Refused = err.Error()
		return h.Refused
	}
	h.Original, h.Text, h.Rewritten = q.text, text, true
	if w.Task == Translate {
		h.Lang = base(w.Lang)
	}
	return ""
}
