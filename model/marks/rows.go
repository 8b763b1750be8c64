package marks

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"pawprint/model"
)

// Place is a row of a log that holds a marked event. Equal bytes are one event: several rows may share a mark.
type Place struct {
	Row  model.Row
	Mark *Mark // never nil
}

// Rows are the marked rows of one log. The value never changes; any goroutine may use it. The zero value has none.
type Rows struct{ places []Place } // by row

// Len is the number of marked rows.
func (m Rows) Len() int { return len(m.places) }

// Of returns the mark of a row, nil if it has none.
func (m Rows) Of(r model.Row) *Mark {
	if i, ok := m.at(r); ok {
		return m.places[i].Mark
	}
	return nil
}

// at returns where a row stands or would stand.
func (m Rows) at(r model.Row) (int, bool) {
	return slices.BinarySearchFunc(m.places, r, func(p Place, r model.Row) int { return cmp.Compare(p.Row, r) })
}

// Same reports whether both are the same value, so that counts of one hold for the other.
func (m Rows) Same(o Rows) bool {
	return len(m.places) == len(o.places) && (len(m.places) == 0 || &m.places[0] == &o.places[0])
}

// All goes through the places by row.
func (m Rows) All() iter.Seq[Place] { return slices.Values(m.places) }

// Search returns the places from one row up to but not including another; it reads nothing and never fails.
func (m Rows) Search(_ context.Context, _ *model.Snapshot, from, to model.Row) (Found, error) {
	i, _ := m.at(from)
	k, _ := m.at(to)
	return Found{Places: m.places[i:k:k]}, nil
}

// InOrder returns the places in the order of the events of their log.
func (m Rows) InOrder(snap *model.Snapshot) []Place {
	out := slices.Clone(m.places)
	slices.SortStableFunc(out, func(a, b Place) int {
		switch {
		case snap.Before(a.Row, b.Row):
			return -1
		case snap.Before(b.Row, a.Row):
			return 1
		}
		return 0
	})
	return out
}

// With returns the rows with other places, each in place of what was known of its row.
func (m Rows) With(places ...Place) Rows {
	if len(places) == 1 { // a key was pressed: copy, insert
		out := slices.Clone(m.places)
		if i, ok := m.at(places[0].Row); ok {
			out[i] = places[0]
		} else {
			out = slices.Insert(out, i, places[0])
		}
		return Rows{out}
	}
	out := make([]Place, 0, len(m.places)+len(places))
	more := slices.Clone(places)
	slices.SortStableFunc(more, func(a, b Place) int { return cmp.Compare(a.Row, b.Row) })
	for _, p := range m.places {
		for len(more) > 0 && more[0].Row < p.Row {
			out, more = append(out, more[0]), more[1:]
		}
		if len(more) == 0 || more[0].Row != p.Row {
			out = append(out, p)
		}
	}
	return Rows{append(out, more...)}
}

// Replace returns the rows with another mark in place of one, or without it if it is nil.
func (m Rows) Replace(old, mark *Mark) Rows {
	out := make([]Place, 0, len(m.places))
	for _, p := range m.places {
		switch {
		case p.Mark != old:
			out = append(out, p)
		case mark != nil:
			out = append(out, Place{p.Row, mark})
		}
	}
	return Rows{out}
}
