package render

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"reedaily/templates"
)

// luminance and contrast are those of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is not a colour", hex)
	}
	part := func(shift uint) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast: every text colour of the mail reaches AA (4.5:1) on what it
// stands on, in the light scheme and in the dark one.
func TestContrast(t *testing.T) {
	read := func(name string) string {
		body, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	check := func(what, text, back string) {
		if c := contrast(t, text, back); c < 4.5 {
			t.Errorf("%s: %s on %s is %.2f:1", what, text, back, c)
		}
	}
	color := regexp.MustCompile(`(?:^|[;{}])color:(#[0-9a-f]{6})`)
	back := regexp.MustCompile(`background-color:(#[0-9a-f]{6})`)
	page, card := "#f3efe7", "#ffffff"
	n := 0
	for _, m := range regexp.MustCompile(`define "(\w+)\.style"}}([^{]*)`).FindAllStringSubmatch(read("mail/inline.html"), -1) {
		if b := back.FindStringSubmatch(m[2]); b != nil && (m[1] == "page" && b[1] != page || m[1] == "card" && b[1] != card) {
			t.Errorf("%s is %s", m[1], b[1])
		}
		c := color.FindStringSubmatch(m[2])
		switch {
		case c == nil:
			continue
		case m[1] == "buttonlink":
			check(m[1], c[1], "#a3480f")
		case m[1] == "tile":
			for _, day := range weekdays {
				check("tile", c[1], day)
			}
		default:
			check(m[1], c[1], card)
			check(m[1], c[1], page)
		}
		n++
	}
	_, dark, ok := strings.Cut(read("mail/style.css"), "prefers-color-scheme:dark")
	if !ok || n < 8 {
		t.Fatalf("%d light colours, dark scheme: %v", n, ok)
	}
	n = 0
	for _, m := range regexp.MustCompile(`(?m)^(\.[^{]+)\{color:(#[0-9a-f]{6})!`).FindAllStringSubmatch(dark, -1) {
		n++
		if m[1] == ".buttonlink" {
			check(m[1], m[2], "#f2a56b")
			continue
		}
		check(m[1], m[2], "#1e1b17")
		check(m[1], m[2], "#141210")
	}
	if n < 4 || !strings.Contains(dark, ".card{background-color:#1e1b17") || !strings.Contains(dark, ".page{background-color:#141210") {
		t.Errorf("the dark scheme is not as this test knows it (%d colours)", n)
	}
}
