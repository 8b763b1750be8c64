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

// len returns the number of marked rows.
func (m *marks) len() int { return len(m.notes) }

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

// after returns the place of the first marked row after a place, or else that of the first one; ok is false if no marked row is
// listed.
func (m *marks) after(rows orderedRows, place int) (next int, ok bool) {
	best, first := -1, -1
	for r := range m.notes {
		at, ok := rows.placed(r)
		if !ok {
			continue
		}
		if first < 0 || at < first {
			first = at
		}
		if at > place && (best < 0 || at < best) {
			best = at
		}
	}
	if best < 0 {
		best = first
	}
	return best, best >= 0
}

// words returns the note on a row, empty if it has none.
func (m *marks) words(disp *display, r model.Row) termsafe.Safe {
	if m.notes[r] == "" {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const("note: "), disp.quoted(m.notes[r]))
}

// marksLater is the answer to a mark in the preview, whose rows are not yet those of the log.
var marksLater = wish{whole: true, toast: termsafe.Const("marks can be set once the log is loaded")}

// toggleMark marks the row under the cursor, or removes its mark.
func (l *list) toggleMark(_ command, s *scene) wish {
	row, ok := l.row()
	switch {
	case !ok:
		return wish{}
	case s.preview:
		return marksLater
	}
	w, was := wish{marked: true}, l.marks.has(row)
	if note := l.marks.notes[row]; note != "" {
		w.toast = termsafe.Concat(termsafe.Const("unmarked; the note was: "), l.display.quoted(note))
	}
	l.marks.set(row, "", !was)
	return w
}

// promptNote opens the prompt for the note on the row under the cursor.
func (l *list) promptNote(_ command, s *scene) wish {
	row, ok := l.row()
	switch {
	case !ok:
		return wish{}
	case s.preview:
		return marksLater
	}
	return wish{ask: &ask{label: termsafe.Const("note "), help: termsafe.Const("enter keeps it, and marks the event"), text: l.marks.notes[row],
		done: func(text string) (wish, error) {
			l.marks.set(row, strings.TrimSpace(text), true)
			return wish{marked: true}, nil
		}}}
}

// nextMark goes to the next marked row in the list, and from the last one to the first.
func (l *list) nextMark(command, *scene) wish {
	place, ok := l.marks.after(l.orderedRows, l.cursor)
	switch {
	case ok:
		l.show(place)
		return wish{}
	case l.marks.len() == 0:
		return wish{toast: termsafe.Const("nothing is marked: m marks an event")}
	}
	return wish{toast: termsafe.Const("the filter hides all marked events")}
}
