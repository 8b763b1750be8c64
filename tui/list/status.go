package list

import (
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Status is what the status line shows of the list.
type Status struct {
	Place  int           // of the cursor among the rows, from 0
	Rows   int           // their number
	Follow FollowState   // whether the list stays at its end
	Fresh  int           // rows that came since following was paused
	Busy   termsafe.Safe // the running work that esc stops; empty for none
	Hits   termsafe.Safe // which of the found rows this is
	Note   termsafe.Safe // the note on the row under the cursor
}

// Status returns what the status line shows of the list.
func (l *List) Status() Status {
	s := Status{Place: l.cursor, Rows: l.Len(), Follow: l.Follow, Fresh: l.fresh(),
		Busy: l.busy(), Hits: l.finder.words(l.display, &l.viewport)}
	if row, ok := l.Row(); ok {
		s.Note = l.Marks.words(l.display, row)
	}
	return s
}

// Describe tells the other panes what the list shows: its rows, its cursor, the last mark and the times in its window.
func (l *List) Describe(s *kit.Scene) {
	s.Sel = l.Sel
	s.Cursor, s.Ok = l.Row()
	s.Mark, s.HasMark = l.Marks.last, l.Marks.has(l.Marks.last)
	s.From, s.To = l.span()
}

// busy returns what the user waits for, which Stop stops; empty for nothing.
func (l *List) busy() termsafe.Safe {
	switch {
	case l.search.Busy():
		return termsafe.Const("looking for the next one")
	case l.Sorting.Busy() && l.By != l.Wanted: // not if only new rows are being merged into the same order
		return termsafe.Const("sorting")
	}
	return termsafe.Safe{}
}
