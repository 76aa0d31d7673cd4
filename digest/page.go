package digest

import "time"

// Page is what came of reading an article's own page once. There is at most
// one for each version of an article: a page is never asked for twice.
type Page struct {
	ArticleID  string
	Version    int // of the article that was read
	At         time.Time
	Status     int    // the HTTP status; 0 where none came
	URL        string // where the page was found in the end
	Text       string // of the article, plain, paragraphs parted by a line end
	Author     string
	Lang       string // BCP 47 tag
	Image      string // address of the lead image
	Published  time.Time
	Highlights []string // the publisher's own list under a "Highlights" heading
	// Err is why nothing came of it, for the operator; empty if text came.
	// The feed's text stays in use.
	Err string
	// Again says that what went wrong may pass: nothing is kept of the page, and
	// the next morning tries it anew for as long as the article is news.
	Again bool
}
