package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
	"reedaily/digest/collect"
	"reedaily/digest/highlight"
	"reedaily/digest/relevance"
	"reedaily/digest/story"
)

// maxLabFeed bounds one feed file, in bytes.
const maxLabFeed = 32 << 20

func (a *app) labCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lab",
		Short: "Try one step on your own files",
		Long: `Runs one step of the morning on your own files: the product's own code, with
nothing fetched, stored or mailed. Articles come as one JSON object a line:
{"id","title","text","url","source","date","lang"}; pairs as {"a":…,"b":…}.
Answers are one JSON object a line, in the same order, with "error" where the
line could not be read; notes go to stderr.
An explicit --config FILE gives the settings; otherwise the defaults hold.`,
		Example: "  reedaily lab relevance < articles.jsonl\n  reedaily lab feed saved.xml",
	}
	cmd.AddCommand(
		a.labLines("relevance", "Is it about the topic, and why", relevanceLab),
		a.labStories(),
		a.labLines("pairs", "Are two articles copies, one story, or different", pairsLab),
		a.labLines("highlights", "Which sentences are worth quoting", highlightsLab),
		a.labLines("facts", "Which facts an article states", factsLab),
		a.labFeed(),
	)
	return cmd
}

// answerer gives the answer to one line of input.
type answerer func(labLine) any

func (a *app) labLines(name, short string, open func(labSettings) (answerer, error)) *cobra.Command {
	return &cobra.Command{
		Use: name, Short: short, Example: "  reedaily lab " + name + " < lines.jsonl",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.labSettings(cmd)
			if err != nil {
				return err
			}
			answer, err := open(s)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(a.stdout)
			enc := json.NewEncoder(out)
			enc.SetEscapeHTML(false)
			if err := eachLine(a.stdin, func(line labLine) error { return enc.Encode(answer(line)) }); err != nil {
				return err
			}
			return out.Flush()
		},
	}
}

// labSettings are the settings of all rooms that the lab opens.
type labSettings struct {
	judge     *relevance.Judge
	story     story.Settings
	highlight highlight.Settings
}

// labSettings come from the configuration only where one was named: the lab
// works without any.
func (a *app) labSettings(cmd *cobra.Command) (labSettings, error) {
	c := config.Defaults()
	if cmd.Flags().Changed("config") {
		var err error
		if c, err = config.Load(a.config, a.getenv); err != nil {
			return labSettings{}, err
		}
	}
	judge, err := relevance.New(relevanceSettings(c))
	if err != nil {
		return labSettings{}, fmt.Errorf("read the word lists: %w", err)
	}
	return labSettings{judge, storySettings(c, judge), highlight.Defaults()}, nil
}

func relevanceLab(s labSettings) (answerer, error) {
	return func(line labLine) any {
		in, wrong := line.article()
		answer := relevance.Lab(s.judge, in)
		answer.Error = wrong
		return answer
	}, nil
}

func highlightsLab(s labSettings) (answerer, error) {
	picker := highlight.New(s.highlight)
	return func(line labLine) any {
		in, wrong := line.article()
		answer := highlight.LabHighlights(picker, in)
		answer.Error = wrong
		return answer
	}, nil
}

func factsLab(labSettings) (answerer, error) {
	finder, err := highlight.NewFinder()
	if err != nil {
		return nil, err
	}
	return func(line labLine) any {
		in, wrong := line.article()
		answer := highlight.LabFacts(finder, in)
		answer.Error = wrong
		return answer
	}, nil
}

func pairsLab(s labSettings) (answerer, error) {
	return func(line labLine) any {
		one, other, wrong := line.pair()
		if wrong != "" {
			return story.LabAnswer{Relation: "different", Error: wrong}
		}
		return story.LabPair(s.story, one, other)
	}, nil
}

func (a *app) labStories() *cobra.Command {
	return &cobra.Command{
		Use: "stories", Short: "Group articles into stories", Example: "  reedaily lab stories < articles.jsonl",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.labSettings(cmd)
			if err != nil {
				return err
			}
			var lines []digest.LabArticle
			var wrong []string
			err = eachLine(a.stdin, func(line labLine) error {
				in, why := line.article()
				lines, wrong = append(lines, in), append(wrong, why)
				return nil
			})
			if err != nil {
				return err
			}
			out := bufio.NewWriter(a.stdout)
			enc := json.NewEncoder(out)
			enc.SetEscapeHTML(false)
			for i, place := range story.LabStories(s.story, lines) {
				place.Error = wrong[i]
				if err := enc.Encode(place); err != nil {
					return fmt.Errorf("answer line %d: %w", i+1, err)
				}
			}
			return out.Flush()
		},
	}
}

func (a *app) labFeed() *cobra.Command {
	return &cobra.Command{
		Use: "feed FILE...", Short: "Read feed files as the collector does",
		Long: `Reads saved feeds, and prints one JSON line a file, in the order of the files:
{"file","feed":{"title","url","id","summary","published","updated"},
"items":[{"title","url","id","summary","content","published","updated",
"author","lang"}],"error"}. Items are in the feed's order; "file" is the name
without its folder; title, summary and content may be HTML; times are RFC 3339
in UTC, or empty. "error" is there only where something could not be read, and
the exit status is 0 all the same.`,
		Example: "  reedaily lab feed saved.xml other.json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			enc := json.NewEncoder(a.stdout)
			enc.SetEscapeHTML(false)
			for _, path := range args {
				body, err := readBounded(path, maxLabFeed)
				answer := collect.LabLine(filepath.Base(path), body)
				if err != nil {
					answer.Error = err.Error()
				}
				if err := enc.Encode(answer); err != nil {
					return fmt.Errorf("answer %s: %w", path, err)
				}
			}
			return nil
		},
	}
}

func readBounded(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > most {
		return nil, fmt.Errorf("larger than %d bytes", most)
	}
	return body, nil
}
