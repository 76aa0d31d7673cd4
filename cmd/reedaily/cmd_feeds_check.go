package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
	"reedaily/digest/collect"
	"reedaily/digest/collect/parse"
)

// stale is from when a feed's newest item is worth a remark.
const stale = 30 * 24 * time.Hour

func (a *app) feedsCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check URL|FILE|all",
		Short: "Say whether a feed is any good, and what to change",
		Long: `Asks one address, reads one file, or goes through every feed of the
configuration, and says of each what a person wants to know: does it answer, can
it be read, how fresh is it, and what should be changed. Of a web page, or where
there is nothing at the address, it tells the feeds of the site. Nothing is
stored. It fails (exit 1) where the feed, or one of all, cannot be used, also
where it tells others to use in its place.`,
		Example: `  reedaily feeds check https://www.example.com/
  reedaily feeds check saved.xml
  reedaily feeds check all`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch what := args[0]; {
			case what == "all":
				return a.checkAll(cmd.Context())
			case strings.HasPrefix(what, "http://"), strings.HasPrefix(what, "https://"):
				return a.checkURL(cmd.Context(), what)
			default:
				return a.checkFile(what)
			}
		},
	}
}

func (a *app) checkFile(path string) error {
	body, err := readBounded(path, maxLabFeed)
	if errors.Is(err, os.ErrNotExist) {
		return digest.Hint(fmt.Errorf("there is no file %s", path), "for an address begin with https://")
	}
	if err != nil {
		return err
	}
	feed, err := collect.Parse(body, collect.Source{})
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", path, err)
	}
	articles, notes := collect.Articles(feed, digest.Feed{Name: feed.Title}, a.now())
	if err := collect.Usable(feed, articles, notes); err != nil {
		return fmt.Errorf("%s cannot be used: %w", path, err)
	}
	a.sayVerdict(path, digest.Visit{Title: feed.Title, Articles: articles, Notes: notes, At: a.now()})
	return nil
}

// checkURL asks one address; where it is a page, it looks for the page's feeds.
func (a *app) checkURL(ctx context.Context, address string) error {
	c, err := a.checkConfig()
	if err != nil {
		return err
	}
	collector := (&house{config: c, now: a.now}).collector(a.sleep)
	defer collector.Close()
	v := collector.Visit(ctx, digest.FeedState{Feed: digest.Feed{ID: digest.FeedID(address), Name: address, URL: address}})
	if v.Err == nil {
		a.sayVerdict(address, v)
		return nil
	}
	missing := v.Status == http.StatusNotFound
	if !missing && !errors.Is(v.Err, parse.ErrWebPage) {
		return v.Err // it says why; to ask for more would be no help
	}
	found, err := collector.Discover(ctx, address)
	if err != nil && missing {
		return v.Err
	}
	if err != nil {
		return err
	}
	what := "is a web page and no feed"
	if missing {
		what = "is not there (404)"
	}
	fmt.Fprintf(a.stdout, "%s %s, but these belong to it:\n", address, what)
	for _, f := range found {
		fmt.Fprintf(a.stdout, "%s   # %s, %s, newest %s\n", feedLine(subscription{name: f.Title, address: f.URL}), f.Kind, plural(f.Items, "item"), day(f.Newest))
	}
	return digest.Hint(fmt.Errorf("%s cannot be used: it %s", address, what), "take one of the feeds above in its place")
}

// checkConfig is the configuration or, where there is none, the defaults: an
// address can be checked before anything is set up.
func (a *app) checkConfig() (config.Config, error) {
	c, err := config.Load(a.config, a.getenv)
	if errors.Is(err, os.ErrNotExist) {
		return config.Defaults(), nil
	}
	return c, err
}

func (a *app) checkAll(ctx context.Context) error {
	c, err := config.Load(a.config, a.getenv)
	if err != nil {
		return err
	}
	collector := (&house{config: c, now: a.now}).collector(a.sleep)
	defer collector.Close()
	names := map[string]string{}
	var states []digest.FeedState
	for _, f := range c.Words() {
		names[f.ID] = f.Name
		states = append(states, digest.FeedState{Feed: f})
	}
	bad := 0
	err = collector.All(ctx, states, func(_ context.Context, v digest.Visit) error {
		if v.Err != nil {
			bad++
		}
		a.sayVerdict(names[v.FeedID], v)
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%d of %s can be used.\n", len(states)-bad, plural(len(states), "feed"))
	if bad > 0 {
		return fmt.Errorf("%d of %s cannot be used", bad, plural(len(states), "feed"))
	}
	return nil
}

// sayVerdict is what a person wants to know of a feed.
func (a *app) sayVerdict(name string, v digest.Visit) {
	if v.Err != nil {
		var hint *digest.HintError
		if errors.As(v.Err, &hint) {
			fmt.Fprintf(a.stdout, "BAD   %s: %v\n        next: %s\n", name, hint.Err, hint.Hint)
			return
		}
		fmt.Fprintf(a.stdout, "BAD   %s: %v\n", name, v.Err)
		return
	}
	var newest time.Time
	texts := 0
	for _, art := range v.Articles {
		if art.Published.After(newest) {
			newest = art.Published
		}
		if art.Body() != "" {
			texts++
		}
	}
	fmt.Fprintf(a.stdout, "GOOD  %s: %s, newest %s\n", name, plural(len(v.Articles), "article"), day(newest))
	remarks := v.Notes
	switch {
	case len(v.Articles) == 0:
		remarks = append(remarks, "it is empty just now; look again tomorrow")
	case newest.IsZero():
		remarks = append(remarks, "its items have no dates: they count from when they are first seen")
	case v.At.Sub(newest) > stale:
		remarks = append(remarks, "nothing new for a month: is there a newer address?")
	}
	if len(v.Articles) > 0 && texts == 0 {
		remarks = append(remarks, "it gives titles only: highlights then come from the articles' own pages")
	}
	if v.MovedTo != "" {
		remarks = append(remarks, "it has moved for good: put "+v.MovedTo+" into the configuration")
	}
	if v.Status != 0 && v.ETag == "" && v.LastModified == "" {
		remarks = append(remarks, "its server cannot say \"nothing new\" (no ETag, no Last-Modified): each visit costs a whole answer")
	}
	for _, r := range remarks {
		fmt.Fprintf(a.stdout, "        %s\n", r)
	}
}
