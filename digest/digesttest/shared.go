package digesttest

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared is a path in the shared data folder: REEDAILY_SHARED, or "shared"
// beside the repository. Where the folder is absent the test is skipped; in
// CI, which must skip nothing, it fails.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("REEDAILY_SHARED")
	if root == "" {
		root = filepath.Join(repository(t), "..", "shared")
	}
	if _, err := os.Stat(root); err != nil {
		const say = "the shared data folder is absent: set REEDAILY_SHARED"
		if os.Getenv("CI") == "true" {
			t.Fatal(say)
		}
		t.Skip(say)
	}
	return filepath.Join(append([]string{root}, elem...)...)
}

// repository is the folder of go.mod, above the test's own.
func repository(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("there is no go.mod above the test's folder")
		}
		dir = up
	}
}
