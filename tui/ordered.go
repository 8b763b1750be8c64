package tui

import (
	"context"

	"pawprint/model"
)

// orderedRows is an immutable copy of the list's rows in their order.
type orderedRows struct {
	sel   *model.Selection
	order *rowOrder
}

// ordered returns the rows as they are now, for a job.
func (l *list) ordered() orderedRows { return orderedRows{l.sel, l.order} }

func (o orderedRows) at(place int) model.Row {
	if o.order != nil {
		return o.order.rows[place]
	}
	return o.sel.At(place)
}

func (o orderedRows) len() int {
	if o.order != nil {
		return len(o.order.rows)
	}
	return o.sel.Len()
}

// end is the place where a search that goes round goes on: the first in its direction.
func (o orderedRows) end(step int) int {
	if step < 0 {
		return o.len() - 1
	}
	return 0
}

// next returns the first place, from at on in the direction of step, whose row passes is.
func (o orderedRows) next(ctx context.Context, is func(*model.Snapshot, model.Row) bool, at, step int) (int, bool) {
	snap := o.sel.Snapshot()
	for n := 0; at >= 0 && at < o.len(); at, n = at+step, n+1 {
		if is(snap, o.at(at)) {
			return at, true
		}
		if n%4096 == 0 && ctx.Err() != nil {
			break
		}
	}
	return 0, false
}
