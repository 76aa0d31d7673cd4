package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"github.com/lmittmann/tint"
	"github.com/spf13/cobra"

	"reedaily/digest"
)

// env is the world as the program sees it; a test hands in its own.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	sleep          func(ctx context.Context, d time.Duration) error
	// terminal says whether a person watches stderr: then there are progress
	// bars and colours, otherwise plain lines.
	terminal bool
	// after is called when a step of a morning is committed; tests die in it.
	after func(step string)
	// listening is told the addresses that a server came up on; tests need them.
	listening func(name, address string)
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// app is what every command shares.
type app struct {
	env
	config  string // path of the configuration
	verbose bool
}

// run is the whole program: 0 when all went well, 1 for an error, 2 for a
// command line that cannot be understood.
func run(ctx context.Context, e env, args []string) int {
	a := &app{env: e}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		err = digest.Hint(errors.New("interrupted"), "do it again: nothing is done twice")
	}
	a.complain(err)
	var usage *usageError
	if errors.As(err, &usage) {
		return 2
	}
	return 1
}

// complain says what went wrong and, where it is known, what to do next.
func (a *app) complain(err error) {
	text, next := plainly(err)
	fmt.Fprintf(a.stderr, "reedaily: %s\n", text)
	if next != "" {
		fmt.Fprintf(a.stderr, "  next: %s\n", next)
	}
}

// plainly is what went wrong and, where it is known, what to do next.
func plainly(err error) (text, next string) {
	var hint *digest.HintError
	if !errors.As(err, &hint) {
		return err.Error(), ""
	}
	return strings.Replace(err.Error(), hint.Error(), hint.Err.Error(), 1), hint.Hint
}

// usageError is a command line that cannot be understood.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "reedaily",
		Short: "The day's rare-earth news, told once, in one mail",
		Long: `reedaily collects the day's rare-earth news from the feeds you name, drops
duplicates, groups articles into stories, and mails a digest to everybody who
asked for it on your site.

Try it now, with nothing set up:   reedaily demo
Then write a config.yaml and run:  reedaily serve`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().StringVar(&a.config, "config", "config.yaml", "the configuration `FILE`")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "also log the small steps")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		// Without the words of the library that reads numbers and times.
		plain := errors.New(goWords.ReplaceAllString(err.Error(), ""))
		return &usageError{digest.Hint(plain, cmd.CommandPath()+" --help shows what it takes")}
	})
	root.AddCommand(
		a.demoCommand(), a.serveCommand(), a.runCommand(), a.collectCommand(),
		a.previewCommand(), a.sendCommand(), a.subscribersCommand(), a.feedsCommand(),
		a.editionsCommand(), a.whyCommand(), a.rejectsCommand(), a.replayCommand(), a.configCommand(), a.labCommand(), a.versionCommand(),
	)
	strictArgs(root)
	return root
}

var goWords = regexp.MustCompile(`: (strconv|time)\.?[A-Za-z]*: .*$`)

// strictArgs makes a wrong number of arguments and an unknown sub-command
// usage errors with a way out.
func strictArgs(cmd *cobra.Command) {
	check := cmd.Args
	if check == nil {
		check = cobra.NoArgs
	}
	cmd.Args = func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			hint := c.CommandPath() + " --help shows what it takes"
			switch {
			case c.HasSubCommands():
			case len(args) == 0:
				err, hint = fmt.Errorf("%s wants to know more", c.CommandPath()), "the form is "+c.UseLine()
			default:
				err, hint = fmt.Errorf("%s takes other arguments than %q", c.CommandPath(), strings.Join(args, " ")), "the form is "+c.UseLine()
			}
			return &usageError{digest.Hint(err, hint)}
		}
		return nil
	}
	if cmd.HasSubCommands() && cmd.RunE == nil {
		cmd.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	}
	for _, sub := range cmd.Commands() {
		strictArgs(sub)
	}
}

// logger writes to stderr: coloured for a person, key=value otherwise.
func (a *app) logger() *slog.Logger {
	level := slog.LevelInfo
	if a.verbose {
		level = slog.LevelDebug
	}
	if a.terminal {
		return slog.New(tint.NewTextHandler(a.stderr, &tint.Options{Level: level, TimeFormat: time.TimeOnly, ReplaceAttr: nextStep}))
	}
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: level, ReplaceAttr: nextStep}))
}

// nextStep puts the next step that an error names apart from what went wrong.
func nextStep(_ []string, attr slog.Attr) slog.Attr {
	err, ok := attr.Value.Any().(error)
	if !ok {
		return attr
	}
	text, next := plainly(err)
	if next == "" {
		return attr
	}
	return slog.Group("", slog.String(attr.Key, text), slog.String("next", next))
}

// quietLogger is for commands whose own words say all that matters.
func (a *app) quietLogger() *slog.Logger {
	if a.verbose {
		return a.logger()
	}
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: slog.LevelWarn, ReplaceAttr: nextStep}))
}
