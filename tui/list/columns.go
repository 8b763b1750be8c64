package list

import (
	"slices"

	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// columnKind says where the cells of a column come from.
type columnKind uint8

const (
	pathColumn columnKind = iota // the values at a path
	timeColumn
	resultColumn
	actionColumn
	actorColumn
	targetColumn
	ipColumn
	messageColumn
)

// columnSpec is a column of the list.
type columnSpec struct {
	kind        columnKind
	name        string // in the query language
	title       termsafe.Safe
	least, best int
	set         int // the width the user chose, 0 for none
	hidden      bool
}

// The columns that always stay at the left, by index.
const (
	timeAt = iota
	resultAt
	firstFree
)

// defaultColumns returns the columns to start with. A column is shown if its least width is free, and grows up to its best
// width; the rest goes to the last column. No column is wider than its values, see widths. The action has a large least width, as it
// is the word that one reads, and so has the message, so that it takes no space from other columns.
func defaultColumns() []columnSpec {
	return []columnSpec{
		{kind: timeColumn, name: "time", title: termsafe.Const("Time")},
		{kind: resultColumn, name: "result", title: termsafe.Const("Result")},
		{kind: actionColumn, name: "action", title: termsafe.Const("Action"), least: 28, best: 40},
		{kind: actorColumn, name: "actor", title: termsafe.Const("Actor"), least: 12, best: 30},
		{kind: targetColumn, name: "target", title: termsafe.Const("Target"), least: 10, best: 60},
		{kind: ipColumn, name: "ip", title: termsafe.Const("IP"), least: 15, best: 39},
		{kind: messageColumn, name: "error", title: termsafe.Const("Message"), least: 34, best: 90},
	}
}

// The least and best width of a column that the user adds, and the limits of widths that the user sets.
const (
	addedLeast, addedBest = 12, 30
	setLeast, setMost     = 4, 200
)

// newColumn makes the column for a path or a short name.
func newColumn(name string, ascii bool) columnSpec {
	return columnSpec{kind: pathColumn, name: name, least: addedLeast, best: addedBest,
		title: termsafe.Clean(name, termsafe.Options{ASCII: ascii, MaxCells: addedBest})}
}

// The fixed start of a row, in cells: gutter, time, result and marks.
const (
	gutterWidth = 3 // the cursor, a mark or hit, a gap in time
	marksWidth  = 2
	preciseFrom = 100 // width of the list from which times show milliseconds
)

// Columns are the columns of the list and the cursor in them.
type Columns struct {
	all   []columnSpec
	first int // index, among the shown free columns, of the first one drawn
	at    int // index, among the shown columns, of the one under the cursor
}

// shown lists the columns that are not hidden.
func (c *Columns) shown() []columnSpec {
	out := make([]columnSpec, 0, len(c.all))
	for _, s := range c.all {
		if !s.hidden {
			out = append(out, s)
		}
	}
	return out
}

// current returns the column under the cursor.
func (c *Columns) current() columnSpec {
	shown := c.shown()
	return shown[max(0, min(c.at, len(shown)-1))]
}

// step moves the cursor by n columns.
func (c *Columns) step(n int) {
	c.at = max(0, min(c.at+n, len(c.shown())-1))
}

// settle keeps the cursor within the columns.
func (c *Columns) settle() { c.step(0) }

// Has reports whether there is a column with a name of the query language, shown or hidden.
func (c *Columns) Has(name string) bool {
	return slices.ContainsFunc(c.all, func(s columnSpec) bool { return s.name == name })
}

// Names lists the names of the shown columns in the query language, from the left: first time and result.
func (c *Columns) Names() []string {
	var out []string
	for _, s := range c.shown() {
		out = append(out, s.name)
	}
	return out
}

// paths lists the names of the shown columns whose cells are read from lines.
func (c *Columns) paths() []string {
	var out []string
	for _, s := range c.all {
		if s.kind == pathColumn && !s.hidden {
			out = append(out, s.name)
		}
	}
	return out
}

// column is a column with its position in the row.
type column struct {
	columnSpec
	number int // index among the shown columns
	x      int
	width  int
}

// place fits free columns into a row. The one under the cursor is always among them.
func (c *Columns) place(x, width int, free []columnSpec) []column {
	at := c.at - firstFree
	c.first = max(0, min(c.first, len(free)-1))
	if at < c.first {
		c.first = max(0, at)
	}
	for {
		out := fitColumns(x, width, free, c.first)
		if len(out) == 0 || at <= out[len(out)-1].number-firstFree || c.first+1 >= len(free) {
			return out
		}
		c.first++
	}
}

// fitColumns places the free columns, from index first on, in the cells from x to width.
func fitColumns(x, width int, free []columnSpec, first int) []column {
	var out []column
	left := width - x
	for i := first; i < len(free); i++ {
		need := free[i].least
		if free[i].set > 0 {
			need = free[i].set
		}
		own := need
		if len(out) > 0 {
			need += kit.Gap
		}
		if need > left && len(out) > 0 {
			break
		}
		out = append(out, column{columnSpec: free[i], number: firstFree + i, width: min(own, max(left, 0))})
		left -= need
	}
	growColumns(out, max(left, 0))
	for i := range out {
		out[i].x = x
		x += out[i].width + kit.Gap
	}
	return out
}

// lacks returns how many cells a column is below its best width.
func (c *column) lacks() int {
	if c.set > 0 {
		return 0
	}
	return max(0, c.best-c.width)
}

// growColumns gives the cells left to the action, then to the columns before the message in proportion to what they lack, then to
// the message, and the rest to the last one.
func growColumns(cols []column, left int) {
	left = growSome(cols, left, func(c *column) bool { return c.kind == actionColumn })
	left = growSome(cols, left, func(c *column) bool { return c.kind != messageColumn })
	left = growSome(cols, left, func(*column) bool { return true })
	if len(cols) > 0 {
		cols[len(cols)-1].width += left
	}
}

// growSome gives the cells left to some columns in proportion to what they lack, and returns what remains.
func growSome(cols []column, left int, grows func(c *column) bool) int {
	lack := 0
	for i := range cols {
		if grows(&cols[i]) {
			lack += cols[i].lacks()
		}
	}
	share := min(left, lack)
	for i := range cols {
		c := &cols[i]
		need := c.lacks()
		if !grows(c) || need <= 0 {
			continue
		}
		n := share * need / lack
		c.width += n
		share, lack, left = share-n, lack-need, left-n
	}
	return left
}

// key returns the key to sort by a column; the zero value, which is the order of time, if it has none.
func (s *columnSpec) key() count.Key {
	f := field.Of(s.name)
	if f.Kind == field.Path || f.Kind == field.Message {
		return byCells(f)
	}
	key, err := f.Key()
	if err != nil {
		return count.Key{}
	}
	return key
}
