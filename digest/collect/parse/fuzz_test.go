package parse

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func seeds(f *testing.F) {
	docs, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, doc := range docs {
		if body, err := os.ReadFile(doc); err == nil && !strings.HasSuffix(doc, ".golden") {
			f.Add(body)
		}
	}
}

// FuzzParse: whatever comes, what gofeed is given is well-formed, shallow XML
// without anything but elements, a few attributes and text; nothing panics;
// a second reading of our own document finds the same items, or none where the
// document is refused for going beyond all sense.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		src := Source{URL: "https://ore.example/feed", MaxItems: 50}
		text, _ := toUTF8(body, "")
		trimmed := strings.TrimLeft(text, " \t\r\n\ufeff\x00")
		if strings.HasPrefix(trimmed, "{") {
			_, _ = readJSON(trimmed, src) // without the recover of Parse
			return
		}
		doc := mend(text, src)
		if !doc.foundAny {
			return
		}
		checkClean(t, doc)
		feed, err := readXML(text, src)
		if doc.cut != "" && len(doc.items) == 0 {
			if err == nil {
				t.Fatalf("%s, and yet it is read", doc.cut)
			}
			return
		}
		if err != nil {
			t.Fatalf("gofeed refuses our document: %v\n%s", err, doc.xml)
		}
		if len(feed.Items) != len(doc.items) || len(feed.Items) > src.MaxItems {
			t.Errorf("%d items read, %d written\n%s", len(feed.Items), len(doc.items), doc.xml)
		}
		for _, it := range feed.Items {
			if y := it.Published.Year(); y < 1 || y > 9999 {
				t.Errorf("published %v", it.Published)
			}
		}
	})
}

func checkClean(t *testing.T, doc mended) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(string(doc.xml)))
	depth := 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, doc.xml)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxNesting+2 || len(e.Attr) > 4 {
				t.Fatalf("depth %d, %d attributes\n%s", depth, len(e.Attr), doc.xml)
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
		default:
			t.Fatalf("a %T in our document\n%s", tok, doc.xml)
		}
	}
}

// FuzzDate: a date that is understood is a date of our calendar, and its own
// spelling means the same. The seeds are in testdata/fuzz.
func FuzzDate(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string) {
		at, ok := ParseDate(s)
		if !ok {
			return
		}
		again, ok := ParseDate(at.Format(time.RFC3339))
		if !ok || !again.Equal(at.Truncate(time.Second)) {
			t.Errorf("%q is %v, whose spelling is %v (%v)", s, at, again, ok)
		}
	})
}
