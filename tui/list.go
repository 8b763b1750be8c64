package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
)

// list shows a selection, the newest row at the bottom. It reads only the visible rows, however many there are.
type list struct {
	viewport
	display *display
	env     func() query.Env  // what a time that the user types depends on
	state   func() emptyState // why there are no rows
	width   int
	columns columns
	facts   factCache
	errors  errorLines
	finder  finder
	search  rowSearch
	marks   marks
	wanted  sorting // the order to show once the rows are sorted
	sorting slot
	begun   int  // reads of rows
	reading slot // the raw lines of visible rows
}

// newList returns a list without rows. env returns what a query depends on now, and state why there are no rows.
func newList(disp *display, env func() query.Env, state func() emptyState) list {
	return list{display: disp, env: env, state: state, columns: columns{all: defaultColumns(), at: firstFree}}
}

// setSize sets the size with the line of the titles.
func (l *list) setSize(w, h int) {
	l.width, l.height = w, max(0, h-1)
	l.settle()
}

// selected takes a newer selection of the same log. Rows that are not to be in the order of time are sorted first.
func (l *list) selected(sel *model.Selection, extends bool) {
	if l.wanted.byTime() {
		l.showRows(sel, nil, sorting{}, extends)
	}
}

// replaceLog shows a selection of another log. If ok, the cursor goes to row, which is the same event in that log.
func (l *list) replaceLog(sel *model.Selection, row model.Row, ok bool) {
	l.readAgain()
	l.search.stop()
	l.finder.forget()
	l.held = l.held && ok
	if ok {
		l.anchor = row
	}
	l.showRows(sel, nil, sorting{}, false)
}

// readAgain reads the lines of the visible rows again, as another log is shown or secrets are masked or not.
func (l *list) readAgain() {
	l.reading.stop()
	l.facts.clear()
}

// missing lists the visible rows whose raw lines were not read yet.
func (l *list) missing() []model.Row {
	var rows []model.Row
	paths := l.columns.paths()
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
	switch m := msg.(type) {
	case rowsRead:
		l.facts.add(m.facts)
	case sorted:
		return l.sorted(m)
	case rowFound:
		return l.found(m)
	case hitsSelected:
		return l.hitsSelected(m)
	}
	return wish{}
}

// work starts sorting the newest rows, searching the shown ones, and reading the visible ones.
func (l *list) work(ctx context.Context, s *scene) tea.Cmd {
	return tea.Batch(l.sortWork(ctx, s.newest), l.finder.work(ctx, l, l.sel, &s.env), l.searchWork(ctx, s.preview), l.readWork(ctx))
}

// readWork starts reading the visible rows.
func (l *list) readWork(ctx context.Context) tea.Cmd {
	if l.sel == nil || l.reading.busy() {
		return nil
	}
	rows := l.missing()
	if len(rows) == 0 {
		return nil
	}
	return l.readRows(ctx, rows)
}

// stop stops the job that the user waits for: the first of searching for a row, sorting, and searching for hits. It returns false
// if none of them is running.
func (l *list) stop() bool {
	switch {
	case l.search.busy():
		l.search.stop()
	case l.sorting.busy() && l.wanted != l.by:
		l.sortBy(l.by)
	case l.finder.searching.busy() && l.finder.hits == nil:
		l.finder.clear()
	default:
		return false
	}
	return true
}

// stopSearch stops looking for the next failure or hit, as other rows are about to be shown.
func (l *list) stopSearch() { l.search.stop() }

// reads implements reader.
func (l *list) reads() int { return l.begun }

// waits implements reader.
func (l *list) waits(*scene) bool { return l.reading.busy() }
