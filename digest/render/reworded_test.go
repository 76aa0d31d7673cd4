package render

import (
	"strings"
	"testing"

	"reedaily/digest"
)

// TestRewordedSentencesAreMarked: a reader sees whose words a sentence is in.
func TestRewordedSentencesAreMarked(t *testing.T) {
	e := digest.Edition{
		Key: digest.EditionKey{Cadence: digest.CadenceDaily, Day: "2026-02-14"}, Zone: "UTC", Title: "Rare Earth Daily",
		Stories: []digest.EditionStory{{
			ID: "a", Title: "A plant opens", Lang: "zh",
			Articles: []digest.EditionArticle{{ID: "a", Title: "A plant opens", Source: "Northern Ledger", URL: "https://ledger.example/a"}},
			Highlights: []digest.Highlight{
				{Text: "Quoted here.", Source: "Northern Ledger"},
				{Text: "Quoted there.", Source: "Harbour Wire"},
				{Text: "Reworded here.", Source: "Northern Ledger", Rewritten: true, Original: "kept original"},
				{Text: "Reworded there.", Source: "Harbour Wire", Rewritten: true, Original: "kept original"},
				{Text: "Translated there.", Source: "Harbour Wire", Rewritten: true, Lang: "en", Original: "kept original"},
				{Text: "Kept there.", Source: "Harbour Wire", Refused: "kept reason"},
			},
		}},
	}
	v, err := newRenderer(t).View(e, testSite)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"* Quoted here.\n", "* Quoted there. (Harbour Wire)\n", "* Reworded here. (in our words)\n",
		"* Reworded there. (Harbour Wire, in our words)\n", "* Translated there. (Harbour Wire, our translation)\n", "* Kept there. (Harbour Wire)\n",
	} {
		if !strings.Contains(v.Text, want) {
			t.Errorf("the text lacks %q:\n%s", want, v.Text)
		}
	}
	for _, want := range []string{">(in our words)<", ">(Harbour Wire, in our words)<", ">(Harbour Wire, our translation)<", ">(Harbour Wire)<", `lang="en" dir="auto"`} {
		if !strings.Contains(v.HTML, want) {
			t.Errorf("the HTML lacks %q", want)
		}
	}
	if strings.Contains(v.HTML+v.Text, "kept original") || strings.Contains(v.HTML+v.Text, "kept reason") {
		t.Error("what stays inside the edition is shown to readers")
	}
}
