package marks

import (
	"slices"
	"strings"
)

// Change is an edit of a mark by the user: what they saw before, and what they made of it.
type Change struct {
	Mark          Mark   // which event; its words do not count
	Before, After *Words // nil: the event was not marked, and is not to be
}

// Apply returns the mark after the change, nil for none. kept is the mark as it is kept now, nil for none. It may differ from what the user
// saw, if another program has changed it meanwhile; nothing of what either of them wrote is lost.
func (c *Change) Apply(kept *Mark) *Mark {
	var before Words
	if c.Before != nil {
		before = *c.Before
	}
	switch {
	case c.After == nil && (kept == nil || before.Equal(&kept.Words)):
		return nil
	case c.After == nil: // there is more than the user has seen
		return kept
	case kept == nil:
		made := c.Mark
		made.Words = *c.After
		return &made
	}
	made := *kept
	made.Words = Words{
		Note:    mergeNotes(before.Note, c.After.Note, kept.Note),
		Tags:    mergeTags(before.Tags, c.After.Tags, kept.Tags),
		Verdict: kept.Verdict,
	}
	if c.After.Verdict != before.Verdict {
		made.Verdict = c.After.Verdict
	}
	return &made
}

// betweenNotes stands between the notes of two programs on one event.
const betweenNotes = " / "

// mergeNotes returns the note after a change from before to after, where kept is there by now.
func mergeNotes(before, after, kept string) string {
	switch {
	case kept == before || kept == after:
		return after
	case after == before || after == "" || strings.Contains(kept, after):
		return kept
	case strings.Contains(after, kept):
		return after
	}
	return kept + betweenNotes + after
}

// mergeTags adds to the kept tags what the change adds, and takes away what it takes away.
func mergeTags(before, after, kept []string) []string {
	var out []string
	for _, t := range kept {
		if slices.Contains(after, t) || !slices.Contains(before, t) {
			out = append(out, t)
		}
	}
	for _, t := range after {
		if !slices.Contains(out, t) && !slices.Contains(before, t) {
			out = append(out, t)
		}
	}
	return out
}
