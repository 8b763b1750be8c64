package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/termsafe"
)

// nextOrder returns the order that the sort key switches to on a column: forwards, reversed, then by time; on the time column also
// the order of the lines.
func nextOrder(s sorting, c *columnSpec) sorting {
	name := c.name
	if c.kind == timeColumn {
		name = ""
	}
	switch {
	case s.column != name || s.appended:
		return sorting{column: name}
	case !s.reversed:
		return sorting{column: name, reversed: true}
	case name == "":
		return sorting{appended: true}
	}
	return sorting{}
}

// rowOrder is the rows of a selection, not sorted by time. It never changes.
type rowOrder struct {
	rows   []model.Row
	places []uint32 // by row: its place + 1, or 0
}

// newRowOrder sorts a selection.
func newRowOrder(ctx context.Context, sel *model.Selection, by sorting, key count.Key) (*rowOrder, error) {
	rows, err := count.Sorted(ctx, sel, count.Order{By: key, Descending: by.reversed, Appended: by.appended})
	if err != nil {
		return nil, err
	}
	o := &rowOrder{rows: rows, places: make([]uint32, sel.Snapshot().Rows())}
	for i, r := range rows {
		o.places[r] = uint32(i + 1)
	}
	return o, nil
}

// place returns the place of a row; ok is false if it is not among the rows.
func (o *rowOrder) place(r model.Row) (int, bool) {
	if int(r) >= len(o.places) || o.places[r] == 0 {
		return 0, false
	}
	return int(o.places[r] - 1), true
}

// sortRows sorts the rows of a selection.
func (l *list) sortRows(ctx context.Context, owner taker, sel *model.Selection, by sorting, key count.Key) tea.Cmd {
	ctx, job := l.sorting.start(ctx, owner)
	return safely(func() tea.Msg {
		order, err := newRowOrder(ctx, sel, by, key)
		return sorted{job: job, sel: sel, by: by, order: order, err: err}
	})
}

// sortByColumn sorts by the column under the cursor, or switches to the next order of that column.
func (a *App) sortByColumn() {
	c := a.list.columns.current()
	a.needWholeLog()
	a.views.push(a.view())
	a.sortBy(nextOrder(a.list.by, &c))
	a.status.toast = a.sortWords()
}

func (a *App) sortWords() termsafe.Safe {
	switch by := a.list.wanted; {
	case by.appended:
		return termsafe.Const("in the order of the lines")
	case by.column == "" && by.reversed:
		return termsafe.Const("by time, the newest first")
	case by.column == "":
		return termsafe.Const("by time")
	case by.reversed:
		return termsafe.Concat(termsafe.Const("by "), a.display.quoted(by.column), termsafe.Const(", backwards"))
	default:
		return termsafe.Concat(termsafe.Const("by "), a.display.quoted(by.column))
	}
}

// sortBy shows the rows in another order, once they are sorted.
func (a *App) sortBy(by sorting) {
	a.list.sorting.stop()
	a.list.wanted = by
	if by.byTime() && a.list.sel != nil {
		a.list.showRows(a.list.sel, nil, by, true)
	}
}

// sortWork starts sorting the last selection, if it is not in the wanted order yet.
func (a *App) sortWork() tea.Cmd {
	l := &a.list
	sel := a.feed.previous
	if l.wanted.byTime() || sel == nil || l.sorting.busy() || l.by == l.wanted && l.sel == sel {
		return nil
	}
	return l.sortRows(a.ctx, a, sel, l.wanted, l.sortKey(l.wanted))
}

// sortKey returns the key that an order compares.
func (l *list) sortKey(by sorting) count.Key {
	for i := range l.columns.all {
		if c := &l.columns.all[i]; c.name == by.column {
			return c.key()
		}
	}
	return count.Key{}
}

// sorted shows the sorted rows.
func (a *App) sorted(m sorted) {
	if m.err != nil {
		a.list.wanted = a.list.by
		a.status.toast = a.display.own("sorting: " + m.err.Error())
		return
	}
	a.list.showRows(m.sel, m.order, m.by, m.by == a.list.by)
}

// sorted brings the rows in the requested order.
type sorted struct {
	job
	sel   *model.Selection
	by    sorting
	order *rowOrder
	err   error
}
