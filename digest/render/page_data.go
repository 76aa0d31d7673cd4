package render

// PageData is what every page template may use. A page leaves empty what it
// does not need.
type PageData struct {
	Site        Site
	Box         PageBox
	Title       string // of the browser's tab, before the site's name
	Description string // for search engines; the front page only
	Here        string // which entry of the site's menu this is
	Bare        bool   // inside somebody's frame: the page alone, without header and footer
	Form        PageForm
	Editions    []PageEdition // newest first
	Tag         PageTag
	Feed        string // path of the page's own Atom feed; empty: the site's
	Problem     PageProblem
	Day         string // such as "Saturday, 14 February 2026"
	Reason      string // why that day has no edition
}

// PageBox is the words of the subscription box. They are handed in, not
// written in the template, because they are kept as evidence of what the
// reader agreed to: page and record cannot differ.
type PageBox struct {
	Heading string
	Text    string
	Button  string
	Small   string
}

// PageForm is one form on its way to a reader.
type PageForm struct {
	Action string // where it is posted to
	Back   string // the page that has an empty form
	Token  string // when it was made, signed
	Email  string // what was typed before
	Error  string // what was wrong with that, in one sentence
}

// PageEdition is one line of the archive.
type PageEdition struct {
	Day     string // 2026-02-14
	Date    string // Saturday, 14 February 2026
	Path    string
	Subject string
	Count   string // "5 stories"
}

// PageTag is a name with its stories, which stand in Editions.
type PageTag struct {
	Name  string // "dysprosium"
	Kind  string // "Element"
	Count string // "12 stories since 3 January 2026"
	Near  []PageLink
}

// PageLink is a link to another page of the site.
type PageLink struct {
	Name string
	Path string
}

// PageProblem says what could not be done, and what to do instead.
type PageProblem struct {
	Heading string
	Text    string
}

// pageNames is the pages that the site cannot do without.
func pageNames() []string {
	return []string{
		"home", "asked", "again", "confirm", "confirmed", "expired",
		"leave", "left", "editions", "tag", "quiet", "problem",
	}
}

func samplePage() PageData {
	return PageData{
		Site: Site{Name: "Sample Daily", URL: "https://news.example.com", Address: "1 Sample Street, Sampleton"},
		Box:  PageBox{Heading: "Heading", Text: "Text", Button: "Button", Small: "Small"},
		Form: PageForm{Action: "/subscribe", Back: "/", Token: "token", Email: "reader@example.com", Error: "A sentence."},
		Editions: []PageEdition{{
			Day: "2026-02-14", Date: "Saturday, 14 February 2026", Path: "/editions/2026-02-14",
			Subject: "A subject", Count: "5 stories",
		}},
		Tag:     PageTag{Name: "dysprosium", Kind: "Element", Count: "1 story", Near: []PageLink{{Name: "terbium", Path: "/tags/terbium"}}},
		Problem: PageProblem{Heading: "Heading", Text: "Text"},
		Title:   "Title", Day: "Saturday, 14 February 2026", Reason: "A reason.",
	}
}
