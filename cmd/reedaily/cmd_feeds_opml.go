package main

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"reedaily/cmd/internal/config"
	"reedaily/digest"
)

// opml is the exchange format of feed readers, OPML 2.0.
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	XMLURL   string    `xml:"xmlUrl,attr,omitempty"`
	HTMLURL  string    `xml:"htmlUrl,attr,omitempty"`
	Language string    `xml:"language,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}

// maxOPML bounds a list that somebody gives us, in bytes.
const maxOPML = 8 << 20

func (a *app) feedsImport() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE.opml",
		Short: "Turn a feed reader's list into lines for config.yaml",
		Long: `Reads the OPML list that a feed reader exports and prints its feeds as lines for
the feeds: part of config.yaml. Feeds that are configured already are left out;
what else is left out, and why, is said on stderr. Your file is not changed:
look at the lines, then put them in.`,
		Example: "  reedaily feeds import subscriptions.opml >> config.yaml",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			body, err := readBounded(args[0], maxOPML)
			if err != nil {
				return digest.Hint(fmt.Errorf("read the list: %w", err), "name the file that your feed reader exported")
			}
			list, err := readOPML(body)
			if err != nil {
				return fmt.Errorf("read %s: %w", args[0], err)
			}
			c, err := a.checkConfig()
			if err != nil {
				return err
			}
			known := map[string]bool{}
			for _, f := range c.Feeds {
				known[f.URL] = true
			}
			again := 0
			for _, o := range list.feeds {
				if known[o.address] {
					again++
					continue
				}
				known[o.address] = true
				fmt.Fprintln(a.stdout, feedLine(o))
			}
			if again > 0 {
				fmt.Fprintf(a.stderr, "Left out: %s, in the list twice or configured already.\n", plural(again, "feed"))
			}
			if len(list.left) > 0 {
				fmt.Fprintf(a.stderr, "Left out: %s that give no feed:\n  %s\n", plural(len(list.left), "outline"), strings.Join(list.left, "\n  "))
			}
			if list.broken != "" {
				fmt.Fprintf(a.stderr, "The list is broken: %s. What stands before that is taken.\n", list.broken)
			}
			return nil
		},
	}
}

func (a *app) feedsExport() *cobra.Command {
	return &cobra.Command{
		Use:     "export",
		Short:   "Print the feeds as OPML, for a feed reader",
		Example: "  reedaily feeds export > rare-earths.opml",
		RunE: func(*cobra.Command, []string) error {
			c, err := config.Load(a.config, a.getenv)
			if err != nil {
				return err
			}
			list := opml{Version: "2.0", Title: c.Edition.Title}
			for _, f := range c.Feeds {
				list.Body = append(list.Body, outline{
					Text: f.Name, Title: f.Name, Type: "rss", XMLURL: f.URL, HTMLURL: f.Home, Language: f.Lang,
				})
			}
			text, err := xml.MarshalIndent(list, "", "  ")
			if err != nil {
				return fmt.Errorf("write the list: %w", err)
			}
			fmt.Fprintf(a.stdout, "%s%s\n", xml.Header, text)
			return nil
		},
	}
}

// feedLine is a feed as a line of config.yaml; without a name it goes by its host.
func feedLine(s subscription) string {
	name := strings.Join(strings.Fields(s.name), " ")
	if u, err := url.Parse(s.address); name == "" && err == nil {
		name = u.Host
	}
	line := "  - {name: " + yamlString(name) + ", url: " + yamlAddress(s.address)
	if s.home != "" {
		line += ", home: " + yamlAddress(s.home)
	}
	if s.lang != "" {
		line += ", lang: " + yamlString(s.lang)
	}
	return line + "}"
}

// yamlAddress is yamlString without a change to where the address leads.
func yamlAddress(s string) string { return yamlString(strings.ReplaceAll(s, "${", "$%7B")) }

// yamlString quotes for YAML, whose double-quoted strings know all the escapes
// that Go writes of valid UTF-8. "${" would ask for the environment.
func yamlString(s string) string {
	return strconv.Quote(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "${", "$ {"))
}
