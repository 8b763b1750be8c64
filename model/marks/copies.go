package marks

import (
	"slices"

	"pawprint/model"
)

// Copies finds the marks on other copies of an event: those with its p_row_id. The zero value has none.
type Copies struct{ marks map[model.RowID][]*Mark }

// Put adds a mark, in place of the one of the same bytes.
func (c *Copies) Put(m *Mark) {
	id := model.RowIDOf([]byte(m.RowID))
	if id == (model.RowID{}) {
		return
	}
	if c.marks == nil {
		c.marks = map[model.RowID][]*Mark{}
	}
	c.Drop(m.Sum, m.RowID)
	c.marks[id] = append(c.marks[id], m)
}

// Drop removes the mark of an event.
func (c *Copies) Drop(sum Sum, rowID string) {
	id := model.RowIDOf([]byte(rowID))
	if left := slices.DeleteFunc(c.marks[id], func(m *Mark) bool { return m.Sum == sum }); len(left) > 0 {
		c.marks[id] = left
	} else {
		delete(c.marks, id)
	}
}

// Of returns a mark of a copy with this p_row_id, or nil: preferably one with words, else the first.
func (c *Copies) Of(id model.RowID) *Mark {
	found := c.marks[id]
	if len(found) == 0 {
		return nil
	}
	if i := slices.IndexFunc(found, func(m *Mark) bool { return m.Typed() != "" || m.Verdict != "" }); i >= 0 {
		return found[i]
	}
	return found[0]
}
