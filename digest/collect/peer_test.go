package collect

import (
	"bufio"
	"bytes"
	"encoding/json"
	"html"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

type peerFeed struct {
	File  string    `json:"file"`
	Bozo  bool      `json:"bozo"`
	Items []LabItem `json:"items"`
}

// peer reads files with python3-feedparser.
func peer(t *testing.T, paths []string) []peerFeed {
	t.Helper()
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		cmd := exec.CommandContext(t.Context(), python, append([]string{"testdata/peer.py"}, paths...)...)
		out, err := cmd.Output()
		if err != nil {
			continue
		}
		var feeds []peerFeed
		lines := bufio.NewScanner(bytes.NewReader(out))
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			var f peerFeed
			if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
				t.Fatal(err)
			}
			feeds = append(feeds, f)
		}
		return feeds
	}
	const say = "the independent reading needs Debian's python3-feedparser"
	if os.Getenv("CI") == "true" {
		t.Fatal(say)
	}
	t.Skip(say)
	return nil
}

var tag = regexp.MustCompile(`<[^<>]*>`)

// seen is what a reader sees of a title.
func seen(s string) string {
	for range 3 {
		s = html.UnescapeString(s)
	}
	return strings.Join(strings.Fields(tag.ReplaceAllString(s, " ")), " ")
}

// TestAgreesWithAnIndependentReader compares titles, links, ids and dates of
// all well-formed captured feeds with another reader's; each disagreement has
// a class.
func TestAgreesWithAnIndependentReader(t *testing.T) {
	dir, rows := index(t)
	var paths []string
	for _, r := range rows {
		if r.wellformed == "y" && r.format != "jsonfeed" {
			paths = append(paths, filepath.Join(dir, r.file))
		}
	}
	same, total := 0, 0
	classes := map[string]int{}
	for _, p := range peer(t, paths) {
		body, err := os.ReadFile(filepath.Join(dir, p.File))
		if err != nil {
			t.Fatal(err)
		}
		ours := LabLine(p.File, body)
		if len(ours.Items) != len(p.Items) {
			classes["number of items"]++
			t.Logf("%s: %d items, the peer has %d", p.File, len(ours.Items), len(p.Items))
			continue
		}
		for i, mine := range ours.Items {
			for _, c := range compare(mine, p.Items[i]) {
				total++
				if c.class == "" {
					same++
					continue
				}
				classes[c.class]++
				if classes[c.class] <= 4 {
					t.Logf("%s item %d: %s: %q, the peer %q", p.File, i, c.class, c.mine, c.theirs)
				}
			}
		}
	}
	t.Logf("%d of %d fields agree (%.2f %%); others: %v", same, total, 100*float64(same)/float64(total), classes)
	if same*100 < total*99 {
		t.Errorf("%d of %d fields agree, want 99 %%", same, total)
	}
}

type comparison struct{ class, mine, theirs string }

func compare(mine, theirs LabItem) []comparison {
	out := []comparison{
		{classOfTitle(mine.Title, theirs.Title), mine.Title, theirs.Title},
		{classOfLink(mine, theirs), mine.URL, theirs.URL},
		{classOfID(mine, theirs), mine.ID, theirs.ID},
		{classOfDate(mine, theirs), mine.Published + " " + mine.Updated, theirs.Published + " " + theirs.Updated},
	}
	return out
}

func classOfTitle(a, b string) string {
	switch {
	case seen(a) == seen(b):
		return ""
	case b == "":
		return "title: only we have one"
	}
	return "title"
}

func classOfLink(a, b LabItem) string {
	switch {
	case a.URL == b.URL:
		return ""
	case b.URL == "":
		return "link: only we have one"
	case a.URL == "":
		return "link: only the peer has one"
	}
	if u, err := url.Parse(b.URL); err == nil && !u.IsAbs() && strings.HasSuffix(a.URL, strings.TrimLeft(b.URL, "./")) {
		return "link: only ours is absolute"
	}
	if x, err := url.Parse(a.URL); err == nil {
		if y, err := url.Parse(b.URL); err == nil && x.String() == y.String() {
			return ""
		}
	}
	return "link"
}

func classOfID(a, b LabItem) string {
	switch {
	case a.ID == b.ID:
		return ""
	case b.ID == "":
		return "id: only we have one"
	case a.ID == "" && b.ID == b.URL:
		return "id: the peer repeats the link"
	}
	return "id"
}

func classOfDate(a, b LabItem) string {
	first := func(x LabItem) string {
		if x.Published != "" {
			return x.Published
		}
		return x.Updated
	}
	switch x, y := first(a), first(b); {
	case x == y:
		return ""
	case y == "":
		return "date: only we understand it"
	case x == "":
		return "date: only the peer understands it"
	}
	return "date"
}
