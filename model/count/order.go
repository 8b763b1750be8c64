package count

import (
	"context"
	"slices"

	"pawprint/model"
)

// Order is an order of rows. The zero value is by time, the earliest first.
type Order struct {
	By         Key  // the zero Key is by time
	Descending bool // the latest or the greatest first
	Appended   bool // by source, then by line; By and Descending are ignored then
}

// Sorted returns the rows of sel in the order o. Values are ordered by their bytes, those of ByStep by time. Rows of equal value
// are in the order of time, the earliest first; rows without a value or with an empty one come last. The caller owns the rows. It
// stops early with the error of ctx.
func Sorted(ctx context.Context, sel *model.Selection, o Order) ([]model.Row, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if o.Appended {
		return sel.InSourceOrder(), nil
	}
	rows := sel.Rows()
	if o.By.kind == keyNothing {
		if o.Descending {
			slices.Reverse(rows)
		}
		return rows, nil
	}
	s := sorter{by: o.By, sel: sel, values: o.By.values(sel.Snapshot()), ids: make([]uint32, sel.Snapshot().Rows())}
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	s.rank(o.Descending)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.place(rows), nil
}

// sorter orders rows by the ranks of their values.
type sorter struct {
	by     Key
	sel    *model.Selection
	values keyValues
	ids    []uint32 // by row
	ranks  []uint32 // by id
	most   uint32   // the rank of rows without a value
}

// read numbers the values of the selected rows.
func (s *sorter) read(ctx context.Context) error {
	c := segmentEvents{withRejects: s.by.kind == keyReject || s.by.kind == keyTold}
	for k := range s.sel.Snapshot().Segments() {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.read(ctx, s.sel, k, 0)
		ids, err := s.values.ids(&c)
		if err != nil {
			return err
		}
		base := int(c.seg.Base())
		number := func(i int) { s.ids[base+i] = ids.At(i) }
		c.eachTimed(number)
		c.eachUntimed(number)
	}
	return nil
}

// rank numbers the values in their order; equal ones get the same rank.
func (s *sorter) rank(descending bool) {
	s.ranks = make([]uint32, s.values.bound())
	type valued struct {
		id   uint32
		text []byte
	}
	var found []valued
	for _, id := range s.ids {
		if id == model.IDAbsent || s.ranks[id] != 0 {
			continue
		}
		s.ranks[id] = 1
		if text := s.values.text(id); len(text) > 0 {
			found = append(found, valued{id, text})
		}
	}
	clear(s.ranks)
	slices.SortFunc(found, func(a, b valued) int {
		if descending {
			a, b = b, a
		}
		return s.by.compare(a.text, a.id, b.text, b.id)
	})
	for i, v := range found {
		if i == 0 || string(found[i-1].text) != string(v.text) {
			s.most++
		}
		s.ranks[v.id] = s.most
	}
	s.most++
	for id, r := range s.ranks {
		if r == 0 {
			s.ranks[id] = s.most
		}
	}
}

// place sorts rows by rank and keeps the order of equal ones.
func (s *sorter) place(rows []model.Row) []model.Row {
	starts := make([]int, s.most+2)
	for _, r := range rows {
		starts[s.ranks[s.ids[r]]+1]++
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	out := make([]model.Row, len(rows))
	for _, r := range rows {
		at := &starts[s.ranks[s.ids[r]]]
		out[*at] = r
		*at++
	}
	return out
}
