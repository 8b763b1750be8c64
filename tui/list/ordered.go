package list

import (
	"context"

	"pawprint/model"
)

// orderedRows is the rows of the list in their order. A copy never changes, so a job can keep one.
type orderedRows struct {
	Sel   *model.Selection // nil before the first selection
	order *rowOrder        // nil for the order of time, forwards or reversed
}

// at returns the row at a place.
func (o orderedRows) at(place int) model.Row {
	if o.order != nil {
		return o.order.rows[place]
	}
	return o.Sel.At(place)
}

// Len returns the number of rows.
func (o orderedRows) Len() int {
	switch {
	case o.order != nil:
		return len(o.order.rows)
	case o.Sel == nil:
		return 0
	}
	return o.Sel.Len()
}

// InOrder returns the rows in their order, nil if that is the order of time. The caller must not change them.
func (o orderedRows) InOrder() []model.Row {
	if o.order == nil {
		return nil
	}
	return o.order.rows
}

// Placed returns the place of a row; ok is false if it is not listed.
func (o orderedRows) Placed(r model.Row) (place int, ok bool) {
	switch {
	case o.Sel == nil || int(r) >= o.Sel.Snapshot().Rows():
		return 0, false
	case o.order != nil:
		return o.order.place(r)
	}
	return o.Sel.Place(r), o.Sel.Has(r)
}

// end returns the place at which a search goes on after it has reached the other end: the first in its direction.
func (o orderedRows) end(step int) int {
	if step < 0 {
		return o.Len() - 1
	}
	return 0
}

// next returns the first place, from at on in the direction of step, whose row passes is.
func (o orderedRows) next(ctx context.Context, is func(*model.Snapshot, model.Row) bool, at, step int) (int, bool) {
	snap := o.Sel.Snapshot()
	for n := 0; at >= 0 && at < o.Len(); at, n = at+step, n+1 {
		if is(snap, o.at(at)) {
			return at, true
		}
		if n%4096 == 0 && ctx.Err() != nil {
			break
		}
	}
	return 0, false
}
