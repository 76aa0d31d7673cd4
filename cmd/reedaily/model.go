package main

import (
	"context"
	"fmt"
	"log/slog"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
	"reedaily/digest/rewrite"
)

// reword is the step that lets a language model reword highlights; nil where
// the operator named none.
func reword(c config.Config, log *slog.Logger) (func(context.Context, digest.Edition) digest.Edition, error) {
	m := c.Model
	if m.URL == "" {
		return nil, nil
	}
	w, err := rewrite.New(rewrite.Settings{
		URL: m.URL, Model: m.Name, Key: m.Key, Task: rewrite.Task(m.Task), Lang: m.Lang, Timeout: m.Timeout,
	}, log)
	if err != nil {
		return nil, fmt.Errorf("prepare the language model: %w", err)
	}
	return w.Edition, nil
}

// sayWordings shows what a model made of the quotations: each new wording with
// the sentence it stands for, and each that was dropped with the reason.
func (a *app) sayWordings(highlights []digest.Highlight) {
	for _, h := range highlights {
		switch {
		case h.Rewritten:
			fmt.Fprintf(a.stdout, "   in our words: %s\n      for: %s\n", h.Text, h.Original)
		case h.Refused != "":
			fmt.Fprintf(a.stdout, "   as quoted: %s\n      the model's wording was dropped: %s\n", h.Text, h.Refused)
		}
	}
}
