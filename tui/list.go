package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
)

// followState says whether the list stays at its end as rows are added.
type followState uint8

const (
	notFollowing followState = iota
	following
	followPaused // by moving away from the end
)

// list shows a selection, the newest row at the bottom. It reads only the visible rows, however many there are.
type list struct {
	display *display
	width   int
	height  int // rows
	sel     *model.Selection
	order   *rowOrder // nil for the order of time, forwards or reversed
	by      sorting   // the order that the rows are in
	wanted  sorting   // the order to show once the rows are sorted
	top     int       // place of the first visible row
	cursor  int
	anchor  model.Row // the row that the user moved to; the cursor returns to it whenever it is selected
	held    bool      // anchor is set; if not, the cursor stays at the end
	follow  followState
	seen    int // rows of the selection when following was paused
	columns
	facts   factCache
	finder  *finder
	marks   *marks
	state   func() emptyState // why there are no rows
	errors  errorLines
	begun   int  // reads of rows
	reading slot // the raw lines of visible rows
	sorting slot
	finding slot // the next failure or hit
}

// setSize sets the size with the line of the titles.
func (l *list) setSize(w, h int) {
	l.width, l.height = w, max(0, h-1)
	l.settle()
}

// len returns the number of rows.
func (l *list) len() int {
	if l.sel == nil {
		return 0
	}
	return l.sel.Len()
}

// row returns the row under the cursor; ok is false if there is none.
func (l *list) row() (r model.Row, ok bool) {
	if l.cursor >= l.len() {
		return 0, false
	}
	return l.at(l.cursor), true
}

// at returns the row at a place of the list.
func (l *list) at(place int) model.Row {
	switch {
	case l.order != nil:
		return l.order.rows[place]
	default:
		return l.sel.At(place)
	}
}

// placed returns the place of a row; ok is false if it is not listed.
func (l *list) placed(r model.Row) (place int, ok bool) {
	switch {
	case l.sel == nil || int(r) >= l.sel.Snapshot().Rows():
		return 0, false
	case l.order != nil:
		return l.order.place(r)
	}
	return l.sel.Place(r), l.sel.Has(r)
}

// placeOf returns the place of a row. If the row is not listed, it is the place where it would be, or, if the rows are not in
// the order of time, that of the cursor.
func (l *list) placeOf(r model.Row) int {
	if l.order == nil {
		return l.sel.Place(r)
	}
	if place, ok := l.order.place(r); ok {
		return place
	}
	return l.cursor
}

// hold makes a row the anchor, to which the cursor returns with the next selection.
func (l *list) hold(r model.Row) {
	l.anchor, l.held = r, true
	if l.follow == following {
		l.follow, l.seen = followPaused, l.len()
	}
}

// showRows shows another selection of the same log, or the same one in another order. extends says that rows were only added.
// The cursor keeps its event and its line on the screen.
func (l *list) showRows(sel *model.Selection, order *rowOrder, by sorting, extends bool) {
	line := l.cursor - l.top
	l.sel, l.order, l.by = sel, order, by
	switch {
	case l.follow == following || !l.held:
		l.cursor = l.len() - 1
		if l.held && l.cursor >= 0 {
			l.anchor = l.at(l.cursor)
		}
	default:
		l.cursor = l.placeOf(l.anchor)
	}
	if !extends {
		l.seen = l.len()
	}
	l.top = l.cursor - line
	l.settle()
}

// replaceLog shows a selection of another log. If ok, the cursor goes to row, which is the same event in that log.
func (l *list) replaceLog(sel *model.Selection, row model.Row, ok bool) {
	l.facts.clear()
	l.held = l.held && ok
	if ok {
		l.anchor = row
	}
	l.showRows(sel, nil, sorting{}, false)
}

// settle moves the cursor and the window into the selection, and the cursor into the window.
func (l *list) settle() {
	n := l.len()
	l.cursor = max(0, min(l.cursor, n-1))
	l.top = min(l.top, l.cursor)
	l.top = max(l.top, l.cursor-l.height+1)
	// The window is full as long as there are rows.
	l.top = max(0, min(l.top, n-l.height))
}

// contextRows is the number of rows that stay visible around the cursor when keys move it.
const contextRows = 3

// reveal scrolls until contextRows rows around the cursor are visible too.
func (l *list) reveal() {
	margin := min(contextRows, (l.height-1)/2)
	l.top = min(l.top, l.cursor-margin)
	l.top = max(l.top, l.cursor+margin-l.height+1)
	l.settle()
}

// moveTo moves the cursor to a place and makes its row the anchor.
func (l *list) moveTo(place int) {
	l.cursor = place
	l.settle()
	row, ok := l.row()
	if !ok {
		return
	}
	l.anchor, l.held = row, true
	switch atEnd := l.cursor == l.len()-1; {
	case l.follow == followPaused && atEnd:
		l.follow = following
	case l.follow == following && !atEnd:
		l.follow, l.seen = followPaused, l.len()
	}
}

// scroll moves the window by n rows, and the cursor just enough to stay in it.
func (l *list) scroll(n int) {
	l.top = max(0, min(l.top+n, l.len()-l.height))
	l.moveTo(max(l.top, min(l.cursor, l.top+l.height-1)))
}

// page moves the cursor and the window by n rows.
func (l *list) page(n int) {
	l.top += n
	l.moveTo(l.cursor + n)
}

// toEnd goes to the newest row and stays there if the list follows.
func (l *list) toEnd() {
	l.moveTo(l.len() - 1)
	if l.follow == followPaused {
		l.follow = following
	}
}

// toggleFollow switches following on, from wherever the cursor is, or off.
func (l *list) toggleFollow() {
	if l.follow == following {
		l.follow = notFollowing
		return
	}
	l.follow = following
	l.toEnd()
}

// fresh returns the number of rows added since following was paused.
func (l *list) fresh() int {
	if l.follow != followPaused {
		return 0
	}
	return max(0, l.len()-l.seen)
}

// atTop reports whether a step up would leave the selection.
func (l *list) atTop() bool { return l.cursor == 0 }

// move runs a command that moves; it returns false for other commands.
func (l *list) move(c command) bool {
	switch c {
	case cmdUp:
		l.moveTo(max(0, l.cursor-1))
	case cmdDown:
		l.moveTo(l.cursor + 1)
	case cmdHalfUp:
		l.page(-max(1, l.height/2))
	case cmdHalfDown:
		l.page(max(1, l.height/2))
	case cmdPageUp:
		l.page(-max(1, l.height-1))
	case cmdPageDown:
		l.page(max(1, l.height-1))
	case cmdTop:
		l.moveTo(0)
	case cmdBottom:
		l.toEnd()
	case cmdLeft:
		l.columns.step(-1)
	case cmdRight:
		l.columns.step(1)
	default:
		return false
	}
	l.reveal()
	return true
}

// visible returns the range of places in the window, from inclusive, to exclusive.
func (l *list) visible() (from, to int) {
	return l.top, min(l.top+l.height, l.len())
}

// missing lists the visible rows whose raw lines were not read yet.
func (l *list) missing() []model.Row {
	var rows []model.Row
	paths := l.paths()
	from, to := l.visible()
	for k := from; k < to; k++ {
		if r := l.at(k); !l.facts.has(r, paths) {
			rows = append(rows, r)
		}
	}
	return rows
}

// take takes the answer to a job of the list.
func (l *list) take(msg tea.Msg) wish {
	if m, ok := msg.(rowsRead); ok {
		l.facts.add(m.facts)
	}
	return wish{}
}

// work starts reading the visible rows.
func (l *list) work(ctx context.Context, _ *scene) tea.Cmd {
	if l.sel == nil || l.reading.busy() {
		return nil
	}
	rows := l.missing()
	if len(rows) == 0 {
		return nil
	}
	return l.readRows(ctx, rows)
}

// reads implements reader.
func (l *list) reads() int { return l.begun }

// waits implements reader.
func (l *list) waits(*scene) bool { return l.reading.busy() }

// columnsChanged keeps the cursor within the columns.
func (l *list) columnsChanged() { l.columns.step(0) }
