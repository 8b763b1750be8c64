package tui

import (
	"maps"
	"strings"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// marks are the rows that the user marked, with their notes. A published set never changes, so that selecting can read it
// while the user sets more marks.
type marks struct {
	notes map[model.Row]string
	last  model.Row // the row that was marked last
}

func (m *marks) has(r model.Row) bool {
	_, ok := m.notes[r]
	return ok
}

// set marks a row, or removes its mark, by publishing a new set.
func (m *marks) set(r model.Row, note string, marked bool) {
	next := maps.Clone(m.notes)
	if next == nil {
		next = map[model.Row]string{}
	}
	if marked {
		next[r], m.last = note, r
	} else {
		delete(next, r)
	}
	m.notes = next
}

// marked returns the test behind is:marked. The test keeps the marks of this moment.
func (m *marks) marked() func(model.Row) bool {
	notes := m.notes
	return func(r model.Row) bool {
		_, ok := notes[r]
		return ok
	}
}

// markable returns the row under the cursor if it can be marked. Rows of the preview cannot, as they are not yet those of the log.
func (a *App) markable() (model.Row, bool) {
	row, ok := a.list.row()
	if ok && (a.feed.previewing || a.feed.leavingPreview) {
		a.needWholeLog()
		a.status.toast = termsafe.Const("marks can be set once the log is loaded")
		return 0, false
	}
	return row, ok
}

// toggleMark marks the row under the cursor, or removes its mark.
func (a *App) toggleMark() {
	row, ok := a.markable()
	if !ok {
		return
	}
	was := a.marks.has(row)
	if was && a.marks.notes[row] != "" {
		a.status.toast = termsafe.Concat(termsafe.Const("unmarked; the note was: "), a.display.quoted(a.marks.notes[row]))
	}
	a.marks.set(row, "", !was)
	a.marksChanged()
}

// marksChanged selects the rows again if the filter depends on marks.
func (a *App) marksChanged() {
	if strings.Contains(a.feed.text, "marked") {
		a.feed.compile(a.env())
		a.reselect()
	}
}

// promptNote opens the prompt for the note on the row under the cursor.
func (a *App) promptNote() {
	row, ok := a.markable()
	if !ok {
		return
	}
	a.obey(wish{ask: &ask{label: termsafe.Const("note "), text: a.marks.notes[row], help: termsafe.Const("enter keeps it, and marks the event"),
		done: func(text string) (wish, error) {
			a.marks.set(row, strings.TrimSpace(text), true)
			a.marksChanged()
			return wish{}, nil
		}}})
}

// nextMark goes to the next marked row in the list, and from the last one to the first.
func (a *App) nextMark() {
	best, first := -1, -1
	for r := range a.marks.notes {
		place, ok := a.list.placed(r)
		if !ok {
			continue
		}
		if first < 0 || place < first {
			first = place
		}
		if place > a.list.cursor && (best < 0 || place < best) {
			best = place
		}
	}
	switch {
	case len(a.marks.notes) == 0:
		a.status.toast = termsafe.Const("nothing is marked: m marks an event")
	case first < 0:
		a.status.toast = termsafe.Const("the filter hides all marked events")
	case best < 0:
		a.list.moveTo(first)
		a.list.reveal()
	default:
		a.list.moveTo(best)
		a.list.reveal()
	}
}

// noteWords returns the note on the row under the cursor.
func (a *App) noteWords() termsafe.Safe {
	row, ok := a.list.row()
	if !ok || a.marks.notes[row] == "" {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const("note: "), a.display.quoted(a.marks.notes[row]))
}
