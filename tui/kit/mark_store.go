package kit

import (
	"context"

	"pawprint/model/marks"
	"pawprint/tui/termsafe"
)

// MarkStore keeps marks between runs; several programs may use one store at once. Its methods are called outside Update and may block.
type MarkStore interface {
	// Load returns the kept marks, which the store does not change. If some cannot be read, it returns the others and an error.
	Load() ([]*marks.Mark, error)
	// Change makes a change, and returns the mark as it is kept now, nil for none. It may say more than the change, if another program
	// has changed it too.
	Change(ctx context.Context, c marks.Change) (*marks.Mark, error)
}

// SaidOf returns what was said about a marked event: the verdict, the note and the tags, masked if secrets are; empty for nothing.
func (disp *Display) SaidOf(m *marks.Mark) termsafe.Safe { return disp.saidOf(m, saidCells) }

// AllSaidOf is SaidOf where there is room to read all of it.
func (disp *Display) AllSaidOf(m *marks.Mark) termsafe.Safe { return disp.saidOf(m, allSaidCells) }

func (disp *Display) saidOf(m *marks.Mark, cells int) termsafe.Safe {
	text := m.Typed()
	switch {
	case m.Verdict != "" && text != "":
		text = string(m.Verdict) + ": " + text
	case m.Verdict != "":
		text = string(m.Verdict)
	}
	return disp.Widther.Truncate(termsafe.Clean(disp.Masks("", text), disp.CleanOptions(cells)), cells)
}

// The maximum widths of a note where it is to be read, and not only recognized: in a line or two, and in the detail.
const (
	saidCells    = 3 * QuotedCells
	allSaidCells = 100 * QuotedCells
)

// SaidOfCopy says that another copy of an event is marked, what was said about it, and which key offers its note here.
func (disp *Display) SaidOfCopy(m *marks.Mark) termsafe.Safe {
	words := termsafe.Const("marked in another copy")
	if said := disp.SaidOf(m); !said.Empty() {
		words = termsafe.Concat(words, termsafe.Const(": "), disp.Widther.Truncate(said, QuotedCells))
	}
	if m.Typed() == "" {
		return words
	}
	return termsafe.Concat(words, disp.Keyed("; {} takes this note", CmdNote))
}

// Marked is which rows the user marked, as far as it is known.
type Marked struct {
	marks.Rows
	Sought bool // more of them are still being looked for
	Unread int  // rows that may be marked but can no longer be read
}

// Doubt says why counts of marks may be too small; empty if they are not.
func (m *Marked) Doubt() termsafe.Safe {
	switch {
	case m.Sought:
		return termsafe.Const("marks are still being looked for: the counts may grow")
	case m.Unread > 0:
		return termsafe.Concat(termsafe.Count(int64(m.Unread), "row", "rows"), termsafe.Const(" may be marked but can no longer be read"))
	}
	return termsafe.Safe{}
}
