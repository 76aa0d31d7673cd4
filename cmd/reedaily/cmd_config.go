package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest/relevance"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Look at the configuration", Example: "  reedaily config check"}
	cmd.AddCommand(&cobra.Command{
		Use:     "check",
		Short:   "Read the configuration and say all that is wrong with it",
		Long:    "Reads the configuration, and the lexicons that it names, and reports every mistake at once, each with its line,\nand what can work but is likely not meant, such as two feeds of one name.\nNothing else is touched: no database, no network.",
		Example: "  reedaily config check --config /etc/reedaily/config.yaml",
		RunE: func(*cobra.Command, []string) error {
			c, err := config.Load(a.config, a.getenv)
			if err != nil {
				return err
			}
			if _, err := relevance.New(relevanceSettings(c)); err != nil {
				return fmt.Errorf("read the word lists: %w", err)
			}
			relay := "none: letters go to " + c.Mail.Outbox.Dir
			if r := c.Mail.Relay; r != nil {
				relay = fmt.Sprintf("%s:%d (%s)", r.Host, r.Port, r.TLS)
			}
			model := "none: sentences stay as quoted"
			if m := c.Model; m.URL != "" {
				model = fmt.Sprintf("%s at %s (%s)", m.Name, m.URL, m.Task)
			}
			fmt.Fprintf(a.stdout, "%s is fine.\n  feeds:    %d\n  schedule: %s in %s\n  site:     %s\n  relay:    %s\n  model:    %s\n",
				a.config, len(c.Feeds), c.Edition.Schedule, c.Edition.Zone, c.Site.URL, relay, model)
			for _, doubt := range c.Doubts {
				fmt.Fprintf(a.stdout, "  note, %s\n", doubt)
			}
			return nil
		},
	})
	return cmd
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  reedaily version",
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(a.stdout, "reedaily %s (%s %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// version is the release, or the commit that a source build was made of.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	if v == "" || v == "(devel)" {
		return "from source"
	}
	return v
}
