package list

import (
	"time"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// screenLine is a line of the list: a line of a row, a line of the error below it, or the rule above it with its day.
type screenLine struct {
	place int
	part  int // which line of the row; more than 0 only if rows are wrapped
	rule  bool
	error termsafe.Safe // empty for the row itself
	first bool          // the first line of an error
}

// window lays out the lines of a list. It looks at no more rows than there are lines on the screen.
type window struct {
	*List
	at rowLayout
}

func (l *List) window() window { return window{l, l.layout()} }

// lines returns the lines of the window, from the first row in it if the row under the cursor is on the screen then. The screen is full
// as long as there are rows.
func (w *window) lines() []screenLine {
	lines, end := w.from(w.top)
	switch {
	case len(lines) == 0:
		return nil
	case end == 0:
		lines, _ = w.from(w.topFor(w.cursor))
	case len(lines) < w.height && lines[0].place > 0:
		lines, _ = w.from(w.topFor(w.Len() - 1))
	}
	return lines
}

// from returns the lines with a row at the top. end is the number of lines up to the end of those of the row under the cursor, 0 if
// they are not all among them.
func (w *window) from(top int) (lines []screenLine, end int) {
	lines = make([]screenLine, 0, w.height+errorMostLines+1)
	for place := max(0, top); place < w.Len() && len(lines) < w.height; place++ {
		if w.at.ruled && (len(lines) == 0 || w.newDay(place)) {
			lines = append(lines, screenLine{place: place, rule: true})
		}
		for part := range w.parts(place) {
			lines = append(lines, screenLine{place: place, part: part})
		}
		for i, text := range w.errorOf(place) {
			lines = append(lines, screenLine{place: place, error: text, first: i == 0})
		}
		if place == w.cursor && len(lines) <= w.height {
			end = len(lines)
		}
	}
	if len(lines) > w.height {
		lines = lines[:w.height]
	}
	return lines, end
}

// topFor returns the place of the first row from which the lines reach to the end of those of the row at a place.
func (w *window) topFor(place int) int {
	top, used := place, w.rows(place)
	if w.at.ruled {
		used++ // the rule at the top
	}
	for top > 0 {
		used += w.rows(top - 1)
		if w.at.ruled && w.newDay(top) {
			used++
		}
		if used > w.height {
			break
		}
		top--
	}
	return top
}

// rows returns the number of lines of the row at a place, without a rule.
func (w *window) rows(place int) int { return w.parts(place) + len(w.errorOf(place)) }

// newDay reports whether a row is of another day than the one before it.
func (w *window) newDay(place int) bool { return place > 0 && w.day(place) != w.day(place-1) }

// day returns the day of a row in the zone that is shown, as the time of its start. A row without a time has the day of those beside it.
func (w *window) day(place int) time.Time {
	y, m, d := time.Unix(0, w.Sel.Snapshot().Nanos(w.List.at(place))).In(w.display.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// ruleLeastRows is the height of the list from which a rule may stand for the dates.
const ruleLeastRows = 5

// mayRule reports whether a rule for each day can stand for the dates: rows in the order of their times are together by days.
func (l *List) mayRule() bool {
	return l.By.Column == "" && !l.By.Appended && l.display.Times == kit.ByClock && l.height >= ruleLeastRows
}

// drawRule draws the rule above the first row of a day.
func (p *rowPainter) drawRule(day time.Time) *paint.Line {
	disp, style := p.display, p.display.Style(kit.Muted)
	p.line.Reset()
	p.line.Fill(style, gutterWidth)
	text := termsafe.Concat(disp.Glyphs.Rules(2), kit.BlankCell, termsafe.Time(day, "Mon 2006-01-02"), kit.BlankCell, disp.Glyphs.Rules(2))
	p.line.AddWidth(style, text, max(0, p.width-gutterWidth), paint.Left)
	return p.line
}

// page moves the cursor and the window by a page or by half of one. Every row is on the screen before or after.
func (l *List) page(c kit.Command) {
	w := l.window()
	lines := w.lines()
	if len(lines) == 0 {
		return
	}
	first, last := lines[0].place, lines[len(lines)-1].place
	step := max(1, last-first)
	if c == kit.CmdHalfUp || c == kit.CmdHalfDown {
		step = max(1, (last-first+1)/2)
	}
	if isUp(c) {
		l.moveTo(w.pageUp(first, step))
		return
	}
	l.moveTo(w.pageDown(first, step))
}

// pageUp moves the window up by step rows from the first one in it, which stays in it, and returns the new place of the cursor.
func (w *window) pageUp(first, step int) int {
	most := max(0, w.cursor-1)
	to := w.cursor - step
	w.top = max(0, min(first-1, max(first-step, w.topFor(first))))
	for range 1 + errorMostLines { // the error below the row takes space, too
		lines, _ := w.from(w.top)
		from := w.top
		if from > 0 {
			from += margin(lines)
		}
		w.cursor = min(most, max(from, min(to, lines[len(lines)-1].place)))
		w.top = max(w.top, min(first-1, w.topFor(first)))
	}
	return w.cursor
}

// pageDown moves the window down by step rows, and returns the new place of the cursor. The cursor does not go so far down that the rows
// around it would scroll the window further.
func (w *window) pageDown(first, step int) int {
	end := w.Len() - 1
	w.top = min(first+step, end)
	lines, _ := w.from(w.top)
	least, around := min(w.cursor+1, end), margin(lines)
	to := lines[len(lines)-1].place
	if to < end {
		to -= around
	}
	w.cursor = max(least, w.top, min(w.cursor+step, to))
	for w.cursor > max(least, w.top) && w.topFor(min(w.cursor+around, end)) > w.top { // the error below the row takes space, too
		w.cursor--
	}
	return w.cursor
}

// margin is the number of rows on either side of the cursor that keys keep on the screen.
func margin(lines []screenLine) int {
	return min(contextRows, (lines[len(lines)-1].place-lines[0].place)/2)
}

// scroll moves the window by n rows, and the cursor just enough to stay in it.
func (l *List) scroll(n int) {
	w := l.window()
	lines := w.lines()
	if len(lines) == 0 {
		return
	}
	l.top = max(0, min(lines[0].place+n, w.topFor(l.Len()-1)))
	lines, _ = w.from(l.top)
	l.moveTo(max(l.top, min(l.cursor, lines[len(lines)-1].place)))
}

// reveal scrolls until some rows around the cursor are on the screen, too.
func (l *List) reveal() {
	w := l.window()
	lines := w.lines()
	if len(lines) == 0 {
		return
	}
	around := margin(lines)
	l.top = max(0, min(l.top, l.cursor-around))
	if top := w.topFor(min(l.cursor+around, l.Len()-1)); top > l.top {
		l.top = min(top, l.cursor)
	}
	l.settle()
}
