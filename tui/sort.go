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

// sortByColumn sorts by the column under the cursor, or switches to the next order of that column.
func (l *list) sortByColumn(command, *scene) wish {
	c := l.columns.current()
	by := nextOrder(l.by, &c)
	return wish{order: &by, toast: orderWords(l.display, by)}
}

// orderWords names an order.
func orderWords(disp *display, by sorting) termsafe.Safe {
	switch {
	case by.appended:
		return termsafe.Const("in the order of the lines")
	case by.column == "" && by.reversed:
		return termsafe.Const("by time, the newest first")
	case by.column == "":
		return termsafe.Const("by time")
	case by.reversed:
		return termsafe.Concat(termsafe.Const("by "), disp.quoted(by.column), termsafe.Const(", backwards"))
	default:
		return termsafe.Concat(termsafe.Const("by "), disp.quoted(by.column))
	}
}

// sortBy shows the rows in another order, once they are sorted.
func (l *list) sortBy(by sorting) {
	l.sorting.stop()
	l.wanted = by
	if by.byTime() && l.sel != nil {
		l.showRows(l.sel, nil, by, true)
	}
}

// sortWork starts sorting the newest selection, if it is not shown in the wanted order yet.
func (l *list) sortWork(ctx context.Context, sel *model.Selection) tea.Cmd {
	by := l.wanted
	if by.byTime() || sel == nil || l.sorting.busy() || l.by == by && l.sel == sel {
		return nil
	}
	key := l.columns.sortKey(by)
	ctx, job := l.sorting.start(ctx, l)
	return safely(func() tea.Msg {
		order, err := newRowOrder(ctx, sel, by, key)
		return sorted{job: job, sel: sel, by: by, order: order, err: err}
	})
}

// sortKey returns the key that an order compares.
func (c *columns) sortKey(by sorting) count.Key {
	for i := range c.all {
		if s := &c.all[i]; s.name == by.column {
			return s.key()
		}
	}
	return count.Key{}
}

// sorted shows the sorted rows.
func (l *list) sorted(m sorted) wish {
	if m.err != nil {
		l.wanted = l.by
		return wish{toast: l.display.own("sorting: " + m.err.Error())}
	}
	l.showRows(m.sel, m.order, m.by, m.by == l.by)
	return wish{}
}

// sorted brings the rows in the requested order.
type sorted struct {
	job
	sel   *model.Selection
	by    sorting
	order *rowOrder
	err   error
}
