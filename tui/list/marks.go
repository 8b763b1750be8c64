package list

import (
	"maps"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Marks are the rows that the user marked, now or in an earlier run, with what they said about them. The zero value has none, and keeps
// none for later runs.
type Marks struct {
	rows   marks.Rows // published: selecting may read it while the user sets more marks
	last   model.Row  // the row that was marked last
	kept   map[marks.Sum]*marks.Mark
	copies marks.Copies // of kept
	keeper keeper
	seeker seeker
	told   map[string]bool           // the errors that were shown already
	taken  map[model.Row]marks.Words // notes on rows whose marks were removed, in case they are marked again
	warned bool                      // the user was told that nothing keeps the marks
}

// Keep says where marks are kept between runs. It is called once, before the first frame; nil keeps none.
func (m *Marks) Keep(store kit.MarkStore) { m.keeper.store = store }

func (m *Marks) has(r model.Row) bool { return m.rows.Of(r) != nil }

// Rows are the marked rows. The value keeps the marks of this moment, and any goroutine may use it.
func (m *Marks) Rows() marks.Rows { return m.rows }

// Len returns the number of marked rows.
func (m *Marks) Len() int { return m.rows.Len() }

// Span is the time from the first marked event to the last one; it is empty if there are no two with different times.
func (m *Marks) Span(snap *model.Snapshot) (s clock.Span) {
	for p := range m.rows.All() {
		r := p.Row
		if int(r) >= snap.Rows() || snap.Flags(r)&(model.FlagReject|model.FlagNoTime) != 0 {
			continue
		}
		t := time.Unix(0, snap.Nanos(r))
		if s.From.IsZero() || t.Before(s.From) {
			s.From = t
		}
		if !t.Before(s.To) {
			s.To = t
		}
	}
	if s.From.Equal(s.To) {
		return clock.Span{}
	}
	s.To = s.To.Add(1)
	return s
}

// edit changes the mark of a row of a snapshot: words is what is said about it now, nil takes the mark away.
func (m *Marks) edit(snap *model.Snapshot, r model.Row, words *marks.Words, now time.Time) {
	e := &edit{snap: *snap, row: r, after: words}
	old := m.rows.Of(r)
	if old != nil {
		e.before = &old.Words
	}
	delete(m.taken, r)
	if words == nil {
		m.take(r, old)
		m.forget(old)
		m.keeper.add(e)
		return
	}
	made := marks.Mark{Marked: now}
	if old != nil {
		made = *old
	}
	made.Words, m.last = *words, r
	if e.made = &made; old == nil {
		m.rows = m.rows.With(marks.Place{Row: r, Mark: &made})
	} else {
		m.put(old, &made)
	}
	m.keeper.add(e)
}

// take remembers what was said about a row that is marked no more: a key pressed by mistake must not lose a note.
func (m *Marks) take(r model.Row, mark *marks.Mark) {
	if mark.Equal(&marks.Words{}) {
		return
	}
	if m.taken == nil {
		m.taken = map[model.Row]marks.Words{}
	}
	m.taken[r] = mark.Words
}

// put puts a mark in place of another one, in all rows that have it.
func (m *Marks) put(old, mark *marks.Mark) {
	if old != nil && old != mark {
		m.rows = m.rows.Replace(old, mark)
	}
	if mark.Sum != (marks.Sum{}) {
		m.learn(mark)
	}
}

// learn takes a mark whose event is known.
func (m *Marks) learn(mark *marks.Mark) {
	if m.kept == nil {
		m.kept = map[marks.Sum]*marks.Mark{}
	}
	if other := m.kept[mark.Sum]; other != nil && other != mark {
		m.rows = m.rows.Replace(other, mark)
	}
	m.kept[mark.Sum] = mark
	m.copies.Put(mark)
	m.seeker.changed()
}

// forget takes a mark away, from all rows that have it.
func (m *Marks) forget(mark *marks.Mark) {
	m.rows = m.rows.Replace(mark, nil)
	if m.kept[mark.Sum] == mark {
		delete(m.kept, mark.Sum)
		m.copies.Drop(mark.Sum, mark.RowID)
		m.seeker.changed()
	}
}

// next returns the place of the next marked row behind a place in a direction, 1 or -1, or else that of the one at the other end; ok is
// false if no marked row is listed.
func (m *Marks) next(rows orderedRows, place, step int) (next int, ok bool) {
	best, first := -1, -1
	for p := range m.rows.All() {
		at, ok := rows.Placed(p.Row)
		if !ok {
			continue
		}
		if first < 0 || (at-first)*step < 0 {
			first = at
		}
		if (at-place)*step > 0 && (best < 0 || (at-best)*step < 0) {
			best = at
		}
	}
	if best < 0 {
		best = first
	}
	return best, best >= 0
}

// words returns what was said about a row, empty for nothing.
func (m *Marks) words(disp *kit.Display, r model.Row) termsafe.Safe {
	mark := m.rows.Of(r)
	if mark == nil || mark.Typed() == "" && mark.Verdict == "" {
		return termsafe.Safe{}
	}
	if mark.Verdict != "" {
		return disp.SaidOf(mark)
	}
	return termsafe.Concat(termsafe.Const("note: "), disp.SaidOf(mark))
}

// elsewhere returns the mark on another copy of the event of a row, nil for none: its bytes differ, so that it is no mark of this row. It is
// nil as long as a mark of the row itself may still be found.
func (m *Marks) elsewhere(snap *model.Snapshot, r model.Row) *marks.Mark {
	if !m.seeker.searched(r) {
		return nil
	}
	return m.copies.Of(snap.RowID(r))
}

// said lists the tags and verdicts of all kept marks. It counts their rows once all were searched for.
func (m *Marks) said() marks.Said {
	counted := m.rows.All()
	if m.seeker.seeking.Busy() {
		counted = marks.Rows{}.All()
	}
	return marks.SaidOf(maps.Values(m.kept), counted)
}

// lasts reports whether marks are kept beyond this run, or it was said that they are not.
func (m *Marks) lasts() bool { return m.keeper.store != nil || m.warned }

// lasting says what was marked, and at the first time, if nothing keeps marks, how long they last.
func (m *Marks) lasting(said termsafe.Safe) termsafe.Safe {
	if m.lasts() {
		return said
	}
	m.warned = true
	return termsafe.Concat(said, termsafe.Const("; marks last until you quit"))
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
	w, words := kit.Wish{Marked: true, Toast: l.display.Keyed("marked; {} adds a note", kit.CmdNote)}, new(marks.Words)
	mark, other := l.Marks.rows.Of(row), l.Marks.elsewhere(l.Sel.Snapshot(), row)
	taken, again := l.Marks.taken[row]
	switch {
	case mark == nil && again:
		words, w.Toast = &taken, termsafe.Concat(termsafe.Const("marked again: "), l.display.SaidOf(&marks.Mark{Words: taken}))
	case mark == nil && other != nil:
		w.Toast = termsafe.Concat(termsafe.Const("marked; "), l.display.SaidOfCopy(other))
	case mark != nil:
		w.Toast, words = termsafe.Const("no longer marked"), nil
		if said := l.display.SaidOf(mark); !said.Empty() {
			w.Toast = termsafe.Concat(l.display.Keyed("no longer marked; {} on it again brings back: ", kit.CmdMark), said)
		}
	}
	l.Marks.edit(l.Sel.Snapshot(), row, words, l.display.Now())
	if words != nil {
		w.Toast = l.Marks.lasting(w.Toast)
	}
	return l.remarked(w)
}

// remarked reads rows again whose columns show what was said about them, if a wish says that the marks have changed.
func (l *List) remarked(w kit.Wish) kit.Wish {
	if w.Marked && l.Columns.ofMarks() {
		l.ReadAgain()
	}
	return w
}

// said returns the row under the cursor, and what was said about it.
func (l *List) said() (row model.Row, words marks.Words, ok bool) {
	if row, ok = l.Row(); ok {
		if mark := l.Marks.rows.Of(row); mark != nil {
			words = mark.Words
		}
	}
	return row, words, ok
}

// promptNote opens the prompt for the note on the row under the cursor.
func (l *List) promptNote(_ kit.Command, s *kit.Scene) kit.Wish {
	row, words, ok := l.said()
	switch {
	case !ok:
		return kit.Wish{}
	case s.Preview:
		return marksLater
	}
	snap, text, help := l.Sel.Snapshot(), words.Typed(), termsafe.Const("enter saves it and marks the event; #word is a tag")
	if other := l.Marks.elsewhere(snap, row); text == "" && other != nil && other.Typed() != "" {
		text, help = other.Typed(), termsafe.Const("the note of another copy; enter keeps it here, too")
	}
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Const("note "), Help: help,
		Text: text,
		Done: func(text string) (kit.Wish, error) {
			words, err := words.Type(text)
			if err != nil {
				return kit.Wish{}, err
			}
			l.Marks.edit(snap, row, &words, l.display.Now())
			w := kit.Wish{Marked: true}
			if !l.Marks.lasts() { // else the note itself is shown
				w.Toast = l.Marks.lasting(termsafe.Const("noted"))
			}
			return l.remarked(w), nil
		}}}
}

// nextVerdict gives the row under the cursor the verdict after its own, and marks it.
func (l *List) nextVerdict(_ kit.Command, s *kit.Scene) kit.Wish {
	row, words, ok := l.said()
	switch {
	case !ok:
		return kit.Wish{}
	case s.Preview:
		return marksLater
	}
	words.Verdict = words.Verdict.Next()
	l.Marks.edit(l.Sel.Snapshot(), row, &words, l.display.Now())
	w := kit.Wish{Marked: true, Toast: termsafe.Const("verdict removed; the event stays marked")}
	if words.Verdict != "" {
		next := "no verdict"
		if after := words.Verdict.Next(); after != "" {
			next = string(after)
		}
		w.Toast = termsafe.Concat(termsafe.Const("verdict: "), l.display.Own(string(words.Verdict)), termsafe.Const(" "), l.display.Glyphs.Dot, l.display.Keyed(" {} again: "+next, kit.CmdVerdict))
	}
	w.Toast = l.Marks.lasting(w.Toast)
	return l.remarked(w)
}

// nextMark goes to the next or the previous marked row in the list, and from the last one to the first.
func (l *List) nextMark(c kit.Command, s *kit.Scene) kit.Wish {
	step := 1
	if c == kit.CmdPreviousMark {
		step = -1
	}
	place, ok := l.Marks.next(l.orderedRows, l.cursor, step)
	switch {
	case ok && place == l.cursor:
		return kit.Wish{Toast: termsafe.Const("this is the only mark here")}
	case ok:
		l.show(place, PausedAtMark)
		return kit.Wish{}
	case l.Marks.Len() == 0 && s.Marked.Sought:
		return kit.Wish{Toast: termsafe.Const("no mark was found so far: marks are still being looked for")}
	case l.Marks.Len() == 0:
		return kit.Wish{Toast: l.display.Keyed("nothing is marked: {} marks an event", kit.CmdMark)}
	}
	return kit.Wish{Toast: termsafe.Const("the filter hides all marked events")}
}

// since reports whether times are told since another event.
func (l *List) since() bool {
	return l.display.Times == kit.SinceRow || l.display.Times == kit.SinceMark
}

// origin returns the time, in Unix nanoseconds, since which that of the row at a place is told: that of the row before, or of the event
// that was marked last. ok is false if there is no such event, or it has no time.
func (l *List) origin(place int) (nanos int64, ok bool) {
	from := l.Marks.last
	switch {
	case l.display.Times == kit.SinceRow && place == 0, l.display.Times == kit.SinceMark && !l.Marks.has(from):
		return 0, false
	case l.display.Times == kit.SinceRow:
		from = l.at(place - 1)
	}
	snap := l.Sel.Snapshot()
	if int(from) >= snap.Rows() || snap.Flags(from)&model.FlagNoTime != 0 {
		return 0, false
	}
	return snap.Nanos(from), true
}
