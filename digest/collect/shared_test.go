package collect

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"reedaily/digest/digesttest"
)

// labLines is what "reedaily lab feed" prints for the files of a folder.
func labLines(t *testing.T, dir string, names []string) ([]byte, map[string]LabFeed) {
	t.Helper()
	var out bytes.Buffer
	byName := map[string]LabFeed{}
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, name := range names {
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		line := LabLine(name, body)
		byName[name] = line
		if err := enc.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes(), byName
}

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && !strings.HasSuffix(e.Name(), ".tsv") {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestFeedparserSuite holds us to the expectations of a peer's own suite.
func TestFeedparserSuite(t *testing.T) {
	dir := digesttest.Shared(t, "data", "feedparser")
	lines, _ := labLines(t, filepath.Join(dir, "cases"), filesIn(t, filepath.Join(dir, "cases")))
	pred := filepath.Join(t.TempDir(), "pred.jsonl")
	if err := os.WriteFile(pred, lines, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "python3", digesttest.Shared(t, "eval", "score.py"), "feeds",
		filepath.Join(dir, "expectations.jsonl"), pred, "--wrong")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip("the score needs python3")
	}
	if err != nil {
		t.Fatalf("score: %v %s", err, stderr.String())
	}
	t.Logf("%s", out)
	var score struct{ Share float64 }
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&score); err != nil {
		t.Fatal(err)
	}
	if score.Share < 0.97 {
		t.Errorf("share %.4f, want at least 0.97", score.Share)
	}
}

type indexRow struct {
	file, format, wellformed string
	items                    int
}

func index(t *testing.T) (dir string, rows []indexRow) {
	t.Helper()
	dir = digesttest.Shared(t, "data", "feeds")
	body, err := os.ReadFile(filepath.Join(dir, "INDEX.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(body)), "\n")[1:] {
		f := strings.Split(line, "\t")
		n, err := strconv.Atoi(f[4])
		if err != nil {
			n = -1
		}
		rows = append(rows, indexRow{f[0], f[1], f[3], n})
	}
	return dir, rows
}

// TestCapturedFeeds: every feed that has items gives items, and nearly always
// as many as another reader counts.
func TestCapturedFeeds(t *testing.T) {
	dir, rows := index(t)
	counted, some, same := 0, 0, 0
	for _, r := range rows {
		if r.items <= 0 {
			continue
		}
		counted++
		body, err := os.ReadFile(filepath.Join(dir, r.file))
		if err != nil {
			t.Fatal(err)
		}
		line := LabLine(r.file, body)
		if len(line.Items) > 0 {
			some++
		}
		if len(line.Items) == r.items {
			same++
			continue
		}
		t.Logf("%s (%s, %s): %d items, the index counts %d; error %q", r.file, r.format, r.wellformed, len(line.Items), r.items, line.Error)
	}
	t.Logf("%d of %d give items, %d the same number", some, counted, same)
	// The index counts a comment's "<entry>" (1 file) and the copies in
	// conflict that three feeds of a synchronising format carry inside items.
	if some != counted || same < 351 {
		t.Errorf("%d of %d give items, %d the same number", some, counted, same)
	}
}
