package list

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// nextOrder returns the order that the sort key switches to on a column: forwards, reversed, then by time; on the time column also
// the order of the lines.
func nextOrder(s kit.Sorting, c *columnSpec) kit.Sorting {
	name := c.name
	if c.kind == timeColumn {
		name = ""
	}
	switch {
	case s.Column != name || s.Appended:
		return kit.Sorting{Column: name}
	case !s.Reversed:
		return kit.Sorting{Column: name, Reversed: true}
	case name == "":
		return kit.Sorting{Appended: true}
	}
	return kit.Sorting{}
}

// rowOrder is the rows of a selection, not sorted by time. It never changes.
type rowOrder struct {
	rows   []model.Row
	places []uint32 // by row: its place + 1, or 0
}

// newRowOrder sorts a selection.
func newRowOrder(ctx context.Context, sel *model.Selection, by kit.Sorting, key count.Key) (*rowOrder, error) {
	rows, err := count.Sorted(ctx, sel, count.Order{By: key, Descending: by.Reversed, Appended: by.Appended})
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
func (l *List) sortByColumn(kit.Command, *kit.Scene) kit.Wish {
	c := l.Columns.current()
	by := nextOrder(l.By, &c)
	return kit.Wish{Order: &by, Toast: orderWords(l.display, by)}
}

// SortFlag returns an order as the flag --sort takes it. It is empty for that of time, also in place of one that no field has.
func SortFlag(by kit.Sorting) string {
	_, err := field.Resolve(by.Column)
	switch {
	case by.Appended:
		return "none"
	case by.Column == "" && by.Reversed:
		return "-time"
	case err != nil:
		return ""
	case by.Reversed:
		return "-" + by.Column
	}
	return by.Column
}

// orderWords names an order.
func orderWords(disp *kit.Display, by kit.Sorting) termsafe.Safe {
	switch {
	case by.Appended:
		return termsafe.Const("in the order of the lines")
	case by.Column == "" && by.Reversed:
		return termsafe.Const("by time, the newest first")
	case by.Column == "":
		return termsafe.Const("by time")
	case by.Reversed:
		return termsafe.Concat(termsafe.Const("by "), disp.Quoted(by.Column), termsafe.Const(", backwards"))
	default:
		return termsafe.Concat(termsafe.Const("by "), disp.Quoted(by.Column))
	}
}

// SortBy shows the rows in another order, once they are sorted.
func (l *List) SortBy(by kit.Sorting) {
	l.Sorting.Stop()
	l.Wanted = by
	if by.ByTime() && l.Sel != nil {
		l.ShowRows(l.Sel, nil, by, true)
	}
}

// sortWork starts sorting the newest selection, if it is not shown in the wanted order yet.
func (l *List) sortWork(ctx context.Context, sel *model.Selection) tea.Cmd {
	by := l.Wanted
	said := l.Marks.rows
	if by.ByTime() || sel == nil || l.Sorting.Busy() || l.By == by && l.Sel == sel && (!ofMark(by.Column) || said.Same(l.sortedBy)) {
		return nil
	}
	key := l.Columns.sortKey(by, said.Search)
	ctx, job := l.Sorting.Start(ctx, l)
	return kit.Safely(func() tea.Msg {
		order, err := newRowOrder(ctx, sel, by, key)
		return sorted{Job: job, sel: sel, by: by, said: said, order: order, err: err}
	})
}

// sortKey returns the key that an order compares. find finds the marked events.
func (c *Columns) sortKey(by kit.Sorting, find marks.Search) count.Key {
	for i := range c.all {
		if s := &c.all[i]; s.name == by.Column {
			return s.key(find)
		}
	}
	return count.Key{}
}

// sorted shows the sorted rows.
func (l *List) sorted(m sorted) kit.Wish {
	if m.err != nil {
		l.Wanted = l.By
		return kit.Wish{Toast: l.display.Own("sorting: " + m.err.Error())}
	}
	l.sortedBy = m.said
	l.ShowRows(m.sel, m.order, m.by, m.by == l.By)
	return kit.Wish{}
}

// sorted brings the rows in the requested order.
type sorted struct {
	kit.Job
	sel   *model.Selection
	by    kit.Sorting
	said  marks.Rows // what the user had said when they were sorted
	order *rowOrder
	err   error
}
