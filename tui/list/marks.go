package list

import (
	"maps"
	"strings"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Marks are the rows that the user marked, with their notes. A published set never changes, so that selecting can read it
// while the user sets more marks. The zero value has none.
type Marks struct {
	notes map[model.Row]string
	last  model.Row // the row that was marked last
}

func (m *Marks) has(r model.Row) bool {
	_, ok := m.notes[r]
	return ok
}

// Len returns the number of marked rows.
func (m *Marks) Len() int { return len(m.notes) }

// set marks a row, or removes its mark, by publishing a new set.
func (m *Marks) set(r model.Row, note string, marked bool) {
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

// Marked returns the test behind is:marked. The test keeps the marks of this moment, and any goroutine may call it.
func (m *Marks) Marked() func(model.Row) bool {
	notes := m.notes
	return func(r model.Row) bool {
		_, ok := notes[r]
		return ok
	}
}

// after returns the place of the first marked row after a place, or else that of the first one; ok is false if no marked row is
// listed.
func (m *Marks) after(rows orderedRows, place int) (next int, ok bool) {
	best, first := -1, -1
	for r := range m.notes {
		at, ok := rows.Placed(r)
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
func (m *Marks) words(disp *kit.Display, r model.Row) termsafe.Safe {
	if m.notes[r] == "" {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const("note: "), disp.Quoted(m.notes[r]))
}

// marksLater is the answer to a mark in the preview, whose rows are not yet those of the log.
var marksLater = kit.Wish{Whole: true, Toast: termsafe.Const("marks can be set once the log is loaded")}

// toggleMark marks the row under the cursor, or removes its mark.
func (l *List) toggleMark(_ kit.Command, s *kit.Scene) kit.Wish {
	row, ok := l.Row()
	switch {
	case !ok:
		return kit.Wish{}
	case s.Preview:
		return marksLater
	}
	w, was := kit.Wish{Marked: true}, l.Marks.has(row)
	if note := l.Marks.notes[row]; note != "" {
		w.Toast = termsafe.Concat(termsafe.Const("unmarked; the note was: "), l.display.Quoted(note))
	}
	l.Marks.set(row, "", !was)
	return w
}

// promptNote opens the prompt for the note on the row under the cursor.
func (l *List) promptNote(_ kit.Command, s *kit.Scene) kit.Wish {
	row, ok := l.Row()
	switch {
	case !ok:
		return kit.Wish{}
	case s.Preview:
		return marksLater
	}
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Const("note "), Help: termsafe.Const("enter keeps it, and marks the event"),
		Text: l.Marks.notes[row],
		Done: func(text string) (kit.Wish, error) {
			l.Marks.set(row, strings.TrimSpace(text), true)
			return kit.Wish{Marked: true}, nil
		}}}
}

// nextMark goes to the next marked row in the list, and from the last one to the first.
func (l *List) nextMark(kit.Command, *kit.Scene) kit.Wish {
	place, ok := l.Marks.after(l.orderedRows, l.cursor)
	switch {
	case ok && place == l.cursor:
		return kit.Wish{Toast: termsafe.Const("this is the only mark here")}
	case ok:
		l.show(place)
		return kit.Wish{}
	case l.Marks.Len() == 0:
		return kit.Wish{Toast: termsafe.Const("nothing is marked: m marks an event")}
	}
	return kit.Wish{Toast: termsafe.Const("the filter hides all marked events")}
}
