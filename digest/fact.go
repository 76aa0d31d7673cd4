package digest

// Fact is one thing that an article says and that can be checked: a name or a
// number, tied to the sentence it was read in.
type Fact struct {
	Kind     string `json:"kind"`     // element, company, place, quantity, price, percent, money, instrument, project, stage
	Value    string `json:"value"`    // normalised: a name as its gazetteer spells it, a number without separators
	Unit     string `json:"unit"`     // "t REO", "$/kg", "USD", "%"; empty for names
	Sentence string `json:"sentence"` // word for word, where it was found
	// Of is what a number is of, in the words beside it: "feedstock", "NdPr oxide";
	// empty where they do not say, and for names.
	Of        string `json:"of,omitempty"`
	ArticleID string `json:"article_id,omitempty"`
}
