package edition

import (
	_ "embed"
	"net/url"
	"strings"

	"reedaily/digest"
)

var (
	//go:embed lists/owners.tsv
	ownersList string
	//go:embed lists/wires.tsv
	wiresList string
)

// Owners knows which outlets belong together, so that the sites of one owner,
// and reports with the words of one news agency, count once. Owners go by their
// outletKey, so that an operator may spell them otherwise.
type Owners struct {
	feeds map[string]string // feed id → owner
	names map[string]string // outlet key → owner
	hosts map[string]string // host and all below → owner
	wires map[string]string // a news agency as it is credited → owner
}

// NewOwners reads the built-in lists; owners that the feeds name go before
// them, also for the feed's outlet where another feed shows it.
func NewOwners(feeds []digest.Feed) Owners {
	o := Owners{feeds: map[string]string{}, names: map[string]string{}, hosts: map[string]string{}, wires: map[string]string{}}
	for owner, spellings := range entries(ownersList) {
		for _, s := range spellings {
			o.own(owner, s)
		}
	}
	for owner, spellings := range entries(wiresList) {
		for _, s := range spellings {
			o.wires[s] = outletKey(owner)
		}
	}
	for _, f := range feeds {
		if f.Owner == "" {
			continue
		}
		o.feeds[f.ID] = outletKey(f.Owner)
		o.own(f.Owner, f.Name)
		if u, err := url.Parse(f.Home); err == nil && u.Hostname() != "" {
			o.own(f.Owner, u.Hostname())
		}
	}
	return o
}

// entries yields the lines of a list: a name and what stands for it.
func entries(list string) func(func(string, []string) bool) {
	return func(yield func(string, []string) bool) {
		for line := range strings.Lines(list) {
			name, all, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if ok && !strings.HasPrefix(line, "#") && !yield(name, strings.Split(all, "; ")) {
				return
			}
		}
	}
}

// own notes an outlet. A host stands for itself and those below it only:
// people.cn is not whoever is called People.
func (o Owners) own(owner, spelling string) {
	owner = outletKey(owner)
	if strings.Contains(spelling, ".") && !strings.Contains(spelling, " ") {
		o.hosts[strings.TrimPrefix(strings.ToLower(spelling), "www.")] = owner
		return
	}
	o.names[outletKey(spelling)] = owner
}

// of is who an article counts for: the agency that it credits, else the owner
// of its outlet, else the outlet itself. wire says that it was the credit, and
// that the outlet is not the agency's own.
func (o Owners) of(a digest.Article) (who string, wire bool) {
	owner := o.outlet(a)
	if agency, ok := o.credit(a); ok {
		return agency, agency != owner
	}
	return owner, false
}

// outlet is the owner of an article's outlet; an outlet that no list has is its own.
func (o Owners) outlet(a digest.Article) string {
	if owner, ok := o.feeds[a.FeedID]; ok {
		return owner
	}
	if owner, ok := o.names[outletKey(a.Source)]; ok {
		return owner
	}
	for _, host := range hosts(a) {
		for host != "" {
			if owner, ok := o.hosts[host]; ok {
				return owner
			}
			_, host, _ = strings.Cut(host, ".")
		}
	}
	return outletKey(a.Source)
}
