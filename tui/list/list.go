package list

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// List shows a selection, the newest row at the bottom. It reads only the visible rows, however many there are. It implements
// kit.Pane and kit.Reader.
type List struct {
	viewport
	display *kit.Display
	env     func() query.Env  // what a time that the user types depends on
	state   func() EmptyState // why there are no rows
	width   int
	Columns Columns // which columns are shown, and how
	widths  widths
	facts   factCache
	errors  errorLines
	finder  finder
	search  rowSearch
	Marks   Marks       // the rows that the user marked
	Wanted  kit.Sorting // the order to show once the rows are sorted
	Sorting kit.Slot    // of the rows into the wanted order
	begun   int         // reads of rows
	reading kit.Slot    // the raw lines of visible rows
}

// New returns a list without rows. env returns what a query depends on now, and state why there are no rows; both are called in
// Update.
func New(disp *kit.Display, env func() query.Env, state func() EmptyState) List {
	return List{display: disp, env: env, state: state, Columns: Columns{all: defaultColumns(), at: firstFree}}
}

// SetSize implements kit.Pane. The height includes the line of the titles.
func (l *List) SetSize(w, h int) {
	if w != l.width || h != l.height+1 {
		l.widths = widths{}
	}
	l.width, l.height = w, max(0, h-1)
	l.settle()
}

// Selected takes a newer selection of the same log. extends says that rows were only added. Rows that are not to be in the order
// of time are sorted first.
func (l *List) Selected(sel *model.Selection, extends bool) {
	if l.Wanted.ByTime() {
		l.ShowRows(sel, nil, kit.Sorting{}, extends)
	}
}

// ReplaceLog shows a selection of another log. If ok, the cursor goes to row, which is the same event in that log.
func (l *List) ReplaceLog(sel *model.Selection, row model.Row, ok bool) {
	l.ReadAgain()
	l.search.stop()
	l.finder.forget()
	l.held = l.held && ok
	if ok {
		l.anchor = row
	}
	l.ShowRows(sel, nil, kit.Sorting{}, false)
}

// ReadAgain reads the lines of the visible rows again, as another log is shown or secrets are masked or not.
func (l *List) ReadAgain() {
	l.reading.Stop()
	l.facts.clear()
	l.widths = widths{}
}

// missing lists the visible rows whose raw lines were not read yet.
func (l *List) missing() []model.Row {
	var rows []model.Row
	paths := l.Columns.paths()
	from, to := l.visible()
	for k := from; k < to; k++ {
		if r := l.at(k); !l.facts.has(r, paths) {
			rows = append(rows, r)
		}
	}
	return rows
}

// Take implements kit.Taker.
func (l *List) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case rowsRead:
		l.facts.add(m.facts)
		for i := range m.facts {
			l.measureFacts(&m.facts[i])
		}
	case sorted:
		return l.sorted(m)
	case rowFound:
		return l.found(m)
	case hitsSelected:
		return l.hitsSelected(m)
	}
	return kit.Wish{}
}

// Work starts sorting the newest rows, searching the shown ones, and reading the visible ones.
func (l *List) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	return tea.Batch(l.sortWork(ctx, s.Newest), l.finder.work(ctx, l, l.Sel, &s.Env), l.searchWork(ctx, s.Preview), l.readWork(ctx))
}

// readWork starts reading the visible rows.
func (l *List) readWork(ctx context.Context) tea.Cmd {
	if l.Sel == nil || l.reading.Busy() {
		return nil
	}
	rows := l.missing()
	if len(rows) == 0 {
		return nil
	}
	return l.readRows(ctx, rows)
}

// Stop stops the job that the user waits for: the first of searching for a row, sorting, and searching for hits. It returns false
// if none of them is running.
func (l *List) Stop() bool {
	switch {
	case l.search.Busy():
		l.search.stop()
	case l.Sorting.Busy() && l.Wanted != l.By:
		l.SortBy(l.By)
	case l.finder.searching.Busy() && l.finder.hits == nil:
		l.finder.clear()
	default:
		return false
	}
	return true
}

// StopSearch stops looking for the next failure or hit, as other rows are about to be shown.
func (l *List) StopSearch() { l.search.stop() }

// Reads implements kit.Reader.
func (l *List) Reads() int { return l.begun }

// Waits implements kit.Reader.
func (l *List) Waits(*kit.Scene) bool { return l.reading.Busy() }
