package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/net/html/charset"

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

// Bounds of a list that somebody gives us.
const (
	maxOPML      = 8 << 20
	maxOPMLDepth = 20
)

func (a *app) feedsImport() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE.opml",
		Short: "Turn a feed reader's list into lines for config.yaml",
		Long: `Reads the OPML list that a feed reader exports and prints its feeds as lines for
the feeds: part of config.yaml. Feeds that are configured already are left out.
Your file is not changed: look at the lines, then put them in.`,
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
			for _, o := range list {
				if known[o.XMLURL] {
					continue
				}
				known[o.XMLURL] = true
				fmt.Fprintf(a.stdout, "  - {name: %s, url: %s}\n", yamlString(o.name()), yamlString(o.XMLURL))
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

// readOPML gives the feeds of a list, however deep in its folders.
func readOPML(body []byte) ([]outline, error) {
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Strict = false
	dec.CharsetReader = charset.NewReaderLabel
	if err := shallow(body); err != nil {
		return nil, err
	}
	var list opml
	if err := dec.Decode(&list); err != nil {
		return nil, digest.Hint(fmt.Errorf("it is no OPML list: %w", err), "export the list from your feed reader again")
	}
	var feeds []outline
	var walk func([]outline)
	walk = func(outlines []outline) {
		for _, o := range outlines {
			if strings.HasPrefix(o.XMLURL, "http://") || strings.HasPrefix(o.XMLURL, "https://") {
				feeds = append(feeds, o)
			}
			walk(o.Outlines)
		}
	}
	walk(list.Body)
	if len(feeds) == 0 {
		return nil, fmt.Errorf("there is no feed in it")
	}
	return feeds, nil
}

// shallow refuses nesting that no person makes: decoding recurses.
func shallow(body []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Strict = false
	dec.CharsetReader = charset.NewReaderLabel
	for depth := 0; ; {
		tok, err := dec.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return digest.Hint(fmt.Errorf("it is no OPML list: %w", err), "export the list from your feed reader again")
		}
		switch tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxOPMLDepth {
				return fmt.Errorf("its folders are nested more than %d deep", maxOPMLDepth)
			}
		case xml.EndElement:
			depth--
		}
	}
}

func (o outline) name() string {
	for _, s := range []string{o.Title, o.Text, o.XMLURL} {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			return s
		}
	}
	return ""
}

// yamlString quotes for YAML; its double-quoted strings take JSON's escapes.
func yamlString(s string) string {
	return fmt.Sprintf("%q", s)
}
