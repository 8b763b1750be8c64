package tui

import "pawprint/tui/termsafe"

// columnID names a column of the list that can be scrolled off. Time and result always stay.
type columnID uint8

const (
	actionColumn columnID = iota
	actorColumn
	targetColumn
	ipColumn
	messageColumn
	numColumns
)

const lastColumn = int(numColumns) - 1

// columnSpecs says how wide the columns are. A column appears if its least width is left, and grows up to its best one;
// what is left over then goes to the last column. The message needs more, as it appears only if nothing else suffers.
var columnSpecs = [numColumns]struct {
	title       termsafe.Safe
	least, best int
}{
	actionColumn:  {termsafe.Const("Action"), 14, 32},
	actorColumn:   {termsafe.Const("Actor"), 12, 24},
	targetColumn:  {termsafe.Const("Target"), 10, 34},
	ipColumn:      {termsafe.Const("IP"), 15, 15},
	messageColumn: {termsafe.Const("Message"), 34, 90},
}

// The fixed beginning of a row, in cells: a gutter, the time, the result and the marks.
const (
	gutterWidth = 2
	resultWidth = 9
	marksWidth  = 2
	gap         = 2
	preciseFrom = 100 // width of the list from which times show milliseconds
)

// column is a column with its place in the row.
type column struct {
	id    columnID
	x     int
	width int
}

// columnsAt is where the columns begin.
func (k *look) columnsAt(width int) int {
	return gutterWidth + k.timeWidth(width >= preciseFrom) + gap + resultWidth + 1 + marksWidth + 1
}

// fitColumns places the columns from the first on into the cells from x to width.
func fitColumns(x, width int, first columnID) []column {
	var out []column
	left := width - x
	for id := first; id < numColumns; id++ {
		need := columnSpecs[id].least
		if len(out) > 0 {
			need += gap
		}
		if need > left && len(out) > 0 {
			break
		}
		out = append(out, column{id: id, width: min(columnSpecs[id].least, max(left, 0))})
		left -= need
	}
	left = max(left, 0)
	growColumns(out, left)
	for i := range out {
		out[i].x = x
		x += out[i].width + gap
	}
	return out
}

// growColumns shares what is left among the columns by how much they lack, and gives the rest to the last.
func growColumns(cols []column, left int) {
	lack := 0
	for _, c := range cols {
		lack += columnSpecs[c.id].best - c.width
	}
	share := min(left, lack)
	for i := range cols {
		c := &cols[i]
		need := columnSpecs[c.id].best - c.width
		if lack <= 0 || need <= 0 {
			continue
		}
		n := share * need / lack
		c.width += n
		share, lack, left = share-n, lack-need, left-n
	}
	if len(cols) > 0 {
		cols[len(cols)-1].width += left
	}
}
