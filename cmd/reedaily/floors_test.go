package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"testing"
)

// floors of the house: imports go down only, never sideways. A folder may
// import the folders inside it.
var floors = map[string]int{
	"digest": 1, "templates": 1,
	"digest/collect": 2, "digest/relevance": 2, "digest/story": 2, "digest/highlight": 2, "digest/rewrite": 2, "digest/edition": 2,
	"digest/render": 2, "digest/deliver": 2, "digest/subscribe": 2, "digest/door": 2, "store": 2,
	"digest/daily": 3, "digest/web": 3,
	"cmd/internal/config": 4, "cmd/internal/inbox": 4, "cmd/internal/press": 4, "cmd/internal/reedit": 4,
	"cmd/reedaily": 5,
}

// testsOnly are rooms that nothing but tests may enter; they may enter all.
var testsOnly = map[string]bool{"digest/digesttest": true, "store/storetest": true}

// forbidden arrows that the floors alone would allow, each with its reason.
var forbidden = []struct{ from, to, why string }{
	{"digest", "modernc.org", "the words do no I/O"},
	{"digest/daily", "reedaily/store", "only cmd and tests know the store; the day names what it needs"},
	{"digest/web", "reedaily/store", "only cmd and tests know the store; the pages name what they need"},
	{"digest/", "database/sql", "all SQL lives in store"},
	{"digest/", "go.yaml.in/yaml", "only cmd knows YAML"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestImportsGoDownOnly(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "reedaily/")
		if testsOnly[name] {
			continue
		}
		floor, ok := floorOf(name)
		if !ok {
			t.Errorf("%s has no floor: give it one in floors_test.go and in digest/doc.go", name)
			continue
		}
		for _, imp := range p.Imports {
			for _, f := range forbidden {
				if strings.HasPrefix(name+"/", f.from) && strings.HasPrefix(imp, f.to) {
					t.Errorf("%s imports %s: %s", name, imp, f.why)
				}
			}
			to, ours := strings.CutPrefix(imp, "reedaily/")
			if !ours || strings.HasPrefix(to, name+"/") {
				continue
			}
			if testsOnly[to] {
				t.Errorf("%s imports %s, which is for tests only", name, to)
				continue
			}
			below, ok := floorOf(to)
			if !ok || below >= floor && room(to) != room(name) {
				t.Errorf("%s (floor %d) imports %s (floor %d): imports go down only", name, floor, to, below)
			}
		}
	}
}

// TestWordsImportNothingOutsideTheLibrary: package digest is the words.
func TestWordsImportNothingOutsideTheLibrary(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != "reedaily/digest" {
			continue
		}
		for _, imp := range p.Imports {
			if strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") || strings.HasPrefix(imp, "reedaily/") || imp == "os" || imp == "net/http" {
				t.Errorf("digest imports %s", imp)
			}
		}
	}
}

// TestTheMapIsTrue: digest/doc.go names every package, and the floors as they are here.
func TestTheMapIsTrue(t *testing.T) {
	doc, err := os.ReadFile("../../digest/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	mapped, drawn := map[string]bool{}, map[string]map[string]bool{}
	for line := range strings.Lines(string(doc)) {
		words := strings.Fields(strings.TrimPrefix(line, "//"))
		if !strings.HasPrefix(line, "//\t") || len(words) < 2 {
			continue
		}
		mapped[words[0]] = true
		drawn[words[0]] = map[string]bool{}
		for _, w := range words[1:] {
			drawn[words[0]][path.Base(w)] = true
		}
	}
	for _, p := range packages(t) {
		if name := strings.TrimPrefix(p.ImportPath, "reedaily/"); !mapped[name] {
			t.Errorf("the map in digest/doc.go lacks %s", name)
		}
	}
	for name, floor := range floors {
		if !drawn[strconv.Itoa(floor)][path.Base(name)] {
			t.Errorf("the floors in digest/doc.go lack %s on floor %d", name, floor)
		}
	}
}

// room is the folder that a package belongs to: collect for collect/fetch.
func room(name string) string {
	for r := range floors {
		if strings.HasPrefix(name, r+"/") && r != "digest" {
			return r
		}
	}
	return name
}

func floorOf(name string) (int, bool) {
	f, ok := floors[room(name)]
	return f, ok
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
