package field

import (
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/marks"
)

// MostInCell limits the values of one event that a cell shows.
const MostInCell = 50

// AppendCell appends value i of an event to the text of its cell, with what stands before it there.
func AppendCell(dst []byte, i int, v string) []byte {
	if i > 0 {
		dst = append(dst, ", "...)
	}
	return append(dst, v...)
}

// SortKey returns the key for sorting rows by the field: several values of one event are one text, as in a cell. find finds the marked
// events.
func (f *Field) SortKey(find marks.Search) (count.Key, error) {
	switch {
	case f.Kind == Path || f.Kind == Message:
		return count.ByLine(f.cellTexts), nil
	case f.OfMark():
		return f.saidOrder(find), nil
	}
	return f.Key()
}

// cellTexts returns a function that makes the texts of cells from lines, for one goroutine.
func (f *Field) cellTexts() count.LineValue {
	r, row := NewReader(*f), Row{}
	var values []model.Text
	return func(dst, line []byte) ([]byte, bool) {
		row.Line = line
		values = r.Texts(values[:0], &row, MostInCell)
		for i, v := range values {
			dst = AppendCell(dst, i, v.Raw())
		}
		return dst, len(values) > 0
	}
}
