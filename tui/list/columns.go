package list

import (
	"cmp"
	"slices"

	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/marks"
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
	seenColumn
)

// columnSpec is a column of the list.
type columnSpec struct {
	kind        columnKind
	name        string // in the query language
	title       termsafe.Safe
	least, best int
	set         int // the width the user chose, 0 for none
	hidden      bool
	brought     bool // by a ready view
	wants       int  // of the answer of a view: the width that it gets before a column behind the answer is shown, at most best
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

// mostWanted is the width of a column of an answer from which further columns are shown, too.
const mostWanted = 24

// answers makes the column one that holds the answer of a view. An address is shown in full or not at all.
func (s *columnSpec) answers() {
	s.wants = min(s.best, mostWanted)
	switch s.kind {
	case ipColumn:
		s.least = s.best
	case messageColumn:
		s.least = addedLeast
	}
}

// titles are the titles of columns of the ready views whose names are not words.
var titles = map[string]string{"userAgent": "User agent", "param.role": "Role", "param.permissions": "Permissions"}

// newColumn makes the column for a path or a short name.
func newColumn(name string, ascii bool) columnSpec {
	if name == seenName {
		return columnSpec{kind: seenColumn, name: name, title: termsafe.Const("Seen"), least: 11, best: 19}
	}
	return columnSpec{kind: pathColumn, name: name, least: addedLeast, best: addedBest,
		title: termsafe.Clean(cmp.Or(titles[name], name), termsafe.Options{ASCII: ascii, MaxCells: addedBest})}
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

// Fields lists the names of the shown columns that hold a field of an event, from the left. What is new among all events is not one: exports
// have it, and commands do not.
func (c *Columns) Fields() []string {
	return slices.DeleteFunc(c.Names(), func(name string) bool { return name == seenName })
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

// ofMarks reports whether a shown column has what the user says about events.
func (c *Columns) ofMarks() bool {
	return slices.ContainsFunc(c.paths(), ofMark)
}

// ofMark reports whether a column has what the user says about events.
func ofMark(name string) bool {
	f := field.Of(name)
	return f.OfMark()
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
	left, kept := width-x, 0 // kept is what the columns of the answer still want
	for i := first; i < len(free); i++ {
		own := free[i].least
		if free[i].set > 0 {
			own = free[i].set
		}
		need := own
		if len(out) > 0 {
			need += kit.Gap
		}
		if free[i].wants == 0 && kept > 0 {
			need += kept
		}
		if need > left && len(out) > 0 {
			break
		}
		out = append(out, column{columnSpec: free[i], number: firstFree + i, width: min(own, max(left, 0))})
		left -= own
		if len(out) > 1 {
			left -= kit.Gap
		}
		if free[i].set == 0 {
			kept += max(0, min(free[i].wants, free[i].best)-own)
		}
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

// key returns the key to sort by a column; the zero value, which is the order of time, if it has none. find finds the marked events.
func (s *columnSpec) key(find marks.Search) count.Key {
	if s.kind == seenColumn {
		return count.Key{}
	}
	f := field.Of(s.name)
	key, err := f.SortKey(find)
	if err != nil {
		return count.Key{}
	}
	return key
}
