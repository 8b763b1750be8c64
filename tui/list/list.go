package list

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// List shows a selection, the newest row at the bottom. It reads only the visible rows, however many there are. It implements
// kit.Pane and kit.Reader.
type List struct {
	viewport
	display  *kit.Display
	env      func() query.Env  // what a time that the user types depends on
	state    func() EmptyState // why there are no rows
	width    int
	Columns  Columns            // which columns are shown, and how
	usual    []string           // the columns where no view brings others; nil for the default ones
	view     query.View         // the ready view whose columns they are; zero if they are the user's own
	left     map[string]Columns // by the name of a view: its columns when it was left; "" is for the user's own columns
	widths   widths
	facts    factCache
	errors   errorLines
	wrap     bool // rows take as many lines as their texts need
	finder   finder
	search   rowSearch
	Marks    Marks       // the rows that the user marked
	Wanted   kit.Sorting // the order to show once the rows are sorted
	Sorting  kit.Slot    // of the rows into the wanted order
	sortedBy marks.Rows  // what the user had said when the rows were sorted
	begun    int         // reads of rows
	reading  kit.Slot    // the raw lines of visible rows
	finding  kit.Slot    // which events are copies, and which are the first of their kind
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

// Shows reports whether the list shows what a matcher, nil for all, selects from at least the first so many rows of the log, in the wanted order.
func (l *List) Shows(rows int, m model.Matcher) bool {
	return l.Sel != nil && l.Sel.Snapshot().Rows() >= rows && l.Sel.Matcher() == m && l.By == l.Wanted
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

// missing lists the visible rows whose raw lines were not read yet, with those before them that may be the same.
func (l *List) missing() []model.Row {
	var rows []model.Row
	paths := l.Columns.paths()
	from, to := l.visible()
	for k := max(0, from-mostAgain); k < to; k++ {
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
	case allFound:
		l.widths.sel, l.widths.sampled = nil, 0 // the column of what is new was empty
	case sorted:
		return l.sorted(m)
	case rowFound:
		return l.found(m)
	case hitsSelected:
		return l.hitsSelected(m)
	case kept:
		return l.remarked(l.Marks.took(l.display, m.edits))
	case sought:
		return l.remarked(l.Marks.sought(l.display, &m))
	}
	return kit.Wish{}
}

// Work starts sorting the newest rows, searching the shown ones, reading the visible ones, and finding out what all rows together say
// about them.
func (l *List) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	return tea.Batch(l.sortWork(ctx, s.Newest), l.finder.work(ctx, l, l.Sel, &s.Env), l.searchWork(ctx, s.Preview), l.readWork(ctx),
		l.Marks.keeper.work(ctx, l), l.Marks.seek(ctx, l, s), l.findWork(ctx, s))
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
