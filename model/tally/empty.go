package tally

import (
	"fmt"

	"pawprint/model"
)

// Emptiness says in which way a source that was read to its end has no event and no reject: "is empty". It returns an empty string for all
// other sources, for a listing, whose parts are sources of their own, and for a copy of what was read elsewhere.
func Emptiness(s *model.SourceState) string {
	b := &s.Books
	switch {
	case s.Listing || s.Copy || s.Phase != model.Complete || s.Damaged || b.Lines > b.Blanks:
		return ""
	case b.Bytes == 0 && s.Stored > 0:
		return "is empty: nothing is packed in it"
	case b.Bytes == 0:
		return "is empty"
	case b.Blanks == 1:
		return "has only a blank line"
	case b.Blanks > 1:
		return fmt.Sprintf("has only %d blank lines", b.Blanks)
	}
	return "has no record in it"
}

// Waiting says what a followed source without a line waits for: its note, or that there is nothing in it yet.
func Waiting(s *model.SourceState) string {
	if note := s.Note.Raw(); note != "" {
		return note
	}
	return "waiting: there is nothing in it yet"
}
