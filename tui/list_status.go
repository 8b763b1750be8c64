package tui

import "pawprint/tui/termsafe"

// listStatus is what the status line shows of the list.
type listStatus struct {
	place  int
	rows   int
	follow followState
	fresh  int
	busy   termsafe.Safe // the running work that esc stops; empty for none
	hits   termsafe.Safe // which of the found rows this is
	note   termsafe.Safe // the note on the row under the cursor
}

// status returns what the status line shows of the list.
func (l *list) status() listStatus {
	s := listStatus{place: l.cursor, rows: l.len(), follow: l.follow, fresh: l.fresh(), busy: l.busy(), hits: l.finder.words(l.display, &l.viewport)}
	if row, ok := l.row(); ok {
		s.note = l.marks.words(l.display, row)
	}
	return s
}

// describe tells the other panes what the list shows: its rows, its cursor, the last mark and the times in its window.
func (l *list) describe(s *scene) {
	s.sel = l.sel
	s.cursor, s.ok = l.row()
	s.mark, s.hasMark = l.marks.last, l.marks.has(l.marks.last)
	s.from, s.to = l.span()
}

// busy returns what the user waits for, which stop stops; empty for nothing.
func (l *list) busy() termsafe.Safe {
	switch {
	case l.search.busy():
		return termsafe.Const("looking for the next one")
	case l.sorting.busy() && l.by != l.wanted: // not if only new rows are being merged into the same order
		return termsafe.Const("sorting")
	}
	return termsafe.Safe{}
}
