package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
	"reedaily/digest/render"
	"reedaily/digest/subscribe"
	"reedaily/templates"
)

// chosen is the edition that preview and send show.
type chosen struct {
	day, sample, templates string
}

func (ch *chosen) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&ch.day, "day", "", "the edition of this `DAY`, such as 2026-02-14; default: today's")
	cmd.Flags().StringVar(&ch.sample, "sample", "", "a sample edition by `NAME`: "+strings.Join(sampleNames(), ", "))
	cmd.Flags().StringVar(&ch.templates, "templates", "", "a `DIR` whose files replace the built-in templates")
}

func (a *app) previewCommand() *cobra.Command {
	var ch chosen
	var format, out string
	cmd := &cobra.Command{
		Use:   "preview",
		Short: "Show an edition as a letter, by the renderer that mails it",
		Long: `Prints an edition as HTML, plain text or a whole .eml file, by the very code
that makes the letters. A sample edition needs no database; --templates tries
your own templates without touching anything.`,
		Example: `  reedaily preview --format text
  reedaily preview --sample full-day --out sample.html
  reedaily preview --sample quiet-day --templates my-templates --format eml`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "html" && format != "text" && format != "eml" {
				return &usageError{&digest.InputError{What: "--format", Got: format, Want: "html, text or eml"}}
			}
			show := func(_ context.Context, h *house, ed digest.Edition, v digest.View) error {
				text := v.HTML
				switch format {
				case "text":
					text = v.Text
				case "eml":
					l, err := h.letters.test(v, ed, "reader@example.com", ed.ScheduledAt)
					if err != nil {
						return err
					}
					text = string(l.Raw)
				}
				return a.write(out, text)
			}
			if ch.sample != "" {
				return a.withSample(cmd.Context(), ch, cmd.Flags().Changed("config"), show)
			}
			return a.withChosen(cmd.Context(), ch, show)
		},
	}
	ch.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "html", "html, text or eml")
	cmd.Flags().StringVar(&out, "out", "", "write to `FILE` in place of the screen")
	return cmd
}

func (a *app) sendCommand() *cobra.Command {
	var ch chosen
	var to string
	cmd := &cobra.Command{
		Use:   "send --to ADDRESS",
		Short: "Mail one test letter to yourself",
		Long: `Mails one edition to one address through the configured relay (or into the
outbox), to see it in a real mail program. Nobody else gets anything, and no
subscription is touched: the unsubscribe link in it is nobody's.`,
		Example: `  reedaily send --to me@example.com
  reedaily send --to me@example.com --sample full-day`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if to == "" {
				return &usageError{digest.Hint(errors.New("say whom the test letter is for"), "reedaily send --to me@example.com")}
			}
			address, err := subscribe.Address(to)
			if err != nil {
				return err
			}
			return a.withChosen(cmd.Context(), ch, func(ctx context.Context, h *house, ed digest.Edition, v digest.View) error {
				return a.sendTest(ctx, h, ed, v, address)
			})
		},
	}
	ch.flags(cmd)
	cmd.Flags().StringVar(&to, "to", "", "the `ADDRESS` of the test letter")
	return cmd
}

func (a *app) sendTest(ctx context.Context, h *house, ed digest.Edition, v digest.View, address string) error {
	l, err := h.letters.test(v, ed, address, h.now())
	if err != nil {
		return err
	}
	o, err := h.pool.SendOne(ctx, l)
	if err != nil {
		return err
	}
	if o.State != digest.DeliverySubmitted {
		return fmt.Errorf("the relay did not take the letter: %s", o.Reply)
	}
	where := h.pool.Relay.String() + " took it"
	if h.outbox != nil {
		where = "no relay is set (mail.relay), so it is a file in " + h.config.Mail.Outbox.Dir
	}
	fmt.Fprintf(a.stdout, "%q for %s: %s.\n", ed.Subject, address, where)
	return nil
}

// showing is what is done with the chosen edition.
type showing func(context.Context, *house, digest.Edition, digest.View) error

// withSample shows a sample as the configuration says, with the defaults where
// there is none and none was named. Nothing that is configured is touched: what
// the house needs of a disk is in a folder that is thrown away.
func (a *app) withSample(ctx context.Context, ch chosen, named bool, do showing) error {
	c, err := config.Load(a.config, a.getenv)
	if err != nil && (named || !errors.Is(err, fs.ErrNotExist)) {
		return err
	}
	dir, mkErr := os.MkdirTemp("", "reedaily-preview-")
	if mkErr != nil {
		return fmt.Errorf("make room for a preview: %w", mkErr)
	}
	defer os.RemoveAll(dir)
	aside := config.In(dir)
	if err != nil {
		c = aside
	}
	c.Database, c.Site.Keys, c.Mail.Outbox.Dir = aside.Database, aside.Site.Keys, aside.Mail.Outbox.Dir
	return a.in(ctx, c, ch, do)
}

// withChosen opens the configured house and finds the edition.
func (a *app) withChosen(ctx context.Context, ch chosen, do showing) error {
	c, err := config.Load(a.config, a.getenv)
	if err != nil {
		return err
	}
	return a.in(ctx, c, ch, do)
}

func (a *app) in(ctx context.Context, c config.Config, ch chosen, do showing) error {
	if ch.templates != "" {
		if info, err := os.Stat(ch.templates); err != nil || !info.IsDir() {
			return &usageError{&digest.InputError{What: "--templates", Got: ch.templates, Want: "a folder such as templates/, with mail/digest.html in it"}}
		}
		c.Templates = ch.templates
	}
	h, err := a.open(ctx, c, a.now, a.quietLogger())
	if err != nil {
		return err
	}
	defer h.close()
	ed, v, err := h.find(ctx, ch)
	if err != nil {
		return err
	}
	return do(ctx, h, ed, v)
}

// find reads the chosen edition. A stored one keeps its frozen view unless
// other templates were asked for.
func (h *house) find(ctx context.Context, ch chosen) (digest.Edition, digest.View, error) {
	if ch.sample != "" {
		ed, err := sample(ch.sample)
		if err != nil {
			return ed, digest.View{}, err
		}
		v, err := h.renderer.View(ed, h.site)
		return ed, v, err
	}
	day := digest.DayOf(h.now(), h.day.Zone)
	if ch.day != "" {
		var err error
		if day, err = digest.ParseDay(ch.day); err != nil {
			return digest.Edition{}, digest.View{}, err
		}
	}
	row, err := h.db.Edition(ctx, digest.EditionKey{Cadence: digest.CadenceDaily, Day: day})
	switch {
	case err == nil && row.Edition.Key.Day == "":
		return digest.Edition{}, digest.View{}, digest.Hint(fmt.Errorf("the edition of %s has no letter: it is %s", day, state(row)),
			"--day shows another, --sample full-day a sample")
	case errors.Is(err, digest.ErrNotFound):
		return digest.Edition{}, digest.View{}, digest.Hint(fmt.Errorf("there is no edition of %s", day),
			"reedaily run makes today's, --day shows another, --sample full-day a sample")
	case err != nil:
		return digest.Edition{}, digest.View{}, err
	}
	if ch.templates != "" {
		v, err := h.renderer.View(row.Edition, h.site)
		return row.Edition, v, err
	}
	v, err := h.db.View(ctx, row.Key, render.MailView)
	return row.Edition, v, err
}

func (a *app) write(path, text string) error {
	if path == "" {
		_, err := fmt.Fprint(a.stdout, text)
		return err
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return digest.Hint(fmt.Errorf("write the preview: %w", err), "choose another file with --out")
	}
	fmt.Fprintf(a.stdout, "Written to %s.\n", path)
	return nil
}

func sampleNames() []string {
	entries, err := fs.ReadDir(templates.FS, "sample")
	if err != nil {
		return nil // the folder is embedded: it is always there
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".json"))
	}
	return names
}

func sample(name string) (digest.Edition, error) {
	var ed digest.Edition
	text, err := fs.ReadFile(templates.FS, "sample/"+name+".json")
	if err != nil {
		return ed, digest.Hint(fmt.Errorf("there is no sample %q", name), "the samples are "+strings.Join(sampleNames(), ", "))
	}
	if err := json.Unmarshal(text, &ed); err != nil {
		return ed, fmt.Errorf("read sample %s: %w", name, err)
	}
	return ed, nil
}
