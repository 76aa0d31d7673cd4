package parse

import "time"

// setDates takes what gofeed understood and reads the rest ourselves.
func (i *Item) setDates(published string, parsed *time.Time, updated string, updatedParsed *time.Time) {
	i.Published, i.Updated = date(published, parsed), date(updated, updatedParsed)
	if i.Published.IsZero() && published != "" {
		i.BadDate = published
	}
}

func date(_ string, parsed *time.Time) time.Time {
	if parsed == nil {
		return time.Time{}
	}
	return parsed.UTC()
}
