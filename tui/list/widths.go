package list

import (
	"slices"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// widths are the widths of the values of the columns, in cells, as far as they were seen. They only grow until other rows are shown or
// the size changes, so that columns do not jump as one scrolls.
type widths struct {
	cells    map[string]int // by name of the column
	word     int            // of the results
	read     bool           // a line was read, so a column of lines without a width is an empty one
	sampled  int            // rows of the selection when it was sampled
	shown    int            // viewport.shown then
	sel      *model.Selection
	from, to int // the places in the window that were measured
}

// sampleRows is how many rows of a selection are measured besides the visible ones, and sampleShare the part of them, in percent,
// whose values a column is wide enough for: a single long value is cut until it is seen.
const sampleRows, sampleShare = 128, 95

// measure makes the columns wide enough for the rows of the window. Its cost depends on how many of these are new and, once other rows are
// shown, on a sample of them.
func (l *List) measure() {
	m := &l.widths
	from, to := l.visible()
	if m.cells == nil || m.shown != l.shown {
		*m = widths{cells: map[string]int{}, shown: l.shown}
	}
	if n := l.Len(); n >= 2*m.sampled && n > 0 {
		l.sample()
		m.sampled = n
	}
	for place := from; place < to; place++ {
		if l.Sel == m.sel && place >= m.from && place < m.to {
			continue
		}
		l.measureEvent(place, m.grow)
		if f := l.facts.get(l.at(place)); f != nil {
			l.measureFacts(f)
		}
	}
	m.sel, m.from, m.to = l.Sel, from, to
}

// sample measures rows from the whole selection.
func (l *List) sample() {
	seen, n := map[string][]int{}, l.Len()
	for k := range min(sampleRows, n) {
		l.measureEvent(k*n/min(sampleRows, n), func(name string, cells int) { seen[name] = append(seen[name], cells) })
	}
	for name, all := range seen {
		slices.Sort(all)
		l.widths.grow(name, all[min(len(all)*sampleShare/100, len(all)-1)])
	}
}

// measureEvent reports the widths of what the columns of the log hold at a place.
func (l *List) measureEvent(place int, grow func(name string, cells int)) {
	e, disp := l.Sel.Snapshot().Event(l.at(place)), l.display
	width := func(key, text string) int {
		return disp.Widther.Width(termsafe.Clean(disp.Masks(key, text), disp.CleanOptions(setMost)))
	}
	v, _ := judge(disp, &e)
	l.widths.word = max(l.widths.word, disp.Widther.Width(v.Word))
	if e.Reject() {
		return
	}
	actor := width("", e.Actor.Label().Raw())
	if e.Actor.Type.Raw() == tokenType {
		actor += 2
	}
	grow("action", width("", e.Action.Raw()))
	grow("actor", actor)
	grow("ip", width("sourceIP", e.IP.Raw()))
	grow(seenName, disp.Widther.Width(seenWords(l.Sel.Snapshot().KnownFirsts().Seen(&e))))
}

// measureFacts makes the columns wide enough for what was read from a line.
func (l *List) measureFacts(f *rowFacts) {
	m, w := &l.widths, l.display.Widther
	if m.cells == nil {
		return
	}
	m.read = true
	if e := l.Sel.Snapshot().Event(f.row); !e.Reject() {
		message := w.Width(f.message.show)
		if f.more > 0 {
			message += len("(99) ")
		}
		m.grow("target", stepped(w.Width(f.target.show)))
		m.grow("error", stepped(max(message, w.Width(f.problem))))
	}
	for i := range f.cells {
		m.grow(f.paths[i], stepped(w.Width(f.cells[i].show)))
	}
}

// stepped rounds the width of a value of a line up, as only the visible lines are read: so a column grows in few steps.
func stepped(cells int) int { return (cells + 3) / 4 * 4 }

func (m *widths) grow(name string, cells int) { m.cells[name] = max(m.cells[name], cells) }

// fitted returns the shown free columns with the widths that their values need.
func (l *List) fitted() []columnSpec {
	shown := l.Columns.shown()
	free := shown[min(firstFree, len(shown)):]
	for i := range free {
		l.fit(&free[i], i+firstFree == l.Columns.at)
	}
	return free
}

// emptyWidth is the width of a column of which no visible row has a value.
const emptyWidth = 1

// fit sets the least and best width of a column. under says that the cursor is on it: then its title is shown in any case.
func (l *List) fit(s *columnSpec, under bool) {
	m := &l.widths
	cells := m.cells[s.name]
	isLine := s.kind == targetColumn || s.kind == messageColumn || s.kind == pathColumn
	switch {
	case m.cells == nil || isLine && !m.read:
		return
	case cells == 0 && !under && (s.brought || s.kind == targetColumn || s.kind == messageColumn || s.kind == ipColumn || s.kind == seenColumn):
		s.least, s.best = emptyWidth, emptyWidth
		return
	}
	title := l.display.Widther.Width(termsafe.Concat(s.title, sortSign(l.display.Glyphs, l.By, s)))
	cells = max(cells, title)
	s.least, s.best = max(title, min(s.least, cells)), max(title, min(s.best, cells))
}
