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
	Paused PauseReason   // why following is paused, if it is
	Fresh  int           // rows that came since then
	Busy   termsafe.Safe // the running work that esc stops; empty for none
	Hits   termsafe.Safe // which of the found rows this is
	Note   termsafe.Safe // the note on the row under the cursor
	Sought termsafe.Safe // the marks that are still being looked for; empty for none
}

// Status returns what the status line shows of the list.
func (l *List) Status() Status {
	s := Status{Place: l.cursor, Rows: l.Len(), Follow: l.Follow, Paused: l.paused, Fresh: l.fresh(),
		Busy: l.busy(), Hits: l.finder.words(l.display, &l.viewport)}
	if sought, _ := l.Marks.Sought(); sought {
		s.Sought = l.Marks.soughtWords()
	}
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
	s.Marked = kit.Marked{Rows: l.Marks.rows, Unread: l.Marks.seeker.unread}
	s.Marked.Sought, _ = l.Marks.Sought()
	s.Said = l.Marks.said
	if s.Ok {
		s.Own = l.Marks.rows.Of(s.Cursor)
	}
	if s.Ok && !l.Marks.has(s.Cursor) {
		s.Copy = l.Marks.elsewhere(l.Sel.Snapshot(), s.Cursor)
	}
}

// Working reports whether there is work that the user waits for.
func (l *List) Working() bool { return !l.busy().Empty() }

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
